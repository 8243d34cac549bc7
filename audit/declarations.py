"""Sources that a file declares outside its prose -> names as prose has them, and whether two names are one's."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from audit.gazetteer import Gazetteer, fold
from audit.model import Article, Declared, Span
from audit.rule import listed

_BEFORE = frozenset("capt col dame dr gen gov hon judge lady lord lt madam maj miss mr mrs ms mx pres prof rep rev sec "
                    "sen sgt sir".split())  # fmt: skip
_BEHIND = frozenset("esq ii iii iv jr kc mbe md mp obe phd qc sr".split())
_SMALL = frozenset("a al an and ben bin da de del der di for ibn la le of the van von".split())
_WORD = re.compile(r"[^\W_][\w.'’\-‐]*")
_OF = re.compile(r",|\s(?:of|for|at|in|with|to|on|and)\s")  # ends the noun of a title: mayor | of Springfield
_LONGEST = 200  # characters; beyond this it is no name

Sort = Literal["person", "organization"]


@dataclass(frozen=True, slots=True)
class Known:
    """A declared person: the name as prose would have it, and what the file says the person is."""

    name: str  # Ann Lee
    words: tuple[str, ...]  # folded: ann, lee
    rank: str  # the noun of the title, folded: mayor; "" without one
    title: frozenset[str]  # all words of the title, folded: deputy, mayor, springfield


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words that the file gives to somebody, and to whom: each name as prose would have it."""

    span: Span
    names: tuple[tuple[str, Sort], ...]


def people(declared: Iterable[Declared], gazetteer: Gazetteer, titles: frozenset[str]) -> list[Known]:
    """The persons that a file declares, each once, in the file's order; one name alone tells nothing new."""
    found: dict[Known, None] = {}
    for one in declared:
        if one.kind == "person" and len(one.name) <= _LONGEST:
            name = written(one.name, gazetteer, titles)
            said = _WORD.findall(fold(one.title or ""))
            noun = _WORD.findall(_OF.split(fold(one.title or ""))[0])
            person = Known(name, _words(name), noun[-1] if noun else "", frozenset(said) - _SMALL)
            if len(person.words) > 1:
                found[person] = None
    return list(found)


def written(name: str, gazetteer: Gazetteer, titles: frozenset[str]) -> str:
    """A person's name as prose has it: ``Ann Lee`` of "LEE, Ann", "Mayor Ann Lee" and "Ann Lee, mayor"."""
    before, _, after = (part.strip() for part in " ".join(name.split()).partition(","))
    role = any(fold(word).rstrip(".") in titles | _BEHIND for word in after.split())
    if after and not role and (len(before.split()) == 1 or gazetteer.gender(after)):
        before = f"{after} {before.title() if before.isupper() else before}"
    words = (before or after or name).split()
    while len(words) > 1 and fold(words[0]).rstrip(".,") in titles | _BEFORE:
        words.pop(0)
    plain = " ".join(words)
    return plain.title() if plain.isupper() or plain.islower() else plain


def quoted(
    article: Article, gazetteer: Gazetteer, titles: frozenset[str], bodies: frozenset[str]
) -> tuple[Quoted, ...]:
    """What the file gives to whom, in text order; of words within words, the innermost.

    `titles` and `bodies` are nouns of what people and bodies are called.
    """
    sorts = {fold(one.name): one.kind for one in article.declared if one.kind != "quote"}
    names: dict[Span, dict[tuple[str, Sort], None]] = {}
    for one in article.declared:
        if one.kind == "quote" and one.span and _words(one.name) and len(one.name) <= _LONGEST:
            sort = sorts.get(fold(one.name)) or _sort(one.name, gazetteer, bodies)
            name = written(one.name, gazetteer, titles) if sort == "person" else " ".join(one.name.split())
            names.setdefault(one.span, {})[name, sort] = None
    found: list[Quoted] = []
    for span in sorted(names, key=lambda span: (span.start, -span.end)):
        while found and found[-1].span.overlaps(span):
            found.pop()
        found.append(Quoted(span, tuple(names[span])))
    return tuple(found)


def over(found: Sequence[Quoted], span: Span) -> Quoted | None:
    """The declared words that most of `span` lies in."""
    first = bisect_right(found, span.start, key=lambda one: one.span.end)
    for at in range(first, bisect_left(found, span.end, key=lambda one: one.span.start)):
        one = found[at]
        if 2 * (min(one.span.end, span.end) - max(one.span.start, span.start)) > len(span):
            return one
    return None


def same_person(one: str, other: str, titles: frozenset[str]) -> bool:
    """Whether two names may be one person's: all words of the shorter are in the longer, or are initials there.

    Honorifics, titles, further names, order, case and accents make no difference.
    """
    shorter, longer = sorted((_core(one, titles), _core(other, titles)), key=len)
    within = bool(shorter) and _all_in(shorter, longer)
    return within and (len(shorter) < len(longer) or _all_in(longer, shorter))


def same_body(one: str, other: str, gazetteer: Gazetteer) -> bool:
    """Whether two names may be one body's: as the gazetteer has it, one within the other, or its initials."""
    spelled = [gazetteer.organization(name) or gazetteer.government(name) or name for name in (one, other)]
    shorter, longer = sorted((set(_words(name)) - _SMALL for name in spelled), key=len)
    return bool(shorter) and (shorter <= longer or _initials(one) == fold(other) or _initials(other) == fold(one))


def _sort(name: str, gazetteer: Gazetteer, bodies: frozenset[str]) -> Sort:
    if gazetteer.organization(name) or gazetteer.government(name):
        return "organization"
    words = name.replace(",", " ").split()
    personal = len(words) <= 3 and all(word[:1].isupper() for word in words) and gazetteer.gender(name)
    body = not personal and any(listed(bodies, word) for word in _words(name))
    return "organization" if body else "person"


def _words(name: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(fold(name)))


def _core(name: str, titles: frozenset[str]) -> set[str]:
    """The words of a name that are a person's own."""
    words = set(_words(name)) - _BEFORE - _BEHIND - _SMALL
    return words - titles or words


def _all_in(words: set[str], others: set[str]) -> bool:
    return all(any(_alike(word, other) for other in others) for word in words)


def _alike(one: str, other: str) -> bool:
    return one == other or (len(one) == 1 and other.startswith(one)) or (len(other) == 1 and one.startswith(other))


def _initials(name: str) -> str:
    return fold("".join(word[0] for word in name.replace("-", " ").split() if word[0].isupper()))
