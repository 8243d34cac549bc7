"""Spans and words: values, though they are frozen to the type checker alone."""

import pickle
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.model import Sentence, Span, Word

offsets = st.integers(0, 9)
spans = st.tuples(offsets, offsets).map(sorted).map(lambda ends: Span(*ends))
tags = st.sampled_from(["", "O", "noun"])
words = st.builds(Word, st.integers(1, 3), spans, tags, tags, tags, tags, tags, st.integers(0, 3), tags, tags)


@given(words, words)
def test_words_are_the_same_when_all_their_parts_are(one, other):
    def parts(word):
        return [getattr(word, name) for name in Word.__match_args__]

    assert (one == other) == (parts(one) == parts(other))
    assert one == replace(one) == pickle.loads(pickle.dumps(one))
    assert hash(one) == hash(replace(one))
    assert replace(one, form="other") != one


@given(spans, spans)
def test_spans_are_in_text_order(one, other):
    assert (one < other) == ((one.start, one.end) < (other.start, other.end))
    match one:
        case Span(start, end):
            assert len(one) == end - start


def test_a_word_takes_no_further_attributes():
    span = Span(0, 1)
    with pytest.raises(AttributeError):
        span.middle = 0


def test_a_sentence_knows_what_each_word_governs():
    made = [Word(at, Span(at, at + 1), "a", "a", "X", "", "", head, "", "O") for at, head in ((1, 2), (2, 0), (3, 2))]
    assert Sentence(Span(1, 4), tuple(made), 0).dependents == ((2,), (), (1, 3), ())
