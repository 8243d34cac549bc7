"""Quotation marks -> quoted stretches: pairs the marks of each paragraph, and tells which pair with nothing.

Double marks are paired first, then single ones, apart inside and outside each double pair. Nothing is carried from
one paragraph to the next but that a quotation is open: the first mark of the next repeats it, or the first mark that
comes at all closes it.
Time is linear in the text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from audit.marks import Mark, marks
from audit.model import Span

_UNMARKED = 6  # paragraphs that a quotation runs on through though none repeats its mark


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words between quotation marks, within one paragraph.

    `span` runs from the opening mark to the closing one, `inner` leaves both out. A stretch that is not `closed` ends
    with its paragraph, or before the next quotation beside it. `depth` counts the quotations around it. `continues`
    tells a paragraph that goes on with a quotation which the paragraph before it left open: it repeats the opening
    mark, or it has none and it or one behind it has the closing mark. `single` tells marks such as ‘ from those such
    as “.
    """

    span: Span
    inner: Span
    paragraph: int
    depth: int
    closed: bool
    continues: bool
    single: bool


@dataclass(frozen=True, slots=True)
class Quotations:
    """The quoted stretches, and the offsets of the marks that pair with nothing, both in text order."""

    stretches: tuple[Stretch, ...]
    strays: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Pair:
    opening: Mark
    inner_end: int
    end: int
    closed: bool


def quoted(text: str, paragraphs: Sequence[Span]) -> Quotations:
    """The quotations of `text`, each inside one of `paragraphs`, which are in text order and do not overlap."""
    found = [list(marks(text, paragraph)) for paragraph in paragraphs]
    heads = [_head(here, paragraph) for here, paragraph in zip(found, paragraphs, strict=True)]
    stretches: list[Stretch] = []
    strays: list[int] = []
    left_open: Mark | None = None
    closes = -1  # the paragraph that closes a quotation whose mark no paragraph repeats
    for index, paragraph in enumerate(paragraphs):
        head = heads[index]
        repeats = head is not None and left_open is not None and head.single == left_open.single
        if left_open and not repeats and left_open.opens_by_shape:
            closes = _closes(text, paragraphs, found, index)
        if index <= closes:
            close = found[index].pop(0).span if index == closes else Span(paragraph.end, paragraph.end)
            inner = Span(paragraph.start, close.start)
            span = Span(paragraph.start, close.end)
            stretches.append(Stretch(span, inner, index, 0, index == closes, continues=True, single=False))
        pairs, unpaired = _pairs(text, paragraph, found[index], *heads[index + 1 : index + 2])
        stretches += _stretches(pairs, index, continued=head if repeats else None)
        strays += sorted(mark.span.start for mark in unpaired)
        left_open = next((pair.opening for pair in pairs if not pair.closed and pair.end == paragraph.end), None)
    return Quotations(tuple(stretches), tuple(strays))


def _closes(text: str, paragraphs: Sequence[Span], found: Sequence[Sequence[Mark]], index: int) -> int:
    """The paragraph, `index` or one of the next few, whose first mark is the first at all and closes; else -1."""
    for at in range(index, min(index + _UNMARKED, len(found))):
        if found[at]:
            first = found[at][0]
            closes = first.lean == "close" and not (first.single or first.weak or _opens_late(text, first))
            return at if closes and first.span.start > paragraphs[at].start else -1
    return -1


def _head(found: list[Mark], paragraph: Span) -> Mark | None:
    """The mark that opens a paragraph's first word."""
    head = found[0] if found else None
    return head if head and head.span.start == paragraph.start and head.lean != "close" else None


def _stretches(pairs: list[_Pair], paragraph: int, *, continued: Mark | None) -> Iterator[Stretch]:
    around: list[int] = []  # ends of the pairs that are open
    for pair in pairs:
        start = pair.opening.span.start
        while around and around[-1] <= start:
            around.pop()
        inner = Span(pair.opening.span.end, pair.inner_end)
        yield Stretch(
            Span(start, pair.end),
            inner,
            paragraph,
            len(around),
            pair.closed,
            continues=pair.opening is continued,
            single=pair.opening.single,
        )
        around.append(pair.end)


def _pairs(
    text: str, paragraph: Span, found: list[Mark], next_head: Mark | None = None
) -> tuple[list[_Pair], list[Mark]]:
    """The pairs of a paragraph in text order, outer before inner, and the marks that pair with nothing."""
    closing, unclosed, strays = _pair_doubles(text, [mark for mark in found if not mark.single], paragraph)
    gives_way, regions = _regions(found, closing, unclosed)
    pairs = [_Pair(opening, close.span.start, close.span.end, True) for opening, close in closing.items()]
    for opening in unclosed:
        end = _rstripped(text, opening.span.end, gives_way.get(opening, paragraph.end))
        if end > opening.span.end:
            pairs.append(_Pair(opening, end, end, False))
        else:
            strays.append(opening)
    for region in regions:
        together, left = _pair_singles(text, region)
        pairs += [_Pair(opening, close.span.start, close.span.end, True) for opening, close in together]
        strays += left
    if strays and next_head and next_head.single:
        runs_on = [mark for mark in strays if mark.single and mark.span.start == paragraph.start]
        pairs += [_Pair(mark, paragraph.end, paragraph.end, False) for mark in runs_on]
        strays = [mark for mark in strays if mark not in runs_on]
    return sorted(pairs, key=lambda pair: (pair.opening.span.start, -pair.end)), strays


def _pair_doubles(text: str, found: list[Mark], paragraph: Span) -> tuple[dict[Mark, Mark], set[Mark], list[Mark]]:
    """Opening mark -> closing mark, the opening marks that are never closed, and the strays."""
    closing: dict[Mark, Mark] = {}
    strays: list[Mark] = []
    open_marks: list[Mark] = []
    for mark, following in zip_longest(found, found[1:]):
        if mark.lean == "open" or (mark.lean == "either" and not open_marks):
            open_marks.append(mark)
        elif not open_marks:
            if _opens_late(text, mark) and following and following.lean != "open":
                open_marks.append(mark)
            else:
                strays += [] if mark.weak else [mark]
        elif not (mark.weak and following and following.lean == "close"):
            closing[open_marks.pop()] = mark
    unclosed = {mark for mark in open_marks if mark.lean == "open" or mark.span.start == paragraph.start}
    return closing, unclosed, strays + [mark for mark in open_marks if mark not in unclosed]


def _opens_late(text: str, mark: Mark) -> bool:
    """Whether a mark stands at the wrong side of the space before a quotation: accused of” fear and favour”."""
    return text[mark.span.start - 1 : mark.span.start].isalpha() and text[mark.span.end : mark.span.end + 1] == " "


def _regions(
    found: list[Mark], closing: dict[Mark, Mark], unclosed: set[Mark]
) -> tuple[dict[Mark, int], list[list[Mark]]]:
    """Where unclosed quotations give way to the next one, and the single marks by the double quotation they are in.

    A quotation gives way to one with the same mark; marks of another shape stand inside it.
    """
    gives_way: dict[Mark, int] = {}
    running: list[Mark] = []
    regions: list[list[Mark]] = [[]]
    inside = [regions[0]]
    closers = set(closing.values())
    for mark in found:
        if mark.single:
            inside[-1].append(mark)
        elif mark in closers:
            inside.pop()
        elif mark in closing or mark in unclosed:
            if len(inside) == 1:
                kept = next((i for i, other in enumerate(running) if other.shape == mark.shape), len(running))
                if kept < len(running) or mark in unclosed:
                    regions.append([])
                    inside[0] = regions[-1]
                gives_way |= dict.fromkeys(running[kept:], mark.span.start)
                running[kept:] = [mark] if mark in unclosed else []
            if mark in closing:
                regions.append([])
                inside.append(regions[-1])
    return gives_way, regions


def _pair_singles(text: str, found: list[Mark]) -> tuple[list[tuple[Mark, Mark]], list[Mark]]:
    """The pairs among single marks, and the strays.

    A possessive closes nothing when a surer closing mark comes before the next opening one.
    """
    closes_later: list[bool] = []
    later = False
    for mark in reversed(found):
        closes_later.append(later)
        later = mark.lean != "open" and (later or not mark.weak)
    pairs: list[tuple[Mark, Mark]] = []
    strays: list[Mark] = []
    opening: Mark | None = None
    for mark, surer in zip(found, reversed(closes_later), strict=True):
        if mark.lean == "open" or (mark.lean == "either" and opening is None):
            if opening is None or not mark.weak:
                strays += [opening] if opening and not opening.weak else []
                opening = mark
        elif opening is None:
            strays += [] if text[max(mark.span.start - 1, 0)].isalnum() else [mark]
        elif not (mark.weak and surer):
            pairs.append((opening, mark))
            opening = None
    return pairs, strays + ([opening] if opening and not opening.weak else [])


def _rstripped(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
