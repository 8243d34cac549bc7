"""The scorer of PolNeAR, on three attributions of which all is known."""

from pathlib import Path

import pytest

from benchmarks.polnear import count, describe, main, measures
from benchmarks.polnear_corpus import Attribution, Marked, parse, read

TEXT = (
    "“Taxes are far too high,” said Ann Lee, the mayor of Troy. “They will fall.”\n"
    'Critics say the plan is "dead on arrival". It rained, according to a memo.\nFollow us here\n'
)


def at(*parts: str) -> tuple[tuple[int, int], ...]:
    return tuple((TEXT.index(part), TEXT.index(part) + len(part)) for part in parts)


GOLD = (
    Attribution(at("Ann Lee, the mayor of Troy"), at("said"), at("“Taxes are far too high,”", "“They will fall.”")),
    Attribution(at("Critics"), at("say"), at('the plan is "dead on arrival"')),
    Attribution((), at("according to a memo"), at("It rained")),
)
ARTICLE = Marked("a", Path("a.txt"), TEXT, GOLD, at("Follow us here"))


def test_what_is_marked_is_all_right():
    counts, errors, right = count(ARTICLE, GOLD)
    assert right == set(GOLD)
    assert not errors and set(measures(counts).values()) == {100.0}
    assert (counts["gold direct"], counts["gold mixed"], counts["gold indirect"]) == (1, 1, 1)


def test_nothing_found_is_all_missed():
    counts, errors, right = count(ARTICLE, [])
    assert not right
    assert {error.kind for error in errors} == {"missed"} and set(measures(counts).values()) == {0.0}


@pytest.mark.parametrize(
    ("source", "right"),
    [("Ann Lee", True), ("Lee", True), ("Ann Lee, the mayor of Troy", True), ("Troy", False), ("Critics", False)],
)
def test_a_source_is_right_by_its_head(source, right):
    found = [Attribution(at(source), at("said"), GOLD[0].content)]
    _, errors, _ = count(ARTICLE, found)
    assert [error.kind for error in errors if error.found] == ([] if right else ["source"])


def test_errors_have_their_classes():
    found = [
        Attribution(at("Ann Lee"), at("said"), at("“Taxes are")),
        Attribution(at("Critics"), (), at("Critics say")),
        Attribution((), (), at("Follow us here")),
    ]
    _, errors, _ = count(ARTICLE, found)
    assert [error.kind for error in errors] == ["span", "missed", "missed", "spurious"]
    assert describe(errors[0], TEXT).splitlines()[1].strip().startswith("marked Ann Lee, the mayor of Troy | said |")


def test_standoff_is_read_in_the_order_of_the_text():
    standoff = (
        "T1\tSource 30 37\tAnn Lee\nT2\tCue 25 29\tsaid\nT3\tContent 60 70;0 24\t...\nT4\tDiscard 90 95\tads\n"
        "E1\tAttribution:T2 Source:T1 Content:T3 Content2:T9\nE2\tAttribution:T2 Source:T1\n"
    )
    attributions, discarded = parse(standoff.replace("Attribution:", "Cue:"))
    assert attributions == (Attribution(((30, 37),), ((25, 29),), ((0, 24), (60, 70))),)
    assert discarded == ((90, 95),)


@pytest.mark.model
def test_a_split_is_audited_and_its_errors_listed(tmp_path, capsys):
    (tmp_path / "text").mkdir()
    (tmp_path / "attributions").mkdir()
    (tmp_path / "text" / "a.txt").write_text(TEXT, "utf-8")
    spans = [span for attribution in GOLD for span in (*attribution.source, *attribution.cue, *attribution.content)]
    roles = ["Source", "Cue", "Content", "Content", "Source", "Cue", "Content", "Cue", "Content"]
    lines = [f"T{n}\t{role} {s} {e}\t-" for n, (role, (s, e)) in enumerate(zip(roles, spans, strict=True))]
    events = ["Source:T0 Cue:T1 Content:T2 Content2:T3", "Source:T4 Cue:T5 Content:T6", "Cue:T7 Content:T8"]
    lines += [f"E{n}\t{event}" for n, event in enumerate(events)]
    (tmp_path / "attributions" / "a_kim.ann").write_text("\n".join(lines), "utf-8")
    assert read(tmp_path)[0].attributions == GOLD
    assert main([str(tmp_path), "--errors", "source", "--no-cache"]) == 0
    out = capsys.readouterr().out
    assert "a: source" in out and "It rained" in out  # that a memo is no source is a matter of the corpus
    assert "direct recall" in out and "errors: missed 0, span 0, source 1, spurious 0" in out
