"""A003."""

from collections.abc import Iterator, Sequence

from audit.checks.anonymity import Chain, attributed
from audit.checks.hit import Hit
from audit.checks.opening import lede
from audit.checks.sentences import CONTENT, words_of
from audit.checks.view import View
from audit.checks.wording import short
from audit.model import Article, Claim, Span

_MORE = frozenset({"two", "three", "four", "five", "several", "multiple", "various", "both"})


def single_anonymous_source(view: View) -> Iterator[Hit]:
    """The one anonymous source that an article, or its first paragraph, rests on alone.

    Two sources, or several, are more than one; "officials", who may be, are a warning.
    """
    article, claims = view.article, view.claims
    every = [claim for claim in claims if attributed(claim)]
    opening = lede(article)
    for chain in view.chains:
        if chain.first.plural and not chain.first.determiners.isdisjoint(_MORE):
            continue
        if len(chain.shown) + len(chain.claims) == len(every):
            what = "the article"
        elif _leads_alone(article, chain, every, opening):
            what = "its first paragraph"
        else:
            continue
        words = {"words": short(article, chain.first.span), "what": what}
        yield Hit(chain.first.span, chain.claims[0], words, "warning" if chain.first.plural else None)


def _leads_alone(article: Article, chain: Chain, every: Sequence[Claim], opening: int | None) -> bool:
    """Whether what the first paragraph reports comes from `chain`, and nobody else bears it out.

    Whoever does so uses two of its words of content, three where it has a dozen.
    """
    led = [claim for claim in chain.claims if claim.paragraph == opening]
    if not led:
        return False
    theirs = {claim.id for claim in (*chain.shown, *chain.claims)}
    others = [claim for claim in every if claim.id not in theirs]
    if any(claim.paragraph == opening for claim in others):
        return False
    told = frozenset().union(*(_content(article, claim.span) for claim in led))
    heard: dict[str | None, set[str]] = {}
    for claim in others:
        heard.setdefault(claim.source.speaker, set()).update(told & _content(article, claim.span))
    return all(len(shared) < (3 if len(told) >= 12 else 2) for shared in heard.values())


def _content(article: Article, span: Span) -> frozenset[str]:
    return frozenset(word.lemma.lower() for word in words_of(article, span)[1] if word.upos in CONTENT)
