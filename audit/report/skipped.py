"""Turns the paragraphs of an article that are not its prose into what reports say of them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType

from audit.model import NOT_PROSE, Article, Audit, Paragraph, Section
from audit.report import places
from audit.report.cells import clean

REASONS: Mapping[Section, str] = MappingProxyType(
    {
        "byline": "byline",
        "dateline": "dateline",
        "pull-quote": "repeats the text",
        "credit": "credit line",
        "boilerplate": "not part of the story",
    }
)
"""Why what is of these sections is skipped, where its file or its words do not say more."""
_PLACES = 3  # of one reason: an advertisement stands after every other paragraph
_LISTED = 12  # reasons with their places; more would push the claims of a page full of links off the screen


@dataclass(frozen=True, slots=True)
class Skipped:
    """A paragraph in which no claim is looked for, and the reason in words."""

    paragraph: Paragraph
    why: str


def of(article: Article) -> Iterator[Skipped]:
    """The skipped paragraphs of an article, in text order."""
    for paragraph in article.paragraphs:
        if why := reason(paragraph):
            yield Skipped(paragraph, why)


def reason(paragraph: Paragraph) -> str:
    """Why a paragraph is skipped, "" if it is prose."""
    return (paragraph.why or REASONS[paragraph.section]) if paragraph.section in NOT_PROSE else ""


def sentence(audit: Audit) -> str:
    """``Skipped: byline (line 3); related links (line 40 to line 44)``; "" if nothing is, or the text is no article.

    Paragraphs of one reason are one item, with its first places; items and places beyond some are only counted.
    """
    if audit.of_approvals:
        return ""
    find = places.finder(audit.article)
    placed = audit.article.origin is None or bool(audit.article.origin.text)  # else its footnotes are nowhere
    where: dict[str, list[str]] = defaultdict(list)
    for why, group in groupby(audit.article.paragraphs, key=reason):
        if not why:
            continue
        found = [find(one.span).said for one in group if placed or one.place]
        where[why].extend([" to ".join(dict.fromkeys((found[0], found[-1])))] if found else [])
    parts = [f"{clean(why)} ({_in_row(said)})" if said else clean(why) for why, said in where.items()]
    if not parts:
        return ""
    more = f"; and {len(parts) - _LISTED} more" if len(parts) > _LISTED else ""
    return f"Skipped: {'; '.join(parts[:_LISTED])}{more}"


def _in_row(said: Sequence[str]) -> str:
    shown = ", ".join(said[:_PLACES])
    return f"{shown} and {len(said) - _PLACES} more" if len(said) > _PLACES else shown


def words(article: Article) -> int:
    """How many words the prose of an article has."""
    return sum(len(article.slice(one.span).split()) for one in article.paragraphs if one.section not in NOT_PROSE)
