"""Results of a run, as they come -> audits to report on, words to the user, and the exit code."""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from pathlib import Path

from audit import lines
from audit.cli import batches, console, reading
from audit.cli.batches import Done, Failure
from audit.cli.exitcode import ExitCode
from audit.cli.plans import Plan
from audit.cli.silencing import Silencing
from audit.limits import Limits
from audit.model import SEVERITIES, Audit
from audit.readers import Intake
from audit.remember import Warn


@dataclass(slots=True)
class Outcome:
    """What a run has come to so far."""

    args: argparse.Namespace
    plans: Sequence[Plan]
    silencing: Silencing
    codes: set[ExitCode] = field(default_factory=lambda: {ExitCode.DONE})
    failures: list[tuple[str, str]] = field(default_factory=list)
    done: int = 0  # articles
    failed: bool = False  # a finding is as severe as makes the run fail

    @property
    def warn(self) -> Warn:
        """Tells the user, unless that is unwanted."""
        return _unsaid if self.args.quiet else console.warn

    @property
    def named(self) -> frozenset[Path]:
        """What the arguments name, folders among it."""
        return frozenset(map(Path, self.args.paths))

    @property
    def limits(self) -> list[Limits]:
        """What files may be at most, by their plan."""
        return [plan.limits for plan in self.plans]

    @property
    def intake(self) -> Intake:
        """How its files are read."""
        how = reading.intake(self.args, self.warn, lambda name, error: self.fail(batches.failure(name, error)))
        return replace(how, limits=max(self.limits, key=attrgetter("megabytes"), default=Limits()))

    def fail(self, failure: Failure) -> None:
        """Tell of an article that is left out."""
        self.failures.append((failure.name, failure.said))
        if failure.trace is None:
            console.say(f"error: {lines.one(failure.said)}")
        else:
            console.confess(failure.name, lines.one(failure.said), failure.trace, debug=self.args.debug)
        self.codes.add(failure.code)

    def told(self, result: Done) -> list[Audit]:
        """The audits of a batch with the findings that are left, once the user has been told the rest."""
        for message in result.warnings:
            self.warn(message)
        for failure in result.failures:
            self.fail(failure)
        self.done += len(result.audits)
        pairs = zip(result.audits, result.plans, strict=True)
        return [self.judged(self.silencing.left(audit, plan), plan) for audit, plan in pairs]

    def of_approvals(self, audited: Sequence[Path]) -> list[Audit]:
        """What is wrong in approvals files, once the articles `audited` have been."""
        found: Iterator[tuple[Audit, int]] = self.silencing.of_approvals(
            audited, self.args.paths, complete=self.complete
        )
        return [self.judged(audit, plan) for audit, plan in found]

    def judged(self, audit: Audit, plan: int) -> Audit:
        """`audit`, whose findings count for the exit code."""
        severity = self.plans[plan].fail_on
        if severity and any(SEVERITIES.index(one.severity) <= SEVERITIES.index(severity) for one in audit.findings):
            self.failed = True
            if not self.args.exit_zero:
                self.codes.add(ExitCode.FINDINGS)
        return audit

    @property
    def complete(self) -> bool:
        """Whether no article is left out."""
        return not self.codes & {ExitCode.INPUT, ExitCode.INTERNAL}


def _unsaid(_: str) -> None:
    """What --quiet does with a warning."""
