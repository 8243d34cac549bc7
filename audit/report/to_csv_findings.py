"""Turns audits into CSV: one finding a row, for spreadsheets and for the programs that read them."""

from collections.abc import Iterable

from audit.model import Audit
from audit.report import places, spreadsheet

FIELDS = "doc id line column end_line end_column start end code name severity message text claim confidence".split()


def render(audits: Iterable[Audit], *, header: bool = True) -> str:
    """The findings of `audits` (RFC 4180), under a row of `FIELDS` if `header`.

    Lines and columns count from 1; the end is behind the last character. `claim` is the id of the claim that a finding
    is about, an empty cell where it is about none.
    """
    rows = (
        {
            "doc": audit.article.name,
            "id": finding.id,
            "line": at.line,
            "column": at.column,
            "end_line": at.end_line,
            "end_column": at.end_column,
            "start": finding.span.start,
            "end": finding.span.end,
            "code": finding.code,
            "name": finding.name,
            "severity": finding.severity,
            "message": finding.message,
            "text": audit.article.slice(finding.span),
            "claim": finding.claim,
            "confidence": finding.confidence,
        }
        for audit in audits
        for finding, at in places.findings(audit)
    )
    return spreadsheet.write(FIELDS, rows, header=header)
