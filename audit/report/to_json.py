"""Turns audits into one JSON document: articles with their claims and findings, counted, and what made them."""

import json
from collections import Counter
from collections.abc import Sequence
from typing import get_args

from audit.model import SEVERITIES, Audit, Kind, Section, Sourcing
from audit.report import record, summary


def render(audits: Sequence[Audit], *, version: str) -> str:
    """All of `audits`, as version `version` of this program made them; the same audits give the same bytes."""
    document = {
        "version": version,
        "articles": [
            {
                "doc": audit.article.name,
                "format": audit.article.origin.format if audit.article.origin else "text",
                "characters": len(audit.article.text),
                "sections": _tally(get_args(Section), [paragraph.section for paragraph in audit.article.paragraphs]),
                "skipped": record.skipped_text(audit.article),
                "declared": record.declared(audit.article),
                "claims": record.claims(audit),
                "findings": record.findings(audit),
                "counts": _counts([audit]),
            }
            for audit in audits
        ],
        "totals": {"articles": summary.articles(audits), **_counts(audits)},
    }
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def _counts(audits: Sequence[Audit]) -> dict[str, object]:
    """How many claims and findings there are, as a whole and of each sort; a sort that does not occur counts 0."""
    claims = [claim for audit in audits for claim in audit.claims]
    findings = [finding for audit in audits for finding in audit.findings]
    return {
        "claims": len(claims),
        "kinds": _tally(get_args(Kind), [claim.kind for claim in claims]),
        "sourcing": _tally(get_args(Sourcing), [claim.source.sourcing for claim in claims]),
        "findings": len(findings),
        "severities": _tally(SEVERITIES, [finding.severity for finding in findings]),
        "codes": dict(sorted(Counter(finding.code for finding in findings).items())),
    }


def _tally(sorts: Sequence[str], seen: Sequence[str]) -> dict[str, int]:
    counts = Counter(seen)
    return {sort: counts[sort] for sort in sorts}
