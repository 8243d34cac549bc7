"""Settings files: found from an article upwards, read, and refused with every error at once."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any, get_args

from audit import globs, rules
from audit.errors import SettingsError
from audit.model import Severity
from audit.pattern import nearest
from audit.policy import Layer
from audit.policyfile import CHOICE_KEYS, read_choice, read_policy, selectors
from audit.rule import Choice, Policy, Rules
from audit.rulefile import Draft
from audit.tables import Table

FILE = "quote-audit.toml"
PYPROJECT = "pyproject.toml"
_TABLE = "quote-audit"
_NAMES = re.compile("quote[-_]?audit", re.IGNORECASE)  # what the table may have been called
_OVERRIDE_KEYS = ("policy", *CHOICE_KEYS)
LIMITS = ("characters", "megabytes", "paragraphs")
"""Those of audit.limits.Limits that settings and options set, as ``max-characters``."""
KEYS = (
    *_OVERRIDE_KEYS,
    "rules",
    "fail-on",
    "approvals",
    "baseline",
    "all-cues",
    "format",
    *(f"max-{name}" for name in LIMITS),
    "per-file-ignores",
    "overrides",
)


@dataclass(frozen=True, slots=True)
class Override:
    """What is said of the articles at some paths only."""

    paths: tuple[str, ...]  # globs, from the folder of the settings file
    layer: Layer


@dataclass(frozen=True, slots=True)
class Settings:
    """What a settings file says; None where it says nothing. Its paths are read from its own folder."""

    path: Path
    layer: Layer
    overrides: tuple[Override, ...]
    rules: tuple[Path, ...]
    fail_on: Severity | None
    approvals: Path | None
    baseline: Path | None
    all_cues: bool | None
    format: str | None
    limits: tuple[tuple[str, int], ...]  # those of LIMITS that it sets

    def layers(self, path: str) -> tuple[Layer, ...]:
        """What is said of the article at `path`, from the folder of the file; what is said last counts most."""
        meant = (one.layer for one in self.overrides if any(globs.matches(glob, path) for glob in one.paths))
        return (self.layer, *meant)


def find(folder: Path) -> Path | None:
    """The settings file that governs articles in `folder`, absolute: the closest in it or above it.

    A quote-audit.toml goes before a pyproject.toml beside it, and a pyproject.toml without our table counts as none.

    Raises:
        SettingsError: a pyproject.toml that names quote-audit is no TOML, or has our table under another name.
    """
    for above in (folder, *folder.parents):
        if _is_file(above / FILE):
            return above / FILE
        if _is_file(above / PYPROJECT) and _has_table(above / PYPROJECT):
            return above / PYPROJECT
    return None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # in a folder above that may not be looked into
        return False


def _has_table(path: Path) -> bool:
    try:
        if not _NAMES.search(path.read_text(encoding="utf-8", errors="replace")):
            return False
    except OSError:
        return False
    errors: list[str] = []
    draft = rules.drafted(path, errors)
    if draft is None:
        raise SettingsError("\n".join(errors))
    _misnamed(draft)
    if draft.errors:
        raise SettingsError("\n".join(draft.in_order))
    return _TABLE in _tools(draft)


def _tools(draft: Draft) -> Mapping[str, Any]:
    tools = draft.data.get("tool")
    return tools if isinstance(tools, dict) else {}


def _misnamed(draft: Draft) -> None:
    """Refuse our table under a name that is nearly its own, where there is none of that."""
    tools = _tools(draft)
    for name in tools:
        if _TABLE not in tools and _NAMES.fullmatch(name):
            draft.wrong(f"tool.{name}", f"settings are in [tool.{_TABLE}]: write it so")


def read(
    path: Path, load: Callable[[tuple[Path, ...]], Rules], *, formats: tuple[str, ...], more: tuple[Path, ...] = ()
) -> Settings:
    """The settings in the file at `path`.

    Args:
        load: loads the rules of folders, whose checks and policies settings may name.
        formats: of reports, by name.
        more: folders of rules besides those that the file names.

    Raises:
        SettingsError: listing every error of the file, one a line, each with its line.
        RuleError: a folder of rules that it names has errors.
    """
    errors: list[str] = []
    draft = rules.drafted(path, errors)
    if draft is None:
        raise SettingsError("\n".join(errors))
    table = Table(draft, draft.data)
    if path.name == PYPROJECT:
        _misnamed(draft)
        table = table.table("tool").table(_TABLE)
    elif _TABLE in _tools(draft):
        table.wrong(f"tool.{_TABLE}", f"keys stand without a table here: leave [tool.{_TABLE}] to a {PYPROJECT}")
        table = replace(table, values={key: value for key, value in draft.data.items() if key != "tool"})
    table.known(KEYS)
    folders = _folders(table, path.parent)
    loaded = load((*folders, *more))
    codes = {check.code for check in loaded.checks}
    overrides = [_override(one, loaded, codes, path) for one in table.tables("overrides")]
    found = Settings(
        path=path,
        layer=_layer(table, loaded, codes, path),
        overrides=(*overrides, *_ignores(table.table("per-file-ignores"), codes, path)),
        rules=folders,
        fail_on=table.choice("fail-on", get_args(Severity)),
        approvals=_file(table, "approvals", path.parent),
        baseline=path.parent / baseline if (baseline := table.text("baseline")) else None,
        all_cues=table.flag("all-cues"),
        format=table.choice("format", formats),
        limits=tuple((name, most) for name in LIMITS if (most := table.positive(f"max-{name}"))),
    )
    if draft.errors:
        raise SettingsError("\n".join(draft.in_order))
    return found


def policy(name: str, folder: Path, loaded: Rules) -> Policy:
    """The policy of that name or, where it ends in .toml, in that file, whose path is read from `folder`.

    Raises:
        SettingsError: there is none, or the file has errors.
    """
    if name.endswith(".toml"):
        errors: list[str] = []
        draft = rules.drafted(folder / name, errors)
        found = read_policy(draft, {check.code for check in loaded.checks}) if draft else None
        if draft is None or found is None:
            raise SettingsError("\n".join(errors + (draft.in_order if draft else [])))
        return found
    if name not in loaded.policies:
        known = ", ".join(sorted(loaded.policies))
        raise SettingsError(f'"{name}" is none of {known}{nearest(name, loaded.policies)}, nor a .toml file')
    return loaded.policies[name]


def _folders(table: Table, folder: Path) -> tuple[Path, ...]:
    found = []
    for name in table.texts("rules") or ():
        if (folder / name).is_dir():
            found.append(folder / name)
        else:
            table.wrong("rules", f"{name}: no such folder of rules", name)
    return tuple(found)


def _file(table: Table, key: str, folder: Path) -> Path | None:
    name = table.text(key)
    if name is None:
        return None
    if not (folder / name).is_file():
        table.wrong(key, f"{name}: there is no such file")
    return folder / name


def _layer(table: Table, loaded: Rules, codes: Collection[str], path: Path, of: str = "") -> Layer:
    named, found = table.text("policy"), None
    if named is not None and named.endswith(".toml") and not (path.parent / named).is_file():
        table.wrong("policy", f"{named}: there is no such file")
    elif named is not None:
        try:
            found = policy(named, path.parent, loaded)
        except SettingsError as error:
            if named.endswith(".toml"):
                table.draft.errors.append(str(error))
            else:
                table.wrong("policy", str(error))
    return Layer(f"{path}{of}", read_choice(table, codes), found)


def _override(table: Table, loaded: Rules, codes: Collection[str], path: Path) -> Override:
    table.known(("paths", *_OVERRIDE_KEYS))
    paths = table.texts("paths")
    if not paths and table.values.get("paths", []) == []:
        what = "is empty" if "paths" in table.values else "missing"
        table.wrong("paths", f'{what}: say for which articles, as in paths = ["opinion/"]')
    for glob in paths or ():
        _inside(table, "paths", glob)
    return Override(paths or (), _layer(table, loaded, codes, path, f", overrides of {', '.join(paths or ())}"))


def _ignores(table: Table, codes: Collection[str], path: Path) -> tuple[Override, ...]:
    for glob in table.values:
        _inside(table, glob, glob)
    ignored: Mapping[str, Any] = {glob: selectors(table, glob, codes) for glob in table.values}
    origin = f"{path}, per-file-ignores"
    return tuple(Override((glob,), Layer(origin, Choice(ignore=codes or ()))) for glob, codes in ignored.items())


def _inside(table: Table, key: str, glob: str) -> None:
    """Refuse a glob that no article which the file governs can have."""
    if ".." in glob.split("/") or PurePosixPath(glob).is_absolute() or PureWindowsPath(glob).drive:
        table.wrong(key, f"{glob} is not in the folder of this file: write it from there, as in opinion/", glob)
