"""Turns an audit into what a page says of its article: the profile, the text with its notes, the list of claims."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from audit.model import SEVERITIES, Audit, Claim, Finding, Severity, Sourcing
from audit.report import of_claims, places, profile, skipped, stretches, summary
from audit.report.cells import clean, count

_WORDS = 90  # characters of a claim in the list of claims


@dataclass(frozen=True, slots=True)
class Note:
    """A finding as it stands in the margin, about all the claims that have it at this place; numbers count from 1."""

    number: int
    finding: Finding
    place: str  # "line 12:5", "page 3"
    claims: Sequence[int]


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim as it stands in the list of claims and, over the text, on the card of its mark."""

    number: int
    claim: Claim
    noun: str
    words: str
    speaker: str
    cue: str
    notes: Sequence[Note]

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
class Block:
    """A paragraph, the blanks before it, and the notes beside it."""

    gap: str
    section: str
    why: str  # it is skipped, "" if it is prose
    events: Sequence[stretches.Event]
    notes: Sequence[Note]


@dataclass(frozen=True, slots=True)
class Profile:
    """Rows of the two tables at the top: kinds with their claims by sourcing, and speakers."""

    kinds: Sequence[tuple[str, Sequence[tuple[Sourcing, int]], int]]
    speakers: Sequence[profile.Speaker]
    others: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that the page says of one article."""

    name: str
    size: str  # words and claims, in words
    found: str  # findings, in words
    unheld: int  # characters that the page shows as others
    profile: Profile
    resting: Sequence[tuple[str, Sequence[int]]]  # anonymous sources, each with the numbers of its claims
    blocks: Sequence[Block]
    tail: str  # the blanks after the last paragraph
    entries: Sequence[Entry]
    notes: Sequence[Note]
    severities: Mapping[Severity, int]


def profiled(claims: Sequence[Claim]) -> Profile:
    """The sourcing profile of some claims."""
    counts = profile.sourcing(claims)
    kinds = [(f"{summary.NOUNS[kind]}s", list(sorts.items()), sum(sorts.values())) for kind, sorts in counts.items()]
    totals = Counter(claim.source.sourcing for claim in claims)
    kinds.append(("all", [(sort, totals[sort]) for sort in get_args(Sourcing)], len(claims)))
    speakers = profile.speakers(claims)
    return Profile(kinds, speakers[: summary.SPEAKERS], max(len(speakers) - summary.SPEAKERS, 0))


def of(audit: Audit, unheld: re.Pattern[str]) -> Sheet:
    """The sheet of an audit; `unheld` matches each character that the page shows as another."""
    article = audit.article
    notes = _notes(audit)
    severities = Counter(note.finding.severity for note in notes)
    nouns = {"error": "error", "warning": "warning", "info": "info finding"}
    counted = [(severity, severities[severity]) for severity in SEVERITIES if severities[severity]]
    blocks, tail = _blocks(audit, notes)
    return Sheet(
        name=places.title(article),
        size=f"{count(skipped.words(article), 'word')}, {summary.sentence(audit.claims)}",
        found=", ".join(count(number, nouns[severity]) for severity, number in counted) or "no findings",
        unheld=len(unheld.findall(article.text)),
        profile=profiled(audit.claims),
        resting=[
            (clean(who), [index + 1 for index in claims]) for who, claims in profile.anonymous(audit.claims).items()
        ],
        blocks=blocks,
        tail=tail,
        entries=_entries(audit, notes),
        notes=notes,
        severities=dict(counted),
    )


def _notes(audit: Audit) -> list[Note]:
    """The findings, those that say the same of several claims at one place as one."""
    numbers = {claim.id: number for number, claim in enumerate(audit.claims, 1)}
    place = places.finder(audit.article)
    notes = []
    for number, findings in enumerate(places.together(audit), 1):
        claims = sorted({numbers[finding.claim] for finding in findings if finding.claim is not None})
        at = place(findings[0].span)
        notes.append(Note(number, findings[0], at.named or f"line {at.where}", claims))
    return notes


def _entries(audit: Audit, notes: Sequence[Note]) -> list[Entry]:
    about: dict[int, list[Note]] = defaultdict(list)
    for note in notes:
        for number in note.claims:
            about[number].append(note)
    entries = []
    for number, claim in enumerate(audit.claims, 1):
        words = clean(audit.article.slice(claim.span))
        words = words if len(words) <= _WORDS else f"{words[:_WORDS].rsplit(' ', 1)[0]}…"
        cue = clean(audit.article.slice(claim.cue)) if claim.cue else ""
        cited = claim.source.sourcing != "unattributed" or claim.carry_over
        speaker = clean(of_claims.speaker(audit, claim)) if cited else "no source"
        entries.append(Entry(number, claim, summary.NOUNS[claim.kind], words, speaker, cue, about[number]))
    return entries


def _blocks(audit: Audit, notes: Sequence[Note]) -> tuple[list[Block], str]:
    """The paragraphs with what stands beside them, and the blanks after the last one."""
    article = audit.article
    blocks = []
    at = 0
    cut = stretches.cut(article, audit.claims, [note.finding.span.start for note in notes])
    for paragraph, events in zip(article.paragraphs, cut, strict=True):
        gap = article.text[at : paragraph.span.start]
        beside = [notes[event.point] for event in events if event.point is not None]
        blocks.append(Block(gap, paragraph.section, clean(skipped.reason(paragraph)), events, beside))
        at = paragraph.span.end
    return blocks, article.text[at:]
