"""A009."""

from collections.abc import Iterator
from itertools import pairwise

from audit import tree
from audit.checks.hit import Hit
from audit.checks.sentences import words_of
from audit.checks.view import View
from audit.gazetteer import fold
from audit.model import Article, Claim, Span
from audit.rule import Rules

_MARKS = "\"'“”‘’"


def undisclosed_pseudonym(view: View) -> Iterator[Hit]:
    """Persons who speak under a given name alone, when the article never says that the name is not the whole."""
    article, claims, rules = view.article, view.claims, view.rules
    lone: dict[str, Claim] = {}
    for claim in claims:
        source = claim.source
        if source.detail == "person" and source.speaker and source.mention and len(source.speaker.split()) == 1:
            lone.setdefault(source.speaker, claim)
    if not lone or _disclosed(article, rules):
        return
    accompanied = _accompanied(article)
    for name, claim in lone.items():
        mention = claim.source.mention
        if mention is None or name.isupper() or _kin(article, mention):
            continue
        if rules.gazetteer.gender(name) and fold(name) not in accompanied:
            yield Hit(mention, claim, {"words": name})


def _disclosed(article: Article, rules: Rules) -> bool:
    text = f" {' '.join(article.text.lower().replace('’', chr(39)).split())} "
    return any(f" {words}" in text for words in rules.lexicons["name-withheld"])


def _kin(article: Article, mention: Span) -> bool:
    """Whether the family name is that of somebody else: "Lee's son, Grant"."""
    sentence, words = words_of(article, mention)
    return any(word.deprel == "nmod:poss" for word in words) or any(
        tree.child(sentence, above, "nmod:poss") for word in words[:1] for above in tree.ancestors(sentence, word)
    )


def _accompanied(article: Article) -> set[str]:
    """The words, folded, that stand beside a name, a title or a number anywhere."""
    found = set()
    for sentence in article.sentences:
        words = [word for word in sentence.words if word.form not in _MARKS]
        for at, (word, after) in enumerate(pairwise(words)):
            if word.upos == "PROPN" or (at and word.form[:1].isupper()):
                found.add(fold(after.form))
            if after.upos == "NUM" or after.form[:1].isupper():
                found.add(fold(word.form))
    return found
