"""Turns paths into the files that they stand for, and files into bytes: all that this package reads of articles."""

import os
import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from operator import attrgetter
from pathlib import Path

from audit import lines
from audit.errors import InputError

STDIN = Path("-")
_MEMBER = re.compile(r"#\d+$")  # feed.xml#2 is the second article of feed.xml


def name(path: Path) -> str:
    """What reports and messages call the file at `path`: in one line, and in Unicode."""
    return "stdin" if path == STDIN else lines.one(str(path))


def discover(paths: Iterable[str | Path], suffixes: Collection[str]) -> tuple[list[Path], list[InputError]]:
    """The articles that `paths` stand for, each once and in the order given, and what is wrong with other paths.

    A folder stands for the files in it and in its folders whose names end in one of `suffixes`, sorted, hidden ones
    left out; ``-`` is standard input. Pipes and devices are for those to name who want them read.
    """
    found: dict[str, Path] = {}
    errors: list[InputError] = []

    def fail(error: OSError) -> None:
        errors.append(refusal(Path(error.filename), error))

    for path in map(Path, paths):
        try:
            for real, file in _articles(path, suffixes, fail):
                found.setdefault(real, file)
        except OSError as error:
            errors.append(refusal(Path(error.filename or path), error))
        except InputError as error:
            errors.append(error)
    return list(found.values()), errors


def _articles(path: Path, suffixes: Collection[str], fail: Callable[[OSError], None]) -> Iterator[tuple[str, Path]]:
    """Each article with its whole path without links, by which it is known when it is found again."""
    if path == STDIN:
        yield "-", path
        return
    if not path.exists():
        raise InputError(f"{name(path)}: there is no such file or folder{_holder(path)}")
    if not path.is_dir():
        yield os.path.realpath(path), path
        return
    empty = True
    for found in _walk(path, suffixes, fail):
        empty = False
        yield found
    if empty:
        raise InputError(
            f"{name(path)}: no articles in this folder: no file ends in {', '.join(sorted(suffixes))};"
            " give files with other endings by their names"
        )


def _holder(path: Path) -> str:
    """What to give where `path` is the name in reports of one of several articles in a file."""
    file = next((one for one in (Path(_MEMBER.sub("", str(path))), *path.parents) if one.is_file()), None)
    return f"; it is an article in {name(file)}: give that" if file else ""


def _walk(top: Path, suffixes: Collection[str], fail: Callable[[OSError], None]) -> Iterator[tuple[str, Path]]:
    """The files of a folder and of those in it. `fail` is told of folders that cannot be read."""
    seen: set[str] = set()

    def listed(folder: str, real: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
        if real in seen:  # a link led here
            return
        seen.add(real)
        try:
            with os.scandir(folder) as entries:
                found = sorted(entries, key=attrgetter("name"))
        except OSError as error:
            fail(error)
            return
        for entry in found:
            if not entry.name.startswith("."):
                # To resolve every path takes three times as long for 100,000 files, and minutes in deep folders.
                yield os.path.realpath(entry.path) if entry.is_symlink() else os.path.join(real, entry.name), entry  # noqa: PTH118

    rest = [listed(str(top), os.path.realpath(top))]  # folders in folders can be deeper than calls in calls
    while rest:
        found = next(rest[-1], None)
        if found is None:
            rest.pop()
            continue
        real, entry = found
        if _is(entry, os.DirEntry.is_dir):
            rest.append(listed(entry.path, real))
        elif entry.name.lower().endswith(tuple(suffixes)) and _is(entry, os.DirEntry.is_file):
            yield real, Path(entry.path)


def _is(entry: "os.DirEntry[str]", asked: "Callable[[os.DirEntry[str]], bool]") -> bool:
    """What a file is; none of a link to itself."""
    try:
        return asked(entry)
    except OSError:
        return False


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
        raise refusal(path, error) from error
    if len(data) > most:
        called = "standard input" if path == STDIN else name(path)
        raise InputError(
            f"{called}: more than {megabytes:,} MB, which is hardly one article; split it, or raise the limit with"
            " --max-megabytes"
        )
    return data


def refusal(path: Path, error: OSError, *, doing: str = "read") -> InputError:
    """`error`, met while something was done to the file at `path`, in words."""
    called = "standard input" if path == STDIN else name(path)
    match error:
        case FileNotFoundError() | NotADirectoryError() if doing == "read":
            why = f"there is no such file{_holder(path)}"
        case FileNotFoundError():
            why = f"there is no folder {name(path.parent)}"
        case PermissionError():
            why = "no permission"
        case IsADirectoryError():
            why = "it is a folder"
        case _:
            why = (error.strerror or str(error)).lower()
    return InputError(f"{called}: cannot be {doing}: {why}")
