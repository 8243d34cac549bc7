"""The pattern language: text such as ``cue < conj? > nsubj PRON lemma:it`` into paths and tests, and back.

A *test* asks one thing of a word:

    VERB, NOUN|PROPN     its UPOS
    lemma:say|@tell      its lemma (``@tell``: any entry of rules/lexicons/tell.txt); likewise form: (lower case),
                         xpos:, deprel:, feat:Voice=Pass, ner:Person
    before:cue, after:cue    it stands before or after a word bound earlier
    !lemma:not           the opposite of any test

A *path* starts at a bound word and takes steps: ``> rel`` down to a dependent, ``< rel`` up to the governor when the
word is attached to it by rel. ``rel|rel`` gives a choice, ``rel:*`` takes subtypes too, ``*`` is any relation,
``rel?`` may be skipped. ``> subject`` goes to the subject a reader would supply (see `tree.subject`), ``< clause`` to
the head of the independent or reported clause around the word (see `tree.clause`). Tests after a step are asked of the
word it reaches, or of the word it starts from when it is skipped.
"""

import difflib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

UPOS = frozenset("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split())
RELATIONS = frozenset(
    "acl acl:relcl advcl advcl:relcl advmod amod appos aux aux:pass case cc cc:preconj ccomp clf compound compound:prt "
    "conj cop csubj csubj:outer csubj:pass dep det det:predet discourse dislocated expl fixed flat goeswith iobj list "
    "mark nmod nmod:desc nmod:poss nmod:unmarked nsubj nsubj:outer nsubj:pass nummod obj obl obl:agent obl:unmarked "
    "orphan parataxis punct reparandum root vocative xcomp".split()
)
KEYS = ("upos", "lemma", "form", "xpos", "deprel", "feat", "ner", "before", "after")
SUBJECT = "subject"
CLAUSE = "clause"
_DERIVED = {SUBJECT: True, CLAUSE: False}  # reached downwards?


class PatternError(ValueError):
    """A pattern that cannot be read; the text says what is wrong, not where."""


@dataclass(frozen=True)
class Test:
    """One question about a word, e.g. ``lemma:say|tell``."""

    key: str
    values: tuple[str, ...]
    negated: bool = False

    @cached_property
    def literal(self) -> frozenset[str]:
        """The values that are no lexicons."""
        return frozenset(value for value in self.values if not value.startswith("@"))

    @cached_property
    def lexicons(self) -> tuple[str, ...]:
        """The names of the lexicons among the values, without the @."""
        return tuple(value[1:] for value in self.values if value.startswith("@"))

    def __str__(self) -> str:
        prefix = "" if self.key == "upos" else f"{self.key}:"
        return f"{'!' * self.negated}{prefix}{'|'.join(self.values)}"


@dataclass(frozen=True)
class Step:
    """One move along the tree, down (``>``) or up (``<``), and the tests of the word it reaches."""

    down: bool
    relations: tuple[str, ...]
    optional: bool = False
    tests: tuple[Test, ...] = ()

    def __str__(self) -> str:
        move = f"{'>' if self.down else '<'} {'|'.join(self.relations)}{'?' * self.optional}"
        return " ".join([move, *map(str, self.tests)])


@dataclass(frozen=True)
class Path:
    """From the word bound to `start` along `steps`; `tests` are asked of the start itself."""

    start: str
    steps: tuple[Step, ...]
    tests: tuple[Test, ...] = ()

    def __str__(self) -> str:
        return " ".join([self.start, *map(str, self.tests), *map(str, self.steps)])


def parse_tests(text: str) -> tuple[Test, ...]:
    """Read ``VERB lemma:@say``.

    Raises:
        PatternError: with the offending part and the nearest valid one.
    """
    return tuple(map(_test, text.split()))


def parse_path(text: str) -> Path:
    """Read ``cue < conj? > nsubj PRON``.

    Raises:
        PatternError: with the offending part and the nearest valid one.
    """
    parts = text.replace(">", " > ").replace("<", " < ").split()
    if not parts or parts[0] in "<>":
        raise PatternError("a path starts with the name of a bound word, such as cue")
    start, rest = parts[0], parts[1:]
    moves = [i for i, part in enumerate(rest) if part in "<>"]
    steps = []
    for begin, end in zip(moves, [*moves[1:], len(rest)], strict=False):
        if begin + 1 >= end:
            raise PatternError(f"no relation after {rest[begin]!r}")
        steps.append(_step(rest[begin] == ">", rest[begin + 1], rest[begin + 2 : end]))
    first = moves[0] if moves else len(rest)
    return Path(start, tuple(steps), tuple(map(_test, rest[:first])))


def _step(down: bool, relations: str, tests: list[str]) -> Step:
    optional = relations.endswith("?")
    names = tuple(relations.removesuffix("?").split("|"))
    for name in names:
        if name in _DERIVED and down is not _DERIVED[name]:
            raise PatternError(f'"{name}" is written {"> subject" if name == SUBJECT else "< clause"}')
        if name in ("*", *_DERIVED):
            if len(names) > 1:
                raise PatternError(f'"{name}" stands alone, without |')
        else:
            _relation(name, RELATIONS | set(_DERIVED))
    return Step(down, names, optional, tuple(map(_test, tests)))


def _test(text: str) -> Test:
    body = text.removeprefix("!")
    key, colon, listed = body.partition(":")
    if not colon:
        key, listed = "upos", body
    values = tuple(listed.split("|"))
    if key not in KEYS:
        raise PatternError(f'unknown test "{key}"{nearest(key, KEYS)}')
    if not all(values):
        raise PatternError(f'"{text}" has an empty value')
    for value in values:
        if key == "upos" and value not in UPOS:
            raise PatternError(f'unknown part of speech "{value}"{nearest(value, UPOS)}')
        if value.startswith("@") and key not in ("lemma", "form"):
            raise PatternError(f'"{text}": a lexicon goes with lemma: or form:')
        if key == "deprel":
            _relation(value, RELATIONS)
        if key in ("lemma", "form") and value[0] != "@" and value != value.lower():
            raise PatternError(f'"{text}" is never met: lemma: and form: compare in lower case')
        if key == "feat" and "=" not in value:
            raise PatternError(f'"{text}" is never met: a feature has a value, as in feat:Voice=Pass')
    return Test(key, values, body != text)


def _relation(name: str, known: frozenset[str]) -> None:
    """Refuse what is neither a relation nor, written ``rel:*``, a relation with all its subtypes."""
    plain = name.removesuffix(":*")
    if plain not in RELATIONS:
        raise PatternError(f'unknown relation "{name}"{nearest(name, known)}')
    if plain != name and ":" in plain:
        raise PatternError(f'"{name}": {plain} is itself a subtype and has none')


def nearest(word: str, known: Collection[str]) -> str:
    """A hint such as `` (did you mean "nsubj"?)``, or nothing."""
    plain = {one.casefold(): one for one in sorted(known)}
    close = difflib.get_close_matches(word.casefold(), plain, n=1)
    return f' (did you mean "{plain[close[0]]}"?)' if close else ""
