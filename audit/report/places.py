"""Turns the findings of an audit into findings with the lines and columns that a text editor shows."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from audit import lines
from audit.model import SEVERITIES, Audit, Finding, Span


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


def together(audit: Audit) -> list[list[Finding]]:
    """The findings in text order, those together that say the same at one place, of a claim and of claims within it."""
    same: dict[tuple[Span, str, str, str], list[Finding]] = defaultdict(list)
    for finding in audit.findings:
        same[finding.span, finding.code, finding.severity, finding.message].append(finding)
    return list(same.values())


def said_once(audit: Audit) -> list[tuple[Finding, Place]]:
    """As `findings`, but the first only of those that say the same at one place."""
    starts = lines.starts(audit.article.text)
    return [(first, place(starts, first.span)) for first, *_ in together(audit)]


def gravest_first(audit: Audit) -> list[tuple[Finding, Place]]:
    """As `said_once`, by severity."""
    return sorted(said_once(audit), key=lambda found: SEVERITIES.index(found[0].severity))
