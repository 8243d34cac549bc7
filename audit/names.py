"""The names in an article: who and what is called how, and which mentions belong together."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeVar

from audit import declarations
from audit.declarations import Known
from audit.gazetteer import Gazetteer, fold
from audit.mentions import Mention, NameKind, mentioned, text
from audit.model import Article, Word

_Named = TypeVar("_Named")

_FRESH = 8  # sentences for which a full name owns a surname that it shares
_PARTICLES = frozenset("al el de del der di da van von bin ibn abu le la".split())


@dataclass(frozen=True, slots=True, eq=False)
class Name:
    """One person or body: the fullest form of the name and all its mentions, in text order."""

    canonical: str
    kind: NameKind
    gender: str | None  # m, f or not known
    mentions: tuple[Mention, ...]

    @property
    def is_known(self) -> bool:
        """Whether more than one capitalised word speaks for a person: a full name, a title, an honorific, a given
        name."""
        return self.gender is not None or any(len(m.tokens) > 1 or m.titles or m.honorific for m in self.mentions)


@dataclass(frozen=True, slots=True)
class Cast:
    """All the names of an article."""

    names: tuple[Name, ...]
    of_word: dict[tuple[int, int], Name]  # (sentence, index of a word of a mention) -> the name
    of_kind: dict[NameKind, list[tuple[Name, Mention]]]  # all mentions, in text order
    called: dict[str, Name]  # the canonical name -> the first that has it
    last_named: dict[str, list[Name]]  # the folded last word of a mention -> the persons
    bodies: dict[str, list[Name]]  # a folded word of the canonical name -> the bodies
    ranked: dict[str, list[tuple[Name, Mention]]]  # a rank -> the mentions of persons with it, in text order
    known: tuple[Known, ...] = ()  # the persons that the file declares

    def at(self, sentence: int, word: Word) -> Name | None:
        """The name that `word` is part of."""
        return self.of_word.get((sentence, word.index))

    def bearer(self, form: str) -> Name | None:
        """The one person of that last name, for a word that the tagger did not take for a name ("WALLACE")."""
        found = self.last_named.get(fold(form), ())
        return found[0] if len(found) == 1 else None


def cast(article: Article, gazetteer: Gazetteer, titles: frozenset[str]) -> Cast:
    """Collect the names of a parsed article and join the mentions of each; `titles` are no part of a person's name.

    Persons are joined by their last name (and a first name alone to the one person who bears it), bodies by their
    folded name, by the acronym that stands in brackets after them or that their initials spell, and by the gazetteer.
    Where the article itself does not say what a name is short for, what its file declares may.
    """
    known = declarations.people(article.declared, gazetteer, titles)
    last_known = frozenset(one.words[-1] for one in known)
    found = mentioned(article, gazetteer, titles, last_known)
    persons = _persons(article, [m for m in found if m.kind == "person"], gazetteer)
    stated = [one.name for one in article.declared if one.kind == "organization"]
    groups = [
        *(_completed(name, known, gazetteer) for name in persons),
        *_bodies(article, [m for m in found if m.kind == "organization"], gazetteer, stated),
    ]
    of_word = {(m.sentence, word.index): name for name in groups for m in name.mentions for word in m.words}
    every = [(name, mention) for name in groups for mention in name.mentions]
    every.sort(key=lambda pair: pair[1].words[0].span.start)
    kinds: tuple[NameKind, ...] = ("person", "organization")
    of_kind = {kind: [pair for pair in every if pair[0].kind == kind] for kind in kinds}
    people = [name for name in groups if name.kind == "person"]
    bodies = [name for name in groups if name.kind == "organization"]
    return Cast(
        tuple(groups),
        of_word,
        of_kind,
        called={name.canonical: name for name in reversed(groups)},
        last_named=_grouped((mention.tokens[-1], name) for name in people for mention in name.mentions),
        bodies=_grouped((word, name) for name in bodies for word in fold(name.canonical).split()),
        ranked=_grouped((rank, pair) for pair in of_kind["person"] for rank in pair[1].ranks),
        known=tuple(known),
    )


def _completed(name: Name, known: Sequence[Known], gazetteer: Gazetteer) -> Name:
    """The person, by the one declared full name that fits where the article has a first or last name only."""
    tokens = {token for mention in name.mentions for token in mention.tokens} - _PARTICLES
    if not known or len(tokens) != 1:
        return name
    by_last = [one for one in known if one.words[-1] in tokens]
    fitting = by_last or [one for one in known if one.words[0] in tokens]
    fitting = [one for one in fitting if not name.gender or gazetteer.gender(one.name) in (name.gender, None)]
    full = {one.words: one for one in fitting}
    if len(full) != 1:
        return name
    (one,) = full.values()
    return Name(one.name, "person", name.gender or gazetteer.gender(one.name), name.mentions)


def _grouped(pairs: Iterable[tuple[str, _Named]]) -> dict[str, list[_Named]]:
    """The values of each key, in order; a value repeated at once counts once."""
    found: dict[str, list[_Named]] = {}
    for key, value in pairs:
        values = found.setdefault(key, [])
        if not values or values[-1] is not value:
            values.append(value)
    return found


def _persons(article: Article, mentions: list[Mention], gazetteer: Gazetteer) -> list[Name]:
    full: list[Mention] = []
    short: list[Mention] = []
    for mention in mentions:
        (full if len(set(mention.tokens) - _PARTICLES) > 1 else short).append(mention)
    groups: dict[_Key, list[Mention]] = {}
    index = _Index({}, {}, {})
    for mention in full:
        known = index.by_last.get(mention.tokens[-1], ())
        key = next((k for k in known if _same_person(k, mention.tokens)), mention.tokens)
        _join(groups, index, key, mention)
    fully = {key: _fully(group) for key, group in groups.items()}
    called: dict[str, tuple[_Key, int]] = {}  # a surname alone -> who was last called so, and where

    def gender(key: _Key) -> str | None:
        said = next((m.honorific for m in groups[key] if m.honorific), None)
        return said or gazetteer.gender(" ".join(key))

    for mention in short:
        token = mention.tokens[-1]
        bearers = index.by_last.get(token) or index.by_token.get(token)
        bearers = bearers or [k for k in index.by_start.get(token[:2], ()) if _misspelt(token, k[-1])]
        if mention.honorific:  # Mr. Obama is not Michelle Obama
            bearers = [key for key in bearers if gender(key) in (mention.honorific, None)]
        if len(bearers) > 1:
            bearers = [_sharing(mention, bearers, fully, called.get(token))]
        key = bearers[0] if bearers else mention.tokens
        called[token] = key, mention.head.span.start
        _join(groups, index, key, mention)
    return [_name(article, sorted(group, key=lambda m: m.words[0].span.start), gazetteer) for group in groups.values()]


_Key = tuple[str, ...]
_Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Index:
    """The persons found so far by their last name, by each of their names, and by how their last name begins."""

    by_last: dict[str, list[_Key]]
    by_token: dict[str, list[_Key]]
    by_start: dict[str, list[_Key]]


def _join(groups: dict[_Key, list[Mention]], index: _Index, key: _Key, mention: Mention) -> None:
    if key not in groups:
        groups[key] = []
        index.by_last.setdefault(key[-1], []).append(key)
        index.by_start.setdefault(key[-1][:2], []).append(key)
        for token in dict.fromkeys(key):
            index.by_token.setdefault(token, []).append(key)
    groups[key].append(mention)


@dataclass(frozen=True, slots=True)
class _Fully:
    """Where somebody is named in full, as offset and sentence, where so as a subject, and the titles borne there."""

    named: list[_Place]
    about: list[_Place]
    titles: frozenset[str]


def _fully(group: Sequence[Mention]) -> _Fully:
    about = [mention for mention in group if mention.head.deprel.startswith("nsubj")]
    titles = frozenset().union(*(mention.titles for mention in group))
    return _Fully([*map(_place, group)], [*map(_place, about)], titles)


def _place(mention: Mention) -> _Place:
    return mention.head.span.start, mention.sentence


def _sharing(
    mention: Mention, bearers: Sequence[_Key], fully: Mapping[_Key, _Fully], called: tuple[_Key, int] | None
) -> _Key:
    """Whom of those who share a surname it means where it stands alone: who bears its title; who was `called` so last,
    unless another was the subject of a sentence since; else whom the sentences before named in full; else the most
    named. Of 60 changes of PolNeAR that the second rule makes 52 are right."""
    if mention.ranks:  # Prime Minister Han is not the justice minister
        bearers = [k for k in bearers if k not in fully or mention.titles <= fully[k].titles] or bearers
    owner, since = called or (None, 0)
    recent: dict[_Key, int] = {}
    for key in bearers:
        if key in fully:
            at, sentence = _last_before(fully[key].about if called else fully[key].named, mention)
            if at >= since and mention.sentence - sentence < _FRESH:
                recent[key] = at
    if recent:
        return max(recent, key=lambda key: recent[key])
    if owner is not None and owner in bearers:
        return owner
    return max(bearers, key=lambda k: len(fully[k].named) if k in fully else 0)


def _last_before(places: list[_Place], mention: Mention) -> _Place:
    """The last of the `places`, which are in order, that is before `mention`; one long ago if there is none."""
    at = bisect_left(places, (mention.head.span.start, 0))
    return places[at - 1] if at else (-1, -_FRESH)


def _misspelt(one: str, other: str) -> bool:
    """Whether two long last names differ by a letter or two, as one name misspelt does ("Haulyondjaba",
    "Haulyodjaba")."""
    long = min(len(one), len(other)) > 5 and one[:2] == other[:2]
    return long and SequenceMatcher(None, one, other, autojunk=False).ratio() > 0.88


def _same_person(known: tuple[str, ...], tokens: tuple[str, ...]) -> bool:
    """Whether two full names may be one person's: the same last name, and the shorter one's words all in the longer."""
    if known[-1] != tokens[-1]:
        return False
    shorter, longer = sorted((set(known) - _PARTICLES, set(tokens) - _PARTICLES), key=len)
    return all(any(a == b or (len(a) == 1 and b.startswith(a)) for b in longer) for a in shorter)


def _bodies(article: Article, mentions: list[Mention], gazetteer: Gazetteer, stated: Sequence[str]) -> list[Name]:
    """The bodies; `stated` are the names of some that the article may shorten without ever writing them in full."""
    groups: dict[str, list[Mention]] = {}
    acronyms: dict[str, str] = {}  # of names that the article itself spells out
    texts = [text(article, mention.words) for mention in mentions]
    called = {one: gazetteer.organization(one) or gazetteer.government(one) or one for one in set(texts)}
    spelled = [called[one] for one in texts]
    for name in (*spelled, *stated):
        words = [w for w in name.replace("-", " ").split() if w[:1].isupper()]
        if len(words) > 1:
            acronyms.setdefault("".join(w[0] for w in words), name)
    short = _grouped((word, name) for name in dict.fromkeys(spelled) for word in _shortened(name))
    long = _grouped((word, name) for name in dict.fromkeys(stated) for word in _shortened(name))
    canonical: dict[str, str] = {}
    seen: list[str] = []
    for mention, name, written in zip(mentions, spelled, texts, strict=True):
        bare = written.replace(".", "")
        known = acronyms.get(bare) if bare.isupper() and 2 <= len(bare) <= 6 else None
        bearers = short.get(name) or long.get(name) or []
        if not known and bearers and mention.head.xpos != "NNPS" and not gazetteer.government(written):  # the Post
            known = next((one for one in reversed(seen) if one in bearers), None) if len(bearers) > 1 else bearers[0]
            short[name] = [known] if known else bearers
        key = fold(known or name)
        seen.append(known or name)
        groups.setdefault(key, []).append(mention)
        canonical.setdefault(key, written if _reordered(written, key) else known or name)
    return [Name(canonical[key], "organization", None, tuple(group)) for key, group in groups.items()]


def _shortened(name: str) -> tuple[str, ...]:
    """The words that can stand for a body's whole name: the Post, the Ministry of Finance."""
    words = name.split()
    if len(words) < 2:
        return ()
    return (words[-1], words[0]) if words[1] in ("of", "for") else (words[-1],)


def _reordered(written: str, key: str) -> bool:
    """Whether two names differ in the order of their words: "Ministry of Finance" and "finance ministry"."""
    plain = fold(written)
    return plain != key and sorted(set(plain.split()) - {"of", "the"}) == sorted(key.split())


def _name(article: Article, mentions: list[Mention], gazetteer: Gazetteer) -> Name:
    best = max(mentions, key=lambda m: len(m.tokens))  # the first of the longest
    canonical = text(article, best.words)
    gender = next((m.honorific for m in mentions if m.honorific), None) or gazetteer.gender(canonical)
    return Name(canonical, "person", gender, tuple(mentions))
