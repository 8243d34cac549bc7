"""Forms and lemmas, and the edits between them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.joint import lemmas


@pytest.mark.parametrize(
    ("form", "lemma", "edit"),
    [
        ("said", "say", "l2y"),
        ("Cities", "city", "l3y"),
        ("the", "the", "l0"),
        ("Kalin", "Kalin", "t0"),
        ("NATO", "NATO", "k0"),
        ("WASHINGTON", "Washington", "t0"),
        ("was", "be", "=be"),
        ("Turks", "Turk", "t1"),
        ("n't", "not", "l2ot"),
        ("3,000", "3000", "=3000"),
    ],
)
def test_edit(form: str, lemma: str, edit: str) -> None:
    assert lemmas.edit(form, lemma) == edit
    assert lemmas.apply(edit, form) == lemma


@given(st.text("abcXYZ'0é", min_size=1, max_size=8), st.text("abcXYZ'0é", min_size=1, max_size=8))
def test_an_edit_can_be_applied(form: str, lemma: str) -> None:
    assert lemmas.apply(lemmas.edit(form, lemma), form) == lemma


def test_an_edit_that_takes_more_than_there_is_leaves_the_form() -> None:
    assert lemmas.apply("l5y", "Abc") == "abc"


@pytest.mark.parametrize(
    ("form", "edits", "lemma"),
    [
        ("sought", ["l1", "l0", "l3k"], "seek"),  # a "sough" is an English word, too
        ("stolen", ["l1", "l0"], "steal"),
        ("thanked", ["l2", "l1"], "thank"),  # simplemma: "thanke"
        ("hoped", ["l2", "l1"], "hope"),
        ("said", ["l2y", "l0"], "say"),
        ("read", ["l1", "l0"], "read"),
        ("left", ["l2ave", "l0"], "leave"),
        ("bring", ["l0", "l3"], "bring"),
    ],
)
def test_the_lemma_of_a_verb_is_an_english_verb(form: str, edits: list[str], lemma: str) -> None:
    assert lemmas.choose(form, edits, verb=True) == lemma
