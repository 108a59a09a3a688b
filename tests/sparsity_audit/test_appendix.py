"""The LaTeX appendix: what it says, how its formulas break, and that TeX takes it."""

import json
import re
import shutil
from fractions import Fraction

import pytest
from click.testing import CliRunner

from numeric_check.certifier.certify import Certificate, WrittenDecision
from numeric_check.certifier.witness import Witness
from sparsity_audit.appendix import compile_pdf, files, required_latexmk, settled
from sparsity_audit.appendix.counterexample import example
from sparsity_audit.appendix.shared_steps import plans
from sparsity_audit.cli.main import main
from sparsity_audit.errors import InputError
from sparsity_audit.verdicts.json_text import to_json_text
from sparsity_audit.verdicts.one_claim import Hunt
from sparsity_audit.verdicts.run import settle_all
from sparsity_audit.verdicts.verdict import Open
from sparsity_audit.verdicts.verdict_json import document
from symbolic_proofs.claims.catalogue import CATALOGUE, find_claim
from symbolic_proofs.notation.api import to_latex
from symbolic_proofs.notation.prose import prose_to_latex
from symbolic_proofs.proofs import prove

#: a claim of each verdict; three that share a lemma, two with one proof
IDS = (
    "range.lower",
    "range.one-attained",
    "range.zero-vector",
    "sensitivity.temporal.binary",
    "firing.lowers.binary",
    "firing.lowers.weights",
    "firing.lowers.weights.amended",
    "firing.ratio.weights.amended",
    "adjust.literal.amended",
    "adjust.threshold",
    "criteria.robin-hood",
)
FRAGMENT, STYLE = "sparsity-audit-appendix.tex", "sparsity-audit.sty"
STANDALONE = "sparsity-audit-standalone.tex"
HAS_TEX = shutil.which("latexmk") is not None
needs_tex = pytest.mark.skipif(not HAS_TEX, reason="there is no latexmk; CI installs it")


@pytest.fixture(scope="module")
def records():
    return settle_all(IDS, Hunt(budget=500), 1, lambda entry: None)


@pytest.fixture(scope="module")
def verdicts(records):
    return settled(records)


@pytest.fixture(scope="module")
def written(verdicts):
    return files(verdicts)


@pytest.fixture(scope="module")
def fragment(written):
    return written[FRAGMENT]


def block(fragment, label):
    """Return what stands between a claim's head and the next one's."""
    heads = re.split(r"(?=\\begin\{auditstatement\})", fragment)
    (found,) = [h for h in heads if re.match(rf"\S+\{{\w+\}}\{{{re.escape(label)}\}}", h)]
    return found


def test_every_title_and_reason_becomes_latex_that_is_closed(verdicts):
    said = [claim.title for claim in CATALOGUE]
    said += [s.reason for v in verdicts if hasattr(v, "derivation") for s in v.derivation.steps]
    for text in said:
        latex = prose_to_latex(text)
        assert latex.isascii(), text
        assert latex.count("$") % 2 == 0, text
        assert latex.count("{") == latex.count("}"), text
        assert latex.count(r"\lvert") == latex.count(r"\rvert"), text


# What is shared is printed once


def test_a_beginning_that_many_share_is_a_lemma(fragment, verdicts):
    derivations = {v.claim.id: v.derivation for v in verdicts if hasattr(v, "derivation")}
    users = [name for name, plan in plans(derivations).items() if plan.lemmas]
    assert len(users) == 3
    assert fragment.count(r"\begin{auditstatement}{Lemma}") == 1
    # A step of the lemma stands in the document once, in its widest shape.
    step = to_latex(plans(derivations)[users[0]].lemmas[0].steps[0].formula)
    assert len(re.findall(r"\[ \\audit(?:fit|last)\{" + re.escape(step), fragment)) == 1
    for label in users:
        assert r"By \auditref{Lemma}{lemma.1}" in block(fragment, label)


def test_the_same_proof_is_not_printed_twice(fragment):
    second = block(fragment, "firing.lowers.binary")
    assert r"of that of \auditref{Claim}{sensitivity.temporal.binary}" in second
    assert r"\auditstep" not in second


def test_steps_of_an_earlier_proof_are_referred_to(fragment):
    later = block(fragment, "firing.ratio.weights.amended")
    assert re.search(
        r"Steps \(1--\d\) are those of the proof of "
        r"\\auditref\{Amendment\}\{firing.lowers.weights.amended\}",
        later,
    )


def test_plans_cover_every_step_once():
    ids = ("cloning.norm", "cloning.invariance", "time.norm", "time.invariance")
    derivations = {id_: prove(find_claim(id_)) for id_ in ids}
    for id_, plan in plans(derivations).items():
        assert plan.skipped + plan.borrowed + len(plan.steps) == len(derivations[id_].steps)


# What it says


def test_the_table_comes_first_and_names_every_claim(fragment):
    table = fragment[: fragment.index(r"\auditheading")]
    rows = re.findall(r"\\auditrow\{\\ref\{audit\.([^}]*)\}\}.*\{(\w+)\}$", table, re.MULTILINE)
    assert sorted(label for label, _ in rows) == sorted(IDS)
    assert dict(rows)["range.zero-vector"] == "undefined"
    assert dict(rows)["firing.lowers.weights"] == "refuted"


def test_sections_follow_the_paper(fragment):
    headings = re.findall(r"\\auditheading\{(.*)\}", fragment)
    assert headings[0] == "Paper, introduction"
    assert headings[-1] == "The criteria of Hurley and Rickard"
    assert headings == sorted(headings[:-1], key=lambda h: "A" in h) + headings[-1:]


def test_statement_conditions_and_hypotheses_are_there(fragment):
    found = block(fragment, "range.lower")
    assert r"$p > 0$, $q > 0$" in found
    assert r"$W \in \mathbf{R}^{N}$ with $p < q$, $W \ne 0$" in found
    assert r"I(W) \ge 0" in found
    assert found.count(r"\auditend") == 1


def test_a_counterexample_is_worked_out(fragment):
    found = block(fragment, "criteria.robin-hood")
    assert r"\begin{auditproof}{Counterexample}" in found
    assert "$p = 2$, $q = 3$" in found
    assert r"S_{2} = 2^{2} + 1^{2} + 4^{2} = 21" in found
    assert r"S_{3} = 2^{3} + 1^{3} + 4^{3} = 73" in found
    assert r"(3087/5329)^{1/6} \approx 0.0869768" in found
    assert r"15625/24843 \approx 0.628950 > 0.579283 \approx 3087/5329" in found


def test_equality_is_shown_as_one_value(fragment):
    found = block(fragment, "firing.lowers.weights")
    assert "I([x, R]) = 1 - (2/3)^{1/2} = I([0, R])" in found
    assert r"Put right by \auditref{Amendment}{firing.lowers.weights.amended}" in found


def test_a_refuting_theorem_is_displayed(fragment):
    found = block(fragment, "range.one-attained")
    assert r"\text{for every }" in found
    assert r"\begin{auditproof}{Proof of the negation}" in found
    universal = block(fragment, "adjust.threshold")
    assert "The hypotheses hold at $p = 1$" in universal


def test_undefined_evidence_is_displayed(fragment):
    found = block(fragment, "range.zero-vector")
    assert "of a zero vector, which has no value" in found
    assert found.count(r"\auditstep") >= 4


def test_an_open_claim_says_what_was_tried():
    claim = find_claim("range.lower")
    written = files(
        [Open(claim=claim, tried=("no derivation is known", "not refuted in 5 trials"))]
    )
    assert "No derivation is known. Not refuted in 5 trials." in written[FRAGMENT]


def test_balls_are_shown_as_intervals():
    claim = find_claim("firing.lowers.weights")
    numbers = {"p": 1, "q": 2, "x": 4, "n": 2}
    witness = Witness(
        {name: Fraction(value) for name, value in numbers.items()}, {"R": ((Fraction(1), 2),)}
    )
    fact = WrittenDecision("ball", 53, "[0.3, 0.4]", "<", "[0.1, 0.2]", ">")
    (shown,) = example(claim, witness, Certificate((fact,), "")).comparisons
    assert str(shown.so) == r"I([x, R]) \in [0.3, 0.4],\qquad I([0, R]) \in [0.1, 0.2]"
    assert shown.bits == 53


# Form


def test_every_name_has_the_prefix(verdicts):
    written = files(verdicts, "mine")
    made = r"\\(?:newcommand\{\\|newcounter\{|newsavebox\{\\|newenvironment\{)"
    for name in re.findall(made + r"([A-Za-z]+)", written[STYLE]):
        assert name.startswith("mine")
    fragment = written[FRAGMENT]
    assert "audit" not in fragment.replace("Audit of the claims", "").replace("mine.audit", "")
    for name in re.findall(r"\\begin\{(\w+)\}", fragment):
        assert name.startswith("mine") or name == "aligned"
    for label in re.findall(r"\\(?:label|ref)\{([^}]*)\}", fragment):
        assert label.startswith("mine.")


def test_labels_are_unique_and_every_reference_has_one(fragment):
    labels = re.findall(r"\\begin\{auditstatement\}\{\w+\}\{([^}]*)\}", fragment)
    assert len(set(labels)) == len(labels)
    referred = re.findall(r"\\auditref\{\w+\}\{([^}]*)\}|\\ref\{audit\.([^}]*)\}", fragment)
    assert {a or b for a, b in referred} <= set(labels)


def test_the_fragment_is_closed(fragment):
    opened = re.findall(r"\\(begin|end)\{(\w+)\}", fragment)
    for name in {name for _, name in opened}:
        assert opened.count(("begin", name)) == opened.count(("end", name))
    assert fragment.count(r"\[") - fragment.count(r"\\[") == fragment.count(r"\]")
    assert fragment.count("$") % 2 == 0
    assert r"\documentclass" not in fragment
    assert r"\usepackage" not in fragment


def test_the_same_verdicts_give_the_same_bytes(records, written):
    assert files(settled(records)) == written


def test_no_host_path_or_date_is_written(written, tmp_path):
    for text in written.values():
        assert text.isascii()
        assert not re.search(r"https?:|\b(19|20)\d\d\b|/home|/tmp|/usr|@", text)


@pytest.mark.parametrize("prefix", ["", "x", "a1", "my_", "é" * 3, "a" * 21, "a}"])
def test_a_prefix_that_no_macro_can_have_is_refused(verdicts, prefix):
    with pytest.raises(InputError, match="cannot begin the name of a macro"):
        files(verdicts, prefix)


# Records are not believed


def altered(records, id_, **changes):
    return [{**entry, **changes} if entry["id"] == id_ else entry for entry in records]


def test_a_verdict_without_its_evidence_is_refused(records):
    with pytest.raises(InputError, match="does not show what its verdict says"):
        settled(altered(records, "firing.lowers.weights", verdict="proved"))


def test_altered_evidence_is_refused(records):
    witness = {"p": "1", "q": "2", "x": "1", "n": "2", "R": [["1", 2]]}
    with pytest.raises(InputError, match=r"evidence on firing\.lowers\.weights"):
        settled(altered(records, "firing.lowers.weights", witness=witness))
    other = next(e for e in records if e["id"] == "adjust.threshold")
    with pytest.raises(InputError, match="has changed since"):
        settled(altered(records, "range.lower", formula=other["formula"]))


@pytest.mark.parametrize("junk", [[], [1], [{}], [{"id": "nothing.such"}]])
def test_what_is_no_record_is_refused(junk):
    with pytest.raises(InputError):
        settled(junk)


def test_amendments_follow_what_they_amend(records):
    few = [e for e in records if e["id"].startswith(("firing.lowers.w", "sensitivity"))]
    order = [verdict.claim.id for verdict in settled(list(reversed(few)))]
    place = order.index("firing.lowers.weights")
    assert order[place + 1] == "firing.lowers.weights.amended"


# The command


@pytest.fixture
def stored(records, tmp_path):
    path = tmp_path / "verdicts.json"
    few = [e for e in records if e["id"] in ("range.lower", "firing.lowers.weights")]
    path.write_text(to_json_text(document(few, 0)), encoding="utf-8")
    return path


def run(*args):
    return CliRunner().invoke(main, ["appendix", *map(str, args)])


def test_the_command_writes_three_files(stored, tmp_path):
    done = run("-o", tmp_path / "out", "--verdicts", stored, "--prefix", "mine")
    assert done.exit_code == 0
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == sorted(
        [FRAGMENT, STYLE, STANDALONE]
    )
    assert r"\minetitle" in (tmp_path / "out" / FRAGMENT).read_text(encoding="utf-8")


def test_the_command_settles_claims_itself(tmp_path):
    done = run("cloning.norm", "-o", tmp_path, "--budget", "100", "--jobs", "1", "--quiet")
    assert done.exit_code == 0
    assert "{cloning.norm}" in (tmp_path / FRAGMENT).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{}", "no verdicts of schema"),
        ("[", "not a JSON file"),
        ('{"schema": 1, "claims": []}', "no verdicts"),
    ],
)
def test_a_file_without_verdicts_is_one_clear_line(tmp_path, text, message):
    path = tmp_path / "verdicts.json"
    path.write_text(text, encoding="utf-8")
    done = run("-o", tmp_path / "out", "--verdicts", path)
    assert done.exit_code == 2
    assert message in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_claim_that_the_file_does_not_hold_is_named(stored, tmp_path):
    done = run("scaling.norm", "-o", tmp_path / "out", "--verdicts", stored)
    assert done.exit_code == 2
    assert "no verdict on scaling.norm" in done.stderr


def test_without_latexmk_it_says_what_to_install(stored, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    done = run("-o", tmp_path / "out", "--verdicts", stored, "--pdf")
    assert done.exit_code == 2
    assert "texlive-latex-recommended" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()


# TeX


@needs_tex
def test_the_document_compiles_to_the_same_bytes(written, tmp_path):
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        made.append(compile_pdf(written, tmp_path / name, required_latexmk()).read_bytes())
    assert made[0].startswith(b"%PDF")
    assert made[0] == made[1]


@needs_tex
def test_the_first_complaint_of_tex_is_shown(written, tmp_path):
    broken = {**written, FRAGMENT: r"\nosuchmacro" + "\n" + r"\another"}
    with pytest.raises(InputError, match=r"Undefined control sequence\. l\.1 \\nosuchmacro"):
        compile_pdf(broken, tmp_path, required_latexmk())
    assert not list(tmp_path.iterdir())


@needs_tex
def test_the_records_of_a_file_compile(stored, tmp_path):
    done = run("-o", tmp_path / "out", "--verdicts", stored, "--pdf")
    assert done.exit_code == 0, done.stderr
    assert (tmp_path / "out" / "sparsity-audit-standalone.pdf").exists()
    assert json.loads(stored.read_text(encoding="utf-8"))["schema"] == 2
