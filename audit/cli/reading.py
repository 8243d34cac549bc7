"""Arguments -> how files are read, and the one article of a command that wants one."""

import argparse
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from audit import files, readers
from audit.errors import InputError
from audit.model import Article
from audit.readers import Intake, Limits
from audit.remember import Warn
from audit.settings import LIMITS


def name_of(path: Path) -> str:
    """What reports call the file at `path`: a name that is no UTF-8 could not be written in one."""
    return "stdin" if path == files.STDIN else str(path).encode(errors="surrogateescape").decode(errors="replace")


def limits(args: argparse.Namespace, said: Mapping[str, int] = MappingProxyType({})) -> Limits:
    """What a file may be at most: what `args` say, else what settings have `said`."""
    given = {name: most for name in LIMITS if (most := getattr(args, f"max_{name}")) is not None}
    return replace(Limits(), **{**said, **given})


def one(path: Path, args: argparse.Namespace, limits: Limits, warn: Warn) -> Article:
    """The article at `path`.

    Raises:
        InputError: it cannot be read, or there are several in it.
    """
    name = name_of(path)

    def refuse(_: str, error: InputError) -> None:
        raise error

    intake = Intake(args.encoding, limits, warn, refuse)
    found = list(readers.read(name, files.read(path, megabytes=limits.megabytes), intake))
    if len(found) != 1:
        raise InputError(f"{name}: {len(found)} articles in one file; give one of them in a file of its own")
    return found[0]
