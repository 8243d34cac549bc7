"""Which report each format is: audits, in batches as they come, into pieces of text."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING

from audit import __version__
from audit.model import Audit

if TYPE_CHECKING:
    from audit.rule import Check, Rules


@dataclass(frozen=True, slots=True)
class Given:
    """What a report may need besides the audits."""

    width: int  # columns of a table
    checks: "Sequence[Check]"
    failures: Sequence[tuple[str, str]]  # name and message of what could not be audited; complete once all audits came


Batches = Iterable[Sequence[Audit]]
Renderer = Callable[[Batches, Given], Iterator[str]]
"""The report in pieces, each as soon as its articles are audited where the format allows."""


def _table(batches: Batches, given: Given) -> Iterator[str]:
    from audit.report import summary, to_table

    audits: list[Audit] = []
    for batch in batches:
        yield "".join(f"{to_table.render(audit, width=given.width)}\n" for audit in batch)
        audits += batch
    if summary.articles(audits) > 1:
        yield summary.totals(audits, width=given.width)


def _concise(batches: Batches, _: Given) -> Iterator[str]:
    from audit.report import summary, to_concise

    articles, found = 0, to_concise.severities([])
    for batch in batches:
        yield to_concise.render(batch)
        articles += summary.articles(batch)
        found += to_concise.severities(batch)
    yield to_concise.total(found, articles)


def _csv(batches: Batches, _: Given) -> Iterator[str]:
    from audit.report import to_csv

    return _headed(to_csv.render, batches)


def _csv_findings(batches: Batches, _: Given) -> Iterator[str]:
    from audit.report import to_csv_findings

    return _headed(to_csv_findings.render, batches)


def _headed(render: Callable[..., str], batches: Batches) -> Iterator[str]:
    rest = iter(batches)
    yield render(next(rest, []))
    yield from (render(batch, header=False) for batch in rest)


def _json(batches: Batches, _: Given) -> Iterator[str]:
    from audit.report import to_json

    yield to_json.render(_all(batches), version=__version__)


def _jsonl(batches: Batches, _: Given) -> Iterator[str]:
    from audit.report import to_jsonl

    return map(to_jsonl.render, batches)


def _markdown(batches: Batches, _: Given) -> Iterator[str]:
    from audit.report import to_markdown

    return map(to_markdown.render, batches)


def _sarif(batches: Batches, given: Given) -> Iterator[str]:
    from audit.report import to_sarif

    audits = _all(batches)
    yield to_sarif.render(audits, checks=given.checks, version=__version__, failures=given.failures)


def _github(batches: Batches, _: Given) -> Iterator[str]:
    from audit.report import to_github

    return map(to_github.render, batches)


def _junit(batches: Batches, given: Given) -> Iterator[str]:
    from audit.report import to_junit

    audits = _all(batches)
    yield to_junit.render(audits, checks=given.checks, failures=given.failures)


def _html(batches: Batches, given: Given) -> Iterator[str]:
    from audit.report import to_html

    yield to_html.render(_all(batches), given.checks, version=__version__)


def _webanno(batches: Batches, _: Given) -> Iterator[str]:
    from audit.report import to_webanno

    yield to_webanno.render(_all(batches), version=__version__)


def _statistics(batches: Batches, _: Given) -> Iterator[str]:
    from audit.report import to_statistics

    yield to_statistics.render(to_statistics.counted(chain.from_iterable(batches)))


def _statistics_json(batches: Batches, _: Given) -> Iterator[str]:
    from audit.report import to_statistics

    yield to_statistics.render_json(to_statistics.counted(chain.from_iterable(batches)), version=__version__)


def _all(batches: Batches) -> list[Audit]:
    return [audit for batch in batches for audit in batch]


def checks(loaded: Iterable["Rules"]) -> "list[Check]":
    """The checks that govern any article, by code; of those of one code the first."""
    found: dict[str, Check] = {}
    for rules_ in loaded:
        for check in rules_.checks:
            found.setdefault(check.code, check)
    return [found[code] for code in sorted(found)]


FORMATS: Mapping[str, Renderer] = MappingProxyType(
    {
        "table": _table,
        "concise": _concise,
        "csv": _csv,
        "csv-findings": _csv_findings,
        "html": _html,
        "json": _json,
        "jsonl": _jsonl,
        "markdown": _markdown,
        "sarif": _sarif,
        "github": _github,
        "junit": _junit,
        "webanno": _webanno,
    }
)
"""By the name that --format takes."""
DEFAULT = "table"

STATISTICS: Mapping[str, Renderer] = MappingProxyType({"table": _statistics, "json": _statistics_json})
"""Likewise with --statistics."""

DOCUMENTS = ("docx-comments",)
"""Further formats, of which each article has a file of its own; see documents.py."""
