"""What the timings share: their options, their articles, and how one of them is measured."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from audit import parse
from benchmarks import articles, reference, watch
from benchmarks.stages import Input

SIZES = (1, 10, 100)  # articles
_SPEND = 8.0  # seconds on a benchmark, the rounds below allowing
_FEWEST, _MOST = 3, 20  # rounds
_SLOW = 60.0  # seconds: what takes longer is timed once
_SHORTEST = 0.05  # seconds of a round: shorter work is repeated in it

Measure = Callable[..., None]


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of the timings; see ``python -m benchmarks.bench --help``."""
    group = parser.getgroup("quote-audit benchmarks")
    group.addoption("--articles", type=Path, help="time these articles instead of those of seeds/")
    group.addoption("--polnear", type=Path, help="a split of the PolNeAR corpus")
    group.addoption("--scorer", type=Path, help="a script that scores predictions against it")
    group.addoption("--gendergaptracker", type=Path, help="a checkout of GenderGapTracker")
    group.addoption("--spacy-model", default="en_core_web_sm", help="the spaCy pipeline of the peers")


@pytest.fixture(scope="session")
def texts(request: pytest.FixtureRequest) -> list[str]:
    return articles.read(request.config.getoption("--articles"))


@pytest.fixture(scope="session")
def parser() -> parse.Parser:
    return parse.load()


@pytest.fixture(scope="session")
def corpus(request: pytest.FixtureRequest, texts: list[str], parser: parse.Parser) -> Input:
    """As many articles as the largest of the chosen stages takes, parsed once for all."""
    folder = request.getfixturevalue("tmp_path_factory").mktemp("articles")
    functions = [item for item in request.session.items if isinstance(item, pytest.Function)]
    most = max(int(str(item.callspec.params["size"])) for item in functions if "corpus" in item.fixturenames)
    return Input.of(articles.write(articles.many(texts, most), folder), parser)


@pytest.fixture
def measure(benchmark: BenchmarkFixture, texts: list[str]) -> Measure:
    """Times some work, after a first time that warms it up and is watched for its memory.

    `name` and `size` are what the history knows it by, `words` what it reads (0: nothing that is counted in words).
    """

    def run(work: Callable[[], object], *, name: str, size: int = 0, words: int = 0, **more: object) -> None:
        took, memory = watch.watched(work)
        fewest = 1 if took > _SLOW else _FEWEST
        before = reference.seconds()
        benchmark.pedantic(  # type: ignore[no-untyped-call]  # pytest-benchmark ships no types
            work,
            rounds=max(fewest, min(_MOST, int(_SPEND / took))),
            iterations=max(1, int(_SHORTEST / took)),
        )
        benchmark.extra_info.update(
            more,
            name=name,
            size=size,
            words=words,
            memory=round(memory, 1),
            reference=[before, reference.seconds()],
            articles=articles.digest(texts),
        )

    return run
