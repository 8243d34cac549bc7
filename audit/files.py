"""Turns paths into bytes, and texts into files: all that this package reads of articles and writes of reports."""

import os
import re
import sys
import tempfile
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from audit.errors import InputError

STDIN = Path("-")

_IN_NO_NAME = re.compile(r'[\x00-\x1f\x7f<>:"|?*\ud800-\udfff]')  # of a file, on some system
_DEVICE = re.compile(r"(?:CON|PRN|AUX|NUL|COM\d|LPT\d)(?:\.|$)", re.IGNORECASE)  # of Windows
_LONGEST_NAME = 60  # characters, of up to four bytes each; file systems take 255


def discover(paths: Iterable[str | Path], suffixes: Collection[str]) -> tuple[list[Path], list[InputError]]:
    """The articles that `paths` stand for, each once and in the order given, and what is wrong with other paths.

    A folder stands for the files in it and in its folders whose names end in one of `suffixes`, sorted, hidden ones
    left out; ``-`` is standard input.
    """
    found: dict[Path, Path] = {}
    errors: list[InputError] = []
    for path in map(Path, paths):
        try:
            for file in _articles(path, suffixes):
                found.setdefault(file if file == STDIN else file.resolve(), file)
        except OSError as error:
            errors.append(_refusal(Path(error.filename or path), error))
        except InputError as error:
            errors.append(error)
    return list(found.values()), errors


def _articles(path: Path, suffixes: Collection[str]) -> list[Path]:
    if path == STDIN:
        return [path]
    if not path.exists():
        raise InputError(f"{path}: there is no such file or folder")
    if not path.is_dir():
        return [path]
    files = list(_walk(path, suffixes, set()))
    if not files:
        raise InputError(
            f"{path}: no articles in this folder: no file ends in {', '.join(sorted(suffixes))};"
            " give files with other endings by their names"
        )
    return files


def _walk(folder: Path, suffixes: Collection[str], seen: set[Path]) -> Iterator[Path]:
    real = folder.resolve()
    if real in seen:  # a link led here
        return
    seen.add(real)
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _walk(entry, suffixes, seen)
        elif entry.suffix.lower() in suffixes and entry.is_file():
            yield entry


def read(path: Path, *, megabytes: int) -> bytes:
    """The bytes of the file at `path`, or of standard input.

    Raises:
        InputError: it cannot be read, or has more than `megabytes`.
    """
    most = megabytes * 1_000_000
    try:
        if path == STDIN:
            data = sys.stdin.buffer.read(most + 1)
        else:
            with path.open("rb") as file:
                data = file.read(most + 1)
    except OSError as error:
        raise _refusal(path, error) from error
    if len(data) > most:
        name = "standard input" if path == STDIN else path
        raise InputError(
            f"{name}: more than {megabytes:,} MB, which is hardly one article; split it, or raise the limit with"
            " --max-megabytes"
        )
    return data


def inside(folder: Path, name: str) -> Path:
    """A path in `folder` for what is called `name`, whatever that is: folders in it stay, nothing leads out.

    Raises:
        InputError: a link in `folder` leads out of it.
    """
    parts = [_IN_NO_NAME.sub("_", part).strip(" .") for part in re.split(r"[/\\]", name)]
    kept = [f"_{part}" if _DEVICE.match(part) else part[-_LONGEST_NAME:] for part in parts if part]
    path = folder.joinpath(*kept or ["article"])
    if not path.resolve().is_relative_to(folder.resolve()):
        raise InputError(f"{path}: not written: a link leads out of {folder}")
    return path


def write_atomic(path: Path, content: str | bytes) -> None:
    """Puts `content` at `path`: all of it or, raising InputError, nothing. Texts are in UTF-8, their newlines kept."""
    data = content.encode() if isinstance(content, str) else content
    try:
        path = path.resolve()  # what a link points to is replaced, not the link
        if path.exists() and not path.is_file():
            path.write_bytes(data)  # a device or pipe has no half-written state; a folder is refused
            return
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".quote-audit-", suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(handle)
            Path(temporary).chmod(_permissions(path))
            Path(temporary).replace(path)
        except BaseException:  # Ctrl-C too leaves no temporary file
            with suppress(OSError):
                Path(temporary).unlink()
            raise
    except OSError as error:
        raise _refusal(path, error, doing="written") from error


def check_writable(path: Path) -> None:
    """Raises InputError when `write_atomic` to `path` could not work: better before an hour's audit than after it."""
    folder = path.resolve().parent
    if path.is_dir():
        raise InputError(f"{path}: cannot be written: it is a folder; name a file in it")
    if not folder.is_dir():
        raise InputError(f"{path}: cannot be written: there is no folder {folder}")
    if not os.access(folder, os.W_OK | os.X_OK) and not (path.exists() and not path.is_file()):
        raise InputError(f"{path}: cannot be written: no permission to write in the folder {folder}")


def _permissions(path: Path) -> int:
    """Those of the file replaced, or those that a new file gets."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _refusal(path: Path, error: OSError, *, doing: str = "read") -> InputError:
    name = "standard input" if path == STDIN else path
    match error:
        case FileNotFoundError() if doing == "read":
            why = "there is no such file"
        case FileNotFoundError():
            why = f"there is no folder {path.parent}"
        case PermissionError():
            why = "no permission"
        case IsADirectoryError():
            why = "it is a folder"
        case _:
            why = (error.strerror or str(error)).lower()
    return InputError(f"{name}: cannot be {doing}: {why}")
