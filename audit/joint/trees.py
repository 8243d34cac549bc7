"""Scores of governors -> heads that make a tree, with one root, of each sentence."""

import torch
from torch import Tensor


def heads(scores: Tensor, lengths: Tensor) -> Tensor:
    """The heads (S, T) of S sentences, from the scores (S, T, 1 + T) of every governor, 0 being the root.

    The word that is most of a root is the root, and the best governor of every other word is taken where that makes a
    tree, as it does in nine sentences out of ten; the others are solved for the best tree with that root (Chu and Liu,
    1965; Edmonds, 1967). Behind `lengths` the heads mean nothing.
    """
    rows, size = scores.shape[:2]
    behind = torch.arange(size)[None, :] >= lengths[:, None]
    lead = (scores[:, :, 0] - scores[:, :, 1:].amax(2)).masked_fill(behind, -torch.inf)
    root = lead.argmax(1)
    scores = scores.clone()
    scores[:, :, 0] = -torch.inf
    best = scores.argmax(2)
    best[torch.arange(rows), root] = 0
    for row in (~_are_trees(best, lengths)).nonzero()[:, 0].tolist():
        length = int(lengths[row])
        best[row, :length] = _best_tree(scores[row, :length, : length + 1], int(root[row]))
    return best


def _are_trees(best: Tensor, lengths: Tensor) -> Tensor:
    rows, size = best.shape
    real = torch.arange(size)[None, :] < lengths[:, None]
    up = torch.cat([best.new_zeros(rows, 1), best.masked_fill(~real, 0)], dim=1)
    roots = ((best == 0) & real).sum(1)
    reached = up
    for _ in range(size.bit_length()):  # each time twice as far up
        reached = reached.gather(1, reached)
    return (roots == 1) & (reached == 0).all(1)


def _best_tree(scores: Tensor, root: int) -> Tensor:
    from stanza.models.common.chuliu_edmonds import chuliu_edmonds

    size = len(scores)
    square = torch.full((size + 1, size + 1), -1e4)
    square[1:] = scores.log_softmax(1).clamp(min=-1e4)
    square[root + 1] = -1e4
    square[root + 1, 0] = 0.0
    return torch.as_tensor(chuliu_edmonds(square.numpy())[1:])
