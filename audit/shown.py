"""Paragraphs -> what the parser is shown of them, and where each character of that stands in the paragraph.

A text may hold what no reader sees (zero-width spaces, soft hyphens, marks of direction) and look-alikes of quotation
marks, digits and letters. The parser is shown what a reader sees, in the characters that it was trained on; the text
itself stays as it is, and so do the offsets of all that is found in it.
"""

import re
from typing import NamedTuple

UNSEEN = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
"""As in a class of a regular expression: soft hyphen, zero width, direction, invisible operators, variants, BOM."""

_UNSEEN = re.compile(f"[{UNSEEN}]+")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffc]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_TWINS = str.maketrans(
    {
        **dict.fromkeys("ˮʺ″‶〝〞〟＂❝❞", '"'),
        **dict.fromkeys("ʼʻʹ′‵＇❛❜", "'"),
        **{chr(full): chr(full - 0xFEE0) for full in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B))},
        **{chr(full): chr(full - 0xFEE0) for full in (*range(0xFF41, 0xFF5B), 0xFF05, 0xFF0C, 0xFF0E)},
    }
)


class Shown(NamedTuple):
    """What the parser is shown; `places`: of its characters in the paragraph, None where they are the same."""

    text: str
    places: list[int] | None

    def begin(self, offset: int) -> int:
        """Where in the paragraph a word begins that begins at `offset` of `text`."""
        return offset if self.places is None else self.places[offset]

    def end(self, offset: int) -> int:
        """Where in the paragraph a word ends that ends at `offset` of `text`."""
        return offset if self.places is None else self.places[offset - 1] + 1


def shown(text: str) -> Shown:
    """What the parser is shown of a paragraph. If there is nothing to see in it, it is shown blanks."""
    seen = _SURROGATE.sub("\ufffd", _CONTROL.sub(" ", text)).translate(_TWINS)
    if not _UNSEEN.search(seen):
        return Shown(seen, None)
    bare = _UNSEEN.sub("", seen)
    if not bare.strip():
        return Shown(_UNSEEN.sub(lambda run: " " * len(run[0]), seen), None)
    places: list[int] = []
    at = 0
    for run in _UNSEEN.finditer(seen):
        places += range(at, run.start())
        at = run.end()
    places += range(at, len(seen))
    return Shown(bare, places)
