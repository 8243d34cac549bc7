"""A003."""

from collections.abc import Iterator, Sequence

from audit.checks.anonymity import Chain, attributed, chains
from audit.checks.hit import Hit
from audit.checks.opening import lede
from audit.checks.sentences import words_of
from audit.checks.wording import short
from audit.model import Article, Claim, Span
from audit.rule import Rules

_TELLING = ("NOUN", "PROPN", "VERB", "ADJ", "NUM")
_MORE = frozenset({"two", "three", "four", "five", "several", "multiple", "various", "both"})
_ALIKE = (2, 4, 3)  # whoever bears a claim out uses two of its words of content, a quarter of many, three at most


def single_anonymous_source(article: Article, claims: Sequence[Claim], rules: Rules) -> Iterator[Hit]:
    """The one anonymous source that an article, or its first paragraph, rests on alone.

    Two sources, or several, are more than one; "officials", who may be, are a warning.
    """
    every = [claim for claim in claims if attributed(claim)]
    opening = lede(article)
    for chain in chains(article, claims, rules):
        if chain.first.plural and not chain.first.determiners.isdisjoint(_MORE):
            continue
        theirs = {claim.id for claim in (*chain.shown, *chain.claims)}
        others = [claim for claim in every if claim.id not in theirs]
        alone = _of_lede(article, chain, others, opening)
        if not others:
            what = "the article"
        elif alone:
            what = "its first paragraph"
        else:
            continue
        words = {"words": short(article, chain.first.span), "what": what}
        yield Hit(chain.first.span, chain.claims[0], words, "warning" if chain.first.plural else None)


def _of_lede(article: Article, chain: Chain, others: Sequence[Claim], opening: int | None) -> bool:
    """Whether what the first paragraph reports comes from `chain`, and nobody else bears it out."""
    led = [claim for claim in chain.claims if claim.paragraph == opening]
    if not led or any(claim.paragraph == opening for claim in others):
        return False
    told = frozenset().union(*(_content(article, claim.span) for claim in led))
    heard: dict[str | None, set[str]] = {}
    for claim in others:
        heard.setdefault(claim.source.speaker, set()).update(told & _content(article, claim.span))
    least, part, most = _ALIKE
    alike = min(most, max(least, len(told) // part))
    return all(len(shared) < alike for shared in heard.values())


def _content(article: Article, span: Span) -> frozenset[str]:
    return frozenset(word.lemma.lower() for word in words_of(article, span)[1] if word.upos in _TELLING)
