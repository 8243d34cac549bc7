"""Turns a stretch of an article into lines with marks under some of its words."""

import unicodedata
from collections.abc import Sequence
from itertools import groupby

from wcwidth import wcwidth

from audit.model import Span

_Column = tuple[str, str]  # a character of the text, and the mark under it


def render(text: str, span: Span, marks: Sequence[tuple[str, Sequence[Span]]], *, lead: str, width: int) -> str:
    """The words of ``text[span.start:span.end]`` after `lead`, wrapped, each line with its marks under it.

    `marks` are characters with the spans that they stand under; where several do, the first.
    """
    columns = [_column(character, _mark(at, marks)) for at, character in _shown(text, span)]
    lines: list[list[_Column]] = [[]]
    room = max(width - len(lead), 20)
    for blank, group in groupby(columns, key=lambda column: column[0] == " "):
        word = list(group)
        if blank:
            lines[-1] += word[:1] if lines[-1] else []
            continue
        if lines[-1] and _width(lines[-1]) + _width(word) > room:
            lines.append([])
        for column in word:  # one by one, for words that are longer than a line
            if _width(lines[-1]) + _width([column]) > room:
                lines.append([])
            lines[-1].append(column)
    drawn = []
    for number, line in enumerate(lines):
        if line and line[-1][0] == " ":
            line.pop()
        indent = " " * len(lead) if number else lead
        below = " " * len(lead) + "".join(mark * _width([(character, mark)]) for character, mark in line)
        drawn += [row for row in (indent + "".join(character for character, _ in line), below) if row.strip()]
    return "\n".join(row.rstrip() for row in drawn)


def _shown(text: str, span: Span) -> list[tuple[int, str]]:
    """The characters to show, with their offsets: none that a terminal would obey."""
    return [(at, text[at]) for at in range(span.start, span.end) if unicodedata.category(text[at]) != "Cf"]


def _column(character: str, mark: str) -> _Column:
    if character.isspace():
        return " ", mark
    return ("\ufffd" if unicodedata.category(character) in ("Cc", "Cs") else character), mark


def _mark(at: int, marks: Sequence[tuple[str, Sequence[Span]]]) -> str:
    return next((mark for mark, spans in marks if any(span.start <= at < span.end for span in spans)), " ")


def _width(columns: Sequence[_Column]) -> int:
    return sum(max(wcwidth(character), 0) for character, _ in columns)
