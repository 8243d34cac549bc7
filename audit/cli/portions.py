"""The files of a run -> portions of them, one a shard of results, and what becomes of each portion's articles."""

import hashlib
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from audit import lines
from audit.cli import batches
from audit.cli.batches import Batch, Done, Failure
from audit.cli.manifest import Input
from audit.cli.outcome import Outcome
from audit.errors import InputError

FILES = 50  # a shard: what a killed run has to do again is that much at most, some two minutes of parsing on two cores


@dataclass(slots=True)
class Portion:
    """Some files, each with the place of its plan, and what was met when they were read."""

    files: Sequence[tuple[Path, int]]
    outcome: Outcome
    inputs: list[Input] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)

    def batches(self) -> Iterator[Batch]:
        """Their articles."""

        def fail(name: str, error: InputError) -> None:
            self.fail(batches.failure(name, error))

        run = self.outcome
        return batches.read(
            self.files,
            intake=replace(run.intake, fail=fail),
            limits=run.limits,
            fail=self.fail,
            named=run.named,
            took=self._take,
        )

    def fail(self, failure: Failure) -> None:
        """Tell of an article that is left out, and keep it for the file of errors."""
        self.failures.append(replace(failure, name=lines.one(failure.name), said=lines.one(failure.said)))
        self.outcome.fail(failure)

    def _take(self, name: str, data: bytes | None) -> None:
        self.inputs.append(taken(name, data))


def taken(name: str, data: bytes | None) -> Input:
    """What a manifest says of a file with these bytes, None where they could not be read."""
    return Input(name, None, None) if data is None else Input(name, len(data), hashlib.sha256(data).hexdigest())


@dataclass(slots=True)
class Portions:
    """Portions that are read ahead of the results that come of them."""

    all: Sequence[Portion]
    _read: deque[Portion] = field(default_factory=deque)  # that of each batch whose result is still to come

    def batches(self) -> Iterator[Batch]:
        """Their articles; none of another portion in the same batch."""
        for portion in self.all:
            for batch in portion.batches():
                self._read.append(portion)
                yield batch

    def results(self, every: Iterator[Done]) -> Iterator[tuple[Portion, Iterator[Done]]]:
        """Each portion with its own of the results of all batches; all of them are to be taken before the next portion
        is, and once they are, all of its files have been read."""
        first = next(every, None)

        def of(portion: Portion) -> Iterator[Done]:
            nonlocal first
            while first is not None and self._read[0] is portion:
                self._read.popleft()
                portion.failures += first.failures
                yield first
                first = next(every, None)

        for portion in self.all:
            yield portion, of(portion)
