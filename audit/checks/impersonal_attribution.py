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
    for sentence, verb in view.verbs:
        if _comes_to_know(sentence, verb) and not spans.touching(view.marks.spans, verb.span):
            subject = tree.subject(sentence, verb)
            if subject and outlet_of(article, sentence, subject, rules):
                yield Hit(verb.span, None, {"words": clause_start(article, verb.span)})


def _comes_to_know(sentence: Sentence, verb: Word) -> bool:
    """Whether a verb is that of "understands that" or "has learned that"."""
    knows = (verb.lemma == "learn" and tree.child(sentence, verb, "aux") is not None) or (
        verb.lemma == "understand" and verb.xpos == "VBZ"
    )
    return knows and (verb.deprel == "parataxis" or tree.child(sentence, verb, "ccomp") is not None)
