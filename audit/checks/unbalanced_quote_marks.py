"""H001."""

import re
from collections import deque
from collections.abc import Iterator
from itertools import islice

from audit.checks.hit import Hit
from audit.checks.view import View
from audit.checks.wording import short
from audit.model import Article, Span

_WORD = re.compile(r"\S+")
_BESIDE = 6  # words shown, with the one that has the mark


def unbalanced_quote_marks(view: View) -> Iterator[Hit]:
    """Quotation marks that pair with nothing, the first of each paragraph, with the words beside it; but not a closing
    one where the paragraph before has left a quotation open."""
    article = view.article
    left_open: int | None = None
    for paragraph, mark in view.marks.unpaired.items():
        whole = article.paragraphs[paragraph].span
        opens = mark.end < whole.end and not article.text[mark.end].isspace()
        if opens or left_open != paragraph - 1:
            around = _behind(article, mark, whole) if opens else _before(article, mark, whole)
            yield Hit(around, None, {"words": short(article, around)})
        left_open = paragraph if opens else None


def _behind(article: Article, mark: Span, whole: Span) -> Span:
    """An opening mark with the words behind it in its paragraph."""
    words = islice(_WORD.finditer(article.text, mark.start, whole.end), _BESIDE)
    return Span(mark.start, max(word.end() for word in words))


def _before(article: Article, mark: Span, whole: Span) -> Span:
    """A closing mark with the words before it in its paragraph."""
    words = deque(_WORD.finditer(article.text, whole.start, mark.end), _BESIDE)
    return Span(words[0].start(), mark.end)
