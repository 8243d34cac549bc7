"""Words -> the news outlet that they name, or that they leave unnamed."""

from audit import tree
from audit.gazetteer import fold
from audit.model import Article, Sentence, Span, Word
from audit.rule import Rules

_IN_NAMES = ("PROPN", "NOUN", "ADP", "DET", "PART", "X", "ADJ")
_LONGEST = 5  # words of the name of an outlet


def outlet_of(article: Article, sentence: Sentence, head: Word, rules: Rules) -> tuple[str, Span] | None:
    """The name, as listed, and place of the outlet of which `head` is a word: "Reuters"; our own counts as well.

    The longest name that the gazetteer or the settings know wins.
    """
    if head.upos not in _IN_NAMES:
        return None
    own = {fold(name): name for name in rules.settings.outlets}
    first, end = head.index - 1, head.index  # places in the sentence of the words around it that can be in its name
    while first > 0 and head.index - first < _LONGEST and sentence.words[first - 1].upos in _IN_NAMES:
        first -= 1
    while end < len(sentence.words) and end - head.index < _LONGEST and sentence.words[end].upos in _IN_NAMES:
        end += 1
    for length in range(min(_LONGEST, end - first), 0, -1):
        for start in range(max(head.index - length, first), min(head.index, end - length + 1)):
            span = tree.hull(list(sentence.words[start : start + length]))
            name = " ".join(article.slice(span).split())
            if name[:1].islower() and not name.startswith("the "):
                continue
            listed = rules.gazetteer.organization_type(name) == "outlet"
            if known := own.get(fold(name)) or (rules.gazetteer.organization(name) if listed else None):
                return known, span
    return None


def ours(name: str, rules: Rules) -> bool:
    """Whether an outlet, by any of its names, is our own."""
    known = {fold(rules.gazetteer.organization(own) or own) for own in rules.settings.outlets}
    return fold(rules.gazetteer.organization(name) or name) in known | {fold(own) for own in rules.settings.outlets}


def unnamed(sentence: Sentence, head: Word, rules: Rules) -> bool:
    """Whether `head` is the press without a name: "local media", "media reports", "reports"; "his report" is not."""
    if head.upos != "NOUN":
        return False
    lemma = head.lemma.lower()
    below = tree.children(sentence, head, "compound", "amod", "nmod:poss", "det", "nmod", "acl", "acl:relcl")
    if any(word.upos == "PROPN" or word.deprel == "nmod:poss" for word in below):
        return False
    if lemma in rules.lexicons["media"]:  # "the network" is one that was named before
        return head.form.lower() == "media" or not any(w.lemma.lower() in ("the", "this", "that") for w in below)
    kinds = {word.lemma.lower() for word in below if word.deprel in ("compound", "amod")}
    press = bool(kinds & (rules.lexicons["media"] | {"news"}))
    alone = not any(word.deprel in ("det", "nmod", "acl", "acl:relcl") for word in below)
    return lemma == "report" and (press or (head.form.lower() == "reports" and alone))
