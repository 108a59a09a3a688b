"""Vectors as blocks of equal entries."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import sympy as sp

from ...language.vectors import Concat, Map, Repeat, Sorted, Steps, Vector, VectorSymbol
from ..errors import UntranslatedError
from ..expressions import natural, real, vector
from ..names import name_of, variable_name
from ..operations import NOWHERE, Places
from .context import (
    SAME,
    Blocks,
    Listed,
    Worth,
    closed,
    integer,
    listing,
    numeral,
)
from .equality import at_most, equal
from .indices import MOST_INDICES, Indices
from .numbers import compare


class Vectors(Indices):
    """The blocks of vectors."""

    # -- vectors -------------------------------------------------------------------------------

    def listed(self, v: Vector, places: Places = NOWHERE) -> Listed:
        """Return the blocks of a vector; the proof is of `in_order` or `in_blocks`."""
        text = vector(v, places).text
        if text not in self.vectors:
            made = self._listed(v, places, text)
            if not made.proof.isidentifier():
                made = self._named(text, made.proof, made.blocks, made.ordered, [])
            self.vectors[text] = made
        return self.vectors[text]

    def _listed(self, v: Vector, places: Places, text: str) -> Listed:
        match v:
            case VectorSymbol():
                return self._member(v, places, text)
            case Repeat(args=(value, count)):
                n, known = self.whole(count, places)
                worth = self.worth(value, places)
                proof = f"order_rep _ _ {integer(n)} {known}"
                return self._named(text, proof, ((worth.value, n),), True, [worth])
            case Map(args=(body, x, inside)):
                listed = self.listed(inside, places)
                worths = [
                    self.worth(body, {**places, x: closed(value)}) for value, _ in listed.blocks
                ]
                blocks = tuple(
                    (w.value, k) for w, (_, k) in zip(worths, listed.blocks, strict=True)
                )
                lemma = "order_map" if listed.ordered else "blocks_map"
                function = f"(fun {variable_name(x)} => {real(body, places).text})"
                return self._named(
                    text, f"{lemma} {function} _ _ {listed.proof}", blocks, listed.ordered, worths
                )
            case Concat(args=parts):
                return self._joined(list(parts), places)
            case Sorted(args=(inside,)):
                return self._sorted(self.listed(inside, places), text)
            case Steps():
                return self._steps(v, places, text)
        raise UntranslatedError(f"the blocks of {type(v).__name__}")

    def _named(
        self, text: str, proof: str, blocks: Blocks, ordered: bool, worths: Sequence[Worth]
    ) -> Listed:
        """Write the blocks that a proof gives with terms in the place of their values."""
        word = "in_order" if ordered else "in_blocks"
        name = self.fresh("BL")
        self.write(f"assert ({name} : {word} {text} {listing(blocks)}).")
        with self.block():
            self.write(f"refine ({word}_same _ _ _ _ ({proof})); cbn [map app fst snd].")
            for by in dict.fromkeys(w.proof for w in worths if w.proof != SAME):
                self.write(f"rewrite ?({by}).")
            self.write("reflexivity.")
        return Listed(blocks, name, ordered)

    def _member(self, v: VectorSymbol, places: Places, text: str) -> Listed:
        entries = " ".join([name_of(v.name), *(self._index_of(i, places) for i in v.indices)])
        known = self.vectors.get(entries)
        if known is None:
            raise UntranslatedError(f"{v}, of which no values are given")
        size = sum(k for _, k in known.blocks)
        count, proof = self.whole(v.args[1], places)
        if count != size:
            raise UntranslatedError(f"{v.name} has {size} entries, not {count}")
        name = self.fresh("BL")
        self.write(f"assert ({name} : in_order {text} {listing(known.blocks)}).")
        with self.block():
            for index in v.indices:
                self._fix(natural(index, places), *self.whole(index, places))
            self.write(f"exact ({known.proof} _ {proof}).")
        return Listed(known.blocks, name, True)

    def _index_of(self, index: sp.Expr, places: Places) -> str:
        return f"{self.whole(index, places)[0]}%nat"

    def _fix(self, text: str, value: int, proof: str) -> None:
        """Write a natural number in the goal as the numeral that it is."""
        if text != str(value):
            self.write(f"replace ({text})%nat with {value}%nat by (pose proof {proof}; lia).")

    def _joined(self, parts: list[Vector], places: Places) -> Listed:
        first, rest = parts[0], parts[1:]
        one = self.listed(first, places)
        if not rest:
            return one
        other = self._joined(rest, places)
        ordered = one.ordered and other.ordered
        a, b = (one.proof, other.proof) if ordered else (one.in_blocks, other.in_blocks)
        lemma = "order_cat" if ordered else "blocks_cat"
        return Listed((*one.blocks, *other.blocks), f"({lemma} _ _ _ _ {a} {b})", ordered)

    def _sorted(self, inside: Listed, text: str) -> Listed:
        order: list[tuple[sp.Expr, int, int]] = []
        for at, (x, k) in enumerate(inside.blocks):
            place = len(order)
            while place and compare(x, order[place - 1][0]) < 0:
                place -= 1
            order.insert(place, (x, k, at))
        blocks = tuple((x, k) for x, k, _ in order)
        steps = [at_most(self, a, b) for (a, _), (b, _) in pairwise(blocks)]
        name = self.fresh("BL")
        self.write(f"assert ({name} : in_order {text} {listing(blocks)}).")
        with self.block():
            self.write(f"apply order_sorted; [ apply (blocks_perm _ _ _ {inside.in_blocks}) |].")
            with self.block():
                left = [at for _, _, at in order]
                remaining = list(range(len(order)))
                for at in left:
                    place = remaining.index(at)
                    remaining.pop(place)
                    before = listing(tuple(inside.blocks[r] for r in remaining[:place]))
                    after = listing(tuple(inside.blocks[r] for r in remaining[place:]))
                    self.write(f"apply (take_out {before} {after}).")
                self.write("apply perm_nil.")
            with self.block():
                self.write("apply Sorted_StronglySorted; [ exact fst_transitive |].")
                self._ascending(steps, len(blocks))
        return Listed(blocks, name, True)

    def _ascending(self, steps: list[str], count: int) -> None:
        for k in range(count):
            step = f"apply HdRel_cons; exact {steps[k]}" if k < len(steps) else "apply HdRel_nil"
            self.write(f"apply Sorted_cons; [ | {step} ].")
        self.write("apply Sorted_nil.")

    def _steps(self, v: Any, places: Places, text: str) -> Listed:
        body, t, count = v.args
        n, known = self.whole(count, places)
        if not body.has(t):
            inside = self.listed(body, places)
            if len(inside.blocks) == 1:
                ((x, k),) = inside.blocks
                if inside.ordered:
                    sizes = " ".join(map(integer, (k, n, k * n)))
                    proof = f"(order_of_one _ _ _ {sizes} {inside.proof} {known} eq_refl)"
                    return Listed(((x, k * n),), proof, True)
            blocks = tuple((x, k * n) for x, k in inside.blocks)
            return Listed(
                blocks, f"(blocks_copies _ _ _ {integer(n)} {inside.in_blocks} {known})", False
            )
        if n > MOST_INDICES:
            raise UntranslatedError(f"{n} steps, one by one")
        word = variable_name(t)
        function = f"(fun {word} => {vector(body, places).text})"
        name = self.fresh("BL")
        members, blocks = [], ()
        lengths = self.fact(
            f"forall {word} : nat, len {vector(body, places).text} = len ({function} 1%nat)",
            "intros; reflexivity",
        )
        for step in range(1, n + 1):
            at = numeral(t, step)
            if at.natural not in self.wholes:
                there = self.fact(f"Z.of_nat {step} = {integer(step)}", "reflexivity", "ZN")
                self.wholes[at.natural] = step, there
            members.append(self.listed(body, {**places, t: at}))
            blocks = (*blocks, *members[-1].blocks)
        ordered = all(m.ordered for m in members)
        word = "in_order" if ordered else "in_blocks"
        self.write(f"assert ({name} : {word} {text} {listing(blocks)}).")
        with self.block():
            to = natural(count, places)
            self.write(f"replace ({to})%nat with {n}%nat by (pose proof {known}; lia).")
            proof = "order_none" if ordered else "blocks_none"
            proof = f"({proof} {function})"
            lemma = "order_step" if ordered else "blocks_step"
            for step, member in enumerate(members):
                by = member.proof if ordered else member.in_blocks
                proof = f"({lemma} {function} {step} _ _ {lengths} {proof} {by})"
            self.write(f"exact {proof}.")
        return Listed(blocks, name, ordered)

    # -- predicates ----------------------------------------------------------------------------

    def not_nonzero(self, v: Vector, places: Places) -> str:
        """Return the proof that all entries of a vector are 0."""
        listed = self.listed(v, places)
        zeros = self.each_of(listed.blocks, "(fun x => x = 0)", lambda x: equal(self, x, sp.S.Zero))
        return f"(zero_blocks _ _ {listed.in_blocks} {zeros})"
