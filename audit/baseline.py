"""Findings that are known <-> the baseline file, which keeps them out of reports until they change.

A finding is known by its id, that of its code, its words and its claim or sentence: where it stands does not matter.
"""

import json
from collections import Counter
from dataclasses import replace

from audit.errors import SettingsError
from audit.model import Audit

_VERSION = 1
_WORDS = 80  # characters of a finding's words, which are there for people alone

Known = Counter[str]


def parse(name: str, text: str) -> Known:
    """How often each finding may occur, by its id.

    Raises:
        SettingsError: `text`, of the file `name`, is no baseline.
    """
    try:
        document = json.loads(text)
        if document["version"] != _VERSION:
            raise SettingsError(f"{name}: a baseline of another version of quote-audit: {_AGAIN}")
        return Counter({str(one["id"]): int(one["count"]) for one in document["findings"]})
    except json.JSONDecodeError as error:
        raise SettingsError(f"{name}:{error.lineno}: no baseline ({error.msg}): {_AGAIN}") from error
    except (KeyError, TypeError, ValueError) as error:
        raise SettingsError(f"{name}: no baseline: {_AGAIN}") from error


_AGAIN = "write it anew with --write-baseline"


def unknown(audit: Audit, known: Known) -> Audit:
    """`audit` without the findings that are known; each that is left out counts down its number in `known`."""
    left = []
    for finding in audit.findings:
        if known[finding.id] > 0:
            known[finding.id] -= 1
        else:
            left.append(finding)
    return replace(audit, findings=tuple(left))


Entry = tuple[str, str, str]
"""The code of a finding, its words, its id."""


def entries(audit: Audit) -> list[Entry]:
    """What a baseline keeps of the findings of an audit."""
    article = audit.article
    return [(f.code, " ".join(article.slice(f.span).split())[:_WORDS], f.id) for f in audit.findings]


def render(found: Counter[Entry]) -> str:
    """The baseline of `found`, each with how often it occurs: a line each, sorted, so that changes read well."""
    rows = [
        json.dumps({"code": code, "words": words, "id": id_, "count": count}, ensure_ascii=False)
        for (code, words, id_), count in sorted(found.items())
    ]
    listed = ",".join(f"\n    {row}" for row in rows) + ("\n  " if rows else "")
    return f'{{\n  "version": {_VERSION},\n  "findings": [{listed}]\n}}\n'
