"""What can go wrong with statements and their proofs.

SymbolicProofsError
├── LanguageError              the language cannot express it
│   ├── NoTermError            what stands there is no term
│   └── ReadError              a text that cannot be read, with the place
├── WireError                  the JSON data do not state a term, vector or formula
├── KernelError                a rule was applied where its side conditions do not hold
├── NotAlgebraicError          a term that has no normal form
├── WorkLimitError             more work than was allowed
├── ReplayError                a stored derivation that the kernel does not confirm
├── UnknownClaimError          no claim has this id
├── UnknownMeasureError        no measure has this name
├── UntranslatedError          what has no translation into Coq
└── MisreadError               a text that is not a statement in Coq
"""


class SymbolicProofsError(Exception):
    """The root of all errors of this package."""
