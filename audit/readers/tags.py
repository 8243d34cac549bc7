"""HTML as strangers write it -> its tags and its text, each with its place.

The standard library's parser, which gives places too, takes a time that grows with the square of the size on broken
markup: 3 s for 80 KB of ``<!--``, 32 s for 60 KB of ``<a ``. Here each character is looked at a fixed number of times.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

# Of each alternative no part is given back once it is taken (``++``), so that none is tried again from further on.
# What is left open runs to the end of the text: https://html.spec.whatwg.org/multipage/parsing.html#tokenization.
_TOKEN = re.compile(
    r"(?P<comment><!--(?:-?>|.*?(?:-->|\Z)))"
    r"|<!\[CDATA\[(?P<cdata>.*?)(?:\]\]>|\Z)"
    r"|(?P<other><[!?][^>]*+(?:>|\Z))"
    r"|<(?P<slash>/?)(?:[\w.-]++:)?(?P<name>[A-Za-z][\w.-]*+)"
    r"(?P<attributes>(?:[^>=]++|=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))?+)*+)(?:>|\Z)"
    r"|(?P<entity>&(?:\#[0-9]{1,8}|\#[xX][0-9A-Fa-f]{1,8}|[A-Za-z][A-Za-z0-9]{0,31});?)"
    r"|(?P<text>(?:[^<&]++|<(?!/?[A-Za-z]|[!?])|&(?!\#?[0-9A-Za-z]))++|[<&])",
    re.DOTALL,
)
_CLASS = re.compile(r"\bclass\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))", re.IGNORECASE)
_RAW = frozenset("script style iframe noembed noframes textarea title xmp".split())
"""Elements in which there are no tags."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A start or end tag; `name` is in lower case and without a prefix."""

    name: str
    end: bool
    attributes: str  # as written

    @property
    def classes(self) -> frozenset[str]:
        """The classes of the element, in lower case."""
        found = _CLASS.search(self.attributes)
        return frozenset((found[1] or found[2] or found[3] or "").lower().split()) if found else frozenset()


@dataclass(frozen=True, slots=True)
class Text:
    """Text between tags; ``source[start:end]`` stands for it, as a whole where that is an entity."""

    text: str
    start: int
    end: int


def tokens(source: str) -> Iterator[Tag | Text]:
    """The tags and the text of HTML or a fragment of it, whatever is wrong with it; raises nothing."""
    at = 0
    while found := _TOKEN.match(source, at):
        at = found.end()
        match found.lastgroup:
            case "text":
                yield Text(found[0], found.start(), at)
            case "entity":
                yield Text(html.unescape(found[0]), found.start(), at)
            case "cdata":
                yield Text(found["cdata"], *found.span("cdata"))
            case "attributes":
                name = found["name"].lower()
                yield Tag(name, bool(found["slash"]), found["attributes"])
                if name in _RAW and not found["slash"] and not found["attributes"].endswith("/"):
                    closing = re.compile(f"</{name}(?=[\\s/>])", re.IGNORECASE).search(source, at)
                    at = closing.start() if closing else len(source)
            case _:
                continue
