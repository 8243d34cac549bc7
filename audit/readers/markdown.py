"""Markdown (CommonMark with tables) -> an article: https://spec.commonmark.org/."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from audit.blocks import Block, Piece, block
from audit.decoding import decode
from audit.errors import InputError
from audit.model import Article, Section, Span
from audit.readers import fragment, traced
from audit.readers.intake import Intake
from audit.readers.made import check, made
from audit.readers.opening import Opening
from audit.readers.traced import Traced

if TYPE_CHECKING:
    from markdown_it.token import Token

SUFFIXES = (".md", ".markdown")
_FRONT = re.compile(
    r"\ufeff?(---|\+\+\+)[ \t]*\r?\n((?:(?!\1[ \t]*$)[^\n]*\n){1,200}?)\1[ \t]*(?:\r?\n|\Z)", re.MULTILINE
)
_FIELD = re.compile(r"^(title|subtitle|author)[ \t]*+[:=][ \t]*+([^\r\n]*+)", re.MULTILINE | re.IGNORECASE)
_HEADING = re.compile(r"^#{1,6} \S", re.MULTILINE)
_INLINE = re.compile(r"!?\[[^\]\n]{1,200}\]\([^)\s]{1,500}\)|(?<!\S)(\*\*?|__?)[^\s*_][^*_\n]{0,200}[^\s*_]?\1(?!\w)")
_FIELDS: dict[str, Section] = {"title": "headline", "subtitle": "standfirst", "author": "byline"}
_MARK = re.compile(r"\r\n?|[\n\[*_`<&|\\!]")
_MOST_MARKS = 100_000  # with lines, of which an article has 20,000; the library takes up to 30 µs for each
_SKIPPED = {"fence": "code", "code_block": "code", "html_block": "HTML block"}
# What stands behind the text of a link or an image: an address and perhaps a title, or the name of a reference.
_LINK_END = re.compile(r"\](?:\((?:<[^>\n]*>|\\.|\([^()\n]*\)|\"[^\"]*\"|'[^']*'|[^()\\\"'<])*\)|\[[^\]\n]*\])?")


def recognises(opening: Opening) -> bool:
    """Whether its name says so, it begins with front matter, or it has a heading as well as links or emphasis."""
    text = opening.text
    front = _FRONT.match(text)
    return (
        opening.suffix in SUFFIXES
        or bool(front and _FIELD.search(front[2]))
        or bool(_HEADING.search(text) and _INLINE.search(text))
    )


def read(name: str, data: bytes, intake: Intake) -> Iterator[Article]:
    """The article in a Markdown file.

    Raises:
        InputError: it is no text, is empty, is longer than `intake` allows, or has more marks than text.
    """
    reading = decode(name, data, intake.encoding)
    if reading.warning:
        intake.warn(reading.warning)
    check(name, intake, characters=len(reading.text))
    if sum(1 for _ in _MARK.finditer(reading.text)) > _MOST_MARKS:
        raise InputError(f"{name}: more than {_MOST_MARKS:,} lines and marks of Markdown, which is hardly one article")
    yield made(name, _blocks(reading.text), intake, format="markdown", source=reading.text)


def _blocks(source: str) -> Iterator[Block]:
    from markdown_it import MarkdownIt

    front = _FRONT.match(source)
    head = list(_head(source, front)) if front else []
    yield from head
    titles = {block.text for block in head if block.section == "headline"}
    begins = front.end() if front else 0
    # Without the last rule, escapes and entities stay tokens of their own, which say how they are written.
    tokens = MarkdownIt("commonmark").enable("table").disable("text_join").parse(source[begins:])
    starts = [begins, *(begins + found.end() for found in re.finditer(r"\n|\r\n?", source[begins:]))]
    heading = ""
    at = begins
    for token in tokens:
        if token.type == "heading_open":
            heading = token.tag
        elif token.type == "heading_close":
            heading = ""
        elif token.type == "inline":
            lines = token.map or [0, 0]
            start = starts[lines[0]]
            at = max(at, start)
            text, at = _content(token.content, source, at, starts[lines[0] : lines[1] + 1])
            made_of = block(_pieces(token.children or [], text))
            section: Section | None = None
            why = ""
            if heading and made_of.text in titles:
                section, why = "boilerplate", "repeats the headline"
            elif heading == "h1" and not titles:
                section = "headline"
                titles.add(made_of.text)
            elif heading:
                section = "subheading"
            yield Block(made_of.text, section, why, "", made_of.runs)
            yield from _captions(token.children or [])
        elif why := _SKIPPED.get(token.type, ""):
            for skipped in (
                fragment.blocks(Traced(token.content)) if why == "HTML block" else [block([Piece(token.content)])]
            ):
                yield Block(skipped.text, "boilerplate", why)


def _head(source: str, front: re.Match[str]) -> Iterator[Block]:
    """Title, subtitle and author of front matter in YAML or TOML, of which only such lines are read."""
    for found in _FIELD.finditer(source, *front.span(2)):
        said = found[2].rstrip()
        quoted = len(said) > 1 and said[0] in "\"'" and said[-1] == said[0]
        start = found.start(2) + quoted
        piece = Piece(said[1:-1] if quoted else said, Span(start, start + len(said) - 2 * quoted))
        yield block([piece], _FIELDS[found[1].lower()], place="front matter")


def _captions(tokens: Sequence["Token"]) -> Iterator[Block]:
    for token in tokens:
        if token.type == "image" and token.attrs.get("title"):
            yield Block(" ".join(str(token.attrs["title"]).split()), "caption")


def _content(content: str, source: str, at: int, starts: Sequence[int]) -> tuple[Traced, int]:
    """The text of a block with its inline markup, each line of it with its place; and where that ends.

    The library gives the lines without what marks them as of a list or a quotation.
    """
    pieces: list[Piece] = []
    for number, line in enumerate(content.split("\n")):
        if number:
            pieces.append(Piece("\n"))
            at = max(at, starts[number]) if number < len(starts) else at
        end = source.find("\n", at)
        end = len(source) if end < 0 else end
        found = source.rfind(line, at, end) if len(starts) > 2 else source.find(line, at, end)
        if line and found >= 0:
            pieces.append(Piece(line, Span(found, found + len(line))))
            at = found + len(line)
        else:
            pieces.append(Piece(line))
    return traced.joined(pieces), at


def _pieces(tokens: Sequence["Token"], content: Traced) -> Iterator[Piece]:
    """What a reader sees of a block's text, each piece with its place."""
    at = 0
    for token in tokens:
        match token.type:
            case "text" | "text_special" | "code_inline":
                written = token.markup if token.type == "text_special" else token.content
                found = content.text.find(written, at)
                if found < 0:
                    yield Piece(token.content)
                    continue
                at = found + len(written)
                if written == token.content:
                    yield from content.cut(found, at)
                else:
                    yield content.whole(found, at, token.content)
            case "softbreak" | "hardbreak":
                at = max(at, content.text.find("\n", at) + 1)
                yield Piece("\n")
            case "html_inline":
                at = max(at, content.text.find(token.content, at) + len(token.content))
            case "image":
                inside = content.text.find(token.content, at)
                at = _behind(content.text, inside + len(token.content)) if inside >= 0 else at
            case "link_close" if token.markup != "autolink":
                at = _behind(content.text, at)
            case _ if token.markup and content.text.startswith(token.markup, at):
                at += len(token.markup)


def _behind(text: str, at: int) -> int:
    found = _LINK_END.search(text, at)
    return found.end() if found else at
