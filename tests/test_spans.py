"""Words of a span: found by place, and the same as by asking each word."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from audit.model import Span, Word
from audit.spans import words_in, words_touching
from tests import build

_SENTENCE = build.sentence("“ She ca n't leave ” .", heads=[5, 5, 5, 5, 0, 5, 5], deprels="x " * 7)
_SHARED = _SENTENCE.words[2].span  # "can't", of which both words have the whole where the text writes them as one
_WORDS = tuple(replace(word, span=_SHARED) if word.index == 4 else word for word in _SENTENCE.words)
_SPANS = [Span(start, end) for start, end in combinations(range(_SENTENCE.span.end + 2), 2)]


def _which(words: Sequence[Word]) -> list[int]:
    return [word.index for word in words]


def test_the_words_in_a_span_lie_wholly_in_it() -> None:
    for words in (_SENTENCE.words, _WORDS):
        for span in _SPANS:
            assert _which(words_in(span, words)) == _which([word for word in words if span.holds(word.span)])


def test_the_words_that_touch_a_span_share_a_character_with_it() -> None:
    for words in (_SENTENCE.words, _WORDS):
        for span in _SPANS:
            assert _which(words_touching(span, words)) == _which([w for w in words if span.overlaps(w.span)])
