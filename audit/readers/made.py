"""Blocks of a file -> an article, if it is one: within the limits, and not empty."""

import re
from collections.abc import Iterable, Iterator, Sequence

from audit import ingest
from audit.blocks import Block, ink
from audit.errors import InputError
from audit.model import Article, Declared
from audit.readers.intake import Intake

_TAG = re.compile(r"</?[A-Za-z][^<>]*+>")
_MOST_MARKS = 300_000  # of a file; a thousand articles have fewer, and each takes up to 15 µs


def made(
    name: str, blocks: Iterable[Block], intake: Intake, *, format: str, source: str, declared: Sequence[Declared] = ()
) -> Article:
    """As `ingest.assembled`.

    Raises:
        InputError: there is no text in `blocks`, or more of it, or more of them, than `intake` allows.
    """
    article = ingest.assembled(name, _within(name, blocks, intake), format=format, source=source, declared=declared)
    if not article.paragraphs:
        raise InputError(f"{name}: empty: there is no text to audit")
    return article


def too_long(name: str, intake: Intake) -> InputError:
    """What there is to say of more text than `intake` allows."""
    return InputError(
        f"{name}: more than {intake.limits.characters:,} characters, which is hardly one article;"
        " split it, or raise the limit with --max-characters"
    )


def too_many(name: str, intake: Intake) -> InputError:
    """What there is to say of more paragraphs than `intake` allows."""
    return InputError(
        f"{name}: more than {intake.limits.paragraphs:,} paragraphs, which is hardly one article;"
        " split it, or raise the limit with --max-paragraphs"
    )


def check_length(name: str, text: str, intake: Intake) -> None:
    """Look whether HTML, tags and blanks between its words left out, or text without tags as it is, is too long.

    Raises:
        InputError: it is longer than `intake` allows.
    """
    most = intake.limits.characters
    if len(text) <= most:
        return
    words = _TAG.sub("", text)
    if len(words) > most and (words == text or ink(words) > most):
        raise too_long(name, intake)


def check_marks(name: str, text: str, marks: str = "<&") -> None:
    """Look whether HTML, or what it is written in, is text with marks in it.

    Raises:
        InputError: it has more of the characters `marks` than a file of articles has.
    """
    if sum(map(text.count, marks)) > _MOST_MARKS:
        raise InputError(f"{name}: more than {_MOST_MARKS:,} tags, references and escapes; split the file")


def _within(name: str, blocks: Iterable[Block], intake: Intake) -> Iterator[Block]:
    """`blocks`, as long as they are not too many."""
    characters = 0
    for number, block in enumerate(blocks, 1):
        characters += len(block.text)
        if characters > intake.limits.characters:
            raise too_long(name, intake)
        if number > intake.limits.paragraphs:
            raise too_many(name, intake)
        yield block
