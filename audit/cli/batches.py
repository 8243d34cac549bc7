"""Files -> batches of articles -> their audits; goes on past every article that fails."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from audit import files, ingest, pipeline
from audit.errors import AuditError, InputError, ModelError, in_words
from audit.model import Article, Audit
from audit.remember import Warn
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


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a batch: audits without sentences, which no report needs; and what there is to say."""

    audits: Sequence[Audit]
    warnings: Sequence[str]
    failures: Sequence[Failure]


def read(
    paths: Iterable[Path], *, warn: Warn, fail: Callable[[Failure], None], encoding: str | None, max_characters: int
) -> Iterator[list[Article]]:
    """The articles at `paths`, in order, in batches.

    `warn` is told in words how a file was read, `fail` of each that cannot be.
    """
    batch: list[Article] = []
    size = 0
    for path in paths:
        # A file name that is no UTF-8 could not be written in a report.
        name = "stdin" if path == files.STDIN else str(path).encode(errors="surrogateescape").decode(errors="replace")
        try:
            reading = files.read(path, encoding=encoding, max_characters=max_characters)
        except InputError as error:
            fail(failure(name, error))
            continue
        if reading.warning:
            warn(reading.warning)
        batch.append(ingest.article(name, reading.text))
        size += len(reading.text)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def failure(name: str, error: Exception) -> Failure:
    """`error` in words, which can go from one process to another."""
    if isinstance(error, AuditError):
        return Failure(name, str(error))
    return Failure(name, *in_words(error))


def audited(batch: Sequence[Article], rules: Rules, parse: Parse) -> Done:
    """The audits of a batch of articles.

    Raises:
        ModelError: no article could be parsed.
    """
    warnings: list[str] = []
    failures: list[Failure] = []
    audits = list(_audits(batch, rules, lambda articles: parse(articles, warnings.append), failures))
    return Done(audits, warnings, failures)


def _audits(
    batch: Sequence[Article],
    rules: Rules,
    parse: Callable[[Sequence[Article]], Sequence[Article]],
    failures: list[Failure],
) -> Iterator[Audit]:
    try:
        parsed = parse(batch)
    except ModelError:
        raise
    except Exception as error:
        if len(batch) == 1:
            failures.append(failure(batch[0].name, error))
            return
        for article in batch:  # one by one, to lose only the article that fails
            yield from _audits([article], rules, parse, failures)
        return
    for article in parsed:
        try:
            audit = pipeline.audit(article, rules)
        except Exception as error:
            failures.append(failure(article.name, error))
        else:
            yield replace(audit, article=replace(article, sentences=()))
