"""F001."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from audit import tree
from audit.checks.agentless_forecast import agentless_forecast
from audit.checks.figure_arithmetic import figure_arithmetic
from audit.checks.hit import Hit
from audit.checks.percent_for_points import percent_for_points
from audit.checks.poll_without_method import poll_without_method
from audit.checks.sentences import DEFINITE, DISPLAY, head_of, index_of, sentence_of, words_of
from audit.checks.unattributed_casualties import unattributed_casualties
from audit.checks.view import Detector, View
from audit.checks.wording import count, short, without_article
from audit.model import Article, Claim, Sentence, Word
from audit.rule import Detect, Rules

_SMALL = 100  # of a definite set below this size a reader asks no source: "of the 10 judges"
_CITING = frozenset({"accord", "cite"})
_ANSWERING = frozenset(
    "agree approve back believe choose disagree disapprove favor favour feel oppose pick prefer say support think "
    "vote".split()
)
_GATHERING = frozenset({"analyse", "analyze", "contact", "count", "examine", "interview", "poll", "review", "survey"})
_INTENDING = frozenset({"aim", "design", "hope", "intend", "plan", "propose", "seek", "want", "wish"})
_INTENTION = frozenset({"aim", "bid", "effort", "goal", "offer", "plan", "pledge", "promise", "proposal", "target"})
_LENGTHS = frozenset(
    "acre centimeter centimetre feet foot hectare inch kilometer kilometre meter metre mile yard".split()
)
_MEMBERS = frozenset("country county delegate district judge justice leader member nation seat senator state".split())
_REMARK = frozenset({"comment", "quip", "remark"})
_READER = frozenset({"you", "your", "yourself"})
_RULED = re.compile(r"\b(?:legal|mandatory|maximum|minimum|proposed|recommended|required|statutory)\s$", re.IGNORECASE)
_SET = re.compile(r"[\s-](?:rate|surcharge|tax|tariff|levy|duty|threshold)s?\b", re.IGNORECASE)  # by those who rule
_BASE = re.compile(r"\b(?:each|every)\s$", re.IGNORECASE)
_AGE = re.compile(r"[\s-]years?[\s-]old\b", re.IGNORECASE)
_BEFORE: Mapping[Detect, Detector] = MappingProxyType(
    {
        "agentless-forecast": agentless_forecast,
        "figure-arithmetic": figure_arithmetic,
        "percent-for-points": percent_for_points,
        "poll-without-method": poll_without_method,
        "unattributed-casualties": unattributed_casualties,
    }
)
"""The checks that say more of a figure than that it has no source."""


def unattributed_figure(view: View) -> Iterator[Hit]:
    """Figures without a source in their sentence, the first of each; that of the sentence before is offered, and is
    nearly enough where it stands in the same paragraph.

    What the other checks of figures report is left to those that are chosen. A figure that the article gives somebody
    for elsewhere has its source.
    """
    article, claims, rules = view.article, view.claims, view.rules
    left = {
        hit.claim.span
        for detect, detector in _BEFORE.items()
        if rules.use(detect)
        for hit in view.hits(detector)
        if hit.claim
    }
    known = {_stated(claim) for claim in claims if claim.source.sourcing != "unattributed"} - {None}
    cited = view.cited
    bare: defaultdict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.kind != "figure" or claim.source.sourcing != "unattributed" or claim.cue or claim.span in left:
            continue
        sentence = sentence_of(article, claim.span)
        if article.paragraphs[claim.paragraph].section in DISPLAY:
            continue
        if _stated(claim) in known or _of_data(sentence, rules) or _asks_no_source(article, claim):
            continue
        bare[index_of(article, claim.span.start)].append(claim)
    for at, (claim, *more) in bare.items():
        carried = bool(claim.carry_over) and article.sentences[at - 1].paragraph == article.sentences[at].paragraph
        hint = f" ({claim.carry_over}, as in the sentence before?)" if claim.carry_over else ""
        others = f"and {count(len(more), 'more figure')} of its sentence have no source there"
        lacking = others if more else "has no source in its sentence"
        whose = "figures they are" if more else "figure it is"
        words = {"words": without_article(short(article, claim.span)), "lacking": lacking, "hint": hint, "whose": whose}
        yield Hit(claim.span, claim, words, "info" if carried else None, "medium" if at in cited else "high")


def _stated(claim: Claim) -> tuple[float, str | None] | None:
    """What a figure says, None when it is no figure or states no value."""
    if claim.quantity is None or claim.quantity.value is None:
        return None
    return claim.quantity.value, claim.quantity.unit


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


def _asks_no_source(article: Article, claim: Claim) -> bool:
    """Whether a reader can do without: ages, small definite sets, members of public bodies and small bare numbers,
    lengths and areas, which anybody can measure, rates that somebody sets, the
    base of a ratio ("of every $5"), what somebody says to have gathered ("The AP interviewed more
    than 20 people"), the terms of what somebody intends, sums supposed for the reader's sake ("if you save $200"), one
    that is pointed back to ("that $115"), and answers to a poll ("62 percent agreed"), which are F003's."""
    sentence, words = words_of(article, claim.span)
    head = head_of(words)
    quantity = claim.quantity
    if head is None or quantity is None or _AGE.match(article.text, claim.span.end):
        return head is None or quantity is not None
    if quantity.unit == "%" and _SET.match(article.text, claim.span.end):
        return True
    before = article.text[sentence.span.start : claim.span.start]
    if _BASE.search(before) or _RULED.search(before) or _is_supposed(sentence, head):
        return True
    verb = tree.head(sentence, head)
    if quantity.unit == "%" and head.deprel == "nsubj" and verb is not None and verb.lemma in _ANSWERING:
        return True
    if head.deprel == "obj" and verb is not None and verb.lemma in _GATHERING and tree.child(sentence, verb, "nsubj"):
        return True
    determiners = tree.children(sentence, head, "det", "nmod:poss")
    if any(word.lemma.lower() in ("that", "this") for word in determiners):
        return True
    exact = quantity.value == quantity.low == quantity.high
    if exact and words[-1].lemma.lower() in _LENGTHS:
        return True
    if quantity.value is None or quantity.value >= _SMALL:
        return False
    if exact and words[-1].lemma.lower() in _MEMBERS:
        return True
    definite = head.upos == "NOUN" and any(word.lemma.lower() in DEFINITE for word in determiners)
    return definite or (quantity.unit is None and quantity.value >= 1)


def _is_supposed(sentence: Sentence, head: Word) -> bool:
    """Whether the sentence speaks to its reader, or the figure stands in what somebody means to do."""
    root = next((word for word in sentence.words if word.head == 0), None)
    ordered = root is not None and root.xpos == "VB" and not tree.child(sentence, root, "nsubj", "aux", "expl")
    if ordered or any(word.lemma.lower() in _READER for word in sentence.words):
        return True
    at: Word | None = head
    while at is not None:
        above = tree.head(sentence, at)
        if above is not None and at.deprel in ("xcomp", "advcl") and above.lemma in _INTENDING:
            return True
        if above is not None and at.deprel == "acl" and above.lemma in _INTENTION:
            return True
        if above is not None and at.deprel == "nmod" and above.lemma in _REMARK:
            return True
        at = above
    return False
