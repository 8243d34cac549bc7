"""Patterns and a sentence into matches: which words play cue, source and content."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from audit import tree
from audit.model import Sentence, Word
from audit.pattern import CLAUSE, SUBJECT, Path, Step, Test
from audit.rule import Pattern, endings, listed

Lexicons = Mapping[str, frozenset[str]]
Bindings = Mapping[str, Word]


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern found in a sentence. `trigger` is the word that set it off: the cue or the figure."""

    pattern: Pattern
    sentence: Sentence
    trigger: Word
    source: Word | None
    content: tuple[Word, ...]


def matches(
    patterns: Sequence[Pattern], sentences: Sequence[Sentence], lexicons: Lexicons
) -> Iterator[tuple[int, Match]]:
    """Every match of every pattern with the index of its sentence, by sentence, then word, then in the order of the
    patterns."""
    by_lemma, others = _by_lemma(patterns, lexicons)
    for index, sentence in enumerate(sentences):
        for word in sentence.words:
            for pattern in by_lemma.get(word.lemma.lower(), others):
                if found := match(pattern, sentence, word, lexicons):
                    yield index, found


def _by_lemma(patterns: Sequence[Pattern], lexicons: Lexicons) -> tuple[dict[str, list[Pattern]], list[Pattern]]:
    """For each lemma that a trigger names the patterns it can set off, and those that any other word can."""
    wanted: list[frozenset[str] | None] = []
    for pattern in patterns:
        test = next((test for test in pattern.tests if test.key == "lemma" and not test.negated), None)
        open_ended = test is None or any(endings(lexicons[name]) for name in test.lexicons)
        listing = [] if test is None else [test.literal, *(lexicons[name] for name in test.lexicons)]
        wanted.append(None if open_ended else frozenset().union(*listing))
    lemmas = frozenset().union(*(names for names in wanted if names))
    pairs = list(zip(patterns, wanted, strict=True))
    return (
        {lemma: [pattern for pattern, names in pairs if names is None or lemma in names] for lemma in lemmas},
        [pattern for pattern, names in pairs if names is None],
    )


def match(pattern: Pattern, sentence: Sentence, word: Word, lexicons: Lexicons) -> Match | None:
    """The match of `pattern` with `word` as its trigger, if there is one."""
    bound = {pattern.trigger: word}
    if not all(holds(test, word, bound, lexicons) for test in pattern.tests):
        return None
    source = _first(((path,) for path in pattern.source), sentence, bound, lexicons)
    if pattern.source and not source and not pattern.agentless:
        return None
    if source:
        bound["source"] = source[0]
    content = _first(pattern.content, sentence, bound, lexicons)
    if pattern.content and not content:
        return None
    if content:
        bound["content"] = content[0]
    if not all(any(reach(path, sentence, bound, lexicons)) for path in pattern.needs):
        return None
    if any(any(reach(path, sentence, bound, lexicons)) for path in pattern.unless):
        return None
    return Match(pattern, sentence, word, source[0] if source else None, content)


def _first(
    choices: Iterable[tuple[Path, ...]], sentence: Sentence, bound: Bindings, lexicons: Lexicons
) -> tuple[Word, ...]:
    """The words of the first choice of which every path arrives."""
    for paths in choices:
        found = [reach(path, sentence, bound, lexicons) for path in paths]
        if all(found):
            return tuple(dict.fromkeys(word for words in found for word in words))
    return ()


def reach(path: Path, sentence: Sentence, bound: Bindings, lexicons: Lexicons) -> list[Word]:
    """The words at the end of `path`, without repetition; none when its start is not bound or fails its tests."""
    start = bound.get(path.start)
    if start is None or not all(holds(test, start, bound, lexicons) for test in path.tests):
        return []
    words = [start]
    for step in path.steps:
        reached = dict.fromkeys(word for at in words for word in _targets(step, sentence, at))
        words = [word for word in reached if all(holds(test, word, bound, lexicons) for test in step.tests)]
    return words


def _targets(step: Step, sentence: Sentence, at: Word) -> Iterator[Word]:
    if step.optional:
        yield at
    if step.relations == (SUBJECT,):
        found = tree.subject(sentence, at)
        if found is not None:
            yield found
    elif step.relations == (CLAUSE,):
        yield tree.clause(sentence, at)
    elif step.down:
        yield from tree.children(sentence, at, *(() if step.relations == ("*",) else step.relations))
    elif (above := tree.head(sentence, at)) and _attached(at, step.relations):
        yield above


def _attached(word: Word, relations: tuple[str, ...]) -> bool:
    return relations == ("*",) or any(tree.is_relation(word.deprel, relation) for relation in relations)


def holds(test: Test, word: Word, bound: Bindings, lexicons: Lexicons) -> bool:
    """Whether `word` passes a test, given the words bound so far."""
    return _asked(test, word, bound, lexicons) != test.negated


def _asked(test: Test, word: Word, bound: Bindings, lexicons: Lexicons) -> bool:
    match test.key:
        case "upos":
            return word.upos in test.literal
        case "lemma":
            lemma = word.lemma.lower()
            return lemma in test.literal or any(listed(lexicons[name], lemma) for name in test.lexicons)
        case "form":
            form = word.form.lower()
            return form in test.literal or any(listed(lexicons[name], form) for name in test.lexicons)
        case "xpos":
            return word.xpos in test.literal
        case "deprel":
            return any(tree.is_relation(word.deprel, relation) for relation in test.values)
        case "feat":
            return not test.literal.isdisjoint(word.feats.split("|"))
        case "ner":
            return word.ner[2:] in test.literal
        case "before":
            return any(name in bound and word.index < bound[name].index for name in test.values)
        case _:  # after
            return any(name in bound and word.index > bound[name].index for name in test.values)
