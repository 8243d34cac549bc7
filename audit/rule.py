"""What rule files hold once they are read: patterns, checks, policies and the lexicons they name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path as FilePath
from typing import Literal

from audit.gazetteer import Gazetteer
from audit.model import Confidence, CueClass, Severity, Span
from audit.pattern import Path, Test

Detect = Literal[
    "agentless-forecast",
    "altered-quote",
    "ambiguous-quote-speaker",
    "anonymity-without-reason",
    "anonymous-attack",
    "anonymous-lede",
    "anonymous-opinion",
    "declared-source-differs",
    "figure-arithmetic",
    "headline-quote-not-in-text",
    "hedge-for-attribution",
    "impersonal-attribution",
    "incomplete-first-reference",
    "late-quote-attribution",
    "loaded-attribution-verb",
    "percent-for-points",
    "plural-source-mismatch",
    "poll-without-method",
    "rote-anonymity-reason",
    "secondhand-attribution",
    "single-anonymous-source",
    "speakers-run-together",
    "unattributed-casualties",
    "unattributed-figure",
    "unattributed-quote",
    "unattributed-scare-quotes",
    "unbalanced-quote-marks",
    "undisclosed-pseudonym",
    "unidentified-document",
    "unsourced-lede",
    "unused-or-bare-suppression",
    "vague-anonymous-source",
    "weasel-group",
]
OF_APPROVALS: Detect = "unused-or-bare-suppression"  # judges the approvals file; all others judge an article
OF_DECLARED: Detect = "declared-source-differs"  # its examples mark what a file would declare: {Ann Lee|“Yes.”}
PatternKind = Literal["direct", "mixed", "indirect", "no-figure"]


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with the spans a pattern must find in it, or must not (`spans` empty)."""

    text: str
    spans: Mapping[str, Span]  # by argument: cue, source, content or figure; empty for a near miss
    note: str | None
    known_gap: str | None  # why the pattern does not do it yet


@dataclass(frozen=True, slots=True)
class Pattern:
    """A trigger and the words reached from it, as one file of rules/patterns declares them."""

    id: str  # its path below patterns/, with dots: speech.said-that
    summary: str
    why: str
    kind: PatternKind
    cue_class: CueClass
    confidence: Confidence
    optional: bool  # finds what is no report by itself (what somebody wants, backs, brings up); only when asked for
    priority: int  # of two patterns with the same cue the higher one wins
    trigger: str  # the name of the word that the tests are asked of: cue or figure
    tests: tuple[Test, ...]
    source: tuple[Path, ...]  # tried in order, the first that reaches a word binds it
    content: tuple[tuple[Path, ...], ...]  # likewise; a choice may join several paths that must all arrive
    agentless: bool  # a report that hides who said it: a match has no source
    needs: tuple[Path, ...]
    unless: tuple[Path, ...]
    examples: tuple[Example, ...]
    path: FilePath


@dataclass(frozen=True, slots=True)
class CheckExample:
    """A text that a check must report (`bad`) or must let pass."""

    text: str
    bad: bool


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a code of practice says it; `url` is None where it is not on the web."""

    name: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Check:
    """What a check reports, and why, as one file of rules/checks declares it."""

    code: str
    name: str
    severity: Severity
    summary: str
    why: str
    references: tuple[Reference, ...]
    message: str  # a string.Template over the words that `detect` gives
    detect: Detect  # the name of the function of audit.checks that finds it, with hyphens
    examples: tuple[CheckExample, ...]
    path: FilePath


@dataclass(frozen=True, slots=True)
class Settings:
    """What a newsroom decides and checks need to know."""

    outlets: tuple[str, ...] = ()  # the names of our own, which is no second-hand source
    loaded_verbs: tuple[str, ...] = ("doubt", "guilt", "endorse", "heat", "wrong")  # the tiers that V001 reports
    severities: Mapping[str, Severity] = field(default_factory=dict)  # by code, of its ordinary findings


@dataclass(frozen=True, slots=True)
class Choice:
    """What a policy, a settings file or the command line says of the checks; None where it says nothing.

    A selector is a code, the beginning of codes, or ALL. `select` makes what was chosen before count no more,
    `extend` adds to it, `ignore` takes from it; of two selectors that a code has, the longer one counts.
    """

    select: tuple[str, ...] | None = None
    extend: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: tuple[tuple[str, Severity], ...] = ()  # by selector
    outlets: tuple[str, ...] | None = None
    loaded_verbs: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """A choice of checks and severities, as a newsroom would set it: one file of rules/policies."""

    name: str
    summary: str
    why: str
    choice: Choice
    path: FilePath


@dataclass(frozen=True, slots=True, eq=False)  # the same only as themselves, so that what is made of them can be kept
class Rules:
    """Everything an audit is judged by."""

    patterns: tuple[Pattern, ...]  # highest priority first, then by id
    checks: tuple[Check, ...]  # by code
    lexicons: Mapping[str, frozenset[str]]
    gazetteer: Gazetteer
    settings: Settings = Settings()
    policies: Mapping[str, Policy] = field(default_factory=dict)  # by name

    @property
    def all_cues(self) -> bool:
        """Whether optional patterns are among them."""
        return any(pattern.optional for pattern in self.patterns)

    def use(self, *detects: Detect) -> bool:
        """Whether a check that detects one of these is chosen; one place is one finding, of whichever goes before."""
        return any(check.detect in detects for check in self.checks)


def listed(lexicon: frozenset[str], word: str) -> bool:
    """Whether `word` is in a lexicon, or ends as one of its entries that begin with a hyphen: "-er"."""
    return word in lexicon or word.endswith(endings(lexicon))


@cache
def endings(lexicon: frozenset[str]) -> tuple[str, ...]:
    """The endings among the entries of a lexicon."""
    return tuple(sorted(entry[1:] for entry in lexicon if entry.startswith("-")))
