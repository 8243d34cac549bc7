"""No change may lose accuracy unnoticed: the audit of seeds/ reaches every floor, on the texts it was pinned on."""

import pytest

from benchmarks import floors
from benchmarks.score import Measure, score_articles

PINNED = floors.Floors.read()


@pytest.fixture(scope="module")
def measures() -> dict[str, Measure]:
    return score_articles(floors.ROOT / "seeds").measures()


def test_articles_and_gold_are_those_that_were_pinned():
    assert floors.truth() == PINNED.truth, "if the change is meant, pin it: python -m benchmarks.score --raise-floors"


@pytest.mark.model
def test_every_measure_has_a_floor(measures):
    assert list(measures) == list(PINNED.values)


@pytest.mark.model
@pytest.mark.parametrize("name", PINNED.values)
def test_measure_reaches_its_floor(name, measures):
    assert measures[name].value >= PINNED.values[name], measures[name]
