"""A run whose results go into a folder, shard by shard; when it ends early, the same command goes on with it.

A shard holds the results of some files that follow each other. It is on disk, whole and under its name, before the
manifest has its line, so whatever ends a run, the next one goes on with the first shard that has none.
"""

import argparse
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from audit import files, writing
from audit.cli import batches, console, folder, identity, manifest, reports, workers
from audit.cli.batches import Failure
from audit.cli.exitcode import ExitCode
from audit.cli.folder import Folder, Row
from audit.cli.manifest import Input, Manifest, Shard
from audit.cli.outcome import Outcome
from audit.cli.plans import Plans
from audit.cli.portions import FILES, Portion, Portions, taken
from audit.cli.silencing import Note, Silencing
from audit.errors import AuditError, InputError
from audit.model import Audit
from audit.report import skipped
from audit.report.cells import count
from audit.report.to_statistics import Statistics, render

FORMATS = {"jsonl": "claims-{:05}.jsonl", "csv": "claims-{:05}.csv", "csv-findings": "findings-{:05}.csv"}
"""Those whose reports can be cut into files, and what the files are called; the first unless said otherwise."""


def run(args: argparse.Namespace, paths: Sequence[Path], missing: Sequence[InputError], plans: Plans) -> ExitCode:
    """Audit the files at `paths`, from where an earlier run into the same folder has ended.

    Args:
        missing: what is wrong with paths that lead to no file.

    Raises:
        AuditError: the arguments do not go together, something has changed since the run was begun, or nothing can be
            written.
    """
    form = _form(args)
    paths = _wanted(args, paths)
    governed = plans.govern(paths)
    paths = [path for path, _ in governed]
    loaded = [plan.rules(plans.load) for plan in plans.every]
    silencing = Silencing(plans.every, loaded, plans.load, date.today())
    fields = identity.fields(args, form, governed, missing, plans.every, FILES)
    with folder.opened(args.out_dir) as target:
        data = target.data()
        found = manifest.parse(target.of_manifest, b"" if args.restart else data)
        silencing.today = date.fromisoformat(found.day) if found.day else silencing.today
        outcome = Outcome(args, plans.every, silencing)
        portions = [Portion(governed[start : start + FILES], outcome) for start in range(0, len(governed), FILES)]
        for error in missing:
            outcome.fail(batches.failure("", error))
        if found.run is None:
            day = identity.day(plans.every, silencing.today)
            target.begin(fields, day, [_row(Failure("", str(error))) for error in missing])
        else:
            _check(target, found, fields, portions)
        work = _Work(target, form, outcome, reports.Given(0, reports.checks(loaded), outcome.failures))
        for shard in found.shards:
            work.recall(shard)
        of_all = f"of {count(len(paths), 'file')}"
        if found.shards and not args.quiet:
            said = "nothing to do: it has the results" if found.ended else f"going on after {work.files:,}"
            console.say(f"{target.name}: {said} {of_all}")
        if not found.ended:
            if found.run is not None:
                target.go_on(found)
            try:
                _finish(work, portions, paths, plans)
            except KeyboardInterrupt:
                console.say(f"interrupted after {work.files:,} {of_all}; the same command goes on there")
                return ExitCode.INTERRUPTED
    if args.statistics:
        console.write(render(work.statistics))
    silenced = silencing.finish(complete=outcome.complete)
    if silenced and not args.quiet:
        console.say(silenced)
    return max(outcome.codes)


def _form(args: argparse.Namespace) -> str:
    """The format of the results; settings say how a report is to look, and these are for programs."""
    form: str = args.format or next(iter(FORMATS))
    if form not in FORMATS:
        raise AuditError(f"--out-dir writes {', '.join(FORMATS)}, not {form}: give one of these, or -o FILE")
    if args.write_baseline:
        raise AuditError("--write-baseline wants a run of its own, without --out-dir; parses are kept in between")
    return form


def _wanted(args: argparse.Namespace, paths: Sequence[Path]) -> list[Path]:
    """`paths` without what such runs write."""
    here = args.out_dir.resolve()
    for path in paths:
        if path == files.STDIN or (not path.is_file() and path.exists()):
            raise AuditError(f"{files.name(path)}: can be read once only, and --out-dir may have to read it again")
    ours = {
        parent: here in (whole := parent.resolve()).parents or here == whole for parent in {p.parent for p in paths}
    }
    return [path for path in paths if not ours[path.parent]]


def _check(target: Folder, found: Manifest, fields: identity.Fields, portions: Sequence[Portion]) -> None:
    """Raises InputError when something is not as it was when the run was begun, or when its shards were written."""
    assert found.run is not None
    said = [f"another {what}" for what in identity.changed(found.run, fields)]
    if not said:
        changed = [
            *(shard.file for shard in found.shards if not target.holds(shard)),
            *(
                one.doc
                for shard, portion in zip(found.shards, portions, strict=False)
                for one, (path, plan) in zip(shard.inputs, portion.files, strict=True)
                if one != _now(path, portion.outcome.limits[plan].megabytes)
            ),
        ]
        more = f" and {len(changed) - 3:,} more" if len(changed) > 3 else ""
        said = [f"another content of {', '.join(changed[:3])}{more}"] if changed else []
    if said:
        raise InputError(
            f"{target.name}: was begun with {', '.join(said)}: put that back, begin anew with --restart, or choose"
            " another folder"
        )


def _now(path: Path, megabytes: int) -> Input:
    try:
        return taken(files.name(path), files.read(path, megabytes=megabytes))
    except InputError:
        return taken(files.name(path), None)


def _finish(work: "_Work", portions: Sequence[Portion], paths: Sequence[Path], plans: Plans) -> None:
    """Write the shards that are left, and the end."""
    args, outcome = work.outcome.args, work.outcome
    rest = Portions(portions[len(work.shards) :])
    with closing(workers.audited(rest.batches(), args, plans.every, outcome.silencing.rules, outcome.warn)) as results:
        watched = console.watched(results, len(paths), done=work.files, quiet=args.quiet)
        for portion, own in rest.results(watched):
            work.write(map(outcome.told, own), portion)
    if len(work.shards) == len(portions) and (of_approvals := outcome.of_approvals(paths)):
        work.write(iter([of_approvals]), Portion((), outcome))
    work.target.append(manifest.of_end(work.shards))


@dataclass(slots=True)
class _Work:
    """What has been written."""

    target: Folder
    form: str
    outcome: Outcome
    given: reports.Given
    shards: list[Shard] = field(default_factory=list)
    statistics: Statistics = field(default_factory=Statistics)

    @property
    def files(self) -> int:
        """How many have their results in a shard."""
        return sum(len(shard.inputs) for shard in self.shards)

    def recall(self, shard: Shard) -> None:
        """Count in a shard of an earlier run."""
        self.shards.append(shard)
        self.statistics.recall(shard.statistics)
        self.outcome.silencing.recall(Note.of(shard.silenced))
        self.outcome.codes.update(code for code, what in _WHAT.items() if shard.errors[what])
        if shard.fails and not self.outcome.args.exit_zero:
            self.outcome.codes.add(ExitCode.FINDINGS)

    def write(self, audits: Iterable[Sequence[Audit]], portion: Portion) -> None:
        """Write a shard, and its line of the manifest."""
        name = FORMATS[self.form].format(len(self.shards) + 1)
        statistics = Statistics()
        digest, size, words = hashlib.sha256(), 0, 0
        self.outcome.failed = False

        def counted() -> Iterator[Sequence[Audit]]:
            nonlocal words
            for batch in audits:
                for audit in batch:
                    statistics.add(audit)
                    words += skipped.words(audit.article)
                yield batch

        with writing.replacing(self.target.path / name) as write:
            for piece in reports.FORMATS[self.form](counted(), self.given):
                write(piece)
                digest.update(piece.encode())
                size += len(piece.encode())
        shard = Shard(
            file=name,
            bytes=size,
            sha256=digest.hexdigest(),
            inputs=tuple(portion.inputs),
            articles=statistics.articles,
            words=words,
            claims=statistics.claims.total(),
            findings=statistics.findings.total(),
            errors={what: sum(one.code == code for one in portion.failures) for code, what in _WHAT.items()},
            errors_end=self.target.add_errors(map(_row, portion.failures)),
            fails=self.outcome.failed,
            silenced=self.outcome.silencing.noted().record(),
            statistics=statistics.record(),
        )
        self.target.append(manifest.of_shard(shard))
        self.shards.append(shard)
        self.statistics.recall(shard.statistics)


_WHAT = {ExitCode.INPUT: "input", ExitCode.INTERNAL: "internal"}


def _row(failure: Failure) -> Row:
    """What the file of errors says of an article; of a path that leads to none, there is no `doc`."""
    return {"doc": failure.name or None, "what": _WHAT[failure.code], "message": failure.said}
