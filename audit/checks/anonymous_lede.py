"""A007."""

from collections.abc import Container, Iterator, Sequence

from audit.checks.anonymity import attributed, chains
from audit.checks.hit import Hit
from audit.checks.opening import lede
from audit.checks.single_anonymous_source import single_anonymous_source
from audit.checks.wording import short
from audit.model import Article, Claim, Span
from audit.rule import Rules


def anonymous_lede(article: Article, claims: Sequence[Claim], rules: Rules) -> Iterator[Hit]:
    """An anonymous source who is the only one of the first paragraph, or who speaks the first quotation.

    A paragraph that A003 reports to rest on one source is left to it where that is chosen.
    """
    left: Container[Span] = ()
    if rules.use("single-anonymous-source"):
        left = {hit.span for hit in single_anonymous_source(article, claims, rules)}
    opening = lede(article)
    first = [claim for claim in claims if claim.paragraph == opening and attributed(claim)]
    quotes = (c for c in claims if c.kind == "direct" and article.paragraphs[c.paragraph].section == "body")
    quote = next(quotes, None)
    for chain in chains(article, claims, rules):
        theirs = {claim.id for claim in chain.claims}
        if chain.first.span not in left and first and all(claim.id in theirs for claim in first):
            what, led = "is the only source of the first paragraph", first[0]
        elif quote is not None and quote.id in theirs:
            what, led = "speaks the first quotation", quote
        else:
            continue
        mention = led.source.mention or chain.first.span
        if mention not in left:
            yield Hit(mention, led, {"words": short(article, mention), "what": what})
        return
