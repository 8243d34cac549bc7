"""V002."""

from collections.abc import Iterator

from audit import spans, tree
from audit.checks.hit import Hit
from audit.checks.outlets import outlet_of
from audit.checks.view import View
from audit.checks.wording import clause_start
from audit.model import Sentence, Span, Word

PASSIVES = frozenset({"agentless.it-is-reported", "agentless.is-said-to"})


def impersonal_attribution(view: View) -> Iterator[Hit]:
    """Passive reports that hide who reported, once a cue, and what an outlet "understands" or "has learned"."""
    article, claims, rules = view.article, view.claims, view.rules
    seen: set[Span] = set()
    for claim in claims:
        if claim.source.detail == "agentless" and claim.pattern in PASSIVES and claim.cue and claim.cue not in seen:
            seen.add(claim.cue)
            yield Hit(claim.cue, claim, {"words": clause_start(article, claim.cue)})
    marks = view.marks
    for sentence in article.sentences:
        for word in sentence.words:
            if _comes_to_know(sentence, word) and not spans.touching(marks.spans, word.span):
                subject = tree.subject(sentence, word)
                if subject and outlet_of(article, sentence, subject, rules):
                    yield Hit(word.span, None, {"words": clause_start(article, word.span)})


def _comes_to_know(sentence: Sentence, word: Word) -> bool:
    """Whether `word` is the verb of "understands that" or "has learned that"."""
    if word.upos != "VERB" or not (tree.child(sentence, word, "ccomp") or word.deprel == "parataxis"):
        return False
    return (word.lemma == "learn" and tree.child(sentence, word, "aux") is not None) or (
        word.lemma == "understand" and word.xpos == "VBZ"
    )
