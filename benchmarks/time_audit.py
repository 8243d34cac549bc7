"""Times the start, each stage and the whole of an audit; run by ``make bench``, and by no test run."""

from pathlib import Path

import pytest

from benchmarks import articles, stages
from benchmarks.conftest import SIZES, Measure
from benchmarks.stages import STAGES, Input


def test_load(measure: Measure) -> None:
    measure(stages.load, name="load models")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("stage", STAGES)
def test_stage(stage: str, size: int, corpus: Input, measure: Measure) -> None:
    given = corpus.first(size)
    measure(STAGES[stage](given), name=stage, size=size, words=articles.words([a.text for a in given.articles]))


@pytest.mark.parametrize("size", SIZES)
def test_cold(size: int, texts: list[str], measure: Measure, tmp_path: Path) -> None:
    chosen = articles.many(texts, size)
    measure(stages.cold(articles.write(chosen, tmp_path)), name="audit cold", size=size, words=articles.words(chosen))
