"""Turns rows into CSV that spreadsheets open as it stands, and never run."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence

# What a spreadsheet would run as a formula. Texts that only look guarded are guarded too, so that
# taking one apostrophe from every such cell gives back the text of the article.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def write(fields: Sequence[str], rows: Iterable[Mapping[str, object]], *, header: bool) -> str:
    """`rows` (RFC 4180), under a row of `fields` if `header`; None is an empty cell.

    Text that a spreadsheet would take for a formula has an apostrophe put before it.
    """
    target = io.StringIO(newline="")
    writer = csv.DictWriter(target, fields)
    if header:
        writer.writeheader()
    writer.writerows({field: _guarded(value) for field, value in row.items()} for row in rows)
    return target.getvalue()


def _guarded(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value
