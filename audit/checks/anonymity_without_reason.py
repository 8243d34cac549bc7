"""A001."""

from collections.abc import Iterator, Sequence

from audit.checks.anonymity import chains, explained
from audit.checks.hit import Hit
from audit.checks.wording import count, short
from audit.model import Article, Claim
from audit.rule import Rules


def anonymity_without_reason(article: Article, claims: Sequence[Claim], rules: Rules) -> Iterator[Hit]:
    """Anonymous sources, once each, when no mention of theirs comes with a reason."""
    for chain in chains(article, claims, rules):
        first = chain[0]
        if first.source.mention and not any(explained(article, claim, rules) for claim in chain):
            words = {"words": short(article, first.source.mention), "claims": count(len(chain), "claim")}
            yield Hit(first.source.mention, first, words)
