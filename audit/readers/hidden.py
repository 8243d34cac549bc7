"""Articles -> a warning of what no reader sees in them and what makes a text read otherwise than it is.

See the Unicode Consortium's https://www.unicode.org/reports/tr36/ on text whose direction is turned.
"""

import re
import unicodedata

from audit import origins
from audit.model import Article

# Joiners of emoji, soft hyphens, a byte order mark in front and what stands between words are common and harmless.
_TURNS = "\u202a-\u202e\u2066-\u2069"
_JOINS = "\u200b\u2060\ufeff"
# The characters first: `re` looks for a plain beginning fast.
_HIDDEN = re.compile(f"[{_TURNS}{_JOINS}](?:(?<=[{_TURNS}])|(?<=[^\\W_].)(?=[^\\W_]))")


def warning(article: Article) -> str | None:
    """What to say of the first such character; None when there is none."""
    found = _HIDDEN.search(article.text)
    if not found:
        return None
    line, column = origins.finder(article)(found.start())
    name = unicodedata.name(found[0]).lower()
    return (
        f"{article.name}:{line}:{column}: an invisible character ({name}, U+{ord(found[0]):04X}): the text may not be"
        " what it looks like; nobody sees it, and it was passed over"
    )
