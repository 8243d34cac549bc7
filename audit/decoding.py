"""Turns the bytes of a file into text, or says what they are instead and what to do about it."""

import re
from dataclasses import dataclass

from audit import lines
from audit.errors import InputError

_MAGIC = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a Word, OpenDocument or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word document"),
    (b"{\\rtf", "an RTF document"),
)
_WIDE_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_CONTROLS = bytes([*range(9), *range(14, 27), *range(28, 32), 127])  # no white space, no ESC: terminal logs are text
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
# What English news has in Windows-1252: its quotation marks, dashes and signs, and the letters of names.
_WINDOWS_1252 = "€‚„…‘’“”•–—™ŠŒŽšœžŸ\u00a0£§©«\u00ad®°±²³´·»¼½¾".encode("cp1252") + bytes(
    byte for byte in range(0xC0, 0xFF) if byte not in (0xD7, 0xF7)
)


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of a file, and what the user should know of how it was read."""

    text: str
    warning: str | None = None


def decode(name: str, data: bytes, encoding: str | None = None) -> Reading:
    """The text of `data`, in which newlines and a byte order mark stay.

    Without an `encoding` it is UTF-8, or UTF-16 or UTF-32 where a byte order mark says so, or else UTF-16 without a
    mark or Windows-1252 where that is plain to see, with a warning.
    Raises InputError, which calls the file `name`, when it is neither, or no text at all.
    """
    reading = Reading(_decode(name, data, encoding)) if encoding else _guess(name, data)
    if "\0" in reading.text:
        line, column = lines.place(lines.starts(reading.text), reading.text.index("\0"))
        raise InputError(f"{name}:{line}:{column}: a NUL character, which no article has; remove it and try again")
    return reading


def _guess(name: str, data: bytes) -> Reading:
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise InputError(f"{name}: {what}, not plain text; save it as text (UTF-8) first")
    for mark, wide in _WIDE_MARKS:
        if data.startswith(mark):
            return Reading(_wide(name, data, wide))
    if unmarked := _unmarked(data):
        text = _decode(name, data, unmarked)
        return Reading(text, f"{name}: not UTF-8; read as {unmarked.upper()} (say --encoding to read it otherwise)")
    # A stray NUL in a text is named by its place further on; many control characters are no text.
    if len(data) - len(data.translate(None, _CONTROLS)) > max(4, len(data) // 50):
        raise InputError(
            f"{name}: a binary file of no format that is read; give the article as text, a web page, .docx or PDF"
        )
    try:
        return Reading(data.decode("utf-8"))
    except UnicodeDecodeError:
        high = data.translate(None, bytes(range(128)))
        # A quarter of such bytes is another alphabet.
        if _MULTIBYTE.search(data) or high.translate(None, _WINDOWS_1252) or 4 * len(high) > len(data):
            return Reading(_decode(name, data, "utf-8"))  # which says where and raises
    return Reading(
        data.decode("cp1252"), f"{name}: not UTF-8; read as Windows-1252 (say --encoding to read it as something else)"
    )


def _wide(name: str, data: bytes, encoding: str) -> str:
    """The text behind a byte order mark that may lie: of English in UTF-16 half of the bytes are NUL."""
    if 4 * data.count(0) < len(data) - 4:
        raise InputError(
            f"{name}: begins with the byte order mark of {encoding.upper()}, but is not in it; save the file as UTF-8,"
            f" or say --encoding {encoding} if it is"
        )
    return _decode(name, data, encoding)


def _unmarked(data: bytes) -> str | None:
    """The encoding of text whose every other byte is NUL nearly always, and whose others never are."""
    even, odd = data[::2], data[1::2]
    if len(data) % 2 == 0 and data:
        for low, high, encoding in ((even, odd, "utf-16-le"), (odd, even, "utf-16-be")):
            if 0 not in low and high.count(0) > 0.8 * len(high):
                return encoding
    return None


def _decode(name: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "replace")
        line, column = lines.place(lines.starts(before), len(before))
        raise InputError(
            f"{name}:{line}:{column}: invalid {encoding.upper()}: byte 0x{data[error.start]:02X}"
            f" at offset {error.start}; save the file as UTF-8, or name its encoding, e.g. --encoding windows-1252"
        ) from error
    except (LookupError, UnicodeError) as error:
        raise InputError(f"{name}: cannot be read as {encoding}: {error}") from error
