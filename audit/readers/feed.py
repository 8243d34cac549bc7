"""RSS 0.9 to 2.0 and Atom -> an article of each item that holds as much as a sentence.

feedparser says what is the title, the author and the text of an item. It is given bytes, never an address or a name,
and only what is well-formed XML without entities of its own.
"""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from audit.blocks import Block, Piece
from audit.errors import InputError
from audit.model import Article, Section, Span
from audit.readers import fragment, markup, traced
from audit.readers.intake import Intake
from audit.readers.made import check_length, check_marks, made
from audit.readers.opening import Opening
from audit.readers.traced import Traced

SUFFIXES = (".rss", ".atom", ".rdf")
_ITEMS = ("item", "entry")
_AUTHOR = re.compile(r"\s*[^\s()@]+@[^\s()@]+\s*\(([^()]+)\)\s*")
_PEOPLE = frozenset("author contributor creator email managingeditor name owner publisher webmaster".split())
_LONGEST_NAME = 2_000  # characters; feedparser takes a time that grows with their square: for 100,000 of them 35 s
_NO_INK = re.compile(r"<[^<>]*>|&[^;\s]{1,10};|[\s<>&\"']")
_SHORTEST = 4  # words of a sentence; “Read more.” and “Full story here.” are none
_NAMED = 5  # of the items that are left out
_CLOSERS = "\"'”’)]"
_FOOTER = re.compile(r"The post .{1,300} appeared first on .{1,100}$")  # of WordPress


def recognises(opening: Opening) -> bool:
    """Whether its first element is that of a feed."""
    return opening.root in ("rss", "feed", "RDF", "entry")


def read(name: str, data: bytes, intake: Intake) -> Iterator[Article]:
    """The articles in a feed; items that only announce one are left out, which the user is told once.

    Raises:
        InputError: it is no well-formed XML, or none of its items is an article.
    """
    source = markup.decoded(name, data, intake)
    check_marks(name, source)
    items = _Items(source)
    markup.scan(name, source, intake, items)
    if items.longest_name > _LONGEST_NAME:
        raise InputError(f"{name}: an author of over {_LONGEST_NAME:,} characters; give the articles themselves")
    if len(items.found) > intake.limits.files:
        raise InputError(f"{name}: more than {intake.limits.files:,} items; split the feed")
    entries = _entries(name, source[items.begin :])
    short: list[int] = []
    for number, entry in enumerate(entries, 1):
        called = f"{name}#{number}"
        item = items.found[number - 1] if len(entries) == len(items.found) else _Item("")
        try:
            text = list(_text(called, entry, item, intake))
            if not any(_is_sentence(block.text) for block in text):
                short.append(number)
                continue
            yield made(called, [*_head(entry, item), *text], intake, format="feed", source=source)
        except InputError as error:
            intake.fail(called, error)
    if len(short) == len(entries):
        none = f"none of its {len(short):,} items holds as much as a sentence" if short else "there are no items in it"
        raise InputError(f"{name}: a feed, but {none}; give the articles themselves, as pages or text")
    if short:
        which = ", ".join(f"#{number}" for number in short[:_NAMED]) + (" ..." if len(short) > _NAMED else "")
        intake.warn(f"{name}: {len(short):,} of {len(entries):,} items left out, with less than a sentence: {which}")


@dataclass(frozen=True, slots=True)
class _Item:
    """An item of the feed as written: its place, and each element in it with its text."""

    place: str
    elements: list[tuple[str, Traced]] = field(default_factory=list)

    def find(self, value: str) -> tuple[str, Traced]:
        """The element whose text is `value`, and its place; the mere value when none is, as where it was decoded."""
        ink = _ink(value)
        for name, text in self.elements:
            if text.text.strip() == value.strip() or ("<" in value and _ink(text.text) == ink):
                return f"{self.place}/{name}", text
        return self.place, Traced(value)

    def author(self) -> tuple[str, Traced] | None:
        """The name in what RSS wants an author to be: ``address (name)``."""
        for name, text in self.elements:
            if name.rpartition(":")[2] in ("author", "creator") and (found := _AUTHOR.fullmatch(text.text)):
                return f"{self.place}/{name}", traced.joined(text.cut(*found.span(1)))
        return None


class _Items:
    """Is told of a feed's XML, and keeps its items; see markup.Told."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.found: list[_Item] = []
        self.begin = -1  # of the first element
        self.longest_name = 0  # of a person, in characters
        self._name = 0  # of the one that the path leads to
        self._path: list[str] = []
        self._counts: list[dict[str, int]] = [{}]
        self._depth = 0  # of the item in the path, 0 outside of one
        self._begun = -1  # where the content of an item's element begins; -1 until it is known
        self._nested = False
        self._pieces: list[Piece] = []
        self._last: tuple[int, str] | None = None

    def start(self, at: int, name: str, attributes: dict[str, str]) -> None:
        self.other(at)
        self.begin = at if self.begin < 0 else self.begin
        local = name.rpartition(":")[2]
        counts = self._counts[-1]
        counts[name] = counts.get(name, 0) + 1
        inside = self._depth and len(self._path) > self._depth
        self._path.append(f"{name}[{counts[name]}]" if local in _ITEMS and not inside else name)
        self._counts.append({})
        self._name = 0
        if local in _ITEMS and not self._depth:
            self._depth = len(self._path)
            self.found.append(_Item("/" + "/".join(self._path)))
        elif self._depth and len(self._path) == self._depth + 1:
            self._begun, self._nested, self._pieces = -1, False, []
        elif inside:
            self._nested = True

    def end(self, at: int) -> None:
        self.other(at)
        name = self._path.pop()
        self._counts.pop()
        if self._depth and len(self._path) == self._depth:
            whole = traced.of(self.source, self._begun, at) if self._nested else traced.joined(self._pieces)
            self.found[-1].elements.append((name, whole))
        elif len(self._path) < self._depth:
            self._depth = 0

    def text(self, at: int, text: str) -> None:
        self.other(at)
        self._last = (at, text)
        if self._path[-1].rpartition(":")[2].lower() in _PEOPLE:
            self._name += len(text)
            self.longest_name = max(self.longest_name, self._name)

    def entity(self, at: int, name: str) -> None:
        self.text(at, f"&{name};")

    def other(self, at: int) -> None:
        if self._begun < 0:
            self._begun = at
        if self._last:
            start, text = self._last
            self._pieces.append(Piece(text, Span(start, at)))
            self._last = None


def _ink(text: str) -> str:
    """The characters of XHTML that stay when tags are written otherwise, as feedparser does."""
    return _NO_INK.sub("", text)


def _entries(name: str, root: str) -> Sequence[Any]:
    """The items, from the text of the first element; in what stands before it the library looks for entities, in a time
    that grows with the square of its lines."""
    import feedparser

    try:
        found = feedparser.parse(io.BytesIO(root.encode()), sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # of names of elements that nobody uses it raises whatever comes of them
        raise InputError(f"{name}: a feed that cannot be read ({error}); give the articles themselves") from error
    return list(found.entries)


def _text(name: str, entry: Any, item: _Item, intake: Intake) -> Iterator[Block]:
    """The blocks of the longest text that an item holds."""
    texts = [*entry.get("content", ()), *([entry.summary_detail] if entry.get("summary_detail") else [])]
    longest = max((text for text in texts if text.get("value")), key=lambda text: len(text.value), default=None)
    if longest:
        check_length(name, longest.value, intake)
        for block in _blocks(longest, item):
            if _FOOTER.match(block.text):
                yield Block(block.text, "boilerplate", "the feed's own line", block.place, block.runs)
            else:
                yield block


def _head(entry: Any, item: _Item) -> Iterator[Block]:
    """Title and author."""
    if entry.get("title_detail"):
        yield from _marked(_blocks(entry.title_detail, item), "headline")
    author = entry.get("author_detail", {}).get("name") or entry.get("author")
    if author:
        place, text = item.author() or item.find(author)
        yield from _marked(fragment.plain(text, place), "byline")


def _blocks(text: Any, item: _Item) -> Iterator[Block]:
    place, written = item.find(text.value)
    return (fragment.plain if text.get("type") == "text/plain" else fragment.blocks)(written, place)


def _marked(blocks: Iterator[Block], section: Section) -> Iterator[Block]:
    for block in blocks:
        yield Block(block.text, section, "", block.place, block.runs)


def _is_sentence(text: str) -> bool:
    """Whether there is the end of a sentence in it, not the three dots of one that is cut off."""
    ends = (word.rstrip(_CLOSERS) for word in text.split()[_SHORTEST - 1 :])
    return any(word.endswith((".", "!", "?")) and not word.endswith("..") for word in ends)
