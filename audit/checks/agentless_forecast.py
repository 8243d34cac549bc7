"""F006."""

from collections.abc import Iterator

from audit import spans, tree
from audit.checks.hit import Hit
from audit.checks.impersonal_attribution import PASSIVES
from audit.checks.sentences import head_of, index_of, words_of
from audit.checks.view import View
from audit.checks.wording import clause_start, short, without_article
from audit.model import Sentence, Span, Word
from audit.rule import Rules


def agentless_forecast(view: View) -> Iterator[Hit]:
    """Figures that are expected, forecast or projected by nobody, once a verb."""
    article, claims, rules = view.article, view.claims, view.rules
    cited = view.cited
    marks = view.marks
    seen: set[Span] = set()
    for claim in claims:
        alone = claim.source.sourcing == "unattributed" and claim.pattern not in PASSIVES
        if claim.kind != "figure" or not alone or index_of(article, claim.span.start) in cited:
            continue
        sentence, words = words_of(article, claim.span)
        head = head_of(words)
        verb = _forecast(sentence, head, rules) if head else None
        if verb and verb.span not in seen and not spans.touching(marks.spans, verb.span):
            seen.add(verb.span)
            words_of_hit = {
                "words": clause_start(article, verb.span),
                "figure": without_article(short(article, claim.span)),
            }
            yield Hit(verb.span, claim, words_of_hit)


def _forecast(sentence: Sentence, figure: Word, rules: Rules) -> Word | None:
    """The verb of "is expected to" above a figure, with no one named for it; the figure stands in what is expected."""
    for infinitive in (figure, *tree.ancestors(sentence, figure)):
        if infinitive.deprel in ("acl", "acl:relcl", "advcl"):
            return None
        verb = tree.head(sentence, infinitive)
        measures = infinitive == figure or infinitive.lemma.lower() in rules.lexicons["amounting"]
        if (
            infinitive.deprel == "xcomp"
            and measures
            and verb is not None
            and verb.lemma.lower() in rules.lexicons["forecast"]
        ):
            passive = verb.xpos in ("VBN", "VBD", "JJ") and tree.child(sentence, verb, "aux:pass", "cop", "aux")
            return verb if passive and not _by(sentence, verb) else None
    return None


def _by(sentence: Sentence, verb: Word) -> bool:
    agents = tree.children(sentence, verb, "obl:agent", "obl")
    return any((case := tree.child(sentence, agent, "case")) and case.lemma == "by" for agent in agents)
