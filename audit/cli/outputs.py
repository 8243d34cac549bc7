"""Whether what a run writes may be written where its arguments say, so that no run destroys what it reads."""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from audit import writing
from audit.cli import documents
from audit.cli.documents import Kind
from audit.cli.plans import Plan
from audit.errors import InputError
from audit.settings import Settings


def check(
    args: argparse.Namespace,
    articles: Sequence[Path],
    every: Sequence[Plan],
    settings: Sequence[Settings],
    kind: Kind | None = None,
) -> None:
    """Refuse outputs that cannot be written, or that are something else already. A baseline may be written anew.

    Args:
        every: the plans of the run.
        settings: all that has been read, also where options go before it.
        kind: of the documents that are written instead of a report.

    Raises:
        InputError: naming the output and what it is.
    """
    if not (args.output or args.write_baseline or kind):
        return
    kept = {path.resolve(): what for path, what in _kept(args, articles, every, settings)}
    sayings: list[Plan | Settings] = [*every, *settings]
    baselines = {one.baseline.resolve() for one in sayings if one.baseline}
    if kind:
        for output in documents.outputs(kind, args, articles):
            _check(output, kept)
    elif args.output:
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
    writing.check_writable(output)
