"""What each subcommand does. Torch is loaded when the first article is parsed, and not before."""

import argparse
import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

from audit import files, writing
from audit.cli import console, reports
from audit.cli.exitcode import ExitCode
from audit.errors import AuditError
from audit.model import Audit

if TYPE_CHECKING:
    from audit.remember import Parse
    from audit.rule import Check, Pattern, Rules

# Objects made before Python looks for garbage among them. An audit makes millions that lie in no cycle; looking every
# 700, as Python does by itself, takes a fifth of the time of a cached run.
_COLLECT_EVERY = 50_000


def run(args: argparse.Namespace) -> ExitCode:
    """Audit the articles at `args.paths`, and report on all that could be read."""
    from audit import readers
    from audit.cli import batches, documents, outdir, outputs, workers
    from audit.cli.outcome import Outcome
    from audit.cli.plans import Plans
    from audit.cli.silencing import Silencing

    gc.set_threshold(_COLLECT_EVERY, *gc.get_threshold()[1:])
    paths, errors = files.discover(args.paths, readers.SUFFIXES)
    plans = Plans(args)
    if args.out_dir:
        return outdir.run(args, paths, errors, plans)
    if args.restart:
        raise AuditError("--restart goes with --out-dir DIR: it begins DIR anew")
    governed = plans.govern(paths)
    paths = [path for path, _ in governed]
    first = plans.every[0] if plans.every else plans.here()
    kind = documents.asked_for(args, first.format)
    renderer = None if kind else _renderer(args, first.format)
    loaded = [plan.rules(plans.load) for plan in plans.every]
    silencing = Silencing(plans.every, loaded, plans.load, date.today(), args.write_baseline)
    outputs.check(args, paths, plans.every or [first], plans.settings, kind)
    outcome = Outcome(args, plans.every, silencing)
    for error in errors:
        outcome.fail(batches.failure("", error))
    articles = batches.read(
        governed, intake=outcome.intake, limits=outcome.limits, fail=outcome.fail, named=outcome.named
    )

    def audits(results: Iterable[batches.Done]) -> Iterator[Sequence[Audit]]:
        yield from map(outcome.told, results)
        if found := outcome.of_approvals(paths):
            yield found

    with closing(workers.audited(articles, args, plans.every, loaded, outcome.warn)) as results:
        watched = console.watched(results, len(paths), quiet=args.quiet)
        given = reports.Given(args.width or console.width(), reports.checks(loaded), outcome.failures)
        found = audits(watched)
        pieces = renderer(found, given) if renderer else iter(())
        if kind:
            pieces = documents.written(kind, found, args, outcome.intake, outcome.fail)
        try:
            if args.output and not kind:
                with writing.replacing(args.output) as write:
                    for piece in pieces:
                        write(piece)
            else:
                for piece in pieces:
                    console.write(piece)
        except KeyboardInterrupt:
            left = f"{args.output} was not written" if args.output else "the report is not complete"
            console.say(f"interrupted after {outcome.done} of {len(paths)} articles; {left}")
            return ExitCode.INTERRUPTED
    if args.write_baseline and not outcome.complete:
        console.say(f"error: {args.write_baseline}: not written, as not every article could be audited")
    said = silencing.finish(complete=outcome.complete)
    if said and not args.quiet:
        console.say(said)
    return max(outcome.codes)


def _renderer(args: argparse.Namespace, form: str) -> reports.Renderer:
    if not args.statistics:
        return reports.FORMATS[form]
    form = args.format or reports.DEFAULT  # settings say how a report is to look
    if form not in reports.STATISTICS:
        raise AuditError(f"--statistics comes as {' or '.join(reports.STATISTICS)}, not as {form}")
    return reports.STATISTICS[form]


def settings(args: argparse.Namespace) -> ExitCode:
    """Print what governs an article."""
    from audit.cli import governing
    from audit.cli.plans import Plans

    console.write(governing.render(args.path, Plans(args), width=console.width()))
    return ExitCode.DONE


def models(args: argparse.Namespace) -> ExitCode:
    """List what is in the folder of models, train a new one, or fetch Stanza's."""
    match args.action:
        case "download":
            from audit import official

            console.say("Fetching Stanza's official English models ...")
            console.write(f"in {official.download()}; use them with --models {official.NAME}\n")
        case "train":
            from audit.cli import training

            training.train(args)
        case _:
            from audit import modelset
            from audit.cli import listing

            folder = args.models or modelset.default_dir()
            found = modelset.verify(folder) if args.verify else modelset.load(folder)
            console.write(listing.render(found, verified=args.verify))
    return ExitCode.DONE


def cache(args: argparse.Namespace) -> ExitCode:
    """Say what is in the cache of parses, or remove it."""
    from audit.cli import caching

    console.write(caching.clear(args) if args.action == "clear" else caching.info(args, console.warn))
    return ExitCode.DONE


def rules(args: argparse.Namespace) -> ExitCode:
    """List the patterns and checks that an audit would use, say all about some of them, or try their examples."""
    from audit import policy, rules
    from audit.report.cells import cell, grid

    loaded = rules.load(args.rules, all_cues=True)
    own = policy.own(loaded.checks, rules.load(all_cues=True).checks)
    if args.test:
        return _test(args, loaded)
    if args.names:
        from audit.cli import explaining

        console.write(explaining.of_rules(explaining.named(loaded, args.names), loaded, own))
        return ExitCode.DONE
    names = [pattern.id for pattern in loaded.patterns] + [f"{check.code} {check.name}" for check in loaded.checks]
    columns = max(console.width() - max(map(len, names), default=0) - 12, 24)  # the middle one takes 8 and gaps
    patterns = [
        [pattern.id, pattern.kind, cell(pattern.summary, columns=columns, lines=9)]
        for pattern in sorted(loaded.patterns, key=lambda pattern: pattern.id)
    ]
    default = [loaded.policies[policy.DEFAULT]]
    checks = [
        [
            f"{check.code} {check.name}",
            check.severity,
            "on" if policy.using(check.code, default, own) else "",
            cell(check.summary, columns=columns - 9, lines=9),
        ]
        for check in loaded.checks
    ]
    tables = [grid(patterns, ["pattern", "kind", "finds"]), grid(checks, ["check", "severity", "default", "finds"])]
    console.write("\n\n".join(tables) + "\n")
    return ExitCode.DONE


def _test(args: argparse.Namespace, loaded: "Rules") -> ExitCode:
    """Try the examples of the folders in `args.rules`, or of all rules when there are none."""
    from audit import examples
    from audit.report.cells import count

    every: list[Pattern | Check] = [*loaded.patterns, *loaded.checks]
    own = [rule for rule in every if any(folder in rule.path.parents for folder in args.rules)] if args.rules else every
    parse = _parser(args)
    wrong = tried = 0
    for rule in own:
        for article, verdict in examples.verdicts(rule, parse(examples.articles(rule), console.warn), loaded):
            tried += 1
            if verdict:
                wrong += 1
                console.write(f"{rule.path}: {article.name}: {article.text}\n    {verdict}\n")
    do = "does" if wrong == 1 else "do"
    console.write(f"{count(tried, 'example')} of {count(len(own), 'rule')}, {wrong} {do} not hold\n")
    return ExitCode.FINDINGS if wrong else ExitCode.DONE


def explain(args: argparse.Namespace) -> ExitCode:
    """Say why claims of one file are what they are."""
    from audit.cli import explaining

    console.write(explaining.of_claims(args, console.warn))
    return ExitCode.DONE


def tree(args: argparse.Namespace) -> ExitCode:
    """Print the parse of the articles of one file."""
    from audit import ingest
    from audit.cli import reading
    from audit.report import to_tree

    read = (
        reading.articles(args.file, args, reading.limits(args), console.warn)
        if args.file
        else [ingest.article("text", args.text)]
    )
    console.write("\n".join(to_tree.render(article) for article in _parser(args)(read, console.warn)))
    return ExitCode.DONE


def _parser(args: argparse.Namespace) -> "Parse":
    """What parses articles with the models that `args` names."""
    from audit import parse

    parser = parse.load(args.models, threads=args.threads)
    return lambda articles, warn: parse.parse(parser, articles, warn=warn)
