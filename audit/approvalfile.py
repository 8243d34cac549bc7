"""An approvals file into `Approval`s; what is wrong with it is collected, with its line, in the draft."""

from collections.abc import Collection
from datetime import date, datetime

from audit.approvals import Approval, words_of
from audit.model import Span
from audit.pattern import nearest
from audit.rulefile import Draft
from audit.tables import Table

_KEYS = ("check", "claim", "text", "by", "why", "until", "article")


def read_approvals(draft: Draft, codes: Collection[str]) -> tuple[Approval, ...]:
    """The approvals of a file, in order; errors go into its draft.

    Args:
        codes: of all checks that are loaded.
    """
    root = Table(draft, draft.data)
    root.known(("approval",))
    return tuple(_approval(table, codes) for table in root.tables("approval"))


def _approval(table: Table, codes: Collection[str]) -> Approval:
    table.known(_KEYS)
    check = table.text("check")
    if check is None and "check" not in table.values:
        table.wrong("check", 'missing: name the check, as in check = "A001"')
    elif check is not None and check not in codes:
        table.wrong("check", f'no check "{check}"{nearest(check, codes)}')
    claim, text = table.text("claim"), table.text("text")
    if ("claim" in table.values) == ("text" in table.values):
        table.wrong("claim", "name what is approved by one of two, claim = (its id) or text = (its words)")
    if text is not None and not words_of(text):
        table.wrong("text", "has no word: give the words of the finding or of its claim, as the article has them")
    return Approval(
        check=check or "",
        claim=claim,
        text=text,
        by=table.text("by"),
        why=table.text("why"),
        until=_until(table),
        article=table.text("article"),
        span=_span(table),
    )


def _until(table: Table) -> date | None:
    value = table.values.get("until")
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    table.wrong("until", "must be a day, as in until = 2026-12-01, without quotation marks")
    return None


def _span(table: Table) -> Span:
    """Where an entry stands, from the line of its header or first key to the end of its last."""
    rows = table.draft.text.split("\n")
    keys = [table.at.removesuffix("."), *(f"{table.at}{key}" for key in table.values)]
    lines = [table.draft.lines(key) for key in keys]
    first, last = min(each[0] for each in lines), max(each[-1] for each in lines)
    return Span(sum(len(row) + 1 for row in rows[: first - 1]), sum(len(row) + 1 for row in rows[:last]) - 1)
