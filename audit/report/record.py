"""Turns an audit into the records that JSON, JSON lines and CSV share: the fields by which others read our reports."""

from audit.model import Audit, Claim, Finding, Span
from audit.report import of_claims

Record = dict[str, object]


def claims(audit: Audit) -> list[Record]:
    """One record a claim, in text order. Offsets are those of the article as read; a paragraph counts from 0."""
    codes = of_claims.codes(audit)
    return [_claim(audit, claim, codes[claim.id]) for claim in audit.claims]


def findings(audit: Audit) -> list[Record]:
    """One record a finding, in text order."""
    return [_finding(audit, finding) for finding in audit.findings]


def _claim(audit: Audit, claim: Claim, codes: list[str]) -> Record:
    quantity = claim.quantity
    return {
        "doc": audit.article.name,
        "id": claim.id,
        "kind": claim.kind,
        **_span(audit, claim.span),
        "section": audit.article.paragraphs[claim.paragraph].section,
        "paragraph": claim.paragraph,
        "cue": _span(audit, claim.cue) if claim.cue else None,
        "source": _span(audit, claim.source.mention) if claim.source.mention else None,
        "speaker": claim.source.speaker,
        "sourcing": claim.source.sourcing,
        "detail": claim.source.detail,
        "carry_over": claim.carry_over,
        "value": quantity.value if quantity else None,
        "low": quantity.low if quantity else None,
        "high": quantity.high if quantity else None,
        "unit": quantity.unit if quantity else None,
        "spans": [{"start": span.start, "end": span.end} for span in claim.spans],
        "reported": [{"start": span.start, "end": span.end} for span in claim.reported],
        "cue_class": claim.cue_class,
        "pattern": claim.pattern,
        "confidence": claim.confidence,
        "findings": codes,
    }


def _finding(audit: Audit, finding: Finding) -> Record:
    return {
        "id": finding.id,
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        **_span(audit, finding.span),
        "message": finding.message,
        "claim": finding.claim,
        "confidence": finding.confidence,
    }


def _span(audit: Audit, span: Span) -> Record:
    return {"start": span.start, "end": span.end, "text": audit.article.slice(span)}
