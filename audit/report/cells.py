"""Turns words of an article into lines that fit a column of a terminal, whatever the script and however odd."""

import unicodedata
from collections.abc import Container

import tabulate
from wcwidth import wrap

tabulate.MIN_PADDING = 0  # a heading takes no more columns than its letters


def clean(text: str) -> str:
    """`text` as one line, without what a terminal would obey: control characters and marks that turn its direction."""
    visible = "".join("\ufffd" if unicodedata.category(c) in ("Cc", "Cs") and not c.isspace() else c for c in text)
    return " ".join("".join(c for c in visible if unicodedata.category(c) != "Cf" or c in "\u200c\u200d").split())


def cell(text: str, *, columns: int, lines: int) -> str:
    """`text` in at most that many lines of that many columns, "…" where it is cut."""
    return "\n".join(wrap(clean(text), max(columns, 2), max_lines=lines, placeholder="…", break_on_hyphens=False))


def paragraph(text: str, *, lead: str, width: int) -> str:
    """`text` after `lead`, wrapped, its further lines set in under its first."""
    return "\n".join(
        wrap(clean(text), max(width, len(lead) + 20), initial_indent=lead, subsequent_indent=" " * len(lead))
    )


def grid(rows: list[list[str]], headers: list[str], *, numbers: Container[str] = ()) -> str:
    """A table of `rows`, with the columns that `numbers` names aligned to the right."""
    align = ["right" if header in numbers else "left" for header in headers]
    table = tabulate.tabulate(rows, headers, tablefmt="simple", disable_numparse=True, colalign=align if rows else None)
    return "\n".join(line.rstrip() for line in table.splitlines())


def count(number: int, noun: str) -> str:
    """``1 claim``, ``1,200 claims``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
