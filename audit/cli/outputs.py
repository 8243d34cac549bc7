"""Whether what a run writes may be written where its arguments say, so that no run destroys what it reads."""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from audit import files
from audit.cli.plans import Plan
from audit.errors import InputError


def check(args: argparse.Namespace, articles: Iterable[Path], every: Sequence[Plan]) -> None:
    """Refuse outputs that cannot be written, or that are something else already. A baseline may be written anew.

    Raises:
        InputError: naming the output and what it is.
    """
    kept = {path.resolve(): what for path, what in _kept(args, articles, every)}
    baselines = {plan.baseline.resolve() for plan in every if plan.baseline}
    if args.output:
        _check(args.output, kept | dict.fromkeys(baselines, "the baseline"))
        kept[args.output.resolve()] = "where the report goes"
    if args.write_baseline:
        _check(args.write_baseline, kept)


def _kept(args: argparse.Namespace, articles: Iterable[Path], every: Sequence[Plan]) -> Iterator[tuple[Path, str]]:
    yield from ((path, "one of the articles") for path in articles)
    if args.config:
        yield args.config, "the settings file"
    for plan in every:
        if plan.settings:
            yield plan.settings, "the settings file"
        if plan.approvals:
            yield plan.approvals, "the approvals file"
        yield from ((layer.policy.path, "a policy") for layer in plan.layers if layer.policy)


def _check(output: Path, kept: dict[Path, str]) -> None:
    if what := kept.get(output.resolve()):
        raise InputError(f"{output}: cannot be written: it is {what}; choose another name")
    files.check_writable(output)
