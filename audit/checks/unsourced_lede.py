"""V007."""

from collections.abc import Iterator

from audit.checks.hit import Hit
from audit.checks.opening import opening
from audit.checks.unattributed_casualties import unattributed_casualties
from audit.checks.unattributed_figure import unattributed_figure
from audit.checks.view import View
from audit.checks.wording import short
from audit.model import Article, Claim, Span
from audit.numerals import CURRENCY_SIGNS
from audit.rule import Rules

_HUNDRED = 100
_MAIN = ("root", "conj", "parataxis")  # verbs that say what happened
_SUPPORT_WITHIN = 3  # paragraphs of the body


def unsourced_lede(view: View) -> Iterator[Hit]:
    """A first paragraph that states a disputable event or a figure, with no source in the first three paragraphs.

    Where F001 or F002 is chosen and reports a figure of that paragraph, it is left to them.
    """
    article, claims, rules = view.article, view.claims, view.rules
    body = opening(article, _SUPPORT_WITHIN)
    if not body or any(c.paragraph in body and c.source.sourcing != "unattributed" for c in claims):
        return
    figure = next((claim for claim in claims if _states(claim) and claim.paragraph == body[0]), None)
    event = _event(article, body[0], rules)
    if any(article.paragraphs[body[0]].span.holds(hit.span) for hit in _figures(view)):
        return
    if where := event or (figure.span if figure else None):
        yield Hit(where, None if event else figure, {"words": short(article, where)})


def _figures(view: View) -> Iterator[Hit]:
    rules = view.rules
    if rules.use("unattributed-figure"):
        yield from view.hits(unattributed_figure)
    if rules.use("unattributed-casualties"):
        yield from view.hits(unattributed_casualties)


def _states(claim: Claim) -> bool:
    """Whether a claim is a figure of some weight: money, a percentage, a hundred or more; not "hundreds" nor "16"."""
    quantity = claim.quantity
    if quantity is None or quantity.value is None:
        return False
    return quantity.value >= _HUNDRED or quantity.unit in ("%", "percentage points", *CURRENCY_SIGNS.values())


def _event(article: Article, paragraph: int, rules: Rules) -> Span | None:
    """The first verb of crime, death, conflict or dismissal in a paragraph."""
    for sentence in article.sentences:
        for word in sentence.words if sentence.paragraph == paragraph else ():
            if word.upos == "VERB" and word.deprel in _MAIN and word.lemma.lower() in rules.lexicons["contentious"]:
                return word.span
    return None
