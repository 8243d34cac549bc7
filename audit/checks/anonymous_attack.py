"""A005."""

from collections.abc import Iterator

from audit import tree
from audit.checks.hit import Hit
from audit.checks.people import is_party
from audit.checks.sentences import words_of
from audit.checks.view import View
from audit.checks.wording import short
from audit.model import Article, Claim, Sentence, Word
from audit.rule import Rules, listed

_PEOPLE = frozenset({"he", "she", "they", "you", "him", "her", "them"})
_NEGATIONS = frozenset({"not", "n't", "never", "no"})


def anonymous_attack(view: View) -> Iterator[Hit]:
    """Words that run down a person or a body, spoken by an anonymous source; once a claim."""
    article, rules = view.article, view.rules
    for chain in view.chains:
        for claim in chain.claims:
            word = attack(article, claim, rules)
            if word is not None:
                yield Hit(word.span, claim, {"words": word.form, "source": short(article, chain.first.span)})


def attack(article: Article, claim: Claim, rules: Rules) -> Word | None:
    """The word by which a claim runs somebody down: "liar" in "he is a liar", "crooked" in "that crooked mayor"."""
    for span in claim.spans:
        sentence, words = words_of(article, span)
        for word in words:
            if listed(rules.lexicons["disparaging"], word.lemma.lower()) and _strikes(sentence, word, rules):
                return word
    return None


def _strikes(sentence: Sentence, word: Word, rules: Rules) -> bool:
    """Whether a word of abuse is said of somebody, and not denied of them."""
    if any(w.lemma.lower() in _NEGATIONS for w in tree.children(sentence, word, "advmod", "det")):
        return False
    above = tree.head(sentence, word)
    if tree.child(sentence, word, "cop") or word.upos == "VERB":
        whom = tree.child(sentence, word, "nsubj")
    elif word.deprel == "amod":
        whom = above
    elif word.deprel == "xcomp" and above is not None:
        whom = tree.child(sentence, above, "obj") or tree.child(sentence, above, "nsubj")
    elif word.deprel == "appos":
        whom = above
    else:
        whom = None
    return whom is not None and _somebody(whom, rules)


def _somebody(word: Word, rules: Rules) -> bool:
    if word.upos == "PROPN":
        return word.ner[2:] in ("Person", "Organization", "NORP")
    if word.upos == "PRON":
        return word.lemma.lower() in _PEOPLE
    return is_party(word, rules)
