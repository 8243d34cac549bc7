"""Patterns and lexicons into functions of words, made once: tests that ask, paths that walk."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from audit import tree
from audit.model import Sentence, Word
from audit.pattern import CLAUSE, SUBJECT, Path, Step, Test
from audit.rule import Pattern, endings

Lexicons = Mapping[str, frozenset[str]]
Bindings = Mapping[str, Word]

Ask = Callable[[Word, Bindings], bool]
"""Whether a word passes, given the words bound so far."""

Walk = Callable[[Sentence, Bindings], list[Word]]
"""The words at the end of a path, without repetition; none when its start is not bound or fails its tests."""

_Move = Callable[[Sentence, Word], list[Word]]


@dataclass(frozen=True, slots=True)
class Matcher:
    """A pattern with its tests and paths as functions."""

    pattern: Pattern
    passes: Ask  # what the trigger is asked
    source: tuple[Walk, ...]
    content: tuple[tuple[Walk, ...], ...]
    needs: tuple[Walk, ...]
    unless: tuple[Walk, ...]
    beside: tuple[frozenset[str], ...]  # relations such as "> ccomp" or "< acl": the trigger has one of each


def matcher(pattern: Pattern, lexicons: Lexicons, *, answered: Collection[Test] = ()) -> Matcher:
    """`pattern` made ready to be asked of words that are known to pass the tests `answered`."""

    def walks(paths: tuple[Path, ...]) -> tuple[Walk, ...]:
        return tuple(walk(path, lexicons) for path in paths)

    return Matcher(
        pattern,
        ask([test for test in pattern.tests if test not in answered], lexicons),
        walks(pattern.source),
        tuple(map(walks, pattern.content)),
        walks(pattern.needs),
        walks(pattern.unless),
        tuple(_beside(pattern)),
    )


def _beside(pattern: Pattern) -> Iterator[frozenset[str]]:
    """Relations of which the trigger of a match has one, as far as they can be told: how its paths set out."""
    demands = [[path] for path in pattern.needs]
    if not pattern.agentless:
        demands.append(list(pattern.source))
    demands += [[choice[0] for choice in pattern.content]]
    for paths in demands:
        starts = [_first_relations(path, pattern.trigger) for path in paths]
        if starts and all(starts):
            yield frozenset().union(*starts)


def _first_relations(path: Path, trigger: str) -> frozenset[str]:
    """The relations by which a path can leave the trigger; none when it starts elsewhere, stays, or takes any."""
    step = path.steps[0] if path.steps else None
    if step is None or path.start != trigger or step.optional:
        return frozenset()
    if any(relation in ("*", SUBJECT, CLAUSE) or relation.endswith(":*") for relation in step.relations):
        return frozenset()
    return frozenset(f"{'>' if step.down else '<'} {relation}" for relation in step.relations)


def walk(path: Path, lexicons: Lexicons) -> Walk:
    """A path as a function."""
    name = path.start
    passes = ask(path.tests, lexicons) if path.tests else None
    steps = [(_move(step), ask(step.tests, lexicons) if step.tests else None) for step in path.steps]

    def walked(sentence: Sentence, bound: Bindings) -> list[Word]:
        start = bound.get(name)
        if start is None or (passes is not None and not passes(start, bound)):
            return []
        words = [start]
        for move, asked in steps:
            if len(words) == 1:
                words = move(sentence, words[0])
            else:  # two words may lead to the same one
                words = list({word.index: word for at in words for word in move(sentence, at)}.values())
            if asked is not None:
                words = [word for word in words if asked(word, bound)]
            if not words:
                break
        return words

    return walked


def _move(step: Step) -> _Move:
    """Where a step leads from a word, before its tests."""
    move = _to_derived(step) or (_down(step.relations) if step.down else _up(step.relations))
    if not step.optional:
        return move
    return lambda sentence, at: [at, *(word for word in move(sentence, at) if word is not at)]


def _to_derived(step: Step) -> _Move | None:
    if step.relations == (SUBJECT,):
        return lambda sentence, at: [found] if (found := tree.subject(sentence, at)) is not None else []
    if step.relations == (CLAUSE,):
        return lambda sentence, at: [tree.clause(sentence, at)]
    return None


def _down(relations: tuple[str, ...]) -> _Move:
    if relations == ("*",):
        return tree.children
    names, kinds = tree.parted(relations)
    if kinds:
        return lambda sentence, at: tree.children(sentence, at, *relations)

    def moved(sentence: Sentence, at: Word) -> list[Word]:
        words = sentence.words
        return [below for index in sentence.dependents[at.index] if (below := words[index - 1]).deprel in names]

    return moved


def _up(relations: tuple[str, ...]) -> _Move:
    def moved(sentence: Sentence, at: Word) -> list[Word]:
        above = tree.head(sentence, at)
        attached = above is not None and (relations == ("*",) or tree.is_one_of(at.deprel, relations))
        return [above] if above is not None and attached else []

    return moved


def ask(tests: Sequence[Test], lexicons: Lexicons) -> Ask:
    """All of `tests` as one function."""
    asked = [_ask(test, lexicons) for test in tests]
    if len(asked) == 1:
        return asked[0]

    def passes(word: Word, bound: Bindings) -> bool:
        for question in asked:  # noqa: SIM110  # half the time of all(...)
            if not question(word, bound):
                return False
        return True

    return passes


def _ask(test: Test, lexicons: Lexicons) -> Ask:
    asked = _asked(test, lexicons)
    return (lambda word, bound: not asked(word, bound)) if test.negated else asked


def _asked(test: Test, lexicons: Lexicons) -> Ask:
    values, tails = accepted(test, lexicons)
    match test.key:
        case "upos" | "xpos":
            of = attrgetter(test.key)
            return lambda word, bound: of(word) in values
        case "lemma" | "form" if tails:
            of = attrgetter(test.key)
            return lambda word, bound: (text := of(word).lower()) in values or text.endswith(tails)
        case "lemma":
            return lambda word, bound: word.lemma.lower() in values
        case "form":
            return lambda word, bound: word.form.lower() in values
        case "deprel":
            return lambda word, bound: tree.is_one_of(word.deprel, test.values)
        case "feat":
            return lambda word, bound: not values.isdisjoint(word.feats.split("|"))
        case "ner":
            return lambda word, bound: word.ner[2:] in values
        case "before":
            return lambda word, bound: any(name in bound and word.index < bound[name].index for name in test.values)
        case _:  # after
            return lambda word, bound: any(name in bound and word.index > bound[name].index for name in test.values)


def accepted(test: Test, lexicons: Lexicons) -> tuple[frozenset[str], tuple[str, ...]]:
    """The words that meet a test, its lexicons included, and the endings that do."""
    listed = [lexicons[name] for name in test.lexicons]
    return test.literal.union(*listed), tuple(tail for lexicon in listed for tail in endings(lexicon))
