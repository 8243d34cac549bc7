"""Figures -> those that count the dead, the injured and the missing."""

from audit import tree
from audit.checks.sentences import head_of, words_of
from audit.model import Article, Claim, Sentence, Word
from audit.numerals import CURRENCY_SIGNS
from audit.rule import Rules

_NO_COUNT = frozenset({"%", "percentage points", *CURRENCY_SIGNS.values()})
_AFTERMATH = frozenset({"dead", "injured", "killed", "missing", "wounded"})
_BACKGROUND = ("acl", "acl:relcl")  # "the man who killed 13 people": what readers are taken to know
_TAKES_LIVES = frozenset({"claim", "cost", "lose", "take"})


def casualties(article: Article, claim: Claim, rules: Rules) -> bool:
    """Whether a figure counts casualties: "40 people died", "12 dead", "the toll rose to 40", "claimed 40 lives"."""
    if claim.kind != "figure" or (claim.quantity and claim.quantity.unit in _NO_COUNT):
        return False
    sentence, words = words_of(article, claim.span)
    head = head_of(words)
    if head is None:
        return False
    listed = rules.lexicons["casualty"]
    if any(word.lemma.lower() in listed and word.upos in ("NOUN", "ADJ") for word in words):
        return True
    following = sentence.words[words[-1].index] if words[-1].index < len(sentence.words) else None
    if following and (following.form.lower() in _AFTERMATH) and following.deprel not in ("amod", "compound"):
        return following.deprel not in _BACKGROUND and not tree.child(sentence, following, "obj")
    return _undergoes(sentence, head, rules)


def _undergoes(sentence: Sentence, head: Word, rules: Rules) -> bool:
    """Whether those counted are the ones who die, by the verb above them."""
    verb = tree.head(sentence, head)
    if verb is None or verb.upos != "VERB" or verb.deprel in _BACKGROUND:
        return False
    if verb.lemma in _TAKES_LIVES and head.lemma == "life":
        return head.deprel == "obj"
    if verb.lemma in rules.lexicons["casualty"]:
        alone = not tree.child(sentence, verb, "obj")
        return head.deprel in ("nsubj:pass", "obj") or (head.deprel == "nsubj" and alone)
    subject = tree.child(sentence, verb, "nsubj")
    return subject is not None and subject.lemma == "toll" and head.deprel in ("obj", "obl")
