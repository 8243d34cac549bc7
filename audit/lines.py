"""Turns offsets into the line and column that a text editor shows."""

import re
from bisect import bisect_right

_NEWLINE = re.compile(r"\r\n|\r|\n")


def starts(text: str) -> list[int]:
    """The offset of each line's first character: of the first line 0, or 1 behind a byte order mark, which no editor
    counts."""
    return [int(text.startswith("\ufeff")), *(newline.end() for newline in _NEWLINE.finditer(text))]


def place(line_starts: list[int], offset: int) -> tuple[int, int]:
    """Line and column, both counted from 1, of the character at `offset`; a byte order mark is where line 1 begins."""
    offset = max(offset, line_starts[0])
    line = bisect_right(line_starts, offset)
    return line, offset - line_starts[line - 1] + 1
