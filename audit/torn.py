"""The parts in which sentences that are too long for the parser were read -> those sentences, whole.

In each part the parser finds a root. That of the first stays; those of the others become its `parataxis`, as clauses
that stand side by side, and reported speech before or behind its "he said", are attached in UD
(https://universaldependencies.org/en/dep/parataxis.html).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from audit.model import Sentence, Span, Word


def joined(parts: Sequence[Sentence], torn: Sequence[bool]) -> Iterator[tuple[Sentence, int]]:
    """Each sentence, and in how many parts it was read; `torn` says of each part whether it goes on the one before."""
    first = 0
    for end in range(1, len(parts) + 1):
        if end == len(parts) or not torn[end]:
            yield _whole(parts[first:end]), end - first
            first = end


def _whole(parts: Sequence[Sentence]) -> Sentence:
    if len(parts) == 1:
        return parts[0]
    words: list[Word] = []
    top = next(word.index for word in parts[0].words if not word.head)
    for part in parts:
        before = len(words)
        for word in part.words:
            moved = replace(word, index=word.index + before, head=word.head + before)
            if before and not word.head:
                moved = replace(moved, head=top, deprel="parataxis")
            words.append(moved)
    return Sentence(Span(parts[0].span.start, parts[-1].span.end), tuple(words), parts[0].paragraph)
