"""A002."""

from collections.abc import Iterator

from audit.checks.hit import Hit
from audit.checks.view import View
from audit.checks.wording import short
from audit.model import Span


def rote_anonymity_reason(view: View) -> Iterator[Hit]:
    """Anonymous sources whose only reason is a formula."""
    seen: set[Span] = set()
    for chain, given in zip(view.chains, view.reasons, strict=True):
        if given and all(reason.stock for reason in given) and given[0].span not in seen:
            seen.add(given[0].span)
            yield Hit(given[0].span, chain.claims[0], {"words": short(view.article, given[0].span)})
