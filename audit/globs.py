"""Paths and the patterns that name them: ``opinion/``, ``*.draft.txt``, ``2026/**/live-*.txt``."""

import re
from functools import cache


def matches(pattern: str, path: str) -> bool:
    """Whether `path`, relative and with slashes, or a folder that it lies in, is one that `pattern` names.

    ``*`` and ``?`` stand for anything but a slash, ``**`` for any number of folders. A pattern without a slash but at
    its end names files and folders wherever they lie.
    """
    parts = path.split("/")
    expression = _expression(pattern)
    return any(expression.fullmatch("/".join(parts[:end])) for end in range(1, len(parts) + 1))


@cache
def _expression(pattern: str) -> re.Pattern[str]:
    plain = pattern.rstrip("/")
    folders = "" if "/" in plain else "(?:.*/)?"
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", plain.removeprefix("./"))
    meant = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return re.compile(folders + "".join(meant.get(part) or re.escape(part) for part in parts), re.DOTALL)
