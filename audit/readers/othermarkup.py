"""XML of no format that is read -> a refusal: its tags are no text of an article."""

from collections.abc import Iterator

from audit.errors import NoArticleError
from audit.model import Article
from audit.readers.intake import Intake
from audit.readers.opening import Opening


def recognises(opening: Opening) -> bool:
    """Whether it says that it is XML, or is called so and begins as XML does."""
    said = opening.text.lstrip().startswith("<?xml")
    return said or (opening.suffix == ".xml" and bool(opening.root))


def read(name: str, data: bytes, _: Intake) -> Iterator[Article]:
    """Never an article.

    Raises:
        NoArticleError: always.
    """
    root = Opening(name, data).root
    which = f" (it is a <{root}>)" if root else ""
    raise NoArticleError(
        f"{name}: XML, but of no format that is read{which}: give NITF, NewsML, RSS, Atom or XHTML, or plain text"
    )
