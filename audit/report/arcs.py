"""Turns two words of a sentence into the arcs of the dependency tree between them, as one line of text."""

from itertools import pairwise

from audit.model import Sentence, Span, Word
from audit.report.cells import clean


def between(sentence: Sentence, one: Word, other: Word) -> str:
    """``said -nsubj-> minister``, ``according <-case- ministry``: each arrow points from a word to its dependent."""
    up, down = _above(sentence, one), _above(sentence, other)
    meeting = next(word for word in up if word in down)
    line = clean(one.form)
    for below, above in pairwise(up[: up.index(meeting) + 1]):
        line += f" <-{below.deprel}- {clean(above.form)}"
    for below in reversed(down[: down.index(meeting)]):
        line += f" -{below.deprel}-> {clean(below.form)}"
    return line


def head(sentence: Sentence, *spans: Span) -> Word | None:
    """The word in `spans` that all others there hang from, the first if there are several; None without words."""
    inside = [
        word for word in sentence.words if word.upos != "PUNCT" and any(span.overlaps(word.span) for span in spans)
    ]
    indices = {word.index for word in inside}
    return next((word for word in inside if word.head not in indices), None)


def _above(sentence: Sentence, word: Word) -> list[Word]:
    """`word`, its governor, and so on up to the root."""
    found = [word]
    while found[-1].head:
        found.append(sentence.words[found[-1].head - 1])
    return found
