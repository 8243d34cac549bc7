"""Turns spans of an article into the places in its file where an editor finds them."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from audit import lines, origins
from audit.model import SEVERITIES, Article, Audit, Finding, Span
from audit.report.cells import cell, clean

_NUMBERED = re.compile(r"(paragraph|page|table) (\d+)\b")  # places in files that are no text
_MEMBER = re.compile(r"#\d+$")  # feed.xml#2 is the second article of feed.xml
_HEADLINE = 60  # columns


@dataclass(frozen=True, slots=True)
class Place:
    """Where a span begins and, behind its last character, ends; lines and columns count characters from 1.

    Where the file is no text, the line is the number of the paragraph, page or table and `named` says
    so ("¶12", "page 3").
    `file` is the stretch of the decoded file from the first to the last character that stand there, if any do.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    named: str = ""
    file: Span | None = None

    @property
    def row(self) -> str:
        """The line, or what stands for it."""
        return self.named or str(self.line)

    @property
    def said(self) -> str:
        """``line 12``, or what stands for it, in a sentence."""
        return self.named or f"line {self.line}"

    @property
    def where(self) -> str:
        """``line:column``, or what stands for it."""
        return self.named or f"{self.line}:{self.column}"


Find = Callable[[Span], Place]


def finder(article: Article) -> Find:
    """What gives the place in the article's file of a span of the article."""
    origin = article.origin
    if origin is not None and not origin.text:
        return lambda span: _in_blocks(article, span)
    starts = origins.line_starts(article)
    nearest = origins.finder(article)

    def in_lines(span: Span) -> Place:
        found = origins.stretches(article, span)
        if not found:  # what its reader made of a file's metadata: the words before it are the nearest
            line, column = nearest(span.start)
            return Place(line, column, line, column)
        file = Span(min(part.start for part in found), max(part.end for part in found))
        line, column = lines.place(starts, file.start)
        end_line, end_column = lines.place(starts, max(file.end - 1, file.start))
        return Place(line, column, end_line, end_column + 1, file=file)

    return in_lines


def _in_blocks(article: Article, span: Span) -> Place:
    paragraphs = article.paragraphs
    at = max(bisect_right(paragraphs, span.start, key=lambda paragraph: paragraph.span.start) - 1, 0)
    numbered = _NUMBERED.match(paragraphs[at].place)
    kind, number = (numbered[1], int(numbered[2])) if numbered else ("paragraph", at + 1)
    column = span.start - paragraphs[at].span.start + 1
    return Place(
        number, column, number, column + len(span), f"¶{number}" if kind == "paragraph" else f"{kind} {number}"
    )


def paragraph(article: Article, span: Span) -> str:
    """What its file calls the place of the paragraph that `span` begins in, "" where lines say it."""
    at = bisect_right(article.paragraphs, span.start, key=lambda paragraph: paragraph.span.start) - 1
    return article.paragraphs[at].place if at >= 0 else ""


def file(article: Article) -> str:
    """The name of the file that the article stands in, without its number among several in it."""
    return article.name if article.origin is None else _MEMBER.sub("", article.name)


def title(article: Article) -> str:
    """The name of the article in one line, with its headline where it is one of several that have numbers."""
    headline = next((article.slice(one.span) for one in article.paragraphs if one.section == "headline"), "")
    if not headline or article.name == file(article):
        return clean(article.name)
    return f"{clean(article.name)}: {cell(headline, columns=_HEADLINE, lines=1)}"


def findings(audit: Audit) -> Iterator[tuple[Finding, Place]]:
    """Every finding with its place, in text order."""
    place = finder(audit.article)
    for finding in audit.findings:
        yield finding, place(finding.span)


def together(audit: Audit) -> list[list[Finding]]:
    """The findings in text order, those together that say the same at one place, of a claim and of claims within it."""
    same: dict[tuple[Span, str, str, str], list[Finding]] = defaultdict(list)
    for finding in audit.findings:
        same[finding.span, finding.code, finding.severity, finding.message].append(finding)
    return list(same.values())


def said_once(audit: Audit) -> list[tuple[Finding, Place]]:
    """As `findings`, but the first only of those that say the same at one place."""
    place = finder(audit.article)
    return [(first, place(first.span)) for first, *_ in together(audit)]


def gravest_first(audit: Audit) -> list[tuple[Finding, Place]]:
    """As `said_once`, by severity."""
    return sorted(said_once(audit), key=lambda found: SEVERITIES.index(found[0].severity))
