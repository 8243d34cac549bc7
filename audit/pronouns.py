"""Pronouns into the names, or the sources, that they stand for.

Each question has one answer or none: where two candidates are equally near, the caller is told so.
"""

from collections.abc import Container
from typing import Literal

from audit import extent, tree
from audit.context import Context
from audit.model import Detail, Sentence, Source, Word
from audit.names import Name
from audit.phrases import PLURAL, Phrase
from audit.salience import is_subject, pair

PERSONAL = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}
_THEY = frozenset({"they", "their", "them"})
_THINGS = ("document", "statement")  # comments, arguments: no people, though their nouns end like theirs


def pronoun(context: Context, phrase: Phrase) -> Source:
    """The source that a personal pronoun stands for: who spoke last, if it agrees, or whom a whole sentence was about
    since; else the one subject, or the one name, of the nearest sentence that has any."""
    form = phrase.head.form.lower()
    gender = PERSONAL.get(form)
    if gender and (name := _topic(context, phrase, gender)):
        return Source(phrase.span, name.canonical, "named", "person")
    if form in _THEY and (both := pair(context, phrase, 0)):
        return Source(phrase.span, " and ".join(name.canonical for name in both), "named", "person")
    others = excluded(context, phrase)
    for earlier, source in reversed(context.said):
        if not context.near(earlier.sentence, phrase.sentence):
            break
        if (
            earlier.span.end <= phrase.span.start
            and source.speaker
            and not any(source.speaker == other.canonical for other in others)
            and _agrees(context, source, form, earlier)
        ):
            if gender and (name := _about_since(context, earlier, phrase, others)):
                return Source(phrase.span, name.canonical, "named", "person")
            return Source(phrase.span, source.speaker, source.sourcing, source.detail)
    if form in _THEY:
        return _several(context, phrase)
    candidates = _nearest(context, phrase, gender, "person" if gender else "organization", others)
    if len(candidates) == 1:
        return Source(phrase.span, candidates[0].canonical, "named", "person" if gender else "organization")
    if candidates:
        names = ", ".join(name.canonical for name in candidates[:4])
        detail: Detail = "person" if gender else "organization"
        return Source(phrase.span, None, "named", detail, f"{len(candidates)} candidates: {names}")
    return Source(phrase.span, form, "anonymous", "role", "nobody before it fits")


def _topic(context: Context, phrase: Phrase, gender: str) -> Name | None:
    """The person whom the sentence sets out with: "As for Lee, he said"."""
    words = context.reader.sentence(phrase).words
    lead = 2 if [word.form.lower() for word in words[:2]] == ["as", "for"] else words[0].form.lower() == "for"
    name = context.cast.at(phrase.sentence, words[lead]) if lead and len(words) > lead else None
    if name is None or name.kind != "person" or name.gender not in (gender, None):
        return None
    mention = next(m for m in name.mentions if words[lead] in m.words and m.sentence == phrase.sentence)
    behind = words[mention.words[-1].index : phrase.head.index - 1]
    return name if [word.form for word in behind] == [","] else None


def _several(context: Context, phrase: Phrase) -> Source:
    """Who "they" are that have not been cited: the people who are the last subject, here or in the sentence before."""
    reader, sentences = context.reader, context.reader.article.sentences
    for index in range(phrase.sentence, max(phrase.sentence - 2, -1), -1):
        for word in reversed(sentences[index].words):
            if not word.deprel.startswith("nsubj") or word.span.end > phrase.span.start or context.is_quoted(word.span):
                continue
            if word.xpos in PLURAL and reader.one_of(word, "role", "human") and not reader.one_of(word, *_THINGS):
                people = Phrase(index, word, tree.hull(extent.source_words(sentences[index], word)))
                detail: Detail = "role" if reader.one_of(word, "role") else "group"
                return Source(phrase.span, reader.described(people), "anonymous", detail)
    return Source(phrase.span, phrase.head.form.lower(), "anonymous", "group", "nobody before it fits")


def _about_since(context: Context, earlier: Phrase, phrase: Phrase, others: Container[Name]) -> Name | None:
    """The person who is the main subject of a sentence behind `earlier`, the last such: Lee, where Bo is cited, then
    "Lee runs the town", and then he. Of 40 pronouns of PolNeAR that this gives to somebody else, 36 are right."""
    gender = PERSONAL[phrase.head.form.lower()]
    for name, mention in reversed(context.before(phrase, "person")):
        if mention.head.span.start < earlier.span.end:
            break
        sentence = context.reader.article.sentences[mention.sentence]
        verb = tree.head(sentence, mention.head)
        main = verb is not None and not verb.head and is_subject(sentence, mention)
        before = mention.sentence < phrase.sentence or (verb is not None and _subordinate(sentence, phrase.head, verb))
        if main and before and name not in others and name.is_known:
            return name if name.gender in (gender, None) else None
    return None


def _subordinate(sentence: Sentence, word: Word, verb: Word) -> bool:
    """Whether a word is in a clause under `verb` that is no remark beside it: "Lee left after he lost"."""
    above = [word, *tree.ancestors(sentence, word)]
    below = above[: above.index(verb)] if verb in above else []
    return any(w.deprel.startswith(("advcl", "acl", "ccomp")) for w in below) and not any(
        w.deprel.startswith(("parataxis", "conj")) for w in below
    )


def excluded(context: Context, phrase: Phrase) -> frozenset[Name]:
    """Whom the pronoun cannot be, as its clause is about what it does to them: Lee, of "he told Lee" and "Lee, whom he
    mocked"."""
    sentence = context.reader.sentence(phrase)
    verb = tree.head(sentence, phrase.head) if phrase.head.deprel == "nsubj" else None
    if verb is None:
        return frozenset()
    words = tree.children(sentence, verb, "obj", "iobj", "obl")
    noun = tree.head(sentence, verb) if verb.deprel == "acl:relcl" else None
    words += [noun] if noun else []
    names = [context.cast.at(phrase.sentence, word) for word in words]
    names += [context.cast.bearer(word.form) for word in words if word.upos == "PROPN"]  # whatever the tagger saw there
    return frozenset(filter(None, names))


def _agrees(context: Context, source: Source, form: str, earlier: Phrase) -> bool:
    plural = earlier.head.xpos in PLURAL or earlier.head.form.lower() in _THEY or " and " in (source.speaker or "")
    if form in PERSONAL:
        if source.detail not in ("person", "role", "explicit") or plural:
            return False
        if source.detail == "role" and earlier.head.upos == "NOUN":
            return context.reader.one_of(earlier.head, "role", "human")
        name = context.cast.called.get(source.speaker or "")
        return name is None or name.gender in (PERSONAL[form], None)
    if form in _THEY:
        return source.detail in ("group", "organization") or plural
    return source.detail in ("organization", "document")


def _nearest(
    context: Context,
    phrase: Phrase,
    gender: str | None,
    kind: Literal["person", "organization"],
    others: Container[Name],
) -> list[Name]:
    """Of the nearest sentence with a name, `others` apart, that agrees: its subject, else all its persons, or the
    bodies of the pronoun's own sentence; failing that, the only such person."""
    everyone = [
        (name, mention)
        for name, mention in context.before(phrase, kind)
        if name not in others
        and (kind == "organization" or (name.is_known and (gender is None or name.gender in (gender, None))))
    ]
    if everyone:
        nearest = everyone[-1][1].sentence
        here = [(name, mention) for name, mention in everyone if mention.sentence == nearest]
        subjects = [name for name, mention in here if is_subject(context.reader.article.sentences[nearest], mention)]
        # Of 31 times that "it" was a body named beside the subject, 6 were right, two of them in its own sentence.
        rest = [n for n, m in here if gender or (nearest == phrase.sentence and m.head.ner[2:] == "Organization")]
        return list(dict.fromkeys(subjects or rest))
    known = [
        name
        for name in context.cast.names
        if name.kind == "person"
        and name not in others
        and name.is_known
        and name.gender in (gender, None)
        and name.mentions[0].words[0].span.start < phrase.span.start
    ]
    return known if gender and len(known) == 1 else []
