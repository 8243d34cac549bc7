"""Whether what a run writes may be written where its arguments say, so that no run destroys what it reads."""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from audit import files
from audit.cli import reports
from audit.cli.plans import Plan
from audit.errors import InputError
from audit.settings import Settings


def check(
    args: argparse.Namespace, articles: Iterable[Path], every: Sequence[Plan], settings: Sequence[Settings]
) -> None:
    """Refuse outputs that cannot be written, or that are something else already. A baseline may be written anew.

    Args:
        every: the plans of the run.
        settings: all that has been read, also where options go before it.

    Raises:
        InputError: naming the output and what it is.
    """
    kept = {path.resolve(): what for path, what in _kept(args, articles, every, settings)}
    sayings: list[Plan | Settings] = [*every, *settings]
    baselines = {one.baseline.resolve() for one in sayings if one.baseline}
    into_folder = every[0].format in reports.DOCUMENTS and args.output and args.output.is_dir()
    if args.output and not into_folder:
        _check(args.output, kept | dict.fromkeys(baselines, "the baseline"))
        kept[args.output.resolve()] = "where the report goes"
    if args.write_baseline:
        _check(args.write_baseline, kept)


def _kept(
    args: argparse.Namespace, articles: Iterable[Path], every: Sequence[Plan], settings: Sequence[Settings]
) -> Iterator[tuple[Path, str]]:
    yield from ((path, "one of the articles") for path in articles)
    if args.config:
        yield args.config, "the settings file"
    yield from ((one.path, "the settings file") for one in settings)
    sayings: list[Plan | Settings] = [*every, *settings]
    yield from ((one.approvals, "the approvals file") for one in sayings if one.approvals)
    layers = [layer for plan in every for layer in plan.layers]
    layers += [layer for one in settings for layer in (one.layer, *(override.layer for override in one.overrides))]
    yield from ((layer.policy.path, "a policy") for layer in layers if layer.policy)


def _check(output: Path, kept: dict[Path, str]) -> None:
    if what := kept.get(output.resolve()):
        raise InputError(f"{output}: cannot be written: it is {what}; choose another name")
    files.check_writable(output)
