"""Scores of tags -> well-formed BIOES tags."""

import numpy as np
from numpy.typing import NDArray


def follows(tags: tuple[str, ...]) -> NDArray[np.bool_]:
    """(K, K): whether the second of two tags may stand behind the first; row and column K are the sentence's ends."""
    ends = ("O", *tags)
    allowed = np.zeros((len(ends), len(ends)), dtype=bool)
    for row, before in enumerate(ends):
        for column, after in enumerate(ends):
            if before[0] in "BI":
                allowed[row, column] = after[0] in "IE" and after[2:] == before[2:]
            else:
                allowed[row, column] = after[0] in "OBS"
    return np.roll(allowed, -1, axis=(0, 1))


def best(scores: NDArray[np.float32], allowed: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The best well-formed tags (N,) of a sentence, from the log-probabilities (N, K) of each word (Viterbi, 1967)."""
    cost = np.where(allowed, 0.0, -1e9)
    size, kinds = scores.shape
    back = np.zeros((size, kinds), dtype=np.int64)
    total = scores[0] + cost[-1, :kinds]
    for place in range(1, size):
        reached = total[:, None] + cost[:kinds, :kinds]
        back[place] = reached.argmax(0)
        total = reached.max(0) + scores[place]
    tags = [int((total + cost[:kinds, -1]).argmax())]
    for place in range(size - 1, 0, -1):
        tags.append(int(back[place, tags[-1]]))
    return np.array(tags[::-1])
