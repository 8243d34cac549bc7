"""A fixed piece of work, to time beside every benchmark: what a slower or busier machine does to one it does to both.

Half of it is matrix products of the shapes of a small transformer, half is Python on strings and dictionaries, as in an
audit. Any change to it makes old figures incomparable and needs a new VERSION.
"""

import statistics
import time
from collections import Counter

VERSION = 1
_TOKENS, _HIDDEN, _INNER = 2048, 384, 1536
_PRODUCTS = 2  # pairs; some 100 ms on two cores
_ROUNDS = 80  # likewise
_TEXT = "The minister said on Tuesday that 3,000 people had left the city , and that “ more would follow ” . " * 200


def seconds() -> float:
    """How long the work takes now: the median of three times."""
    return statistics.median(_once() for _ in range(3))


def _once() -> float:
    import torch

    states = torch.full((_TOKENS, _HIDDEN), 0.5)
    widen, narrow = torch.full((_HIDDEN, _INNER), 0.001), torch.full((_INNER, _HIDDEN), 0.001)
    start = time.perf_counter()
    with torch.inference_mode():
        for _ in range(_PRODUCTS):
            states = torch.nn.functional.gelu(states @ widen) @ narrow
    for _ in range(_ROUNDS):
        counts = Counter(word.lower() for word in _TEXT.split(" "))
        places = {word: [len(word), number] for number, word in enumerate(_TEXT.split(" "))}
        sorted(f"{word}:{counts[word.lower()]}" for word in places)
    return time.perf_counter() - start
