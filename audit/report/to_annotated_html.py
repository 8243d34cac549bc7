"""Turns the audit of a web page into the page itself, with its claims and findings marked where they stand."""

import html
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from audit import origins
from audit.model import SEVERITIES, Audit, Claim, Finding, Span
from audit.report import of_claims
from audit.report.cells import clean
from audit.report.summary import NOUNS

_STYLE = (
    '<style class="quote-audit">'
    "mark.quote-audit{color:inherit;background:#0072b229;border-bottom:2px solid #0072b2}"
    "mark.quote-audit.anonymous{background:#d55e0026;border-bottom:2px dashed #d55e00}"
    "mark.quote-audit.unattributed{background:#a03a7826;border-bottom:2px dotted #a03a78}"
    "mark.quote-audit.finding{background:#e69f0033;border-bottom:0}"
    "mark.quote-audit.error,mark.quote-audit.warning{outline:1px solid #a4161a}"
    "mark.quote-audit.first[data-findings]::before{content:attr(data-findings);font:700 .65em sans-serif;"
    "vertical-align:super;color:#fff;background:#a4161a;border-radius:.3em;padding:0 .3em;margin-right:.3em}"
    "</style>"
)
_HEAD = re.compile(r"<!--|</head\s*>|<body\b|<(?P<raw>script|style|title|template|noscript)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Mark:
    """A tag for a stretch of the page; `first` is the one that stands where what it marks begins."""

    span: Span
    first: str
    again: str


def render(audit: Audit) -> str:
    """The page that the article of `audit` was read from, as it was decoded, with marks and their style put in.

    Nothing else is changed: without ``mark`` and ``style`` of class ``quote-audit`` it is the page, character for
    character. Marks are in text alone, properly nested, and run across no tag. Of what stands nowhere in the text of
    the page, as a headline from its metadata, nothing is marked.
    """
    origin = audit.article.origin
    assert origin is not None, "plain text has no markup to put marks in"
    marks = _marks(audit)
    if not marks:
        return origin.text
    at = _behind_head(origin.text, min(mark.span.start for mark in marks))
    return _woven(origin.text, [*marks, _Mark(Span(at, at), _STYLE, "")])


def _marks(audit: Audit) -> list[_Mark]:
    about: dict[str | None, list[Finding]] = defaultdict(list)
    for finding in audit.findings:
        about[finding.claim].append(finding)
    marks: list[_Mark] = []
    for claim in audit.claims:
        found = about[claim.id]
        speaker = of_claims.speaker(audit, claim)
        title = [f"{NOUNS[claim.kind]}, {claim.source.sourcing}" + (f": {speaker}" if speaker != "—" else "")]
        classes = [claim.kind, claim.source.sourcing]
        marks += _tags(audit, claim.spans, classes, title, found, claim)
    for finding in about[None]:
        marks += _tags(audit, [finding.span], ["finding"], [], [finding], None)
    return marks


def _tags(
    audit: Audit,
    spans: Sequence[Span],
    classes: Sequence[str],
    title: Sequence[str],
    found: Sequence[Finding],
    claim: Claim | None,
) -> list[_Mark]:
    severities = sorted({finding.severity for finding in found}, key=SEVERITIES.index)
    attributes = {
        "data-claim": claim.id if claim else None,
        "data-kind": claim.kind if claim else None,
        "data-speaker": claim.source.speaker if claim else None,
        "data-sourcing": claim.source.sourcing if claim else None,
        "data-findings": " ".join(dict.fromkeys(finding.code for finding in found)) or None,
        "title": "\n".join([*title, *(f"{one.code} {one.name}: {clean(one.message)}" for one in found)]),
    }
    said = "".join(f' {name}="{_escaped(value)}"' for name, value in attributes.items() if value is not None)
    names = " ".join(["quote-audit", *classes, *severities[:1]])
    first, again = f'<mark class="{names} first"{said}>', f'<mark class="{names}"{said}>'
    stretches = [stretch for span in spans for stretch in origins.stretches(audit.article, span)]
    return [_Mark(stretch, again if index else first, again) for index, stretch in enumerate(stretches)]


def _escaped(value: str) -> str:
    return html.escape(value).replace("\n", "&#10;")


def _woven(source: str, marks: Sequence[_Mark]) -> str:
    """`source` with the marks in it; one that ends within another makes that one end and begin again."""
    beginning: dict[int, list[_Mark]] = defaultdict(list)
    for mark in sorted(marks, key=lambda mark: (mark.span.start, len(mark.span) > 0, -mark.span.end)):
        beginning[mark.span.start].append(mark)
    pieces: list[str] = []
    under: list[_Mark] = []
    at = 0
    for offset in sorted({*beginning, *(mark.span.end for mark in marks)}):
        pieces.append(source[at:offset])
        at = offset
        over = next((depth for depth, mark in enumerate(under) if mark.span.end <= offset), len(under))
        closed, under = under[over:], under[:over]
        pieces += ["</mark>"] * len(closed)
        for mark in [mark for mark in closed if mark.span.end > offset]:
            under.append(mark)
            pieces.append(mark.again)
        for mark in beginning.get(offset, ()):
            pieces.append(mark.first)
            if len(mark.span):
                under.append(mark)
    pieces.append(source[at:])
    return "".join(pieces)


def _behind_head(source: str, text: int) -> int:
    """Where a style may stand: before the end of the head, or else where the first mark does, at `text`."""
    at = 0
    while found := _HEAD.search(source, at, text):
        if found[0] == "<!--":
            end = source.find("-->", found.end() - 2, text)
        elif found["raw"]:
            closing = re.compile(rf"</{found['raw']}\s*>", re.IGNORECASE).search(source, found.end(), text)
            end = closing.end() if closing else -1
        else:
            return found.start() if found[0].startswith("</") else text
        if end < 0:
            break
        at = end
    return text
