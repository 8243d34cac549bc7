"""An editor's approvals and the findings of an audit -> the findings that are left."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from audit.model import Audit, Finding, Span

_SHORTEST_PART = 4  # words: fewer, such as "officials said", stand in too many claims to name one
_SHORTEST_ID = 8  # characters of the beginning of a claim's id


@dataclass(frozen=True, slots=True)
class Approval:
    """Somebody's word that a finding may stand.

    It names a claim by its id, or the beginning of that, or by its words: all words of the finding or of its claim, or
    four and more of those in a row. With an `article` it is of that one alone, as long as there is one of that name.
    """

    check: str  # code
    claim: str | None
    text: str | None
    by: str | None
    why: str | None
    until: date | None  # the last day on which it holds; None: for ever
    article: str | None  # path from the approvals file
    span: Span  # of its entry in the approvals file

    @property
    def lacks(self) -> tuple[str, ...]:
        """What makes it no approval: nobody gave it, or for no reason."""
        return tuple(key for key in ("by", "why") if getattr(self, key) is None)

    def holds(self, today: date) -> bool:
        """Whether it silences anything on that day."""
        return not self.lacks and (self.until is None or today <= self.until)


def approved(audit: Audit, approvals: Sequence[Approval], today: date) -> tuple[Audit, frozenset[Approval]]:
    """`audit` without the findings that are approved, and the approvals that are of use in it, holding or not."""
    used: set[Approval] = set()
    left: list[Finding] = []
    words = {claim.id: audit.article.slice(claim.span) for claim in audit.claims}
    for finding in audit.findings:
        own = audit.article.slice(finding.span)
        meant = [one for one in approvals if _means(one, finding, own, words.get(finding.claim or "", ""))]
        used.update(meant)
        if not any(one.holds(today) for one in meant):
            left.append(finding)
    return replace(audit, findings=tuple(left)), frozenset(used)


def _means(approval: Approval, finding: Finding, own: str, claimed: str) -> bool:
    if approval.check != finding.code:
        return False
    if approval.claim is not None:
        id_ = finding.claim or ""
        return approval.claim == id_ or (len(approval.claim) >= _SHORTEST_ID and id_.startswith(approval.claim.lower()))
    text = words_of(approval.text or "")
    if not text:
        return False
    if text in (words_of(own), words_of(claimed)):
        return True
    return len(text.split()) >= _SHORTEST_PART and f" {text} " in f" {words_of(claimed)} "


def words_of(text: str) -> str:
    """The words of a text, so that quotation marks, stops, case and line ends make no difference."""
    return " ".join(re.findall(r"[\w%$€£]+", text.casefold()))
