"""Cuts the text of an article where marks begin and end, so that marks which nest or partly overlap can be tags."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from audit.model import Article, Claim, Span


@dataclass(frozen=True, slots=True)
class Mark:
    """Part of a claim, or the cue or source of some."""

    span: Span
    sort: Literal["claim", "source", "cue"]
    claim: int | None  # index of the claim
    first: bool = False  # whether it is where its claim is first seen


@dataclass(frozen=True, slots=True)
class Event:
    """What stands next: some text, the begin of a mark (`open`; `again` where another had to end), its end, a point."""

    sort: Literal["text", "open", "again", "close", "point"]
    text: str = ""
    mark: Mark | None = None
    point: int | None = None  # the index of what points here


def marks(claims: Sequence[Claim]) -> list[Mark]:
    """What is to be marked for `claims`, each cue and each source once, in the order in which the marks begin.

    Of those that begin together the longest comes first, a claim before a source, a quotation before a figure.
    """
    found = [(index, Mark(span, "claim", index)) for index, claim in enumerate(claims) for span in claim.spans]
    cues = {claim.cue for claim in claims if claim.cue}
    mentions = {claim.source.mention for claim in claims if claim.source.mention}
    found += [(len(claims), Mark(span, "source", None)) for span in mentions]
    found += [(len(claims) + 1, Mark(span, "cue", None)) for span in cues]

    def outermost(numbered: tuple[int, Mark]) -> tuple[int, int, bool, int]:
        order, mark = numbered
        figure = mark.claim is not None and claims[mark.claim].kind == "figure"
        return mark.span.start, -mark.span.end, figure, order

    return [mark for _, mark in sorted(found, key=outermost)]


def cut(article: Article, claims: Sequence[Claim], points: Sequence[int]) -> Iterator[Sequence[Event]]:
    """The events of each paragraph; `points` are offsets, each of which becomes an event in the paragraph it lies in.

    Read one after the other, with the text between the paragraphs, the texts are the article; marks are properly
    nested, and those that run across paragraphs are marked in each.
    """
    spans = [paragraph.span for paragraph in article.paragraphs]
    starts = [span.start for span in spans]
    touching: dict[int, list[Mark]] = defaultdict(list)
    seen: set[int | None] = {None}
    for mark in marks(claims):
        first = max(bisect_right(starts, mark.span.start) - 1, 0)
        for index in range(first, bisect_left(starts, mark.span.end)):
            if mark.span.overlaps(spans[index]):
                touching[index].append(replace(mark, first=mark.claim not in seen))
                seen.add(mark.claim)
    pointed: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, offset in enumerate(points if spans else ()):
        index = max(bisect_right(starts, offset) - 1, 0)
        pointed[index][min(offset, spans[index].end)].append(number)
    for index, span in enumerate(spans):
        yield list(_events(article.text, span, touching[index], pointed[index]))


def _events(text: str, place: Span, marks: Sequence[Mark], points: Mapping[int, Sequence[int]]) -> Iterator[Event]:
    beginning: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        beginning[max(mark.span.start, place.start)].append(mark)
    ends = {min(mark.span.end, place.end) for mark in marks}
    under: list[Mark] = []
    at = place.start
    for offset in sorted({*beginning, *ends, *points, place.end}):
        if offset > at:
            yield Event("text", text[at:offset])
            at = offset
        over = next((depth for depth, mark in enumerate(under) if mark.span.end <= offset), len(under))
        closed, under = under[over:], under[:over]
        yield from (Event("close", mark=mark) for mark in reversed(closed))
        for mark in closed:
            if mark.span.end > offset:
                under.append(mark)
                yield Event("again", mark=mark)
        for mark in beginning[offset]:
            under.append(mark)
            yield Event("open", mark=mark)
        yield from (Event("point", point=point) for point in points.get(offset, ()))
    yield from (Event("close", mark=mark) for mark in reversed(under))
