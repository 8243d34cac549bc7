"""Arguments -> how files are read, and the one article of a command that wants one."""

import argparse
import logging
from collections.abc import Callable
from pathlib import Path

from audit import files, readers
from audit.errors import InputError
from audit.model import Article
from audit.readers import Intake, Limits
from audit.remember import Warn


def intake(args: argparse.Namespace, warn: Warn, fail: Callable[[str, InputError], None]) -> Intake:
    """How files are read; see Intake."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it has a line for each damage; what it comes to we say
    limits = Limits(megabytes=args.max_megabytes, characters=args.max_characters)
    return Intake(args.encoding, limits, warn, fail)


def one(path: Path, args: argparse.Namespace, warn: Warn) -> Article:
    """The article at `path`.

    Raises:
        InputError: it cannot be read, or there are several in it.
    """
    name = files.name(path)

    def refuse(_: str, error: InputError) -> None:
        raise error

    found = list(readers.read(name, files.read(path, megabytes=args.max_megabytes), intake(args, warn, refuse)))
    if len(found) != 1:
        raise InputError(f"{name}: {len(found)} articles in one file; give one of them in a file of its own")
    return found[0]
