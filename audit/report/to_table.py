"""Turns an audit into what an editor reads at the desk: the claims, what to look at first, and who speaks."""

from audit.model import Audit
from audit.report import of_claims, places, skipped, summary
from audit.report.cells import cell, count, grid, paragraph

_GAPS = 10  # columns between six columns
_WIDE = 120  # from here on there is room for the details of sourcing on the same line


def render(audit: Audit, *, width: int = 80) -> str:
    """The report of one article, in lines of at most `width` columns where the words allow it (40 is the least)."""
    width = max(width, 40)
    article = audit.article
    heading = places.title(article)
    size = f"{count(skipped.words(article), 'word')}, {summary.sentence(audit.claims)}"
    parts = [f"{heading}\n{'=' * min(len(heading), width)}\n{paragraph(size, lead='', width=width)}"]
    if said := skipped.sentence(audit):
        parts[0] += f"\n{paragraph(said, lead='', width=width)}"
    if audit.claims:
        parts.append(_claims(audit, width))
    parts.append(_findings(audit, width))
    if audit.claims:
        parts.append(summary.render([audit], width=width))
    return "\n\n".join(parts) + "\n"


def _claims(audit: Audit, width: int) -> str:
    codes = of_claims.codes(audit)
    wide = width >= _WIDE
    place = places.finder(audit.article)
    where = [place(claim.span).row for claim in audit.claims]
    cues = [audit.article.slice(claim.cue) if claim.cue else "" for claim in audit.claims]
    speakers = [of_claims.speaker(audit, claim) for claim in audit.claims]
    line = max(4, *map(len, where))
    cue = min(max(3, *map(len, cues)), 20 if wide else 12)
    brackets = " " if wide else "\n"
    sourcings = [f"{claim.source.sourcing}{brackets}({claim.source.detail})" for claim in audit.claims]
    sourcing = max(len(part) for words in sourcings for part in words.split("\n"))
    room = width - _GAPS - line - cue - sourcing - 7
    speaker = max(7, min(max(map(len, speakers)), room * 2 // 5))
    rows = [
        [
            row,
            cell(f"{claim.kind}: {audit.article.slice(claim.span)}", columns=room - speaker, lines=2 if wide else 3),
            cell(who, columns=speaker, lines=4),
            sourced,
            cell(words, columns=cue, lines=2),
            cell(" ".join(dict.fromkeys(codes[claim.id])), columns=7, lines=4),
        ]
        for row, claim, who, sourced, words in zip(where, audit.claims, speakers, sourcings, cues, strict=True)
    ]
    return grid(rows, ["line", "claim", "speaker", "sourcing", "cue", "finding"], numbers={"line"})


def _findings(audit: Audit, width: int) -> str:
    if not audit.findings:
        return "No check found anything to look at."
    rows = ["What to look at first"]
    for finding, at in places.gravest_first(audit):
        lead = f"{at.where:>8}  {finding.code}  {finding.severity:<7}  "
        rows.append(paragraph(finding.message, lead=lead, width=width))
    return "\n".join(rows)
