"""The bytes of a web page -> its text, in the encoding that it says, or plainly is in when it says another.

Which encodings articles are in is told here for XML and e-mails too; these may lose no character, as a page may that
was put together of several. After https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding.
"""

import codecs
import re
from dataclasses import dataclass

from audit import lines
from audit.decoding import decode
from audit.errors import InputError

_PRESCAN = 4096  # bytes in which a page says its encoding; the standard says 1024, and pages go beyond
_SAID = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,500}?\b(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_WIDE = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
# By the names of Python's codecs. Others are no encodings of articles, and some (punycode) take a time that grows with
# the square of the size.
_KNOWN = frozenset(
    """
    cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6
    iso8859-7 iso8859-8 iso8859-9 iso8859-10 iso8859-13 iso8859-14 iso8859-15 iso8859-16 mac-roman koi8-r koi8-u
    shift_jis euc_jp gb2312 gbk gb18030 big5 euc_kr
    """.split()
)
_AS_BROWSERS_DO = {"ascii": "cp1252", "iso8859-1": "cp1252"}
_FEW = 0.01  # of all characters: a page cut or pasted together has some that are in another encoding


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a page, a byte order mark included: ``text.encode(encoding)`` is the file, unless `warning` says that
    characters were lost."""

    text: str
    encoding: str
    warning: str | None = None


def codec(label: str) -> str:
    """The name in Python of the encoding that files call `label`; "" for UTF-8 and what no article is in.

    What is called ISO-8859-1 is Windows-1252, as browsers have it: https://encoding.spec.whatwg.org/#names-and-labels.
    """
    try:
        found = codecs.lookup(label).name
    except (LookupError, ValueError):
        return ""
    found = _AS_BROWSERS_DO.get(found, found)
    return found if found in _KNOWN else ""


def decoded(name: str, data: bytes, encoding: str | None = None) -> Decoded:
    """The text of a page, in `encoding` if the user says so.

    Raises:
        InputError: it is no text, or in an encoding that cannot be told.
    """
    if encoding:
        return Decoded(decode(name, data, encoding).text, encoding)
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return _strictly(name, data, marked) or _with_losses(name, data, marked)
    for start, wide in _WIDE:
        if data.startswith(start):
            return _strictly(name, data, wide) or _with_losses(name, data, wide)
    said = _said(data)
    as_utf_8 = _strictly(name, data, "utf-8")
    if as_utf_8:
        lies = said not in ("", "utf-8") and not data.isascii()
        warning = f"{name}: says that it is {said}, and is UTF-8; read as UTF-8" if lies else None
        return Decoded(as_utf_8.text, "utf-8", warning)
    if said and said != "utf-8" and (as_said := _strictly(name, data, said)):
        return as_said
    try:
        reading = decode(name, data)
    except InputError:
        if b"\0" in data:
            raise
        lost = _with_losses(name, data, "utf-8")
        if lost.text.count("\ufffd") > _FEW * len(lost.text):
            raise
        return lost
    return Decoded(reading.text, "cp1252" if reading.warning else "utf-8", reading.warning)


def _said(data: bytes) -> str:
    """The encoding that a page says, by its name in Python, "" if none that pages have."""
    found = _SAID.search(data, 0, _PRESCAN)
    label = found[1].decode("ascii", "replace").lower() if found else ""
    if label.startswith("utf-16") or label in ("utf-8", "utf8"):
        return "utf-8"  # what can be read as bytes so far is not UTF-16, whatever it says
    return codec(label)


def _strictly(name: str, data: bytes, encoding: str) -> Decoded | None:
    try:
        data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    return Decoded(decode(name, data, encoding).text, encoding)


def _with_losses(name: str, data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    line, column = lines.place(lines.starts(text), max(text.find("\ufffd"), 0))
    if "\0" in text:
        raise InputError(f"{name}: not text in {encoding.upper()}; save the page as UTF-8")
    return Decoded(
        text,
        encoding,
        f"{name}:{line}:{column}: bytes that are not {encoding.upper()}; each is read as \ufffd from here on",
    )
