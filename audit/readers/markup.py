"""XML from strangers -> its text, its events and its tree; nothing in it is expanded, loaded or fetched.

Entities and attributes that a document declares for itself are how a kilobyte becomes a gigabyte, or a local file part
of an article, and no newsroom's file needs them: such documents are refused before anything of them is kept. A DTD may
be named, as NITF files do; it is not loaded.
"""

import codecs
import re
from typing import TYPE_CHECKING, NoReturn, Protocol
from xml.parsers import expat

from audit import lines
from audit.decoding import decode
from audit.errors import InputError
from audit.readers.charset import codec
from audit.readers.intake import Intake

if TYPE_CHECKING:
    from lxml import etree

_DECLARED = re.compile(rb"\s*<\?xml[^>]{1,200}?encoding\s*=\s*[\"']([A-Za-z][\w.-]{0,40})")
_WIDE = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_MOST = 500_000  # elements, attributes, references, comments and lines together; a month of articles has fewer
_ATTRIBUTES = 1_000  # of one element; they are counted before any is kept
_TOO_MANY = re.compile(rf"""<[^<>"'\s!?/][^<>"']*+(?:(?:"[^"<]*+"|'[^'<]*+')[^<>"']*+){{{_ATTRIBUTES + 1}}}""")


def decoded(name: str, data: bytes, intake: Intake) -> str:
    """The text of an XML file, in the encoding that `intake` says, that it is plainly in, or that it says itself.

    A byte order mark and valid UTF-8 are believed before the declaration, which programs forget to change.

    Raises:
        InputError: it is no text.
    """
    if intake.encoding:
        return decode(name, data, intake.encoding).text
    for mark, wide in _WIDE:
        if data.startswith(mark):
            return decode(name, data, wide).text
    said = _DECLARED.match(data.removeprefix(codecs.BOM_UTF8))
    encoding = codec(said[1].decode()) if said else ""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        reading = decode(name, data, encoding or None)
        if reading.warning:
            intake.warn(reading.warning)
        return reading.text
    if encoding and not text.isascii():
        intake.warn(f"{name}: says that it is {encoding}, but is UTF-8; read as UTF-8")
    return text


def parse_xml(name: str, data: bytes | str, intake: Intake) -> "etree._Element":
    """The root element of an XML file.

    Raises:
        InputError: it is no well-formed XML, declares entities, is nested deeper than `intake` allows, or holds more
            than any article does.
    """
    from lxml import etree

    text = data if isinstance(data, str) else decoded(name, data, intake)
    scan(name, text, intake)
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        no_network=True,
        huge_tree=False,
        decompress=False,  # type: ignore[call-arg]  # newer than the stubs
        remove_pis=True,
    )
    try:
        return etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise InputError(f"{name}:{line}:{column}: no well-formed XML: {error.msg}; export it again") from error


class Told(Protocol):
    """What is told of each thing in an XML text, and at which offset it begins; it ends where the next begins."""

    def start(self, at: int, name: str, attributes: dict[str, str]) -> None:
        """An element begins; its name and attributes' names are as written, with their prefixes."""

    def end(self, at: int) -> None:
        """An element ends."""

    def text(self, at: int, text: str) -> None:
        """A stretch of text; each line break, as ``\\n``, and each character that is written as a reference, alone."""

    def entity(self, at: int, name: str) -> None:
        """A reference to what the text does not declare, as in files that name a DTD."""

    def other(self, at: int) -> None:
        """Anything else: a comment, an instruction, a limit of CDATA."""


def scan(name: str, text: str, intake: Intake, told: Told | None = None) -> None:
    """Goes through an XML text and tells of each thing in it.

    Raises:
        InputError: as `parse_xml`.
    """
    parser = expat.ParserCreate("utf-8")
    data = text.encode()
    depth = count = last_byte = last_offset = 0

    def at() -> int:
        """The offset into `text` of what is being told of."""
        counted(1)
        return offset(parser.CurrentByteIndex)

    def offset(byte: int) -> int:
        nonlocal last_byte, last_offset
        if len(data) == len(text):
            return byte
        last_offset += len(data[last_byte:byte].decode(errors="replace"))
        last_byte = byte
        return last_offset

    def counted(things: int) -> None:
        nonlocal count
        count += things
        if count > _MOST:
            what = "elements, attributes, references, comments and lines"
            refuse(f"more than {_MOST:,} {what}, which no article has; split the file", parser.CurrentByteIndex)

    def refuse(why: str, byte: int) -> NoReturn:
        line, column = lines.place(lines.starts(text), offset(byte))
        raise InputError(f"{name}:{line}:{column}: {why}")

    def start(element: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        counted(1 + len(attributes))
        if depth > intake.limits.depth:
            most = intake.limits.depth
            refuse(f"more than {most} elements in each other, which no article has", parser.CurrentByteIndex)
        if told:
            told.start(at(), element, attributes)

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1
        if told:
            told.end(at())

    def declares(*_: object) -> NoReturn:
        refuse(
            "declares entities or attributes of its own, which are never expanded, because attacks are made of them;"
            " put what they stand for in their places",
            parser.CurrentByteIndex,
        )

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.EntityDeclHandler = parser.AttlistDeclHandler = declares
    if told:
        parser.CharacterDataHandler = lambda text: told.text(at(), text)
        parser.SkippedEntityHandler = lambda entity, _: told.entity(at(), entity)
        parser.DefaultHandlerExpand = lambda _: told.other(at())
    if found := _TOO_MANY.search(text):
        refuse(f"more than {_ATTRIBUTES:,} attributes of one element", len(text[: found.start()].encode()))
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        refuse(f"no well-formed XML: {expat.ErrorString(error.code)}; export it again", max(parser.ErrorByteIndex, 0))
