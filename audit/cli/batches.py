"""Turns files into audits, a batch at a time, and goes on past every article that fails."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from audit import files, ingest, pipeline
from audit.errors import InputError, ModelError
from audit.model import Article, Audit
from audit.rule import Rules

# Characters: enough for the parser to work at its full speed, few enough for a report to come while one waits.
_BATCH = 20_000

Parse = Callable[[Sequence[Article]], list[Article]]
Warn = Callable[[str], None]
Fail = Callable[[str, Exception], None]


def audits(
    paths: Iterable[Path],
    rules: Rules,
    load: Callable[[], Parse],
    *,
    warn: Warn,
    fail: Fail,
    encoding: str | None = None,
    max_characters: int = files.MAX_CHARACTERS,
) -> Iterator[list[Audit]]:
    """The audits of the articles at `paths`, in order, in batches; without sentences, which no report needs.

    `load` gives what parses. It is called once, before the first article is parsed, or never if none can be read.
    `warn` is told in words how a file was read, `fail` the name of each article that is left out and the reason.

    Raises:
        ModelError: from `load`, or from the parser: no article could be parsed.
    """
    parse: Parse | None = None
    for batch in _batches(_articles(paths, warn=warn, fail=fail, encoding=encoding, max_characters=max_characters)):
        parse = parse or load()
        yield list(_audit(batch, rules, parse, fail))


def _articles(
    paths: Iterable[Path], *, warn: Warn, fail: Fail, encoding: str | None, max_characters: int
) -> Iterator[Article]:
    for path in paths:
        # A file name that is no UTF-8 could not be written in a report.
        name = "stdin" if path == files.STDIN else str(path).encode(errors="surrogateescape").decode(errors="replace")
        try:
            reading = files.read(path, encoding=encoding, max_characters=max_characters)
        except InputError as error:
            fail(name, error)
            continue
        if reading.warning:
            warn(reading.warning)
        yield ingest.article(name, reading.text)


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    batch: list[Article] = []
    size = 0
    for article in articles:
        batch.append(article)
        size += len(article.text)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _audit(batch: Sequence[Article], rules: Rules, parse: Parse, fail: Fail) -> Iterator[Audit]:
    try:
        parsed = parse(batch)
    except ModelError:
        raise
    except Exception as error:
        if len(batch) == 1:
            fail(batch[0].name, error)
            return
        for article in batch:  # one by one, to lose only the article that fails
            yield from _audit([article], rules, parse, fail)
        return
    for article in parsed:
        try:
            audit = pipeline.audit(article, rules)
        except Exception as error:
            fail(article.name, error)
        else:
            yield replace(audit, article=replace(article, sentences=()))
