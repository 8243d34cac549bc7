"""The elements of a web page -> its paragraphs, each with the element that it stands in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from audit import blocks
from audit.blocks import Block, Piece, block, ink
from audit.model import Span
from audit.readers.intake import Intake
from audit.readers.made import check
from audit.readers.pagetree import BLOCKS, Element

_NO_TEXT = frozenset(
    "script style template noscript title svg math canvas button select datalist textarea rt rp audio video object"
    " noembed noframes xmp".split()
)
_CREDIT = re.compile(r"(?:^|[\s_-])(?:photo-?)?(?:credits?|copyright|photographer)(?:$|[\s_-])", re.IGNORECASE)
_STOPS = re.compile(r"[.!?…][\"'”’»)\]]*\s*$")
_EMPTY_LINE = re.compile(r"\n[ \t\r]*\n")
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_FOR_SCREEN_READERS = re.compile(r"(?:^|[\s_-])(?:sr-only|visually-?hidden|screen-reader(?:-text)?)(?:$|[\s_-])")


@dataclass(frozen=True)
class Passage:
    """A paragraph of a page, in no way judged yet."""

    pieces: tuple[Piece, ...]
    home: Element
    linked: int = 0  # characters in links, blanks left out

    @cached_property
    def block(self) -> Block:
        """The paragraph, of a section that its words tell."""
        return block(self.pieces, place=self.home.place)

    @property
    def text(self) -> str:
        """Its words as a reader sees them."""
        return self.block.text

    @cached_property
    def key(self) -> str:
        """Its letters and digits, by which it is found again in what others make of the page."""
        return blocks.key(self.text)

    @cached_property
    def words(self) -> int:
        """How many it has."""
        return len(self.text.split())

    @property
    def is_link(self) -> bool:
        """Whether all of it is links, but for a word such as "Read:"."""
        return self.linked > 0 and self.linked + 8 >= len("".join(self.text.split()))


def passages(root: Element, name: str, intake: Intake) -> list[Passage]:
    """The paragraphs in `root` that a reader sees, in order; none is empty.

    Raises:
        InputError: there are more, or more text in them, than `intake` allows.
    """
    walk = _Walk(root, name, intake)
    walk.through(root, linked=False)
    walk.end()
    return walk.found


class _Walk:
    def __init__(self, root: Element, name: str, intake: Intake) -> None:
        self.name = name
        self.intake = intake
        self.characters = 0
        self.found: list[Passage] = []
        self.home = root
        self.pieces: list[Piece] = []
        self.linked = 0
        self.breaks = 0  # line breaks since the last words

    def through(self, element: Element, *, linked: bool) -> None:
        """Take up what is in an element; the depth of a page is limited, and so is this."""
        for child in element.children:
            if isinstance(child, Piece):
                self.take(child, linked=linked)
            elif child.tag == "br":
                self.breaks += 1
                self.pieces.append(Piece(" "))
            elif child.tag in _NO_TEXT or _hidden(child):
                continue
            elif child.tag == "tr":
                self.row(child)
            elif child.tag in BLOCKS or _stands_alone(child):
                self.inside(child, linked=linked)
            elif child.tag == "q":
                self.take(Piece("“"), linked=linked)
                self.through(child, linked=linked)
                self.take(Piece("”"), linked=linked)
            else:
                self.through(child, linked=linked or child.tag == "a")

    def inside(self, element: Element, *, linked: bool) -> None:
        """Take up a block as paragraphs of its own."""
        self.end()
        before, self.home = self.home, element
        self.through(element, linked=linked or element.tag == "a")
        self.end()
        self.home = before

    def row(self, row: Element) -> None:
        """A row of short cells is one paragraph; other cells are parts of a page laid out as a table."""
        cells = [child for child in row.children if isinstance(child, Element)]
        if any(_lays_out(cell) for cell in cells):
            self.inside(row, linked=False)
            return
        self.end()
        before, self.home = self.home, row
        for cell in cells:
            if not (cell.tag in _NO_TEXT or _hidden(cell)):
                self.through(cell, linked=False)
                self.pieces.append(Piece(" "))
        self.end()
        self.home = before

    def take(self, piece: Piece, *, linked: bool) -> None:
        """Add text to the paragraph, or begin another where line breaks mean that."""
        if not piece.text.strip():
            self.pieces.append(piece)
            return
        if self.breaks > 1 or (self.breaks and _STOPS.search("".join(one.text for one in self.pieces[-6:]))):
            self.end()
        self.breaks = 0
        self.characters += ink(piece.text)
        check(self.name, self.intake, characters=self.characters)
        for part in _paragraphs(piece) if self.home.tag == "pre" else [piece]:
            if part is None:
                self.end()
                continue
            self.pieces.append(part)
            self.linked += ink(part.text) if linked else 0

    def end(self) -> None:
        """Close the paragraph."""
        if pieces := _trimmed(self.pieces):
            self.found.append(Passage(tuple(pieces), self.home, self.linked))
            check(self.name, self.intake, paragraphs=len(self.found))
        self.pieces, self.linked, self.breaks = [], 0, 0


def _paragraphs(piece: Piece) -> Iterator[Piece | None]:
    """The parts of text in which line breaks count, with None at each empty line."""
    at = 0
    for gap in _EMPTY_LINE.finditer(piece.text):
        yield _part(piece, at, gap.start())
        yield None
        at = gap.end()
    yield _part(piece, at, len(piece.text))


def _part(piece: Piece, start: int, end: int) -> Piece:
    if piece.there is None or len(piece.there) != len(piece.text):  # a character reference, which has no parts
        return piece
    return Piece(piece.text[start:end], Span(piece.there.start + start, piece.there.start + end))


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    """A paragraph without blanks at its ends, of which many are non-breaking."""
    inked = [index for index, piece in enumerate(pieces) if piece.text.strip()]
    if not inked:
        return []
    found = pieces[inked[0] : inked[-1] + 1]
    found[0] = _part(found[0], len(found[0].text) - len(found[0].text.lstrip()), len(found[0].text))
    found[-1] = _part(found[-1], 0, len(found[-1].text.rstrip()))
    return found


def _hidden(element: Element) -> bool:
    attributes = element.attributes
    if "hidden" in attributes or _HIDDEN.search(attributes.get("style", "")):
        return True
    return bool(_FOR_SCREEN_READERS.search(attributes.get("class", "")))


def _lays_out(cell: Element) -> bool:
    """Whether a cell of a table holds paragraphs or much text rather than an entry."""
    if any(element.tag in BLOCKS and element is not cell for element in cell.elements()):
        return True
    return len(cell.text.split()) > 25


def _stands_alone(element: Element) -> bool:
    """Whether an element within a line is a paragraph to the reader: the credit of a photo, the source of a
    quotation."""
    parent = element.parent
    assert parent is not None
    if element.tag == "cite":
        return parent.tag == "blockquote"
    of_photo = any(above.tag in ("figure", "figcaption") for above in parent.upward())
    return of_photo and bool(_CREDIT.search(element.attributes.get("class", "")))
