"""Q001."""

from collections.abc import Iterator, Sequence

from audit.checks.hit import Hit
from audit.checks.wording import short
from audit.model import Article, Claim
from audit.rule import Rules


def unattributed_quote(article: Article, claims: Sequence[Claim], rules: Rules) -> Iterator[Hit]:
    """Direct and mixed quotations that nobody is said to have spoken."""
    for claim in claims:
        if claim.kind in ("direct", "mixed") and claim.source.sourcing == "unattributed":
            yield Hit(claim.span, claim, {"words": short(article, claim.span)})
