"""The names in an article: who and what is called how, and which mentions belong together."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from audit import tree
from audit.gazetteer import Gazetteer, fold
from audit.model import Article, Sentence, Word

NameKind = Literal["person", "organization"]

HONORIFICS = dict.fromkeys(("mr",), "m") | dict.fromkeys(("mrs", "ms", "miss", "madam"), "f")
_FRESH = 8  # sentences for which a full name owns a surname that it shares
_PERSON = "Person"
_BODIES = frozenset({"Organization", "Location", "Facility", "Misc", "NORP", "Product"})
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

    @property
    def tokens(self) -> tuple[str, ...]:
        """The folded words of the name, hyphens aside."""
        return tuple(fold(word.form) for word in self.words if word.upos != "PUNCT")


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

    def at(self, sentence: int, word: Word) -> Name | None:
        """The name that `word` is part of."""
        return self.of_word.get((sentence, word.index))

    def bearer(self, form: str) -> Name | None:
        """The one person of that last name, for a word that the tagger did not take for a name ("WALLACE")."""
        found = [
            name
            for name in self.names
            if name.kind == "person" and any(m.tokens[-1] == fold(form) for m in name.mentions)
        ]
        return found[0] if len(found) == 1 else None


def cast(article: Article, gazetteer: Gazetteer, titles: frozenset[str]) -> Cast:
    """Collect the names of a parsed article and join the mentions of each; `titles` are no part of a person's name.

    Persons are joined by their last name (and a first name alone to the one person who bears it), bodies by their
    folded name, by the acronym that stands in brackets after them or that their initials spell, and by the gazetteer.
    """
    found = [
        mention for i, s in enumerate(article.sentences) for mention in _mentions(article, i, s, gazetteer, titles)
    ]
    groups = [
        *_persons(article, [m for m in found if m.kind == "person"], gazetteer),
        *_bodies(article, [m for m in found if m.kind == "organization"], gazetteer),
    ]
    of_word = {(m.sentence, word.index): name for name in groups for m in name.mentions for word in m.words}
    mentions = [(name, mention) for name in groups for mention in name.mentions]
    mentions.sort(key=lambda pair: pair[1].words[0].span.start)
    kinds: tuple[NameKind, ...] = ("person", "organization")
    return Cast(tuple(groups), of_word, {kind: [pair for pair in mentions if pair[0].kind == kind] for kind in kinds})


def _mentions(
    article: Article, index: int, sentence: Sentence, gazetteer: Gazetteer, titles: frozenset[str]
) -> Iterator[Mention]:
    for chunk, label in _chunks(sentence):
        text = _text(article, chunk)
        # A capital alone is a place or its government, unless it is also somebody's given name.
        place = len(chunk) == 1 and gazetteer.government(text) is not None and gazetteer.gender(text) is None
        kind: NameKind = "person" if label == _PERSON and not place else "organization"
        common = label == "NORP" and chunk[-1].upos != "PROPN"
        if common and gazetteer.organization(_text(article, chunk)) is None:
            continue
        if words := _whole_person(sentence, chunk, titles) if kind == "person" else _whole_body(sentence, chunk):
            head = _head(words)
            said, ranks = _titles(sentence, head, words)
            if kind == "person" and (before := _rank_before(sentence, words[0], titles)):
                said, ranks = said | before, ranks | before
            yield Mention(index, head, tuple(words), kind, said, ranks, _honorific(sentence, words[0]))


def _rank_before(sentence: Sentence, first: Word, titles: frozenset[str]) -> frozenset[str]:
    """The title that stands right before a name, whatever the parser makes of it: "Prime Minister"."""
    before = sentence.words[first.index - 2] if first.index > 1 else first
    return frozenset({fold(before.lemma)}) if fold(before.lemma) in titles else frozenset()


def _whole_person(sentence: Sentence, chunk: list[Word], titles: frozenset[str]) -> list[Word]:
    """A person's name without honorific, title and possessive, with the parts that the tagger cut off."""
    inside = {word.index for word in chunk if word.deprel != "nmod:desc"}
    for at in (chunk[-1].index, chunk[0].index - 2):  # the words behind and before, as places in sentence.words
        if 0 <= at < len(sentence.words) and inside:
            beside = sentence.words[at]
            below = any(sentence.words[index - 1].head == beside.index for index in inside)
            flat = beside.deprel == "flat" or any(sentence.words[index - 1].deprel == "flat" for index in inside)
            if beside.upos == "PROPN" and flat and (beside.head in inside or below):
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
    for word in (*sentence.words, None):
        label = word.ner[2:] if word and word.ner != "O" else ""
        opens = word is None or not label or word.ner[0] in "BS" or (run and run[-1].ner[2:] != label)
        if opens and run:
            if run[0].ner[2:] in _BODIES or run[0].ner[2:] == _PERSON:
                yield run, run[0].ner[2:]
            run = []
        if word and label:
            run.append(word)
    for word in sentence.words:
        if (
            word.upos == "PROPN"
            and word.ner == "O"
            and word.deprel in ("nsubj", "nsubj:pass", "obl", "obl:agent", "nmod", "appos")
        ):
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
    said = [w for top in tops for w in tree.subtree(sentence, top) if w.upos in _SAYING and w.index not in inside]
    return frozenset(fold(word.lemma) for word in said), frozenset(fold(top.lemma) for top in tops)


def _honorific(sentence: Sentence, head: Word) -> str | None:
    before = sentence.words[head.index - 2] if head.index > 1 else None
    return HONORIFICS.get(fold(before.form)) if before else None


def _persons(article: Article, mentions: list[Mention], gazetteer: Gazetteer) -> list[Name]:
    full: list[Mention] = []
    short: list[Mention] = []
    for mention in mentions:
        (full if len(set(mention.tokens) - _PARTICLES) > 1 else short).append(mention)
    groups: dict[tuple[str, ...], list[Mention]] = {}
    for mention in full:
        key = next((k for k in groups if _same_person(k, mention.tokens)), mention.tokens)
        groups.setdefault(key, []).append(mention)
    count = Counter({key: len(group) for key, group in groups.items()})
    named = {key: [mention.sentence for mention in group] for key, group in groups.items()}
    for mention in short:
        token = mention.tokens[-1]
        bearers = [k for k in groups if k[-1] == token] or [k for k in groups if token in k]
        bearers = bearers or [k for k in groups if _misspelt(token, k[-1])]
        if len(bearers) > 1:
            # A surname that several share goes to whom the sentences before named in full, else to the most named.
            fresh = {
                k: max((s for s in named[k] if s <= mention.sentence), default=-_FRESH) for k in bearers if k in named
            }
            recent = [k for k, last in fresh.items() if mention.sentence - last < _FRESH]
            bearers = [max(recent, key=lambda k: fresh[k])] if recent else [max(bearers, key=lambda k: count[k])]
        groups.setdefault(bearers[0] if bearers else mention.tokens, []).append(mention)
    return [_name(article, sorted(group, key=lambda m: m.words[0].span.start), gazetteer) for group in groups.values()]


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


def _bodies(article: Article, mentions: list[Mention], gazetteer: Gazetteer) -> list[Name]:
    groups: dict[str, list[Mention]] = {}
    acronyms: dict[str, str] = {}  # of names that the article itself spells out
    spelled = []
    for mention in mentions:
        text = _text(article, mention.words)
        spelled.append(gazetteer.organization(text) or gazetteer.government(text) or text)
    for name in spelled:
        words = [w for w in name.replace("-", " ").split() if w[:1].isupper()]
        if len(words) > 1:
            acronyms.setdefault("".join(w[0] for w in words), name)
    canonical: dict[str, str] = {}
    for mention, name in zip(mentions, spelled, strict=True):
        text = _text(article, mention.words).replace(".", "")
        known = acronyms.get(text) if text.isupper() and 2 <= len(text) <= 6 else None
        key = fold(known or name)
        groups.setdefault(key, []).append(mention)
        canonical.setdefault(key, known or name)
    return [Name(canonical[key], "organization", None, tuple(group)) for key, group in groups.items()]


def _name(article: Article, mentions: list[Mention], gazetteer: Gazetteer) -> Name:
    best = max(mentions, key=lambda m: len(m.tokens))  # the first of the longest
    canonical = _text(article, best.words)
    gender = next((m.honorific for m in mentions if m.honorific), None) or gazetteer.gender(canonical)
    return Name(canonical, "person", gender, tuple(mentions))
