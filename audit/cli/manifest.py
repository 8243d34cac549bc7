"""The manifest of a folder of results <-> its lines: what the run is, each shard once it is whole, the end.

A line is written when what it tells of is on disk, so that whatever ends a run, the manifest holds for the shards that
it names; a line that was cut while it was written counts for nothing.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from audit.cli.identity import Fields
from audit.errors import InputError


@dataclass(frozen=True, slots=True)
class Input:
    """A file that was read: its name, size and SHA-256, None where it could not be read."""

    doc: str
    bytes: int | None
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Shard:
    """A file of results: the articles of some files, which follow each other in the run."""

    file: str
    bytes: int
    sha256: str
    inputs: tuple[Input, ...]  # none: what is wrong in approvals files
    articles: int
    words: int  # of their prose
    claims: int
    findings: int
    errors: Mapping[str, int]  # articles left out, by exit code: input, internal
    errors_end: int  # bytes of the file of errors up to here
    fails: bool  # by --fail-on
    silenced: Mapping[str, Any]  # see audit.cli.silencing.Note
    statistics: Mapping[str, Any]  # see audit.report.to_statistics.Statistics


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the lines of a manifest say."""

    run: Fields | None  # None: it was hardly begun
    day: str | None  # see audit.cli.identity.day
    errors: int  # bytes of the file of errors before the first shard
    shards: tuple[Shard, ...]
    ended: bool
    size: int  # bytes of the whole lines

    @property
    def errors_end(self) -> int:
        """Bytes of the file of errors that the lines know of."""
        return self.shards[-1].errors_end if self.shards else self.errors


def parse(name: str, data: bytes) -> Manifest:
    """What the whole lines in `data`, the bytes of the file called `name`, say.

    Raises:
        InputError: another line than the last is none of a manifest.
    """
    run: Fields | None = None
    day: str | None = None
    errors = 0
    shards: list[Shard] = []
    ended = False
    size = 0
    lines = data.split(b"\n")[:-1]
    for number, line in enumerate(lines, 1):
        try:
            match json.loads(line):
                case {"run": fields, "day": said, "errors_end": end}:
                    run, day, errors = dict(fields), said, int(end)
                case {"shard": fields}:
                    shards.append(_shard(fields))
                case {"end": _}:
                    ended = True
                case _:
                    raise ValueError
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            if number == len(lines):  # after a power failure it may be of the right length and empty
                break
            raise InputError(
                f"{name}:{number}: not what a run writes; begin anew with --restart, or choose another folder"
            ) from error
        size += len(line) + 1
    return Manifest(run, day, errors, tuple(shards), ended, size)


def _shard(fields: dict[str, Any]) -> Shard:
    return Shard(**{**fields, "inputs": tuple(Input(**one) for one in fields["inputs"])})


def of_run(fields: Fields, day: str | None, errors_end: int) -> bytes:
    """The first line."""
    return _line({"run": fields, "day": day, "errors_end": errors_end})


def of_shard(shard: Shard) -> bytes:
    """The line of a shard."""
    return _line({"shard": asdict(shard)})


def of_end(shards: Sequence[Shard]) -> bytes:
    """The last line: how much there is of everything."""
    errors = {code: sum(shard.errors[code] for shard in shards) for code in ("input", "internal")}
    sums = {key: sum(getattr(shard, key) for shard in shards) for key in ("articles", "words", "claims", "findings")}
    return _line({"end": {"shards": len(shards), **sums, "errors": errors}})


def _line(record: Mapping[str, object]) -> bytes:
    return json.dumps(record, ensure_ascii=False).encode() + b"\n"
