"""Web pages, and parts of them as content systems store them -> an article.

The article's part of the page is what trafilatura finds or the page's own markup says; headline, byline and standfirst
are checked against what the page states in JSON-LD (https://schema.org/NewsArticle).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from audit.errors import InputError, NoArticleError
from audit.model import Article, Declared, Span
from audit.readers import pagesections
from audit.readers.charset import decoded
from audit.readers.declarations import signed
from audit.readers.intake import Intake
from audit.readers.linkeddata import stated
from audit.readers.made import made
from audit.readers.opening import Opening
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
_OURS = '<meta name="generator" content="quote-audit '  # see report/templates/page.html


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
        NoArticleError: it is a report of this program.
        InputError: it cannot be decoded, has no text, or is larger or deeper than `intake` allows.
    """
    page = decoded(name, data, intake.encoding)
    if _OURS in page.text[:2_000]:
        raise NoArticleError(f"{name}: a report of quote-audit; give the articles that it is about")
    root = tree(name, page.text, depth=intake.limits.depth)
    found = passages(root, name, intake)
    blocks, quoted = pagesections.article(root, found, stated(root))
    if not any(block.text for block in blocks):
        raise InputError(f"{name}: no text of an article in this page; text that scripts fetch is not in its file")
    if page.warning:
        intake.warn(page.warning)
    article = made(name, blocks, intake, format="html", source=page.text)
    assert article.origin is not None
    declared = tuple(_declared(article, quoted))
    yield replace(article, declared=declared, origin=replace(article.origin, encoding=page.encoding))


def _declared(article: Article, quoted: Sequence[pagesections.Quoted]) -> Iterator[Declared]:
    """The sources that stand beside quotations."""
    for one in quoted:
        spans = [paragraph.span for paragraph in article.paragraphs if paragraph.place in one.places]
        name, title = signed(one.source)
        if spans and name and len(name) <= _LONGEST_NAME:
            yield Declared(name, "quote", title or None, Span(spans[0].start, spans[-1].end))
