"""F005."""

from collections.abc import Iterator

from audit.checks.changes import Change, changes
from audit.checks.hit import Hit
from audit.checks.view import View
from audit.checks.wording import short, without_article


def percent_for_points(view: View) -> Iterator[Hit]:
    """Changes between two percentages that are given in percent and are meant in points."""
    article = view.article
    for figures in view.stated.values():
        for change in changes(article, figures):
            if points_for_percent(change):
                ends = f"from {short(article, change.before.span)} to {short(article, change.after.span)}"
                words = {"words": without_article(short(article, change.by.span)), "ends": ends}
                yield Hit(change.by.span, change.by.claim, words)


def points_for_percent(change: Change) -> bool:
    """Whether a change between two percentages, given in percent, is their difference and not the relative change."""
    before, after, by = change.before, change.after, change.by
    if not (before.percent and after.percent and by.percent):
        return False
    difference = abs(after.value - before.value)
    relative = difference / before.value * 100
    return abs(by.value - difference) <= by.step and abs(by.value - relative) > by.step
