"""F002."""

import re
from collections.abc import Iterator

from audit.checks.casualties import casualties
from audit.checks.hit import Hit
from audit.checks.sentences import index_of, sentence_of
from audit.checks.view import View
from audit.checks.wording import short, without_article
from audit.figures import PATTERN

_PAST_YEAR = re.compile(r"\b(?:in|of|on [a-z.]+ \d{1,2},) (?:[a-z]+ )?(?:1[6-9]|20)\d\d\b", re.IGNORECASE)


def unattributed_casualties(view: View) -> Iterator[Hit]:
    """Counts of the dead, injured and missing in sentences that cite nobody; less grave of what is dated
    by its year, which is settled and on record."""
    article, claims, rules = view.article, view.claims, view.rules
    cited = view.cited
    for claim in claims:
        alone = claim.source.sourcing == "unattributed" and claim.pattern == PATTERN
        if alone and casualties(article, claim, rules) and index_of(article, claim.span.start) not in cited:
            hint = f" ({claim.carry_over}, as in the sentence before?)" if claim.carry_over else ""
            words = {"words": without_article(short(article, claim.span)), "hint": hint}
            settled = _PAST_YEAR.search(article.slice(sentence_of(article, claim.span).span)) is not None
            yield Hit(claim.span, claim, words, severity="warning" if settled else None)
