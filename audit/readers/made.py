"""Blocks of a file -> an article, if it is one: within the limits, and not empty."""

from collections.abc import Iterable, Iterator, Sequence

from audit import ingest
from audit.blocks import Block
from audit.errors import InputError
from audit.model import Article, Declared
from audit.readers.intake import Intake


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


def _within(name: str, blocks: Iterable[Block], intake: Intake) -> Iterator[Block]:
    """`blocks`, as long as they are not too many."""
    characters = 0
    for number, block in enumerate(blocks, 1):
        characters += len(block.text)
        if characters > intake.limits.characters:
            raise too_long(name, intake)
        if number > intake.limits.paragraphs:
            raise InputError(
                f"{name}: more than {intake.limits.paragraphs:,} paragraphs, which is hardly one article;"
                " split it, or raise the limit with --max-paragraphs"
            )
        yield block
