"""Elements that name a source -> the sources that an article's file declares."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from audit.model import Article, Declared, Run, Span
from audit.readers.elements import Element

_LONGEST = 1_000  # characters of markup; a name with all its parts has fewer
_OF_AUTHORS = ("byline", "tagline")
_OF_A_PERSON = ("function", "alt-code")  # stand inside the element, and are not the name


@dataclass(frozen=True, slots=True)
class Declaration:
    """A source, and the stretch of the file that holds the words that it said."""

    name: str
    kind: Literal["person", "organization", "quote"]
    title: str | None = None
    words: Span | None = None


def declare(article: Article, declarations: Iterable[Declaration]) -> Article:
    """`article` with what is declared, each once; of words, those that stand in it and are no blanks alone."""
    assert article.origin
    runs = sorted(article.origin.runs, key=lambda run: run.there.start)
    found: dict[Declared, None] = {}
    for one in declarations:
        span = _here(runs, one.words) if one.words else None
        silent = span is None or article.slice(span).isspace()
        if one.name and not (one.words and silent):
            found[Declared(one.name, one.kind, one.title or None, span)] = None
    return replace(article, declared=tuple(found))


def _here(runs: list[Run], there: Span) -> Span | None:
    """The stretch of the article that stands in a stretch of the file; `runs` are sorted by their places there."""
    first = bisect_right(runs, there.start, key=lambda run: run.there.end)
    last = bisect_left(runs, there.end, key=lambda run: run.there.start) - 1
    if first > last:
        return None
    begin, end = runs[first].here.start, runs[last].here.end
    return Span(begin, end) if begin < end else None


def of_nitf(root: Element) -> Iterator[Declaration]:
    """What the elements of NITF declare: sources of quotations and blocks, persons with their functions, organizations.

    See https://iptc.org/std/NITF/3.6/documentation/ for ``q``, ``bq``, ``datasource``, ``person`` and ``org``.
    """
    for element in root.below("q", "bq", "blockquote", "datasource", "person", "org", without=_OF_AUTHORS):
        match element.name:
            case "person":
                yield from _person(element)
            case "org":
                yield Declaration(_short(element, ("alt-code",)), "organization")
            case "datasource":
                if element.parent:
                    yield _said(_short(element), element.parent.begin, element.begin)
            case _:
                yield from _quotation(element)


def _quotation(element: Element) -> Iterator[Declaration]:
    end = element.end
    for credit in element.elements("credit", "footer", "cite"):
        yield _said(_short(credit), element.begin, credit.begin)
        end = credit.begin
    if source := element.attributes.get("quote-source", "").strip():
        yield _said(source, element.begin, end)


def _said(source: str, begin: int, end: int) -> Declaration:
    name, title = signed(source)
    return Declaration(name, "quote", title, Span(begin, end))


def signed(source: str) -> tuple[str, str]:
    """Of "— Ann Lee, mayor of Springfield", as it stands below a quotation, the name and the title."""
    name, _, title = source.strip(" \u00a0-–—―~").partition(",")
    return name.strip(), title.strip()


def _person(element: Element) -> Iterator[Declaration]:
    parts = [_short(part) for part in element.elements("name.given", "name.family")]
    name = " ".join(parts) or _short(element, _OF_A_PERSON) or element.attributes.get("value", "")
    family, comma, given = name.partition(", ")
    if comma and "," not in given:  # as indexes have it
        name = f"{given} {family}"
    title = next((_short(function) for function in element.elements("function")), "")
    if any(character.isalpha() for character in name):
        yield Declaration(name.strip(), "person", title)


def _short(element: Element, without: tuple[str, ...] = ()) -> str:
    return element.text(without) if element.end - element.begin <= _LONGEST else ""
