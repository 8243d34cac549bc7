"""Turns audits into Markdown for a comment on a pull request or an issue (GitHub Flavored Markdown)."""

import re
from collections.abc import Iterable, Sequence

from audit.model import Audit
from audit.report import of_claims, places, skipped, summary
from audit.report.cells import clean, count

_MARKUP = re.compile(r"[\\`*_\[\]<>&|~$]|:(?=[A-Za-z/+_-])")  # the colon would begin an emoji or follow a scheme
_MENTION = re.compile(r"[@#]")  # would tell a user, or link an issue; a comment ends the word and is not shown


def render(audits: Sequence[Audit]) -> str:
    """A section for each article with a table of its findings, the gravest first, and one of its claims, folded."""
    return "".join(_article(audit) for audit in audits)


def escaped(text: str) -> str:
    """`text` on one line, so that Markdown shows it as it is, also in a cell of a table."""
    return _MENTION.sub(r"\\\g<0><!-- -->", _MARKUP.sub(r"\\\g<0>", clean(text)))


def _article(audit: Audit) -> str:
    article = audit.article
    size = f"{count(skipped.words(article), 'word')}, {summary.sentence(audit.claims)}"
    parts = [f"## {escaped(places.title(article))}", escaped(size), escaped(skipped.sentence(audit)), _findings(audit)]
    if audit.claims:
        parts.append(
            f"<details>\n<summary>{count(len(audit.claims), 'claim')}</summary>\n\n{_claims(audit)}\n\n</details>"
        )
    return "\n\n".join(part for part in parts if part) + "\n\n"


def _findings(audit: Audit) -> str:
    if not audit.findings:
        return "No check found anything to look at."
    rows = (
        [at.where, finding.severity, f"{finding.code} {finding.name}", finding.message]
        for finding, at in places.gravest_first(audit)
    )
    return _table(["line:column", "severity", "check", "what to do"], rows)


def _claims(audit: Audit) -> str:
    codes = of_claims.codes(audit)
    place = places.finder(audit.article)
    rows = (
        [
            place(claim.span).row,
            claim.kind,
            audit.article.slice(claim.span),
            of_claims.speaker(audit, claim),
            f"{claim.source.sourcing} ({claim.source.detail})",
            audit.article.slice(claim.cue) if claim.cue else "",
            " ".join(dict.fromkeys(codes[claim.id])),
        ]
        for claim in audit.claims
    )
    return _table(["line", "kind", "claim", "speaker", "sourcing", "cue", "findings"], rows)


def _table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    drawn = [headers, ["---"] * len(headers), *([escaped(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in drawn)
