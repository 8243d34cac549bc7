"""The paragraphs of a web page -> the article's, each of the section that the page says or shows it is of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from audit.blocks import Block, key
from audit.model import Section
from audit.readers.furniture import Role
from audit.readers.linkeddata import Stated
from audit.readers.mainpart import Main, main_part, roles
from audit.readers.pagetree import Element
from audit.readers.passages import Passage

_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_FRONT: frozenset[Section] = frozenset({"standfirst", "byline", "dateline", "caption", "credit"})
_SENTENCE = 8  # words; labels and buttons have fewer
_LONGEST = {"byline": 40, "dateline": 12, "standfirst": 80}  # words; what is longer is none, whatever its class
_REPEATING = 6  # words of what is not called a pull quote; fewer may stand twice in a text by chance
_MONTHS = "january february march april may june july august september october november december".split()  # no locale's
_MOST_QUOTES = 100  # that are looked for in the text


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation whose source the page names beside it: the places of its paragraphs, and the words of the name."""

    places: frozenset[str]
    source: str


def article(root: Element, found: Sequence[Passage], stated: Stated) -> tuple[list[Block], list[Quoted]]:
    """The blocks of the article of a page with these paragraphs, and the quotations with a source.

    What stands in the article's part of the page and is no text of it is kept as boilerplate, with the reason; menus
    and all else around that part are left out.
    """
    main = main_part(root, found)
    its_elements = set(main.element.elements())
    inside = [passage for passage in found if passage.home in its_elements]
    headline = _headline(root, found, inside, stated)
    front = _front(found, inside, headline)
    said = roles(root, main.element, [*front, *inside])
    front = [one for one in front if one is headline or _is_front(one, said[one])]
    kept = [*front, *inside]
    sorter = _Sorter(main, stated, said, headline, kept)
    blocks = [sorter.block(passage) for passage in kept]
    if headline is None and stated.headline and not root.counts.keys().isdisjoint(["html", "head", "body"]):
        blocks.insert(0, Block(" ".join(stated.headline.split()), "headline", place=stated.place))
    return blocks, list(_quoted(kept, said))


def _headline(root: Element, found: Sequence[Passage], inside: Sequence[Passage], stated: Stated) -> Passage | None:
    """The headline among the paragraphs: what the page states, else its first heading of the first rank."""
    wanted = key(stated.headline)
    places = {id(passage): at for at, passage in enumerate(found)}
    last = places[id(inside[-1])] if inside else len(found)
    first = [passage for passage in found[: last + 1] if any(one.tag == "h1" for one in passage.home.upward())]
    for passage in first + [one for one in inside[:10] if one.home.tag in _HEADINGS or one.words <= 25]:
        if wanted and (passage.key == wanted or (len(passage.key) > 20 and passage.key in wanted)):
            return passage
    within = {id(passage) for passage in inside}
    for passage in [one for one in first if id(one) in within] + first[::-1]:
        return passage
    if inside and inside[0].home.tag in ("h2", "h3") and not stated.headline:
        return inside[0]
    return None


def _front(found: Sequence[Passage], inside: Sequence[Passage], headline: Passage | None) -> list[Passage]:
    """The paragraphs from a headline that stands before the part that the text is in up to there."""
    if not inside or headline is None:
        return []
    at = [id(passage) for passage in found]
    start, end = at.index(id(headline)), at.index(id(inside[0]))
    return list(found[start:end])


def _is_front(passage: Passage, role: Role | None) -> bool:
    return passage.home.tag in _HEADINGS if role is None else role[0] in _FRONT


class _Sorter:
    """Says of one paragraph after the other, from the first on, what it is."""

    def __init__(
        self,
        main: Main,
        stated: Stated,
        said: dict[Passage, Role | None],
        headline: Passage | None,
        kept: list[Passage],
    ) -> None:
        self.main, self.said, self.headline = main, said, headline
        self.before_headline = headline is not None
        self.before_text = True
        self.quotes = 0
        self.authors = {key(one) for one in (*stated.authors, " and ".join(stated.authors), ", ".join(stated.authors))}
        self.authors |= {f"by{author}" for author in self.authors}
        self.dateline = key(stated.dateline)
        self.dates = {written for day in stated.dates for written in _written(day)}
        self.summaries = {key(summary) for summary in stated.summaries}
        prose = [one for one in kept if self._is_prose(one)]
        self.text = " ".join(passage.key for passage in prose if not _quoting(passage))
        self.parents = {passage.home.parent for passage in prose if main.said or passage.key in main.extracted}
        self.first_parent = next((one.home.parent for one in prose if one.key not in self.summaries), None)

    def block(self, passage: Passage) -> Block:
        """The paragraph with its section."""
        if passage is self.headline:
            self.before_headline = False
            return replace(passage.block, section="headline")
        section, why = self._role(passage, self.said[passage])
        if section is None and self._is_prose(passage):
            self.before_text = False
        return replace(passage.block, section=section, why=why)

    def _is_prose(self, passage: Passage) -> bool:
        return passage.words >= _SENTENCE and self.said[passage] is None and passage.home.tag not in _HEADINGS

    def _role(self, passage: Passage, role: Role | None) -> tuple[Section | None, str]:
        if _quoting(passage) and (role is None or role[0] == "pull-quote" or role[1] == "beside the text"):
            if self._repeats(passage):
                return "pull-quote", "repeats the text"
            if role is None or role[0] == "pull-quote":
                return None, ""
        if role is None or role[0] == "pull-quote":
            return self._unsaid(passage)
        section, why = role
        if section == "standfirst" and not self.before_text and passage.home.tag in _HEADINGS:
            return "subheading", ""
        if passage.words > _LONGEST.get(section, passage.words):
            return ("boilerplate", "author box") if section == "byline" else (None, "")
        return section, why

    def _unsaid(self, passage: Passage) -> tuple[Section | None, str]:
        tag = passage.home.tag
        if passage.key in self.authors:
            return "byline", ""
        if passage.key == self.dateline or (self.before_text and _is_time(passage, self.dates)):
            return "dateline", ""
        if self.before_headline and passage.words < _SENTENCE:
            return "boilerplate", "label above the headline"
        if passage.is_link and tag != "h1":
            return "boilerplate", "related links"
        if tag in _HEADINGS:
            opening = self.before_text and not self.before_headline and self.headline is not None
            return ("standfirst" if opening and passage.words >= 4 else "subheading"), ""
        if tag == "tr":
            return "boilerplate", "table"
        if self.before_text and passage.key in self.summaries and passage.home.parent is not self.first_parent:
            return "standfirst", ""
        beside = not self.main.said and passage.key not in self.main.extracted
        return ("boilerplate", "beside the text") if beside and passage.home.parent not in self.parents else (None, "")

    def _repeats(self, passage: Passage) -> bool:
        self.quotes += 1
        role = self.said[passage]
        enough = 1 if role and role[0] == "pull-quote" else _REPEATING
        return passage.words >= enough and self.quotes <= _MOST_QUOTES and passage.key in self.text


def _quoting(passage: Passage) -> bool:
    """Whether it stands in a block quotation, or in a box that may repeat what the text says."""
    return any(one.tag in ("blockquote", "aside") or "quote" in _classes(one) for one in passage.home.upward())


def _classes(element: Element) -> str:
    return element.attributes.get("class", "").lower()


def _is_time(passage: Passage, dates: set[str]) -> bool:
    """Whether it is a date in an element of its own or one of `dates`, with little around it: "Updated", the author."""
    if passage.words > _LONGEST["dateline"]:
        return False
    if passage.words < _SENTENCE and not passage.text.endswith(".") and any(one in passage.key for one in dates):
        return True
    times = (key(one.text) for one in passage.home.elements() if one.tag == "time")
    return any(time and time in passage.key for time in times)


def _written(day: date) -> list[str]:
    """The keys of a date as pages write it: 3 March 2026, Mar 3, 2026, 2026-03-03."""
    months = (_MONTHS[day.month - 1], _MONTHS[day.month - 1][:3])
    orders = ("{day}{month}{year}", "{month}{day}{year}", "{month}{day:02}{year}", "{day:02}{month}{year}")
    written = [order.format(day=day.day, month=month, year=day.year) for order in orders for month in months]
    return [*written, key(day.isoformat())]


def _quoted(kept: Sequence[Passage], said: dict[Passage, Role | None]) -> Iterator[Quoted]:
    quotations: dict[Element, tuple[list[str], list[str]]] = {}
    for passage in kept:
        quotation = next((one for one in passage.home.upward() if one.tag == "blockquote"), None)
        role = said[passage]
        if quotation is not None and (role is None or role[0] in ("credit", "pull-quote")):
            words, sources = quotations.setdefault(quotation, ([], []))
            is_source = role is not None and role[0] == "credit"
            (sources if is_source else words).append(passage.text if is_source else passage.home.place)
    for words, sources in quotations.values():
        if words and len(sources) == 1:
            yield Quoted(frozenset(words), sources[0])
