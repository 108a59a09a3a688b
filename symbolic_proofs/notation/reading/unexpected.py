"""From what the parser did not expect to one line that says what to write."""

from __future__ import annotations

import re

from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from .errors import ReadError

_STARTS = ("NAME", "NUMBER", "LPAR", "LSQB", "BAR_O", "NORM_O", "BIGOP", "COEF", "GCOEF", "HASH")
_OPERAND_END = re.compile(r"[\w)\]}'⌉⌋|‖]\Z")
_LAST = re.compile(r"(\w+'*|\S)\Z")
#: a sign that the lexer does not know -> what to write
_SIGNS = {
    "!": "factorials are not in the language; != is `different from`",
    "'": "write a prime directly after a letter",
    ".": "write decimals as 0.5, a range as 1..N",
    "^": "something is missing before ^",
    "\\": "this is LaTeX: write plain text",
}
#: a token at a wrong place -> what to write
_TOKENS = {
    "REP": "× repeats an entry of a vector, [0 × k]: write * for a product of numbers",
    "FOR": "`for` stands in front with a colon, `for x real: ...`; after a statement write "
    "`for every i = 1..N`",
    "MINUS": "put the negative number in brackets",
    "BIGOP": "put the sum in brackets",
    "DOTS": "a range is written i = 1..N, a family [W_1, ..., W_T]",
    "COLON": "a colon follows `for x real` in front of a statement, or `for every ...`",
    "EXISTS": "put the quantified statement in brackets",
    "FOREVERY": "put the quantified statement in brackets",
    "FORSOME": "put the quantified statement in brackets",
    "UNDERSCORE": "only names, norms and vectors have an index below",
    "OR": "put what `or` joins in brackets",
}


def explain(text: str, error: UnexpectedInput) -> ReadError:
    """Return the error that a person can use for one of the parser's."""
    if isinstance(error, UnexpectedCharacters):
        at = error.pos_in_stream or 0
        return ReadError(_unknown_sign(text, at), at)
    if isinstance(error, UnexpectedToken) and error.token.type != "$END":
        at, said, kind = error.token.start_pos or 0, str(error.token), error.token.type
        said = text[at : at + len(said)]
        expected = set(error.accepts or error.expected)
        return ReadError(_wrong_token(text, at, said, kind, expected), at, at + len(said))
    at = len(text.rstrip())
    return ReadError(_end(text, set(getattr(error, "expected", ()) or ())), at)


def _end(text: str, expected: set[str]) -> str:
    before = text.rstrip()
    if not before:
        return "nothing is stated: write premises => conclusion, as p < q, W != 0 => I(W) >= 0"
    if "CMP" in expected and _OPERAND_END.search(before):
        return (
            "this is not a statement yet: write a comparison, = or <= and what it is compared with"
        )
    if "COLON" in expected or "SUCHTHAT" in expected:
        return "a statement is missing: write `:` and what holds"
    return f"something is missing after {_last(before)}"


def _unknown_sign(text: str, at: int) -> str:
    sign = text[at]
    return _SIGNS.get(sign, f"the sign {sign} is not in the language")


def _wrong_token(text: str, at: int, said: str, kind: str, expected: set[str]) -> str:
    before = text[:at].rstrip()
    after_operand = bool(_OPERAND_END.search(before))
    if said == "x" and "REP" in expected:
        return "write × or repeat(value, times) for a value that is repeated"
    two_ways = _two_ways(text, at, said, kind)
    if two_ways:
        return two_ways
    if kind in _STARTS and after_operand:
        return _side_by_side(before, said, expected)
    if kind == "COMMA":
        if "CMP" in expected and after_operand:
            return "a comparison is missing before this comma: premises are written p < q, W != 0"
        return (
            "a comma ends premises: put what is said of several things in brackets, or write `and`"
        )
    if kind in ("IMPLIES", "IFF"):
        if "CMP" in expected:
            return "a comparison is missing before this sign: >= is `at least`, => is `implies`"
        if kind == "IFF":
            return "a second arrow: put what is equivalent in brackets, A => (B <=> C)"
        return "a second arrow: put one implication in brackets, (A => B) => C, or write A, B => C"
    if kind in ("CMP", "EQ"):
        if re.search(r"\bfor\s+(every|all|some)\s+\w+\s*=?\s*\Z", before):
            return "write what the index runs through: for every i = 1..N"
        if after_operand:
            return f"{said} compares two terms: put the comparison before it in brackets"
        return f"something is missing before {said}"
    if kind == "WORD":
        return f"kinds are said in front: `for {_last(before)} {said}: ...`"
    if kind in ("PLUS", "MUL", "DIV", "_POW"):
        return f"something is missing before {said}"
    return _TOKENS.get(kind, f"{said} cannot stand here")


def _two_ways(text: str, at: int, said: str, kind: str) -> str:
    """Return what to write for 1/2x, "" where it is none."""
    before = text[:at]
    if kind == "COEF" and re.search(r"/\s*\Z", before):
        return f"this can be read in two ways: write /({said}*...), or *... after the fraction"
    found = re.search(r"([^\s/]+)\s*/\s*(\d+)\Z", before)
    if found and kind in ("NAME", "LPAR"):
        top, low = found[1][-8:], found[2]
        what = said if kind == "NAME" else "(...)"
        return (
            f"{top}/{low}{what} can be read in two ways: write {top}/({low}*{what}) or "
            f"({top}/{low})*{what}"
        )
    return ""


def _side_by_side(before: str, said: str, expected: set[str]) -> str:
    left = _last(before)
    if left.isalpha() and re.fullmatch(r"[A-Za-z]\w\w+", said):
        return (
            "words are not read here: write a comparison; "
            f"`for {left} real:` in front declares {left}"
        )
    if "COLON" in expected and "MUL" not in expected:
        return f"write a colon before the statement: `for ... : {said} ...`"
    return (
        f"an operator is missing between {left} and {said}: write {left}*{said} for a product, "
        "a comma between premises"
    )


def _last(before: str) -> str:
    found = _LAST.search(before)
    return found[0] if found else "the start"
