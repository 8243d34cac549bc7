"""Turns the claims of one audit or of many into counts: how they are sourced, and who speaks how often."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import get_args

from audit.model import SEVERITIES, Audit, Claim, Kind, Sourcing
from audit.report import profile
from audit.report.cells import cell, count, grid, paragraph

SPEAKERS = 10  # rows; with the rest of the summary they fill one screen
NOUNS: dict[Kind, str] = {
    "direct": "direct quote",
    "mixed": "mixed quote",
    "indirect": "indirect report",
    "figure": "figure",
}


def articles(audits: Iterable[Audit]) -> int:
    """How many of `audits` are of articles."""
    return sum(not audit.of_approvals for audit in audits)


def sentence(claims: Sequence[Claim]) -> str:
    """How many claims there are of each kind: ``3 claims (2 direct quotes, 1 figure)``."""
    kinds = Counter(claim.kind for claim in claims)
    parts = [count(kinds[kind], noun) for kind, noun in NOUNS.items() if kinds[kind]]
    return count(len(claims), "claim") + (f" ({', '.join(parts)})" if parts else "")


def render(audits: Sequence[Audit], *, width: int) -> str:
    """Claims by kind and sourcing, and below who speaks how often, in at most `width` columns."""
    claims = [claim for audit in audits for claim in audit.claims]
    return "\n\n".join(part for part in (_sourcing(claims), _speakers(claims, width=width)) if part)


def totals(audits: Sequence[Audit], *, width: int) -> str:
    """The same over several articles, under how often each check found something."""
    found = Counter((finding.severity, finding.code, finding.name) for audit in audits for finding in audit.findings)
    rows = [
        [severity, code, name, f"{number:,}"]
        for (severity, code, name), number in sorted(
            found.items(), key=lambda item: (SEVERITIES.index(item[0][0]), -item[1], item[0][1])
        )
    ]
    claims = [claim for audit in audits for claim in audit.claims]
    heading = f"All {count(articles(audits), 'article')}"
    line = paragraph(f"{sentence(claims)}, {count(found.total(), 'finding')}", lead="", width=width)
    parts = [f"{heading}\n{'=' * len(heading)}\n{line}"]
    if rows:
        parts.append(grid(rows, ["severity", "code", "check", "findings"], numbers={"findings"}))
    if claims:
        parts.append(render(audits, width=width))
    return "\n\n".join(parts) + "\n"


def _sourcing(claims: Sequence[Claim]) -> str:
    sorts: Sequence[Sourcing] = get_args(Sourcing)
    counts = profile.sourcing(claims)
    rows = [[kind, *(str(seen[sort]) for sort in sorts), str(sum(seen.values()))] for kind, seen in counts.items()]
    rows.append(["all", *(str(sum(seen[sort] for seen in counts.values())) for sort in sorts), str(len(claims))])
    return grid(rows, ["kind", *sorts, "all"], numbers={*sorts, "all"})


def _speakers(claims: Sequence[Claim], *, width: int) -> str:
    """The speakers with most claims, those of one name or description together, first who speaks first."""
    ranks = profile.speakers(claims)
    rows = []
    for speaker in ranks[:SPEAKERS]:
        who = speaker.name + (" (anonymous)" if speaker.sourcing == "anonymous" else "")
        numbers = (speaker.quotes, speaker.reports, speaker.figures)
        rows.append([cell(who, columns=width - 31, lines=1), *(str(n or "") for n in numbers), str(speaker.all)])
    if not rows:
        return ""
    columns = ["quotes", "reports", "figures", "all"]
    more = f"\n… and {count(len(ranks) - SPEAKERS, 'other')}" if len(ranks) > SPEAKERS else ""
    return grid(rows, ["who speaks", *columns], numbers=set(columns)) + more
