"""Web pages, and parts of them as content systems store them -> an article.

The article's part of the page is what trafilatura finds or the page's own markup says; headline, byline and standfirst
are checked against what the page states in JSON-LD (https://schema.org/NewsArticle).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from audit import ingest
from audit.errors import InputError
from audit.model import Article, Declared, Span
from audit.readers.charset import decoded
from audit.readers.intake import Intake
from audit.readers.linkeddata import stated
from audit.readers.opening import Opening
from audit.readers.pagesections import Quoted, article
from audit.readers.pagetree import tree
from audit.readers.passages import passages

_NAMES = (".html", ".htm", ".xhtml")
_WHOLE = re.compile(r"\s*<!doctype\s+html\b", re.IGNORECASE)
_PARTS = frozenset(
    "a abbr article aside b base blockquote body br center div dl em figure font footer h1 h2 h3 h4 h5 h6 head header"
    " hr i iframe img li link main meta nav noscript ol p pre script section small span strong style table title u"
    " ul".split()
)
_MARKDOWN = (".md", ".markdown")  # in which there may be elements
_LONGEST_NAME = 100  # characters


def recognises(opening: Opening) -> bool:
    """Whether a file is a page, begins as part of one, or is called one and could be."""
    root = opening.root.lower()
    if root == "html" or _WHOLE.match(opening.text):
        return True
    if root in _PARTS:
        return opening.suffix not in _MARKDOWN
    return not root and opening.suffix in _NAMES


def read(name: str, data: bytes, intake: Intake) -> Iterator[Article]:
    """The article of a page.

    Raises:
        InputError: it cannot be decoded, has no text, or is larger or deeper than `intake` allows.
    """
    page = decoded(name, data, intake.encoding)
    root = tree(name, page.text, depth=intake.limits.depth)
    found = passages(root)
    _check(name, [len(passage.text) for passage in found], intake)
    blocks, quoted = article(root, found, stated(root))
    if not any(block.text for block in blocks):
        raise InputError(f"{name}: no text of an article in this page; text that scripts fetch is not in its file")
    if page.warning:
        intake.warn(page.warning)
    made = ingest.assembled(name, blocks, format="html", source=page.text)
    assert made.origin is not None
    declared = tuple(_declared(made, quoted))
    yield replace(made, declared=declared, origin=replace(made.origin, encoding=page.encoding))


def _check(name: str, lengths: Sequence[int], intake: Intake) -> None:
    limits = intake.limits
    if len(lengths) > limits.paragraphs:
        raise InputError(
            f"{name}: more than {limits.paragraphs:,} paragraphs, which is hardly one article;"
            " split it, or raise the limit with --max-paragraphs"
        )
    if sum(lengths) > limits.characters:
        raise InputError(
            f"{name}: more than {limits.characters:,} characters, which is hardly one article;"
            " split it, or raise the limit with --max-characters"
        )


def _declared(made: Article, quoted: Sequence[Quoted]) -> Iterator[Declared]:
    """The sources that stand beside quotations."""
    for one in quoted:
        spans = [paragraph.span for paragraph in made.paragraphs if paragraph.place in one.places]
        source, _, title = one.source.strip(" \u00a0-–—―~").partition(",")
        if spans and source and len(source) <= _LONGEST_NAME:
            yield Declared(source.strip(), "quote", title.strip() or None, Span(spans[0].start, spans[-1].end))
