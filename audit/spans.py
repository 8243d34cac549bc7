"""Questions to spans that lie apart and in text order, each answered without looking at all of them."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from audit.model import Span


def touching(spans: Sequence[Span], span: Span) -> Sequence[Span]:
    """Those that share a character with `span`."""
    first = bisect_right(spans, span.start, key=lambda other: other.end)
    return spans[first : bisect_left(spans, span.end, key=lambda other: other.start)]


def any_holds(spans: Sequence[Span], span: Span) -> bool:
    """Whether `span` lies wholly in one of them."""
    return any(other.holds(span) for other in touching(spans, span))


def shared(spans: Sequence[Span], parts: Sequence[Span]) -> int:
    """How many characters of `parts` lie in `spans`."""
    return sum(min(p.end, s.end) - max(p.start, s.start) for p in parts for s in touching(spans, p))
