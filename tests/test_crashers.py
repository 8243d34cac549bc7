"""What once broke a reader does so no longer; and the fuzzer finds what a broken reader does."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit import readers
from audit.errors import InputError
from audit.model import Article, Declared, Origin
from audit.readers import FORMATS, Format
from tests.fuzz import child, mutations, samples
from tests.fuzz.invariants import hold, holds

CRASHERS = sorted(path for path in samples.CRASHERS.iterdir() if path.suffix != ".md")


def test_past_crashers_are_read_or_refused() -> None:
    for path in CRASHERS:
        hold(path.name, path.read_bytes())


@pytest.mark.parametrize("format", FORMATS, ids=lambda format: format.name)
def test_mutated_samples_are_read_or_refused(format: Format) -> None:
    own = list(samples.of(format.name).values())
    assert own, "a format without samples"
    tokens = mutations.TOKENS.get(format.name, mutations.MARKUP)
    name = f"a{format.suffixes[0]}"

    @settings(max_examples=100)
    @given(st.integers(0, 2**32))
    def damaged(number: int) -> None:
        hold(name, mutations.mutated(own, tokens, seed=7, number=number))
        hold(name, mutations.generated(tokens, seed=7, number=number))

    damaged()


@pytest.mark.parametrize(
    "wrong",
    [
        lambda article, origin: replace(article, paragraphs=article.paragraphs[1:]),
        lambda article, origin: replace(article, paragraphs=article.paragraphs[::-1]),
        lambda article, origin: replace(article, declared=(Declared(" ", "person"),)),
        lambda article, origin: replace(article, origin=replace(origin, text=f" {origin.text}")),
        lambda article, origin: replace(article, origin=replace(origin, runs=origin.runs[::-1])),
    ],
    ids=["lost text", "order", "no name", "shifted", "order of runs"],
)
def test_what_must_hold_is_seen_not_to(wrong: Callable[[Article, Origin], Article]) -> None:
    (article,) = hold("a.html", b"<p>The bridge is closed.</p><p>The mayor said so &amp; left.</p>")
    assert article.origin
    holds(article)
    with pytest.raises(AssertionError):
        holds(wrong(article, article.origin))


def test_the_same_seed_gives_the_same_inputs() -> None:
    made = [mutations.mutated([b"The bridge is closed."], (), seed=3, number=number) for number in range(50)]
    assert made == [mutations.mutated([b"The bridge is closed."], (), seed=3, number=number) for number in range(50)]
    assert len(set(made)) > 25


def _broken(name: str, data: bytes, _: object) -> Iterator[object]:
    """A reader that does what none may."""
    if data == b"slow":
        while True:
            random.random()
    if data == b"big":
        yield bytes(3 << 30)
    if data == b"raises":
        raise ValueError("what is this")
    raise InputError(f"{name}: refused")


def test_what_a_reader_must_not_do_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    inputs = [b"", b"raises", b"slow", b"big", b""]
    monkeypatch.setattr(readers, "FORMATS", (Format("broken", (".x",), lambda _: True, _broken),))
    monkeypatch.setattr(child, "_SECONDS", 0.2)
    tally = child.run(lambda number: ("a.x", inputs[number]), inputs=len(inputs), seconds=60)
    assert (tally.inputs, tally.refused) == (5, 2)
    assert sorted(tally.found) == [1, 2, 3]
    assert "ValueError" in tally.found[1]
    assert "took more than" in tally.found[2]
    assert "MemoryError" in tally.found[3]
