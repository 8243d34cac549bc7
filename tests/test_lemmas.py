"""Forms and lemmas, and the edits between them."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.joint import inflection, lemmas


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
    ("form", "xpos", "edits", "lemma"),
    [
        ("sought", "VBD", ["l1", "l0", "l3k"], "seek"),
        ("stolen", "VBN", ["l1", "l0"], "steal"),
        ("thanked", "VBD", ["l1", "l2"], "thank"),
        ("hoped", "VBD", ["l2", "l1"], "hope"),
        ("hopped", "VBD", ["l2", "l3"], "hop"),
        ("said", "VBD", ["l2y", "l0"], "say"),
        ("read", "VBD", ["l1", "l0"], "read"),
        ("found", "VBD", ["l0", "l3ind"], "find"),
        ("founded", "VBD", ["l2", "l1"], "found"),
        ("rose", "VBD", ["l2me", "l0"], "rise"),
        ("gone", "VBN", ["l2an", "=go"], "go"),
        ("thought", "VBN", ["l0"], "think"),
        ("preferred", "VBD", ["l2", "l3"], "prefer"),
        ("cancelled", "VBN", ["l2", "l1"], "cancel"),
        ("trafficked", "VBN", ["l2"], "traffic"),
        ("tied", "VBN", ["l3y", "l1"], "tie"),
        ("tried", "VBN", ["l1", "l3y"], "try"),
        ("playing", "VBG", ["l3e", "l3"], "play"),
        ("closing", "VBG", ["l3", "l3e"], "close"),
        ("singing", "VBG", ["l3e", "l3"], "sing"),
        ("dying", "VBG", ["l3", "l3e"], "die"),
        ("owes", "VBZ", ["l2", "l1"], "owe"),
        ("focuses", "VBZ", ["l1", "l2"], "focus"),
        ("crosses", "VBZ", ["l1", "l2"], "cross"),
        ("routed", "VBN", ["l1", "l2"], "route"),  # as well as "rout": the network can tell
        ("routed", "VBN", ["l2", "l1"], "rout"),
        ("withheld", "VBD", ["l0"], "withhold"),
        ("unfolding", "VBG", ["l3e", "l3"], "unfold"),
        ("re-elected", "VBN", ["l1", "l2"], "re-elect"),
        ("unfriended", "VBD", ["l2", "l1"], "unfriend"),  # no verb of the list, an English word
        ("red", "VBD", ["l2", "l1ad"], "red"),  # what is left is no word
    ],
)
def test_the_lemma_of_a_verb_is_an_english_verb(form: str, xpos: str, edits: list[str], lemma: str) -> None:
    assert lemmas.choose(form, "VERB", xpos, edits) == lemma


@pytest.mark.parametrize("xpos", ["VB", "VBP"])
@pytest.mark.parametrize("form", ["need", "bring", "proceed", "focus", "feed", "say", "overlay", "livestream"])
def test_the_lemma_of_a_verb_that_is_not_inflected_is_itself(form: str, xpos: str) -> None:
    assert lemmas.choose(form, "VERB", xpos, ["=be", "=know", "l2", "l1"]) == form


@pytest.mark.parametrize(
    ("form", "upos", "xpos", "edits", "lemma"),
    [
        ("are", "AUX", "VBP", ["l0"], "be"),
        ("'s", "AUX", "VBZ", ["=have", "=be"], "have"),
        ("'s", "AUX", "VBZ", ["='s", "=be"], "be"),
        ("'ll", "AUX", "MD", ["=will"], "will"),
        ("overpaid", "VERB", "VB", ["l0"], "overpay"),  # a mistaken tag
    ],
)
def test_the_lemma_of_an_auxiliary(form: str, upos: str, xpos: str, edits: list[str], lemma: str) -> None:
    assert lemmas.choose(form, upos, xpos, edits) == lemma


@pytest.mark.parametrize(
    ("form", "xpos", "edits", "lemma"),
    [
        ("buses", "NNS", ["=buy", "l1", "l2"], "bus"),
        ("Police", "NNS", ["l3y", "l0"], "police"),
        ("mice", "NNS", ["l1", "l3ouse"], "mouse"),
        ("inches", "NNS", ["l1", "l2"], "inch"),
        ("crosses", "NNS", ["l1", "l2"], "cross"),
        ("skies", "NNS", ["l2", "l3y"], "sky"),
        ("wives", "NNS", ["l1", "l0"], "wife"),
        ("bookshelves", "NNS", ["l1"], "bookshelf"),
        ("councilwomen", "NNS", ["l0"], "councilwoman"),
        ("quizzes", "NNS", ["l2", "l1"], "quiz"),
        ("analyses", "NNS", ["l1"], "analysis"),
        ("troops", "NNS", ["l0", "l1"], "troops"),
        ("troops", "NNS", ["l1", "l0"], "troop"),
        ("lips", "NNS", ["l0", "l1"], "lip"),  # no word without a singular
        ("km", "NNS", ["l1", "l0"], "km"),
        ("1990s", "NNS", ["l2", "l0"], "1990s"),
        ("Studies", "NNPS", ["t1", "t3y"], "Study"),
        ("Netherlands", "NNPS", ["t0", "t1"], "Netherlands"),
        ("Guardsmen", "NNPS", ["t1", "t0"], "Guardsman"),
    ],
)
def test_the_lemma_of_a_plural_is_its_singular(form: str, xpos: str, edits: list[str], lemma: str) -> None:
    assert lemmas.choose(form, "PROPN" if xpos == "NNPS" else "NOUN", xpos, edits) == lemma


@pytest.mark.parametrize(
    ("form", "upos", "xpos", "edits", "lemma"),
    [
        ("DHL", "NOUN", "NN", ["=TV", "k0"], "DHL"),
        ("Envoy", "NOUN", "NN", ["=of", "l0"], "envoy"),
        ("tv", "NOUN", "NN", ["=TV", "l0"], "TV"),
        ("non-Muslim", "ADJ", "JJ", ["=non-Bondad", "k0"], "non-Muslim"),
        ("ultra-Orthodox", "ADJ", "JJ", ["t0"], "ultra-Orthodox"),
        ("french", "ADJ", "JJ", ["t0"], "French"),
        ("McCain", "PROPN", "NNP", ["t0"], "McCain"),
        ("WASHINGTON", "PROPN", "NNP", ["t0"], "Washington"),
        ("NATO", "PROPN", "NNP", ["k0"], "NATO"),
        ("Aug.", "PROPN", "NNP", ["t1ember"], "August"),
        ("wealthiest", "ADJ", "JJS", ["=bad", "l3"], "wealthy"),
        ("biggest", "ADJ", "JJS", ["l3", "l4"], "big"),
        ("closest", "ADJ", "JJS", ["l3", "l2"], "close"),
        ("better", "ADV", "RBR", ["=good", "=well"], "well"),
        ("me", "PRON", "PRP", ["=I"], "I"),
        ("hot", "PRON", "PRP", ["=I"], "hot"),
        ("“", "PUNCT", "``", ['="'], '"'),
        ("100,000", "NUM", "CD", ["=200000"], "100000"),
        ("3,40", "NUM", "CD", ["=3500"], "3,40"),
        ("Example.org/A", "PROPN", "ADD", ["l0"], "Example.org/A"),
    ],
)
def test_an_edit_for_few_forms_is_for_no_other(form: str, upos: str, xpos: str, edits: list[str], lemma: str) -> None:
    assert lemmas.choose(form, upos, xpos, edits) == lemma


@given(
    st.text("abedginrsty'’-.1É", min_size=1, max_size=12),
    st.sampled_from(["VERB", "AUX", "NOUN", "PROPN", "ADJ", "ADV", "NUM", "PRON", "X"]),
    st.sampled_from(["VB", "VBD", "VBG", "VBZ", "NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "RBS", "MD", "CD", "GW"]),
    st.lists(st.sampled_from(["l0", "t1", "k2", "l9y", "=be", "='"]), max_size=3),
)
def test_every_word_has_a_lemma(form: str, upos: str, xpos: str, edits: list[str]) -> None:
    assert lemmas.choose(form, upos, xpos, edits)


def _verbs() -> list[str]:
    lines = Path(inflection.__file__).with_name("verbs.txt").read_text("utf-8").splitlines()
    return [line.split()[0] for line in lines if line[0] != "#"]


def test_verbs_are_listed_once_in_order() -> None:
    assert _verbs() == sorted(set(_verbs()))


def test_regular_forms_lead_back_to_each_verb() -> None:
    def regular(verb: str) -> str:
        if re.search("[sxz]$|[cs]h$", verb):
            return verb + "es"
        return verb[:-1] + "ies" if re.search("[^aeiou]y$", verb) else verb + "s"

    assert [verb for verb in _verbs() if verb not in inflection.of_verb(regular(verb))] == []
