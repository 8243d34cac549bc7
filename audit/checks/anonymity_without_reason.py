"""A001."""

from collections.abc import Container, Iterator, Sequence

from audit.checks.hit import Hit
from audit.checks.reasons import unexplained
from audit.checks.vague_anonymous_source import vague_sources
from audit.checks.wording import count, short
from audit.model import Article, Claim, Span
from audit.rule import Rules


def anonymity_without_reason(article: Article, claims: Sequence[Claim], rules: Rules) -> Iterator[Hit]:
    """Anonymous sources, once each, when no sentence of the article gives a reason for theirs.

    Where A004 is chosen, what it says of the same mention is said here.
    """
    vague: Container[Span] = ()
    if rules.use("vague-anonymous-source"):
        vague = {hit.span for hit in vague_sources(article, claims, rules)}
    for chain in unexplained(article, claims, rules):
        span = chain.first.span
        fault, mend = (", could be anybody,", " and what places them to know") if span in vague else ("", "")
        carried = count(len(chain.claims), "claim")
        words = {"words": short(article, span), "claims": carried, "fault": fault, "mend": mend}
        yield Hit(span, chain.claims[0], words)
