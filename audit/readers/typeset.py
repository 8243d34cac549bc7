"""Letters at places of a page -> lines -> the paragraphs that they were set from."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from audit.blocks import Block, Piece, block

_EDGE = 2  # lines at the top and at the bottom of a page, where running heads and page numbers stand
_PAGE_NUMBER = re.compile(r"[-–—(\[ ]*(?:page )?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?[-–—)\] ]*", re.IGNORECASE)
_STOP = re.compile(r"[.!?…][\"'”’»)\]]*$")
# From the beginning of a word only, so that one of 90,000 letters is not tried from each of them.
_BROKEN = re.compile(r"(?<![^\W\d_])[^\W\d_]++-$")
_COMPOUND = re.compile(r"(?<![^\W\d_])[^\W\d_]++-[^\W\d_]++")

# In sizes of the letters, and as parts of the usual: typesetters' spaces between paragraphs start at half a line.
_INDENT = 0.5
_OTHER_SIZE = 0.1
_WIDE_GAP = 1.25
_SHORT = 0.7


@dataclass(frozen=True, slots=True)
class Line:
    """A line, and where on its page it begins; in points from the left and from the bottom."""

    text: str
    across: float
    up: float
    size: float


def lines(pieces: Iterable[tuple[str, float, float, float]]) -> list[Line]:
    """The lines of a page from its pieces, as they are drawn: texts, which may end lines, and where they begin."""
    found: list[Line] = []
    words: list[str] = []
    inked = False
    at = (0.0, 0.0, 0.0)

    def end() -> None:
        nonlocal inked
        text = " ".join("".join(words).split())
        if text:
            found.append(Line(text, *at))
        words.clear()
        inked = False

    for text, across, up, size in pieces:
        for number, part in enumerate(text.split("\n")):
            if number:
                end()
            if part.strip() and not inked:
                at, inked = (across, up, size), True
            if part:
                words.append(part)
    end()
    return found


def paragraphs(pages: Sequence[Sequence[Line]]) -> Iterator[Block]:
    """The paragraphs of all pages; of each page what repeats on others comes first, as no part of the article."""
    repeated = _repeated(pages)
    everything = [line for page in pages for line in page]
    compounds = {match[0].lower() for line in everything for match in _COMPOUND.finditer(line.text)}
    usual = _usual_gap(pages)
    widest = max((len(line.text) for line in everything), default=0)
    open_: list[Line] = []
    begun = 1  # the page on which they begin
    for number, page in enumerate(pages, 1):
        body: list[Line] = []
        for at, line in enumerate(page):
            if why := _beside(line, at, len(page), repeated):
                yield block([Piece(line.text)], "boilerplate", why=why, place=f"page {number}")
            else:
                body.append(line)
        for at, line in enumerate(body):
            goes_on = bool(open_) and (_goes_on(open_, line, usual, widest) if at else _goes_over(open_[-1], line))
            if not goes_on:
                yield from _finished(open_, compounds, begun)
                open_, begun = [], number
            open_.append(line)
    yield from _finished(open_, compounds, begun)


def _finished(found: Sequence[Line], compounds: set[str], page: int) -> Iterator[Block]:
    if not found:
        return
    words = [found[0].text]
    for one, following in pairwise(found):
        if (broken := _BROKEN.search(one.text)) and following.text[:1].islower():
            whole = _COMPOUND.match(broken[0] + following.text)
            if not (whole and whole[0].lower() in compounds):
                words[-1] = words[-1][:-1]
            words.append(following.text)
        else:
            words += [" ", following.text]
    yield block([Piece("".join(words))], place=f"page {page}")


def _goes_on(before: Sequence[Line], line: Line, usual: float, widest: int) -> bool:
    """Whether `line` is of the same paragraph as those before it on its page."""
    last = before[-1]
    if abs(line.size - last.size) > _OTHER_SIZE * max(line.size, last.size):
        return False
    gap = last.up - line.up
    if gap < 0:  # the next column
        return _goes_over(last, line)
    if usual and gap > _WIDE_GAP * usual:
        return False
    if line.across > last.across + _INDENT * line.size:
        return False
    if line.across < last.across - _INDENT * line.size and len(before) > 1:  # a paragraph that was set in
        return False
    return not (_STOP.search(last.text) and len(last.text) < _SHORT * widest)


def _goes_over(last: Line, line: Line) -> bool:
    """Whether a paragraph goes on in the next column or on the next page."""
    same = abs(line.size - last.size) <= _OTHER_SIZE * max(line.size, last.size)
    return same and not _STOP.search(last.text)


def _usual_gap(pages: Sequence[Sequence[Line]]) -> float:
    gaps = Counter(
        round(one.up - following.up)
        for page in pages
        for one, following in pairwise(page)
        if one.up - following.up >= 1 and round(one.size) == round(following.size)
    )
    return max(gaps, key=lambda gap: (gaps[gap], -gap), default=0)


def _repeated(pages: Sequence[Sequence[Line]]) -> set[str]:
    """What stands at the edge of at least two pages, and of half of them."""
    found = Counter(key for page in pages for key in {_key(line) for line in (*page[:_EDGE], *page[-_EDGE:])})
    return {key for key, count in found.items() if count >= 2 and 2 * count >= len(pages)}


def _key(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text).casefold()


def _beside(line: Line, at: int, total: int, repeated: set[str]) -> str:
    """Why a line is no part of the article, "" when it is."""
    if _EDGE <= at < total - _EDGE:
        return ""
    if _PAGE_NUMBER.fullmatch(line.text):
        return "page number"
    return "running head" if _key(line) in repeated else ""
