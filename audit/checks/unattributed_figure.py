"""F001."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from audit import tree
from audit.checks.agentless_forecast import agentless_forecast
from audit.checks.figure_arithmetic import figure_arithmetic
from audit.checks.frames import sourced
from audit.checks.hit import Detector, Hit
from audit.checks.percent_for_points import percent_for_points
from audit.checks.poll_without_method import poll_without_method
from audit.checks.sentences import DEFINITE, head_of, index_of, sentence_of, words_of
from audit.checks.unattributed_casualties import unattributed_casualties
from audit.checks.wording import count, short, without_article
from audit.model import Article, Claim, Sentence
from audit.rule import Detect, Rules

_SMALL = 100  # of a definite set below this size a reader asks no source: "of the 10 judges"
_CITING = frozenset({"accord", "cite"})
_ANSWERING = frozenset({"agree", "believe", "disagree", "feel", "say", "support", "think"})
_GATHERING = frozenset({"analyse", "analyze", "contact", "count", "examine", "interview", "poll", "review", "survey"})
_SET = re.compile(r"[\s-](?:rate|surcharge|tax|tariff|levy|duty|threshold)s?\b", re.IGNORECASE)  # by those who rule
_BASE = re.compile(
    r"\b(?:each|every|(?:\d|one|two|three|four|five|six|seven|eight|nine)(?:\sout)?\s(?:of|in))\s$", re.IGNORECASE
)
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


def unattributed_figure(article: Article, claims: Sequence[Claim], rules: Rules) -> Iterator[Hit]:
    """Figures without a source in their sentence, the first of each; that of the sentence before is offered, and is
    nearly enough where it stands in the same paragraph.

    What the other checks of figures report is left to those that are chosen. A figure that the article gives somebody
    for elsewhere has its source.
    """
    left = {
        hit.claim.span
        for detect, detector in _BEFORE.items()
        if rules.use(detect)
        for hit in detector(article, claims, rules)
        if hit.claim
    }
    known = {_stated(claim) for claim in claims if claim.source.sourcing != "unattributed"} - {None}
    cited = sourced(article, claims)
    bare: defaultdict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.kind != "figure" or claim.source.sourcing != "unattributed" or claim.cue or claim.span in left:
            continue
        sentence = sentence_of(article, claim.span)
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
    """Whether a reader can do without: ages, small definite sets and small bare numbers, rates that somebody sets, the
    base of a ratio ("of every $5", "eight of 10 voters"), what somebody says to have gathered ("The AP interviewed more
    than 20 people"), and answers to a poll ("62 percent agreed"), which are F003's."""
    sentence, words = words_of(article, claim.span)
    head = head_of(words)
    quantity = claim.quantity
    if head is None or quantity is None or _AGE.match(article.text, claim.span.end):
        return head is None or quantity is not None
    if quantity.unit == "%" and _SET.match(article.text, claim.span.end):
        return True
    if _BASE.search(article.text[sentence.span.start : claim.span.start]):
        return True
    verb = tree.head(sentence, head)
    if quantity.unit == "%" and head.deprel == "nsubj" and verb is not None and verb.lemma in _ANSWERING:
        return True
    if head.deprel == "obj" and verb is not None and verb.lemma in _GATHERING and tree.child(sentence, verb, "nsubj"):
        return True
    if quantity.value is None or quantity.value >= _SMALL:
        return False
    determiners = tree.children(sentence, head, "det", "nmod:poss")
    definite = head.upos == "NOUN" and any(word.lemma.lower() in DEFINITE for word in determiners)
    return definite or (quantity.unit is None and quantity.value >= 1)
