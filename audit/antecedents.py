"""Pronouns and descriptions into the names, or the sources, that they stand for.

Each question has one answer or none: where two candidates are equally near, the caller is told so.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from audit import tree
from audit.gazetteer import fold
from audit.model import Detail, Sentence, Source, Span
from audit.names import Cast, Mention, Name
from audit.phrases import PLURAL, Phrase, Reader

PERSONAL = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "its", "their", "his", "her"})
_REACH = 3  # sentences back, quoted ones not counted, in which a pronoun finds what it stands for
_LATE = 6  # sentences ahead in which a description may still be given its name

Said = Sequence[tuple[Phrase, Source]]


@dataclass(frozen=True, slots=True)
class Context:
    """What an antecedent is looked for in: the names of the article, its outer quotations, and who has spoken so
    far."""

    reader: Reader
    cast: Cast
    quoted: tuple[Span, ...]
    said: list[tuple[Phrase, Source]]

    def near(self, earlier: int, later: int) -> bool:
        """Whether one sentence is close enough behind another for a pronoun: in its paragraph, or few unquoted ones
        away."""
        sentences = self.reader.article.sentences
        if sentences[earlier].paragraph == sentences[later].paragraph:
            return True
        unquoted = 0
        for index in range(later - 1, earlier - 1, -1):
            unquoted += not self.is_quoted(sentences[index].span)
            if unquoted > _REACH:
                return False
        return True

    def is_quoted(self, span: Span) -> bool:
        """Whether `span` begins inside a quotation."""
        at = bisect_right(self.quoted, span.start, key=lambda quote: quote.start) - 1
        return at >= 0 and span.start < self.quoted[at].end

    def before(self, phrase: Phrase, kind: Literal["person", "organization"]) -> list[tuple[Name, Mention]]:
        """The unquoted mentions of that kind before `phrase` and near it, nearest sentence last."""
        mentions = self.cast.of_kind[kind]
        found: list[tuple[Name, Mention]] = []
        for at in range(
            bisect_left(mentions, phrase.span.start, key=lambda pair: pair[1].words[0].span.start) - 1, -1, -1
        ):
            name, mention = mentions[at]
            if not self.near(mention.sentence, phrase.sentence):
                break
            if mention.head.span.end <= phrase.span.start and not self.is_quoted(mention.words[0].span):
                found.append((name, mention))
        return found[::-1]


def pronoun(context: Context, phrase: Phrase) -> Source:
    """The source that a personal pronoun stands for: who spoke last, if it agrees; else the one subject, or the one
    name, of the nearest sentence that has any."""
    form = phrase.head.form.lower()
    gender = PERSONAL.get(form)
    for earlier, source in reversed(context.said):
        if not context.near(earlier.sentence, phrase.sentence):
            break
        if earlier.span.end <= phrase.span.start and source.speaker and _agrees(context, source, form, earlier):
            return Source(phrase.span, source.speaker, source.sourcing, source.detail)
    candidates = _nearest(context, phrase, gender, "person" if gender else "organization")
    if len(candidates) == 1:
        return Source(phrase.span, candidates[0].canonical, "named", "person" if gender else "organization")
    if candidates:
        names = ", ".join(name.canonical for name in candidates[:4])
        detail: Detail = "person" if gender else "organization"
        return Source(phrase.span, None, "named", detail, f"{len(candidates)} candidates: {names}")
    return Source(phrase.span, form, "anonymous", "role", "nobody before it fits")


def _agrees(context: Context, source: Source, form: str, earlier: Phrase) -> bool:
    plural = earlier.head.xpos in PLURAL or " and " in (source.speaker or "")
    if form in PERSONAL:
        if source.detail not in ("person", "role", "explicit") or plural:
            return False
        if source.detail == "role" and earlier.head.upos == "NOUN":
            return context.reader.one_of(earlier.head, "role", "human")
        name = context.cast.called.get(source.speaker or "")
        return name is None or name.gender in (PERSONAL[form], None)
    if form in ("they", "their", "them"):
        return source.detail in ("group", "organization") or plural
    return source.detail in ("organization", "document")


def _nearest(
    context: Context, phrase: Phrase, gender: str | None, kind: Literal["person", "organization"]
) -> list[Name]:
    """Of the nearest sentence with a name that agrees: its subject, else all its names; failing that, the only such
    person."""
    everyone = [
        (name, mention)
        for name, mention in context.before(phrase, kind)
        if kind == "organization" or (name.is_known and (gender is None or name.gender in (gender, None)))
    ]
    if everyone:
        nearest = everyone[-1][1].sentence
        here = [(name, mention) for name, mention in everyone if mention.sentence == nearest]
        subjects = [name for name, mention in here if _is_subject(context.reader.article.sentences[nearest], mention)]
        return list(dict.fromkeys(subjects or [name for name, _ in here]))
    known = [
        name
        for name in context.cast.names
        if name.kind == "person"
        and name.is_known
        and name.gender in (gender, None)
        and name.mentions[0].words[0].span.start < phrase.span.start
    ]
    return known if gender and len(known) == 1 else []


def _is_subject(sentence: Sentence, mention: Mention) -> bool:
    """Whether a name is the subject of its sentence, or one of its subjects."""
    above = tree.head(sentence, mention.head) if mention.head.deprel == "conj" else None
    return (above or mention.head).deprel.startswith("nsubj")


def described(context: Context, phrase: Phrase) -> Name | None:
    """The person whom a description points to: "the minister", "US President", and "a White House spokesman" whose name
    comes a few sentences later."""
    reader, sentence, head = context.reader, context.reader.sentence(phrase), phrase.head
    if head.xpos in PLURAL:
        return None
    rank = fold(head.lemma)
    leads = reader.lexicons["leader"]
    said = {fold(w.lemma) for w in tree.subtree(sentence, head) if w.upos in ("NOUN", "PROPN", "ADJ") and w != head}
    determiners = reader.determiners(phrase)
    definite = not determiners or bool(determiners & _DEFINITE)
    distance: dict[Name, int] = {}
    ranked = context.cast.ranked.get(rank, [])
    alike = _soon(context, phrase) if rank in leads else []
    for name, mention in (*ranked, *alike):
        back = phrase.sentence - mention.sentence
        if rank not in mention.ranks:
            fits = bool(mention.ranks & leads) and bool(said & mention.titles)
        elif back >= 0:
            fits = definite and (said <= mention.titles or ("the" in determiners and bool(said & mention.titles)))
        else:
            # "The Bangkok governor", and two sentences on "Governor Chadchart": the first to bear the rank has it.
            soon = definite and -back <= _REACH and mention is ranked[0][1]
            fits = -back <= _LATE and (soon or (bool(said) and said <= mention.titles))
        if fits:
            distance[name] = min(abs(back), distance.get(name, abs(back)))
    nearest = sorted(distance, key=lambda name: distance[name])
    if not nearest or (len(nearest) > 1 and distance[nearest[0]] == distance[nearest[1]]):
        return None
    return nearest[0]


def _soon(context: Context, phrase: Phrase) -> list[tuple[Name, Mention]]:
    """The mentions of persons in the few sentences behind that of `phrase`."""
    mentions = context.cast.of_kind["person"]
    first = bisect_right(mentions, phrase.sentence, key=lambda pair: pair[1].sentence)
    return mentions[first : bisect_right(mentions, phrase.sentence + _LATE, key=lambda pair: pair[1].sentence)]


def epithet(context: Context, phrase: Phrase) -> Name | None:
    """Whom "the Vermont senator", "the singer" takes up again: the last speaker, if the nearest subject too."""
    reader = context.reader
    if (
        not reader.one_of(phrase.head, "epithet")
        or phrase.head.xpos in PLURAL
        or "the" not in reader.determiners(phrase)
    ):
        return None
    nearest = _nearest(context, phrase, None, "person")
    earlier, last = context.said[-1] if context.said else (None, None)
    if len(nearest) != 1 or earlier is None or last is None or not context.near(earlier.sentence, phrase.sentence):
        return None
    return nearest[0] if last.speaker == nearest[0].canonical else None


def both(context: Context, phrase: Phrase) -> list[Name]:
    """The two persons whom "both leaders" or "the two" are, if the sentences before name just two."""
    words = tree.children(context.reader.sentence(phrase), phrase.head, "det", "nummod", "det:predet")
    if not {word.lemma.lower() for word in words} & {"both", "two"}:
        return []
    recent = list(dict.fromkeys(name for name, _ in context.before(phrase, "person")))
    return recent if len(recent) == 2 else []


def chained(context: Context, phrase: Phrase) -> str | None:
    """The fuller description under which the same anonymous source was cited before: "the sources", first "diplomatic
    sources"."""
    if not context.reader.determiners(phrase) & {"the", "this", "that", "these", "those"}:
        return None
    if tree.child(context.reader.sentence(phrase), phrase.head, "amod", "compound", "nmod"):
        return None
    for earlier, source in reversed(context.said):
        if source.sourcing == "anonymous" and source.speaker and earlier.head.lemma == phrase.head.lemma:
            return source.speaker
    return None
