"""V005."""

from collections.abc import Iterator

from audit import tree
from audit.checks.hit import Hit
from audit.checks.outlets import unnamed
from audit.checks.sentences import DEFINITE, head_of, index_of, words_of
from audit.checks.view import View
from audit.checks.wording import short
from audit.model import Sentence, Span, Word

_ISSUERS = frozenset({"Facility", "Misc", "Organization"})
_AUTHORS = frozenset({*_ISSUERS, "Date", "Location", "NORP", "Person"})
_PUBLISHED = frozenset({"author", "co-author", "publish", "researcher"})


def unidentified_document(view: View) -> Iterator[Hit]:
    """Studies, reports or data as sources, of which neither author nor title nor date is given.

    Reports of a press without a name are left to V006 where that is chosen.
    """
    article, claims, rules = view.article, view.claims, view.rules
    second_hand = rules.use("secondhand-attribution")
    seen: set[Span] = set()
    for claim in claims:
        mention = claim.source.mention
        if claim.source.detail != "document" or claim.source.sourcing != "anonymous" or mention is None:
            continue
        if mention in seen:
            continue
        seen.add(mention)
        sentence, words = words_of(article, mention)
        head = head_of(words)
        if head is None or head.lemma.lower() not in rules.lexicons["research"]:
            continue
        if second_hand and unnamed(sentence, head, rules):
            continue
        at = index_of(article, mention.start)
        near = article.sentences[at : at + 2]
        own = any(word.upos == "PROPN" or word.ner[2:] in _AUTHORS for word in tree.subtree(sentence, head))
        if not own and not _definite(sentence, head) and not any(_identified(one) for one in near):
            yield Hit(mention, claim, {"words": short(article, mention)})


def _definite(sentence: Sentence, head: Word) -> bool:
    """Whether it takes up a document, or somebody, mentioned before: "the study", "her report"."""
    return any(word.lemma.lower() in DEFINITE for word in tree.children(sentence, head, "det", "nmod:poss"))


def _identified(sentence: Sentence) -> bool:
    """Whether a sentence names a body, a title or a link, or says who published."""
    for word in sentence.words:
        if word.ner[2:] in _ISSUERS or word.form.startswith("http") or word.lemma.lower() in _PUBLISHED:
            return True
    return False
