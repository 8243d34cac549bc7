"""A007."""

from collections.abc import Container, Iterator

from audit.checks.anonymity import attributed
from audit.checks.hit import Hit
from audit.checks.opening import lede
from audit.checks.single_anonymous_source import single_anonymous_source
from audit.checks.view import View
from audit.checks.wording import short
from audit.model import Span


def anonymous_lede(view: View) -> Iterator[Hit]:
    """An anonymous source who is the only one of the first paragraph, or who speaks the first quotation.

    A paragraph that A003 reports to rest on one source is left to it where that is chosen.
    """
    article, claims, rules = view.article, view.claims, view.rules
    left: Container[Span] = ()
    if rules.use("single-anonymous-source"):
        left = {hit.span for hit in view.hits(single_anonymous_source)}
    opening = lede(article)
    first = [claim for claim in claims if claim.paragraph == opening and attributed(claim)]
    quotes = (c for c in claims if c.kind == "direct" and article.paragraphs[c.paragraph].section == "body")
    quote = next(quotes, None)
    for chain in view.chains:
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
