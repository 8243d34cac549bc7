"""The arguments of ``models train`` -> a trained model folder, with what happens said on the terminal."""

import argparse
from dataclasses import replace

from audit import modelset
from audit.cli import console, listing


def train(args: argparse.Namespace) -> None:
    """Train, and say where the models are and how good they are.

    Raises:
        AuditError: as `audit.train.recipe.train`.
    """
    from audit.train import beginning, recipe
    from audit.train.fit import FURTHER, Plan

    start = args.start or modelset.default_dir()
    plan = FURTHER if beginning.trained(start) else Plan()
    plan = replace(plan, steps=args.steps or plan.steps, seed=args.seed or plan.seed)
    found = recipe.train(
        args.treebanks,
        args.output,
        articles=args.names,
        start=start,
        plan=plan,
        name=args.name,
        branches=args.branches,
        threads=args.threads,
        say=console.say,
    )
    console.write(listing.render(found, verified=False))
