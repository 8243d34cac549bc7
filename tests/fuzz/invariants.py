"""What must hold of whatever a reader makes of whatever bytes."""

import html
import re
from itertools import pairwise

from audit import origins, readers
from audit.errors import InputError
from audit.model import Article, Span
from audit.readers import Intake, Limits

_BLANKS = "\ufeff\u200b\u2060"  # blank to the eye, not to str.split


def hold(name: str, data: bytes, limits: Limits | None = None) -> list[Article]:
    """The articles in `data`, none when they are refused; of each the invariants are asserted.

    Raises:
        AssertionError: one does not hold.
        Exception: a reader raised something but InputError.
    """
    members: list[tuple[str, InputError]] = []
    intake = Intake(limits=limits or Limits(), fail=lambda member, error: members.append((member, error)))
    try:
        found = list(readers.read(name, data, intake))
    except InputError as error:
        assert str(error).startswith(name), f"a message that names no file: {error}"
        found = []
    for member, error in members:
        assert member.startswith(name) and isinstance(error, InputError)
        assert str(error).startswith(member), f"a message that names no member: {error}"
    for article in found:
        holds(article)
    return found


def holds(article: Article) -> None:
    """Asserts the invariants of an article that was read."""
    article.text.encode()  # no lone surrogates
    spans = [paragraph.span for paragraph in article.paragraphs]
    assert spans, "an article without text"
    assert all(0 <= span.start < span.end <= len(article.text) for span in spans), "a paragraph outside the text"
    assert all(one.end <= following.start for one, following in pairwise(spans)), "paragraphs overlap"
    for words in map(article.slice, spans):
        assert words.strip() == words == words.strip(_BLANKS), "blanks at the end of a paragraph"
    assert _ink("".join(map(article.slice, spans))) == _ink(article.text), "text is in no paragraph"
    for declared in article.declared:
        assert declared.name.strip(), "a source without a name"
        assert declared.span is None or article.slice(declared.span).strip(), "nothing was said by a source"
    if article.origin:
        _runs(article)
    at = origins.finder(article)
    for offset in range(0, len(article.text) + 1, max(1, len(article.text) // 200)):
        line, column = at(offset)
        assert line >= 1 and column >= 1, "no such place"
        for stretch in origins.stretches(article, Span(offset, min(offset + 9, len(article.text)))):
            assert stretch.start <= stretch.end, "a stretch that ends before it begins"


def _runs(article: Article) -> None:
    """Asserts that what stands in the file for a stretch of the article is what it says."""
    assert article.origin
    runs, text = article.origin.runs, article.origin.text
    assert all(one.here.end <= following.here.start for one, following in pairwise(runs)), "runs overlap"
    for run in runs:
        assert 0 <= run.here.start < run.here.end <= len(article.text), "a run outside the article"
        assert 0 <= run.there.start < run.there.end <= len(text) or not text, "a run outside the file"
        here, there = article.slice(run.here), spaced(text[run.there.start : run.there.end])
        written = len(here) != len(there) or html.unescape(there) == here  # in its format's own way
        assert here == there or written or not text, f"{there!r} for {here!r}"


def spaced(text: str) -> str:
    """`text` of a file as a run of an article has it: a space for any blank."""
    return re.sub(r"[\t\r\n\f\v\u2028\u2029]", " ", text)


def _ink(text: str) -> str:
    return "".join(text.translate(dict.fromkeys(map(ord, _BLANKS))).split())
