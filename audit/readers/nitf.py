"""NITF 2.5 to 3.6 -> an article (https://iptc.org/standards/nitf/).

The text is read as agencies and archives write it: of the paragraphs that a file has twice, as lead and in full, one is
an article's text.
"""

from collections.abc import Iterator
from dataclasses import replace

from audit.blocks import Block
from audit.errors import InputError
from audit.model import Article
from audit.readers.declarations import declare, of_nitf
from audit.readers.elements import Element, elements
from audit.readers.flow import FLOW, Flow, Kind, repeats
from audit.readers.intake import Intake
from audit.readers.made import made
from audit.readers.markup import decoded
from audit.readers.opening import Opening

_HEAD = {
    **FLOW,
    "hl1": Kind("headline"),
    "hl2": Kind("standfirst"),
    "abstract": Kind("standfirst"),
    "copyrite": Kind("boilerplate", "rights"),
}
_LONGEST_ABSTRACT = 35  # words; as of a standfirst, a longer one is a summary for the desk
_LEDE = 3  # paragraphs of the body of which an abstract may be a copy
_STATUSES = ("embargoed", "withheld", "canceled")


def recognises(opening: Opening) -> bool:
    """Whether a file is NITF."""
    return opening.root == "nitf"


def read(name: str, data: bytes, intake: Intake) -> Iterator[Article]:
    """The article that the file is.

    Raises:
        InputError: it is no well-formed XML, or has no text.
    """
    text = decoded(name, data, intake)
    root = elements(name, text, intake)
    for head in root.below("docdata"):
        status = head.attributes.get("management-status", "")
        if status in _STATUSES:
            intake.warn(f"{name}: its status is {status}; audited all the same")
    blocks = taken(root, Flow(name, intake))
    if not blocks:
        raise InputError(f"{name}: NITF without text: there is nothing in its body")
    yield declare(made(name, blocks, intake, format="nitf", source=text), of_nitf(root))


def taken(root: Element, flow: Flow) -> list[Block]:
    """The blocks of a ``nitf`` element, in the order in which they are read; none where it has no text.

    Raises:
        InputError: there is more than the intake allows.
    """
    body = next(root.elements("body"), root)
    head = [block for element in body.elements("body.head") for block in flow.take(element, _HEAD)]
    text = [block for element in body.elements("body.content") for block in _content(element, flow)]
    end = [block for element in body.elements("body.end") for block in flow.take(element)]
    return [*_front(head, text), *text, *end] if text else []


def _content(content: Element, flow: Flow) -> list[Block]:
    """The body without what a ``lead_paragraph`` says a second time, as the archive of the New York Times has it."""
    leads = [element for element in content.elements("block") if element.attributes.get("class") == "lead_paragraph"]
    first = [block for element in leads for block in flow.take(element)]
    rest = flow.take(content, without=frozenset(leads))
    return [*repeats(first, rest, "repeats the text"), *rest]


def _front(head: list[Block], text: list[Block]) -> list[Block]:
    """The head without standfirsts that are none: second headlines, the lede once more, summaries for the desk."""
    headlines = [block for block in head if block.section == "headline"]
    found: list[Block] = []
    for one in head:
        if one.section != "standfirst":
            found.append(one)
        elif len(one.text.split()) > _LONGEST_ABSTRACT:
            found.append(replace(one, section="boilerplate", why="summary"))
        else:
            found += repeats(repeats([one], headlines, "repeats the headline"), text[:_LEDE], "repeats the text")
    return found
