"""Words -> whether they stand for people."""

from audit.model import Word
from audit.rule import Rules, listed


def is_person(word: Word, rules: Rules) -> bool:
    """Whether a word names or describes a person: "Ann", "nurse", "mayor"."""
    return word.ner[2:] == "Person" or _any(word, rules, "human", "leader", "role", "title")


def is_party(word: Word, rules: Rules) -> bool:
    """Whether a word describes people or a body of them: "nurse", "mayor", "council"."""
    return _any(word, rules, "body", "human", "leader", "role")


def _any(word: Word, rules: Rules, *lexicons: str) -> bool:
    return any(listed(rules.lexicons[name], word.lemma.lower()) for name in lexicons)
