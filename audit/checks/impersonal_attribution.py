"""V002."""

from collections.abc import Iterator, Sequence

from audit.checks.hit import Hit
from audit.checks.wording import clause_start
from audit.model import Article, Claim, Span
from audit.rule import Rules

_PASSIVES = frozenset({"agentless.it-is-reported", "agentless.is-said-to"})


def impersonal_attribution(article: Article, claims: Sequence[Claim], rules: Rules) -> Iterator[Hit]:
    """Passive reports that hide who reported, once a cue."""
    seen: set[Span] = set()
    for claim in claims:
        if claim.source.detail == "agentless" and claim.pattern in _PASSIVES and claim.cue and claim.cue not in seen:
            seen.add(claim.cue)
            yield Hit(claim.cue, claim, {"words": clause_start(article, claim.cue)})
