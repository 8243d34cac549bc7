"""Turns audits into JSON lines: one claim a line."""

import json
from collections.abc import Iterable

from audit.model import Audit
from audit.report import record

# Line ends to some readers of lines, though not to JSON.
_LINE_ENDS = {end: f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"}


def render(audits: Iterable[Audit]) -> str:
    """The claims of `audits`, one a line; reports of several batches may simply follow each other."""
    claims = (claim for audit in audits for claim in record.claims(audit))
    text = "".join(f"{json.dumps(claim, ensure_ascii=False, allow_nan=False)}\n" for claim in claims)
    for end, escaped in _LINE_ENDS.items():
        text = text.replace(end, escaped)
    return text
