"""Matchers and words into matches: which words play cue, source and content."""

from collections.abc import Iterable
from dataclasses import dataclass

from audit.matchers import Bindings, Matcher, Walk
from audit.model import Sentence, Word
from audit.rule import Pattern


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern found in a sentence. `trigger` is the word that set it off: the cue or the figure."""

    pattern: Pattern
    sentence: Sentence
    trigger: Word
    source: Word | None
    content: tuple[Word, ...]


def match(matcher: Matcher, sentence: Sentence, word: Word) -> Match | None:
    """The match of a pattern with `word` as its trigger, if there is one."""
    pattern = matcher.pattern
    bound = {pattern.trigger: word}
    if not matcher.passes(word, bound):
        return None
    source: list[Word] = []
    for walk in matcher.source:
        if source := walk(sentence, bound):
            break
    if source:
        bound["source"] = source[0]
    elif matcher.source and not pattern.agentless:
        return None
    content = _first(matcher.content, sentence, bound)
    if content:
        bound["content"] = content[0]
    elif matcher.content:
        return None
    for walk in matcher.needs:
        if not walk(sentence, bound):
            return None
    for walk in matcher.unless:
        if walk(sentence, bound):
            return None
    return Match(pattern, sentence, word, source[0] if source else None, content)


def _first(choices: Iterable[tuple[Walk, ...]], sentence: Sentence, bound: Bindings) -> tuple[Word, ...]:
    """The words of the first choice of which every path arrives."""
    for walks in choices:
        found: dict[int, Word] = {}
        for walk in walks:
            words = walk(sentence, bound)
            if not words:
                break
            found.update((word.index, word) for word in words)
        else:
            return tuple(found.values())
    return ()
