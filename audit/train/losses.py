"""A batch of windows -> tensors -> the sum of what the network got wrong."""

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional

from audit.joint.network import Batch, Joint
from audit.train.examples import IGNORED, Window, padded

# Tags and lemmas are nearly right early; arcs and relations are what more training is for.
_WEIGHTS = {"glue": 1.0, "start": 0.8, "upos": 1.0, "xpos": 0.5, "feats": 0.5, "edit": 0.5, "ner": 1.0}
_SMOOTHING = 0.03


class Tensors(NamedTuple):
    """Windows as tensors; places are into the (B * L) pieces of the batch."""

    batch: Batch
    glue: Tensor  # (places, labels) as two rows
    first: Tensor  # (N,)
    last: Tensor  # (N,)
    start: Tensor  # (N,)
    grid: Tensor  # (S, T): for each sentence its words' numbers from 1 on, 0 (the root) as padding
    labels: Tensor  # (N, 7)


def tensors(windows: Sequence[Window]) -> Tensors:
    """`windows` as one batch."""
    length = padded(max(len(window.ids) for window in windows))
    ids = torch.zeros(len(windows), length, dtype=torch.long)
    features = torch.zeros_like(ids)
    mask = torch.zeros_like(ids, dtype=torch.bool)
    glue: list[tuple[int, int]] = []
    first: list[int] = []
    last: list[int] = []
    start: list[int] = []
    labels: list[tuple[int, ...]] = []
    sentences: list[int] = []
    for row, window in enumerate(windows):
        size = len(window.ids)
        ids[row, :size] = torch.tensor(window.ids)
        features[row, :size] = torch.tensor(window.features)
        mask[row, :size] = True
        offset = row * length
        glue += ((offset + place, label) for place, label in window.glue)
        first += (offset + place for place in window.first)
        last += (offset + place for place in window.last)
        start += window.start
        labels += window.labels
        sentences += window.sentences
    return Tensors(
        Batch(ids, features, None if bool(mask.all()) else mask),
        torch.tensor(glue, dtype=torch.long).reshape(-1, 2).T,
        torch.tensor(first),
        torch.tensor(last),
        torch.tensor(start),
        grid(sentences),
        torch.tensor(labels),
    )


def grid(sentences: Sequence[int]) -> Tensor:
    """The lengths of consecutive sentences -> (S, T), the numbers from 1 on of each one's words, 0 behind them."""
    places = torch.zeros(len(sentences), max(sentences), dtype=torch.long)
    number = 1
    for row, size in enumerate(sentences):
        places[row, :size] = torch.arange(number, number + size)
        number += size
    return places


def to(device: torch.device, inputs: Tensors) -> Tensors:
    """`inputs` on `device`."""
    ids, features, mask = inputs.batch
    batch = Batch(ids.to(device), features.to(device), None if mask is None else mask.to(device))
    return Tensors(batch, *(part.to(device) for part in inputs[1:]))


def loss(network: Joint, inputs: Tensors) -> Tensor:
    """The sum of the mean losses of all that the windows have labels for."""
    pieces = network.encode(inputs.batch).flatten(0, 1)
    words = (pieces[inputs.first] + pieces[inputs.last]) / 2
    labels = inputs.labels
    total = words.new_zeros(())
    if (labels[:, 4] != IGNORED).any():
        return total + _WEIGHTS["ner"] * _mean(network.names(words), labels[:, 4])
    places, joined = inputs.glue
    if len(places):
        total = total + _WEIGHTS["glue"] * _mean(network.glue(pieces[places]), joined)
    total = total + _WEIGHTS["start"] * _mean(network.start(words), inputs.start)
    for column, (name, scores) in enumerate(zip(("upos", "xpos", "feats", "edit"), network.tags(words), strict=True)):
        total = total + _WEIGHTS[name] * _mean(scores, labels[:, column])
    rooted = torch.cat([network.root[None], words])
    arc_dependent, arc_governor, dependent, governor = network.parts(rooted)
    places = inputs.grid
    real = places > 0
    heads = labels[:, 5][places[real] - 1]
    governors = arc_governor[torch.cat([places.new_zeros(len(places), 1), places], dim=1)]
    scores = network.arcs(arc_dependent[places], governors)
    reachable = torch.cat([real.new_ones(len(real), 1), real], dim=1)[:, None, :]
    scores = scores.float().masked_fill(~reachable, -1e4)[real]
    total = total + functional.cross_entropy(scores, heads)
    rows = real.nonzero()[:, 0]
    above = torch.cat([places.new_zeros(len(places), 1), places], dim=1)[rows, heads]
    return total + _mean(network.relations(dependent[1:], governor[above]), labels[:, 6])


def _mean(scores: Tensor, labels: Tensor) -> Tensor:
    return functional.cross_entropy(scores.float(), labels, ignore_index=IGNORED, label_smoothing=_SMOOTHING)
