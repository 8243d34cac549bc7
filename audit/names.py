"""The names in an article: who and what is called how, and which mentions belong together."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, TypeVar

from audit import declarations, tree
from audit.declarations import Known
from audit.gazetteer import Gazetteer, fold
from audit.model import Article, Sentence, Word

NameKind = Literal["person", "organization"]
_Named = TypeVar("_Named")

HONORIFICS = dict.fromkeys(("mr",), "m") | dict.fromkeys(("mrs", "ms", "miss", "madam"), "f")
_FRESH = 8  # sentences for which a full name owns a surname that it shares
_PERSON = "Person"
_BODIES = frozenset({"Organization", "Location", "Facility", "Misc", "NORP", "Product"})
_WRITTEN_OUT = {
    "sen": "senator", "gov": "governor", "rep": "representative", "pres": "president", "prof": "professor",
    "gen": "general", "sec": "secretary", "dr": "doctor", "rev": "reverend",
}  # fmt: skip
_SAYING = ("NOUN", "PROPN", "ADJ")
_PARTICLES = frozenset("al el de del der di da van von bin ibn abu le la".split())


@dataclass(frozen=True, slots=True)
class Mention:
    """A name where it stands. `words` are the name's own; `titles` the lemmas said of it there ("presidential
    spokesman"), `ranks` those of them that the others modify ("spokesman")."""

    sentence: int  # index into Article.sentences
    head: Word
    words: tuple[Word, ...]
    kind: NameKind
    titles: frozenset[str]
    ranks: frozenset[str]
    honorific: str | None  # m or f
    tokens: tuple[str, ...]  # the folded words of the name, hyphens aside


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
    found = [
        mention
        for i, s in enumerate(article.sentences)
        for mention in _mentions(article, i, s, gazetteer, titles, last_known)
    ]
    persons = _persons(article, [m for m in found if m.kind == "person"], gazetteer)
    stated = [one.name for one in article.declared if one.kind == "organization"]
    groups = [
        *(_completed(name, known, gazetteer) for name in persons),
        *_bodies(article, [m for m in found if m.kind == "organization"], gazetteer, stated),
    ]
    of_word = {(m.sentence, word.index): name for name in groups for m in name.mentions for word in m.words}
    mentions = [(name, mention) for name in groups for mention in name.mentions]
    mentions.sort(key=lambda pair: pair[1].words[0].span.start)
    kinds: tuple[NameKind, ...] = ("person", "organization")
    of_kind = {kind: [pair for pair in mentions if pair[0].kind == kind] for kind in kinds}
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


def _mentions(
    article: Article,
    index: int,
    sentence: Sentence,
    gazetteer: Gazetteer,
    titles: frozenset[str],
    last_known: frozenset[str],
) -> Iterator[Mention]:
    for chunk, label in _chunks(sentence):
        text = _text(article, chunk)
        # A capital alone is a place or its government, unless it is also somebody's given name.
        place = len(chunk) == 1 and gazetteer.government(text) is not None and gazetteer.gender(text) is None
        personal = label == _PERSON or (len(chunk) == 1 and fold(text) in last_known)
        kind: NameKind = "person" if personal and not place else "organization"
        common = label == "NORP" and chunk[-1].upos != "PROPN"
        if common and gazetteer.organization(text) is None:
            continue
        if words := _whole_person(sentence, chunk, titles) if kind == "person" else _whole_body(sentence, chunk):
            head = _head(words)
            said, ranks = _titles(sentence, head, words)
            if kind == "person" and (before := _rank_before(sentence, words[0], titles)):
                said, ranks = said | before, ranks | before
            tokens = tuple([fold(word.form) for word in words if word.upos != "PUNCT"])
            yield Mention(index, head, tuple(words), kind, said, ranks, _honorific(sentence, words[0]), tokens)


def _rank_before(sentence: Sentence, first: Word, titles: frozenset[str]) -> frozenset[str]:
    """The title that stands right before a name, whatever the parser makes of it: "Prime Minister"."""
    before = _rank(sentence.words[max(first.index - 2, 0)])
    return frozenset({before}) if before in titles else frozenset()


def _rank(word: Word) -> str:
    """The lemma of a title, written out: "Sen." is a senator."""
    lemma = fold(word.lemma).rstrip(".")
    return _WRITTEN_OUT.get(lemma, lemma)


def _whole_person(sentence: Sentence, chunk: list[Word], titles: frozenset[str]) -> list[Word]:
    """A person's name without honorific, title and possessive, with the parts that the tagger cut off."""
    inside = {word.index for word in chunk if word.deprel != "nmod:desc"}
    for at in (chunk[-1].index, chunk[0].index - 2):  # the words behind and before, as places in sentence.words
        if 0 <= at < len(sentence.words) and inside:
            beside = sentence.words[at]
            below = any(sentence.words[index - 1].head == beside.index for index in inside)
            flat = beside.deprel == "flat" or any(sentence.words[index - 1].deprel == "flat" for index in inside)
            governed = tree.child(sentence, beside, "case")  # the Secretary of State Mike Pompeo
            if beside.upos == "PROPN" and flat and not governed and (beside.head in inside or below):
                inside.add(beside.index)
    words = [sentence.words[index - 1] for index in sorted(inside)]
    while words and words[-1].upos in ("PART", "PUNCT"):
        words.pop()
    while words and (fold(words[0].form) in titles or fold(words[0].form) in HONORIFICS):
        words.pop(0)
    return words


def _chunks(sentence: Sentence) -> Iterator[tuple[list[Word], str]]:
    """Runs of words with one entity label; proper names that the tagger left out, where they are somebody's subject."""
    run: list[Word] = []
    label = ""
    untagged = []
    for word in sentence.words:
        if word.ner == "O":
            if run:
                yield from _if_name(run, label)
                run = []
            if word.upos == "PROPN":
                untagged.append(word)
            continue
        if run and (word.ner.startswith(("B", "S")) or word.ner[2:] != label):
            yield from _if_name(run, label)
            run = []
        label = word.ner[2:]
        run.append(word)
    yield from _if_name(run, label)
    for word in untagged:
        if word.deprel in ("nsubj", "nsubj:pass", "obl", "obl:agent", "nmod", "appos"):
            flat = [word, *(w for w in tree.subtree(sentence, word) if w.deprel == "flat")]
            if all(w.ner == "O" for w in flat) and word.xpos != "NNPS":
                kind = (
                    _PERSON
                    if len(flat) > 1 or any(w.deprel == "nmod:desc" for w in tree.children(sentence, word))
                    else ""
                )
                before = [
                    w for w in tree.children(sentence, word, "compound", "amod") if w.upos == "PROPN" and w.ner == "O"
                ]
                yield sorted([*before, *flat], key=lambda w: w.index), kind or "Organization"


def _if_name(run: list[Word], label: str) -> Iterator[tuple[list[Word], str]]:
    if run and (label in _BODIES or label == _PERSON):
        yield run, label


def _whole_body(sentence: Sentence, chunk: list[Word]) -> list[Word]:
    """The name of a body with what the tagger cut off: capitals before it that modify it ("Syrian" Observatory), and
    the rest behind a preposition ("National Coalition for" …)."""
    inside = {word.index for word in chunk}
    while (at := min(inside) - 2) >= 0:
        before = sentence.words[at]
        if not (
            before.form[:1].isupper()
            and before.head in inside
            and before.deprel in ("amod", "compound", "flat", "nmod:desc")
        ):
            break
        inside.add(before.index)
    last = sentence.words[max(inside) - 1]
    if last.upos == "ADP" and max(inside) < len(sentence.words):
        behind = tree.head(sentence, last)
        if behind is not None:
            inside.update(
                w.index for w in tree.subtree(sentence, behind) if w.index > last.index and w.deprel != "punct"
            )
            run = range(min(inside), max(inside) + 1)
            inside.update(run if len(run) < 12 else ())
    words = [sentence.words[index - 1] for index in sorted(inside)]
    while len(words) > 1 and words[0].upos == "DET":
        words.pop(0)
    while len(words) > 1 and words[-1].upos == "PART":  # the possessive 's
        words.pop()
    return words


def _head(chunk: list[Word]) -> Word:
    inside = {word.index for word in chunk}
    return next((word for word in chunk if word.head not in inside), chunk[-1])


def _text(article: Article, words: "list[Word] | tuple[Word, ...]") -> str:
    return " ".join(article.text[words[0].span.start : words[-1].span.end].split())


def _titles(sentence: Sentence, head: Word, chunk: list[Word]) -> tuple[frozenset[str], frozenset[str]]:
    """What is said of a name beside it, all words and the heads among them: "presidential spokesman X"; "X, the
    director of the group"; "X is a lawyer"."""
    inside = {word.index for word in chunk}
    tops = [
        below
        for below in tree.children(sentence, head, "nmod:desc", "appos", "compound", "amod")
        if below.index not in inside and (below.deprel != "compound" or below.index < head.index)
    ]
    above = tree.head(sentence, head)
    predicate = head.deprel == "nsubj" and above is not None and tree.child(sentence, above, "cop") is not None
    if above is not None and above.upos in ("NOUN", "PROPN") and (head.deprel in ("appos", "flat") or predicate):
        tops.append(above)
    if not tops:
        return frozenset(), frozenset()
    said = [w for top in tops for w in tree.subtree(sentence, top) if w.upos in _SAYING and w.index not in inside]
    return frozenset(_rank(word) for word in said), frozenset(_rank(top) for top in tops)


def _honorific(sentence: Sentence, head: Word) -> str | None:
    before = sentence.words[head.index - 2] if head.index > 1 else None
    return HONORIFICS.get(fold(before.form)) if before else None


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
    count = Counter({key: len(group) for key, group in groups.items()})
    named = {key: [mention.sentence for mention in group] for key, group in groups.items()}

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
            # A surname that several share goes to whom the sentences before named in full, else to the most named.
            fresh = {k: _last_until(named[k], mention.sentence) for k in bearers if k in named}
            recent = [k for k, last in fresh.items() if mention.sentence - last < _FRESH]
            bearers = [max(recent, key=lambda k: fresh[k])] if recent else [max(bearers, key=lambda k: count[k])]
        _join(groups, index, bearers[0] if bearers else mention.tokens, mention)
    return [_name(article, sorted(group, key=lambda m: m.words[0].span.start), gazetteer) for group in groups.values()]


_Key = tuple[str, ...]


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


def _last_until(sentences: list[int], sentence: int) -> int:
    """The last of the `sentences`, which are in order, that is not behind `sentence`; one long ago if there is none."""
    at = bisect_right(sentences, sentence)
    return sentences[at - 1] if at else -_FRESH


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
    texts = [_text(article, mention.words) for mention in mentions]
    called = {text: gazetteer.organization(text) or gazetteer.government(text) or text for text in set(texts)}
    spelled = [called[text] for text in texts]
    for name in (*spelled, *stated):
        words = [w for w in name.replace("-", " ").split() if w[:1].isupper()]
        if len(words) > 1:
            acronyms.setdefault("".join(w[0] for w in words), name)
    short = _grouped((name.split()[-1], name) for name in dict.fromkeys(spelled) if len(name.split()) > 1)
    long = _grouped((name.split()[-1], name) for name in dict.fromkeys(stated) if len(name.split()) > 1)
    canonical: dict[str, str] = {}
    for mention, name, written in zip(mentions, spelled, texts, strict=True):
        text = written.replace(".", "")
        known = acronyms.get(text) if text.isupper() and 2 <= len(text) <= 6 else None
        bearers = short.get(name, ()) or long.get(name, ())
        known = known or (bearers[0] if len(bearers) == 1 and mention.head.xpos != "NNPS" else None)  # the Post
        key = fold(known or name)
        groups.setdefault(key, []).append(mention)
        canonical.setdefault(key, known or name)
    return [Name(canonical[key], "organization", None, tuple(group)) for key, group in groups.items()]


def _name(article: Article, mentions: list[Mention], gazetteer: Gazetteer) -> Name:
    best = max(mentions, key=lambda m: len(m.tokens))  # the first of the longest
    canonical = _text(article, best.words)
    gender = next((m.honorific for m in mentions if m.honorific), None) or gazetteer.gender(canonical)
    return Name(canonical, "person", gender, tuple(mentions))
