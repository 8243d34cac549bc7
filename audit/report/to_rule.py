"""Turns a check or a pattern into what a person reads about it: what, why, when, with examples and references."""

import re
from collections.abc import Mapping, Sequence

from audit.model import Span
from audit.report.cells import clean, paragraph
from audit.rule import Check, Example, Pattern, Reference

_LEAD = 10  # columns of the words at the left
_BLANK = re.compile(r"\$\{?\w+\}?")  # of a message, as string.Template has them


def entry(label: str, text: str, *, width: int) -> str:
    """A paragraph with a word or two at its left."""
    return paragraph(text, lead=f"{label:<{_LEAD}}", width=width)


def unwrapped(label: str, text: str) -> str:
    """The same on one line however long, for paths and addresses, which lines must not break."""
    return f"{label:<{_LEAD}}{text}"


def reference(found: Reference, *, width: int) -> str:
    """The name of a code of practice, and its address, whole, on a line of its own."""
    return "\n".join([entry("see", found.name, width=width), *([unwrapped("", found.url)] if found.url else [])])


def of_check(check: Check, policies: Sequence[str], *, width: int) -> str:
    """All that the file of a check says, and the names of the policies that use it, in lines of at most `width` columns
    where the words allow it."""

    def listed(label: str, *, bad: bool) -> list[str]:
        return [entry(label, example.text, width=width) for example in check.examples if example.bad == bad]

    rows = [
        f"{check.code} {check.name} ({check.severity})",
        "",
        paragraph(check.summary, lead="", width=width),
        "",
        entry("why", check.why, width=width),
        entry("says", _BLANK.sub("…", check.message), width=width),
        *listed("bad", bad=True),
        *listed("better", bad=False),
        *(reference(found, width=width) for found in check.references),
        entry("policies", ", ".join(policies) or "none: choose it with select or extend-select", width=width),
        unwrapped("file", str(check.path)),
    ]
    return "\n".join(rows) + "\n"


def of_pattern(pattern: Pattern, *, width: int) -> str:
    """All that the file of a pattern says, likewise."""
    finds = f"{pattern.kind}, priority {pattern.priority}, confidence {pattern.confidence}"
    content = [" + ".join(map(str, paths)) for paths in pattern.content]
    rows = [
        f"{pattern.id} ({finds}{', only with --all-cues' if pattern.optional else ''})",
        "",
        paragraph(pattern.summary, lead="", width=width),
        "",
        entry("why", pattern.why, width=width),
        entry(pattern.trigger, " ".join(map(str, pattern.tests)), width=width),
        *_each("source", list(map(str, pattern.source)), width),
        *(["source    none: who says it is left out"] if pattern.agentless else []),
        *_each("content", content, width),
        *_each("needs", list(map(str, pattern.needs)), width),
        *_each("unless", list(map(str, pattern.unless)), width),
        *(_example(example, width) for example in pattern.examples),
        unwrapped("file", str(pattern.path)),
    ]
    return "\n".join(rows) + "\n"


def _each(label: str, texts: Sequence[str], width: int) -> list[str]:
    return [entry(label if place == 0 else "  or", text, width=width) for place, text in enumerate(texts)]


def _example(example: Example, width: int) -> str:
    note = f" ({example.note})" if example.note else ""
    gap = f" (not yet: {example.known_gap})" if example.known_gap else ""
    label = "finds" if example.spans else "lets pass"
    return entry(label, f"{_marked(example.text, example.spans)}{note}{gap}", width=width)


def _marked(text: str, spans: Mapping[str, Span]) -> str:
    """`text` as rule files write it: ``{source|The ministry} {cue|said} that {content|the bridge was closed}.``"""
    # What begins at one place begins with the longest; before it ends what ends there.
    opened = [(span.start, 1, -span.end, f"{{{argument}|") for argument, span in spans.items()]
    closed = [(span.end, 0, 0, "}") for span in spans.values()]
    marked, at = "", 0
    for place, _, _, mark in sorted(opened + closed):
        marked += text[at:place] + mark
        at = place
    return clean(marked + text[at:])
