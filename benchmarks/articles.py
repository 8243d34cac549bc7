"""The articles that are timed: those of seeds/, or of another folder, as many and as long as is asked for."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from audit import files
from benchmarks.floors import ROOT

_GAP = re.compile(r"(\n\s*\n)")
_WORD = re.compile(r"\b[a-z]{4,}\b")


def read(folder: Path | None = None) -> list[str]:
    """The texts of the .txt files in `folder` (None: seeds/), in the order of their names.

    Raises:
        InputError: there is no such folder, or nothing in it can be read.
    """
    paths, errors = files.discover([folder or ROOT / "seeds"], [".txt"])
    if errors:
        raise errors[0]
    return [path.read_bytes().decode() for path in paths]


def cycled(texts: Sequence[str]) -> Iterator[str]:
    """`texts` over and over without end, from the second time on with another word changed in each paragraph.

    What goes in is a word of `texts`, so that the text stays as hard to read, and a cache of paragraphs finds none.
    """
    vocabulary = sorted({word for text in texts for word in _WORD.findall(text)})
    yield from texts
    for copy in range(10**9):
        for text in texts:
            yield "".join(_with_another_word(part, vocabulary, copy) for part in _GAP.split(text))


def _with_another_word(paragraph: str, vocabulary: Sequence[str], copy: int) -> str:
    longest = max(_WORD.finditer(paragraph), key=lambda match: len(match[0]), default=None)
    if longest is None:
        return paragraph
    others = [word for word in vocabulary if word != longest[0]] or [longest[0] + "s"]
    return paragraph[: longest.start()] + others[copy % len(others)] + paragraph[longest.end() :]


def many(texts: Sequence[str], count: int) -> list[str]:
    """`count` articles."""
    return list(islice(cycled(texts), count))


def long(texts: Sequence[str], words: int) -> str:
    """One article of so many words, the last paragraph cut where they are full."""
    parts: list[str] = []
    left = words
    for text in cycled(texts):
        for paragraph in _GAP.split(text)[::2]:
            if left <= 0:
                return "\n\n".join(parts)
            kept = paragraph.split()[:left]
            left -= len(kept)
            if kept:
                parts.append(" ".join(kept))
    raise AssertionError("cycled() has no end")


def write(texts: Sequence[str], folder: Path) -> list[Path]:
    """The files in `folder` that now hold `texts`, one each."""
    paths = [folder / f"{number:04}.txt" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8", newline="")
    return paths


def words(texts: Sequence[str]) -> int:
    """How many words: what white space separates."""
    return sum(len(text.split()) for text in texts)


def digest(texts: Sequence[str]) -> str:
    """What tells these texts from others, 12 hexadecimal digits."""
    return hashlib.sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()[:12]
