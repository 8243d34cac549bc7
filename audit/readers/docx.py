"""Word documents (DOCX) -> articles. Parts are looked through before python-docx sees them; no link is followed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from audit import wordml
from audit.blocks import Block
from audit.errors import InputError
from audit.model import Article
from audit.readers import unpacking
from audit.readers.intake import Intake
from audit.readers.made import made
from audit.readers.markup import decoded, parse_xml, scan
from audit.readers.opening import Opening

if TYPE_CHECKING:
    from docx.document import Document
    from lxml import etree

_OLE = b"\xd0\xcf\x11\xe0"  # of old Word documents, and of what wraps new ones that have a password
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_TYPES = "[Content_Types].xml"
_OFFICE = {"xl/": "a workbook", "ppt/": "a presentation"}  # by the folders of their parts
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument"
_ENCODING = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.-]{1,40})")
_ENCODINGS = frozenset({b"utf-8", b"utf-16"})  # of Office documents: ECMA-376, part 2, 9.1.2
_MARKUP = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0<")
_XML = 20_000_000  # bytes of a part: ten times the longest article; reading them takes some ten seconds
_PARTS = 2_000  # of a document: text, styles, pictures

# By the ends of the types of relationships; what stands in them is no text of the article.
_BESIDE = {"/footnotes": "footnote", "/endnotes": "endnote", "/header": "page header", "/footer": "page footer"}


def recognises(opening: Opening) -> bool:
    """Whether it is a document of Word, old ones and protected ones too, or one of another office program."""
    if opening.data.startswith(_OLE) or _OPEN_DOCUMENT in opening.data[:200]:
        return True
    if not opening.data.startswith(unpacking.ZIP):
        return False
    try:
        return _TYPES in unpacking.opened("", opening.data, files=_PARTS).namelist()
    except InputError:
        return opening.suffix == ".docx"


def read(name: str, data: bytes, intake: Intake) -> Iterator[Article]:
    """The article that the document is, as it reads with every tracked change accepted.

    Raises:
        InputError: it is no Word document, has no text, or is longer than `intake` allows.
    """
    yield _article(name, opened(name, data, intake), intake, placed=False)[0]


def original(name: str, data: bytes, intake: Intake) -> "tuple[Document, Article, Sequence[etree._Element]]":
    """The document, its article, and the elements with its text; the article's runs are offsets into these together.

    Raises:
        InputError: as `read`.
    """
    document = opened(name, data, intake)
    return document, *_article(name, document, intake, placed=True)


def _article(
    name: str, document: "Document", intake: Intake, *, placed: bool
) -> "tuple[Article, Sequence[etree._Element]]":
    found = wordml.read(document.element.body, _styles(document), placed=placed)
    blocks = [*found.blocks, *_beside(name, document, intake)]
    return made(name, blocks, intake, format="docx"), found.texts


def opened(name: str, data: bytes, intake: Intake) -> "Document":
    """The document in `data`.

    Raises:
        InputError: it is none, is damaged or protected, or hides more than a document has.
    """
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise InputError(f"{name}: protected by a password; take it off in Word and save the document again")
        raise InputError(f"{name}: an old Word document (.doc); save it as .docx")
    if _OPEN_DOCUMENT in data[:200]:
        raise InputError(f"{name}: an OpenDocument file; save it as .docx")
    _look_through(name, data, intake)

    import docx

    try:
        document = docx.Document(BytesIO(data))
        if document.element.body is None:
            raise ValueError("it has no body")
    except Exception as error:  # of a damaged one python-docx raises whatever comes of it
        raise InputError(
            f"{name}: no document that can be read ({error or type(error).__name__}); open it in Word and save it as"
            " an ordinary .docx"
        ) from error
    return document


def _styles(document: "Document") -> dict[str, str]:
    for relation in document.part.rels.values():
        if (relation.reltype or "").endswith("/styles") and not relation.is_external:
            root = getattr(relation.target_part, "element", None)  # none where it is no part of XML
            return {} if root is None else wordml.styles(root)
    return {}


def _look_through(name: str, data: bytes, intake: Intake) -> None:
    """Refuses what python-docx should not be given: bombs, declarations of entities, depths without end."""
    quota = intake.unpacking()
    try:
        archive = unpacking.opened(name, data, files=_PARTS)
    except unpacking.DamagedError as error:
        raise InputError(f"{name}: a damaged Word document ({error.why}); save it again") from error
    for folder, what in _OFFICE.items():
        if any(part.startswith(folder) for part in archive.namelist()):
            raise InputError(f"{name}: {what}, not a Word document; save the article as .docx, or as text (UTF-8)")
    if _TYPES not in archive.namelist():
        raise InputError(f"{name}: no Word document: its list of parts ({_TYPES}) is missing")
    for info in archive.infolist():
        inside = f"{name}/{unpacking.shown(info.filename)}"
        part = unpacking.member(inside, archive, info, quota, most=intake.limits.megabytes)
        if not part.lstrip().startswith(_MARKUP):
            continue
        if len(part) > _XML:
            raise InputError(f"{inside}: more than {_XML // 1_000_000} MB, which is hardly one article; split it")
        said = _ENCODING.match(part)
        if said and said[1].lower() not in _ENCODINGS:
            raise InputError(f"{inside}: in {said[1].decode()}, and Word's documents are in UTF-8")
        scan(inside, decoded(inside, part, replace(intake, encoding=None)), intake)


def _beside(name: str, document: "Document", intake: Intake) -> Iterator[Block]:
    """Footnotes, and what stands at the top and bottom of pages."""
    for relation in document.part.rels.values():
        why = next((why for end, why in _BESIDE.items() if (relation.reltype or "").endswith(end)), None)
        if why and not relation.is_external:
            part = relation.target_part
            yield from wordml.notes(parse_xml(f"{name}{part.partname}", part.blob, intake), why)
