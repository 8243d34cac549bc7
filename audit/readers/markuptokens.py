"""HTML, a page or a fragment of one -> its tags and its text, each with its place, in one pass and in linear time.

After the tokenizer of https://html.spec.whatwg.org/multipage/parsing.html#tokenization, so that what stands in tags,
comments and scripts here stands in them in a browser. `html.parser` will not do: up to Python 3.13 it takes quadratic
time for unclosed tags (25 s for 100 kB of them), raises AssertionError on ``<![<``, and loses what follows ``&#``.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from audit.blocks import Piece
from audit.model import Span

_CONSTRUCT = re.compile(r"<(?:(?P<tag>/?[A-Za-z][^\s/>]*)|(?P<comment>!--)|!\[(?P<cdata>CDATA)\[|(?P<bogus>[!?/]))")
_ATTRIBUTE = re.compile(
    r"""(?P<blank>[\s/]*)(?:(?P<end>>)|(?P<name>[^\s/>][^\s/>=]*)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'"""
    r"""|(?P<open>["'])|(?P<bare>[^\s>]*)))?)"""
)
_REFERENCE = re.compile(r"&(?:#(?:[0-9]{1,20}|[xX][0-9a-fA-F]{1,20})|[A-Za-z][A-Za-z0-9]{0,31});?")
_RAW = frozenset("script style xmp iframe noembed noframes noscript textarea title".split())
"""Elements in which there are no tags; a browser that runs scripts finds none in noscript."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag at `span`; `name` and the names of `attributes` are in lower case."""

    name: str
    closing: bool
    attributes: dict[str, str]
    span: Span
    empty: bool = False  # written <br/>, which ends the element in XML, and nothing in HTML


def tokens(source: str, *, xml: bool = False) -> Iterator[Tag | Piece]:
    """The tags and the text of `source`, in order; comments, declarations and what is cut short at its end are left
    out. The text of elements such as ``script`` is a piece between their tags.

    Args:
        xml: whether it may be XHTML, as in feeds: CDATA is text, ``<script/>`` is all of its element.
    """
    at = 0
    while at < len(source):
        found = _CONSTRUCT.search(source, at)
        yield from pieces(source, Span(at, found.start() if found else len(source)))
        if not found:
            return
        if found["comment"]:
            at = _behind(source, "-->", found.end() - 2)  # "<!-->" is a comment too
        elif found["cdata"] and xml:
            end = source.find("]]>", found.end())
            yield from _raw(source, found.end(), len(source) if end < 0 else end)
            at = _behind(source, "]]>", found.end())
        elif found["bogus"] or found["cdata"]:
            at = _behind(source, ">", found.end())
        else:
            tag = _tag(source, found)
            if tag is None:
                return
            yield tag
            at = tag.span.end
            if tag.name in _RAW and not tag.closing and not (xml and tag.empty):
                closing = re.compile(rf"</{tag.name}(?=[\s/>])", re.IGNORECASE).search(source, at)
                end = closing.start() if closing else len(source)
                yield from _raw(source, at, end)
                at = end


def pieces(source: str, span: Span) -> Iterator[Piece]:
    """The text of a stretch without tags, each character reference in it a piece by itself."""
    at = span.start
    for found in _REFERENCE.finditer(source, span.start, span.end):
        meant = html.unescape(found[0])
        if meant == found[0]:
            continue
        if found.start() > at:
            yield Piece(source[at : found.start()], Span(at, found.start()))
        yield Piece(meant, Span(*found.span()))
        at = found.end()
    if span.end > at:
        yield Piece(source[at : span.end], Span(at, span.end))


def _raw(source: str, start: int, end: int) -> Iterator[Piece]:
    """The text of a stretch that stands for itself, if there is any."""
    if start < end:
        yield Piece(source[start:end], Span(start, end))


def _tag(source: str, opening: re.Match[str]) -> Tag | None:
    """The tag that begins there, None if the source ends in it."""
    name = opening["tag"].lower()
    attributes: dict[str, str] = {}
    at = opening.end()
    while found := _ATTRIBUTE.match(source, at):
        at = found.end()
        if found["end"]:
            return Tag(
                name.lstrip("/"),
                name.startswith("/"),
                attributes,
                Span(opening.start(), at),
                found["blank"].endswith("/"),
            )
        if found["open"]:
            return None
        value = found["double"] or found["single"] or found["bare"] or ""
        attributes.setdefault(found["name"].lower(), html.unescape(value) if "&" in value else value)
    return None


def _behind(source: str, end: str, at: int) -> int:
    found = source.find(end, at)
    return found + len(end) if found >= 0 else len(source)
