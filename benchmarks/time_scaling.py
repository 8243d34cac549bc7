"""Times whole audits from 1 to 1,000 articles and from 200 to 20,000 words in one: ``make bench SCALING=1``."""

from pathlib import Path

import pytest

from audit import parse
from benchmarks import articles, stages
from benchmarks.conftest import Measure


@pytest.mark.parametrize("size", [1, 10, 100, 1000])
def test_articles(size: int, texts: list[str], parser: parse.Parser, measure: Measure, tmp_path: Path) -> None:
    chosen = articles.many(texts, size)
    work = stages.audit(articles.write(chosen, tmp_path), parser, "--no-cache")
    measure(work, name="scaling: articles", size=size, words=articles.words(chosen))


@pytest.mark.parametrize("size", [200, 2_000, 20_000])
def test_words(size: int, texts: list[str], parser: parse.Parser, measure: Measure, tmp_path: Path) -> None:
    work = stages.audit(articles.write([articles.long(texts, size)], tmp_path), parser, "--no-cache")
    measure(work, name="scaling: words in one article", size=size, words=size)
