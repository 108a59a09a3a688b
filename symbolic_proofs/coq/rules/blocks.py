"""Rules about what counts only where a value is not 0, and about the parts of a concatenation."""

from __future__ import annotations

from ..expressions import number, real
from ..names import variable_name
from ..proof import Proof, translation


@translation
def on_nonzero(p: Proof) -> None:
    """H |- "f(v) if v != 0, else 0" = f(v) where v != 0 is shown, = 0 where v = 0 is."""
    term = p.theorem.arguments[0]
    body, x, v = term.args
    value = real(v)
    function = f"(fun {variable_name(x)} => {real(body).text})"
    if p.facts.nonzero(v):
        p.nonzero(v)
        at = real(body, {x: value})
        with p.proving(f"{real(term).text} = {at.text}", "ON") as name:
            p.write(f"exact (onz_nz {function} {value.text} ltac:(neq0)).")
        p.write(f"rewrite {name}; clear {name}.")
        p.equal(at, real(p.theorem.conclusion.right))
        return
    p.nonnegative(v)
    p.nonnegative(-v)
    zero = p.fact(
        f"{value.text} = 0",
        f"assert (OA : 0 <= {value.text}) by nng; assert (OB : 0 <= {real(-v).text}) by nng; lra",
        "ON",
    )
    p.write(f"rewrite {zero}; apply onz_0.")
