"""What is timed: each stage of an audit by its name, as a function from its input to the work itself.

This is the one place to adapt when a stage is split, merged or called in another way.
"""

import gc
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

from audit import __version__, checks, claims, cli, ingest, modelset, parse, pipeline, rules
from audit.joint import predict, reading, store
from audit.model import Article, Audit
from audit.reading import Reading
from audit.report import to_csv, to_json, to_jsonl, to_table
from audit.rule import Rules
from benchmarks.floors import ROOT

_RUN = ("run", "--format", "jsonl", "--quiet")

Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Input:
    """Articles as each stage wants them, and what works on them."""

    paths: Sequence[Path]
    articles: Sequence[Article]  # without sentences
    parsed: Sequence[Article]
    audits: Sequence[Audit]
    parser: parse.Parser
    rules: Rules

    @classmethod
    def of(cls, paths: Sequence[Path], parser: parse.Parser) -> "Input":
        """All that follows from the files at `paths`."""
        loaded = rules.load()
        articles = [ingest.article(path.name, path.read_bytes().decode()) for path in paths]
        parsed = parse.parse(parser, articles)
        return cls(paths, articles, parsed, [pipeline.audit(article, loaded) for article in parsed], parser, loaded)

    def first(self, count: int) -> "Input":
        """The first so many articles of these."""
        return Input(
            self.paths[:count],
            self.articles[:count],
            self.parsed[:count],
            self.audits[:count],
            self.parser,
            self.rules,
        )


@cache
def _reader() -> predict.Reader:
    return store.load(modelset.default_dir())


def _paragraphs(given: Input) -> list[str]:
    return [article.slice(paragraph.span) for article in given.articles for paragraph in article.paragraphs]


def _tokenization(given: Input) -> Work:
    texts, pieces = _paragraphs(given), _reader().pieces
    return lambda: [list(reading.windows(text, number, pieces)) for number, text in enumerate(texts)]


def _joint(given: Input) -> Work:
    """All that the models do, in their one pass: they cannot be timed apart."""
    texts, reader = _paragraphs(given), _reader()
    return lambda: predict.read(reader, texts, breaks=reading.breaks)


def _parse(given: Input) -> Work:
    return lambda: parse.parse(given.parser, given.articles)


def _claims(given: Input) -> Work:
    return lambda: [claims.claims(Reading(article, given.rules)) for article in given.parsed]


def _checks(given: Input) -> Work:
    return lambda: [checks.findings(Reading(audit.article, given.rules), audit.claims) for audit in given.audits]


def audit(paths: Sequence[Path], parser: parse.Parser, *caching: str) -> Work:
    """The command as in `cold`, but in this process and with the models loaded already."""

    def work() -> None:
        collect = gc.get_threshold()  # which the command changes for good
        with TemporaryDirectory() as scratch, mock.patch.object(parse, "load", return_value=parser):
            code = cli.main([*_RUN, *caching, "-o", str(Path(scratch, "report")), *map(str, paths)])
        gc.set_threshold(*collect)
        if code:
            raise RuntimeError(f"quote-audit run ended with exit code {code}")

    return work


def _cached(given: Input) -> Work:
    """Every paragraph is found in the cache."""
    work = audit(given.paths, given.parser, "--cache", str(given.paths[0].parent / "cache"))
    work()
    return work


STAGES: Mapping[str, Callable[[Input], Work]] = {
    "tokenization": _tokenization,
    "tagging, parsing and names": _joint,
    "parse": _parse,
    "patterns and claims": _claims,
    "checks": _checks,
    "report table": lambda given: lambda: [to_table.render(audit) for audit in given.audits],
    "report csv": lambda given: lambda: to_csv.render(given.audits),
    "report json": lambda given: lambda: to_json.render(given.audits, version=__version__),
    "report jsonl": lambda given: lambda: to_jsonl.render(given.audits),
    "audit warm": lambda given: audit(given.paths, given.parser, "--no-cache"),
    "audit cached": _cached,
}


def load() -> None:
    """Load the models in a process of its own."""
    _python("-c", "from audit import parse; parse.load()")


def cold(paths: Sequence[Path]) -> Work:
    """The command, from its start to its end, in a process of its own."""
    return lambda: _python("-m", "audit", *_RUN, "--no-cache", *map(str, paths))


def _python(*arguments: str) -> None:
    command = [sys.executable, *arguments]
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
