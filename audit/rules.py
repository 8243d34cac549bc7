"""Folders of rule files into `Rules`, or into every error of every file at once.

A folder holds ``patterns/**/*.toml``, ``checks/*.toml``, ``policies/*.toml``, ``lexicons/*.txt`` and
``gazetteer/*.tsv``, all optional but in the folder that comes with the package. A pattern, policy, lexicon or gazetteer
of a later folder replaces the one of the same name, a check the one of the same code.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType

from audit import gazetteer
from audit.errors import RuleError
from audit.policyfile import read_policy
from audit.rule import Check, Pattern, Policy, Rules
from audit.rulefile import Draft, read_check, read_pattern

PARTS = ("patterns", "checks", "policies", "lexicons", "gazetteer")


def default_dir() -> Path:
    """The rules that come with the package: beside it in a checkout, inside it once installed."""
    inside = Path(__file__).parent / "rules_data"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "rules"


def load(folders: Sequence[Path] = (), *, all_cues: bool = False) -> Rules:
    """The package's rules, with those of `folders` added or put in their place.

    Args:
        all_cues: with the optional patterns, which find what people want, back or bring up, and not only say.

    Raises:
        RuleError: listing every error of every file, one a line, each with file and line.
    """
    errors = []
    for folder in folders:
        if not folder.is_dir():
            errors.append(f"{folder}: no such folder of rules")
        elif not any((folder / part).is_dir() for part in PARTS):
            errors.append(f"{folder}: holds none of {', '.join(f'{part}/' for part in PARTS)}")
    if errors:
        raise RuleError("\n".join(errors))
    return wanted(_load((default_dir(), *folders)), all_cues=all_cues) if folders else _default(all_cues)


@cache  # those of the package do not change under a running program; a user's may
def _default(all_cues: bool) -> Rules:
    return wanted(_shipped(), all_cues=all_cues)


@cache
def _shipped() -> Rules:
    return _load((default_dir(),))


def wanted(rules: Rules, *, all_cues: bool) -> Rules:
    """`rules` with or without the optional patterns."""
    return replace(rules, patterns=tuple(one for one in rules.patterns if all_cues or not one.optional))


def _load(folders: tuple[Path, ...]) -> Rules:
    errors: list[str] = []
    lexicons: dict[str, frozenset[str]] = {}
    patterns: dict[str, Pattern] = {}
    checks: dict[str, Check] = {}
    policies: dict[str, Policy] = {}
    for folder in folders:
        for path in sorted((folder / "lexicons").glob("*.txt")):
            lexicons[path.stem] = _lexicon(path, errors)
    for folder in folders:
        root = folder / "patterns"
        for path in sorted(root.rglob("*.toml")):
            name = ".".join(path.relative_to(root).with_suffix("").parts)
            if draft := drafted(path, errors):
                if pattern := read_pattern(draft, name, lexicons):
                    patterns[name] = pattern
                errors += draft.errors
        own: dict[str, Path] = {}
        for path in sorted((folder / "checks").glob("*.toml")):
            if draft := drafted(path, errors):
                if check := read_check(draft, path.stem):
                    if own.setdefault(check.code, path) != path:
                        draft.wrong("code", f"{check.code} is taken by {own[check.code]}: choose another")
                    checks[check.code] = check
                errors += draft.errors
    codes = {path.stem.partition("-")[0] for folder in folders for path in (folder / "checks").glob("*.toml")}
    for folder in folders:
        for path in sorted((folder / "policies").glob("*.toml")):
            if draft := drafted(path, errors):
                if policy := read_policy(draft, codes):
                    policies[policy.name] = policy
                errors += draft.errors
    try:
        places = gazetteer.load(next(f / "gazetteer" for f in reversed(folders) if (f / "gazetteer").is_dir()))
    except RuleError as error:
        errors.append(str(error))
    if errors:
        raise RuleError("\n".join(errors))
    return Rules(
        patterns=tuple(sorted(patterns.values(), key=lambda pattern: (-pattern.priority, pattern.id))),
        checks=tuple(checks[code] for code in sorted(checks)),
        lexicons=MappingProxyType(lexicons),
        gazetteer=places,
        policies=MappingProxyType(policies),
    )


def _text(path: Path, errors: list[str]) -> str | None:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        errors.append(f"{path}:{line}: not UTF-8 (byte {error.start}): save the file as UTF-8")
    except OSError as error:
        errors.append(f"{path}: cannot be read ({error.strerror})")
    return None


def drafted(path: Path, errors: list[str]) -> Draft | None:
    """The TOML file at `path`; None, with what is wrong in `errors`, when it is none."""
    text = _text(path, errors)
    if text is None:
        return None
    try:
        return Draft(path, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+)", str(error))
        line = place[1] if place else text.count("\n") + 1  # "(at end of document)"
        errors.append(f"{path}:{line}: not TOML: {error}")
    return None


def _lexicon(path: Path, errors: list[str]) -> frozenset[str]:
    entries: list[str] = []
    for number, line in enumerate((_text(path, errors) or "").split("\n"), 1):
        entry = line.partition("#")[0].strip()
        if not entry:
            continue
        if entry != entry.lower():
            errors.append(f"{path}:{number}: {entry}: entries are lower case")
        if entries and entry <= entries[-1]:
            errors.append(f"{path}:{number}: {entry}: entries are sorted, each once (it stands after {entries[-1]})")
        entries.append(entry)
    return frozenset(entries)
