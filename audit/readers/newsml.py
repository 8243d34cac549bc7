"""NewsML-G2, of any version, and NewsML 1.x -> articles (https://iptc.org/standards/newsml-g2/).

What an item says of itself (headline, byline, dateline, credit) goes before its content where the content does not say
it; in the content NITF and XHTML are elements, or HTML and plain text are written as text. Nothing is fetched.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from audit.blocks import Block, block
from audit.errors import InputError
from audit.model import Article, Section
from audit.readers import nitf
from audit.readers.concepts import of_newsml
from audit.readers.declarations import declare, of_nitf
from audit.readers.elements import Element, elements
from audit.readers.flow import Flow
from audit.readers.intake import Intake
from audit.readers.made import check_marks, made
from audit.readers.markup import decoded
from audit.readers.opening import Opening

_ROOTS = ("newsMessage", "newsItem", "packageItem", "conceptItem", "knowledgeItem", "planningItem", "NewsML")
_ITEMS = ("newsItem", "NewsItem")
_CONTENT = ("inlineXML", "inlineData", "DataContent")
_TEXTUAL = re.compile(r"nitf|html|^text/|[/+]xml$|^$")  # types of content; others are tables of sport, pictures, ...
_LONGEST_ADDRESS = 200
_LONGEST_DATE = 200  # characters of markup
# What is said of an item: the second names are those of NewsML 1.x. The order is that of an article.
_BEFORE: dict[str, Section] = {
    **dict.fromkeys(("headline", "HeadLine"), "headline"),
    **dict.fromkeys(("subheadline", "SubHeadLine"), "standfirst"),
    **dict.fromkeys(("by", "ByLine"), "byline"),
    **dict.fromkeys(("dateline", "DateLine"), "dateline"),
}
_BEHIND: dict[str, Section] = dict.fromkeys(("creditline", "CreditLine"), "credit")
_NOT_TO_BE_PUBLISHED = ("withheld", "canceled", "embargoed")


def recognises(opening: Opening) -> bool:
    """Whether a file is NewsML."""
    return opening.root in _ROOTS


def read(name: str, data: bytes, intake: Intake) -> Iterator[Article]:
    """The articles of a file: of each item with text one, called ``name#2`` (the second item) where there are several.

    Raises:
        InputError: it is no well-formed XML, or no item in it has text.
    """
    text = decoded(name, data, intake)
    check_marks(name, text)
    root = elements(name, text, intake)
    items = [root] if root.name in _ITEMS else list(root.outermost(*_ITEMS))
    if not items:
        raise InputError(f"{name}: NewsML without a news item, so without text; give the files of the items it names")
    if len(items) > intake.limits.files:
        raise InputError(f"{name}: more than {intake.limits.files:,} news items; split the file")
    without: list[str] = []
    found = 0
    for number, item in enumerate(items, 1):
        called = name if len(items) == 1 else f"{name}#{number}"
        try:
            blocks = _blocks(item, Flow(called, intake))
            if not blocks:
                without.append(f"{called}: a news item that has no text in it{_elsewhere(item)}")
                continue
            article = made(called, blocks, intake, format="newsml", source=text)
        except InputError as error:
            if len(items) == 1:
                raise
            intake.fail(called, error)
            continue
        found += 1
        for warning in _warnings(item, datetime.now(UTC)):
            intake.warn(f"{called}: {warning}; audited all the same")
        yield declare(article, [*of_nitf(item), *of_newsml(item)])
    if not found and without:
        raise InputError(without[0])
    for message in without:
        intake.warn(f"{message}; left out")


def _blocks(item: Element, flow: Flow) -> list[Block]:
    for content in item.below(*_CONTENT):
        if found := _of_content(content, flow):
            there = {block.section for block in found}
            return [*_said(item, _BEFORE, there, flow), *found, *_said(item, _BEHIND, there, flow)]
    return []


def _of_content(content: Element, flow: Flow) -> list[Block]:
    """The blocks of one of the renditions of an item, none where it is no text."""
    if not _TEXTUAL.search(content.attributes.get("contenttype", "").lower()):
        return []
    if "encoding" in content.attributes or (content.parent and content.parent.name == "Encoding"):  # base64
        return []
    for root in content.below("nitf"):
        return nitf.taken(root, flow)
    if content.counted:
        return flow.take(content)
    return flow.written(content.pieces(), content.path)


def _said(item: Element, sections: dict[str, Section], there: set[Section | None], flow: Flow) -> list[Block]:
    """What an item says of itself, of each section that is not `there` the first."""
    found: dict[Section, Block] = {}
    for meta in item.below("contentMeta", "NewsLines"):
        for element in meta.elements(*sections):
            deck = element.name == "headline" and "sub" in element.attributes.get("role", "").lower()
            section = sections["subheadline"] if deck else sections[element.name]
            words = block(flow.counted(element.pieces()), section, place=element.path)
            if words.text and section not in there:
                found.setdefault(section, words)
    return [found[section] for section in dict.fromkeys(sections.values()) if section in found]


def _warnings(item: Element, now: datetime) -> Iterator[str]:
    """What says that an item may not be published (yet)."""
    for status in item.below("pubStatus", "Status"):
        said = (status.attributes.get(key, "") for key in ("qcode", "uri", "FormalName"))
        for code in filter(None, said):
            word = re.split(r"[:/]", code)[-1].lower()
            if word in _NOT_TO_BE_PUBLISHED:
                yield f"its status is {word}"
    for embargo in item.below("embargoed"):
        until = embargo.text() if embargo.end - embargo.begin <= _LONGEST_DATE else ""
        try:
            end = datetime.fromisoformat(until)
        except ValueError:
            yield "it is embargoed"  # until somebody says otherwise, where no date is given
            continue
        if (end if end.tzinfo else end.replace(tzinfo=UTC)) > now:
            yield f"it is embargoed until {until}"


def _elsewhere(item: Element) -> str:
    for content in item.below("remoteContent", "ContentItem"):
        if address := content.attributes.get("href") or content.attributes.get("Href"):
            return f": its content is at {address[:_LONGEST_ADDRESS]}, which is not fetched; save it and audit the file"
    return ""
