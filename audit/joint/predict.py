"""Texts -> their sentences, each word with all that the network says of it: one pass of the encoder, batches of texts.

Texts are read in batches of like length, so that hardly any padding is read with them, whatever order they come in.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from audit.joint import lemmas, names, trees
from audit.joint.labels import Labels
from audit.joint.network import Batch, Joint
from audit.joint.pieces import Pieces
from audit.joint.reading import Window, given, windows

_AREA = 2_048  # pieces of a batch: more take more memory and no less time
_GRID = 8_192  # words of the sentences whose arcs are scored at once, padding included
_PAIRS = 64  # words whose relations are scored at once: what lies between fits the cache, which takes 40 % less time
_LEMMAS = 100_000  # lemmas that are remembered
_CLOSING = frozenset({'"', "'", "”", "’", "''", "»", "›", ")", "]"})
_EDITS = 6  # of the best, among which a lemma is looked for that English has


class Word(NamedTuple):
    """A syntactic word; `start` and `end` are offsets into its text, `head` counts from 1 in its sentence, 0: root."""

    start: int
    end: int
    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    deprel: str
    ner: str  # BIOES


class Sentence(NamedTuple):
    """A sentence; `torn` when it is the rest of one that was too long to be read at once."""

    words: list[Word]
    torn: bool


@dataclass(frozen=True, slots=True)
class Reader:
    """A trained network and what its numbers mean."""

    network: Joint
    labels: Labels
    pieces: Pieces
    allowed: NDArray[np.bool_]  # names.follows(labels.ner)
    lemmas: dict[tuple[str, str, str, tuple[int, ...]], str] = field(default_factory=dict, repr=False)


Breaks = Callable[[str], Iterable[int]]


class _Words(NamedTuple):
    """The words of a batch, in order, before they are annotated."""

    first: Tensor  # (N,) the place of each one's first piece among all of the batch
    last: Tensor  # (N,) and of its last
    spans: list[tuple[int, int, str]]
    forced: NDArray[np.bool_]  # (N,) whether a sentence begins there in any case
    window: NDArray[np.int64]  # (N,) the window it is in
    starts: NDArray[np.bool_] | None  # (N,) whether a sentence begins there, if that is known


def read(reader: Reader, texts: Sequence[str], *, breaks: Breaks | None = None) -> list[list[Sentence]]:
    """The sentences of each text.

    Args:
        breaks: the offsets in a text at which a sentence begins in any case.
    """
    found: list[Window] = []
    for number, text in enumerate(texts):
        found += windows(text, number, reader.pieces)
    sentences: list[list[Sentence]] = [[] for _ in found]
    with torch.inference_mode():
        for batch in _batches([len(window.ids) for window in found]):
            chosen = [found[place] for place in batch]
            pieces, length = _encode(reader, [(window.ids, window.features) for window in chosen])
            words = _join(reader, pieces, length, chosen, texts, breaks)
            for place, own in zip(batch, _annotate(reader, pieces, words, len(chosen)), strict=True):
                sentences[place] = [Sentence(one, found[place].torn and not index) for index, one in enumerate(own)]
    result: list[list[Sentence]] = [[] for _ in texts]
    for window, parts in zip(found, sentences, strict=True):
        result[window.text] += parts
    return result


def read_words(reader: Reader, sentences: Sequence[Sequence[tuple[str, bool]]]) -> list[list[Word]]:
    """The same sentences, annotated; each word is given with whether a blank follows it. Offsets are all 0."""
    found = [given(sentence, reader.pieces) for sentence in sentences]
    result: list[list[Word]] = [[] for _ in found]
    with torch.inference_mode():
        for batch in _batches([len(one.ids) for one in found]):
            chosen = [found[place] for place in batch]
            pieces, length = _encode(reader, [(one.ids, one.features) for one in chosen])
            sizes = [len(one.first) for one in chosen]
            starts = np.zeros(sum(sizes), dtype=bool)
            starts[np.cumsum([0, *sizes[:-1]])] = True
            words = _Words(
                torch.tensor([row * length + place for row, one in enumerate(chosen) for place in one.first]),
                torch.tensor([row * length + place for row, one in enumerate(chosen) for place in one.last]),
                [(0, 0, form) for place in batch for form, _ in sentences[place]],
                starts,
                np.repeat(np.arange(len(chosen)), sizes),
                starts,
            )
            for place, own in zip(batch, _annotate(reader, pieces, words, len(chosen)), strict=True):
                result[place] = own[0]
    return result


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """The places of texts of like length, as many as make _AREA."""
    batch: list[int] = []
    for place in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and lengths[place] * (len(batch) + 1) > _AREA:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def _encode(reader: Reader, texts: Sequence[tuple[list[int], list[int]]]) -> tuple[Tensor, int]:
    """The vectors (B * L, D) of all pieces, padding included, and L."""
    length = max(len(ids) for ids, _ in texts)
    ids = torch.tensor([own + [0] * (length - len(own)) for own, _ in texts])
    features = torch.tensor([own + [0] * (length - len(own)) for _, own in texts])
    sizes = torch.tensor([len(own) for own, _ in texts])
    padded = bool((sizes < length).any())
    mask = torch.arange(length)[None, :] < sizes[:, None] if padded else None
    return reader.network.encode(Batch(ids, features, mask)).flatten(0, 1), length


def _join(
    reader: Reader,
    pieces: Tensor,
    length: int,
    chosen: Sequence[Window],
    texts: Sequence[str],
    breaks: Breaks | None,
) -> _Words:
    """The words of a batch of windows: atoms, joined as the network says."""
    counts = [len(window.atoms) for window in chosen]
    first = np.concatenate(
        [np.array(window.places, dtype=np.int64) + row * length for row, window in enumerate(chosen)]
    )
    sizes = np.array([atom.size for window in chosen for atom in window.atoms], dtype=np.int64)
    joined = np.array([joinable for window in chosen for joinable in window.joinable], dtype=bool)
    places = joined.nonzero()[0]
    if len(places):
        joined[places] = reader.network.glue(pieces[torch.from_numpy(first[places])]).argmax(1).numpy() == 1
    opening = (~joined).nonzero()[0]
    closing = np.append(opening[1:], len(joined)) - 1
    all_atoms = [atom for window in chosen for atom in window.atoms]
    window_of = np.repeat(np.arange(len(chosen)), counts)[opening]
    spans: list[tuple[int, int, str]] = []
    for a, z, row in zip(opening.tolist(), closing.tolist(), window_of.tolist(), strict=True):
        one = all_atoms[a]
        if a == z:
            spans.append((one.start, one.end, one.form))
        else:
            spans.append((one.start, all_atoms[z].end, texts[chosen[row].text][one.start : all_atoms[z].end]))
    forced = np.append([True], window_of[1:] != window_of[:-1])
    if breaks:
        for row, window in enumerate(chosen):
            for place in breaks(texts[window.text]):
                if window.atoms[0].start < place <= window.atoms[-1].start:
                    own = (window_of == row).nonzero()[0]
                    forced[next(number for number in own.tolist() if spans[number][0] >= place)] = True
    last = first[closing] + sizes[closing] - 1
    return _Words(torch.from_numpy(first[opening]), torch.from_numpy(last), spans, forced, window_of, None)


def _annotate(reader: Reader, pieces: Tensor, words: _Words, rows: int) -> list[list[list[Word]]]:
    """The sentences of each of a batch's windows."""
    network, labels = reader.network, reader.labels
    vectors = (pieces[words.first] + pieces[words.last]) / 2
    starts = words.starts
    if starts is None:
        starts = network.start(vectors).argmax(1).numpy() == 1
        for place in starts.nonzero()[0].tolist():
            starts[place] = place and _may_end([form for _, _, form in words.spans[max(0, place - 4) : place]])
        starts |= words.forced
    opening = starts.nonzero()[0]
    lengths = np.diff(np.append(opening, len(starts)))
    *tags, edits = network.tags(vectors)
    upos, xpos, feats = (scores.argmax(1).tolist() for scores in tags)
    ner = _names(reader, network.names(vectors), opening, lengths)
    heads, relations = _parse(network, vectors, opening, lengths)
    kinds = [labels.upos[tag] for tag in upos]
    ranked: list[list[int]] = edits.topk(min(_EDITS, edits.shape[1])).indices.tolist()
    penn = [labels.xpos[tag] for tag in xpos]
    lemma = _lemmas(reader, [form for _, _, form in words.spans], kinds, penn, ranked)
    found: list[list[list[Word]]] = [[] for _ in range(rows)]
    for first, size in zip(opening.tolist(), lengths.tolist(), strict=True):
        found[words.window[first]].append(
            [
                Word(
                    *words.spans[place],
                    lemma[place],
                    kinds[place],
                    penn[place],
                    labels.feats[feats[place]],
                    heads[place],
                    labels.deprel[relations[place]] if heads[place] else "root",
                    labels.ner[ner[place]],
                )
                for place in range(first, first + size)
            ]
        )
    return found


def _may_end(before: Sequence[str]) -> bool:
    """Whether a sentence may end behind these words: behind a comma and a closing mark it goes on (“We wait,” he …)."""
    return before[-1] not in _CLOSING or next((form for form in reversed(before) if form not in _CLOSING), "") != ","


def _names(reader: Reader, scores: Tensor, opening: NDArray[np.int64], lengths: NDArray[np.int64]) -> list[int]:
    """The best tag of each word; where these do not fit together, the best that do."""
    choice = scores.argmax(1).numpy()
    before = np.append([-1], choice[:-1])
    before[opening] = -1
    wrong = ~reader.allowed[before, choice]
    ends = opening + lengths - 1
    wrong[ends] |= ~reader.allowed[choice[ends], -1]
    for row in np.unique(np.searchsorted(opening, wrong.nonzero()[0], side="right") - 1):
        own = slice(opening[row], opening[row] + lengths[row])
        choice[own] = names.best(scores[own].log_softmax(1).numpy(), reader.allowed)
    result: list[int] = choice.tolist()
    return result


def _parse(
    network: Joint, vectors: Tensor, opening: NDArray[np.int64], lengths: NDArray[np.int64]
) -> tuple[list[int], list[int]]:
    """The head of each word in its sentence, and the number of its relation."""
    dependents, governors, dependent, governor = network.parts(torch.cat([network.root[None], vectors]))
    heads = torch.zeros(len(vectors), dtype=torch.long)
    above = torch.zeros(len(vectors), dtype=torch.long)  # counted through the batch, 0 the root
    order = np.argsort(lengths, kind="stable")
    done = 0
    while done < len(order):
        count = max(1, int((lengths[order[done:]] * np.arange(1, len(order) - done + 1) <= _GRID).sum()))
        rows = order[done : done + count]
        done += count
        sizes = torch.from_numpy(lengths[rows])
        size = int(sizes.max())
        real = torch.arange(size)[None, :] < sizes[:, None]
        grid = (torch.from_numpy(opening[rows])[:, None] + torch.arange(1, size + 1)).masked_fill(~real, 0)
        rooted = torch.cat([grid.new_zeros(len(grid), 1), grid], dim=1)
        scores = network.arcs(dependents[grid], governors[rooted])
        reachable = torch.cat([real.new_ones(len(real), 1), real], dim=1)
        best = trees.heads(scores.masked_fill(~reachable[:, None, :], -1e4), sizes)
        places = grid[real] - 1
        heads[places] = best[real]
        above[places] = rooted.gather(1, best)[real]
    pairs = zip(torch.split(dependent[1:], _PAIRS), torch.split(governor[above], _PAIRS), strict=True)
    relations = torch.cat([network.relations(one, other).argmax(1) for one, other in pairs])
    return heads.tolist(), relations.tolist()


def _lemmas(
    reader: Reader, forms: Sequence[str], upos: Sequence[str], xpos: Sequence[str], edits: Sequence[Sequence[int]]
) -> list[str]:
    known = reader.lemmas
    if len(known) > _LEMMAS:
        known.clear()
    found: list[str] = []
    for form, kind, tag, ranked in zip(forms, upos, xpos, edits, strict=True):
        key = (form, kind, tag, tuple(ranked if kind in lemmas.OPEN else ranked[:1]))
        lemma = known.get(key)
        if lemma is None:
            typed = form.replace("’", "'") if len(form) > 1 else form  # as lemmas of treebanks are: "'s"
            lemma = lemmas.choose(typed, kind, tag, [reader.labels.edit[number] for number in key[3]])
            known[key] = lemma
        found.append(lemma)
    return found
