"""A paragraph -> its quotation marks, each with the way it leans: opening, closing, or either.

Apostrophes (don't, '90s, rock 'n' roll) and the marks of markup attributes are left out; a mark that may as well be a
possessive (the leaders' plan) or a measure (a 5" pipe) stays, as `weak`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from audit.model import Span

Lean = Literal["open", "close", "either"]

_RUN = re.compile("[\"“”„‟«»‹›＂ˮʺ″‶〝〞〟❝❞'‘’‚‛`´＇ʼʻ′‵❛❜]+")
_TOKEN = re.compile("''|’’|‘‘|``|.")
_TOKEN_AFTER_WORDS = re.compile("'(?=''(?!'))|''|’’|‘‘|``|.")  # ''' closes the single mark first
_ATTRIBUTE = re.compile('=(?<=\\w=)["“”][^"“”<>\n]*["“”]')  # "=" first: `re` looks for a plain beginning fast
_SINGLES = frozenset("'‘’‚‛`´＇ʼʻ′‵❛❜")
_OPENING = frozenset("“„‟«‹‘‚‛`〝❝‶ʻ❛‵") | {"‘‘", "``"}
_CLOSING = frozenset("”»›’´〞〟❞❜") | {"’’"}
_DASHES = frozenset("-‐‑‒–—―")
_BEFORE_OPENING = frozenset("([{</>")
_AFTER_CLOSING = frozenset(",.;:!?)]}")
_UNSEEN = frozenset(
    "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_BROKEN_DASH = re.compile("â ?€ ?$")  # a dash in UTF-8 that was read as Windows-1252 ends with a quotation mark
_ELIDED = re.compile(
    r"(?:em|cause|cuz|bout|til|till|tis|twas|twill|gainst|nuff|n|t|Em|Cause|Bout|Til|Tis|Twas|N)\b(?!-)"
)
_DECADE = re.compile(r"\d0s\b")
_YEAR = re.compile(r"\d\d\b")
_STARTS_WORD = re.compile(r"\.\w")  # .22, .com
_OWN = re.compile(r"s\b")


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """A quotation mark at `span`, written as `shape`; `weak` when it may as well be an apostrophe or a measure."""

    span: Span
    shape: str
    lean: Lean
    weak: bool

    @property
    def opens_by_shape(self) -> bool:
        """Whether it is no mark that closes by its shape, as ” and »."""
        return self.shape not in _CLOSING

    @property
    def single(self) -> bool:
        """Whether it is a single mark: ' rather than "."""
        return self.shape in _SINGLES


def marks(text: str, paragraph: Span) -> Iterator[Mark]:
    """The quotation marks of `paragraph`, in text order."""
    attributes = [match.span() for match in _ATTRIBUTE.finditer(text, paragraph.start, paragraph.end)][::-1]
    for run in _RUN.finditer(text, paragraph.start, paragraph.end):
        start, end = run.span()
        while attributes and attributes[-1][1] <= start:
            attributes.pop()
        if attributes and attributes[-1][0] < start:
            continue
        if _BROKEN_DASH.search(text, start - 3, start):
            continue
        left = _seen(text, range(start - 1, paragraph.start - 1, -1))
        right = _seen(text, range(end, paragraph.end))
        context = _context(left, right, text[end : end + 3])
        for token in (_TOKEN_AFTER_WORDS if context == "close" else _TOKEN).finditer(text, start, end):
            shape, span = token[0], Span(*token.span())
            if shape not in _SINGLES:
                yield Mark(span, shape, _double(shape, context), weak=context == "close" and left.isdigit())
            elif not _apostrophe(text, span, left=left, context=context, paragraph=paragraph):
                lean = context if context != "either" else _by_shape(shape)
                yield Mark(span, shape, lean, weak=_is_weak(text, start, shape, lean))


def _seen(text: str, places: range) -> str:
    """The first of the characters at `places` that a reader sees, "" if there is none."""
    return next((text[at] for at in places if text[at] not in _UNSEEN), "")


def _context(left: str, right: str, behind: str) -> Lean:
    """Which way the characters around a run of marks ("" at an end of the paragraph) make it lean; `behind` has
    three of them."""
    ellipsis = behind.startswith("..") or behind == ". ."
    opens = not left or left.isspace() or left in _BEFORE_OPENING or left in _DASHES
    closes = not right or right.isspace() or (right in _AFTER_CLOSING and not ellipsis)
    if opens and closes and left and right and left not in _DASHES:
        return "either" if right.isspace() or _STARTS_WORD.match(behind) else "close"
    if opens and (not closes or (right and not left)):
        return "open"
    return "close" if closes else "either"


def _by_shape(shape: str) -> Lean:
    return "open" if shape in _OPENING else "close" if shape in _CLOSING else "either"


def _double(shape: str, context: Lean) -> Lean:
    """Shape and place agree, or one of them is silent; else what is open decides, for ”wrong-way” marks occur."""
    by_shape = _by_shape(shape)
    if "either" in (by_shape, context):
        return context if by_shape == "either" else by_shape
    return context if context == by_shape else "either"


def _apostrophe(text: str, span: Span, *, left: str, context: Lean, paragraph: Span) -> bool:
    if span.end < paragraph.end and text[span.end].isalnum():
        if left.isalnum():
            return True
        if context == "open":
            year = _YEAR.match(text, span.end) and text[span.start] not in _OPENING
            return bool(year or _DECADE.match(text, span.end) or _ELIDED.match(text, span.end))
        return _OWN.match(text, span.end) is not None
    return False


def _is_weak(text: str, start: int, shape: str, lean: Lean) -> bool:
    """Whether a single mark may be an apostrophe still: ’tis, ‘16, leaders', 6', goin'."""
    if lean == "open":
        return shape in _CLOSING or _YEAR.match(text, start + 1) is not None
    left = text[start - 1 : start]
    return left in "sSxXzZ" or left.isdigit() or text.endswith("in", 0, start)
