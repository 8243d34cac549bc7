"""Files -> batches of articles -> their audits; goes on past every article that fails."""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from audit import files, lines, pipeline, readers
from audit.cli.exitcode import ExitCode
from audit.errors import AuditError, InputError, ModelError, NoArticleError, in_words
from audit.limits import Limits
from audit.model import Article, Audit
from audit.readers import Intake
from audit.remember import Warn
from audit.report.cells import count
from audit.rule import Rules

# Characters: enough for the parser to work at its full speed, few enough for a report to come while one waits.
_BATCH = 20_000

Parse = Callable[[Sequence[Article], Warn], Sequence[Article]]


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that is left out: `said` is a message for the user or, with a `trace`, a mistake of ours."""

    name: str
    said: str
    trace: str | None = None

    @property
    def code(self) -> ExitCode:
        """What it makes of the run."""
        return ExitCode.INPUT if self.trace is None else ExitCode.INTERNAL


@dataclass(frozen=True, slots=True)
class Batch:
    """Articles, and beside each the place of the plan that governs it."""

    articles: Sequence[Article]
    plans: Sequence[int]


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a batch: audits without sentences, which no report needs, and beside each the place of its plan;
    and what there is to say."""

    audits: Sequence[Audit]
    plans: Sequence[int]
    warnings: Sequence[str]
    failures: Sequence[Failure]


def _ignore(_: str, __: bytes | None) -> None:
    """Tell nobody."""


def read(
    paths: Iterable[tuple[Path, int]],
    *,
    intake: Intake,
    limits: Sequence[Limits],
    fail: Callable[[Failure], None],
    named: Container[Path],
    took: Callable[[str, bytes | None], None] = _ignore,
) -> Iterator[Batch]:
    """The articles at `paths`, each with the place of its plan, in order, in batches.

    Args:
        intake: says how files are read.
        limits: of each plan, what its files may be at most.
        fail: is told of each that cannot be.
        named: those that the user names; files of folders may be something else than articles.
        took: is told the name and the bytes of each file before its articles are made, None where there are none.
    """
    articles: list[Article] = []
    plans: list[int] = []
    size = 0
    passed: list[str] = []
    for path, plan in paths:
        name = files.name(path)
        try:
            data = _data(path, name, limits[plan], took)
            for article in readers.read(name, data, replace(intake, limits=limits[plan])):
                articles.append(replace(article, name=lines.one(article.name)))  # an archive may say anything
                plans.append(plan)
                size += len(article.text)
                if size >= _BATCH:
                    yield Batch(articles, plans)
                    articles, plans, size = [], [], 0
        except InputError as error:
            if isinstance(error, NoArticleError) and path not in named:
                passed.append(name)
            else:
                fail(failure(name, error))
        except Exception as error:  # also a mistake of a reader loses no other file
            fail(failure(name, error))
    if articles:
        yield Batch(articles, plans)
    if passed:
        more = f" and {count(len(passed) - 1, 'other file')}" if len(passed) > 1 else ""
        intake.warn(f"{passed[0]}{more}: left out, as there is no article in it")


def _data(path: Path, name: str, limits: Limits, took: Callable[[str, bytes | None], None]) -> bytes:
    try:
        data = files.read(path, megabytes=limits.megabytes)
    except InputError:
        took(name, None)
        raise
    took(name, data)
    return data


def failure(name: str, error: Exception) -> Failure:
    """`error` in words, which can go from one process to another."""
    if isinstance(error, AuditError):
        return Failure(name, str(error))
    return Failure(name, *in_words(error))


def audited(batch: Batch, rules: Sequence[Rules], parse: Parse) -> Done:
    """The audits of a batch of articles, by the rules of their plans.

    Raises:
        ModelError: no article could be parsed.
    """
    warnings: list[str] = []
    failures: list[Failure] = []
    governed = list(zip(batch.articles, batch.plans, strict=True))
    found = list(_audits(governed, rules, lambda articles: parse(articles, warnings.append), failures))
    return Done([audit for audit, _ in found], [plan for _, plan in found], warnings, failures)


def _audits(
    governed: Sequence[tuple[Article, int]],
    rules: Sequence[Rules],
    parse: Callable[[Sequence[Article]], Sequence[Article]],
    failures: list[Failure],
) -> Iterator[tuple[Audit, int]]:
    try:
        parsed = parse([article for article, _ in governed])
    except ModelError:
        raise
    except Exception as error:
        if len(governed) == 1:
            failures.append(failure(governed[0][0].name, error))
            return
        for one in governed:  # one by one, to lose only the article that fails
            yield from _audits([one], rules, parse, failures)
        return
    for article, (_, plan) in zip(parsed, governed, strict=True):
        try:
            audit = pipeline.audit(article, rules[plan])
        except Exception as error:
            failures.append(failure(article.name, error))
        else:
            yield replace(audit, article=replace(article, sentences=())), plan
