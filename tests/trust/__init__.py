"""Random terms and random applications of rules, with what is said of them held against values.

    trees        terms, vectors and formulas as trees of plain tuples, drawn at random
    values       what a tree is worth, by FLINT; SymPy has no part in it
    building     trees as the language builds them
    reading      what the language built, as a tree again
    laws         laws of algebra that hold under conditions
    proposals    applications of rules that a term invites
    beliefs      what is said of a term, against what it is worth
    smaller      smaller trees of which the same is said
    terms        a run over many terms
    vocabulary   terms and formulas for rules, and changes of them
    applications what each rule is applied to
    rules        a run over many applications of rules
    answers      many questions under the same hypotheses
    seeds        the seed of a test run

The two runs are started as `python -m tests.trust.terms` and `python -m tests.trust.rules`.
"""

# before SymPy and FLINT: it says with which integers SymPy computes
import symbolic_proofs  # noqa: F401
