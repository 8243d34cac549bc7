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
    name: str,
    blocks: Iterable[Block],
    intake: Intake,
    *,
    format: str,
    source: str = "",
    declared: Sequence[Declared] = (),
) -> Article:
    """As `ingest.assembled`.

    Raises:
        InputError: there is no text in `blocks`, or more of it, or more of them, than `intake` allows.
    """
    within = _within(name, blocks, intake)
    return fit(ingest.assembled(name, within, format=format, source=source, declared=declared), intake)


def fit(article: Article, intake: Intake) -> Article:
    """`article`; raises InputError where there is no text in it, or more paragraphs than `intake` allows."""
    if not article.paragraphs:
        raise InputError(f"{article.name}: empty: there is no text to audit")
    check(article.name, intake, paragraphs=len(article.paragraphs))
    return article


def check(name: str, intake: Intake, *, characters: int = 0, paragraphs: int = 0) -> None:
    """Raises InputError where an article called `name` has more than `intake` allows."""
    limits = intake.limits
    for count, most, what in (
        (characters, limits.characters, "characters"),
        (paragraphs, limits.paragraphs, "paragraphs"),
    ):
        if count > most:
            raise InputError(
                f"{name}: more than {most:,} {what}, which is hardly one article; split it, or raise the limit with"
                f" --max-{what}"
            )


def check_length(name: str, text: str, intake: Intake) -> None:
    """Look whether HTML, tags and blanks between its words left out, or text without tags as it is, is too long.

    Raises:
        InputError: it is longer than `intake` allows.
    """
    if len(text) <= intake.limits.characters:
        return
    words = _TAG.sub("", text)
    check(name, intake, characters=len(text) if words == text else ink(words))


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
        check(name, intake, characters=characters, paragraphs=number)
        yield block
