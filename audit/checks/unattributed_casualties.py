"""F002."""

from collections.abc import Iterator, Sequence

from audit.checks.casualties import casualties
from audit.checks.frames import index_of, sourced
from audit.checks.hit import Hit
from audit.checks.wording import short
from audit.figures import PATTERN
from audit.model import Article, Claim
from audit.rule import Rules


def unattributed_casualties(article: Article, claims: Sequence[Claim], rules: Rules) -> Iterator[Hit]:
    """Counts of the dead, injured and missing in sentences that cite nobody."""
    cited = sourced(article, claims)
    for claim in claims:
        alone = claim.source.sourcing == "unattributed" and claim.pattern == PATTERN
        if alone and casualties(article, claim, rules) and index_of(article, claim.span.start) not in cited:
            hint = f" ({claim.carry_over}, as in the sentence before?)" if claim.carry_over else ""
            yield Hit(claim.span, claim, {"words": short(article, claim.span), "hint": hint})
