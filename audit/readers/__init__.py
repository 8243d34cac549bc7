"""Files of every format that newsrooms have -> articles. A format is told by content; each has a module of its own.

A module has `recognises`, whether an opening is of its format, and `read`. What no format recognises is plain text.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from audit.errors import InputError
from audit.limits import Limits
from audit.model import Article
from audit.readers import (
    archive,
    docx,
    feed,
    hidden,
    html,
    mail,
    markdown,
    newsml,
    ninjs,
    nitf,
    othermarkup,
    pdf,
    plain,
    scant,
)
from audit.readers.intake import Intake, Read
from audit.readers.opening import Opening

__all__ = ["FORMATS", "SUFFIXES", "Format", "Intake", "Limits", "format_of", "read"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format of files: its name in reports, and the endings by which a folder's files are taken for articles."""

    name: str
    suffixes: tuple[str, ...]
    recognises: Callable[[Opening], bool]
    read: Read


_PACKED = tuple(f"{suffix}.gz" for suffix in (".txt", ".xml", ".html", ".json"))

FORMATS: tuple[Format, ...] = (
    Format("docx", (".docx",), docx.recognises, docx.read),
    Format("pdf", (".pdf",), pdf.recognises, pdf.read),
    Format("zip", (".zip",), archive.recognises, archive.read),
    Format("gzip", _PACKED, archive.recognises_gzip, archive.read_gzip),
    Format("nitf", (".nitf", ".xml"), nitf.recognises, nitf.read),
    Format("newsml", (".newsml", ".xml"), newsml.recognises, newsml.read),
    Format("feed", feed.SUFFIXES, feed.recognises, feed.read),
    Format("html", (".html", ".htm", ".xhtml"), html.recognises, html.read),
    Format("ninjs", ninjs.SUFFIXES, ninjs.recognises, ninjs.read),
    Format("mail", mail.SUFFIXES, mail.recognises, mail.read),
    Format("markdown", markdown.SUFFIXES, markdown.recognises, markdown.read),
    Format("xml", (".xml",), othermarkup.recognises, othermarkup.read),
    Format("text", (".txt",), lambda _: True, plain.read),
)
"""In the order in which they are asked; the last takes everything."""

SUFFIXES = frozenset(suffix for format in FORMATS for suffix in format.suffixes)
"""Of files, in folders and archives, that may be articles."""


def format_of(name: str, data: bytes) -> Format:
    """The format of a file, of which `data` are the first bytes at least."""
    opening = Opening(name, data)
    return next(format for format in FORMATS if format.recognises(opening))


def read(name: str, data: bytes, intake: Intake) -> Iterator[Article]:
    """The articles in the bytes of a file that reports call `name`; one, but for archives, feeds and messages.

    Raises:
        InputError: it cannot be read, or has no article in it.
    """
    if not data.strip():
        raise InputError(f"{name}: empty: there is no text to audit")
    for article in format_of(name, data).read(name, data, intake):
        for message in filter(None, (hidden.warning(article), scant.warning(article))):
            intake.warn(message)
        yield article
