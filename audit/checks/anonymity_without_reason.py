"""A001."""

from collections.abc import Iterator, Sequence

from audit.checks.anonymity import chains
from audit.checks.hit import Hit
from audit.checks.reasons import reasons
from audit.checks.wording import count, short
from audit.model import Article, Claim
from audit.rule import Rules


def anonymity_without_reason(article: Article, claims: Sequence[Claim], rules: Rules) -> Iterator[Hit]:
    """Anonymous sources, once each, when no sentence of the article gives a reason for theirs."""
    found = chains(article, claims, rules)
    for chain, given in zip(found, reasons(article, claims, found, rules), strict=True):
        if not given:
            words = {"words": short(article, chain.first.span), "claims": count(len(chain.claims), "claim")}
            yield Hit(chain.first.span, chain.claims[0], words)
