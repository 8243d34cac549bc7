"""A store that cannot fail: what is wrong with it is told once, as a warning, and then nothing is found in it.

An audit does not depend on the cache. A file that cannot be used is left alone; one found damaged is removed and begun
anew, as all that it held can be parsed again.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self, TypeVar

from audit import store

FILE = "parses.sqlite3"

# What says that a file cannot be used here and now. All else that SQLite complains of is damage.
_UNUSABLE = {
    sqlite3.SQLITE_AUTH,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOLFS,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_READONLY,
}

_Result = TypeVar("_Result")


@dataclass(slots=True)
class Cache:
    """The entries in the file at `path`, by key; a context manager that closes it.

    `most` is how many bytes the file may have. `warn` is told once when the file is damaged or cannot be used.
    """

    path: Path
    most: int
    warn: Callable[[str], None]
    _connection: sqlite3.Connection | None = field(default=None, init=False, repr=False)
    _begun_anew: bool = field(default=False, init=False, repr=False)
    _given_up: bool = field(default=False, init=False, repr=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def get(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The entries of those of the `keys` that have one."""
        return self._try(lambda connection: store.get(connection, keys)) or {}

    def put(self, new: Mapping[bytes, bytes]) -> None:
        """Keep the `new` entries, by key."""
        self._try(lambda connection: store.put(connection, new, most=self.most))

    def content(self) -> store.Content | None:
        """What is in it, None when it cannot be used."""
        return self._try(store.content)

    def _try(self, task: Callable[[sqlite3.Connection], _Result]) -> _Result | None:
        """The result of the task, None when it cannot be done."""
        if self._given_up:
            return None
        try:
            if self._connection is None:
                self._connection = store.connect(self.path)
            return task(self._connection)
        except (OSError, sqlite3.Error, store.Damaged) as error:
            self._close()
            if _is_damage(error) and not self._begun_anew:
                self._begin_anew()
            else:
                self._give_up(error)
            return None

    def _close(self) -> None:
        if self._connection:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def _begin_anew(self) -> None:
        self._begun_anew = True
        try:
            store.remove(self.path)
        except OSError as error:
            self._give_up(error)
        else:
            self.warn(f"{self.path}: the cache was damaged and has been begun anew; what it held is parsed again")

    def _give_up(self, error: Exception) -> None:
        self._given_up = True
        reason = ((error.strerror if isinstance(error, OSError) else None) or str(error)).lower()
        self.warn(
            f"{self.path}: the cache cannot be used ({reason}), so every paragraph is parsed; name another folder with"
            " --cache DIR, or do without with --no-cache"
        )


def _is_damage(error: Exception) -> bool:
    if isinstance(error, sqlite3.Error):
        # An error that is none of SQLite's but of the module that wraps it has no code.
        return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF not in _UNUSABLE
    return isinstance(error, store.Damaged)
