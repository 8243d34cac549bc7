"""Pieces of a file -> the paragraphs of an article as their file has them, with white space as a reader sees it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from audit.model import Run, Section, Span

_SPACES = dict.fromkeys(map(ord, "\t\r\n\f\v\u2028\u2029"), " ")
# A single blank between words stands for a space, so that not each word, or each line, becomes a run of its own.
_BLANK = re.compile(r"[ \t\r\n\f\v\u2028\u2029]{2,}|\A[ \t\r\n\f\v\u2028\u2029]|[ \t\r\n\f\v\u2028\u2029]\Z")


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of a paragraph, and those of the decoded file that stand for them, None where there are none."""

    text: str
    there: Span | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of an article, as its file has it."""

    text: str  # no white space at its ends, single spaces within
    section: Section | None = None  # None: its words tell
    why: str = ""  # why it is no prose; shown to users after "skipped: "
    place: str = ""  # see audit.model.Paragraph
    runs: Sequence[Run] = ()  # offsets into `text` and into the decoded file


def block(pieces: Iterable[Piece], section: Section | None = None, *, why: str = "", place: str = "") -> Block:
    """The paragraph of `pieces`: each stretch of blanks in it is one space, and none is left at its ends.

    Non-breaking spaces stay: they are what the author wrote.
    """
    words: list[str] = []
    runs: list[Run] = []
    length = 0
    pending: Span | None = None  # of blanks that stand before the next ink
    between = False
    for piece in pieces:
        whole = piece.there is not None and len(piece.there) != len(piece.text)
        at = 0
        for blank in [*_BLANK.finditer(piece.text), None]:
            end = blank.start() if blank else len(piece.text)
            if end > at:
                if between and length:
                    words.append(" ")
                    if pending:
                        append(runs, Run(Span(length, length + 1), pending))
                    length += 1
                between, pending = False, None
                words.append(piece.text[at:end].translate(_SPACES))
                if piece.there is not None:
                    there = piece.there if whole else Span(piece.there.start + at, piece.there.start + end)
                    append(runs, Run(Span(length, length + end - at), there))
                length += end - at
            if blank:
                if not between and piece.there is not None and not whole:
                    pending = Span(piece.there.start + blank.start(), piece.there.start + blank.end())
                between = True
                at = blank.end()
    return Block("".join(words), section, why, place, tuple(runs))


def ink(text: str) -> int:
    """How many characters of `text` are not such blanks; at once, also of 50 MB."""
    return len(text) - sum(map(text.count, " \t\r\n\f\v\u2028\u2029"))


def append(runs: list[Run], run: Run) -> None:
    """Add a run; where it goes on, character for character, from the last one in the text and in the file, to that."""
    if runs:
        here, there = runs[-1].here, runs[-1].there
        goes_on = here.end == run.here.start and there.end == run.there.start
        if goes_on and len(here) == len(there) and len(run.here) == len(run.there):
            runs[-1] = Run(Span(here.start, run.here.end), Span(there.start, run.there.end))
            return
    runs.append(run)


def key(text: str) -> str:
    """Its letters and digits in one case, by which words are found again where they are set in another way."""
    return "".join(filter(str.isalnum, text)).casefold()
