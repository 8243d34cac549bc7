"""The arguments that say which checks are used, and what is silenced. Nothing heavy is imported here."""

import argparse
from pathlib import Path


def add_choice(command: argparse.ArgumentParser) -> None:
    """Which settings, which policy, which checks."""
    group = command.add_argument_group("policy and settings")
    group.add_argument("--policy", metavar="NAME", help="default, strict, wire, bbc, one of --rules, or a .toml file")
    for name, help_ in (
        ("--select", "use these checks only: codes or their beginnings, or ALL, with commas between"),
        ("--extend-select", "use these checks, too"),
        ("--ignore", "do not use these checks"),
    ):
        group.add_argument(name, type=_selectors, action="extend", metavar="CODES", help=help_)
    which = group.add_mutually_exclusive_group()
    which.add_argument(
        "--config",
        type=Path,
        metavar="FILE",
        help="settings; default: the next quote-audit.toml or pyproject.toml above",
    )
    which.add_argument("--no-config", action="store_true", help="no settings but the command's own")


def add_silence(command: argparse.ArgumentParser) -> None:
    """What is approved and what is known, and when that makes a run fail."""
    group = command.add_argument_group("approvals and baseline")
    group.add_argument("--approvals", type=Path, metavar="FILE", help="leave out findings that an editor has approved")
    baseline = group.add_mutually_exclusive_group()
    baseline.add_argument("--baseline", type=Path, metavar="FILE", help="leave out findings that this file knows")
    baseline.add_argument(
        "--write-baseline", type=Path, metavar="FILE", help="write all findings to this file, and leave them out"
    )
    group.add_argument("--exit-zero", action="store_true", help="exit with 0 even if --fail-on finds something")


def _selectors(text: str) -> list[str]:
    found = [part for part in map(str.strip, text.split(",")) if part]
    if not found:
        raise argparse.ArgumentTypeError("names no check: give codes or their beginnings, as in A004,F, or ALL")
    return found
