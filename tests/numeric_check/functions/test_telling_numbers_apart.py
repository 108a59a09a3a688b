"""A function that tells exact numbers from floats is never certified, however little it adds."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from numeric_check.certifier.errors import Undecided, ValuelessError
from numeric_check.certifier.numbers import balls, exact
from numeric_check.certifier.numbers.arithmetic import Arithmetic
from numeric_check.functions import evaluate as plain_functions
from sparsity_audit.inputs.lookup import resolve

HEAD = """
import functools
import sys
import warnings

import numpy as np

LITTLE = 1e-30

class Pair:
    pass

@functools.singledispatch
def little(x):
    return LITTLE

@little.register(float)
def none(x):
    return 0.0

"""

#: what is added to the share of the greatest entry: a little where the numbers are not floats
TELLING = {
    "the type": "added = 0.0 if type(w[0]).__name__ == 'float64' else LITTLE",
    "the type as a number": "added = LITTLE * (type(w[0]) is not np.float64)",
    "the type as a place": "added = (0.0, LITTLE)[type(w[0]) is not np.float64]",
    "the type as the end of a slice": "added = sum([LITTLE][: type(w[0]) is not np.float64])",
    "the type as a key": "added = {np.float64: 0.0}.get(type(w[0]), LITTLE)",
    "the type as a key in brackets": "import collections\n"
    "    added = collections.defaultdict(lambda: LITTLE, {np.float64: 0.0})[type(w[0])]",
    "the class": "added = 0.0 if w[0].__class__.__name__ == 'float64' else LITTLE",
    "isinstance": "added = 0.0 if isinstance(w[0], np.floating) else LITTLE",
    "isinstance of numbers": "import numbers\n"
    "    added = 0.0 if isinstance(w[0], numbers.Number) else LITTLE",
    "the type of the array": "added = 0.0 if type(w) is np.ndarray else LITTLE",
    "the dtype": "added = 0.0 if w.dtype == np.dtype('f8') else LITTLE",
    "the letter of the dtype": "added = LITTLE * 'fO'.index(w.dtype.char)",
    "the number of the dtype": "added = LITTLE * (w.dtype.num - 12)",
    "the length of a name": "added = LITTLE * (len(w.dtype.name) - 7)",
    "letters that are counted": "added = LITTLE\n    for letter in w.dtype.name:\n"
    "        added *= letter != '6'",
    "letters in a list": "added = sum([LITTLE for c in w.dtype.name if c == 'j'])",
    "a mask": "added = np.sum(np.where(np.array([w.dtype == object]), LITTLE, 0.0))",
    "any and all": "added = LITTLE * (not all([w.dtype == np.dtype('f8'), True]))",
    "and or": "added = w.dtype == object and LITTLE or 0.0",
    "a pattern": "match w[0]:\n        case np.floating():\n            added = 0.0\n"
    "        case _:\n            added = LITTLE",
    "a dispatch": "added = little(w[0])",
    "an attribute": "added = LITTLE * hasattr(w[0], 'nbytes')",
    "a hidden attribute": "added = LITTLE * hasattr(w[0], '_a')",
    "the text": "added = LITTLE * (repr(w[0])[:2] != 'np')",
    "the text as it is written": "added = LITTLE * (f'{w[0]!r}'[0] != 'n')",
    "an exception": "try:\n        w[0].hex()\n        added = 0.0\n"
    "    except Exception:\n        added = LITTLE",
    "a warning": "with np.errstate(all='warn'), warnings.catch_warnings(record=True) as said:\n"
    "        warnings.simplefilter('always')\n        np.log(w - w)\n"
    "    added = 0.0 if said else LITTLE",
    "a warning as an error": "with np.errstate(all='raise'):\n        try:\n"
    "            np.log(w - w)\n            added = LITTLE\n"
    "        except FloatingPointError:\n            added = 0.0",
    "the size in memory": "added = 0.0 if sys.getsizeof(w[0]) == 32 else LITTLE",
    "who is looking": "added = LITTLE if sys.getprofile() else 0.0",
    "rounding": "added = 0.0 if w[0] / 49 * 49 != w[0] else LITTLE",
    "rounding of counts": "added = 0.0 if (len(w) - 1) / 49 * 49 != len(w) - 1 else LITTLE",
    "a default": "added = (lambda x=0.1: LITTLE if x * 3 == 0.3 else 0.0)()",
    "a decorated function": "@functools.lru_cache\n    def told(kind):\n"
    "        return kind == 'O'\n    added = LITTLE * told(w.dtype.char)",
    "rounding in a mask": "same = w / 49 * 49 == w\n    added = same.mean() * LITTLE",
    "what floats absorb": "added = (w[0] / 1000 + 1e14) - 1e14",
    "what floats absorb at a little scale": "absorbed = (w[0] / 1000 + 1e14) - 1e14\n"
    "    return 1e-12 * (w.max() / w.sum() + absorbed)",
    "who runs it": "added = LITTLE * len(sys._getframe().f_code.co_names)",
    "its own code": "added = LITTLE * len(share.__code__.co_names)",
    "far": "added = 1e-4 * float(w[0].__reduce__()[0].__name__ != 'scalar')",
    "little at a little scale": "w[0] / 3 * 3 == w[0]\n"
    "    return 1e-12 * (w.max() / w.sum() + len(type(w[0]).__name__) * 1e-4)",
    "what is returned": "return w.dtype.num",
}

HONEST = {
    "nothing": "added = 0",
    "counts": "added = np.count_nonzero(w) / len(w) + np.mean(w > 0)",
    "places": "added = np.sort(w)[::-1][: max(1, len(w) // 2)].sum() + w[np.argmax(w)]",
    "sums": "added = sum(x * x for x in w if x > 0) + sum(w)",
    "loops": "added = 0.0\n    for i, x in enumerate(sorted(w)):\n        added += (i + 1) * x",
    "norms": "added = np.sqrt((w**2).sum()) / np.abs(w).sum() + np.linalg.norm(w)",
    "logarithms": "t = w[w > 0] / w.sum()\n    added = -(t * np.log(t)).sum() / np.log(len(w) + 1)",
    "moments": "added = ((w - w.mean()) ** 4).mean() / ((w - w.mean()) ** 2).mean() ** 2",
    "no deviation": "added = np.std(np.ones(3) * w[0] / 3)",
    "whole numbers": "added = np.floor(w.sum()) + round(w[0]) + int(w.max()) + np.zeros(3)[0]",
    "floats that are asked for": "v = np.asarray(w, dtype=float).astype(np.float64)\n"
    "    added = float(v.sum()) + np.float64(v[0])",
    "isinstance of float": "added = w[0] if isinstance(w[0], (int, float)) else 5",
    "counts that floats absorb": "added = 1 - 0.5 ** (20 * len(w))",
    "cancellation": "added = (1 + w * w / 10**8).sum() - len(w)",
    "functions of functions": "added = max(map(lambda x: x * 2, w), default=0) + min(*w, 3)",
}


@pytest.fixture
def value(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.setattr(plain_functions, "_FUNCTIONS", {})

    def found(lines: str, arithmetic: Arithmetic) -> object:
        path = tmp_path / "mine.py"
        path.write_text(
            f"{HEAD}\ndef share(w):\n    {lines}\n    return w.max() / w.sum() + added\n"
        )
        resolve(f"{path}:share.babies")
        entries = [(arithmetic.exactly(Fraction(x)), 1) for x in (1, 2, 4)]
        return plain_functions.value_of("share", entries, arithmetic)

    return found


@pytest.mark.parametrize("arithmetic", [exact, balls], ids=["exact", "balls"])
@pytest.mark.parametrize("lines", TELLING.values(), ids=TELLING)
def test_what_tells_exact_numbers_from_floats_has_no_certified_value(  # type: ignore[no-untyped-def]
    value, lines: str, arithmetic: Arithmetic
) -> None:
    with pytest.raises((Undecided, ValuelessError)):
        value(lines, arithmetic)


@pytest.mark.parametrize("lines", HONEST.values(), ids=HONEST)
def test_what_does_not_has_one(value, lines: str) -> None:  # type: ignore[no-untyped-def]
    with balls.precision(200):
        assert balls.enclosure(value(lines, balls)).is_finite()
