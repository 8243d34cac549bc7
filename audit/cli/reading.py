"""Arguments -> how files are read, and the articles of a command that takes one file."""

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


def articles(path: Path, args: argparse.Namespace, limits: Limits, warn: Warn) -> list[Article]:
    """The articles in the file at `path`; of those that cannot be read, one of several is only warned of.

    Raises:
        InputError: the file cannot be read, or none of its articles.
    """
    name = files.name(path)
    refused: list[InputError] = []

    def refuse(_: str, error: InputError) -> None:
        refused.append(error)

    how = replace(intake(args, warn, refuse), limits=limits)
    found = list(readers.read(name, files.read(path, megabytes=limits.megabytes), how))
    if not found:
        raise refused[0] if refused else InputError(f"{name}: there is no article in it")
    for error in refused:
        warn(str(error))
    return found
