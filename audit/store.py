"""Keys -> entries and back, in one SQLite file that many processes share and whose size is bounded.

Each entry is stored with a checksum of it and its key: what comes back is what was put there, or `Damaged` is raised.
SQLite's write-ahead log keeps the file whole when a process is killed, and when the power fails, at the price of the
last batches.

When a batch takes the file past its bound, the least recently used entries go until a tenth of it is free, so that this
happens once in many batches. Use is noted to the hour: to read what was read just before writes nothing.
"""

import hashlib
import os
import sqlite3
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

_COMPANIONS = ("-wal", "-shm", "-journal")  # what SQLite puts beside the file
_SCHEMA = """
CREATE TABLE IF NOT EXISTS parse (key BLOB PRIMARY KEY, used INTEGER NOT NULL, stored BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS parse_used ON parse (used);
"""
_PATIENCE = 10  # seconds to wait for another process, which writes a batch in some milliseconds
_HOUR = 3600
_LATEST = 2**36  # seconds since 1970: the year 4147
_FULL = 0.9  # of the bound, once entries had to go
_LOG = 8_000_000  # bytes of the write-ahead log that may stay on disk
_AT_ONCE = 500  # keys in a query; older SQLite takes 999
_SUM = 16  # bytes of a checksum


class Damaged(Exception):
    """An entry is not what was stored."""


class Content(NamedTuple):
    """What a file holds; `oldest` and `newest` use in seconds since 1970, None when there is none."""

    entries: int
    oldest: int | None
    newest: int | None


def connect(path: Path) -> sqlite3.Connection:
    """Open the file at `path`, which is made if need be, as is its folder, both for this user's eyes only.

    Raises:
        OSError, sqlite3.Error: it cannot be opened, or is damaged.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # SQLite gives the files that it puts beside this one the same permissions.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    try:
        _set_up(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def get(connection: sqlite3.Connection, keys: Sequence[bytes]) -> dict[bytes, bytes]:
    """The entries of those of the `keys` that have one.

    Raises:
        Damaged, sqlite3.Error: the file is damaged, or cannot be read.
    """
    now = int(time.time())
    found: dict[bytes, bytes] = {}
    unused: list[bytes] = []
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        query = f"SELECT key, stored, used < {now - _HOUR} FROM parse WHERE key IN ({','.join('?' * len(some))})"
        for key, stored, long_ago in connection.execute(query, some):
            if not (isinstance(key, bytes) and isinstance(stored, bytes)):
                raise Damaged("a row is none of this program's")
            entry = stored[_SUM:]
            if stored[:_SUM] != _checksum(key, entry):
                raise Damaged("an entry does not match its checksum")
            found[key] = entry
            if long_ago:
                unused.append(key)
    if unused:
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(f"UPDATE parse SET used = {now} WHERE key = ?", [(key,) for key in unused])
    return found


def put(connection: sqlite3.Connection, new: Mapping[bytes, bytes], *, most: int) -> None:
    """Store the `new` entries by key, in one transaction, so that the file has no more than `most` bytes afterwards.

    Raises:
        Damaged, sqlite3.Error: the file is damaged, or cannot be written.
    """
    now = int(time.time())
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(
            f"INSERT OR REPLACE INTO parse (key, used, stored) VALUES (?, {now}, ?)",
            [(key, _checksum(key, entry) + entry) for key, entry in new.items()],
        )
        _make_room(connection, most)
    page, pages = _pragma(connection, "page_size"), _pragma(connection, "page_count")
    if pages * page > most:
        # A script is run to its end; as a statement the module takes one step of it, which frees one page.
        connection.executescript(f"PRAGMA incremental_vacuum({pages - most // page})")


def content(connection: sqlite3.Connection) -> Content:
    """What the file holds.

    Raises:
        Damaged, sqlite3.Error: the file is damaged, or cannot be read.
    """
    entries, oldest, newest = connection.execute("SELECT count(*), min(used), max(used) FROM parse").fetchone()
    if entries and not (isinstance(oldest, int) and isinstance(newest, int) and 0 <= oldest <= newest < _LATEST):
        raise Damaged("a time is none")
    return Content(entries, oldest, newest)


def size(path: Path) -> int:
    """The bytes on disk of the file at `path` and of what belongs to it, 0 if there is none."""
    total = 0
    for file in _files(path):
        with suppress(FileNotFoundError):
            total += file.stat().st_size
    return total


def remove(path: Path) -> None:
    """Remove the file at `path` and what belongs to it, if there is one.

    Processes that have it open go on with what they have, and all of it goes when they end.

    Raises:
        OSError: it cannot be removed.
    """
    for file in _files(path):
        file.unlink(missing_ok=True)


def _files(path: Path) -> list[Path]:
    return [path, *(path.with_name(path.name + suffix) for suffix in _COMPANIONS)]


def _checksum(key: bytes, entry: bytes) -> bytes:
    return hashlib.blake2b(entry, key=key, digest_size=_SUM).digest()


def _set_up(connection: sqlite3.Connection) -> None:
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            if not _pragma(connection, "page_count"):  # a new file; in another this would write to no effect
                connection.execute("PRAGMA auto_vacuum=INCREMENTAL")
            connection.execute("PRAGMA journal_mode=WAL")
            break
        except sqlite3.OperationalError as error:
            # While another process does the same to a new file, SQLite does not wait but fails.
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
    connection.execute("PRAGMA synchronous=NORMAL")  # FULL waits for the disk at every batch
    connection.execute("PRAGMA cell_size_check=ON")  # finds damage where it is, not where it leads to
    connection.execute(f"PRAGMA journal_size_limit={_LOG}")
    connection.executescript(_SCHEMA)


def _make_room(connection: sqlite3.Connection, most: int) -> None:
    """Delete the entries that have not been used for longest, if those that there are take more than `most` bytes."""
    page = _pragma(connection, "page_size")
    while (taken := (_pragma(connection, "page_count") - _pragma(connection, "freelist_count")) * page) > most:
        (entries,) = connection.execute("SELECT count(*) FROM parse").fetchone()
        if not entries:
            break
        surplus = int(entries * (1 - _FULL * most / taken)) + 1
        longest_unused = f"SELECT rowid FROM parse ORDER BY used, rowid LIMIT {surplus}"
        if not connection.execute(f"DELETE FROM parse WHERE rowid IN ({longest_unused})").rowcount:
            raise Damaged("entries cannot be deleted")


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])
