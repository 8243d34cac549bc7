"""A split of PolNeAR (texts, and attributions in brat's standoff format) -> articles with what is marked in them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

Offsets = tuple[int, int]
_ROLE = re.compile(r"(Source|Cue|Content)\d*$")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who said what by which words, as offsets into the text; each part in one stretch or several."""

    source: tuple[Offsets, ...] = ()
    cue: tuple[Offsets, ...] = ()
    content: tuple[Offsets, ...] = ()


@dataclass(frozen=True, slots=True)
class Marked:
    """An article with the attributions that an annotator marked, and what they took for no part of it."""

    name: str
    path: Path
    text: str
    attributions: tuple[Attribution, ...] = field(repr=False)
    discarded: tuple[Offsets, ...] = field(repr=False)


def read(split: Path) -> list[Marked]:
    """The articles of a split in order of name; of several annotations of one, the first by file name.

    Raises:
        OSError: a file cannot be read.
    """
    first: dict[str, Path] = {}
    for path in sorted((split / "attributions").glob("*.ann")):
        first.setdefault(path.stem.rsplit("_", 1)[0], path)
    articles = []
    for path in sorted((split / "text").glob("*.txt")):
        if path.stem in first:
            attributions, discarded = parse(first[path.stem].read_bytes().decode())
            articles.append(Marked(path.stem, path, path.read_bytes().decode(), attributions, discarded))
    return articles


def parse(standoff: str) -> tuple[tuple[Attribution, ...], tuple[Offsets, ...]]:
    """The attributions that have a content, in the order of the text, and the discarded stretches."""
    spans: dict[str, list[Offsets]] = {}
    discarded: list[Offsets] = []
    events: list[str] = []
    for line in standoff.split("\n"):
        name, _, rest = line.partition("\t")
        kind, _, offsets = rest.partition("\t")[0].partition(" ")
        if name.startswith("T") and offsets:
            spans[name] = sorted(_offsets(offsets))
            discarded += spans[name] if kind == "Discard" else ()
        elif name.startswith("E"):
            events.append(rest)
    found = [_attribution(event, spans) for event in events]
    found.sort(key=lambda attribution: attribution.content)
    return tuple(one for one in found if one.content), tuple(discarded)


def _offsets(text: str) -> Iterator[Offsets]:
    for stretch in text.split(";"):
        start, end = map(int, stretch.split())
        yield start, end


def _attribution(event: str, spans: dict[str, list[Offsets]]) -> Attribution:
    parts: dict[str, list[Offsets]] = {"source": [], "cue": [], "content": []}
    for argument in event.split():
        role, _, name = argument.partition(":")
        if known := _ROLE.match(role):
            parts[known[1].lower()] += spans.get(name, ())
    return Attribution(**{role: tuple(sorted(found)) for role, found in parts.items()})
