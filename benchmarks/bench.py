"""Times the benchmarks, holds the run against the last, keeps it and draws the history: ``make bench``.

Exit code: 0 done, 1 something has become slower, 2 the benchmarks could not be run.
"""

import argparse
import importlib.metadata
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tabulate import tabulate

from audit import modelset
from audit.errors import AuditError
from benchmarks import articles, chart, history, reference
from benchmarks.floors import ROOT
from benchmarks.history import Change, Figure, HistoryError, Run

_HERE = Path(__file__).parent


class BenchError(Exception):
    """The benchmarks could not be run; the text says why."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the benchmarks that `argv` asks for, and return the exit code."""
    options = _options().parse_args(argv)
    try:
        return _bench(options)
    except (BenchError, HistoryError, AuditError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("interrupted; nothing was kept", file=sys.stderr)
        return 130


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench", description=__doc__)
    parser.add_argument("--articles", type=Path, metavar="DIR", help="time the .txt files of DIR, not those of seeds/")
    parser.add_argument("--scaling", action="store_true", help="also from 1 to 1,000 articles, 200 to 20,000 words")
    parser.add_argument("--peers", action="store_true", help="also other programs, with the accuracy of each")
    parser.add_argument("--spacy-model", metavar="NAME", help="the spaCy pipeline of the peers")
    parser.add_argument("--gendergaptracker", type=Path, metavar="DIR", help="a checkout of it, to time it as a peer")
    parser.add_argument("--polnear", type=Path, metavar="DIR", help="a split of PolNeAR, to score the peers on")
    parser.add_argument("--scorer", type=Path, metavar="FILE", help="the script that scores predictions against it")
    parser.add_argument("--only", metavar="EXPRESSION", help="the benchmarks that pytest -k would choose")
    parser.add_argument("--history", type=Path, metavar="DIR", default=history.FOLDER, help="where the runs are kept")
    parser.add_argument("--accept", action="store_true", help="what has become slower is meant: measure from here on")
    return parser


def _bench(options: argparse.Namespace) -> int:
    names = ["time_audit.py"]
    names += ["time_scaling.py"] if options.scaling else []
    names += ["time_peers.py"] if options.peers else []
    passed = ["articles", "spacy_model", "gendergaptracker", "polnear", "scorer"]
    settings = [f"--{name.replace('_', '-')}={value}" for name in passed if (value := getattr(options, name))]
    texts = articles.read(options.articles)
    runs = history.read(options.history)
    tests = [str(_HERE / name) for name in names]
    found = _measured([*tests, *settings, *(["-k", options.only] if options.only else [])])
    figures = {figure.key: figure for figure in found.values()}
    run = Run(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", _commit(), _setting(texts), figures)
    base = history.base(runs, run)
    changes = history.changes(base, run) if base else []
    if slower := [change.new.key for change in changes if change.regressed]:
        print(f"\nslower, so timed again: {', '.join(slower)}\n", flush=True)
        again = _measured([*(test for test, figure in found.items() if figure.key in slower), *settings])
        kept = history.better(figures.values(), {figure.key: figure for figure in again.values()})
        run = replace(run, figures=kept)
        changes = history.changes(base, run) if base else []
    regressed = [change for change in changes if change.regressed]
    if not options.accept:
        run = replace(run, slower=tuple(change.new.key for change in regressed))
    kept_as = history.write(run, options.history)
    page = kept_as.with_name("index.html")
    page.write_text(chart.page([*runs, run]), encoding="utf-8")
    print(f"\n{table(run, changes)}\n\nkept as {_shown(kept_as)}, drawn in {_shown(page)}")
    print(verdict(base, regressed, accepted=options.accept))
    return 1 if regressed and not options.accept else 0


def _measured(arguments: Sequence[str]) -> dict[str, Figure]:
    """The figures by the ids that pytest knows them by."""
    with tempfile.TemporaryDirectory() as scratch:
        output = Path(scratch, "run.json")
        quiet = [
            "-q",
            "-rs",
            "-W",
            "default",
            "--benchmark-quiet",
            "-p",
            "no:cacheprovider",
            f"--benchmark-json={output}",
        ]
        command = [sys.executable, "-m", "pytest", *quiet, "-o", "python_files=time_*.py", *arguments]
        # Torch reads this once, when it is imported; audit.parse sets it likewise.
        done = subprocess.run(command, check=False, cwd=ROOT, env={"OMP_WAIT_POLICY": "PASSIVE", **os.environ})
        if done.returncode or not output.exists():
            raise BenchError(f"the benchmarks ended with exit code {done.returncode} of pytest: see its words above")
        record = json.loads(output.read_text(encoding="utf-8"))
    return {benchmark["fullname"]: Figure.of(benchmark) for benchmark in record["benchmarks"]}


def _setting(texts: Sequence[str]) -> dict[str, str]:
    """What a reader must know of the machine and the programs to make sense of the figures."""
    versions = {name: importlib.metadata.version(name) for name in ("stanza", "torch")}
    return {
        "articles": articles.digest(texts),
        "reference": str(reference.VERSION),
        "cores": str(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()),
        "models": modelset.load(modelset.default_dir()).digest[:12],
        "python": ".".join(map(str, sys.version_info[:3])),
        **versions,
    }


def _commit() -> str:
    try:
        commit = _git("rev-parse", "--short=7", "HEAD")
        return commit + ("+" if _git("status", "--porcelain", "--untracked-files=no") else "")
    except (OSError, subprocess.CalledProcessError):  # a copy without its history
        return "unknown"


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], check=True, capture_output=True, text=True, cwd=ROOT).stdout.strip()


def _shown(path: Path) -> str:
    return str(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path)


def table(run: Run, changes: Sequence[Change]) -> str:
    """The figures of a run, each with how it compares to the last."""
    by_key = {change.new.key: change for change in changes}
    rows = [
        (
            figure.key,
            f"{figure.seconds:.4g} s",
            f"±{(figure.slow - figure.fast) / 2 / figure.seconds:.0%}",
            f"{figure.words / figure.seconds:,.0f}" if figure.words else "",
            f"{figure.memory:,.0f} MB",
            f"{figure.ratio:.3g}",
            f"×{by_key[figure.key].factor:.2f}" if figure.key in by_key else "new",
            ", ".join(f"{name} {value:.3f}" for name, value in figure.accuracy.items()),
        )
        for figure in run.figures.values()
    ]
    heads = ("benchmark", "median", "spread", "words/s", "memory", "ratio", "to the last", "accuracy")
    columns = len(heads) if any(row[-1] for row in rows) else len(heads) - 1
    return tabulate(
        [row[:columns] for row in rows],
        heads[:columns],
        tablefmt="plain",
        disable_numparse=True,
        colalign=("left", *["right"] * 6),
    )


def verdict(base: Run | None, regressed: Sequence[Change], *, accepted: bool) -> str:
    """The sentence that says whether all is well."""
    if base is None:
        return "Nothing to compare with: no earlier run has these articles, this reference and so many cores."
    since = f"since {base.date} ({base.commit})"
    if not regressed:
        return f"Nothing has become slower {since}."
    lines = [f"  {change.new.key}: ×{change.factor:.2f} in ratio to the reference" for change in regressed]
    what = "accepted, and the next run is held against it" if accepted else "mend it, or accept it with ACCEPT=1"
    return "\n".join([f"Slower by more than {history.LIMIT - 1:.0%} and the spread {since}:", *lines, what + "."])


if __name__ == "__main__":
    sys.exit(main())
