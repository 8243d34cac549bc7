"""What each subcommand does. Torch is loaded when the first article is parsed, and not before."""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, get_args

from audit import __version__, files
from audit.cli import console
from audit.cli.exitcode import ExitCode
from audit.errors import AuditError, InputError
from audit.model import Audit, Severity

if TYPE_CHECKING:
    from audit.cli.batches import Parse
    from audit.rule import Check, Pattern, Rules

_SEVERITIES: Sequence[Severity] = get_args(Severity)


def run(args: argparse.Namespace) -> ExitCode:
    """Audit the articles at `args.paths`, and report on all that could be read."""
    from audit import rules
    from audit.cli import batches

    loaded = rules.load(args.rules)
    if args.output:
        files.check_writable(args.output)
    paths, errors = files.discover(args.paths)
    if args.output and args.output.resolve() in [path.resolve() for path in paths]:
        raise InputError(f"{args.output}: cannot be written: it is one of the articles; choose another name")
    codes = {ExitCode.DONE}
    done = 0

    def fail(name: str, error: Exception) -> None:
        if isinstance(error, AuditError):
            console.say(f"error: {error}")
            codes.add(ExitCode.INPUT)
        else:
            console.confess(name, error, debug=args.debug)
            codes.add(ExitCode.INTERNAL)

    def noted(audits: Iterable[list[Audit]]) -> Iterator[list[Audit]]:
        nonlocal done
        for batch in audits:
            done += len(batch)
            if args.fail_on and any(_fails(audit, args.fail_on) for audit in batch):
                codes.add(ExitCode.FINDINGS)
            yield batch

    for error in errors:
        fail("", error)
    warn = _ignore if args.quiet else _warn
    audits = batches.audits(
        paths,
        loaded,
        lambda: _parser(args),
        warn=warn,
        fail=fail,
        encoding=args.encoding,
        max_characters=args.max_characters,
    )
    watched = console.watched(noted(audits), len(paths), quiet=args.quiet)
    pieces = _report(args.format, watched, width=args.width or console.width())
    try:
        if args.output:
            files.write_atomic(args.output, "".join(pieces))
        else:
            for piece in pieces:
                console.write(piece)
    except KeyboardInterrupt:
        left = f"{args.output} was not written" if args.output else "the report is not complete"
        console.say(f"interrupted after {done} of {len(paths)} articles; {left}")
        return ExitCode.INTERRUPTED
    return max(codes)


def models(args: argparse.Namespace) -> ExitCode:
    """List what is in the folder of models."""
    from audit import modelset
    from audit.report.cells import grid

    folder = args.models or modelset.default_dir()
    found = modelset.verify(folder) if args.verify else modelset.load(folder)
    size = sum(file.bytes for file in found.files) / 1e6
    state = ", every file undamaged" if args.verify else ""
    parts = [
        f"{found.name} ({found.language}), trained with Stanza {found.stanza}, {size:.0f} MB, {found.licence}\n"
        f"in {found.folder}{state}",
        grid(list(map(list, modelset.describe(found))), ["file", "processor", "size", "licence"], numbers={"size"}),
    ]
    if found.scores:
        scores = [[score.measure, score.data, f"{score.value:.1f}"] for score in found.scores]
        parts.append(grid(scores, ["measure", "on", "score"], numbers={"score"}))
    if found.data:
        corpora = [[corpus.name, corpus.processors, corpus.licence] for corpus in found.data]
        parts.append(grid(corpora, ["trained on", "for", "licence"]))
    console.write("\n\n".join(parts) + "\n")
    return ExitCode.DONE


def rules(args: argparse.Namespace) -> ExitCode:
    """List the patterns and checks that an audit would use, or try their examples."""
    from audit import rules
    from audit.report.cells import cell, grid

    loaded = rules.load(args.rules)
    if args.test:
        return _test(args, loaded)
    names = [pattern.id for pattern in loaded.patterns] + [f"{check.code} {check.name}" for check in loaded.checks]
    columns = max(console.width() - max(map(len, names), default=0) - 12, 24)  # the middle one takes 8 and gaps
    patterns = [
        [pattern.id, pattern.kind, cell(pattern.summary, columns=columns, lines=9)]
        for pattern in sorted(loaded.patterns, key=lambda pattern: pattern.id)
    ]
    checks = [
        [f"{check.code} {check.name}", check.severity, cell(check.summary, columns=columns, lines=9)]
        for check in loaded.checks
    ]
    tables = [grid(patterns, ["pattern", "kind", "finds"]), grid(checks, ["check", "severity", "finds"])]
    console.write("\n\n".join(tables) + "\n")
    return ExitCode.DONE


def _test(args: argparse.Namespace, loaded: "Rules") -> ExitCode:
    """Try the examples of the folders in `args.rules`, or of all rules when there are none."""
    from audit import examples

    every: list[Pattern | Check] = [*loaded.patterns, *loaded.checks]
    own = [rule for rule in every if any(folder in rule.path.parents for folder in args.rules)] if args.rules else every
    parse = _parser(args)
    wrong = tried = 0
    for rule in own:
        for article, verdict in examples.verdicts(rule, parse(examples.articles(rule)), loaded):
            tried += 1
            if verdict:
                wrong += 1
                console.write(f"{rule.path}: {article.name}: {article.text}\n    {verdict}\n")
    console.write(f"{tried} examples of {len(own)} rules, {wrong} do not hold\n")
    return ExitCode.FINDINGS if wrong else ExitCode.DONE


def tree(args: argparse.Namespace) -> ExitCode:
    """Print the parse of one article."""
    from audit import ingest
    from audit.report import to_tree

    text = args.text
    if args.file:
        reading = files.read(args.file, encoding=args.encoding, max_characters=args.max_characters)
        text = reading.text
        if reading.warning:
            _warn(reading.warning)
    for article in _parser(args)([ingest.article(str(args.file or "text"), text)]):
        console.write(to_tree.render(article))
    return ExitCode.DONE


def _parser(args: argparse.Namespace) -> "Parse":
    """What parses articles with the models that `args` names."""
    from audit import parse

    parser = parse.load(args.models, threads=args.threads)
    warn = _ignore if getattr(args, "quiet", False) else _warn
    return lambda articles: parse.parse(parser, articles, warn=warn)


def _warn(message: str) -> None:
    console.say(f"warning: {message}")


def _ignore(_: str) -> None:
    """What --quiet does with a warning."""


def _fails(audit: Audit, severity: Severity) -> bool:
    """Whether a finding is as severe as that, or more."""
    return any(_SEVERITIES.index(finding.severity) <= _SEVERITIES.index(severity) for finding in audit.findings)


def _report(form: str, batches: Iterable[list[Audit]], *, width: int) -> Iterator[str]:
    """The report in pieces, each as soon as its articles are audited; only JSON is one whole."""
    match form:
        case "jsonl":
            from audit.report import to_jsonl

            yield from map(to_jsonl.render, batches)
        case "json":
            from audit.report import to_json

            yield to_json.render([audit for batch in batches for audit in batch], version=__version__)
        case "csv":
            from audit.report import to_csv

            rest = iter(batches)
            yield to_csv.render(next(rest, []))
            yield from (to_csv.render(batch, header=False) for batch in rest)
        case _:
            from audit.report import summary, to_table

            audits: list[Audit] = []
            for batch in batches:
                yield "".join(f"{to_table.render(audit, width=width)}\n" for audit in batch)
                audits += batch
            if len(audits) > 1:
                yield summary.totals(audits, width=width)
