"""Hypothesis strategies: block vectors, exponents, and inputs of a claim, its premise built in.

    from hypothesis import given
    from numeric_check.strategies import holds, inputs

    @given(inputs(my_claim))
    def test_my_claim(values):
        assert holds(my_claim, values)

Values are exact (a `Witness`), and `holds` decides exactly, so a failure is a counterexample;
Hypothesis shrinks and replays it. It is a check inside a test suite; `search` looks harder.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
from hypothesis import assume, reject
from hypothesis import strategies as st

from symbolic_proofs.language.claim import Claim
from symbolic_proofs.language.formulas import And, Exists
from symbolic_proofs.language.names import LanguageError

from .batch.program import LengthClass, Program, ScalarSlot
from .batch.run import Batch, Run
from .certifier.certify import Undecided, UnfitWitnessError, decide
from .certifier.numbers.exact import ValuelessError
from .certifier.witness import Blocks, Witness, blocks
from .hunt.bounds import interval
from .hunt.candidate import Trial, batch_of, witness_of
from .hunt.search import programs_of
from .hunt.shrink.rationals import simplest_near

#: exponents that are not simple fractions are of no more use than simple ones, and harder to read
MAX_DENOMINATOR = 4
#: precision at which an example is given up as undecided; ties of irrational sides never end
MAX_BITS = 424


def entries(*, nonnegative: bool = False, largest: int = 100) -> st.SearchStrategy[Fraction]:
    """Entries of vectors: small whole numbers, and fractions up to `largest` in absolute value."""
    least = 0 if nonnegative else -largest
    small = st.integers(0 if nonnegative else -5, 5).map(Fraction)
    return small | st.fractions(least, largest, max_denominator=10)


def block_vectors(
    *, min_blocks: int = 1, max_blocks: int = 4, longest: int = 1000, nonnegative: bool = False
) -> st.SearchStrategy[Blocks]:
    """Vectors as (value, multiplicity) blocks, each value repeated up to `longest` times."""
    times = st.integers(1, 3) | st.integers(1, longest)
    pairs = st.tuples(entries(nonnegative=nonnegative), times)
    return st.lists(pairs, min_size=min_blocks, max_size=max_blocks).map(blocks)


def exponents(
    *, least: Fraction = Fraction(1, 4), greatest: Fraction = Fraction(10)
) -> st.SearchStrategy[Fraction]:
    """Exponents: whole numbers and simple fractions between `least` and `greatest`."""
    return st.integers(1, 4).map(Fraction).filter(lambda r: least <= r <= greatest) | st.fractions(
        least, greatest, max_denominator=MAX_DENOMINATOR
    )


def inputs(claim: Claim) -> st.SearchStrategy[Witness]:
    """Values for the symbols of a claim, exact, that meet its premise.

    Raises LanguageError for a claim that something exists, which has no inputs to test, and
    NotSearchableError for one that cannot be evaluated on batches.
    """
    if isinstance(claim.conclusion, Exists):
        raise LanguageError(f"{claim.id} says that something exists: there are no inputs to test")
    premise = And(*claim.given)
    programs = programs_of(claim)

    @st.composite
    def build(draw: st.DrawFn) -> Witness:
        program = draw(st.sampled_from(programs))
        witness = witness_of(program, _trial(draw, program))
        assume(_met(premise, witness))
        return witness

    return build()


def holds(claim: Claim, values: Witness) -> bool:
    """Tell whether a claim holds at the values, by exact arithmetic or balls.

    Where the premise is not met it holds. An example that is too close to call (a tie of irrational
    sides, most often) is passed over, as one that misses the premise is. Raises ValuelessError
    where a term has no value.
    """
    try:
        return decide(claim.statement, values, max_bits=MAX_BITS)
    except Undecided:
        reject()


def _met(premise: And, witness: Witness) -> bool:
    try:
        return decide(premise, witness, max_bits=MAX_BITS)
    except (Undecided, ValuelessError, UnfitWitnessError):
        return False


def _trial(draw: st.DrawFn, program: Program) -> Trial:
    scalars: dict[str, Fraction] = {name: Fraction(number) for name, number in program.families}
    owned = {klass.own for klass in program.classes}
    for slot in program.counts:
        least = 1 if slot.kind == "count" else 0
        number = 0 if slot.name in owned else draw(st.integers(least, 4) | st.integers(least, 50))
        scalars[slot.name] = Fraction(number)
    drawn = [_times(draw, program, scalars, klass) for klass in program.classes]
    values = {
        slot.key: tuple(draw(entries(nonnegative=slot.nonnegative)) for _ in drawn[slot.klass])
        for slot in program.vectors
    }
    for source, target in program.same_zeros:
        pairs = zip(values[source], values[target], strict=True)
        values[target] = tuple((y or Fraction(1)) if x else Fraction(0) for x, y in pairs)
    for name in program.exponents:
        scalars[name] = draw(exponents())
    for low, high in program.ordered:
        a, b = sorted((scalars[low], scalars[high]))
        scalars[low], scalars[high] = a, b if a < b else a + 1
    trial = Trial(scalars, tuple(drawn), values)
    for scalar in program.scalars:
        scalars[scalar.name] = _scalar(draw, _run(program, trial), scalar)
    return _exchanged(program, trial)


def _times(
    draw: st.DrawFn, program: Program, scalars: dict[str, Fraction], klass: LengthClass
) -> tuple[int, ...]:
    """Draw multiplicities, and set the count that makes the length their sum."""
    batch = {name: np.array([float(value)]) for name, value in scalars.items()}
    run = _partial(program, batch)
    coefficient, rest = (int(run(r)) for r in (klass.coefficient, klass.rest))
    if klass.own is None:
        length = int(run(klass.length))
        return (length,) if length else ()
    times = draw(st.lists(st.integers(1, 3) | st.integers(1, 100), max_size=4))
    own = max(klass.least, -(-(sum(times) - rest) // coefficient))
    missing = coefficient * own + rest - sum(times)
    scalars[klass.own] = Fraction(own)
    return (*times, missing) if missing else tuple(times)


def _partial(program: Program, batch: dict[str, np.ndarray]) -> Callable[[int], float]:
    run = Run(program, Batch(batch, {}, {}))
    return lambda register: float(np.ravel(run.value(register))[0])


def _run(program: Program, trial: Trial) -> Run:
    """Return a run over one trial; scalars that are still to be drawn stand at 1."""
    names = [slot.name for slot in program.scalars]
    scalars = dict.fromkeys(names, Fraction(1)) | dict(trial.scalars)
    return Run(program, batch_of(program, [Trial(scalars, trial.times, trial.values)]))


def _scalar(draw: st.DrawFn, run: Run, slot: ScalarSlot) -> Fraction:
    ends = interval(run, slot, 1)
    low, high, signed = float(ends[0][0]), float(ends[1][0]), ends[2]
    assume(low <= high and high > (0 if slot.kind == "positive" else -np.inf))
    start = Fraction(low)
    if ends[0] is ends[1]:
        return start
    if np.isfinite(high):
        shares = st.fractions(0, 1, max_denominator=16)
        share = draw(shares if slot.kind != "positive" or low > 0 else shares.filter(bool))
        value = start + (Fraction(high) - start) * share
    else:
        value = start + draw(entries(nonnegative=True).filter(lambda step: start + step != 0))
    simple = simplest_near(value, Fraction(1, 10**6))
    value = simple if low <= simple <= high else value
    return -value if signed and draw(st.booleans()) else value


def _exchanged(program: Program, trial: Trial) -> Trial:
    for register, one, other in program.swaps:
        if float(np.ravel(_run(program, trial).value(register)[1])[0]) < 0:
            changed = {one: trial.values[other], other: trial.values[one]}
            trial = Trial(trial.scalars, trial.times, {**trial.values, **changed})
    return trial
