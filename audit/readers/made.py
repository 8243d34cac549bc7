"""Blocks of a file -> an article, if it is one: within the limits, and not empty."""

from collections.abc import Iterable, Iterator, Sequence

from audit import ingest
from audit.blocks import Block
from audit.errors import InputError
from audit.model import Article, Declared
from audit.readers.intake import Intake


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


def _within(name: str, blocks: Iterable[Block], intake: Intake) -> Iterator[Block]:
    """`blocks`, as long as they are not too many."""
    characters = 0
    for number, block in enumerate(blocks, 1):
        characters += len(block.text)
        check(name, intake, characters=characters, paragraphs=number)
        yield block
