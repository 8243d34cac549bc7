"""H003."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from audit.approvals import Approval
from audit.checks.hit import Hit

_MISSING = {"by": "by whom it was given", "why": "why"}


def unused_or_bare_suppression(approvals: Sequence[Approval], used: Collection[Approval], today: date) -> Iterator[Hit]:
    """Approvals without a name or a reason, expired ones, and those that no finding needs."""
    for approval in approvals:
        if approval.lacks:
            trouble = f"does not say {' or '.join(_MISSING[key] for key in approval.lacks)}, so it counts for nothing"
        elif not approval.holds(today):
            trouble = f"has expired on {approval.until}: ask for it anew, or mend the article"
        elif approval not in used:
            trouble = "silences nothing: drop it, or correct what it names"
        else:
            continue
        what = f"claim {approval.claim}" if approval.claim else f"“{approval.text}”"
        yield Hit(approval.span, None, {"check": approval.check, "what": what, "trouble": trouble})
