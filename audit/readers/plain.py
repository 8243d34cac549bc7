"""Plain text -> an article."""

from collections.abc import Iterator

from audit import ingest
from audit.decoding import decode
from audit.errors import InputError
from audit.model import Article
from audit.readers.intake import Intake
from audit.readers.made import too_long


def read(name: str, data: bytes, intake: Intake) -> Iterator[Article]:
    """The article that the bytes are, in UTF-8, or in Windows-1252 where that is plain to see, or as `intake` says.

    Raises:
        InputError: it is no text, is empty, or is longer than `intake` allows.
    """
    reading = decode(name, data, intake.encoding)
    if len(reading.text) > intake.limits.characters:
        raise too_long(name, intake)
    if not reading.text.replace("\ufeff", "").strip():
        raise InputError(f"{name}: empty: there is no text to audit")
    if reading.warning:
        intake.warn(reading.warning)
    yield ingest.article(name, reading.text)
