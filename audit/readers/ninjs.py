"""ninjs, the IPTC's news in JSON, versions 1 to 3 -> articles: https://iptc.org/standards/ninjs/."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from audit.blocks import Block
from audit.decoding import decode
from audit.errors import InputError, NoArticleError
from audit.model import Article, Declared, Section
from audit.readers import fragment, jsontext
from audit.readers.intake import Intake
from audit.readers.jsontext import Located
from audit.readers.made import check_length, check_marks, made
from audit.readers.opening import Opening

_JSON = re.compile(r"\s*(?:\[\s*)*\{\s*\"|\s*\[\s*\]\s*$")
SUFFIXES = (".json", ".ninjs")  # of folders; lines of JSON are mostly something else
# Roles are left to the provider; these are what agencies call a headline's second deck.
_STANDFIRST = re.compile(r"\b(?:standfirst|deck|dek|sub-?(?:head(?:line)?|title)|subheadline)\b", re.IGNORECASE)
_MAIN = re.compile(r"(?:\b(?:main|headline|full|body|story|article)\b|^$)", re.IGNORECASE)
_DECLARED: dict[str, Literal["person", "organization"]] = {
    "person": "person",
    "people": "person",
    "organisation": "organization",
    "organisations": "organization",
    "infosource": "organization",
    "infoSources": "organization",
}
_WITHHELD = ("withheld", "canceled")


def recognises(opening: Opening) -> bool:
    """Whether it is JSON; whether it is ninjs, `read` says."""
    return opening.suffix in (*SUFFIXES, ".jsonl") or bool(_JSON.match(opening.text))


def read(name: str, data: bytes, intake: Intake) -> Iterator[Article]:
    """The news items in a file of JSON or JSON lines: one, a list of them, or one with others associated.

    Raises:
        InputError: it is no JSON, or there is no ninjs in it.
    """
    reading = decode(name, data, intake.encoding)
    if reading.warning:
        intake.warn(reading.warning)
    check_marks(name, reading.text, "<&\\")
    file = _File(name, reading.text, intake)
    documents = list(jsontext.values(name, reading.text, intake))
    found = [
        item
        for number, document in enumerate(documents)
        for item in _items(document, f"/{number}" if len(documents) > 1 else "")
    ]
    if not found:
        raise NoArticleError(
            f"{name}: JSON, but no ninjs: no object in it has a body (body_text, body_html, body_xhtml or bodies);"
            " give articles as ninjs, or as text"
        )
    if len(found) > intake.limits.files:
        raise InputError(f"{name}: more than {intake.limits.files:,} news items; split the file")
    alone = len(found) == 1 and not found[0][0]
    for number, (place, item) in enumerate(found, 1):
        called = name if alone else f"{name}#{number}"
        try:
            yield file.article(called, item, place)
        except InputError as error:
            if alone:
                raise
            intake.fail(called, error)


def _items(value: Any, place: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The objects that are news items with a text of their own, each with its place: a JSON pointer (RFC 6901)."""
    if isinstance(value, list):
        for index, one in enumerate(value):
            yield from _items(one, f"{place}/{index}")
    elif isinstance(value, dict):
        if any(key == "bodies" or key.startswith("body_") for key in value):
            yield place, value
        for key in ("items", "associations"):
            held = value.get(key)
            if isinstance(held, list):
                yield from _items(held, f"{place}/{key}")
            elif isinstance(held, dict):  # ninjs 1: by their names
                for association, one in held.items():
                    yield from _items(one, f"{place}/{key}/{_pointed(association)}")


def _pointed(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


@dataclass(frozen=True, slots=True)
class _Part:
    """A text of an item: what it is for, how it is written, and where."""

    role: str
    kind: str  # of its content, as a media type or a part of one
    value: Located
    place: str


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    source: str
    intake: Intake

    def article(self, name: str, item: Mapping[str, Any], place: str) -> Article:
        """The article of a news item."""
        self._warn(name, item)
        blocks = self._blocks(item, place)
        return made(name, blocks, self.intake, format="ninjs", source=self.source, declared=tuple(_declared(item)))

    def _warn(self, name: str, item: Mapping[str, Any]) -> None:
        status = item.get("pubstatus", item.get("pubStatus"))
        if isinstance(status, str) and status in _WITHHELD:
            self.intake.warn(f"{name}: its publication status is “{status}”")

    def _blocks(self, item: Mapping[str, Any], place: str) -> Iterator[Block]:
        headlines = [*_single(item, "headline", place), *_parts(item, "headline", "headlines", place)]
        headline = _chosen([part for part in headlines if not _STANDFIRST.search(part.role)])
        descriptions = _parts(item, "description", "descriptions", place)
        if headline:
            yield from self._marked(headline, "headline")
        for part in [*headlines, *descriptions]:
            if _STANDFIRST.search(part.role):
                yield from self._marked(part, "standfirst")
        for part in [*_single(item, "byline", place), *_single(item, "by", place)]:
            yield from self._marked(part, "byline")
        for part in _single(item, "dateline", place):
            yield from self._marked(part, "dateline")
        for part in [*_single(item, "ednote", place), *_single(item, "edNote", place)]:
            yield from self._marked(part, "boilerplate", "editor's note")
        body = _chosen(_by_markup([part for part in _parts(item, "body", "bodies", place) if part.value.strip()]))
        if body:
            yield from self._written(body)

    def _written(self, part: _Part) -> Iterator[Block]:
        """The blocks of a text, as its markup has them."""
        markup = "html" in part.kind or "xml" in part.kind
        check_length(self.name, part.value, self.intake)
        read = fragment.blocks if markup else fragment.plain
        return read(jsontext.traced(part.value, self.source), part.place)

    def _marked(self, part: _Part, section: Section, why: str = "") -> Iterator[Block]:
        for block in self._written(part):
            yield Block(block.text, section, why, block.place, block.runs)


def _single(item: Mapping[str, Any], key: str, place: str) -> list[_Part]:
    value = item.get(key)
    return [_Part("", "", value, f"{place}/{key}")] if isinstance(value, Located) else []


def _parts(item: Mapping[str, Any], prefix: str, plural: str, place: str) -> list[_Part]:
    """The texts of one sort: of ninjs 1 by the ends of their keys, of later versions by their role."""
    found = []
    for key, value in item.items():
        if key.startswith(f"{prefix}_") and isinstance(value, Located):
            said = key.removeprefix(f"{prefix}_").replace("_", " ")
            role = re.sub(r"\b(?:text|x?html|xml|nitf)\b", "", said, flags=re.IGNORECASE).strip()
            found.append(_Part(role, said.lower(), value, f"{place}/{_pointed(key)}"))
    listed = item.get(plural)
    for index, one in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(one, dict) and isinstance(value := one.get("value"), Located):
            role, kind = (str(one.get(key) or "") for key in ("role", "contentType"))
            found.append(_Part(role, kind.lower(), value, f"{place}/{plural}/{index}/value"))
    return found


def _by_markup(parts: list[_Part]) -> list[_Part]:
    """`parts`, those in HTML first, which tells headings and captions from paragraphs."""
    return sorted(parts, key=lambda part: ("html" not in part.kind, "xhtml" in part.kind))


def _chosen(parts: list[_Part]) -> _Part | None:
    """The one of `parts` that is the main one, or else the first."""
    return next((part for part in parts if _MAIN.search(part.role)), parts[0] if parts else None)


def _declared(item: Mapping[str, Any]) -> Iterator[Declared]:
    for key, kind in _DECLARED.items():
        listed = item.get(key)
        for one in listed if isinstance(listed, list) else []:
            if isinstance(one, dict) and isinstance(name := one.get("name"), Located) and name.strip():
                titles = (one.get(said) for said in ("role", "jobtitle", "jobTitle", "title"))
                title = next((str(title) for title in titles if isinstance(title, Located) and title.strip()), None)
                yield Declared(str(name), kind, title)
