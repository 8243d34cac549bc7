"""A folder that runs write their results to, one at a time: its names, and what happens to its files in which order."""

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from audit import files
from audit.cli import manifest
from audit.cli.identity import Fields
from audit.cli.manifest import Manifest, Shard
from audit.errors import InputError

_MANIFEST = "manifest.jsonl"
_ERRORS = "errors.jsonl"
_LOCK = ".lock"
_OURS = re.compile(r"(?:claims|findings)-\d{5,}\.(?:jsonl|csv)|errors\.jsonl|\.quote-audit-.*\.tmp")
_BEGINNING = b'{"run": '  # of a manifest
_PATIENCE = 2  # seconds; the processes of a run that was killed go within some milliseconds

Row = dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that this run alone writes to."""

    path: Path

    @property
    def name(self) -> str:
        """What messages call it."""
        return files.name(self.path)

    @property
    def of_manifest(self) -> str:
        """What messages call its manifest."""
        return files.name(self.path / _MANIFEST)

    def data(self) -> bytes:
        """The bytes of its manifest, none if there is no manifest yet.

        Raises:
            InputError: it holds something else than a run leaves, or cannot be read.
        """
        with self._told("read"):
            try:
                data = (self.path / _MANIFEST).read_bytes()
            except FileNotFoundError:
                data = b""
                others = sorted(one.name for one in self.path.iterdir() if one.name != _LOCK)
            else:
                others = [] if data[: len(_BEGINNING)] == _BEGINNING[: len(data)] else [_MANIFEST]
        if others:
            raise InputError(
                f"{self.name}: holds something else than results of --out-dir ({files.name(Path(others[0]))}); choose"
                " another folder"
            )
        return data

    def holds(self, shard: Shard) -> bool:
        """Whether a shard is as it was written."""
        try:
            with (self.path / shard.file).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == shard.sha256
        except OSError:
            return False

    def begin(self, fields: Fields, day: str | None, errors: Iterable[Row]) -> None:
        """Remove all that an earlier run has left, and write the first lines of manifest and errors."""
        with self._told("written"):
            self._cut(_MANIFEST, 0)  # from here on there is nothing to go on with
            for file in self.path.iterdir():
                if _OURS.fullmatch(file.name):
                    file.unlink()
            self._cut(_ERRORS, 0)
        self.append(manifest.of_run(fields, day, self.add_errors(errors)))

    def go_on(self, found: Manifest) -> None:
        """Cut what stands behind the whole lines of the manifest, and behind the errors of the shards that it names."""
        with self._told("written"):
            self._cut(_MANIFEST, found.size)
            self._cut(_ERRORS, found.errors_end)

    def append(self, line: bytes) -> None:
        """Add a line to the manifest, once all that it tells of is on disk."""
        self._add(_MANIFEST, line)

    def add_errors(self, rows: Iterable[Row]) -> int:
        """Add to the file of errors, and say where it then ends."""
        return self._add(_ERRORS, b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows))

    def _add(self, name: str, data: bytes) -> int:
        with self._told("written"), (self.path / name).open("ab") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            return file.tell()

    def _cut(self, name: str, size: int) -> None:
        with (self.path / name).open("ab") as file:
            if file.tell() < size:
                raise InputError(
                    f"{files.name(self.path / name)}: is shorter than it was; begin anew with --restart, or choose"
                    " another folder"
                )
            file.truncate(size)
            os.fsync(file.fileno())

    @contextmanager
    def _told(self, doing: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise files.refusal(self.path, error, doing=doing) from error


@contextmanager
def opened(path: Path) -> Iterator[Folder]:
    """The folder at `path`, made if need be, for this run alone.

    Raises:
        InputError: it cannot be made, or another run is at work in it.
    """
    from filelock import FileLock, Timeout

    try:
        path.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path / _LOCK, timeout=_PATIENCE)
        lock.acquire()
    except Timeout:
        raise InputError(
            f"{files.name(path)}: another run is writing there; wait for its end, or choose another folder"
        ) from None
    except NotImplementedError:  # what filelock raises where the system knows no locks
        raise InputError(
            f"{files.name(path)}: the file system does not let one run keep others out; choose a folder on another"
        ) from None
    except OSError as error:
        raise files.refusal(path, error, doing="written") from error
    try:
        yield Folder(path)
    finally:
        with suppress(OSError):
            lock.release()
