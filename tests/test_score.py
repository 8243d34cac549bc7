"""The scorer and the gate: what counts as right, and that floors never fall."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import floors, score
from benchmarks.pairs import Marked, name_key, overlap, pair_up, same_speaker

QUOTE = Marked("direct", 0, 10, "“a b c d.”", ("Ann Lee", "Lee"), "named")
FIGURE = Marked("figure", 20, 30, "some 3,000", (), "unattributed")
REPORT = Marked("indirect", 40, 60, "rain will come soon.", ("officials",), "anonymous")
OPTIONAL = Marked("figure", 70, 75, "two x", (), "unattributed", optional=True)
GOLD = [QUOTE, FIGURE, REPORT, OPTIONAL]


def found(claim: Marked, **changes) -> Marked:
    """The claim as an audit would have it: one speaker, nothing optional."""
    return replace(claim, speakers=claim.speakers[:1], optional=False, **changes)


def values(*audited: Marked) -> dict[str, float]:
    return {name: round(m.value, 3) for name, m in score.score({"a": GOLD}, {"a": audited}).measures().items()}


def test_a_perfect_audit_scores_one():
    assert set(values(*map(found, GOLD)).values()) == {1.0}
    assert score.score({"a": GOLD}, {"a": list(map(found, GOLD))}).errors == []


def test_an_empty_audit_scores_nought_and_lists_what_it_missed():
    tally = score.score({"a": GOLD}, {})
    assert {m.value for m in tally.measures().values()} == {0.0}
    assert tally.errors == [
        "a: missed direct 0-10 '“a b c d.”': named Ann Lee",
        "a: missed indirect 40-60 'rain will come soon.': anonymous officials",
        "a: missed figure 20-30 'some 3,000': unattributed",
    ]


def test_optional_gold_is_neither_rewarded_nor_punished():
    without = values(found(QUOTE), found(FIGURE), found(REPORT))
    assert values(found(QUOTE), found(FIGURE), found(REPORT), found(OPTIONAL)) == without
    assert values(found(QUOTE), found(FIGURE), found(REPORT), found(OPTIONAL, sourcing="named")) == without


def test_a_report_around_a_gold_quote_is_no_error_but_another_is():
    around = Marked("indirect", 0, 15, "“a b c d.” etc.", ("Ann Lee",), "named")
    assert values(*map(found, GOLD), around)["indirect"] == 1.0
    assert values(*map(found, GOLD), replace(around, start=1))["indirect"] == pytest.approx(2 / 3, abs=0.001)


def test_a_wrong_kind_costs_the_kind_alone():
    scored = values(found(QUOTE, kind="mixed"), found(FIGURE), found(REPORT))
    assert scored.pop("kind") == 0.0
    assert set(scored.values()) == {1.0}


def test_a_wrong_speaker_costs_speaker_and_claim():
    scored = values(replace(QUOTE, speakers=("Bob",)), found(FIGURE), found(REPORT))
    assert (scored["speaker"], scored["claim"], scored["sourcing"]) == (0.5, 0.667, 1.0)
    tally = score.score({"a": [QUOTE]}, {"a": [replace(QUOTE, speakers=("Bob",))]})
    assert tally.errors == ["a: wrong direct 0-10 '“a b c d.”': named Bob, not named Ann Lee"]


def test_flags_count_what_an_editor_must_look_at():
    tally = score.score({"a": GOLD}, {"a": [replace(FIGURE, sourcing="named"), found(QUOTE, sourcing="anonymous")]})
    flags = tally.measures()["flags"]
    assert (flags.right, flags.given, flags.gold) == (0, 1, 2)
    assert (flags.precision, flags.recall) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("gold", "audited", "same"),
    [
        (QUOTE, replace(QUOTE, start=3), True),
        (QUOTE, replace(QUOTE, start=4), False),
        (FIGURE, replace(FIGURE, start=28, end=60, text="3,000 people"), True),
        (FIGURE, replace(FIGURE, start=28, end=60, text="3,00 people"), False),
        (FIGURE, replace(FIGURE, start=30, end=60), False),
        (REPORT, replace(REPORT, start=47, end=60, text="come soon"), True),
        (REPORT, replace(REPORT, start=47, end=60, text="soon"), False),
        (REPORT, replace(REPORT, start=54, end=60), False),
    ],
)
def test_what_counts_as_the_same_claim(gold, audited, same):
    assert (overlap(gold, audited) > 0) is same


def test_the_best_overlap_pairs_first_and_required_gold_before_optional():
    near = replace(QUOTE, start=1)
    assert pair_up([QUOTE], [near, QUOTE]) == [(QUOTE, QUOTE)]
    optional = replace(QUOTE, optional=True)
    assert pair_up([optional, QUOTE], [QUOTE]) == [(QUOTE, QUOTE)]


@given(st.lists(st.builds(lambda start, length: replace(QUOTE, start=start, end=start + length),
                          st.integers(0, 40), st.integers(1, 20)), max_size=8), st.data())  # fmt: skip
def test_pairs_are_one_to_one(claims, data):
    audited = data.draw(st.permutations(claims))
    pairs = pair_up(claims, audited)
    assert len(pairs) == len({id(gold) for gold, _ in pairs}) == len({id(other) for _, other in pairs})
    assert len(pairs) == len(claims)


@pytest.mark.parametrize(
    ("written", "accepted"),
    [
        ("the president Erdoğan’s", "President Erdogan"),
        ("U.N.", "UN"),
        ("Mr. Lee", "lee"),
        ("Response  Co-ordination Group", "Response Co ordination Group"),
    ],
)
def test_spellings_of_a_name_that_count_as_one(written, accepted):
    assert name_key(written) == name_key(accepted)


def test_no_name_is_never_the_right_name():
    assert not same_speaker(replace(QUOTE, speakers=("Mr.",)), replace(QUOTE, speakers=("",)))
    assert not same_speaker(QUOTE, replace(QUOTE, speakers=()))


def test_audited_claims_are_read_by_the_stem_of_their_article(tmp_path):
    row = {"doc": "in/a.b.txt", "kind": "figure", "start": 1, "end": 3, "text": "\u202812", "speaker": None}
    path = tmp_path / "claims.jsonl"
    path.write_text(json.dumps(row | {"sourcing": "unattributed"}, ensure_ascii=False) + "\n", encoding="utf-8")
    assert score.read_audited(path) == {"a.b": [Marked("figure", 1, 3, "\u202812", (), "unattributed")]}


def test_the_gold_of_the_seeds_is_of_their_texts():
    gold = score.read_gold(floors.ROOT / "seeds/gold")
    assert len(gold) == 5
    for name, claims in gold.items():
        text = (floors.ROOT / f"seeds/{name}.txt").read_bytes().decode()
        assert all(claim.text == text[claim.start : claim.end] for claim in claims)


def test_the_table_leaves_out_what_a_share_has_not():
    lines = score.table({"quote": score.Measure(1, 2, 1), "kind": score.Measure(1, 2)}).splitlines()
    assert [line.split() for line in lines[1:]] == [
        ["quote", "0.667", "1.000", "0.500", "1", "1", "2"],
        ["kind", "0.500", "1", "2"],
    ]


@pytest.fixture
def pinned(tmp_path):
    """A project with one article and its floors."""
    (tmp_path / "seeds/gold").mkdir(parents=True)
    (tmp_path / "seeds/a.txt").write_text("a")
    (tmp_path / "seeds/gold/a.jsonl").write_text("{}")
    floors.Floors({"quote": 0.9, "figure": 0.5}, floors.truth(tmp_path)).write(tmp_path / "floors.json")
    return tmp_path


def raise_in(root, **reached):
    return floors.raise_floors(reached, path=root / "floors.json", root=root)


def test_floors_rise_rounded_down(pinned):
    assert raise_in(pinned, quote=0.98765, figure=0.5) == ["raised quote from 0.900 to 0.987"]
    assert floors.Floors.read(pinned / "floors.json").values == {"quote": 0.987, "figure": 0.5}
    assert raise_in(pinned, quote=0.98765, figure=0.5) == ["no floor rises"]


def test_floors_never_fall(pinned):
    before = (pinned / "floors.json").read_bytes()
    with pytest.raises(floors.FloorError, match=r"^quote is 0\.8999, below its floor of 0\.900\nNo floor was changed"):
        raise_in(pinned, quote=0.8999, figure=1.0)
    assert (pinned / "floors.json").read_bytes() == before


def test_a_changed_article_is_pinned_anew_and_said(pinned):
    (pinned / "seeds/a.txt").write_text("b")
    (pinned / "seeds/gold/b.jsonl").write_text("{}")
    assert raise_in(pinned, quote=0.9, figure=0.5) == ["pinned seeds/a.txt anew", "pinned seeds/gold/b.jsonl anew"]
    assert floors.Floors.read(pinned / "floors.json").truth == floors.truth(pinned)


@given(st.floats(0, 1))
def test_a_floor_just_raised_is_reached(value):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(floors.Floors, "write", lambda self, path: written.append(self))
        patch.setattr(floors.Floors, "read", lambda path: floors.Floors({}, {}))
        written: list[floors.Floors] = []
        floors.raise_floors({"quote": value})
    assert written[0].fallen({"quote": value}) == []
