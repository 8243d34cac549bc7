"""Turns audits into one page for a browser: the articles as written, their claims marked, findings in the margin."""

import base64
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import get_args

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from audit import lines
from audit.model import Audit, Claim, Finding, Kind, Severity, Sourcing, Span
from audit.report import profile, stretches, summary
from audit.report.cells import clean, count
from audit.report.to_table import speaker_of
from audit.rule import Check

# What no HTML document may hold: control characters, halves of pairs, and code points that are no characters.
_UNHELD = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane | 0xFFFE)}{chr(plane | 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)
_WORDS = 90  # characters of a claim in the list of claims

_ENVIRONMENT = Environment(
    loader=PackageLoader("audit.report", "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
_ENVIRONMENT.filters["clean"] = clean


@dataclass(frozen=True, slots=True)
class _Note:
    """A finding as it stands in the margin, about all the claims that have it at this place; numbers count from 1."""

    number: int
    finding: Finding
    place: str  # line:column
    claims: Sequence[int]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A claim as it stands in the list of claims and, over the text, on the card of its mark."""

    number: int
    claim: Claim
    noun: str
    words: str
    speaker: str
    cue: str
    notes: Sequence[_Note]

    @property
    def card(self) -> str:
        """Who says it, and how we know, in four lines at most."""
        sourced = f"{self.claim.source.sourcing} ({self.claim.source.detail})"
        cue = f"cue “{self.cue}”, " if self.cue else ""
        found = ", ".join(f"{note.finding.code} {note.finding.severity}" for note in self.notes)
        rows = [f"{self.number} · {self.noun}", f"{self.speaker} · {sourced}"]
        rows.append(f"{cue}pattern {self.claim.pattern}, confidence {self.claim.confidence}")
        return "\n".join([*rows, f"findings: {found}"] if found else rows)


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph, the blanks before it, and the notes beside it."""

    gap: str
    section: str
    events: Sequence[stretches.Event]
    notes: Sequence[_Note]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """All that the page says of one article."""

    name: str
    size: str
    found: str
    unheld: str | None
    profile: "_Profile"
    resting: Sequence[tuple[str, Sequence[int]]]
    blocks: Sequence[_Block]
    tail: str
    entries: Sequence[_Entry]
    notes: Sequence[_Note]
    severities: Sequence[tuple[Severity, int]]


@dataclass(frozen=True, slots=True)
class _Profile:
    """Rows of the two tables at the top: kinds with their claims by sourcing, and speakers."""

    kinds: Sequence[tuple[str, Sequence[tuple[Sourcing, int]], int]]
    speakers: Sequence[profile.Speaker]
    others: int


def render(audits: Sequence[Audit], checks: Sequence[Check], *, version: str) -> str:
    """The page for `audits`, with what is behind those of `checks` that found something; it loads nothing from anywhere.

    Without its tags an article's element is the text of the article, but for the characters that HTML cannot hold:
    the page says how many of these it shows as others. The same audits give the same bytes.
    """
    sheets = [_sheet(audit) for audit in audits]
    claims = [claim for audit in audits for claim in audit.claims]
    found = [note.finding for sheet in sheets for note in sheet.notes]
    codes = sorted({(finding.code, finding.name) for finding in found})
    rows = max((len(audit.article.paragraphs) for audit in audits), default=0)
    style = _asset("style.css") + "".join(f".r{row}{{--r:{row}}}\n" for row in range(1, rows + 1))
    script = _asset("page.js")
    page = _ENVIRONMENT.get_template("page.html").render(
        version=version,
        title=sheets[0].name if len(sheets) == 1 else count(len(sheets), "article"),
        style=Markup(style),
        script=Markup(script),
        hashes={"style": _hash(style), "script": _hash(script)},
        sheets=sheets,
        summary=f"{summary.sentence(claims)}, {count(len(found), 'finding')}",
        profile=_profile(claims),
        filters=[
            ("kind", _counted(get_args(Kind), (claim.kind for claim in claims), summary.NOUNS)),
            ("sourcing", _counted(get_args(Sourcing), (claim.source.sourcing for claim in claims))),
            ("check", _counted([code for code, _ in codes], (finding.code for finding in found), dict(
                (code, f"{code} {name}") for code, name in codes
            ))),
            ("severity", _counted(get_args(Severity), (finding.severity for finding in found))),
        ],
        checks=[check for check in checks if check.code in {code for code, _ in codes}],
        explained={check.code for check in checks},
    )  # fmt: skip
    return _UNHELD.sub(_shown, page).replace("\r", "&#13;")


def _asset(name: str) -> str:
    return _ENVIRONMENT.get_template(name).render()


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _shown(unheld: re.Match[str]) -> str:
    """The picture of a control character where there is one (``␇``), else the replacement character."""
    code = ord(unheld[0])
    return chr(0x2400 + code) if code < 0x20 else "\u2421" if code == 0x7F else "\ufffd"


def _counted(
    sorts: Iterable[str], seen: Iterable[str], labels: dict[Kind, str] | dict[str, str] | None = None
) -> list[tuple[str, str, int]]:
    """Each sort that occurs, what it is called, and how often it does."""
    counts = Counter(seen)
    called: dict[str, str] = {**(labels or {})}
    return [(sort, called.get(sort, sort), counts[sort]) for sort in sorts if counts[sort]]


def _profile(claims: Sequence[Claim]) -> _Profile:
    counts = profile.sourcing(claims)
    kinds = [(f"{summary.NOUNS[kind]}s", list(sorts.items()), sum(sorts.values())) for kind, sorts in counts.items()]
    totals = Counter(claim.source.sourcing for claim in claims)
    kinds.append(("all", [(sort, totals[sort]) for sort in get_args(Sourcing)], len(claims)))
    speakers = profile.speakers(claims)
    return _Profile(kinds, speakers[: summary.SPEAKERS], max(len(speakers) - summary.SPEAKERS, 0))


def _sheet(audit: Audit) -> _Sheet:
    article = audit.article
    notes = _notes(audit)
    severities = Counter(note.finding.severity for note in notes)
    counted = [(severity, severities[severity]) for severity in get_args(Severity) if severities[severity]]
    unheld = len(_UNHELD.findall(article.text))
    blocks, tail = _blocks(audit, notes)
    return _Sheet(
        name=clean(article.name),
        size=f"{count(len(article.text.split()), 'word')}, {summary.sentence(audit.claims)}",
        found=", ".join(count(number, severity) if severity != "info" else f"{number:,} info"
                        for severity, number in counted) or "no findings",
        unheld=f"{count(unheld, 'character')} that a web page cannot hold shown as “\u2407” and the like" if unheld else None,
        profile=_profile(audit.claims),
        resting=[
            (clean(who), [index + 1 for index in claims]) for who, claims in profile.anonymous(audit.claims).items()
        ],
        blocks=blocks,
        tail=tail,
        entries=_entries(audit, notes),
        notes=notes,
        severities=counted,
    )  # fmt: skip


def _notes(audit: Audit) -> list[_Note]:
    """The findings, those that say the same of several claims at one place as one."""
    numbers = {claim.id: number for number, claim in enumerate(audit.claims, 1)}
    about: dict[tuple[Span, str, str, str], list[Finding]] = defaultdict(list)
    for finding in audit.findings:
        about[finding.span, finding.code, finding.severity, finding.message].append(finding)
    starts = lines.starts(audit.article.text)
    notes = []
    for number, (key, findings) in enumerate(about.items(), 1):
        line, column = lines.place(starts, key[0].start)
        claims = sorted({numbers[finding.claim] for finding in findings if finding.claim is not None})
        notes.append(_Note(number, findings[0], f"{line}:{column}", claims))
    return notes


def _entries(audit: Audit, notes: Sequence[_Note]) -> list[_Entry]:
    about: dict[int, list[_Note]] = defaultdict(list)
    for note in notes:
        for number in note.claims:
            about[number].append(note)
    entries = []
    for number, claim in enumerate(audit.claims, 1):
        words = clean(audit.article.slice(claim.span))
        words = words if len(words) <= _WORDS else f"{words[:_WORDS].rsplit(' ', 1)[0]}…"
        cue = clean(audit.article.slice(claim.cue)) if claim.cue else ""
        speaker = clean(speaker_of(audit, claim)).replace("—", "no source", claim.source.sourcing == "unattributed")
        entries.append(_Entry(number, claim, summary.NOUNS[claim.kind], words, speaker, cue, about[number]))
    return entries


def _blocks(audit: Audit, notes: Sequence[_Note]) -> tuple[list[_Block], str]:
    """The paragraphs with what stands beside them, and the blanks after the last one."""
    article = audit.article
    blocks = []
    at = 0
    cut = stretches.cut(article, audit.claims, [note.finding.span.start for note in notes])
    for paragraph, events in zip(article.paragraphs, cut, strict=True):
        beside = [notes[event.point] for event in events if event.point is not None]
        blocks.append(_Block(article.text[at : paragraph.span.start], paragraph.section, events, beside))
        at = paragraph.span.end
    return blocks, article.text[at:]
