"""The values of sums over an index, by stretches of indices alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy as sp

from ...language.operations import Power, Product, Sum
from ...language.symbols import bound_symbol
from ..errors import UntranslatedError
from ..expressions import natural, real
from ..names import variable_name
from ..operations import Expression, Places
from .context import SAME, Worth, integer
from .indices import MOST_INDICES, stands_in
from .numbers import plus, times
from .terms import TermValues

#: an index in a polynomial
_LETTER = bound_symbol(96, "real")


class IndexSums(TermValues):
    """Values of sums over an index."""

    def _total(self, term: Any, places: Places, text: str) -> Worth:
        body, index, count = term.args
        if self.whole(count, places)[0] > MOST_INDICES and stands_in(body, index):
            return self._rising(term, places, text)
        listed = self.ranged(body, index, count, places)
        parts = [(x, x, "", k) for x, k in listed.blocks]
        return self._summed(text, f"(sum_runs _ _ _ {listed.proof})", parts)

    def _rising(self, term: Any, places: Places, text: str) -> Worth:
        """Return a sum of a + b i + c i^2, with a, b and c the same for long stretches of i."""
        body, index, count = term.args
        n, known = self.whole(count, places)
        runs, pieces, sums, values = [], [], [], []
        for low, high in self.stretches(body, index, n, places, alone=False):
            with self.stretch(index, low, high) as at:
                j = at.natural
                letter = Expression("closed", (), _LETTER, f"(INR {j})", natural=j)
                there = {**places, index: letter}
                parts: dict[str, Worth] = {}
                with self.inside(), self.apart() as proof:
                    made = _coefficients(self._skeleton(body, there, parts))
                a, b, c = (made.get(power, sp.S.Zero) for power in range(3))
                says = f"{real(body, there).text} = "
                says += f"{real(a).text} + {real(b).text} * INR {j} + {real(c).text} * INR {j} ^ 2"
                by = "".join(f"rewrite ?({parts[t].proof}); " for t in _longest_first(parts))
                runs.append(self.run(at, low, high, says, [*proof, f"{by}same_value."]))
            texts = [real(x).text for x in (a, b, c)]
            k = high - low + 1
            pieces.append(f"({integer(k)}, ({', '.join(texts)}))")
            sums.append(
                f"({texts[0]} * {k} + {texts[1]} * (upto1 {high} - upto1 {low - 1})"
                f" + {texts[2]} * (upto2 {high} - upto2 {low - 1}) + "
            )
            first, second = _upto1(high) - _upto1(low - 1), _upto2(high) - _upto2(low - 1)
            values += [times(a, sp.Integer(k)), times(b, first), times(c, second)]
        function = f"(fun {variable_name(index)} => {real(body, places).text})"
        chain = self.chain(runs)
        of = f"{function} {natural(count, places)} [{'; '.join(pieces)}] {integer(n)}"
        shown = self.fresh("SR")
        self.write(f"assert ({shown} : {text} = {''.join(sums)}0{')' * len(sums)}).")
        self.write(f"{{ exact (sum_rising {of} eq_refl {known} eq_refl {chain}). }}")
        return self._then(text, shown, Sum(*values), "unfold upto1, upto2; ")

    def _summed(
        self, text: str, proof: str, parts: Sequence[tuple[sp.Expr, sp.Expr, str, int]]
    ) -> Worth:
        """Return a sum over blocks: (entry, value of the function there, proof, times)."""
        value = Sum(*(times(sp.Integer(k), v) for _, v, _, k in parts)) if parts else sp.S.Zero
        short, shorter = self.shortened(value)
        name = self.fresh("EV")
        self.write(f"assert ({name} : {text} = {real(short).text}).")
        with self.block():
            self._shorten(value, shorter)
            self.write(f"rewrite {proof}; cbn [app bsum fold_right fst snd].")
            for by in dict.fromkeys(by for _, _, by, _ in parts if by and by != SAME):
                self.write(f"rewrite ?({by}).")
            self.write("same_value.")
        return Worth(short, name)


def _coefficients(term: sp.Expr) -> dict[int, sp.Expr]:
    """Return a polynomial in the index as power -> coefficient."""
    if term == _LETTER:
        return {1: sp.S.One}
    if not term.has(_LETTER):
        return {0: term}
    found: dict[int, sp.Expr] = {}
    match term:
        case Sum():
            for part in term.args:
                for power, c in _coefficients(part).items():
                    found[power] = plus(found.get(power, sp.S.Zero), c)
            return found
        case Product():
            first, *rest = term.args
            pairs = [_coefficients(first), _coefficients(Product(*rest))]
        case Power(exp=sp.Integer() as k) if k > 1:
            pairs = [_coefficients(term.base), _coefficients(Power(term.base, k - 1))]
        case _:
            raise UntranslatedError("a long sum that is not a polynomial in its index")
    for i, a in pairs[0].items():
        for j, b in pairs[1].items():
            found[i + j] = plus(found.get(i + j, sp.S.Zero), times(a, b))
    if max(found) > 2:
        raise UntranslatedError("a long sum with a high power of its index")
    return found


def _upto1(n: int) -> sp.Integer:
    return sp.Integer(n * (n + 1) // 2)


def _upto2(n: int) -> sp.Integer:
    return sp.Integer(n * (n + 1) * (2 * n + 1) // 6)


def _longest_first(parts: dict[str, Worth]) -> list[str]:
    return sorted(parts, key=len, reverse=True)
