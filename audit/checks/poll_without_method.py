"""F003."""

import re
from collections.abc import Iterator

from audit import tree
from audit.checks.hit import Hit
from audit.checks.sentences import index_of
from audit.checks.view import View
from audit.checks.wording import listed_in_words, short, without_article
from audit.model import Article, Claim, Sentence, Word
from audit.rule import Rules

_DONE = frozenset("ask carry commission conduct do field hold interview poll survey take".split())
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|march|april|may|june|july|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|"
    r"dec(?:ember)?)\b\.?"
)
_ASKED = r"\b(?:conducted|carried out|taken|done|surveyed|polled|interviewed|fielded|in the field)\b"
_DAY = rf"(?:\b\d{{1,2}}\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day|\bweek|\bmonth|\b{_MONTH})"
_FIELDWORK = re.compile(
    rf"{_ASKED}[^.]{{0,60}}{_DAY}|\b{_MONTH} \d{{1,2}} ?(?:[-–]|to|and|through) ?(?:{_MONTH} )?\d", re.IGNORECASE
)
_SHARES = frozenset({"%", "percentage points"})


def poll_without_method(view: View) -> Iterator[Hit]:
    """The first result of a poll in an article that does not say who asked, when, and how many people."""
    article, claims, rules = view.article, view.claims, view.rules
    shares = [claim for claim in claims if claim.quantity and claim.quantity.unit in _SHARES]
    first = None
    for claim in shares:
        if poll := _poll(article.sentences[index_of(article, claim.span.start)], rules):
            first = (claim, poll)
            break
    if first is None:
        return
    polls = [(sentence, word) for sentence in article.sentences for word in sentence.words if _is_poll(word, rules)]
    lacking = {
        "who asked": not any(_pollster(sentence, word) for sentence, word in polls),
        "when it was taken": not _FIELDWORK.search(" ".join(article.text.split())),
        "how many were asked": not any(_sample(claim, rules) for claim in claims) and not _sampled(article),
    }
    if any(lacking.values()):
        claim, poll = first
        missing = listed_in_words([name for name, lacks in lacking.items() if lacks])
        yield Hit(
            claim.span,
            claim,
            {"words": without_article(short(article, claim.span)), "poll": poll.lemma, "missing": missing},
        )


def _poll(sentence: Sentence, rules: Rules) -> Word | None:
    return next((word for word in sentence.words if _is_poll(word, rules)), None)


def _is_poll(word: Word, rules: Rules) -> bool:
    return word.upos == "NOUN" and word.deprel != "compound" and word.lemma.lower() in rules.lexicons["poll"]


def _pollster(sentence: Sentence, poll: Word) -> bool:
    """Whether a name belongs to the poll: "a Quinnipiac poll", "a survey by Pew", "Gallup asked"."""
    below = [word for word in tree.subtree(sentence, poll) if word != poll]
    before = sentence.words[max(poll.index - 6, 0) : poll.index - 1]
    if any(word.upos == "PROPN" and word.ner[2:] not in ("Date", "NORP") for word in [*below, *before]):
        return True
    verbs = [word for word in sentence.words if word.lemma in _DONE and word.upos == "VERB"]
    subjects = [tree.child(sentence, verb, "nsubj", "obl:agent", "obl") for verb in verbs]
    return any(subject is not None and subject.upos == "PROPN" for subject in subjects)


def _sample(claim: Claim, rules: Rules) -> bool:
    """Whether a figure counts those asked: "1,001 adults"."""
    unit = claim.quantity.unit if claim.kind == "figure" and claim.quantity else None
    value = claim.quantity.value if claim.quantity else None
    return unit is not None and value is not None and value >= 100 and _singular(unit) in rules.lexicons["surveyed"]


def _singular(noun: str) -> str:
    return noun.lower() if noun.lower() == "people" else noun.lower().removesuffix("s")


def _sampled(article: Article) -> bool:
    return re.search(r"\bsample (?:size )?(?:of|is|was) [\w ]{0,20}\d", article.text) is not None
