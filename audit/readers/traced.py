"""Text that its file has with escapes, entities or codes in it, and where in the file each character stands."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from audit.blocks import Piece, append
from audit.model import Run, Span


@dataclass(frozen=True, slots=True)
class Traced:
    """A text and its `runs` in the decoded file, in text order; characters in no run stand nowhere in it."""

    text: str
    runs: Sequence[Run] = ()

    def cut(self, start: int, end: int) -> Iterator[Piece]:
        """The pieces of ``text[start:end]``."""
        at = start
        # Not a slice of the runs: that would be a copy of all that follow, for each stretch.
        for index in range(max(bisect_right(self.runs, start, key=lambda run: run.here.start) - 1, 0), len(self.runs)):
            run = self.runs[index]
            first, last = max(run.here.start, at), min(run.here.end, end)
            if run.here.start >= end:
                break
            if first >= last:
                continue
            if at < first:
                yield Piece(self.text[at:first])
            there = run.there
            if len(there) == len(run.here):
                there = Span(there.start + first - run.here.start, there.start + last - run.here.start)
            yield Piece(self.text[first:last], there)
            at = last
        if at < end:
            yield Piece(self.text[at:end])

    def whole(self, start: int, end: int, text: str) -> Piece:
        """`text`, for which ``text[start:end]`` stands as a whole: an entity, say."""
        there = [piece.there for piece in self.cut(start, end)]
        known = [span for span in there if span]
        return Piece(text, Span(known[0].start, known[-1].end) if known and len(known) == len(there) else None)


def of(text: str, start: int = 0, end: int | None = None) -> Traced:
    """A stretch of the decoded file itself."""
    end = len(text) if end is None else end
    return joined([Piece(text[start:end], Span(start, end))])


def joined(pieces: Iterable[Piece]) -> Traced:
    """The text of `pieces`."""
    words: list[str] = []
    runs: list[Run] = []
    length = 0
    for piece in pieces:
        if not piece.text:
            continue
        words.append(piece.text)
        if piece.there is not None:
            append(runs, Run(Span(length, length + len(piece.text)), piece.there))
        length += len(piece.text)
    return Traced("".join(words), runs)
