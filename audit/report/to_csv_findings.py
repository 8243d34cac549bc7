"""Turns audits into CSV: one finding a row, for spreadsheets and for the programs that read them."""

from collections.abc import Iterable

from audit.model import Audit
from audit.report import places, spreadsheet

FIELDS = (
    "doc id line column end_line end_column start end code name severity message text claim confidence"
    " place file_start file_end"
).split()


def render(audits: Iterable[Audit], *, header: bool = True) -> str:
    """The findings of `audits` (RFC 4180), under a row of `FIELDS` if `header`.

    Lines and columns count from 1, of the file; the end is behind the last character. `claim` is the id of the claim
    that a finding is about, an empty cell where it is about none. Of files that are more than their text `place` is
    what they call the place of the paragraph, and `file_start` and `file_end` are offsets into the file as decoded; of
    one that is no text these and the lines are empty.
    """
    rows = (
        {
            "doc": audit.article.name,
            "id": finding.id,
            "line": None if at.named else at.line,
            "column": None if at.named else at.column,
            "end_line": None if at.named else at.end_line,
            "end_column": None if at.named else at.end_column,
            "start": finding.span.start,
            "end": finding.span.end,
            "code": finding.code,
            "name": finding.name,
            "severity": finding.severity,
            "message": finding.message,
            "text": audit.article.slice(finding.span),
            "claim": finding.claim,
            "confidence": finding.confidence,
            "place": places.paragraph(audit.article, finding.span),
            "file_start": at.file.start if audit.article.origin and at.file else None,
            "file_end": at.file.end if audit.article.origin and at.file else None,
        }
        for audit in audits
        for finding, at in places.findings(audit)
    )
    return spreadsheet.write(FIELDS, rows, header=header)
