"""Rules for measures made of the sums of c log c or of log c: entropies.

| rule             | what it covers                                                             |
|------------------|----------------------------------------------------------------------------|
| `by_transfer`    | Robin Hood, where t log t is summed (convex) or log t (concave)            |
| `by_mixing`      | Rising Tide for the entropy of the shares: every share moves to the mean   |
| `past_the_rest`  | Bill Gates for the same, once log β >= L/S of the other entries            |
| `by_longer_mean` | Babies, where log N is all that moves                                      |

All rest on tangents of the logarithm: log(a/b) <= a/b - 1, that is 1 + x <= e^x. With m the mean,
S = S_1 and L = sum of c log c over the entries that are not 0, the entropy of the shares is
L/S - log m, up to sign.
"""

from __future__ import annotations

from collections.abc import Sequence

import sympy as sp

from ... import kernel as K
from ...claims.notation import R_nonnegative, alpha, beta, epsilon, u, v
from ...derivations.derivation import Derivation, Proof
from ...kernel import KernelError, Theorem
from ...language.claim import Claim
from ...language.formulas import (
    Constant,
    Every,
    Exists,
    ForAll,
    Not,
    Relation,
    at_most,
    equal,
    less,
    unequal,
)
from ...language.operations import Log, Sum
from ...language.sums import NonzeroTotal
from ...language.symbols import bound_symbol, count, nonnegative, positive, real
from ...language.terms import OnNonzero, PowerSum
from ...language.vectors import Concat, Entry, Repeat, VectorSymbol, length
from ..tactics import inequalities
from ..tactics.combine import (
    Given,
    algebra,
    combine,
    discharge,
    in_power_sums,
    instance,
    right,
    summed,
    then,
    where_nonzero,
)
from ..tactics.inequalities import logarithm_below, strict_unless_equal, tangent
from ..tactics.lift import concluded
from ..tactics.remembered import cache

#: numbers > 0, an entry and a real number; a lemma is used by putting terms in their place
a, b, m, d, s = (positive(letter) for letter in "abmds")
w, rest = nonnegative("w"), real("r")
_I = count("i")


def weighted_logarithm(value: sp.Expr) -> OnNonzero:
    """Return v log v, 0 at v = 0."""
    x = bound_symbol(0, "real")
    return OnNonzero(x * Log(x), x, value)


@cache
def line_below(strict: bool = False) -> Theorem:
    """Return |- v log v >= b log b + (1 + log b)(v - b), for v >= 0 and 0 log 0 = 0.

    When strict: v != b as well, and > in the place of >=.
    """
    op, here = (">", (unequal(b, w),)) if strict else (">=", ())
    line = b * Log(b) + (1 + Log(b)) * (w - b)
    goal = Relation(op, weighted_logarithm(w), line)
    slope = Log(b) - Log(a)
    if strict:
        apart = combine(unequal(slope, 0), given=(unequal(Log(a), Log(b)),))
        tight = discharge(K.exponential(slope, ()), apart, _logarithms_differ())
    else:
        tight = tangent(slope)
    inside = combine(Relation(op, a * Log(a), line.xreplace({w: a})), (a, tight))
    there, zero = unequal(w, 0), equal(w, 0)
    at = (*here, there)
    inside = K.instantiate(inside, {a: w}, at)
    value = K.on_nonzero(weighted_logarithm(w), (there,))
    inside = combine(goal, (1, inside), (-1, value), given=at)
    value = K.on_nonzero(weighted_logarithm(w), (zero,))
    outside = combine(goal, (-1, value), (1 + Log(b), K.assume(zero)), given=(*here, zero))
    return K.cases(inside, outside, there)


@cache
def _logarithms_differ() -> Theorem:
    """Return a != b |- log a != log b."""
    goal = unequal(Log(a), Log(b))
    low = combine(goal, (1, logarithm_below()))
    swapped = instance(logarithm_below(), {inequalities.a: b, inequalities.b: a}, (less(b, a),))
    high = combine(goal, (1, swapped))
    above = instance(strict_unless_equal(), {inequalities.x: b, inequalities.y: a})
    return K.cases(low, discharge(high, above), less(a, b))


@cache
def below_line(r: sp.Expr) -> Theorem:
    """Return |- r v^r log v <= v^r (log b + v^r/b - 1), for v >= 0 and 0 log 0 = 0."""
    x = bound_symbol(0, "real")
    value = OnNonzero(x**r * Log(x), x, w)
    goal = at_most(r * value, w**r * Log(b) + w ** (2 * r) / b - w**r)
    there, zero = unequal(w, 0), equal(w, 0)
    line = tangent(r * Log(w) - Log(b), there)
    inside = combine(goal, (w**r, line), (r, K.on_nonzero(value, (there,))), given=(there,))
    powers = (
        (-c, then(algebra(equal(w**e, w**e)), K.assume(zero)))
        for c, e in ((Log(b) - 1, r), (1 / b, 2 * r))
    )
    outside = combine(goal, (r, K.on_nonzero(value, (zero,))), *powers, given=(zero,))
    return K.cases(inside, outside, there)


@cache
def mixing(strict: bool) -> Theorem:
    """Return |- the share of an entry w of mean m, moved to the mean by d, loses share log share.

    With t = w/m, y = (w + d)/(m + d) and λ = d/(m + d): t log t - y log y >= λ(t - 1). It is > if
    m != w. For y = (1 - λ)t + λ, and t log t lies above its tangents at y and at 1.
    """
    op, here = (">", (unequal(m, w),)) if strict else (">=", ())
    share, moved = (w + d) / (m + d), weighted_logarithm(w) / m - w / m * Log(m)
    goal = Relation(
        op,
        moved - share * (Log(w + d) - Log(m + d)),
        d / (m + d) * (w / m - 1),
    )
    at_share = instance(line_below(), {b: m * share}, here)
    at_one = tangent(Log(w + d) - Log(m + d), *here)
    at_mean = instance(line_below(strict), {b: m}, here)
    weights = 1 / (m + d), d / (m + d), d / (m * (m + d))
    return combine(goal, *zip(weights, (at_share, at_one, at_mean), strict=True), given=here)


@cache
def richer() -> Theorem:
    """Return a < b, r <= s log a |- (a log a + r)/(a + s) - log(a + s) < the same with b for a.

    That is what the entropy of shares says of one entry, with s and r the sums of c and of c log c
    over the others. It is Gibbs' inequality: log t lies below its tangent at t = (a + s)/(b + s).
    """
    given = (less(a, b), at_most(rest, s * Log(a)))

    def value(entry: sp.Expr) -> sp.Expr:
        return (entry * Log(entry) + rest) / (entry + s) - Log(entry + s)

    shrunk = Log(b + s) - Log(a + s)
    others = K.exponential(shrunk, given)
    grown = combine(less(a + s, b + s), given=given)
    grown = discharge(
        instance(logarithm_below(), {inequalities.a: a + s, inequalities.b: b + s}, given), grown
    )
    others = discharge(others, combine(unequal(shrunk, 0), (1, grown), given=given))
    own = tangent(Log(a) - Log(b) + shrunk, *given)
    reach = K.assume(given[1])
    weights = b / (b + s), s / (b + s), (b - a) / ((a + s) * (b + s))
    goal = less(value(a), value(b))
    return combine(goal, *zip(weights, (own, others, reach), strict=True), given=given)


def by_transfer(claim: Claim) -> Derivation | None:
    """Robin Hood, where the sum of t log t falls with a transfer or that of log t rises."""
    goal = claim.conclusion
    if not isinstance(goal, Relation):
        return None
    if not goal.atoms(Log):
        return None
    lemmas = _said_of_parts(tuple(claim.given))
    given = (*claim.given, *(lemma.conclusion for lemma in lemmas))
    for transfer, reason in ((_convex, "$t·ln(t)$ is convex"), (_concave, "$ln(t)$ is concave")):
        proof = Proof()
        try:
            moved = proof.show(transfer(given), f"{reason}: tangents at $u - ε$ and at $v + ε$")
            shown = concluded(Proof(), goal, moved, given, [], "")
        except KernelError:
            continue
        proof.show(discharge(shown, *lemmas), "the other terms are the same")
        return proof.done()
    return None


def _said_of_parts(given: Given) -> list[Theorem]:
    """Return what is said of every entry of a concatenation, for each of its parts."""
    found = []
    for h in given:
        if not isinstance(h, Every):
            continue
        wholes = {e.args[0] for e in h.body.atoms(Entry) if isinstance(e.args[0], Concat)}
        for part in (part for whole in wholes for part in whole.args):
            lemma = K.every_part(K.assume(h), part)
            if isinstance(part, Repeat) and part.args[1] == 1:
                lemma = K.at_index(lemma, sp.Integer(1), ())
            found.append(lemma)
    return found


def _convex(given: Given) -> Theorem:
    """Show that t log t summed over two entries falls with a transfer."""
    high, low = u - epsilon, v + epsilon
    at_high = instance(line_below(), {w: u, b: high}, given)
    at_low = instance(line_below(), {w: v, b: low}, given)
    values = [where_nonzero(weighted_logarithm(entry), given) for entry in (u, v)]
    goal = less(high * Log(high) + low * Log(low), Sum(*map(right, values)))
    parts = (1, at_high), (1, at_low), (epsilon, _slopes(given))
    return combine(goal, *parts, *((1, value) for value in values), given=given)


def _concave(given: Given) -> Theorem:
    """Show that log t summed over two entries rises with a transfer."""
    high, low = u - epsilon, v + epsilon
    lines = [tangent(Log(old) - Log(new), *given) for old, new in ((u, high), (v, low))]
    goal = less(Log(u) + Log(v), Log(high) + Log(low))
    gap = epsilon / (high * low), K.assume(less(2 * epsilon, u - v))
    return combine(goal, *((1, line) for line in lines), gap, given=given)


def _slopes(given: Given) -> Theorem:
    order_kept = algebra(less(v + epsilon, u - epsilon), given)
    values = {inequalities.a: v + epsilon, inequalities.b: u - epsilon}
    return discharge(instance(logarithm_below(), values, given), order_kept)


def by_mixing(claim: Claim) -> Derivation | None:
    """Rising Tide for the sum of t log t over the shares t = c/S of the whole."""
    goal, given = claim.conclusion, tuple(claim.given)
    vectors = [h.args[0].args[0] for h in given if isinstance(h, Not) and _constant(h)]
    if not isinstance(goal, Relation) or not vectors:
        return None
    if not goal.atoms(NonzeroTotal):
        return None
    vector = vectors[0]
    n, entry = length(vector), vector[_I]
    values = {w: entry, m: PowerSum(vector, 1) / n, d: alpha}
    proof = Proof()
    here = (*given, at_most(_I, n))
    weak = instance(mixing(False), values, here)
    proof.show(
        weak, "$t·ln(t)$ at $w_i$ and at the mean lies above the tangents at what they become"
    )
    differs = unequal(abs(entry), values[m])
    strict = instance(mixing(True), values, (*here, differs))
    total = K.sum_up_strictly(weak, strict, differs, _I, n)
    somewhere = K.open_predicate(Not(Constant(vector)), values[m], given)
    total = in_power_sums(discharge(total, somewhere), given)
    proof.show(
        total,
        "sum over $i$: not every $w_i$ is the mean, since $W$ is not constant, and "
        "both sides are equal for those that are",
    )
    concluded(proof, goal, total, given, [], "the shares sum to $1$")
    return proof.done()


def _constant(formula: Not) -> bool:
    return isinstance(formula.args[0], Constant) and isinstance(
        formula.args[0].args[0], VectorSymbol
    )


def past_the_rest(claim: Claim) -> Derivation | None:
    """Bill Gates for the entropy of the shares of c^r: it rises once r log β >= r L_r/S_r."""
    goal, given = claim.conclusion, tuple(claim.given)
    if not (isinstance(goal, Exists) and isinstance(goal.body, ForAll)):
        return None
    body = goal.body.body
    if not isinstance(body, Relation) or not body.atoms(NonzeroTotal):
        return None
    for r in (1, 2):
        try:
            return _past_some_beta(goal, body, sp.Integer(r), given)
        except KernelError:
            continue
    return None


def _past_some_beta(goal: Exists, body: Relation, r: sp.Expr, given: Given) -> Derivation:
    x, n = bound_symbol(0, "real"), length(R_nonnegative)
    total, logs = PowerSum(R_nonnegative, r), NonzeroTotal(x**r * Log(x), x, R_nonnegative)
    reach = at_most(r * logs, total * r * Log(u + beta))
    here = (*given, reach)
    values = {a: (u + beta) ** r, b: (u + beta + alpha) ** r, s: total, rest: r * logs}
    grown = {inequalities.u: u + beta, inequalities.b: u + beta + alpha, inequalities.e: r}
    larger = instance(inequalities.power_below(), grown, here)
    proof = Proof()
    known = discharge(instance(richer(), values, here), larger)
    proof.show(known, "Gibbs' inequality for the shares before and after")
    lifted = concluded(proof, body, known, here, [], "the measure rises with it")
    forth = K.generalise(lifted, (), (alpha,))
    # ln(u + β) >= ln β, by the tangent
    mean = PowerSum(R_nonnegative, 2 * r) / total
    least = mean ** (1 / r)
    inside = (*given, at_most(_I, n))
    below = instance(below_line(r), {w: R_nonnegative[_I], b: mean}, inside)
    below = summed(below, _I, n, given)
    proof.show(below, "$ln(c^r)$ is below its tangent at $S_{2r}/S_r$; sum over $i$")
    high = tangent(Log(least) - Log(u + least), *given)
    reached = reach.xreplace({beta: least})
    reached = combine(reached, (1, below), (r * total, high), given=given)
    at_least = discharge(K.instantiate(forth, {beta: least}, given), reached)
    proof.show(K.exhibit(at_least, goal, (least,)), "this $β$ will do, since $u ≥ 0$")
    return proof.done()


def weight_rises(low: sp.Expr, high: sp.Expr) -> Theorem:
    """Prove low log low < high log high, for 1 < low < high."""
    above = instance(logarithm_below(), {inequalities.a: sp.Integer(1), inequalities.b: low})
    line = instance(line_below(), {w: high, b: low})
    value = where_nonzero(weighted_logarithm(high), ())
    goal = less(low * Log(low), high * Log(high))
    return combine(goal, (1, line), (1, value), (high - low, above))


def shares_rise(low: sp.Expr, high: sp.Expr, others: Sequence[Repeat], power: int) -> Theorem:
    """Prove that the sum of t log t over the shares t of c^power rises as one entry does.

    The other entries are numbers, and the entry is larger than each.
    """
    weights = [(c**power, times) for c, times in (other.args for other in others) if c != 0]
    total = Sum(*(t * times for t, times in weights))
    logs = Sum(*(t * times * Log(t) for t, times in weights))
    reach = combine(
        at_most(logs, total * Log(low**power)),
        *(
            (
                t * times,
                instance(logarithm_below(), {inequalities.a: t, inequalities.b: low**power}),
            )
            for t, times in weights
        ),
    )
    values = {a: low**power, b: high**power, s: total, rest: logs}
    return discharge(instance(richer(), values), reach)


def by_longer_mean(claim: Claim) -> Derivation | None:
    """Babies, where an added zero changes nothing but the logarithm of the length."""
    goal, given = claim.conclusion, tuple(claim.given)
    if not isinstance(goal, Relation):
        return None
    vectors = sorted(goal.atoms(VectorSymbol), key=str)
    if not goal.atoms(NonzeroTotal) or not vectors:
        return None
    n = length(vectors[0])
    longer = instance(logarithm_below(), {inequalities.a: n, inequalities.b: n + 1}, given)
    proof = Proof()
    proof.show(longer, "the logarithm rises")
    concluded(proof, goal, longer, given, [], "only the length changes")
    return proof.done()


RULES = (by_transfer, by_mixing, past_the_rest, by_longer_mean)
