"""The body of a Word document -> the paragraphs of an article, as it reads with every tracked change accepted.

The elements are those of ECMA-376, part 1, 17 (WordprocessingML); of python-docx only the elements' tree is used, as
its `Paragraph.text` lacks what is inserted by a tracked change.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from audit.blocks import Block, Piece, block, key
from audit.model import Section, Span

if TYPE_CHECKING:
    from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

# By the names that styles have in every language of Word, in lower case.
_SECTIONS: dict[str, Section] = {
    "title": "headline",
    "headline": "headline",
    "subtitle": "standfirst",
    "standfirst": "standfirst",
    "byline": "byline",
    "dateline": "dateline",
    "caption": "caption",
    "credit": "credit",
    **dict.fromkeys((f"heading {level}" for level in range(1, 10)), "subheading"),
}
_QUOTES = frozenset({"quote", "intense quote"})
_BASES = 10  # styles that one is based on, one on the other; they may lie in a circle
_PULL_QUOTES = 100  # of an article; each is looked for in all of its text

_LEFT_OUT = frozenset(
    [f"{W}{name}" for name in "del moveFrom delText instrText delInstrText pPr rPr tblPr trPr tcPr sdtPr rt".split()]
    + [f"{_COMPATIBILITY}Fallback"]  # says again, for old programs, what its neighbour says
)
_BLANKS = frozenset(f"{W}{name}" for name in ("tab", "ptab", "br", "cr"))
_FROM_A_FONT_ALONE = range(0xE000, 0xF900)  # private use: which character it is only its font knows


@dataclass(frozen=True, slots=True)
class Read:
    """Paragraphs, and the elements whose text they are: their runs are offsets into the texts one after the other."""

    blocks: Sequence[Block]
    texts: Sequence["etree._Element"]


@dataclass(slots=True)
class _Paragraph:
    pieces: list[Piece] = field(default_factory=list)
    boxes: list["etree._Element"] = field(default_factory=list)


def read(body: "etree._Element", styles: Mapping[str, str], *, placed: bool) -> Read:
    """The paragraphs in `body`, in document order.

    Args:
        styles: names of the styles, in lower case, by their ids.
        placed: whether the runs are wanted, which take most of the time.
    """
    reader = _Reader(styles, placed=placed)
    found = [(made, style) for made, style in reader.container(body) if made.text]
    if found and found[0][1] == "heading 1" and all(made.section != "headline" for made, _ in found):
        found[0] = replace(found[0][0], section="headline"), "heading 1"
    return Read(list(_quotes(found)), reader.texts)


def styles(root: "etree._Element") -> dict[str, str]:
    """Names of styles in lower case, by their ids; of a newsroom's own the name of what it is based on."""
    names: dict[str, str] = {}
    bases: dict[str, str] = {}
    for style in root.iterchildren(f"{W}style"):
        id_ = str(style.get(f"{W}styleId", ""))
        names[id_] = _value(style, "name").lower()
        bases[id_] = _value(style, "basedOn")
    return {id_: _known(id_, names, bases) for id_ in names}


def _known(id_: str, names: Mapping[str, str], bases: Mapping[str, str]) -> str:
    at = id_
    for _ in range(_BASES):
        name = names.get(at, "")
        if name in _SECTIONS or name in _QUOTES:
            return name
        at = bases.get(at, "")
    return names[id_]


def _value(parent: "etree._Element", name: str) -> str:
    found = parent.find(f"{W}{name}")
    return "" if found is None else str(found.get(f"{W}val", ""))


def notes(root: "etree._Element", why: str) -> list[Block]:
    """The paragraphs of a part that is no article text, such as footnotes, with the reason that users are told."""
    return [Block(made.text, "boilerplate", why) for made, _ in _Reader({}, placed=False).container(root)]


class _Reader:
    """Goes through a document once."""

    def __init__(self, styles: Mapping[str, str], *, placed: bool) -> None:
        self._placed = placed
        self.texts: list[etree._Element] = []
        self._styles = styles
        self._length = 0  # of all texts
        self._fields: list[bool] = []  # of the fields that are open, whether it is their code that stands here
        self._codes = 0  # how many of them
        self._paragraphs = self._tables = 0

    def container(self, root: "etree._Element", place: str = "") -> Iterator[tuple[Block, str]]:
        """The blocks of what holds paragraphs and tables, each with the name of its style."""
        going_on = _Paragraph()
        for element in self._of_blocks(root):
            if element.tag == f"{W}tbl":
                yield from self._table(element, place)
                continue
            self._paragraphs += not place
            self._inline(element, going_on)
            if _mark_is_deleted(element):
                continue
            here = place or f"paragraph {self._paragraphs}"
            yield from self._finished(going_on, self._style(element), here)
            going_on = _Paragraph()
        yield from self._finished(going_on, "", place or f"paragraph {self._paragraphs}")

    def _finished(self, found: _Paragraph, style: str, place: str) -> Iterator[tuple[Block, str]]:
        section = None if style in _QUOTES else _SECTIONS.get(style)
        yield block(found.pieces, section, place=place), style
        for box in found.boxes:
            for made, _ in self.container(box, f"{place}, text box"):
                yield replace(made, section="boilerplate", why="text box"), ""

    def _of_blocks(self, root: "etree._Element") -> Iterator["etree._Element"]:
        for child in root:
            if child.tag in (f"{W}p", f"{W}tbl"):
                yield child
            elif isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
                yield from self._of_blocks(child)

    def _table(self, table: "etree._Element", place: str) -> Iterator[tuple[Block, str]]:
        self._tables += 1
        place = f"{place}, table" if place else f"table {self._tables}"
        for row_number, row in enumerate(_children(table, "tr"), 1):
            if _changed(row, "trPr", "del"):
                continue
            for cell_number, cell in enumerate(_children(row, "tc"), 1):
                if not _changed(cell, "tcPr", "cellDel"):
                    yield from self.container(cell, f"{place}, row {row_number}, cell {cell_number}")

    def _style(self, paragraph: "etree._Element") -> str:
        properties = paragraph.find(f"{W}pPr")
        given = "" if properties is None else _value(properties, "pStyle")
        return self._styles.get(given, given.lower())

    def _inline(self, parent: "etree._Element", into: _Paragraph) -> None:
        for element in parent:
            tag = element.tag
            if not isinstance(tag, str) or tag in _LEFT_OUT:  # a comment of XML has no name
                continue
            if tag == f"{W}fldChar":
                self._field(str(element.get(f"{W}fldCharType", "")))
            elif tag == f"{W}txbxContent":
                into.boxes.append(element)
            elif tag == f"{W}r" and _is_on(element.find(f"{W}rPr/{W}vanish")):
                continue
            elif self._codes:
                self._inline(element, into)  # for the end of the field
            elif tag == f"{W}t" and parent.tag == f"{W}r":
                self._text(element, into)
            elif tag in _BLANKS:
                into.pieces.append(Piece(" "))
            elif tag == f"{W}noBreakHyphen":
                into.pieces.append(Piece("-"))
            elif tag == f"{W}sym":
                into.pieces.append(Piece(_symbol(str(element.get(f"{W}char", "")))))
            else:
                self._inline(element, into)

    def _text(self, element: "etree._Element", into: _Paragraph) -> None:
        text = element.text or ""
        into.pieces.append(Piece(text, Span(self._length, self._length + len(text)) if self._placed else None))
        self.texts.append(element)
        self._length += len(text)

    def _field(self, sort: str) -> None:
        if sort == "begin":
            self._fields.append(True)
            self._codes += 1
        elif self._fields and sort in ("separate", "end"):
            self._codes -= self._fields.pop()
            if sort == "separate":
                self._fields.append(False)


def _quotes(found: Sequence[tuple[Block, str]]) -> Iterator[Block]:
    """The blocks, of which those in a quotation's style are body or, where they repeat its words, pull quotes."""
    prose = "".join(key(made.text) for made, style in found if style not in _QUOTES and made.section in (None, "body"))
    pulled = 0
    for made, style in found:
        if style not in _QUOTES:
            yield made
        elif pulled < _PULL_QUOTES and key(made.text) in prose:
            pulled += 1
            yield replace(made, section="pull-quote", why="repeats the text")
        else:
            yield replace(made, section="body")


def _children(parent: "etree._Element", name: str) -> Iterator["etree._Element"]:
    """The rows of a table or the cells of a row, also where content controls or changes stand around them."""
    for child in parent:
        if child.tag == f"{W}{name}":
            yield child
        elif isinstance(child.tag, str) and child.tag not in _LEFT_OUT and child.tag != f"{W}tbl":
            yield from _children(child, name)


def _changed(element: "etree._Element", properties: str, change: str) -> bool:
    return element.find(f"{W}{properties}/{W}{change}") is not None


def _mark_is_deleted(paragraph: "etree._Element") -> bool:
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    return mark is not None and any(mark.find(f"{W}{name}") is not None for name in ("del", "moveFrom"))


def _is_on(switch: "etree._Element | None") -> bool:
    return switch is not None and switch.get(f"{W}val", "true") not in ("0", "false", "off")


def _symbol(code: str) -> str:
    try:
        number = int(code, 16)
        return "\ufffd" if number in _FROM_A_FONT_ALONE else chr(number)
    except (ValueError, OverflowError):
        return "\ufffd"
