"""Plain text -> an article."""

from collections.abc import Iterator

from audit import ingest
from audit.decoding import decode
from audit.model import Article
from audit.readers.intake import Intake
from audit.readers.made import check, fit


def read(name: str, data: bytes, intake: Intake) -> Iterator[Article]:
    """The article that the bytes are, in UTF-8, or in Windows-1252 where that is plain to see, or as `intake` says.

    Raises:
        InputError: it is no text, is empty, or is longer than `intake` allows.
    """
    reading = decode(name, data, intake.encoding)
    check(name, intake, characters=len(reading.text))
    article = fit(ingest.article(name, reading.text), intake)
    if reading.warning:
        intake.warn(reading.warning)
    yield article
