"""The page: complete, self-contained, the same on every run, safe to put on a server."""

import copy
import getpass
import platform
import re
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner

from sparsity_audit.cli.main import main
from sparsity_audit.report import katex, write_page
from sparsity_audit.report.exponent_maps import exponent_map
from sparsity_audit.report.formulas import assignment, comparison, number, said
from sparsity_audit.report.mixed_text import pieces
from sparsity_audit.report.steps import shown_steps
from sparsity_audit.verdicts.json_text import to_json_text
from sparsity_audit.verdicts.one_claim import Hunt
from sparsity_audit.verdicts.run import settle_one
from sparsity_audit.verdicts.verdict_json import document
from symbolic_proofs.claims.catalogue import CATALOGUE, find_claim
from symbolic_proofs.derivations.replay import to_data
from symbolic_proofs.derivations.written_steps import one_by_one
from symbolic_proofs.language.claim import claim
from symbolic_proofs.notation.api import to_text
from symbolic_proofs.proofs import prove

IDS = (
    "range.zero-vector",
    "sensitivity.factor-bound",
    "firing.lowers.weights",
    "firing.lowers.weights.amended",
    "adjust.threshold",
    "zeros.raise",
    "criteria.robin-hood",
    "criteria.robin-hood.amended",
)
HUNT = Hunt(budget=3_000)
VOID = {"meta", "link", "input", "br", "path", "circle"}


class Elements(HTMLParser):
    """Every element with its attributes, and whether each one that is opened is closed."""

    def __init__(self, page):
        super().__init__()
        self.found, self.open, self.faults = [], [], []
        self.feed(page)
        self.faults += [f"<{tag}> is never closed" for tag in self.open]

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> in line {self.getpos()[0]}")

    def of(self, tag):
        return [attrs for name, attrs in self.found if name == tag]


@pytest.fixture(scope="module")
def settled():
    return [settle_one(id_, HUNT) for id_ in IDS]


@pytest.fixture(scope="module")
def page(settled):
    return write_page(settled, HUNT)


@pytest.fixture(scope="module")
def elements(page):
    return Elements(page)


def test_each_element_is_closed_where_it_should_be(elements):
    assert elements.faults == []


def test_each_claim_has_a_row_and_a_panel(elements, settled):
    panels = [attrs["id"] for attrs in elements.of("details") if "panel" in attrs.get("class", "")]
    assert sorted(panels) == sorted(IDS)
    verdicts = {entry["id"]: entry["verdict"] for entry in settled}
    rows = [attrs for attrs in elements.of("tr") if "data-verdict" in attrs]
    assert len(rows) == len(IDS)
    assert sorted(row["data-verdict"] for row in rows) == sorted(verdicts.values())
    assert set(verdicts.values()) == {"proved", "refuted", "undefined"}


def test_nothing_is_loaded_from_elsewhere(page, elements):
    for _, attrs in elements.found:
        for name in ("src", "href", "srcset", "data", "action"):
            assert attrs.get(name, "#").startswith(("#", "data:")), (name, attrs[name])
    style = "".join(re.findall(r"<style>(.*?)</style>", page, re.DOTALL))
    assert "@import" not in style
    assert all(
        target.startswith("data:font/woff2") for target in re.findall(r"url\(([^)]*)", style)
    )


def test_the_fonts_and_their_licence_are_shipped(page):
    shipped = files("sparsity_audit") / "assets" / "katex"
    fonts = [f.name for f in (shipped / "fonts").iterdir()]
    assert fonts
    assert all(name.endswith(".woff2") for name in fonts)
    assert katex.style().count("@font-face") == katex.style().count("data:font/woff2") == len(fonts)
    assert "MIT" in (shipped / "LICENSE").read_text(encoding="utf-8")
    assert katex.script() in page


def test_the_same_run_gives_the_same_page(settled, page):
    records = copy.deepcopy(settled)
    for entry in records:
        entry["seconds"] += 1.5
    assert write_page(records, HUNT) == page
    assert len(page.encode()) < 2_000_000


def test_nobody_is_named(page):
    text = page.replace(katex.script(), "")
    for name in (getpass.getuser(), platform.node(), str(Path.home()), str(Path.cwd())):
        if len(name) > 4:
            assert name not in text
    assert not re.search(r"\b20[0-9]{2}-[01][0-9]-[0-3][0-9]\b", text)


def test_ids_are_unique_and_what_is_referred_to_is_there(elements):
    ids = [attrs["id"] for _, attrs in elements.found if "id" in attrs]
    assert len(ids) == len(set(ids))
    for _, attrs in elements.found:
        for target in attrs.get("aria-labelledby", "").split():
            assert target in ids
    # amendments and what they amend are linked where both are on the page
    linked = {attrs["href"][1:] for attrs in elements.of("a")}
    assert {"firing.lowers.weights", "firing.lowers.weights.amended"} <= linked


def test_pictures_have_words(page):
    pictures = re.findall(r"<svg.*?</svg>", page.replace(katex.script(), ""), re.DOTALL)
    assert len(pictures) == page.count("</figcaption>") > 5
    for picture in pictures:
        assert 'role="img"' in picture
        assert re.search(r"<title [^>]*>[^<]+</title><desc [^>]*>[^<]+</desc>", picture)


def test_the_page_can_be_read_without_its_script(page, elements):
    text = re.sub(r"<(script|style)>.*?</\1>", "", page, flags=re.DOTALL)
    assert "p &lt; q, W ≠ 0 ⇒ I([W, 0 × m]) &gt; I(W)" in text
    scripted = [attrs for _, attrs in elements.found if "data-script" in attrs]
    assert scripted
    assert all("hidden" in attrs for attrs in scripted)
    assert not [attrs for _, attrs in elements.found if any(a.startswith("on") for a in attrs)]


def test_the_table_keeps_its_meaning_when_it_is_laid_out_as_cards(elements):
    for tag, role in (("table", "table"), ("tr", "row"), ("td", "cell")):
        roles = [attrs.get("role") for attrs in elements.of(tag)]
        assert role in roles
    assert {"columnheader", "rowheader"} <= {attrs.get("role") for attrs in elements.of("th")}


def test_what_others_write_is_text(settled):
    entry = copy.deepcopy(settled[IDS.index("zeros.raise")])
    good = find_claim("zeros.raise")
    nasty = "</script><script>alert(1)</script>\"'&"
    bad = claim("zeros.raise", nasty, nasty, given=good.given, then=good.conclusion)
    for step in entry["derivation"]["steps"]:
        step["reason"] = nasty
    page = write_page([entry], HUNT, [bad])
    assert "<script>alert" not in page
    assert page.count("&lt;/script&gt;&lt;script&gt;alert(1)") > 4
    assert Elements(page).faults == []


@pytest.mark.parametrize("id_", ["zeros.raise", "range.lower", "criteria.bill-gates"])
def test_the_steps_are_those_of_the_derivation(id_):
    derivation = prove(find_claim(id_))
    shown = shown_steps(to_data(derivation))
    assert [(s.shown.text, s.reason) for s in shown] == [
        (to_text(step.formula), step.reason) for step in derivation.steps
    ]
    assert [{f.text for f in s.added} for s in shown] == [
        {to_text(f) for f in line.conditions} for line in one_by_one(derivation.steps)
    ]
    assert all(s.rules >= 1 for s in shown)


def test_no_dollar_is_shown_where_nothing_sets_the_mathematics(page):
    body = page[page.index("<main") :]
    shown = re.sub(r"<script.*?</script>|<style.*?</style>|<[^>]*>", " ", body, flags=re.DOTALL)
    assert "$" not in shown


def test_the_certificate_is_shown_as_it_is(page):
    assert "1 - (2/3)^(1/2) = 1 - (2/3)^(1/2)" in page
    assert "exact arithmetic" in page


def test_a_command_reproduces_each_verdict(page):
    for id_ in IDS:
        assert f"<code>sparsity-audit verify {id_} --budget {HUNT.budget}</code>" in page


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("0", "0"),
        ("-5/3", r"-\tfrac{5}{3}"),
        ("50^(1/2)", "50^{1{/}2}"),
        ("1 - (3087/5329)^(1/6)", r"1 - \left(\tfrac{3087}{5329}\right)^{1{/}6}"),
        ("0.18350 ± 1e-16", r"0.18350 \pm 10^{-16}"),
        ("[0.4368, 0.4369]", "[0.4368, 0.4369]"),
    ],
)
def test_numbers_are_set(text, latex):
    assert number(text).latex == latex
    assert number(text).text == text


def test_comparisons_and_witnesses_are_set():
    assert comparison("1/2", "<=", "3").latex == r"\tfrac{1}{2} \le 3"
    assert comparison("1/2", "!=", "3").text == "1/2 ≠ 3"
    assert assignment("epsilon", "1/2").latex == r"\varepsilon = \tfrac{1}{2}"
    assert assignment("W", [["1", 2], ["0", 1]]).text == "W = [1 × 2, 0]"
    assert assignment("W", {"steps": [[["1", 1]], []]}).text == "W = [1]; []"
    assert said("x != 0 and m >= 2") == "x ≠ 0 and m ≥ 2"


def test_the_map_of_robin_hood_is_proved_inside_and_refuted_outside():
    verdicts = dict.fromkeys(CATALOGUE, "proved")
    verdicts[find_claim("criteria.robin-hood")] = "refuted"
    drawn = exponent_map(find_claim("criteria.robin-hood"), verdicts, 0)
    assert "proved for p &lt; q, p ≤ 1, q ≥ 1; refuted at" in drawn.svg
    assert "(2, 4) 3" in drawn.svg
    assert "proved boundary for n = 4, n = 16, n = 64" in drawn.svg
    assert "(1, 2)" not in drawn.svg
    assert exponent_map(find_claim("scaling.magnitudes"), verdicts, 0) is None


def test_the_command_writes_the_page(tmp_path):
    path = tmp_path / "new" / "report.html"
    done = CliRunner().invoke(main, ["report", "scaling.norm", "-o", str(path), "--quiet"])
    assert (done.exit_code, done.stdout) == (0, "")
    assert Elements(path.read_text(encoding="utf-8")).faults == []


def test_verdicts_of_an_earlier_run_give_the_same_page(tmp_path, settled, page):
    stored = tmp_path / "verdicts.json"
    stored.write_text(to_json_text(document(settled, HUNT.seed)), encoding="utf-8")
    arguments = ["report", "--verdicts", str(stored), "-o", "-", "--budget", str(HUNT.budget)]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0
    assert done.stdout == page


def test_a_verdict_that_its_evidence_does_not_show_is_refused(tmp_path, settled):
    altered = copy.deepcopy(settled[IDS.index("sensitivity.factor-bound")])
    altered["witness"]["q"] = "3"
    stored = tmp_path / "verdicts.json"
    stored.write_text(to_json_text(document([altered], 0)), encoding="utf-8")
    done = CliRunner().invoke(main, ["report", "--verdicts", str(stored), "-o", "-"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "sensitivity.factor-bound" in done.stderr


def test_words_are_cut_where_mathematics_begins():
    assert pieces("since $p < q$") == ["since ", "p < q", ""]
    assert pieces("100 % & # ~") == ["100 % & # ~"]
    for text in ("a\\b <i> 'd' \"e\"", "nothing but words", ""):
        assert "".join(pieces(text)).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["report"], "Missing option '-o'"),
        (["report", "scaling.nrom", "-o", "x.html"], "scaling.norm"),
        (["report", "scaling.norm", "-o", "."], "cannot be written"),
    ],
)
def test_what_can_not_be_done_is_said_in_one_line(arguments, said):
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
