"""What governs a run -> the fields that name it: runs with the same ones give the same results of the same files."""

import argparse
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import audit
from audit import files, rules
from audit.cli import caching
from audit.cli.plans import Plan
from audit.errors import InputError
from audit.limits import Limits

Fields = Mapping[str, str | int | None]

NAMES: Mapping[str, str] = {
    "version": "version of quote-audit",
    "code": "version of quote-audit",
    "models": "models",
    "rules": "rules",
    "settings": "settings",
    "silencing": "approvals or baseline",
    "format": "--format",
    "encoding": "--encoding",
    "limits": "--max-characters, --max-megabytes or --max-paragraphs",
    "files_a_shard": "version of quote-audit",
    "files": "list of files",
    "names": "list of files",
}
"""What to say of each field when it is another one."""


def fields(
    args: argparse.Namespace,
    form: str,
    governed: Sequence[tuple[Path, int]],
    missing: Iterable[InputError],
    plans: Sequence[Plan],
    a_shard: int,
) -> Fields:
    """What names a run over those files, each governed by that of `plans`, which writes `form`.

    Args:
        missing: what is wrong with paths that lead to no file.
        a_shard: the number of files whose results go into one.

    Raises:
        ModelError: there are no such models.
    """
    folders = dict.fromkeys(folder for plan in plans for folder in (rules.default_dir(), *plan.folders))
    parts = [folder / part for folder in folders for part in rules.PARTS]
    silencing = [path for plan in plans for path in (plan.approvals, plan.baseline) if path]
    return {
        "version": audit.__version__,
        "code": _content(sorted(Path(audit.__file__).parent.rglob("*.py"))),
        "models": _digest([caching.identity(args.models)]),
        "rules": _content(path for part in parts for path in sorted(part.rglob("*.*")) if path.is_file()),
        "settings": _digest(
            repr(replace(plan, format="", limits=Limits())) for plan in plans
        ),  # format and limits stand here
        "silencing": _content(silencing),
        "format": form,
        "encoding": args.encoding,
        "limits": _digest(repr(plan.limits) for plan in plans),
        "files_a_shard": a_shard,
        "files": len(governed),
        "names": _digest([*(f"{plan} {files.name(path)}" for path, plan in governed), *map(str, missing)]),
    }


def changed(then: Fields, now: Fields) -> list[str]:
    """What is another one, in words."""
    return list(dict.fromkeys(what for key, what in NAMES.items() if then.get(key) != now[key]))


def day(plans: Sequence[Plan], today: date) -> str | None:
    """The day that a run with `plans` depends on, as approvals hold until one; None where there are none."""
    return today.isoformat() if any(plan.approvals for plan in plans) else None


def _content(paths: Iterable[Path]) -> str:
    return _digest(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in paths)


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
