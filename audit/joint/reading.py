"""Texts -> windows: the stretches that the encoder reads at once, as word pieces."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from audit.joint import atoms
from audit.joint.pieces import Pieces

LONGEST = 250  # pieces: as many as windows had in training; in news 1 paragraph of 300 has more

# "LONDON (Reuters) - ", "WASHINGTON, May 3 — ", "MULTAN: ": parsed with the sentence it becomes its subject.
_DATELINE = re.compile(
    r"(?:[A-Z][A-Z.'’ /-]{2,30}(?:, [A-Z][\w. ]{1,20}\d{0,2})?(?:, \w+\.? \d{1,2})? ?(?:\([A-Z]\w[\w ./-]{0,20}\) ?)?"
    r"|[A-Z][\w.,'’ ]{2,40} \((?:AP|AFP|UPI|Reuters|CNN|Xinhua|ANI|IANS|PTI|DPA|EFE|TASS)\) ?)(?:[—–―:]|--?|/)\s+(?=\S)"
)
_STOP = re.compile(r"[.!?…][\"'”’»)\]]*\s+$")


def breaks(text: str) -> list[int]:
    """Where in a paragraph a sentence begins that no full stop tells: behind its dateline."""
    dateline = _DATELINE.match(text)
    return [dateline.end()] if dateline else []


class Atom(NamedTuple):
    """An atom of a text and how many pieces the encoder makes of it."""

    start: int
    end: int
    form: str
    size: int


@dataclass(slots=True)
class Window:
    """Consecutive atoms of a text."""

    text: int  # the number of the text
    ids: list[int]
    features: list[int]
    atoms: list[Atom]
    places: list[int]  # of each atom's first piece
    joinable: list[bool]  # whether an atom may continue the word before it
    torn: bool = False  # whether it begins in the middle of a sentence


def windows(text: str, number: int, pieces: Pieces) -> Iterator[Window]:
    """`text` in windows, cut where a sentence seems to end, else at a mark, else between words."""
    found = []
    for start, end in atoms.spans(text):
        form = text[start:end]
        found.append(Atom(start, end, form, len(pieces.entry(form).ids)))
    first, torn = 0, False
    while first < len(found):
        last, size = first, 0
        while last < len(found) and size + found[last].size <= LONGEST:
            size += found[last].size
            last += 1
        cut_sentence = False
        if last < len(found):
            last, cut_sentence = _good_end(text, found, first, last)
        yield _window(number, found[first:last], pieces, torn=torn)
        first, torn = last, cut_sentence


def _good_end(text: str, found: Sequence[Atom], first: int, last: int) -> tuple[int, bool]:
    """Where to end a window that would reach to `last`, and whether that tears a sentence."""
    second_half = range(last, (first + last) // 2, -1)
    for place in second_half:
        before, after = found[place - 1], found[place]
        if before.end < after.start and not after.form.islower() and _STOP.search(text, before.start - 2, after.start):
            return place, False
    for mark in (";", ","):
        for place in second_half:
            if found[place - 1].form == mark:
                return place, True
    gaps = (place for place in second_half if found[place - 1].end < found[place].start)
    return next(gaps, last), True


def _window(number: int, found: list[Atom], pieces: Pieces, *, torn: bool) -> Window:
    ids, features = [pieces.opening], [0]
    places: list[int] = []
    joinable: list[bool] = []
    end = -1
    for atom in found:
        entry = pieces.entry(atom.form)
        places.append(len(ids))
        joinable.append(atom.start == end)
        ids += entry.ids
        features += entry.close if atom.start == end else entry.apart
        end = atom.end
    ids.append(pieces.closing)
    features.append(0)
    return Window(number, ids, features, found, places, joinable, torn)


class Given(NamedTuple):
    """Words that are known beforehand, as the encoder reads them."""

    ids: list[int]
    features: list[int]
    first: list[int]  # for each word the place of its first piece
    last: list[int]  # and of its last
    joined: list[tuple[int, bool]]  # the place of each atom without a blank before it, and whether it continues a word


def given(words: Sequence[tuple[str, bool]], pieces: Pieces) -> Given:
    """The forms of consecutive words, each with whether a blank follows it."""
    found = Given([pieces.opening], [0], [], [], [])
    blank = True
    for (_, follows), word in zip(words, _atoms_of(words), strict=True):
        found.first.append(len(found.ids))
        for number, atom in enumerate(word):
            if number or not blank:
                found.joined.append((len(found.ids), number > 0))
            entry = pieces.entry(atom)
            found.ids.extend(entry.ids)
            found.features.extend(entry.apart if blank else entry.close)
            blank = False
        found.last.append(len(found.ids) - 1)
        blank = follows
    found.ids.append(pieces.closing)
    found.features.append(0)
    return found


def _atoms_of(words: Sequence[tuple[str, bool]]) -> Iterator[list[str]]:
    """The atoms of each word: those of the text that they make, cut where a word ends inside one."""
    text = "".join(form + " " * blank for form, blank in words)
    ends = {place for span in atoms.spans(text) for place in span}
    start = 0
    for form, blank in words:
        end = start + len(form)
        cuts = [start, *(place for place in range(start + 1, end) if place in ends), end]
        found = ["".join(text[a:b].split()) for a, b in pairwise(cuts)]
        yield [atom for atom in found if atom] or ["_"]
        start = end + blank
