"""Trees and tags out of scores; windows out of long texts."""

from itertools import pairwise

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from audit import parse
from audit.joint import names, pieces, reading, trees
from audit.modelset import default_dir

TAGS = ("B-Person", "E-Person", "I-Person", "O", "S-Person")


@pytest.fixture(scope="module")
def vocabulary() -> pieces.Pieces:
    return pieces.load(default_dir() / "tokenizer.json")


def is_tree(heads: list[int]) -> bool:
    if heads.count(0) != 1:
        return False
    for start in range(1, len(heads) + 1):
        seen = set()
        place = start
        while place:
            if place in seen:
                return False
            seen.add(place)
            place = heads[place - 1]
    return True


@settings(max_examples=40)
@given(st.lists(st.integers(1, 12), min_size=1, max_size=4), st.integers(0, 10_000))
def test_heads_make_trees(lengths: list[int], seed: int) -> None:
    torch.manual_seed(seed)
    size = max(lengths)
    scores = torch.randn(len(lengths), size, size + 1)
    for row, length in enumerate(lengths):
        scores[row, :, length + 1 :] = -1e4
    found = trees.heads(scores, torch.tensor(lengths))
    for row, length in enumerate(lengths):
        assert is_tree(found[row, :length].tolist())


def test_the_best_governors_are_kept_where_they_make_a_tree() -> None:
    scores = torch.zeros(1, 3, 4)
    for word, head in enumerate([2, 0, 2]):
        scores[0, word, head] = 5.0
    assert trees.heads(scores, torch.tensor([3])).tolist() == [[2, 0, 2]]


def test_tags_follow_one_another_as_names_allow() -> None:
    allowed = names.follows(TAGS)
    place = {tag: number for number, tag in enumerate(TAGS)}
    assert allowed[place["B-Person"], place["E-Person"]]
    assert not allowed[place["B-Person"], place["O"]]
    assert not allowed[place["O"], place["E-Person"]]
    assert not allowed[-1, place["I-Person"]]  # at the start of a sentence
    assert not allowed[place["B-Person"], -1]  # at its end
    assert allowed[place["E-Person"], -1]


@given(st.integers(1, 9), st.integers(0, 10_000))
def test_the_best_tags_are_well_formed(size: int, seed: int) -> None:
    allowed = names.follows(TAGS)
    scores = np.random.default_rng(seed).normal(size=(size, len(TAGS))).astype(np.float32)
    found = names.best(scores, allowed)
    ends = [-1, *found.tolist(), -1]
    assert all(allowed[before, after] for before, after in pairwise(ends))


def test_a_long_text_is_cut_at_its_sentences(vocabulary: pieces.Pieces) -> None:
    text = "The minister said that the bridge over the river had been closed on Monday. " * 60
    found = list(reading.windows(text, 0, vocabulary))
    assert len(found) > 3
    assert not any(window.torn for window in found)
    assert all(len(window.ids) <= reading.LONGEST + 2 for window in found)
    assert all(text[window.atoms[0].start :].startswith("The minister") for window in found)
    assert [atom for window in found for atom in window.atoms] == sorted(
        atom for window in found for atom in window.atoms
    )


def test_a_sentence_without_an_end_is_torn_and_says_so(vocabulary: pieces.Pieces) -> None:
    found = list(reading.windows("one two three, " * 400, 0, vocabulary))
    assert [window.torn for window in found] == [False] + [True] * (len(found) - 1)
    assert all(window.atoms[-1].form == "," for window in found)


@settings(max_examples=60)
@given(st.text(max_size=300))
def test_windows_hold_every_atom(text: str) -> None:
    vocabulary = pieces.load(default_dir() / "tokenizer.json") if not _LOADED else _LOADED[0]
    _LOADED[:] = [vocabulary]
    found = list(reading.windows(text, 0, vocabulary))
    held = [text[atom.start : atom.end] for window in found for atom in window.atoms]
    assert "".join(held) == "".join(text.split())
    for window in found:
        assert len(window.ids) == len(window.features)
        assert len(window.places) == len(window.atoms) == len(window.joinable)


_LOADED: list[pieces.Pieces] = []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("LONDON (Reuters) - The bank said so.", "The bank said so."),
        ("WASHINGTON, May 3 — The bank said so.", "The bank said so."),
        ("MULTAN: The bank said so.", "The bank said so."),
    ],
)
def test_a_sentence_begins_behind_a_dateline(text: str, sentence: str) -> None:
    (place,) = reading.breaks(text)
    assert text[place:] == sentence


def test_no_sentence_begins_in_the_middle_of_prose() -> None:
    assert reading.breaks("The bank said so (again) - twice.") == []


def test_words_that_are_given_are_read_as_in_text(vocabulary: pieces.Pieces) -> None:
    words = [("Do", False), ("n't", True), ("say", True), ("U.S.", False), (".", True)]
    found = reading.given(words, vocabulary)
    (window,) = reading.windows("Don't say U.S..", 0, vocabulary)
    assert found.ids[:6] == window.ids[:6]
    assert [found.ids[place] for place in found.first] == [
        vocabulary.entry(atom).ids[0] for atom in ("Do", "n't", "say", "U", ".")
    ]
    assert [joined for _, joined in found.joined] == [False, True, True, True, False]


@pytest.mark.model
def test_stanza_has_its_own_view_of_a_document(parser: parse.Parser) -> None:
    document = parser.pipeline("Ann Lee left Paris. She said why.")
    assert [[word.text for word in sentence.words] for sentence in document.sentences] == [
        ["Ann", "Lee", "left", "Paris", "."],
        ["She", "said", "why", "."],
    ]
    assert [(entity.text, entity.type) for entity in document.ents] == [("Ann Lee", "Person"), ("Paris", "Location")]
    assert document.num_words == 9
    with pytest.raises(AttributeError):
        _ = document.nothing
