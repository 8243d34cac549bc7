"""Sentences and a place behind them -> the persons or the body that a reader has in mind there."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping

from audit import tree
from audit.context import REACH, Context
from audit.gazetteer import fold
from audit.mentions import Mention
from audit.model import Sentence, Word
from audit.names import Name
from audit.phrases import Phrase

_ENOUGH = 4  # points from which on a description is given a name
_MARGIN = 2  # points by which the first candidate must lead
_OFTEN = 3  # mentions that make a body the one that an article is about


def salient(context: Context, phrase: Phrase) -> Name | None:
    """The person whom the sentences before `phrase` are about, if one is ahead of all others."""
    return ahead(salience(context, phrase))


def salience(context: Context, phrase: Phrase) -> dict[Name, int]:
    """How present each person near before `phrase` is in the reader's mind: by how near the last mention is, whether it
    is a subject, whether the person spoke last, and whether the article so far names them once or often."""
    sentences = context.reader.article.sentences
    points: dict[Name, int] = {}
    about: dict[Name, int] = {}  # whom the sentence itself is about it rather takes up by a pronoun
    for name, mention in context.before(phrase, "person"):
        if mention.sentence == phrase.sentence and is_subject(sentences[mention.sentence], mention):
            about[name] = 2
        between = sum(not context.is_quoted(s.span) for s in sentences[mention.sentence + 1 : phrase.sentence])
        weight = REACH - between + 2 * is_subject(sentences[mention.sentence], mention)
        points[name] = max(weight, points.get(name, 0))
    last = context.said[-1][1].speaker if context.said else None
    for name in points:
        times = sum(mention.head.span.end <= phrase.span.start for mention in name.mentions)
        points[name] += (name.canonical == last) + (times > 2) - (times < 2) - about.get(name, 0)
    return points


def ahead(points: Mapping[Name, int]) -> Name | None:
    """The one with the most points, if it has enough and the next has fewer by the margin."""
    ranked = sorted(points, key=lambda name: -points[name])
    if not ranked or points[ranked[0]] < _ENOUGH:
        return None
    alone = len(ranked) == 1 or points[ranked[0]] - points[ranked[1]] >= _MARGIN
    return ranked[0] if alone else None


def is_subject(sentence: Sentence, mention: Mention) -> bool:
    """Whether a name is the subject of its sentence, or one of its subjects, or stands behind a title that is: "team
    captain José Chilavert launched"."""
    top: Word | None = mention.head
    while top is not None and top.deprel in ("conj", "flat"):
        top = tree.head(sentence, top)
    return top is not None and top.deprel.startswith("nsubj")


def pair(context: Context, phrase: Phrase, back: int) -> list[Name]:
    """The two persons who are the last subject before `phrase`, in its sentence or up to so many before."""
    for index in range(phrase.sentence, max(phrase.sentence - back, 0) - 1, -1):
        sentence = context.reader.article.sentences[index]
        for word in reversed(sentence.words):
            if word.deprel.startswith("nsubj") and word.span.end <= phrase.span.start:
                both = [word, *tree.children(sentence, word, "conj")]
                names = [person_of(context, index, one) for one in both] if len(both) == 2 else []
                if None not in names and len(set(names)) == 2 and not context.is_quoted(word.span):
                    return [name for name in names if name]
    return []


def person_of(context: Context, index: int, word: Word) -> Name | None:
    """The person that a noun of a sentence names, or is the title of."""
    sentence = context.reader.article.sentences[index]
    names = [context.cast.at(index, one) for one in (word, *tree.children(sentence, word, "flat", "appos"))]
    return next((name for name in names if name and name.kind == "person"), None)


def salient_body(context: Context, phrase: Phrase) -> Name | None:
    """The body, no place or state, that is the subject of a sentence near before `phrase`, the last such; else the one
    that the article so far names far more often than any other."""
    sentences = context.reader.article.sentences
    bodies = [
        (name, mention) for name, mention in _bodies_before(context, phrase) if mention.head.ner[2:] == "Organization"
    ]
    for name, mention in reversed(bodies):
        if phrase.sentence - mention.sentence > 1:
            break
        if is_subject(sentences[mention.sentence], mention) and not context.is_quoted(mention.head.span):
            return name
    ranked = Counter(name for name, _ in bodies).most_common(2)
    if not ranked or ranked[0][1] < _OFTEN or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
        return None
    return ranked[0][0]


def body_called(context: Context, phrase: Phrase) -> Name | None:
    """The body that was last named with the noun of `phrase`: the firm, of "the polling firm ForwardKeys"."""
    noun = fold(phrase.head.lemma)
    return next((name for name, mention in reversed(_bodies_before(context, phrase)) if noun in mention.ranks), None)


def _bodies_before(context: Context, phrase: Phrase) -> list[tuple[Name, Mention]]:
    mentions = context.cast.of_kind["organization"]
    return mentions[: bisect_left(mentions, phrase.span.start, key=lambda pair: pair[1].head.span.start)]
