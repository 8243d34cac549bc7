"""Texts -> files, all or nothing: what is half written is in a file of another name, and goes when a run ends.

A killed run leaves it behind, and the next run that writes to the same place takes it away. One that another run still
writes is told from that by its lock, which the system takes from a process that ends.
"""

import hashlib
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from audit import files
from audit.errors import InputError

if sys.platform != "win32":  # where nobody can take an open file away, which then needs no lock
    import fcntl

Write = Callable[[str | bytes], None]
"""Writes the next piece of a file, texts in UTF-8, their newlines kept; raises InputError when it cannot be written."""

_SUFFIX = ".tmp"
_IN_NO_NAME = re.compile(r'[\x00-\x1f\x7f<>:"|?*\ud800-\udfff]')  # of a file, on some system
_DEVICE = re.compile(r"(?:CON|PRN|AUX|NUL|COM\d|LPT\d)(?:\.|$)", re.IGNORECASE)  # of Windows
_LONGEST_NAME = 60  # characters, of up to four bytes each; file systems take 255


def write_atomic(path: Path, content: str | bytes) -> None:
    """Puts `content` at `path`: all of it or, raising InputError, nothing. Texts are in UTF-8, their newlines kept."""
    with replacing(path) as write:
        write(content)


def inside(folder: Path, name: str) -> Path:
    """A path in `folder` for what is called `name`, whatever that is: folders in it stay, nothing leads out.

    Raises:
        InputError: a link in `folder` leads out of it.
    """
    parts = [_IN_NO_NAME.sub("_", part).strip(" .") for part in re.split(r"[/\\]", name)]
    kept = [f"_{part}" if _DEVICE.match(part) else part[-_LONGEST_NAME:] for part in parts if part]
    path = folder.joinpath(*kept or ["article"])
    if not path.resolve().is_relative_to(folder.resolve()):
        raise InputError(f"{files.name(path)}: not written: a link leads out of {files.name(folder)}")
    return path


@contextmanager
def replacing(path: Path) -> Iterator[Write]:
    """What writes a file that stands at `path` once the block has ended; if by an exception, what stood there before
    still does.

    Raises:
        InputError: it cannot be written.
    """
    with _refused(path):
        path = path.resolve()  # what a link points to is replaced, not the link
        direct = path.exists() and not path.is_file()
        # A device or pipe has no half-written state; a folder is refused.
        handle, temporary = (os.open(path, os.O_WRONLY), None) if direct else _temporary(path)

    def write(piece: str | bytes) -> None:
        rest = memoryview(piece.encode() if isinstance(piece, str) else piece)
        with _refused(path):
            while rest:
                rest = rest[file.write(rest) :]

    try:
        with os.fdopen(handle, "wb", buffering=0) as file:  # what a buffer kept back would fail when it is closed
            yield write
            with _refused(path):
                if temporary:
                    os.fsync(handle)
                    temporary.chmod(_permissions(path))
                    temporary.replace(path)
                    _sync(path.parent)
    except BaseException:  # Ctrl-C too leaves no temporary file
        if temporary:
            with suppress(OSError):
                temporary.unlink()
        raise


def _temporary(path: Path) -> tuple[int, Path]:
    """A new file beside `path`, open and locked, and none of those that runs to `path` have left behind."""
    prefix = f".quote-audit-{hashlib.sha256(os.fsencode(path.name)).hexdigest()[:8]}-"
    for left in path.parent.glob(f"{prefix}*{_SUFFIX}"):
        _clear(left)
    while True:
        handle, made = tempfile.mkstemp(dir=path.parent, prefix=prefix, suffix=_SUFFIX)
        with suppress(OSError):  # where files cannot be locked, none is taken for one left behind
            _lock(handle, wait=True)
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(handle), os.stat(made)):  # noqa: PTH116
                return handle, Path(made)
        os.close(handle)  # another run has just taken it for one left behind


def _clear(left: Path) -> None:
    """Take a temporary file away, if no run writes it."""
    with suppress(OSError):
        if sys.platform == "win32":
            left.unlink()
            return
        handle = os.open(left, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            _lock(handle, wait=False)
            left.unlink()
        finally:
            os.close(handle)


def _lock(handle: int, *, wait: bool) -> None:
    if sys.platform != "win32":
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))


@contextmanager
def _refused(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise files.refusal(path, error, doing="written") from error


def _sync(folder: Path) -> None:
    """Make what has happened to the names in `folder` outlast a power failure, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def check_writable(path: Path) -> None:
    """Raises InputError when `write_atomic` to `path` could not work: better before an hour's audit than after it."""
    folder = path.resolve().parent
    called = files.name(path)
    if path.is_dir():
        raise InputError(f"{called}: cannot be written: it is a folder; name a file in it")
    if not folder.is_dir():
        raise InputError(f"{called}: cannot be written: there is no folder {files.name(folder)}")
    if not os.access(folder, os.W_OK | os.X_OK) and not (path.exists() and not path.is_file()):
        raise InputError(f"{called}: cannot be written: no permission to write in the folder {files.name(folder)}")


def _permissions(path: Path) -> int:
    """Those of the file replaced, or those that a new file gets."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
