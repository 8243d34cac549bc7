"""Patterns into a table that tells, for a word, which of them it may set off."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from audit import tree
from audit.matchers import Lexicons, Matcher, accepted, matcher
from audit.model import Sentence, Word
from audit.rule import Pattern


@dataclass(frozen=True, slots=True)
class Triggers:
    """Matchers by the words that can set them off: by part of speech, then by lemma in lower case."""

    by_upos: Mapping[str, tuple[Mapping[str, tuple[Matcher, ...]], tuple[Matcher, ...]]]
    by_lemma: Mapping[str, tuple[Matcher, ...]]  # of a part of speech that no pattern names
    others: tuple[Matcher, ...]

    def within(self, sentence: Sentence) -> Iterator[tuple[Word, Sequence[Matcher]]]:
        """The words of a sentence that may set off matchers, each with these as `of` has them."""
        tables, other = self.by_upos, (self.by_lemma, self.others)
        for word in sentence.words:
            by_lemma, others = tables.get(word.upos, other)
            known = by_lemma.get(word.lemma.lower(), others) if by_lemma else others
            if known and (found := _passing(known, sentence, word)):
                yield word, found

    def of(self, sentence: Sentence, word: Word) -> Sequence[Matcher]:
        """The matchers that `word` may set off, in the order of their patterns."""
        by_lemma, others = self.by_upos.get(word.upos, (self.by_lemma, self.others))
        return _passing(by_lemma.get(word.lemma.lower(), others), sentence, word)


def _passing(known: Sequence[Matcher], sentence: Sentence, word: Word) -> Sequence[Matcher]:
    passing = [made for made in known if made.passes(word, {})]
    if not passing:
        return passing
    # Most would fail for want of a relation, which is sooner seen once for all than on the way.
    relations = {f"> {below.deprel}" for below in tree.children(sentence, word)}
    relations.add(f"< {word.deprel}")
    return [made for made in passing if _all_meet(made.beside, relations)]


def _all_meet(wanted: Sequence[frozenset[str]], found: Collection[str]) -> bool:
    for choice in wanted:  # noqa: SIM110  # half the time of all(...)
        if choice.isdisjoint(found):
            return False
    return True


def triggers(patterns: Sequence[Pattern], lexicons: Lexicons) -> Triggers:
    """The matchers of `patterns`, to be asked for by word; what that answers, they ask no more."""
    known = [_by_word(pattern, lexicons) for pattern in patterns]
    named = frozenset().union(*(upos for _, upos, _ in known if upos is not None))

    def table(upos: str | None) -> tuple[dict[str, tuple[Matcher, ...]], tuple[Matcher, ...]]:
        here = [(made, lemmas) for made, wanted, lemmas in known if wanted is None or upos in wanted]
        listed = frozenset().union(*(lemmas for _, lemmas in here if lemmas is not None))
        return (
            {lemma: tuple(made for made, lemmas in here if lemmas is None or lemma in lemmas) for lemma in listed},
            tuple(made for made, lemmas in here if lemmas is None),
        )

    return Triggers({upos: table(upos) for upos in named}, *table(None))


def _by_word(pattern: Pattern, lexicons: Lexicons) -> tuple[Matcher, frozenset[str] | None, frozenset[str] | None]:
    """A matcher, the parts of speech and the lemmas of which a trigger must have one (None: any), which it then does
    not ask for."""
    upos = next((test for test in pattern.tests if test.key == "upos" and not test.negated), None)
    lemma = next((test for test in pattern.tests if test.key == "lemma" and not test.negated), None)
    words, tails = accepted(lemma, lexicons) if lemma else (frozenset(), ())
    if tails:
        lemma = None
    made = matcher(pattern, lexicons, answered=[test for test in (upos, lemma) if test])
    return made, upos.literal if upos else None, words if lemma else None
