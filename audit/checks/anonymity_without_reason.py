"""A001."""

from collections.abc import Container, Iterator

from audit.checks.hit import Hit
from audit.checks.vague_anonymous_source import vague_sources
from audit.checks.view import View
from audit.checks.wording import count, short
from audit.model import Span


def anonymity_without_reason(view: View) -> Iterator[Hit]:
    """Anonymous sources, once each, when no sentence of the article gives a reason for theirs.

    Where A004 is chosen, what it says of the same mention is said here.
    """
    article, rules = view.article, view.rules
    vague: Container[Span] = ()
    if rules.use("vague-anonymous-source"):
        vague = {hit.span for hit in vague_sources(view)}
    for chain in view.unexplained:
        span = chain.first.span
        fault, mend = (", could be anybody,", " and what places them to know") if span in vague else ("", "")
        carried = count(len(chain.claims), "claim")
        words = {"words": short(article, span), "claims": carried, "fault": fault, "mend": mend}
        yield Hit(span, chain.claims[0], words)
