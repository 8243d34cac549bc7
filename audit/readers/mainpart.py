"""The paragraphs of a web page -> the element that the article is in. trafilatura finds it, or the page says it."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit.blocks import key
from audit.readers.furniture import Role, role
from audit.readers.pagetree import Element
from audit.readers.passages import Passage

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SENTENCE = 8  # words; menus, labels and buttons have fewer
_MOST = 2_000  # paragraphs that trafilatura is given: part of it takes time by their square, for 8,000 twelve seconds
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_UNHELD = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # by XML


@dataclass(frozen=True, slots=True)
class Main:
    """The element that holds the article.

    Attributes:
        said: whether the page says so itself; then all in it is the article's, but for what says what else it is.
        extracted: the keys of the paragraphs that trafilatura takes for the article's.
    """

    element: Element
    said: bool
    extracted: frozenset[str]


def main_part(root: Element, found: Sequence[Passage]) -> Main:
    """Where the article is, of a page in `root` with these paragraphs; a fragment of a page is all article."""
    elements = list(root.elements())
    if not any(element.tag in ("html", "body", "head") for element in elements):
        return Main(root, True, frozenset())
    prose = [passage for passage in found if passage.words >= _SENTENCE and not passage.is_link]
    prose = [passage for passage in prose if not _is_furniture(passage)]
    extracted = _extracted(prose) if len(prose) <= _MOST else frozenset()
    taken = [passage for passage in prose if passage.key in extracted]
    within = _characters(elements, prose)
    said = [one for one in elements if one.tag == "article" or "articleBody" in one.attributes.get("itemprop", "")]
    best = max(said, key=lambda one: within[one], default=None)  # of equal ones the outermost
    size = sum(len(passage.text) for passage in taken)
    if best is not None and within[best] and (2 * within[best] >= size if taken else 3 * within[best] >= within[root]):
        return Main(best, True, extracted)
    if taken and 3 * size >= 2 * within[root]:
        whole = _characters(elements, taken)
        homes = {passage.home for passage in taken}  # each holds one paragraph, or lines of text
        holding = [one for one in elements if whole[one] >= 0.9 * whole[root] and one not in homes]
        return Main(holding[-1] if holding else root, False, extracted)
    mains = [one for one in elements if one.tag == "main" or one.attributes.get("role") in ("main", "article")]
    holding = [one for one in mains if 2 * within[one] >= within[root]]
    return Main(holding[0] if holding else root, True, extracted)


def roles(root: Element, main: Element, found: Sequence[Passage]) -> dict[Passage, Role | None]:
    """What the elements in `main` that each paragraph stands in say that it is.

    What holds half of the text is the article, whatever it is called: ``<div class="newsletter-story">``.
    """
    within = _characters(list(root.elements()), found)
    known: dict[Element, Role | None] = {root: None, main: None}
    for element in root.elements():
        if element not in known:
            assert element.parent is not None
            above = known[element.parent]
            # The outermost box decides; else what is nearest to the words.
            is_box = above is not None and above[0] == "boilerplate"
            own = role(element) if within[element] and not is_box and 2 * within[element] < within[main] else None
            known[element] = own or above
    return {passage: known[passage.home] for passage in found}


def _is_furniture(passage: Passage) -> bool:
    return any(one.tag in ("nav", "header", "footer", "aside", "form") for one in passage.home.upward())


def _characters(elements: Sequence[Element], found: Sequence[Passage]) -> dict[Element, int]:
    """Of the paragraphs in each of the elements, which are in the order in which they begin."""
    within: dict[Element, int] = defaultdict(int)
    for passage in found:
        within[passage.home] += len(passage.text)
    for element in reversed(elements):
        if element.parent is not None and element in within:
            within[element.parent] += within[element]
    return within


def _extracted(prose: Sequence[Passage]) -> frozenset[str]:
    """The keys of the paragraphs that trafilatura takes for the article's.

    It is given the paragraphs alone, in the elements that they stand in: no scripts, no entities, no pictures.
    """
    import trafilatura
    from lxml import html

    if not prose:
        return frozenset()
    page = html.Element("html")
    body = html.Element("body")
    page.append(body)
    copies: dict[Element, HtmlElement] = {}
    for passage in prose:
        parent = body
        for element in reversed(list(passage.home.upward())):
            if element.parent is None or element.tag in ("html", "body", "head"):
                continue
            if element not in copies:
                copies[element] = _copy(element)
                parent.append(copies[element])
            parent = copies[element]
        paragraph = html.Element("p")
        paragraph.text = _UNHELD.sub("", passage.text)
        parent.append(paragraph)
    document = trafilatura.bare_extraction(page, include_comments=False, favor_recall=True, with_metadata=False)
    text = getattr(document, "text", None) or ""
    return frozenset(map(key, text.splitlines()))


def _copy(element: Element) -> "HtmlElement":
    from lxml import html

    copy = html.Element("div" if element.tag == "p" or not element.tag.isalnum() else element.tag)
    for name in ("class", "id", "itemprop", "role"):
        if name in element.attributes:
            copy.set(name, _UNHELD.sub("", element.attributes[name]))
    return copy
