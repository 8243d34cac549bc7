"""A004."""

from collections.abc import Container, Iterator

from audit import tree
from audit.checks.anonymity import Mention, mention_of, narrowed, placed
from audit.checks.hit import Hit
from audit.checks.sentences import nearby
from audit.checks.view import View
from audit.checks.wording import short
from audit.model import Article, Confidence, Severity, Span
from audit.rule import Rules


def vague_anonymous_source(view: View) -> Iterator[Hit]:
    """Anonymous sources of which the article says no more than "officials" or "a senior source".

    Those of which A001 reports that no reason is given are left to it where that is chosen.
    """
    left: Container[Span] = ()
    if view.rules.use("anonymity-without-reason"):
        left = {chain.first.span for chain in view.unexplained}
    for hit in vague_sources(view):
        if hit.span not in left:
            yield hit


def vague_sources(view: View) -> Iterator[Hit]:
    """The mentions of which nothing is said, whatever other checks report of them.

    "People familiar with the matter" is an info, once; from its second use on it is a warning. So are "aides" and
    "officials" where the reader can guess whose.
    """
    article, rules = view.article, view.rules
    uses = 0
    seen: set[Span] = set()
    for chain in view.chains:
        if any(narrowed(mention, rules) for mention in chain.mentions):
            continue
        if chain.first.noun.lemma.lower() not in rules.lexicons["vague-source"]:
            continue
        for mention, claim in zip(chain.mentions, chain.claims, strict=True):
            if mention.span in seen:
                continue
            seen.add(mention.span)
            severity: Severity | None = None
            confidence: Confidence = "high"
            if placed(mention, rules):
                uses += 1
                severity = "info" if uses == 1 else "warning"
            elif mention != chain.first or _described_before(article, mention, rules):
                continue
            elif _belongs(article, mention, rules):
                severity, confidence = "warning", "medium"
            yield Hit(mention.span, claim, {"words": short(article, mention.span)}, severity, confidence)


def _belongs(article: Article, mention: Mention, rules: Rules) -> bool:
    """Whether officials or aides can be those of whom this sentence, or the one before, has named or called a body."""
    if mention.noun.lemma.lower() not in rules.lexicons["subordinate"]:
        return False
    return any(
        word.ner[2:] in ("Person", "Organization", "GPE") or word.lemma.lower() in rules.lexicons["body"]
        for sentence in nearby(article, mention.sentence, before=1)
        for word in sentence.words
        if word.span.start < mention.span.start
    )


def _described_before(article: Article, mention: Mention, rules: Rules) -> bool:
    """Whether the sentences before, or this one, say more of those who go by the noun: "White House officials …
    officials"."""
    for sentence in nearby(article, mention.sentence, before=6):
        for word in sentence.words:
            if word.span.start >= mention.span.start:
                return False
            if word.lemma == mention.noun.lemma and word.upos == "NOUN":
                same = mention_of(article, tree.hull(tree.subtree(sentence, word)))
                if same is not None and narrowed(same, rules):
                    return True
    return False
