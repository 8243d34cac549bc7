"""What must hold of whatever a reader makes of whatever bytes."""

from itertools import pairwise

from audit import origins, readers
from audit.errors import InputError
from audit.model import Article, Span
from audit.readers import Intake

_BLANKS = dict.fromkeys(map(ord, "\ufeff\u200b\u2060"))  # blank to the eye, not to str.split


def hold(name: str, data: bytes) -> bool:
    """Whether `data` are read as an article at least, and not refused; of each article the invariants are asserted.

    Raises:
        AssertionError: one does not hold.
        Exception: a reader raised something but InputError.
    """
    members: list[InputError] = []
    try:
        found = list(readers.read(name, data, Intake(fail=lambda _, error: members.append(error))))
    except InputError as error:
        assert str(error).startswith(name), f"a message that names no file: {error}"
        return False
    assert all(isinstance(error, InputError) for error in members)
    for article in found:
        _holds(article)
    return bool(found)


def _holds(article: Article) -> None:
    spans = [paragraph.span for paragraph in article.paragraphs]
    assert all(0 <= span.start < span.end <= len(article.text) for span in spans), "a paragraph outside the text"
    assert all(one.end <= following.start for one, following in pairwise(spans)), "paragraphs overlap"
    assert _ink("".join(map(article.slice, spans))) == _ink(article.text), "text is in no paragraph"
    if article.origin:
        runs = article.origin.runs
        assert all(one.here.end <= following.here.start for one, following in pairwise(runs)), "runs overlap"
        assert all(0 <= run.there.start <= run.there.end <= len(article.origin.text) for run in runs), "a run outside"
    at = origins.finder(article)
    for offset in range(0, len(article.text), max(1, len(article.text) // 200)):
        line, column = at(offset)
        assert line >= 1 and column >= 1, "no such place"
        for stretch in origins.stretches(article, Span(offset, min(offset + 9, len(article.text)))):
            assert stretch.start <= stretch.end, "a stretch that ends before it begins"


def _ink(text: str) -> str:
    return "".join(text.translate(_BLANKS).split())
