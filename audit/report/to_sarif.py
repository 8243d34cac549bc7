"""Turns audits into SARIF 2.1.0, which code scanning and editors read.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from urllib.parse import quote

from audit.model import Article, Audit, Finding, Severity, Span
from audit.report import places
from audit.report.places import Place
from audit.rule import Check

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "quoteAuditFinding/v1"

_LEVELS: Mapping[Severity, str] = MappingProxyType({"error": "error", "warning": "warning", "info": "note"})
_DRIVE = re.compile(r"[A-Za-z]:[/\\]")
_Object = dict[str, object]


def render(
    audits: Sequence[Audit], *, checks: Sequence[Check], version: str, failures: Sequence[tuple[str, str]]
) -> str:
    """All of `audits`, as version `version` of this program made them with `checks`.

    `failures` are the name and the message of each article that could not be audited: notifications of the tool.
    """
    run = {
        "tool": {
            "driver": {
                "name": "quote-audit",
                "version": version,
                "rules": [_rule(check) for check in checks],
            }
        },
        "invocations": [
            {
                "executionSuccessful": not failures,
                "toolExecutionNotifications": [_notification(*failure) for failure in sorted(failures)],
            }
        ],
        "artifacts": [
            {"location": {"uri": address}} for address in dict.fromkeys(uri(places.file(a.article)) for a in audits)
        ],
        "results": list(_results(audits, [check.code for check in checks])),
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\r", "\n"],
    }
    document = {"version": "2.1.0", "$schema": SCHEMA, "runs": [run]}
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def uri(name: str) -> str:
    """The name of an article as a URI: relative to where the command ran, unless the name is a whole path."""
    path = quote(name.replace("\\", "/"), safe="/")
    if name.startswith("/"):
        return f"file://{path}"
    return f"file:///{path.replace('%3A', ':', 1)}" if _DRIVE.match(name) else path


def _rule(check: Check) -> _Object:
    why = _one_line(check.why)
    references = [f"{reference.name}{f': {reference.url}' if reference.url else ''}" for reference in check.references]
    rule: _Object = {
        "id": check.code,
        "name": check.name,
        "shortDescription": {"text": _escaped(check.summary)},
        "fullDescription": {"text": _escaped(why)},
        "help": {"text": _escaped("\n".join([why, *references]))},
        "defaultConfiguration": {"level": _LEVELS[check.severity]},
    }
    if address := next((reference.url for reference in check.references if reference.url), None):
        rule["helpUri"] = address
    return rule


def _results(audits: Sequence[Audit], codes: Sequence[str]) -> Iterator[_Object]:
    seen: Counter[tuple[str, str]] = Counter()  # by file, in which there may be several articles
    for audit in audits:
        name = places.file(audit.article)
        for finding, at in places.said_once(audit):
            seen[name, finding.id] += 1
            yield {
                "ruleId": finding.code,
                "ruleIndex": codes.index(finding.code) if finding.code in codes else -1,
                "level": _LEVELS[finding.severity],
                "message": {"text": _escaped(finding.message)},
                "locations": [_where(audit.article, finding, at)],
                "partialFingerprints": {FINGERPRINT: f"{finding.id}:{seen[name, finding.id]}"},
            }


def _where(article: Article, finding: Finding, at: Place) -> _Object:
    """The region of the file, where it is text and has the words, and what it calls the place, where it does."""
    physical: _Object = {"artifactLocation": _location(places.file(article))}
    if at.file is not None:
        physical["region"] = _region(article, at, at.file)
    place = places.paragraph(article, finding.span)
    logical: _Object = {"logicalLocations": [{"fullyQualifiedName": place}]} if place else {}
    return {"physicalLocation": physical, **logical}


def _region(article: Article, at: Place, span: Span) -> _Object:
    text = article.origin.text if article.origin else article.text
    return {
        "startLine": at.line,
        "startColumn": at.column,
        "endLine": at.end_line,
        "endColumn": at.end_column,
        "charOffset": span.start - text.startswith("\ufeff"),  # no reader counts a byte order mark
        "charLength": len(span),
        "snippet": {"text": text[span.start : span.end]},
    }


def _notification(name: str, said: str) -> _Object:
    said_of: _Object = {"locations": [{"physicalLocation": {"artifactLocation": _location(name)}}]} if name else {}
    return {"level": "error", "message": {"text": _escaped(said)}, **said_of}


def _location(name: str) -> _Object:
    return {"uri": uri(name)}


def _escaped(text: str) -> str:
    """`text` as a message in which nothing is a placeholder (3.11.5) or a link (3.11.6)."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "\\](")


def _one_line(text: str) -> str:
    return " ".join(text.split())
