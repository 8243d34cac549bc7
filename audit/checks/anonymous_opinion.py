"""A006."""

from collections.abc import Iterator

from audit import tree
from audit.checks.anonymity import believed, chains
from audit.checks.anonymous_attack import attack
from audit.checks.hit import Hit
from audit.checks.sentences import head_of, words_of
from audit.checks.view import View
from audit.checks.wording import short
from audit.model import Article, Claim, Span
from audit.rule import Rules

_DUTY = frozenset({"should", "ought", "must"})


def anonymous_opinion(view: View) -> Iterator[Hit]:
    """What anonymous sources think, fear or judge, where they state no figure; attacks are A005's."""
    article, claims, rules = view.article, view.claims, view.rules
    counted = {claim.span.start for claim in claims if claim.kind == "figure"}
    seen: set[Span | None] = set()
    for chain in chains(article, claims, rules, thoughts=True):
        for claim in chain.claims:
            span = max(claim.reported, key=len) if claim.kind == "mixed" and claim.reported else claim.span
            if claim.kind == "figure" or claim.cue in seen or attack(article, claim, rules):
                continue
            if any(span.start <= start < span.end for start in counted) or not _judges(article, claim, span, rules):
                continue
            seen.add(claim.cue)
            yield Hit(span, claim, {"words": short(article, span), "source": short(article, chain.first.span)})


def _judges(article: Article, claim: Claim, span: Span, rules: Rules) -> bool:
    """Whether a claim is a sentence that somebody believes or fears, or that says what is good or ought to be done."""
    sentence, words = words_of(article, span)
    head = head_of([word for word in words if word.upos != "PUNCT"])
    if head is None or any(word.lemma == "to" for word in tree.children(sentence, head, "mark")):
        return False
    if any(word.form == "?" for word in words):
        return False
    if believed(article, claim, rules):
        return True
    if any(word.lemma.lower() in _DUTY for word in tree.children(sentence, head, "aux")):
        return True
    return head.lemma.lower() in rules.lexicons["judgement"] and tree.child(sentence, head, "cop") is not None
