"""What a web page says of its article in JSON-LD, by https://schema.org/NewsArticle, and in Open Graph and titles."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from audit.readers.pagetree import Element

_ARTICLE = re.compile(r"(?:Article|BlogPosting|Report)$")
_DATES = ("datePublished", "dateModified", "dateCreated")
_SITE = re.compile(r"\s+[|–—·-]\s+[^|–—·]*$")  # "Bridge closed | The Mercury"

_LONGEST = 1_000  # characters of a title
_TITLES = 10  # those of pictures are some


@dataclass(frozen=True, slots=True)
class Stated:
    """What a page states of its article; "" what it does not."""

    headline: str = ""
    place: str = ""  # of the headline
    summaries: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    dateline: str = ""
    dates: tuple[date, ...] = ()  # on which it was published or changed


def stated(root: Element) -> Stated:
    """What the page states: JSON-LD before Open Graph before the title. What is broken is as if it were not there."""
    titles: list[tuple[str, str]] = []
    summaries: list[str] = []
    authors: list[str] = []
    dateline = ""
    dates: list[date] = []
    for element in root.elements():
        attributes = element.attributes
        if (
            element.tag == "script"
            and attributes.get("type", "").split(";")[0].strip().lower() == "application/ld+json"
        ):
            for item in _articles(element.text):
                titles[:0] = [(title, element.place) for title in _strings(item.get("headline"))[:1]]
                summaries += _strings(item.get("alternativeHeadline")) + _strings(item.get("description"))
                authors += _names(item.get("author"))
                dates += [day for name in _DATES for said in _strings(item.get(name)) if (day := _day(said))]
                dateline = dateline or next(iter(_strings(item.get("dateline"))), "")
        elif element.tag == "meta":
            said = (attributes.get("property") or attributes.get("name") or "").lower()
            if said in ("og:title", "twitter:title"):
                titles.append((attributes.get("content", ""), element.place))
            elif said in ("og:description", "description"):
                summaries.append(attributes.get("content", ""))
            elif said == "author":
                authors.append(attributes.get("content", ""))
    written = ((one.text[:_LONGEST], one.place) for one in root.elements() if one.tag == "title")
    titles += [(_SITE.sub("", text), place) for text, place in islice(written, _TITLES)]
    headline, place = next(((text, place) for text, place in titles if text.strip()), ("", ""))
    return Stated(headline, place, tuple(filter(None, summaries)), tuple(filter(None, authors)), dateline, tuple(dates))


def _articles(text: str) -> Iterator[dict[str, object]]:
    """The articles in a script, wherever they stand in it."""
    try:
        left = [json.loads(text)]
    except (ValueError, RecursionError):
        return
    while left:
        one = left.pop()
        if isinstance(one, list):
            left += reversed(one)
        elif isinstance(one, dict):
            if any(_ARTICLE.search(kind) for kind in _strings(one.get("@type"))):
                yield one
            else:
                left += [one[name] for name in ("mainEntity", "mainEntityOfPage", "@graph") if name in one]


def _strings(value: object) -> list[str]:
    found = value if isinstance(value, list) else [value]
    return [html.unescape(one) for one in found if isinstance(one, str)]


def _day(said: str) -> date | None:
    """The day of a date and time in ISO 8601."""
    try:
        return date.fromisoformat(said[:10])
    except ValueError:
        return None


def _names(value: object) -> list[str]:
    found = value if isinstance(value, list) else [value]
    names = [one.get("name") if isinstance(one, dict) else one for one in found]
    return [name for one in names for name in _strings(one)]
