"""Turns audits into counts over all articles: findings by check, claims by kind and sourcing."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, get_args

from audit.model import SEVERITIES, Audit, Finding, Kind, Section, Severity, Sourcing
from audit.report import skipped
from audit.report.cells import clean, count, grid

_KINDS: Sequence[Kind] = get_args(Kind)
_SOURCINGS: Sequence[Sourcing] = get_args(Sourcing)


@dataclass(slots=True)
class Statistics:
    """What has been counted so far."""

    articles: int = 0
    findings: Counter[tuple[str, str, Severity]] = field(default_factory=Counter)  # by code, name and severity
    articles_with: Counter[tuple[str, str, Severity]] = field(default_factory=Counter)
    claims: Counter[tuple[Kind, Sourcing]] = field(default_factory=Counter)
    skipped: Counter[tuple[Section, str]] = field(default_factory=Counter)  # paragraphs, by section and reason

    def add(self, audit: Audit) -> None:
        """Count an audit in."""
        found = Counter(map(_sort, audit.findings))
        self.findings += found
        if not audit.of_approvals:
            self.articles += 1
            self.articles_with.update(found.keys())
            self.skipped.update((one.paragraph.section, one.why) for one in skipped.of(audit.article))
        self.claims.update((claim.kind, claim.source.sourcing) for claim in audit.claims)

    def record(self) -> dict[str, object]:
        """The same as JSON can hold it."""
        return {
            part.name: sorted([*key, count] for key, count in value.items()) if isinstance(value, Counter) else value
            for part in fields(self)
            for value in [getattr(self, part.name)]
        }

    def recall(self, record: Mapping[str, Any]) -> None:
        """Count in what `record` gave."""
        for part in fields(self):
            value, more = getattr(self, part.name), record[part.name]
            if isinstance(value, Counter):
                value.update({tuple(key): count for *key, count in more})
            else:
                setattr(self, part.name, value + more)


def counted(audits: Iterable[Audit]) -> Statistics:
    """The counts over `audits`."""
    statistics = Statistics()
    for audit in audits:
        statistics.add(audit)
    return statistics


def render(statistics: Statistics) -> str:
    """As tables, the gravest and most frequent findings first."""
    size = f"{count(statistics.articles, 'article')}, {count(statistics.claims.total(), 'claim')}"
    parts = [f"{size}, {count(statistics.findings.total(), 'finding')}"]
    if statistics.findings:
        rows = [
            [severity, code, name, f"{statistics.findings[code, name, severity]:,}",
             f"{statistics.articles_with[code, name, severity]:,}"]
            for code, name, severity in _ranked(statistics)
        ]  # fmt: skip
        parts.append(
            grid(rows, ["severity", "code", "check", "findings", "articles"], numbers={"findings", "articles"})
        )
    if statistics.claims:
        sums = {kind: sum(statistics.claims[kind, sort] for sort in _SOURCINGS) for kind in _KINDS}
        rows = [
            [kind, *(f"{statistics.claims[kind, sort]:,}" for sort in _SOURCINGS), f"{sums[kind]:,}"] for kind in _KINDS
        ]
        totals = [sum(statistics.claims[kind, sort] for kind in _KINDS) for sort in _SOURCINGS]
        rows.append(["all", *(f"{total:,}" for total in [*totals, sum(totals)])])
        parts.append(grid(rows, ["kind", *_SOURCINGS, "all"], numbers={*_SOURCINGS, "all"}))
    if statistics.skipped:
        rows = [[section, clean(why), f"{number:,}"] for (section, why), number in _most_first(statistics)]
        parts.append(grid(rows, ["skipped", "why", "paragraphs"], numbers={"paragraphs"}))
    return "\n\n".join(parts) + "\n"


def render_json(statistics: Statistics, *, version: str) -> str:
    """As one JSON document, of version `version` of this program."""
    document = {
        "version": version,
        "articles": statistics.articles,
        "findings": [
            {
                "code": code,
                "name": name,
                "severity": severity,
                "findings": statistics.findings[code, name, severity],
                "articles": statistics.articles_with[code, name, severity],
            }
            for code, name, severity in _ranked(statistics)
        ],
        "claims": {kind: {sort: statistics.claims[kind, sort] for sort in _SOURCINGS} for kind in _KINDS},
        "skipped": [
            {"section": section, "why": why, "paragraphs": number} for (section, why), number in _most_first(statistics)
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _sort(finding: Finding) -> tuple[str, str, Severity]:
    return finding.code, finding.name, finding.severity


def _most_first(statistics: Statistics) -> list[tuple[tuple[Section, str], int]]:
    return sorted(statistics.skipped.items(), key=lambda item: (-item[1], item[0]))


def _ranked(statistics: Statistics) -> list[tuple[str, str, Severity]]:
    found = statistics.findings
    return sorted(found, key=lambda sort: (SEVERITIES.index(sort[2]), -found[sort], sort))
