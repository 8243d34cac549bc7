"""F001."""

from collections.abc import Iterator, Sequence

from audit import tree
from audit.checks.hit import Hit
from audit.checks.sentences import head_of, sentence_of, words_of
from audit.checks.unattributed_casualties import unattributed_casualties
from audit.checks.wording import short
from audit.model import Article, Claim, Sentence
from audit.rule import Rules

_SMALL = 100  # of a definite set below this size a reader asks no source: "of the 10 judges"
_DEFINITE = frozenset({"the", "these", "those", "its", "their", "his", "her", "our", "my"})
_CITING = frozenset({"accord", "cite"})


def unattributed_figure(article: Article, claims: Sequence[Claim], rules: Rules) -> Iterator[Hit]:
    """Figures without a source in their sentence; that of the sentence before is offered.

    Counts of casualties are left to F002 where that is chosen.
    """
    graver = any(check.detect == "unattributed-casualties" for check in rules.checks)
    left = {hit.span for hit in unattributed_casualties(article, claims, rules)} if graver else frozenset()
    for claim in claims:
        if claim.kind != "figure" or claim.source.sourcing != "unattributed" or claim.cue or claim.span in left:
            continue
        if not _of_data(sentence_of(article, claim.span), rules) and not _definite(article, claim):
            hint = f" ({claim.carry_over}, as in the sentence before?)" if claim.carry_over else ""
            yield Hit(claim.span, claim, {"words": short(article, claim.span), "hint": hint})


def _of_data(sentence: Sentence, rules: Rules) -> bool:
    """Whether the sentence says where its figures are from, though no claim does: "with the polls at", "records
    showing"."""
    for word in sentence.words:
        lemma = word.lemma.lower()
        if word.upos in ("NOUN", "PROPN") and lemma in rules.lexicons["data"]:
            return True
        if word.upos == "VERB" and (lemma in _CITING or lemma in rules.lexicons["show"]):
            return True
    return False


def _definite(article: Article, claim: Claim) -> bool:
    sentence, words = words_of(article, claim.span)
    head = head_of(words)
    value = claim.quantity.value if claim.quantity else None
    if head is None or head.upos != "NOUN" or value is None or value >= _SMALL:
        return False
    return any(word.lemma.lower() in _DEFINITE for word in tree.children(sentence, head, "det", "nmod:poss"))
