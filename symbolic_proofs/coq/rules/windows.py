"""Rules about the shortest window: the least spread of k entries next to each other when sorted."""

from __future__ import annotations

from dataclasses import replace

import sympy as sp

from ...language.sums import ShortestWindow
from ...language.symbols import bound_symbol
from ...language.vectors import Concat, Repeat, Vector, length
from ..errors import UntranslatedError
from ..expressions import in_nat, natural, real, vector
from ..names import variable_name
from ..operations import add, mul
from ..proof import LemmaProof, translation
from .indices import range_of


@translation
def window_scaled(p: LemmaProof) -> None:
    """H |- the shortest window of a V + b = a times that of V, of as many entries, for a >= 0."""
    mapped, width = p.theorem.arguments[0].args
    body, x, inner = mapped.args
    start = body.xreplace({x: sp.Integer(0)})
    factor = body.xreplace({x: sp.Integer(1)}) - start
    p.nonnegative(factor)
    inside = range_of(p, width, length(inner))
    window = real(ShortestWindow(inner, width))
    slope, at = real(factor), real(start)
    function = f"(fun {variable_name(x)} => {real(body).text})"
    name = p.fresh("WI")
    scaled = mul(replace(slope, put=True), window)
    p.write(f"assert ({name} : {real(p.theorem.arguments[0]).text} = {scaled.text}).")
    with p.block():
        k = in_nat(natural(width))
        line_of = f"{function} {slope.text} {at.text}"
        p.write(f"apply (window_scaled {line_of} {vector(inner).text} {k}).")
        with p.block():
            variable = bound_symbol(-1, "real")
            p.write(f"intros {real(variable).text}.")
            raw, line = real(body, {x: real(variable)}), add(mul(slope, real(variable)), at)
            p.write(f"change ({raw.text} = {slope.text} * {real(variable).text} + {at.text}).")
            p.write(f"transitivity {line.text}; [| fin ].")
            p.equal(raw, line)
        p.write(f"nng. lia. cbn [len vmap cat rep steps sorted]; destruct {inside}; lia.")
    p.write(f"try rewrite {name}; clear {name}.")
    p.equal(scaled, real(p.theorem.conclusion.right))


@translation
def window_of_copies(p: LemmaProof) -> None:
    """H |- the shortest window of k entries of m copies of V = that of l of V, m(l-1) < k <= ml."""
    term, wide, _ = p.theorem.arguments
    copies, k = term.args
    m = copies.args[2]
    p.positive(k - m * (wide - 1))
    p.nonnegative(m * wide - k)
    p.natural_positive(k)
    lower = p.fact(f"0 < {real(k - m * (wide - 1)).text}", "pos", "WA")
    upper = p.fact(f"0 <= {real(m * wide - k).text}", "nng", "WA")
    texts = [in_nat(natural(part)) for part in (m, k, wide)]
    inner = vector(copies.body).text
    p.natural_positive(wide)
    sides = f"[ lia | natural_below {lower} | natural_below {upper} ]"
    p.write(f"apply (window_of_copies {inner} {' '.join(texts)}); {sides}.")


@translation
def window_of_equals(p: LemmaProof) -> None:
    """H |- the shortest window of k entries = 0, where k equal ones are among them, or k = 1."""
    v, k = p.theorem.arguments[0].args
    if k == 1:
        p.write("apply window_of_one.")
        return
    parts = v.args if isinstance(v, Concat) else (v,)
    for part in parts:
        if isinstance(part, Repeat) and p.facts.nonnegative(part.args[1] - k):
            p.natural_positive(k)
            inside = range_of(p, k, part.args[1])
            value, times = real(part.args[0]).text, in_nat(natural(part.args[1]))
            p.write(
                f"apply (window_of_equals {value} {times}); [ {_among(parts, part)} | lia | "
                f"destruct {inside}; lia ]."
            )
            return
    raise UntranslatedError(f"{k} equal entries of {v}")


def _among(parts: tuple[Vector, ...], part: Vector) -> str:
    at = parts.index(part)
    steps = ["apply among_catr"] * at
    if at < len(parts) - 1:
        steps.append("apply among_catl")
    return "; ".join([*steps, "apply among_rep"])
