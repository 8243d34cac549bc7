"""Questions to spans that lie apart and in text order, each answered without looking at all of them."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter

from audit.model import Span, Word

_START = attrgetter("start")
_END = attrgetter("end")
_WORD_START = attrgetter("span.start")
_WORD_END = attrgetter("span.end")


def words_in(span: Span, words: Sequence[Word]) -> Sequence[Word]:
    """Those of `words`, which are in text order, that lie wholly in `span`."""
    first = bisect_left(words, span.start, key=_WORD_START)
    return words[first : bisect_right(words, span.end, first, key=_WORD_END)]


def words_touching(span: Span, words: Sequence[Word]) -> Sequence[Word]:
    """Those of `words`, which are in text order, that share a character with `span`."""
    first = bisect_right(words, span.start, key=_WORD_END)
    return words[first : bisect_left(words, span.end, first, key=_WORD_START)]


def touching(spans: Sequence[Span], span: Span) -> Sequence[Span]:
    """Those that share a character with `span`."""
    first = bisect_right(spans, span.start, key=_END)
    return spans[first : bisect_left(spans, span.end, key=_START)]


def any_holds(spans: Sequence[Span], span: Span) -> bool:
    """Whether `span` lies wholly in one of them."""
    return any(other.holds(span) for other in touching(spans, span))


def shared(spans: Sequence[Span], parts: Sequence[Span]) -> int:
    """How many characters of `parts` lie in `spans`."""
    return sum(min(p.end, s.end) - max(p.start, s.start) for p in parts for s in touching(spans, p))
