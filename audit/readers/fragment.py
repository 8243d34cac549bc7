"""HTML inside another file, such as the body of a ninjs item or of a feed's -> the blocks of an article.

All of it is the article's, so that there is no tree to look for the article in, as there is for whole pages.
"""

import re
from collections import Counter
from collections.abc import Iterator

from audit.blocks import Block, Piece, block
from audit.ingest import paragraphs
from audit.model import Section
from audit.readers.markuptokens import Tag, tokens
from audit.readers.pagetree import BLOCKS
from audit.readers.traced import Traced, joined

_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_NO_TEXT = frozenset(
    "audio canvas iframe math noembed noframes noscript object script select style svg template textarea title video"
    " xmp".split()
)
_TELLS = {
    **dict.fromkeys(_NO_TEXT, "no text"),
    **dict.fromkeys(_HEADINGS, "heading"),
    **dict.fromkeys(("figcaption", "caption"), "caption"),
    **dict.fromkeys(("figure", "table"), ""),  # with them their captions end
}
_AFTER_HEADINGS = _HEADINGS | {"p"}
"""What a heading that is never closed ends at."""
_EMBEDS = frozenset(
    "bluesky-embed fb-post fb-video instagram-media mastodon-embed reddit-embed-bq tiktok-embed twitter-tweet "
    "twitter-video".split()
)
"""The classes by which social networks have their posts embedded."""
_MARKUP = re.compile(r"</?[A-Za-z]")


class _Walk:
    """The open elements that tell what is in them, or hold one that does."""

    def __init__(self) -> None:
        self.open: list[tuple[str, str]] = []  # the name of an element, and what it tells
        self.names: Counter[str] = Counter()
        self.tells: Counter[str] = Counter()

    def enter(self, name: str, tag: Tag) -> None:
        """Keeps an element that has begun, if it matters."""
        if tag.empty:
            return
        if self.open and self.open[-1][1] == "heading" and name in _AFTER_HEADINGS:
            self.leave(self.open[-1][0])
        classes = tag.attributes.get("class", "").lower().split()
        told = _TELLS.get(name) if _EMBEDS.isdisjoint(classes) else "embed"
        if told is None and not self.names[name]:  # if one of that name is open, the end of this is not its end
            return
        told = told or ""
        self.open.append((name, told))
        self.names[name] += 1
        self.tells[told] += 1

    def leave(self, name: str) -> None:
        """Forgets the element, and those in it that were never closed."""
        closed = None
        while self.names[name] and closed != name:
            closed, told = self.open.pop()
            self.names[closed] -= 1
            self.tells[told] -= 1

    def section(self) -> tuple[Section | None, str]:
        """The section of what stands here, and why it is no prose."""
        if self.tells["embed"]:
            return "boilerplate", "social embed"
        if self.tells["caption"]:
            return "caption", ""
        return ("subheading" if self.tells["heading"] else None), ""


def blocks(source: Traced, place: str = "") -> Iterator[Block]:
    """The blocks of an HTML fragment, or of text in which there are no tags, but perhaps entities.

    Two line breaks end a paragraph, one is a blank. `place` is that of the fragment in its file.
    """
    if not _MARKUP.search(source.text):
        yield from plain(joined(_pieces(source)), place)
        return
    walk = _Walk()
    pieces: list[Piece] = []
    broken = False  # whether nothing but blanks stands behind the last line break

    def made() -> Iterator[Block]:
        nonlocal broken
        section, why = walk.section()
        if pieces:
            yield block(pieces, section, why=why, place=place)
        pieces.clear()
        broken = False

    for token in tokens(source.text, xml=True):
        if isinstance(token, Piece):
            if not walk.tells["no text"]:
                pieces.extend(_traced(source, token))
                broken = broken and not token.text.strip()
            continue
        name = token.name.rpartition(":")[2]  # XHTML in feeds may have prefixes
        if name == "br":
            if broken:
                yield from made()
            pieces.append(Piece("\n"))
            broken = True
        elif name == "q" and not walk.tells["no text"]:
            pieces.append(Piece("”" if token.closing else "“"))  # as browsers show it
        elif name in BLOCKS | _NO_TEXT or walk.names[name]:
            if name in BLOCKS:
                yield from made()
            if token.closing:
                walk.leave(name)
            else:
                walk.enter(name, token)
    yield from made()


def plain(source: Traced, place: str = "") -> Iterator[Block]:
    """The blocks of a text without markup: its paragraphs."""
    for span in paragraphs(source.text):
        yield block(source.cut(span.start, span.end), place=place)


def _pieces(source: Traced) -> Iterator[Piece]:
    for token in tokens(source.text, xml=True):
        if isinstance(token, Piece):
            yield from _traced(source, token)


def _traced(source: Traced, piece: Piece) -> Iterator[Piece]:
    """A piece of the text of `source`, with its places in the file."""
    assert piece.there
    if piece.text == source.text[piece.there.start : piece.there.end]:
        yield from source.cut(piece.there.start, piece.there.end)
    else:  # a character reference
        yield source.whole(piece.there.start, piece.there.end, piece.text)
