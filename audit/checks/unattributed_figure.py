"""F001."""

from collections.abc import Iterator, Sequence

from audit.checks.hit import Hit
from audit.checks.wording import short
from audit.model import Article, Claim
from audit.rule import Rules


def unattributed_figure(article: Article, claims: Sequence[Claim], rules: Rules) -> Iterator[Hit]:
    """Figures without a source in their sentence; that of the sentence before is offered."""
    for claim in claims:
        if claim.kind == "figure" and claim.source.sourcing == "unattributed" and claim.cue is None:
            hint = f" ({claim.carry_over}, as in the sentence before?)" if claim.carry_over else ""
            yield Hit(claim.span, claim, {"words": short(article, claim.span), "hint": hint})
