"""Paragraphs -> arrays that the network learns from: windows of pieces, and the labels of their words."""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from audit.joint import lemmas
from audit.joint.labels import Labels
from audit.joint.pieces import Pieces
from audit.joint.reading import given
from audit.train.corpus import Paragraph, Sentence, Token

IGNORED = -100
_RARE = 3  # times that a lemma edit or a bundle of features must occur to be learnt


@dataclass(slots=True)
class Window:
    """Consecutive sentences of a paragraph, or one of them."""

    ids: list[int]
    features: list[int]
    glue: list[tuple[int, int]]  # the place of an atom without a blank before it, and whether it continues a word
    first: list[int]  # for each word: the place of its first piece
    last: list[int]  # and of its last
    start: list[int]  # whether it begins a sentence
    sentences: list[int]  # how many words each has
    labels: list[tuple[int, int, int, int, int, int, int]]  # upos, xpos, feats, edit, ner, head in the sentence, deprel


def collect(trees: Iterable[Paragraph], names: Iterable[Paragraph]) -> Labels:
    """All labels of the training data, sorted; of edits and features those that are not too rare."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("upos", "xpos", "feats", "edit", "deprel")}
    for paragraph in trees:
        for token in (token for sentence in paragraph for token in sentence):
            for name in ("upos", "xpos", "feats", "deprel"):
                counts[name][getattr(token, name)] += 1
            counts["edit"][lemmas.edit(token.form, token.lemma)] += 1
    tags = {token.ner for paragraph in names for sentence in paragraph for token in sentence} | {"O"}
    kept = {
        name: tuple(sorted(label for label, count in found.items() if count >= (_RARE if name in rare else 1)))
        for name, found in counts.items()
        for rare in [("feats", "edit")]
    }
    return Labels(**kept, ner=tuple(sorted(tags)))


class Maker:
    """Makes windows; holds the tables from labels to numbers."""

    def __init__(self, labels: Labels, pieces: Pieces) -> None:
        self.pieces = pieces
        self.index: dict[str, dict[str, int]] = {
            name: {label: number for number, label in enumerate(values)} for name, values in labels.record().items()
        }

    def windows(self, paragraph: Paragraph, chance: random.Random | None, *, longest: int = 0) -> Iterator[Window]:
        """`paragraph` in windows; of random length when there is a `chance`, else of `longest` pieces, 0: one sentence.

        A third of the random ones are single sentences, as headlines and most paragraphs of news are.
        """
        group: list[Sentence] = []
        size = 0
        for sentence in paragraph:
            cost = sum(1 + len(token.form) // 6 for token in sentence)
            if not group and chance:
                longest = 0 if chance.random() < 0.33 else chance.randint(24, 160)
            if group and size + cost > longest:
                yield self.window(group)
                group, size = [], 0
                if chance:
                    longest = 0 if chance.random() < 0.33 else chance.randint(24, 160)
            group.append(sentence)
            size += cost
        if group:
            yield self.window(group)

    def window(self, sentences: Sequence[Sentence]) -> Window:
        """`sentences` as one text."""
        tokens = [token for sentence in sentences for token in sentence]
        read = given([(token.form, token.blank) for token in tokens], self.pieces)
        return Window(
            read.ids,
            read.features,
            [(place, int(joined)) for place, joined in read.joined],
            read.first,
            read.last,
            [int(place == 0) for sentence in sentences for place in range(len(sentence))],
            [len(sentence) for sentence in sentences],
            [self._labels(token) for token in tokens],
        )

    def _labels(self, token: Token) -> tuple[int, int, int, int, int, int, int]:
        index = self.index
        ner = index["ner"].get(token.ner, IGNORED)
        if not token.upos:
            return (IGNORED, IGNORED, IGNORED, IGNORED, ner, IGNORED, IGNORED)
        return (
            index["upos"].get(token.upos, IGNORED),
            index["xpos"].get(token.xpos, IGNORED),
            index["feats"].get(token.feats, IGNORED),
            index["edit"].get(lemmas.edit(token.form, token.lemma), IGNORED),
            ner,
            token.head,
            index["deprel"].get(token.deprel, IGNORED),
        )


def batches(windows: Sequence[Window], *, area: int, chance: random.Random | None = None) -> list[list[Window]]:
    """Windows of like length together, `area` pieces with padding at most; in random order when there is a `chance`."""
    order = sorted(windows, key=lambda window: (len(window.ids), chance.random() if chance else 0))
    found: list[list[Window]] = []
    for window in order:
        if found and padded(len(window.ids)) * (len(found[-1]) + 1) <= area:
            found[-1].append(window)
        else:
            found.append([window])
    if chance:
        chance.shuffle(found)
    return found


def padded(length: int) -> int:
    """`length` rounded up to one of few values: arrays of ever new sizes leave the heap in splinters."""
    return -(-length // 8) * 8
