"""V002."""

from collections.abc import Iterator, Sequence

from audit import spans, tree
from audit.checks.hit import Hit
from audit.checks.marked import marked
from audit.checks.outlets import outlet_of
from audit.checks.wording import clause_start
from audit.model import Article, Claim, Sentence, Span, Word
from audit.rule import Rules

PASSIVES = frozenset({"agentless.it-is-reported", "agentless.is-said-to"})


def impersonal_attribution(article: Article, claims: Sequence[Claim], rules: Rules) -> Iterator[Hit]:
    """Passive reports that hide who reported, once a cue, and what an outlet "understands" or "has learned"."""
    seen: set[Span] = set()
    for claim in claims:
        if claim.source.detail == "agentless" and claim.pattern in PASSIVES and claim.cue and claim.cue not in seen:
            seen.add(claim.cue)
            yield Hit(claim.cue, claim, {"words": clause_start(article, claim.cue)})
    marks = marked(article)
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
