"""Turns the findings of an audit into findings with the lines and columns that a text editor shows."""

from collections.abc import Iterator
from dataclasses import dataclass

from audit import lines
from audit.model import Audit, Finding, Span


@dataclass(frozen=True, slots=True)
class Place:
    """Where a span begins and, behind its last character, ends; lines and columns count characters from 1."""

    line: int
    column: int
    end_line: int
    end_column: int


def place(line_starts: list[int], span: Span) -> Place:
    """The place of `span` in a text whose lines begin at `line_starts`."""
    return Place(*lines.place(line_starts, span.start), *lines.place(line_starts, span.end))


def findings(audit: Audit) -> Iterator[tuple[Finding, Place]]:
    """Every finding with its place, in text order."""
    starts = lines.starts(audit.article.text)
    for finding in audit.findings:
        yield finding, place(starts, finding.span)


def said_once(audit: Audit) -> list[tuple[Finding, Place]]:
    """As `findings`; what is found twice at one place, of a claim and of a claim within it, comes once."""
    first: dict[tuple[Span, str, str], tuple[Finding, Place]] = {}
    for finding, at in findings(audit):
        first.setdefault((finding.span, finding.code, finding.message), (finding, at))
    return list(first.values())
