"""The first bytes of a file -> what can be told from them of its format."""

import re
from dataclasses import dataclass
from functools import cached_property

_BYTES = 65_536
# Nothing in it is given back once it is taken (`*+`): what ends early is not tried again from each blank.
_PROLOGUE = re.compile(
    r"\s*+(?:<\?[^>]*+(?<=\?)>\s*+|<!--.*?-->\s*+|<!DOCTYPE[^>\[]*+(?:\[(?:[^\]]|\](?!\s*+>))*+\]\s*+)?+>\s*+)*+",
    re.DOTALL,
)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)(?=[\s/>])")
_UTF_16 = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


@dataclass(frozen=True)
class Opening:
    """The beginning of a file, which tells its format; the name counts only where the content leaves it open."""

    name: str
    data: bytes

    @cached_property
    def suffix(self) -> str:
        """The end of the name from its last full stop on, in lower case: ``.html``."""
        return self.name[self.name.rfind(".") :].lower() if "." in self.name else ""

    @cached_property
    def text(self) -> str:
        """The first characters, whatever their encoding, without a byte order mark."""
        head = self.data[:_BYTES]
        return head.decode(_UTF_16.get(head[:2], "utf-8"), "replace").lstrip("\ufeff")

    @cached_property
    def root(self) -> str:
        """The local name of the first element, when the text begins as markup does, else ``""``."""
        found = _ROOT.match(self.text, _PROLOGUE.match(self.text).end())  # type: ignore[union-attr]  # it may be empty
        return found[1] if found else ""
