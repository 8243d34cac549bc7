"""V006."""

from collections.abc import Iterator

from audit import tree
from audit.checks.hit import Hit
from audit.checks.outlets import ours, outlet_of, unnamed
from audit.checks.sentences import head_of, words_of
from audit.checks.view import View
from audit.checks.wording import short
from audit.model import Article, Claim, Sentence, Word

_HEARD = ("obj", "iobj", "obl")
_NEWS = frozenset({"accord", "cite", "find", "learn", "report", "reveal", "write"})
"""Cues of an outlet's own news; what it "said" may be about itself."""


def secondhand_attribution(view: View) -> Iterator[Hit]:
    """Other outlets that claims are taken from, once each; graver where the outlet is not named."""
    article, claims, rules = view.article, view.claims, view.rules
    seen: set[str] = set()
    for claim in claims:
        for sentence, word in _origins(article, claim):
            if unnamed(sentence, word, rules):
                span = (
                    claim.source.mention
                    if claim.source.mention and claim.source.mention.holds(word.span)
                    else word.span
                )
                if article.slice(span) not in seen:
                    seen.add(article.slice(span))
                    words = {"words": short(article, span), "mend": "name the outlet, and whom it cites"}
                    yield Hit(span, claim, words, severity="error")
            elif (outlet := outlet_of(article, sentence, word, rules)) and outlet[0] not in seen:
                name, span = outlet
                seen.add(name)
                if not ours(name, rules):
                    mend = "confirm it, or say that we have not"
                    yield Hit(span, claim, {"words": short(article, span), "mend": mend})


def _origins(article: Article, claim: Claim) -> Iterator[tuple[Sentence, Word]]:
    """The words for whoever reported a claim first: the source of a report, and who was told."""
    if claim.cue is None or claim.cue_class == "attitude":
        return
    sentence, cue = words_of(article, claim.cue)
    verb = next((word for word in cue if word.upos == "VERB"), None)
    if claim.source.mention is not None:
        around, words = words_of(article, claim.source.mention)
        head = head_of(words)
        if head and (head.upos == "NOUN" or verb is None or verb.lemma in _NEWS):
            yield around, head
    if verb is not None and verb.lemma == "tell":
        for hearer in tree.children(sentence, verb, *_HEARD):
            yield sentence, hearer
