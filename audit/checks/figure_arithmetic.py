"""F004."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from audit.checks.changes import Change, between, changes
from audit.checks.hit import Hit
from audit.checks.percent_for_points import points_for_percent
from audit.checks.stated import Stated
from audit.checks.view import View
from audit.checks.wording import short, without_article
from audit.model import Article, Span

_OPENS = re.compile(r"^\s?(?P<mark>[(—–:]|-(?= )) ?$")
_CLOSES = {"(": ")", "—": "—", "–": "–", "-": "-"}
_NEXT = re.compile(r"^(?: [\w’'-]+){0,4}(?P<join>,|,? and|,? plus) $", re.IGNORECASE)
_IN_TOTAL = re.compile(r"(?: [\w’'-]+){0,4},? (?:for |making )?(?:a total of|totall?ing) ", re.IGNORECASE)
_OR = re.compile(r"^(?: [\w’'-]+){0,4}?(?:,? or| \(|,? \(or) ?(?:about |roughly |some |nearly |almost )?$")
_OUT_OF = re.compile(r"^ (?:out )?of (?:the |its |their |all |his |her )?(?:[a-z]+ )?$", re.IGNORECASE)
_APART = re.compile(r"^\s?(?:[),.;—–]|$)")
_ROOM_FOR_RATIOS = Fraction(1, 10)  # "a third" is said of 30 as of 36 per cent
_ROOM_WHEN_HEDGED = Fraction(3, 10)  # "almost half" of 44, "more than half" of 57
_LEAST_ROOM = Fraction(25, 1000)


def figure_arithmetic(view: View) -> Iterator[Hit]:
    """Changes, sums and ratios stated in one sentence that do not compute, whatever was rounded."""
    article = view.article
    for figures in view.stated.values():
        for change in changes(article, figures):
            yield from _of_change(article, change)
        yield from _of_sum(article, figures)
        yield from _of_ratio(article, figures)


def _of_change(article: Article, change: Change) -> Iterator[Hit]:
    low, high = possible(change.before, change.after, relative=change.by.percent)
    if _within(change.by, low, high) or points_for_percent(change):
        return
    exact = (change.after.value - change.before.value) / (change.before.value if change.by.percent else 1)
    size = abs(exact) * (100 if change.by.percent else 1)
    right = f"{_shown(size)}{'%' if change.by.percent else ' percentage points'}"
    ends = f"from {short(article, change.before.span)} to {short(article, change.after.span)}"
    yield _hit(article, change.by, f"{ends} is {right}")


def possible(before: Stated, after: Stated, *, relative: bool) -> tuple[Fraction, Fraction]:
    """The least and the greatest size of a change between two rounded amounts: in per cent of the first if
    `relative`, otherwise their difference."""
    if relative:
        ends = [(b - a) / a * 100 for a in (before.low, before.high) if a > 0 for b in (after.low, after.high)]
    else:
        ends = [b - a for a in (before.low, before.high) for b in (after.low, after.high)]
    sizes = sorted(map(abs, ends))
    return sizes[0], sizes[-1]


def _of_sum(article: Article, figures: Sequence[Stated]) -> Iterator[Hit]:
    for place, total in enumerate(figures):
        parts = _parts_behind(article, figures, place) or _parts_before(article, figures, place)
        if len(parts) < 2 or any(part.hedged or part.ratio for part in [total, *parts]):
            continue
        if {part.money for part in parts} != {total.money} or {part.percent for part in parts} != {total.percent}:
            continue
        low, high = sum((part.low for part in parts), Fraction()), sum((part.high for part in parts), Fraction())
        if not low <= total.high or not total.low <= high:
            listed = " + ".join(_shown(part.value) for part in parts)
            yield _hit(article, total, f"{listed} is {_shown(sum((part.value for part in parts), Fraction()))}")


def _parts_behind(article: Article, figures: Sequence[Stated], place: int) -> list[Stated]:
    """The list that a total opens: "40 seats (25 for Lee and 15 for Park)"."""
    if place + 2 >= len(figures) or not (mark := _OPENS.search(between(article, figures[place], figures[place + 1]))):
        return []
    parts, joined = [figures[place + 1]], ""
    for figure in figures[place + 2 :]:
        join = _NEXT.search(between(article, parts[-1], figure))
        if join is None:
            return []
        parts.append(figure)
        joined = join["join"]
        if "and" in joined:
            break
    tail = article.text[parts[-1].span.end : parts[-1].span.end + 40]
    end = _CLOSES.get(mark["mark"], ".")
    closed = re.match(rf"(?: [\w’'-]+){{0,4}} ?{re.escape(end)}", tail)
    return parts if "and" in joined and closed else []


def _parts_before(article: Article, figures: Sequence[Stated], place: int) -> list[Stated]:
    """The list that a total closes: "25 for Lee and 15 for Park, for a total of 40"."""
    if place < 2 or not _IN_TOTAL.match(article.text, figures[place - 1].span.end, figures[place].span.end):
        return []
    parts = [figures[place - 1]]
    for figure in reversed(figures[: place - 1]):
        if not _NEXT.search(between(article, figure, parts[0])):
            break
        parts.insert(0, figure)
    return parts


def _of_ratio(article: Article, figures: Sequence[Stated]) -> Iterator[Hit]:
    for one, other in pairwise(figures):
        ratio, share = (one, other) if other.percent else (other, one)
        if ratio.ratio and share.percent and _same(article, one, other):
            room = max(ratio.value * (_ROOM_WHEN_HEDGED if ratio.hedged else _ROOM_FOR_RATIOS), _LEAST_ROOM)
            if not _within(share, (ratio.value - room) * 100, (ratio.value + room) * 100):
                yield _hit(article, share, f"{short(article, ratio.span)} is {_shown(ratio.value * 100)}%")
    for part, whole, share in zip(figures, figures[1:], figures[2:], strict=False):
        counts = not (part.percent or whole.percent or part.ratio or whole.ratio) and 0 < part.value <= whole.value
        of = counts and share.percent and _OUT_OF.search(between(article, part, whole))
        if of and part.money == whole.money and _same(article, whole, share):
            ends = [a / b * 100 for a in (part.low, part.high) for b in (whole.low, whole.high)]
            if not _within(share, min(ends), max(ends)):
                right = f"{_shown(part.value / whole.value * 100)}%"
                yield _hit(article, share, f"{_shown(part.value)} of {_shown(whole.value)} is {right}")


def _same(article: Article, one: Stated, other: Stated) -> bool:
    """Whether the second figure says the first again: "one in four, or 25 percent", "a third (33%)"."""
    return bool(_OR.search(between(article, one, other)) and _APART.search(article.text[other.span.end :][:2]))


def _within(figure: Stated, low: Fraction, high: Fraction) -> bool:
    """Whether a figure, rounded or cut off, can stand for something between `low` and `high`."""
    room = max(figure.step, figure.high - figure.value)
    return low - room < figure.value < high + room


def _shown(value: Fraction) -> str:
    return f"{float(round(value, 1)):,.1f}".removesuffix(".0")


def _hit(article: Article, wrong: Stated, sum_: str) -> Hit:
    span: Span = wrong.span
    return Hit(span, wrong.claim, {"words": without_article(short(article, span)), "sum": sum_})
