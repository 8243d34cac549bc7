"""Turns offsets into the line and column that a text editor shows, and what comes from strangers into one line."""

import re
from bisect import bisect_right

_NEWLINE = re.compile(r"\r\n|\r|\n")
# Characters that end a line somewhere, that a terminal obeys, or that turn the direction of what follows.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def starts(text: str) -> list[int]:
    """The offset of each line's first character: of the first line 0, or 1 behind a byte order mark, which no editor
    counts."""
    return [int(text.startswith("\ufeff")), *(newline.end() for newline in _NEWLINE.finditer(text))]


def place(line_starts: list[int], offset: int) -> tuple[int, int]:
    """Line and column, both counted from 1, of the character at `offset`; a byte order mark is where line 1 begins."""
    offset = max(offset, line_starts[0])
    line = bisect_right(line_starts, offset)
    return line, offset - line_starts[line - 1] + 1


def one(text: str) -> str:
    """`text`, a file's name or a message with one in it, as one line in which all is to be seen: ``a\\x0ab.txt``.

    Bytes of a name that are no UTF-8 become U+FFFD.
    """
    return _UNSEEN.sub(_escaped, _SURROGATE.sub("\ufffd", text))


def _escaped(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
