"""Offsets into an article -> where that is in the file that the article was read from."""

from bisect import bisect_right
from collections.abc import Callable
from functools import lru_cache

from audit import lines
from audit.model import Article, Span


def stretches(article: Article, span: Span) -> tuple[Span, ...]:
    """The stretches of the decoded file that `span` of the article stands in, in text order.

    Neighbouring ones are joined; there are none where the file is no text. Of a run that stands as a whole
    (an entity), all is given.
    """
    origin = article.origin
    if origin is None:
        return (span,)
    found: list[Span] = []
    first = max(bisect_right(origin.runs, span.start, key=lambda run: run.here.start) - 1, 0)
    for index in range(first, len(origin.runs)):  # no slice, which would be a copy for each claim
        run = origin.runs[index]
        if run.here.start >= span.end:
            break
        if not run.here.overlaps(span):
            continue
        there = run.there
        if len(there) == len(run.here):
            start = max(span.start - run.here.start, 0)
            there = Span(there.start + start, there.end - max(run.here.end - span.end, 0))
        if found and found[-1].end == there.start:
            found[-1] = Span(found[-1].start, there.end)
        else:
            found.append(there)
    return tuple(found)


def finder(article: Article) -> Callable[[int], tuple[int, int]]:
    """What gives line and column, both counted from 1, of an offset into the article, as its file has them.

    Where the file is no text, they are the number of the paragraph and of the character in it. A span ends behind its
    last character: its end is looked for with ``end - 1`` and one column more.
    """
    origin = article.origin
    if origin is None or origin.text:
        starts = line_starts(article)
        return lambda offset: lines.place(starts, _there(article, offset) if origin else offset)
    begins = [paragraph.span.start for paragraph in article.paragraphs]

    def by_paragraph(offset: int) -> tuple[int, int]:
        number = max(bisect_right(begins, offset), 1)
        return number, max(offset - begins[number - 1], 0) + 1  # before the first there may be non-breaking spaces

    return by_paragraph


def line_starts(article: Article) -> lines.Starts:
    """Where the lines begin of the file that the article was read from, which is text."""
    return _starts(article.origin.text if article.origin else article.text)


@lru_cache(maxsize=4)  # the articles of a feed or message share a file
def _starts(text: str) -> lines.Starts:
    return lines.starts(text)


def _there(article: Article, offset: int) -> int:
    """The offset in the file of the character at `offset`, or of the last one before it that stands there."""
    assert article.origin is not None
    runs = article.origin.runs
    at = bisect_right(runs, offset, key=lambda run: run.here.start) - 1
    if at < 0:
        return runs[0].there.start if runs else 0
    run = runs[at]
    within = offset - run.here.start
    if within >= len(run.here):
        return run.there.end
    return run.there.start + (within if len(run.here) == len(run.there) else 0)
