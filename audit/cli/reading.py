"""Arguments -> how files are read, and the one article of a command that wants one."""

import argparse
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from audit import files, readers
from audit.errors import InputError
from audit.limits import Limits
from audit.model import Article
from audit.readers import Intake
from audit.remember import Warn
from audit.settings import LIMITS


def intake(args: argparse.Namespace, warn: Warn, fail: Callable[[str, InputError], None]) -> Intake:
    """How files are read; see Intake."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it has a line for each damage; what it comes to we say
    return Intake(args.encoding, warn=warn, fail=fail)


def limits(args: argparse.Namespace, said: Mapping[str, int] = MappingProxyType({})) -> Limits:
    """What a file may be at most: what `args` say, else what settings have `said`."""
    given = {name: most for name in LIMITS if (most := getattr(args, f"max_{name}")) is not None}
    return replace(Limits(), **{**said, **given})


def one(path: Path, args: argparse.Namespace, limits: Limits, warn: Warn) -> Article:
    """The article at `path`.

    Raises:
        InputError: it cannot be read, or there are several in it.
    """
    name = files.name(path)

    def refuse(_: str, error: InputError) -> None:
        raise error

    how = replace(intake(args, warn, refuse), limits=limits)
    found = list(readers.read(name, files.read(path, megabytes=limits.megabytes), how))
    if len(found) != 1:
        raise InputError(f"{name}: {len(found)} articles in one file; give one of them in a file of its own")
    return found[0]
