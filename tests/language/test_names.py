"""One name is one thing: in a claim, in the kernel, and in what is read from a file."""

from __future__ import annotations

import pytest

from symbolic_proofs import kernel as K
from symbolic_proofs.kernel import KernelError
from symbolic_proofs.language import PowerSum, count, equal, nonnegative, positive, real, vector
from symbolic_proofs.language.claim import claim
from symbolic_proofs.language.formulas import Relation, as_formula
from symbolic_proofs.language.names import GREEK, LanguageError, looks
from symbolic_proofs.language.symbols import Variable
from symbolic_proofs.notation.api import to_statement
from symbolic_proofs.notation.reading import read

CYRILLIC = "аеорсхАВЕКМНОРСТХ"


@pytest.mark.parametrize("letter", [*CYRILLIC, "ℝ", "ᵃ", "é", "Α", "ο", "1", "_x", "x y", "x)"])
def test_letters_of_other_alphabets_are_no_names(letter: str) -> None:
    with pytest.raises(LanguageError, match="is not a name for a symbol"):
        real(letter)
    with pytest.raises(LanguageError, match="is not a name for a vector"):
        vector(letter, count("N"))


def test_a_greek_letter_and_its_word_are_one_name() -> None:
    assert real("α") == real("alpha")
    assert real("α_1'") == real("alpha_1'")
    assert vector("Ω", count("N")) == vector("Omega", count("N"))


READ = [*sorted(GREEK.keys() - {"Sigma"}), "np", "sp", "for", "in", "and", "max", "ln", "I", "S"]
WORDS = "all every exists forall if is let not some sum then Sigma Sigma_1 Sigma1 Sigma' sum_2"


@pytest.mark.parametrize("word", WORDS.split())
def test_a_word_of_the_text_form_is_no_name(word: str) -> None:
    with pytest.raises(LanguageError, match="would be read as something else"):
        real(word)
    with pytest.raises(LanguageError, match="would be read as something else"):
        vector(word, count("M"))


@pytest.mark.parametrize("name", READ)
def test_a_name_that_is_printed_is_read(name: str) -> None:
    statement = as_formula(real(name) > 7)
    assert read(to_statement(statement)) == statement
    assert read(to_statement(statement, ascii=True)) == statement


def test_a_symbol_that_was_made_past_the_language_is_refused_by_the_kernel() -> None:
    latin, cyrillic = real("a"), Variable("а", "real")
    with pytest.raises(KernelError, match="not a name"):
        K.assume(equal(latin, cyrillic))


TWO_THINGS = (
    (real("x"), nonnegative("x")),
    (real("x1"), real("x_1")),
    (real("x1'"), positive("x_1'")),
    (real("W"), vector("W", count("N"))[1]),
    (vector("W", count("N"))[1], vector("W", count("M"))[1]),
    (vector("W", count("N"))[1], vector("W", count("N"), nonnegative=True)[1]),
    (vector("W1", count("N"))[1], vector("W_1", count("N"))[1]),
)


@pytest.mark.parametrize(("one", "other"), TWO_THINGS)
def test_one_name_for_two_things_is_refused(one: object, other: object) -> None:
    with pytest.raises(LanguageError, match="one name stands for different things"):
        claim("names.two", "here", "two things", then=equal(one, other))
    with pytest.raises(KernelError, match="one name stands for different"):
        K.assume(equal(one, other))


@pytest.mark.parametrize(("one", "other"), [("x1", "x2"), ("x", "x'"), ("x_a", "xa"), ("m", "M")])
def test_names_that_are_shown_apart_are_two(one: str, other: str) -> None:
    assert looks(one) != looks(other)
    claim("names.apart", "here", "two names", then=equal(real(one), real(other)))


def test_a_scalar_is_not_shown_as_an_entry_of_a_vector_beside_it():
    entries = vector("W", count("N"))
    for name in ("w_1", "w1", "w_i"):
        with pytest.raises(LanguageError, match="different things"):
            claim("c", "", "", then=equal(PowerSum(entries, 1), real(name)))
    claim("c", "", "", then=equal(PowerSum(entries, 1), real("w")))


def test_the_entries_of_two_vectors_are_not_shown_alike():
    n = count("n")
    with pytest.raises(LanguageError, match="different things"):
        claim("c", "", "", then=equal(PowerSum(vector("W", n), 1), PowerSum(vector("w", n), 1)))


def test_euler_s_number_is_no_name():
    with pytest.raises(LanguageError, match="Euler's number"):
        real("e")


@pytest.mark.parametrize(("name", "index"), [("W_1", 1), ("W1", 2), ("W_t", count("t"))])
def test_a_vector_is_not_shown_as_a_member_of_a_family_beside_it(name: str, index: object) -> None:
    n = count("n")
    member, alone = vector("W", n, index), vector(name, n)
    with pytest.raises(LanguageError, match="different things"):
        claim("c", "", "", then=PowerSum(alone, 1) <= PowerSum(member, 1))
    with pytest.raises(KernelError, match="one name stands for different"):
        K.assume(Relation("<=", PowerSum(alone, 1), PowerSum(member, 1)))
    for fellow in (vector("W_2", n), vector("U", n, index)):
        claim("c", "", "", then=PowerSum(alone, 1) <= PowerSum(fellow, 1))
