"""Figures of a sentence -> changes that it states: from A to B, and by how much."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit.checks.stated import Stated
from audit.model import Article, Span

_RISES = "rise|increase|jump|gain|climb|growth|surge|leap|hike|upturn|boost|improvement"
_FALLS = "fall|decrease|drop|decline|cut|reduction|loss|plunge|slide|slump|dip|downturn"
_VERBS = (
    "rose|risen|rising|increased|increasing|jumped|jumping|gained|gaining|climbed|climbing|grew|grown|growing|surged|"
    "surging|leapt|leaped|went up|up|fell|fallen|falling|decreased|decreasing|dropped|dropping|declined|declining|cut|"
    "reduced|lost|plunged|plunging|slid|slumped|dipped|went down|down|shrank|shrunk"
)
_CHANGED = rf"(?:{_VERBS}|{_RISES}|{_FALLS}|rises|increases|jumps|grows|falls|drops|declines)"
_MOVED_BEFORE = re.compile(rf"\b{_CHANGED}(?: of| by)?(?: an?)?\W*$", re.IGNORECASE)
_MOVED_AFTER = re.compile(rf"^[\s-]*(?:\w+ )?(?:{_RISES}|{_FALLS}|more|higher|lower|fewer|less)\b", re.IGNORECASE)
_FROM = re.compile(r"\bfrom (?:an? |the )?$", re.IGNORECASE)
_TO_FIRST = re.compile(r"\bto (?:an? |the )?$", re.IGNORECASE)
_SHORT = r"[^.;:()\d]{0,40}"
_TO = re.compile(rf"^{_SHORT}(?:\bin \d{{4}}\b,?)?{_SHORT}\bto (?:an? |the )?$", re.IGNORECASE)
_THEN_FROM = re.compile(rf"^{_SHORT}(?:\bin \d{{4}}\b,?)?{_SHORT}\bfrom (?:an? |the )?$", re.IGNORECASE)
_STRAIGHT_FROM = re.compile(rf"^\s*(?:{_RISES}|{_FALLS})?,?\s*(?:\w+ ){{0,2}}from (?:an? |the )?$", re.IGNORECASE)
_STRAIGHT_TO = re.compile(r"^,? to (?:an? |the )?$", re.IGNORECASE)
_ASIDE = re.compile(rf"^{_SHORT}(?:\bin \d{{4}}\b)?{_SHORT}(?:,|[—–(]| -) ?[^.;:\d]{{0,30}}$", re.IGNORECASE)
_OTHER_BASE = re.compile(
    r"\b(?:a year|annual(?:ly)?|per year|each year|a month|average|compound(?:ed)?|adjusted|adjusting|real terms|"
    r"inflation|expected|forecast|than expected|year[- ]on[- ]year|year[- ]over[- ]year)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Change:
    """From `before` to `after`, a change that the article puts at `by`."""

    before: Stated
    after: Stated
    by: Stated


def changes(article: Article, figures: Sequence[Stated]) -> Iterator[Change]:
    """The changes that the figures of one sentence, in text order, state with both ends and their size."""
    sizes: set[Span] = set()  # of changes so far: none is that of another
    for first, second, third in zip(figures, figures[1:], figures[2:], strict=False):
        one, two = between(article, first, second), between(article, second, third)
        before, after = _around(article, first), article.text[third.span.end : third.span.end + 40]
        if _OTHER_BASE.search(article.text[max(first.span.start - 40, 0) : third.span.end + 40]):
            continue
        if _is_size(third) and _FROM.search(before) and _TO.search(one) and _ASIDE.search(two):
            if _sized(two, after) and _comparable(first, second):
                sizes.add(third.span)
                yield Change(first, second, third)
        elif _is_size(third) and _TO_FIRST.search(before) and _THEN_FROM.search(one) and _ASIDE.search(two):
            if _sized(two, after) and _comparable(first, second):
                sizes.add(third.span)
                yield Change(second, first, third)
        elif first.span not in sizes and _is_size(first) and (_MOVED_BEFORE.search(before) or _MOVED_AFTER.search(one)):
            if _STRAIGHT_FROM.search(one) and _TO.search(two) and _comparable(second, third):
                yield Change(second, third, first)
            elif _STRAIGHT_TO.search(one) and _THEN_FROM.search(two) and _comparable(second, third):
                yield Change(third, second, first)


def _sized(before: str, after: str) -> bool:
    """Whether the words around a percentage make it the size of a change: "a rise of 5%", "up 5%", "a 5% rise"."""
    return any((_MOVED_BEFORE.search(before), _MOVED_AFTER.search(after), before.endswith("or ")))


def between(article: Article, first: Stated, second: Stated) -> str:
    """What stands between two figures, on one line."""
    return re.sub(r"\s", " ", article.text[first.span.end : second.span.start])


def _around(article: Article, figure: Stated) -> str:
    return re.sub(r"\s", " ", article.text[max(figure.span.start - 40, 0) : figure.span.start])


def _is_size(figure: Stated) -> bool:
    return figure.unit in ("%", "percentage points")


def _comparable(one: Stated, other: Stated) -> bool:
    """Whether both count the same: no money against people, no percentage against a number, no scale said only once."""
    if one.ratio or other.ratio or one.percent != other.percent or one.money != other.money:
        return False
    if "percentage points" in (one.unit, other.unit) or min(one.value, other.value) <= 0:
        return False
    return max(one.value, other.value) < 200 * min(one.value, other.value)
