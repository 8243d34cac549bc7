"""Q007."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from audit.checks.hit import Hit
from audit.checks.marked import certainty
from audit.checks.view import View
from audit.checks.wording import short

_DISPLAYED = frozenset({"headline", "standfirst"})
_ENOUGH = 0.9  # of the quoted words must stand in one paragraph's quotations, in order
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def headline_quote_not_in_text(view: View) -> Iterator[Hit]:
    """Words quoted in a headline or standfirst that no quotation of the text has. Words that stand in it without
    marks are let pass: a name or title, or a text that quotes at length without them."""
    article = view.article
    marks = view.marks
    shown = [s for s in marks.stretches if s.closed and article.paragraphs[s.paragraph].section in _DISPLAYED]
    if not shown:
        return
    quoted: dict[int, list[str]] = {}
    for stretch in marks.stretches:
        if article.paragraphs[stretch.paragraph].section not in _DISPLAYED:
            quoted.setdefault(stretch.paragraph, []).extend(_words(article.slice(stretch.inner)))
    body = " ".join(article.slice(p.span) for p in article.paragraphs if p.section not in _DISPLAYED)
    plain = f" {' '.join(_words(body))} "
    for stretch in shown:
        words = _words(article.slice(stretch.inner))
        if not words:
            continue
        said = any(_share(words, spoken) >= _ENOUGH for spoken in quoted.values())
        if not said and f" {' '.join(words)} " not in plain:
            confidence = certainty(marks, stretch.paragraph)
            yield Hit(stretch.span, None, {"words": short(article, stretch.span)}, confidence=confidence)


def _share(words: Sequence[str], spoken: Sequence[str]) -> float:
    """How many of `words` stand in `spoken` in the same order, from 0 to 1."""
    if len(set(words) & set(spoken)) < _ENOUGH * len(set(words)):
        return 0.0
    blocks = SequenceMatcher(None, words, spoken, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(words)


def _words(text: str) -> list[str]:
    return [word.removesuffix("s") for word in _WORD.findall(text.replace("’", "'").casefold())]
