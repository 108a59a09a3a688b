"""Pictures: the same bytes for the same values, and shapes where the values are."""

import re
from fractions import Fraction
from xml.etree import ElementTree

import pytest

from numeric_check.certifier.certify import evaluate_ball
from numeric_check.certifier.witness import Witness
from sparsity_audit.pictures import Bars, Curve, Mark, Region, Sample, bars, curves, region_map
from sparsity_audit.pictures.curves import height_at
from sparsity_audit.pictures.svg import COLOURS, Canvas, number, short, ticks
from sparsity_audit.report.law_pictures import law_pictures
from sparsity_audit.report.witness_pictures import along, witness_pictures
from symbolic_proofs.claims.catalogue import find_claim
from symbolic_proofs.claims.notation import I, R, threshold, x
from symbolic_proofs.language.vectors import concat

GRID = tuple(map(Fraction, ("1/2", "1", "2")))
WITNESS = Witness(
    {name: Fraction(v) for name, v in (("p", 1), ("q", 2), ("x", 5), ("n", 2))},
    {"R": ((Fraction(1), 2),)},
)


def drawn_bars():
    before = Bars("[0, R]", ((0.0, "0", 1), (1.0, "1", 2)), ("I ≈ 0.1835",))
    after = Bars("[x, R]", ((5.0, "5", 1), (1.0, "1", 2)), ("I ≈ 0.22",))
    return bars("b", (after, before), "x = 5")


def drawn_curves():
    points = tuple((k / 4, (k / 4 - 1) ** 2) for k in range(9))
    mark = Mark(1.0, 0.0, "τ", "the threshold", dropped=True)
    return curves("c", (Curve("f < g", points, (mark,)),), "x", "a <title>", "a caption")


def drawn_map():
    proved = Region(((-1, 1, 0), (-1, 0, 0)), "p < q, p ≤ 1")
    samples = (Sample(GRID[1], GRID[2], "3"), Sample(GRID[0], GRID[2], None))
    return region_map("m", "where", [proved], samples, GRID, "entries")


@pytest.mark.parametrize("draw", [drawn_bars, drawn_curves, drawn_map])
def test_a_picture_is_the_same_each_time_and_well_formed(draw):
    picture = draw()
    assert picture == draw()
    root = ElementTree.fromstring(picture.svg)
    title, desc = root[0], root[1]
    assert title.tag.endswith("title")
    assert desc.tag.endswith("desc")
    assert title.text
    assert desc.text
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    # every colour is a variable with a default: dark pages set it, and the picture stands alone
    colours = re.findall(r"(?:fill|stroke):([^;\"]+)", picture.svg)
    assert {c for c in colours if not c.startswith("url(#")} <= {*COLOURS.values(), "none"}


def test_entries_that_differ_are_hatched():
    svg = drawn_bars().svg
    assert svg.count("url(#b-vermilion-45)") == 1  # 5; the 0 is a stroke, and the ones are shared
    assert svg.count(f'style="fill:{COLOURS["blue"]};') == 4


def test_many_equal_entries_are_one_bar():
    long = Bars("W", ((1.0, "1", 10**12), (0.0, "0", 3)), ())
    svg = bars("b", (long,), "").svg
    assert "1 × 1e12" in svg
    assert len(svg) < 4000


def test_negative_entries_and_vectors_of_zeros_can_be_drawn():
    for blocks in (((-1.0, "-1", 2), (2.0, "2", 1)), ((0.0, "0", 4),)):
        ElementTree.fromstring(bars("b", (Bars("W", blocks, ("I",)),), "").svg)


def test_a_curve_is_told_in_words():
    desc = ElementTree.fromstring(drawn_curves().svg)[1].text
    assert desc == "f < g: 1 at 0, 0 at 1, 1 at 2; the threshold at 1"


def test_a_map_is_told_in_words():
    desc = ElementTree.fromstring(drawn_map().svg)[1].text
    assert desc == (
        "proved for p < q, p ≤ 1; refuted at (p, q) = (1, 2) 3; open at (p, q) = (1/2, 2)"
    )


def test_words_are_escaped():
    canvas = Canvas("n", 10, 10)
    canvas.text((1, 1), "<b>&")
    assert "&lt;b&gt;&amp;" in canvas.picture("<i>", "<u>", "").svg
    assert not re.search("<[biu]>", canvas.picture("<i>", "<u>", "").svg)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (-1, 1, [-1, -0.5, 0, 0.5, 1]),
        (0.07, 0.09, [0.07, 0.075, 0.08, 0.085, 0.09]),
        (3, 1300, [500, 1000]),
        (-0.3, -0.1, [-0.3, -0.25, -0.2, -0.15, -0.1]),
    ],
)
def test_ticks_are_round_and_inside(low, high, expected):
    assert ticks(low, high) == pytest.approx(expected)


def test_numbers_are_short():
    assert [number(v) for v in (-0.001, 1.5, 100, 0)] == ["0", "1.5", "100", "0"]
    assert [short(v) for v in (0.12345, -2, 1e-7)] == ["0.123", "−2", "1e−7"]


def test_height_at_is_that_of_the_line():
    points = ((0.0, 0.0), (1.0, 2.0), (3.0, 0.0))
    assert [height_at(points, v) for v in (0, 0.5, 1, 2, 3)] == [0, 1, 2, 1, 0]


def test_the_curve_of_one_entry_turns_at_the_threshold():
    term = I(concat(x, R))
    tau = Fraction(float(evaluate_ball(threshold(R), WITNESS).mid()))
    values = [Fraction(k, 16) for k in range(65)]
    points = list(along(term, WITNESS, "x", values))
    assert len(points) == len(values)
    assert min(points, key=lambda point: point[1])[0] == float(tau) == 1.0


def test_places_outside_of_the_premises_are_left_out():
    claim = find_claim("adjust.concentration")
    scalars = {"p": 1, "q": 2, "u": 1, "v": 1, "epsilon": 1, "n": 0}
    witness = Witness({k: Fraction(v) for k, v in scalars.items()}, {"R": ()})
    values = [Fraction(k, 4) for k in range(9)]
    points = list(along(claim.conclusion.left, witness, "epsilon", values, claim.given))
    assert [at for at, _ in points] == [0.25, 0.5, 0.75, 1.0]


def test_a_counterexample_is_drawn_as_bars_and_as_curves():
    first, second = witness_pictures(find_claim("firing.lowers.weights"), WITNESS)
    assert "[x, R] = [5, 1 × 2]: I ≈ 0.2" in ElementTree.fromstring(first.svg)[1].text
    said = ElementTree.fromstring(second.svg)[1].text
    assert "the witness at 5" in said
    assert "the threshold τ of the others at 1" in said


@pytest.mark.parametrize(
    ("id_", "marks"),
    [("firing.lowers.weights.amended", 3), ("zeros.raise", 0), ("criteria.babies", 0)],
)
def test_what_a_theorem_says_is_drawn(id_, marks):
    (picture,) = law_pictures(find_claim(id_))
    assert picture.svg.count(">τ</text>") == marks
    assert picture.svg.count("stroke-width:2.2") == 3


@pytest.mark.parametrize("id_", ["range.lower", "cloning.norm", "adjust.p-norm.amended"])
def test_a_theorem_without_a_picture_has_none(id_):
    assert not list(law_pictures(find_claim(id_)))


def test_what_lies_between_the_points_of_a_map_is_told_apart_from_open():
    assert "empty: between the points, not searched" in drawn_map().svg
    assert "empty" not in region_map("m", "where", [], (), GRID, "entries").svg
