"""Spans -> the sentences and words that they stand for."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from audit.model import Article, Sentence, Span, Word
from audit.spans import words_in

DISPLAY = frozenset({"headline", "standfirst", "subheading"})  # too short to say who says so: the text below does
CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
"""The parts of speech that say what a phrase is about."""
POINTING = frozenset({"the", "this", "that", "these", "those"})
DEFINITE = POINTING | {"its", "their", "his", "her", "our", "my"}
"""The determiners of what a reader knows already."""


def index_of(article: Article, offset: int) -> int:
    """The index of the sentence in which `offset` lies, or of the last one before it."""
    return max(bisect_right(article.starts, offset) - 1, 0)


def sentence_of(article: Article, span: Span) -> Sentence:
    """The sentence in which `span` begins; the article has one at least."""
    return article.sentences[index_of(article, span.start)]


def words_of(article: Article, span: Span) -> tuple[Sentence, Sequence[Word]]:
    """The words of `span`, and the sentence in which it begins."""
    sentence = sentence_of(article, span)
    return sentence, words_in(span, sentence.words)


def sentences_of(article: Article, span: Span) -> Sequence[Sentence]:
    """The sentences that `span` reaches into."""
    first = index_of(article, span.start)
    reached = article.sentences[first : bisect_left(article.starts, span.end)]
    return reached[1:] if reached and reached[0].span.end <= span.start else reached


def nearby(article: Article, sentence: Sentence, *, before: int) -> Sequence[Sentence]:
    """`sentence` and as many before it, in text order."""
    at = bisect_right(article.starts, sentence.span.start)
    return article.sentences[max(0, at - 1 - before) : at]


def head_of(words: Sequence[Word]) -> Word | None:
    """The first of `words` that none of the others governs."""
    inside = {word.index for word in words}
    return next((word for word in words if word.head not in inside), None)
