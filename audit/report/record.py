"""Turns an audit into the records that JSON, JSON lines and CSV share: the fields by which others read our reports."""

from collections.abc import Sequence

from audit.model import Article, Audit, Claim, Finding, Span
from audit.origins import stretches
from audit.report import of_claims, places, skipped

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
        "origin": _origin(audit.article, claim.span, claim.spans),
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
        "origin": _origin(audit.article, finding.span, [finding.span]),
    }


def skipped_text(article: Article) -> list[Record]:
    """One record a paragraph in which no claim is looked for, in text order."""
    return [
        {
            "start": one.paragraph.span.start,
            "end": one.paragraph.span.end,
            "text": article.slice(one.paragraph.span),
            "section": one.paragraph.section,
            "why": one.why,
            "place": one.paragraph.place,
        }
        for one in skipped.of(article)
    ]


def declared(article: Article) -> list[Record]:
    """One record a source that the file names outside its prose."""
    return [
        {
            "name": one.name,
            "kind": one.kind,
            "title": one.title,
            "start": one.span.start if one.span else None,
            "end": one.span.end if one.span else None,
        }
        for one in article.declared
    ]


def _origin(article: Article, hull: Span, parts: Sequence[Span]) -> Record | None:
    """Where the words stand in a file that is more than its text: offsets into the decoded file, if it is text."""
    if article.origin is None:
        return None
    there = [span for part in parts for span in stretches(article, part)]
    return {
        "format": article.origin.format,
        "place": places.paragraph(article, hull),
        "spans": [{"start": span.start, "end": span.end} for span in there],
    }


def _span(audit: Audit, span: Span) -> Record:
    return {"start": span.start, "end": span.end, "text": audit.article.slice(span)}
