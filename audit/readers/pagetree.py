"""The source of a web page, however broken -> its elements, with the place in the source of all text in them.

Elements are closed where browsers close them, but none is moved: text stays in the order in which it is written.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from audit import lines
from audit.blocks import Piece
from audit.errors import InputError
from audit.readers.markuptokens import Tag, tokens

BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hgroup hr html iframe legend li main menu nav ol p pre search section"
    " summary table tbody td tfoot th thead title tr ul".split()
)
"""Elements that begin and end a paragraph."""
_EMPTY = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_CELLS = frozenset(["td", "th"])
_ROWS = _CELLS | {"tr"}
_CLOSED_BY = {
    "li": frozenset(["li"]),
    "dt": frozenset(["dt", "dd"]),
    "dd": frozenset(["dt", "dd"]),
    "td": _CELLS,
    "th": _CELLS,
    "tr": _ROWS,
    "tbody": _ROWS | {"tbody", "thead"},
    "tfoot": _ROWS | {"tbody", "thead"},
    "option": frozenset(["option"]),
    "body": frozenset(["head", "title"]),
    "a": frozenset(["a"]),
}
"""What a tag closes if it is open, up to the next element of _SCOPES."""
_SCOPES = frozenset("ul ol dl menu table select html".split())
_MOST_ELEMENTS = 100_000  # pages of news have some thousands
_MOST_TOKENS = 300_000  # tags, and stretches of text between them and character references
_MOST_SIGNS = 1_000_000  # "<", also of comments and in scripts; 6 million comments take ten seconds
_CLOSE_NO_P = frozenset(["td", "th", "tr", "tbody", "thead", "tfoot", "caption", "html", "body", "title", "iframe"])


@dataclass(slots=True, eq=False)
class Element:
    """An element; `number` is its place, from 1, among those of its name in its parent."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    parent: "Element | None" = None
    number: int = 1
    children: "list[Element | Piece]" = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)  # of the elements of each name in it
    _place: str | None = None

    @property
    def place(self) -> str:
        """An XPath of the element as the page is written: ``/html/body/p[3]``; "" of what all are in."""
        if self.parent is None:
            return ""
        if self._place is None:
            number = f"[{self.number}]" if self.parent.counts[self.tag] > 1 else ""
            self._place = f"{self.parent.place}/{self.tag}{number}"
        return self._place

    def upward(self) -> "Iterator[Element]":
        """The element and all that it is in, the outermost last."""
        element: Element | None = self
        while element is not None:
            yield element
            element = element.parent

    def elements(self) -> "Iterator[Element]":
        """The elements in it, in the order in which they begin, and itself first."""
        left = [self]
        while left:
            element = left.pop()
            yield element
            left += [child for child in reversed(element.children) if isinstance(child, Element)]

    @property
    def text(self) -> str:
        """All text in it, as written."""
        found: list[str] = []
        left: list[Element | Piece] = [self]
        while left:
            one = left.pop()
            if isinstance(one, Piece):
                found.append(one.text)
            else:
                left += reversed(one.children)
        return "".join(found)


def tree(name: str, source: str, *, depth: int) -> Element:
    """What is in `source`, in an element without a name.

    Raises:
        InputError: elements stand in each other more than `depth` deep, or are far more than a page has.
    """
    root = Element("")
    under = [root]
    count = 0

    def refuse(token: Tag | Piece, what: str) -> InputError:
        there = token.span if isinstance(token, Tag) else token.there
        line, column = lines.place(lines.starts(source), there.start if there else 0)
        return InputError(
            f"{name}:{line}:{column}: {what}, which no article has; give the article without what is around it"
        )

    if source.count("<") > _MOST_SIGNS:
        raise InputError(f"{name}: more than {_MOST_SIGNS:,} tags and comments, which no article has")
    for read, token in enumerate(tokens(source)):
        if read > _MOST_TOKENS:
            raise refuse(token, f"more than {_MOST_TOKENS:,} tags and character references")
        if isinstance(token, Piece):
            under[-1].children.append(token)
        elif token.closing:
            _close(under, token.name)
        else:
            _make_room(under, token.name)
            if token.name in ("html", "body") and any(element.tag == token.name for element in under):
                continue
            count += 1
            if len(under) > depth:
                raise refuse(token, f"elements in each other more than {depth} deep")
            if count > _MOST_ELEMENTS:
                raise refuse(token, f"more than {_MOST_ELEMENTS:,} elements")
            _open(under, token)
    return root


def _open(under: list[Element], tag: Tag) -> None:
    parent = under[-1]
    number = parent.counts[tag.name] = parent.counts.get(tag.name, 0) + 1
    element = Element(tag.name, tag.attributes, parent, number)
    parent.children.append(element)
    if tag.name not in _EMPTY:
        under.append(element)


def _make_room(under: list[Element], name: str) -> None:
    """Close what cannot have an element of that name in it."""
    if name in BLOCKS and name not in _CLOSE_NO_P:
        _close(under, "p")
    closed = _CLOSED_BY.get(name)
    if not closed:
        return
    for depth in range(len(under) - 1, 0, -1):
        tag = under[depth].tag
        if tag in closed:
            del under[depth:]
        elif tag in _SCOPES or (name == "a" and tag in BLOCKS):
            return


def _close(under: list[Element], name: str) -> None:
    """Close the innermost element of that name, and all in it; an inline one in the same block only."""
    for depth in range(len(under) - 1, 0, -1):
        tag = under[depth].tag
        if tag == name:
            del under[depth:]
            return
        if tag in ("td", "th", "table") and name not in ("td", "th", "tr", "tbody", "thead", "tfoot", "table"):
            return
        if tag in BLOCKS and name not in BLOCKS:
            return
