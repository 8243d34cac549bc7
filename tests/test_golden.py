"""The five seed articles, audited on frozen parses, drawn as text: pytest --update-golden writes what has changed."""

from pathlib import Path

import pytest

from audit import rules
from audit.pipeline import audit
from tests import frozen
from tests.drawn import draw

GOLDEN = Path(__file__).parent / "golden"
SEEDS = frozen.of_seeds()


@pytest.mark.parametrize("number", range(len(SEEDS.articles)), ids=[article.name[:3] for article in SEEDS.articles])
def test_seed(number: int, request: pytest.FixtureRequest) -> None:
    assert not SEEDS.stale, "the seeds are parsed anew with python -m tests.frozen"
    drawn = draw(audit(SEEDS.read()[number], rules.load()))
    path = GOLDEN / f"{SEEDS.articles[number].name[:3]}.txt"
    if request.config.getoption("--update-golden"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(drawn.encode())
    assert path.read_bytes().decode() == drawn
