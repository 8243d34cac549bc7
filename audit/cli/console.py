"""All that is printed: reports to standard output, everything else to standard error."""

import io
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from audit import lines
from audit.errors import InputError

if TYPE_CHECKING:
    from audit.cli.batches import Done

_WIDEST = 160  # columns: longer lines are hard to follow, whatever the terminal


def speak_utf8() -> None:
    """Reports are UTF-8 with newlines as they are; only a terminal gets the characters that it can show."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace", newline="")


def width() -> int:
    """Columns of a table: those of the terminal, 80 where there is none."""
    return min(shutil.get_terminal_size((80, 24)).columns, _WIDEST)


def write(report: str) -> None:
    """Print a piece of a report, at once."""
    try:
        sys.stdout.write(report)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise InputError(f"standard output: cannot be written: {(error.strerror or str(error)).lower()}") from error


def say(message: str) -> None:
    """Tell the user something that is not part of a report."""
    with suppress(OSError):  # who has closed standard error does not want to know
        print(message, file=sys.stderr, flush=True)


def warn(message: str) -> None:
    """Tell the user of something that may surprise."""
    say(f"warning: {lines.one(message)}")


def confess(name: str, said: str, trace: str, *, debug: bool) -> None:
    """Tell of a mistake in this program, with the traceback only for those who will mend it."""
    say(
        f"error: {name}: internal error ({said}). This is a mistake in quote-audit, not in the article: please report"
        " it with the output of the same command with --debug."
    )
    if debug or os.environ.get("QUOTE_AUDIT_DEBUG"):
        say(trace)


def watched(results: Iterable["Done"], total: int, *, done: int = 0, quiet: bool) -> Iterator["Done"]:
    """`results`, of `total` articles of which some are `done`, with a bar on a terminal that shows how many are."""
    if quiet or not sys.stderr.isatty():
        yield from results
        return
    from tqdm import tqdm

    # Loading the models alone takes seconds, so the bar is there from the beginning.
    with tqdm(total=total, initial=done, desc="auditing", unit=" article", leave=False, dynamic_ncols=True) as bar:
        for result in results:
            bar.update(len(result.audits))
            bar.clear()
            yield result
