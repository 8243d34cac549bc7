"""H001."""

from collections.abc import Iterator, Sequence

from audit.checks.hit import Hit
from audit.checks.marked import marked
from audit.checks.wording import short
from audit.model import Article, Claim, Span
from audit.rule import Rules

_BEFORE = 30  # characters shown before a closing mark
_SHOWN = 40  # characters shown behind an opening one


def unbalanced_quote_marks(article: Article, claims: Sequence[Claim], rules: Rules) -> Iterator[Hit]:
    """Quotation marks that pair with nothing, the first of each paragraph; but not a closing one where the paragraph
    before has left a quotation open."""
    left_open: int | None = None
    for paragraph, mark in marked(article).unpaired.items():
        whole = article.paragraphs[paragraph].span
        opens = mark.end < whole.end and not article.text[mark.end].isspace()
        if opens or left_open != paragraph - 1:
            around = Span(mark.start, whole.end) if opens else Span(max(whole.start, mark.start - _BEFORE), mark.end)
            yield Hit(mark, None, {"mark": article.slice(mark), "words": short(article, around, _SHOWN)})
        left_open = paragraph if opens else None
