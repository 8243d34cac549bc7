"""How well a model reads annotated text, in per cent, by the measures of the CoNLL 2018 shared task.

The scorer is the shared task's own (https://aclanthology.org/K18-2001), as Stanza calls it: F1 of aligned words, and
labelled attachment (LAS) without the subtypes of relations.
"""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from audit.joint import predict, reading
from audit.joint.predict import Reader, Word
from audit.train.corpus import Paragraph, Sentence, Token

_RAW = ("Words", "Sentences", "UPOS", "XPOS", "UFeats", "Lemmas", "UAS", "LAS")


def on_words(reader: Reader, paragraphs: Sequence[Paragraph]) -> dict[str, float]:
    """Scores when words and sentences are given."""
    sentences = [sentence for paragraph in paragraphs for sentence in paragraph]
    found = predict.read_words(reader, [[(token.form, token.blank) for token in sentence] for sentence in sentences])
    scores = _evaluate(sentences, found)
    return {name: scores[name].f1 * 100 for name in ("UPOS", "XPOS", "UFeats", "Lemmas", "UAS", "LAS")}


def on_text(reader: Reader, paragraphs: Sequence[Paragraph]) -> dict[str, float]:
    """Scores from raw text, each paragraph by itself, as an audit reads."""
    texts = ["".join(token.form + " " * token.blank for one in paragraph for token in one) for paragraph in paragraphs]
    found = predict.read(reader, texts, breaks=reading.breaks)
    gold = [sentence for paragraph in paragraphs for sentence in paragraph]
    scores = _evaluate(gold, [sentence.words for own in found for sentence in own])
    return {name: scores[name].f1 * 100 for name in _RAW}


def on_names(reader: Reader, paragraphs: Sequence[Paragraph]) -> float:
    """F1 of whole names with their class, when words and sentences are given."""
    sentences = [sentence for paragraph in paragraphs for sentence in paragraph]
    found = predict.read_words(reader, [[(token.form, token.blank) for token in sentence] for sentence in sentences])
    right = given = meant = 0
    for gold, words in zip(sentences, found, strict=True):
        ours = set(_spans([word.ner for word in words]))
        theirs = set(_spans([token.ner for token in gold]))
        right += len(ours & theirs)
        given += len(ours)
        meant += len(theirs)
    return 200 * right / (given + meant) if given + meant else 100.0


def _evaluate(gold: Sequence[Sentence], found: Iterable[Sequence[Word]]) -> Any:
    from stanza.models.common.utils import ud_scores

    return ud_scores(io.StringIO(_conllu(gold)), io.StringIO(_conllu(found)))


def _conllu(sentences: Iterable[Sequence[Token | Word]]) -> str:
    return "".join(
        "".join(
            f"{number}\t{word.form}\t{word.lemma}\t{word.upos}\t{word.xpos}\t{word.feats or '_'}"
            f"\t{word.head}\t{word.deprel}\t_\t_\n"
            for number, word in enumerate(sentence, 1)
        )
        + "\n"
        for sentence in sentences
    )


def _spans(tags: Sequence[str]) -> Iterable[tuple[int, int, str]]:
    first = 0
    for place, tag in enumerate(tags):
        if tag[0] in "BS":
            first = place
        if tag[0] in "ES":
            yield first, place, tag[2:]
