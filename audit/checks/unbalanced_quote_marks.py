"""H001."""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import islice

from audit.checks.hit import Hit
from audit.checks.marked import marked
from audit.checks.wording import short
from audit.model import Article, Claim, Span
from audit.rule import Rules

_WORD = re.compile(r"\S+")
_BESIDE = 6  # words shown, with the one that has the mark


def unbalanced_quote_marks(article: Article, claims: Sequence[Claim], rules: Rules) -> Iterator[Hit]:
    """Quotation marks that pair with nothing, the first of each paragraph, with the words beside it; but not a closing
    one where the paragraph before has left a quotation open."""
    left_open: int | None = None
    for paragraph, mark in marked(article).unpaired.items():
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
