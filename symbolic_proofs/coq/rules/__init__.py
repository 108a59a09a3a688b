"""How the theorems of each rule of the kernel are proved in Coq; modules are named as its own."""

from . import (
    arithmetic,
    blocks,
    extremes,
    indices,
    logic,
    quantifiers,
    sorting,
    sums,
    vectors,
    windows,
)

__all__ = [
    "arithmetic",
    "blocks",
    "extremes",
    "indices",
    "logic",
    "quantifiers",
    "sorting",
    "sums",
    "vectors",
    "windows",
]
