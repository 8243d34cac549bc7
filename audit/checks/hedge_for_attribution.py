"""V003."""

from collections.abc import Iterator

from audit import spans, tree
from audit.checks.hit import Hit
from audit.checks.sentences import DISPLAY
from audit.checks.view import View
from audit.model import NOT_PROSE


def hedge_for_attribution(view: View) -> Iterator[Hit]:
    """Adverbs such as "reportedly" in sentences that cite nobody; headlines need not say more."""
    article, claims, rules = view.article, view.claims, view.rules
    cited = view.cited
    marks = view.marks
    of_cue = {claim.cue: claim for claim in claims if claim.cue}
    for index, sentence in enumerate(article.sentences):
        if article.paragraphs[sentence.paragraph].section in DISPLAY | NOT_PROSE:
            continue
        for word in sentence.words if index not in cited else ():
            if word.upos != "ADV" or word.form.lower() not in rules.lexicons["reportedly"]:
                continue
            above = tree.head(sentence, word)
            of_adjective = above is not None and above.deprel == "amod"  # "a supposedly safe bridge"
            if not of_adjective and not spans.touching(marks.spans, word.span):
                yield Hit(word.span, of_cue.get(word.span), {"words": word.form})
