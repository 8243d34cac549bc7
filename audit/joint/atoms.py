"""Text -> atoms: the smallest stretches that can be words, which the model then joins into words.

English spelling leaves little to decide. A text is cut at white space, between letters, digits and marks, before
contracted forms ("do|n't", "Ann|'s") and inside the fused ones that treebanks split ("can|not"); whether neighbours
without a blank between them make one word ("U|.|S|.", "3|.|5", "e|-|mail") depends on what stands around them, and is
left to the model.
"""

import re
from collections.abc import Iterator

_ATOM = re.compile(
    r"""
      [^\W\d_]+?(?=n['’]t(?!\w))          # do|n't
    | n['’]t(?!\w)
    | (?<=\w)['’](?:s|re|ve|ll|d|m)(?!\w) # Ann|'s
    | (?<!\w)can(?=not(?!\w))             # can|not
    | (?<!\w)(?:gon|wan)(?=na(?!\w))      # gon|na
    | (?<!\w)got(?=ta(?!\w))
    | (?<!\w)(?:do|does|did|ca|wo|is|was|are|were|have|has|had|would|could|should)(?=nt(?!\w))  # dont
    | [^\W\d_]+
    | \d+
    | (?P<mark>[^\w\s]|_)(?P=mark)*       # a mark, or several of the same: ... --
    """,
    re.VERBOSE | re.IGNORECASE,
)

# What the encoder reads instead of a mark of which it has seen little. Whether a quotation mark opens or closes shows
# in the blanks around it.
_PLAIN = str.maketrans({
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‟": '"', "″": '"',
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "`": "'", "´": "'", "‹": "'", "›": "'", "′": "'",
    "—": "-", "–": "-", "―": "-", "‒": "-", "‐": "-", "‑": "-", "−": "-", "…": "...",
})  # fmt: skip

LOWER, CAPITAL, UPPER, INITIAL, MIXED, DIGITS, MARK = range(7)
SHAPES = 7


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each atom of `text`, in order; between them there is nothing but white space."""
    for match in _ATOM.finditer(text):
        yield match.span()


def plain(atom: str) -> str:
    """`atom` with ASCII marks in place of typographic ones, as the encoder is shown it."""
    return atom.translate(_PLAIN)


def shape(atom: str) -> int:
    """How `atom` is written, which an encoder that reads lower case does not see: one of the constants above."""
    if atom[0].isdigit():
        return DIGITS
    if not atom[0].isalpha():
        return MARK if not any(map(str.isalpha, atom)) else LOWER
    if atom.islower():
        return LOWER
    if len(atom) == 1:
        return INITIAL
    if atom.isupper():
        return UPPER
    return CAPITAL if atom[0].isupper() and atom[1:].islower() else MIXED
