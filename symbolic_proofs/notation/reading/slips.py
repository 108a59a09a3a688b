"""What can be told from the characters alone: other notations, and brackets that do not match."""

from __future__ import annotations

import re

from .errors import ReadError

#: (what is found, what to write); the leftmost hit is told
_SLIPS = [
    (re.compile(pattern), message)
    for pattern, message in [
        (r"=<", "write <= for at most"),
        (r"<>", "write != for different from"),
        (r"/=", "write != for different from"),
        (r"~=|≈", "`about equal` cannot be settled: write = or an inequality"),
        (r"&&?", "write `and`, or a comma between premises"),
        (r"\b(if|when|whenever|provided|assume|suppose|let)\b", "write premises => conclusion"),
        (r"\bthen\b", "write => instead of `then`"),
        (r"\bimplies\b", "write => for `implies`"),
        (
            r"(?<!there )(?<!there  )\b(is|are)\s+(?!zero\s+at)(at\s+most|at\s+least|less|more|"
            r"greater|larger|smaller|equal|not)?\b",
            "write a sign: =, <=, >=, <, > or !=",
        ),
        (r"\bequals\b", "write = for `equals`"),
        (r"\d[eE][-+]?\d", "write the number out, or as a fraction"),
        (r"[“”\"„`]", "leave the quotation marks out"),
        (r"\$", "leave the dollar signs out: a statement is plain text"),
        (r";", "write a comma between premises; exponents of I stand below: I_{p,q}(W)"),
        (r":=", "write = for `is by definition`"),
        (
            r"\b\w+\.(shape|size|T|sum|max|min|mean|dot)\b|\b[A-Za-z]\w*\.\w+\(",
            "this is Python: write len(W), sum_{x in W} x, max_{x in W} x",
        ),
        (r"\b(?:np|sp)\.\w|\blambda\s+\w+\s*:", "this is Python: write plain text"),
        (
            r"\bfor\s+\w+\s+in\s+range\b",
            "this is Python: write sum_{i=1..N}, or for every i = 1..N",
        ),
        (r"//", "write floor(a/b) for the whole part of a/b"),
        (r"\?", "nothing is asked: write the statement"),
        (r"%", "write a fraction for a percentage"),
        (r"[²³⁴⁵⁶⁷⁸⁹⁰¹ⁿ]", "write ^2 for a square, ^3 for a cube, ^n for a power"),
        (r"[₀-₉]", "write _0, _1, _2 below"),
        (r"√", "write sqrt(x)"),
        (r"[∑Σ]\s*(?!_)\S", "write sum_{i=1..N} and what is summed"),
        (
            r"\bsum(\s+|_[^\W\d_]\s*)(?=[\w|(])",
            "write sum_{i=1..N} |w_i|^p, or sum_{x in W} |x|^p",
        ),
        (
            r"\b(max|min)(\s*|_[^\W\d_]\s*)(?=\|)",
            "write max_{i=1..N} |w_i|, and min in the same way",
        ),
        (
            r"∈\s*(ℕ|\{\s*[nNk])|\bin\s+NN?\s*(?=[,:]|\Z)",
            "write in {1, 2, ...}, or in {0, 1, ...}",
        ),
        (
            r"(?<=,)\s*\d+\s*<=?\s*[^\W\d]\w*\s*<=?\s*\d+(?=\s*[,:])(?=[^=>⇒]*:)",
            "the letter comes first: `for t > 0: t < 1 => ...`",
        ),
        (
            r"(?<=:)\s*for\s+(?!every\b|all\b|each\b|some\b)[^\W\d]",
            "write `for every x` inside of a statement, and `with` before its conditions",
        ),
        (
            r"(?<=,)\s*for\s+(every|all)\b(?=[^⇒]*(=>|⇒))",
            "as a premise it is `|v_i| = |w_i| for every i = 1..N`",
        ),
        (
            r"(∈|\bin)\s*[(\]]\s*0\s*,\s*(∞|oo|inf)\s*\)\s*\^",
            "write in [0, oo)^N, and `w_j > 0 for every j = 1..N` as a premise",
        ),
        (
            r"(∈|\bin)\s*[(\]]\s*0\s*,\s*(∞|oo|inf)\s*\)",
            "write > 0 in front: `for x > 0: ...`",
        ),
        (
            r"(?<=for )\s*\w+\s*(∈|\bin)\s*[\[(]\s*[\d.]+\s*,\s*[\d.]+\s*[\])]",
            "write `for x real: 0 < x < 1 => ...`, the bounds as a premise",
        ),
        (
            # in braces it is a vector, whose entries are gone through
            r"(∈|\bin)\s*\[\s*[\d.]+\s*,\s*[\d.]+\s*\](?!\s*[},:])",
            "write 0 <= x <= 1 for x between 0 and 1",
        ),
        (
            r"\bfor\s+(all|every)\s+[A-Z]\w*\s*((!=|≠)\s*0\s*)?\Z",
            "put it in front: `for every W in R^N: ...`, and W != 0 as a premise",
        ),
        (r"\bI_(\w\s*,\s*\w|pq)\s*\(", "write I_{p,q}(W)"),
        (
            r"\b(sum|max|min)_\{\s*[^\W\d_]\s*(,\s*[^\W\d_]\s*)*\}|"
            r"\b(sum|max|min)_\{\s*(\w\s*(<|<=|≤)\s*)?[^\W\d_]\s*(<|<=|!=|≤|≠)\s*\w\s*\}",
            "an index runs through i = 1..N: write sum_{i=1..N} sum_{j=1..N} for two",
        ),
        (
            r"#\s*\{\s*([^\W\d_]\s*:|[^\W\d_]_[^\W\d_]\b)",
            "write #{x in W : x = 0} for how many are 0",
        ),
        (
            r"(?<!for )\ball\s+[^\W\d_]_[^\W\d_]\b",
            "write `w_i > 0 for every i = 1..N`; equal magnitudes are `all |w_i| equal`",
        ),
        (r"(?<=\()\s*[({]\s*\d+\s*,", "write [1, 0, 0] for a vector of these entries"),
        (r"[∪⊕]", "write [U, V] for the entries of U, then those of V"),
        (r"→\s*∞", "limits are not in the language: write an inequality"),
        (r"∏|\bprod_\{", "write exp(sum_{i=1..N} ln(|w_i|)) for a product over an index"),
        (
            r"\^\s*[({]\s*\w+\s*(×|x)\s*\w+\s*[)}]",
            "a matrix is read as one vector: `for W in R^(m*n): ...`",
        ),
        (r"[\ue000-\uf8ff]", "this character has no meaning: leave it out"),
    ]
]
_OPEN, _CLOSE = "([{⌈⌊", ")]}⌉⌋"
_HALF_LINE = re.compile(r"\[\s*0\s*,\s*(∞|oo|inf)\s*\)")


def refuse_slips(text: str) -> None:
    """Raise ReadError for the first thing that the characters show to be another notation."""
    hits = [
        (found.start(), rank, found, message)
        for rank, (pattern, message) in enumerate(_SLIPS)
        if (found := pattern.search(text))
    ]
    if hits:
        _, _, found, message = min(hits, key=lambda hit: hit[:2])
        raise ReadError(message, found.start(), found.end())
    _match_brackets(text)


def _match_brackets(text: str) -> None:
    opened: list[tuple[str, int]] = []
    for place, sign in enumerate(text):
        if sign in _OPEN:
            opened.append(("(" if _HALF_LINE.match(text, place) else sign, place))
        elif sign in _CLOSE:
            wanted = _OPEN[_CLOSE.index(sign)]
            if not opened:
                raise ReadError(f"nothing opens this {sign}: leave it out", place)
            before, at = opened.pop()
            if before != wanted:
                close = _CLOSE[_OPEN.index(before)]
                raise ReadError(
                    f"this {sign} closes the {before} at column {at + 1}: write {close}", place
                )
    if opened:
        sign, at = opened[-1]
        raise ReadError(f"this {sign} is not closed: write {_CLOSE[_OPEN.index(sign)]}", at)
