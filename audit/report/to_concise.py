"""Turns audits into one line a finding, which terminals and editors take to its place: path:line:column."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from audit.model import SEVERITIES, Audit, Finding, Severity
from audit.report import places
from audit.report.cells import clean, count
from audit.report.places import Place


def render(audits: Sequence[Audit]) -> str:
    """``path:line:column: code severity message`` for each finding, in text order."""
    return "".join(_line(*found) for found in _found(audits))


def _line(name: str, finding: Finding, at: Place) -> str:
    return f"{clean(name)}:{at.where}: {finding.code} {finding.severity} {clean(finding.message)}\n"


def severities(audits: Sequence[Audit]) -> Counter[Severity]:
    """How many of the lines of `render` are of each severity."""
    return Counter(finding.severity for _, finding, _ in _found(audits))


def total(found: Mapping[Severity, int], articles: int) -> str:
    """The last line: ``6 findings (1 error, 5 warnings) in 2 articles``."""
    nouns = [
        f"{found[sort]:,} info" if sort == "info" else count(found[sort], sort) for sort in SEVERITIES if found[sort]
    ]
    brackets = f" ({', '.join(nouns)})" if nouns else ""
    return f"{count(sum(found.values()), 'finding')}{brackets} in {count(articles, 'article')}\n"


def _found(audits: Sequence[Audit]) -> Iterator[tuple[str, Finding, Place]]:
    for audit in audits:
        for finding, at in places.said_once(audit):
            yield places.file(audit.article), finding, at
