"""A002."""

from collections.abc import Iterator, Sequence

from audit.checks.anonymity import chains
from audit.checks.hit import Hit
from audit.checks.reasons import reasons
from audit.checks.wording import short
from audit.model import Article, Claim, Span
from audit.rule import Rules


def rote_anonymity_reason(article: Article, claims: Sequence[Claim], rules: Rules) -> Iterator[Hit]:
    """Anonymous sources whose only reason is a formula."""
    found = chains(article, claims, rules)
    seen: set[Span] = set()
    for chain, given in zip(found, reasons(article, claims, found, rules), strict=True):
        if given and all(reason.stock for reason in given) and given[0].span not in seen:
            seen.add(given[0].span)
            yield Hit(given[0].span, chain.claims[0], {"words": short(article, given[0].span)})
