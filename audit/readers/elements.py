"""XML -> elements and, between them, pieces of text that know where they stand in the file."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from html.entities import html5
from typing import Union

from audit.blocks import Piece, block
from audit.model import Span
from audit.readers.intake import Intake
from audit.readers.markup import scan


@dataclass(slots=True, eq=False)
class Element:
    """An element; names are local ones, without the prefix of a namespace."""

    name: str
    attributes: dict[str, str]
    parent: "Element | None" = None
    number: int = 1  # among those of its name in its parent
    children: list[Union["Element", Piece]] = field(default_factory=list)
    counted: dict[str, int] | None = None  # its children, by their names
    begin: int = 0  # in the file
    end: int = 0  # where its closing tag begins

    @property
    def path(self) -> str:
        """Where it is, as an XPath of local names: ``/nitf/body/body.content/p[3]``."""
        steps: list[str] = []
        element: Element | None = self
        while element:
            above = element.parent
            only = above is None or above.counted is None or above.counted[element.name] == 1
            steps.append(element.name if only else f"{element.name}[{element.number}]")
            element = above
        return "/" + "/".join(reversed(steps))

    def elements(self, *names: str) -> Iterator["Element"]:
        """The children of these names."""
        return (child for child in self.children if isinstance(child, Element) and child.name in names)

    def below(self, *names: str, without: Collection[str] = ()) -> Iterator["Element"]:
        """The elements of these names in it, at any depth, in the file's order; none in one of `without`."""
        return (child for child in _all(self, without) if isinstance(child, Element) and child.name in names)

    def outermost(self, *names: str) -> Iterator["Element"]:
        """As `below`, but none that is in another."""
        return (child for child in _all(self, (), names) if isinstance(child, Element) and child.name in names)

    def pieces(self, without: Collection[str] = ()) -> Iterator[Piece]:
        """The text in it at any depth, but for what is in elements of the names `without`."""
        return (child for child in _all(self, without) if isinstance(child, Piece))

    def text(self, without: Collection[str] = ()) -> str:
        """As `pieces`, as a reader sees it."""
        return block(self.pieces(without)).text


def _all(element: Element, without: Collection[str], whole: Collection[str] = ()) -> Iterator[Element | Piece]:
    """What is below an element, but for elements `without` and what is in those that are taken `whole`.

    There is no recursion: each level of it would be paid for by each piece.
    """
    waiting = list(reversed(element.children))
    while waiting:
        child = waiting.pop()
        if isinstance(child, Element):
            if child.name in without:
                continue
            if child.name not in whole:
                waiting.extend(reversed(child.children))
        yield child


def elements(name: str, text: str, intake: Intake) -> Element:
    """The root element of an XML text; pieces are offsets into it.

    Entities that the text does not declare are those of HTML, as in NITF's DTD, or else stand as they are written.

    Raises:
        InputError: see audit.readers.markup.scan.
    """
    builder = _Builder(text)
    scan(name, text, intake, builder)
    (root,) = builder.top.elements(*builder.top.counted or ())
    root.parent = None
    return root


class _Builder:
    """Makes elements of what `scan` tells."""

    def __init__(self, text: str) -> None:
        self.top = Element("", {})
        self._text = text
        self._open = self.top
        self._literal: int | None = None  # where text begins that stands for itself
        self._words = ""  # the last stretch of text, whose end is not yet known, and
        self._begun = 0  # its begin

    def start(self, at: int, name: str, attributes: dict[str, str]) -> None:
        self._finish(at)
        self._open = child(self._open, name, attributes)
        self._open.begin = at

    def end(self, at: int) -> None:
        self._finish(at)
        self._open.end = at
        assert self._open.parent
        self._open = self._open.parent

    def text(self, at: int, text: str) -> None:
        self._measure(at)
        self._words, self._begun = text, at

    def entity(self, at: int, name: str) -> None:
        self.text(at, html5.get(f"{name};", f"&{name};"))

    def other(self, at: int) -> None:
        self._finish(at)

    def _measure(self, end: int) -> None:
        """Knows the last stretch's end, and so whether it stands for itself."""
        if not self._words:
            return
        # A line break is told of as "\n", also where it is "\r\n", which is as blank.
        if end - self._begun == len(self._words) or self._text[self._begun] == "\r":
            if self._literal is None:
                self._literal = self._begun
        else:
            self._flush(self._begun)
            self._open.children.append(Piece(self._words, Span(self._begun, end)))
        self._words = ""

    def _flush(self, end: int) -> None:
        if self._literal is not None:
            self._open.children.append(Piece(self._text[self._literal : end], Span(self._literal, end)))
            self._literal = None

    def _finish(self, at: int) -> None:
        self._measure(at)
        self._flush(at)


def child(parent: Element, name: str, attributes: dict[str, str]) -> Element:
    """A new last child of `parent`, with its name and attributes as written."""
    local = name.rpartition(":")[2]
    parent.counted = parent.counted or {}
    parent.counted[local] = number = parent.counted.get(local, 0) + 1
    made = Element(local, {key.rpartition(":")[2]: value for key, value in attributes.items()}, parent, number)
    parent.children.append(made)
    return made
