"""Turns offsets into the line and column that a text editor shows, and what comes from strangers into one line."""

import re
from bisect import bisect_left
from itertools import accumulate

_STRETCH = 4_096  # characters, of which the line breaks are counted once and for all
# Characters that end a line somewhere, that a terminal obeys, or that turn the direction of what follows.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Starts:
    """Where the lines of a text begin; made in a time that grows with its characters, not with its lines.

    A list of their offsets would take 1.5 GB for 45 MB of line feeds, whatever else the text is refused for.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self.first = int(text.startswith("\ufeff"))  # an editor does not count the byte order mark
        self._ended = list(
            accumulate((self._breaks(at, at + _STRETCH) for at in range(0, len(text), _STRETCH)), initial=0)
        )

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of the character at `offset`; see `place`."""
        offset = max(offset, self.first)
        if self._text.startswith("\r\n", offset - 1):  # inside of what ends one line
            line, start = self._line(offset - 1)
        else:
            line, start = self._line(offset)
        return line, offset - start + 1

    def _line(self, offset: int) -> tuple[int, int]:
        """The line's number and its first character's offset."""
        stretch = offset // _STRETCH
        ended = self._ended[stretch] + self._breaks(stretch * _STRETCH, offset)
        if not ended:
            return 1, self.first
        if ended == self._ended[stretch]:  # the last line break is in an earlier stretch
            stretch = bisect_left(self._ended, ended) - 1
            offset = (stretch + 1) * _STRETCH
        start, text = stretch * _STRETCH, self._text
        return ended + 1, max(text.rfind("\n", start, offset), text.rfind("\r", start, offset)) + 1

    def _breaks(self, start: int, end: int) -> int:
        """How many line breaks end in a stretch; "\\r\\n" is one, and ends with its "\\n"."""
        count = self._text.count
        both = count("\r\n", start, end) + self._text.startswith("\r\n", end - 1)
        return count("\n", start, end) + count("\r", start, end) - both


def starts(text: str) -> Starts:
    """Where the lines of `text` begin."""
    return Starts(text)


def place(line_starts: Starts, offset: int) -> tuple[int, int]:
    """Line and column, both counted from 1, of the character at `offset`; a byte order mark is where line 1 begins."""
    return line_starts.place(offset)


def one(text: str) -> str:
    """`text`, a file's name or a message with one in it, as one line in which all is to be seen: ``a\\x0ab.txt``.

    Bytes of a name that are no UTF-8 become U+FFFD.
    """
    return _UNSEEN.sub(_escaped, _SURROGATE.sub("\ufffd", text))


def _escaped(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
