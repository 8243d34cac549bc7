"""Articles -> what governs each: its settings, policy and rules. Articles that are governed alike share one plan."""

import argparse
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from audit import files, policy, readers, rules, settings
from audit.cli import reading
from audit.cli.reports import DEFAULT, DOCUMENTS, FORMATS
from audit.errors import InputError, SettingsError
from audit.limits import Limits
from audit.model import Severity
from audit.policy import Layer
from audit.readers import Intake
from audit.rule import Choice, Rules
from audit.settings import Settings

COMMAND_LINE = "command line"


Load = Callable[[tuple[Path, ...]], Rules]
"""All the rules of some folders and of the package; raises a RuleError when they are wrong."""


def loader() -> Load:
    """What loads the rules of a run, those of the same folders once."""
    return cache(lambda folders: rules.load(folders, all_cues=True))


@dataclass(frozen=True, slots=True)
class Plan:
    """What governs an article. It can go from one process to another, which the rules that it makes cannot."""

    folders: tuple[Path, ...]
    all_cues: bool
    layers: tuple[Layer, ...]
    fail_on: Severity | None
    approvals: Path | None
    baseline: Path | None
    format: str
    limits: Limits
    settings: Path | None

    def rules(self, load: Load) -> Rules:
        """The rules that it leaves of those of its folders, with their settings."""
        return policy.applied(rules.wanted(load(self.folders), all_cues=self.all_cues), self.layers)


@dataclass(frozen=True, slots=True)
class Plans:
    """The plans of a run, made from its arguments as articles come."""

    args: argparse.Namespace
    load: Load = field(default_factory=loader)
    every: list[Plan] = field(default_factory=list)
    _by_folder: dict[Path, Settings | None] = field(default_factory=dict)
    _read: dict[Path, Settings] = field(default_factory=dict)
    _places: dict[tuple[Path | None, tuple[Layer, ...]], int] = field(default_factory=dict)

    def govern(self, paths: Iterable[Path]) -> list[tuple[Path, int]]:
        """Each of `paths` with the place of its plan in `every`; a baseline or report among the files of a folder is
        left out.

        Raises:
            SettingsError: listing every error of every settings file and of the arguments, one a line.
            RuleError: a rule file is wrong.
        """
        governed = []
        errors: dict[str, None] = {}
        for path in paths:
            try:
                plan = self.of(path)
                if not self._is_own(path, self.every[plan]):
                    governed.append((path, plan))
            except SettingsError as error:
                errors[str(error)] = None
        if errors:
            raise SettingsError("\n".join(errors))
        return governed

    def of(self, path: Path) -> int:
        """The place in `every` of what governs the article, or the articles of the folder, at `path`.

        Raises:
            SettingsError: its settings or the arguments are wrong.
            RuleError: a rule file is wrong.
        """
        article = Path(os.path.abspath(path))  # noqa: PTH100  # the folder that a link stands in governs it
        found = self._settings(Path.cwd() if path == files.STDIN else article if article.is_dir() else article.parent)
        layers = found.layers(os.path.relpath(article, found.path.parent).replace(os.sep, "/")) if found else ()
        key = (found.path if found else None, layers)
        if key not in self._places:  # a plan for each of 100,000 articles would take seconds
            plan = self._plan(found, layers)
            if plan not in self.every:
                self.every.append(plan)
            self._places[key] = self.every.index(plan)
        return self._places[key]

    def _is_own(self, path: Path, plan: Plan) -> bool:
        """Whether it is a file that the run writes or knows, and no article: a report or baseline of an earlier run."""
        own = (self.args.output, self.args.write_baseline, plan.baseline)
        alike = {file.resolve() for file in own if file and file.name == path.name}
        if not alike or path.resolve() not in alike or path in map(Path, self.args.paths):
            return False
        try:
            name, data = files.name(path), files.read(path, megabytes=plan.limits.megabytes)
            return next(readers.read(name, data, Intake(limits=plan.limits)), None) is None
        except InputError:
            return True

    def here(self) -> Plan:
        """What would govern an article in the current folder, for a run that has none."""
        found = self._settings(Path.cwd())
        return self._plan(found, found.layers("") if found else ())

    @property
    def settings(self) -> list[Settings]:
        """All that have been read so far."""
        return list(self._read.values())

    def _settings(self, folder: Path) -> Settings | None:
        if self.args.no_config:
            return None
        if folder not in self._by_folder:
            path = self.args.config or settings.find(folder)
            self._by_folder[folder] = self._settings_at(_shown(path)) if path else None
        return self._by_folder[folder]

    def _settings_at(self, path: Path) -> Settings:
        if path not in self._read:
            more = tuple(self.args.rules)
            self._read[path] = settings.read(path, self.load, formats=(*FORMATS, *DOCUMENTS), more=more)
        return self._read[path]

    def _plan(self, found: Settings | None, layers: tuple[Layer, ...]) -> Plan:
        args = self.args
        folders = (*(found.rules if found else ()), *args.rules)
        loaded = self.load(folders)
        said = (*layers, _said(args, loaded))
        own = policy.own(loaded.checks, self.load(()).checks)
        return Plan(
            folders=folders,
            all_cues=args.all_cues or bool(found and found.all_cues),
            layers=policy.stacked(said, settings.policy(policy.DEFAULT, Path(), loaded), own),
            fail_on=args.fail_on or (found.fail_on if found else None),
            approvals=args.approvals or (found.approvals if found else None),
            baseline=args.baseline or (found.baseline if found else None),
            format=args.format or (found.format if found else None) or DEFAULT,
            limits=reading.limits(args, dict(found.limits) if found else {}),
            settings=found.path if found else None,
        )


def _said(args: argparse.Namespace, loaded: Rules) -> Layer:
    """What the arguments say of the checks that are loaded."""
    codes = {check.code for check in loaded.checks}
    errors = [
        f"--{name}: {wrong}"
        for name in ("select", "extend-select", "ignore")
        for selector in getattr(args, name.replace("-", "_")) or ()
        if (wrong := policy.unknown(selector, codes))
    ]
    named = None
    if args.policy is not None:
        try:
            named = settings.policy(args.policy, Path(), loaded)
        except SettingsError as error:
            errors.append(str(error) if args.policy.endswith(".toml") else f"--policy: {error}")
    if errors:
        raise SettingsError("\n".join(errors))
    select = tuple(args.select) if args.select is not None else None
    choice = Choice(select, tuple(args.extend_select or ()), tuple(args.ignore or ()))
    return Layer(COMMAND_LINE, choice, named)


def _shown(path: Path) -> Path:
    """The path from here, where that is shorter."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
