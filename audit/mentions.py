"""A parsed article -> where in it names stand, how far each goes, and what is said of it beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from audit import tree
from audit.gazetteer import Gazetteer, fold
from audit.model import Article, Sentence, Word

NameKind = Literal["person", "organization"]

HONORIFICS = dict.fromkeys(("mr",), "m") | dict.fromkeys(("mrs", "ms", "miss", "madam"), "f")
_PERSON = "Person"
_BODIES = frozenset({"Organization", "Location", "Facility", "Misc", "NORP", "Product"})
_WRITTEN_OUT = {
    "sen": "senator", "gov": "governor", "rep": "representative", "pres": "president", "prof": "professor",
    "gen": "general", "sec": "secretary", "dr": "doctor", "rev": "reverend",
}  # fmt: skip
_SAYING = ("NOUN", "PROPN", "ADJ")


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


def mentioned(
    article: Article, gazetteer: Gazetteer, titles: frozenset[str], last_known: frozenset[str]
) -> list[Mention]:
    """The mentions of persons and bodies, in text order.

    Args:
        titles: words that are no part of a person's name.
        last_known: folded last names of persons that the file declares.
    """
    return [
        mention
        for number, sentence in enumerate(article.sentences)
        for mention in _of_sentence(article, number, sentence, gazetteer, titles, last_known)
    ]


def text(article: Article, words: "list[Word] | tuple[Word, ...]") -> str:
    """A name as it is written, on one line."""
    return " ".join(article.text[words[0].span.start : words[-1].span.end].split())


def _of_sentence(
    article: Article,
    index: int,
    sentence: Sentence,
    gazetteer: Gazetteer,
    titles: frozenset[str],
    last_known: frozenset[str],
) -> Iterator[Mention]:
    for chunk, label in _chunks(sentence):
        name = text(article, chunk)
        alone = len(chunk) == 1
        personal = label == _PERSON or (alone and fold(name) in last_known)
        # A capital alone is a place or its government, unless it is also somebody's given name.
        place = personal and alone and gazetteer.government(name) is not None and gazetteer.gender(name) is None
        paper = alone and chunk[0].index > 1 and sentence.words[chunk[0].index - 2].form == "The"
        paper = paper and gazetteer.organization_type(f"The {name}") == "outlet"  # The Hill
        kind: NameKind = "person" if personal and not place and not paper else "organization"
        common = label == "NORP" and chunk[-1].upos != "PROPN"
        if common and gazetteer.organization(name) is None:
            continue
        if words := _whole_person(sentence, chunk, titles) if kind == "person" else _whole_body(sentence, chunk):
            head = _head(words)
            said, ranks = _titles(sentence, head, words, gazetteer)
            if kind == "person" and (before := _rank_before(sentence, words[0], titles)):
                said, ranks = said | before, ranks | before
            tokens = tuple(fold(name) for name in _unbroken(words))
            yield Mention(index, head, tuple(words), kind, said, ranks, _honorific(sentence, words[0]), tokens)


def _unbroken(words: list[Word]) -> list[str]:
    """The words of a name, one that the parser took apart at its hyphen as one: "Beom-kye"."""
    forms: list[str] = []
    for before, word in zip([None, *words], words, strict=False):
        if forms and before is not None and before.span.end == word.span.start and "-" in (before.form, word.form):
            forms[-1] += word.form
        elif word.upos != "PUNCT":
            forms.append(word.form)
    return forms


def _rank_before(sentence: Sentence, first: Word, titles: frozenset[str]) -> frozenset[str]:
    """The title that stands right before a name, whatever the parser makes of it: "Prime Minister"."""
    before = _rank(sentence.words[max(first.index - 2, 0)])
    return frozenset({before}) if before in titles else frozenset()


def _rank(word: Word) -> str:
    """The lemma of a title, written out: "Sen." is a senator."""
    lemma = fold(word.lemma).rstrip(".")
    return _WRITTEN_OUT.get(lemma) or _WRITTEN_OUT.get(lemma.removesuffix("s"), lemma)  # "Sens." are senators


def _whole_person(sentence: Sentence, chunk: list[Word], titles: frozenset[str]) -> list[Word]:
    """A person's name without honorific, title and possessive, with the parts that the tagger cut off."""
    inside = {word.index for word in chunk if word.deprel != "nmod:desc"}
    for at in (chunk[-1].index, chunk[0].index - 2):  # the words behind and before, as places in sentence.words
        if 0 <= at < len(sentence.words) and inside:
            beside = sentence.words[at]
            if beside.upos != "PROPN":
                continue
            below = any(sentence.words[index - 1].head == beside.index for index in inside)
            flat = beside.deprel == "flat" or any(sentence.words[index - 1].deprel == "flat" for index in inside)
            governed = tree.child(sentence, beside, "case")  # the Secretary of State Mike Pompeo
            if flat and not governed and (beside.head in inside or below):
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
        modifies = before.head in inside and before.deprel in ("amod", "compound", "flat", "nmod:desc")
        opens = at == 0 and before.upos == "ADJ" and before.ner == "O"  # its capital is the sentence's: Poor Mexico
        if opens or not (modifies and before.form[:1].isupper()):
            break
        inside.add(before.index)
    first = min(inside)
    while first > 2 and sentence.words[first - 2].form == "-" and sentence.words[first - 3].form[:1].isupper():
        inside |= {first - 1, first - 2}  # the Directorate-General
        first -= 2
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
    if len(chunk) == 1:
        return chunk[0]
    inside = {word.index for word in chunk}
    return next((word for word in chunk if word.head not in inside), chunk[-1])


def _titles(
    sentence: Sentence, head: Word, chunk: list[Word], gazetteer: Gazetteer
) -> tuple[frozenset[str], frozenset[str]]:
    """What is said of a name beside it, all words and the heads among them: "presidential spokesman X"; "X, the
    director of the group"; "X is a lawyer"."""
    inside = {word.index for word in chunk}
    tops = [
        below
        for below in tree.children(sentence, head, "nmod:desc", "appos", "compound", "amod")
        if below.index not in inside and (below.deprel != "compound" or below.index < head.index)
    ]
    above = tree.head(sentence, head)
    if above is not None and any(word.form == ":" for word in sentence.words[above.index : chunk[0].index - 1]):
        above = None  # "Bishop: Ortega wants a church that keeps quiet"
    predicate = head.deprel == "nsubj" and above is not None and tree.child(sentence, above, "cop") is not None
    if above is not None and above.upos in ("NOUN", "PROPN") and (head.deprel in ("appos", "flat") or predicate):
        tops.append(above)
    if not tops:
        return frozenset(), frozenset()
    said = [w for top in tops for w in tree.subtree(sentence, top) if w.upos in _SAYING and w.index not in inside]
    states = {state for word in said if (state := gazetteer.demonym(word.form))}  # "Malaysian" is of Malaysia, too
    return frozenset([*map(_rank, said), *map(fold, states)]), frozenset(map(_rank, tops))


def _honorific(sentence: Sentence, head: Word) -> str | None:
    before = sentence.words[head.index - 2] if head.index > 1 else None
    return HONORIFICS.get(fold(before.form)) if before else None
