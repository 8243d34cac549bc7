"""The harness of the benchmarks: what is timed, what counts as slower, what the history keeps and the page shows."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.errors import InputError
from benchmarks import articles, bench, chart, history, peers, watch
from benchmarks.history import Change, Figure, HistoryError, Run

SETTING = {"articles": "a1", "reference": "1", "cores": "2", "python": "3.11.7"}


def figure(seconds: float = 1.0, *, spread: float = 0.02, name: str = "claims", **changes) -> Figure:
    """A benchmark that took so long, while the reference workload took a second."""
    low, high = seconds * (1 - spread), seconds * (1 + spread)
    return replace(Figure(name, 10, 5000, seconds, low, high, 5, 1.0, low, high, 300.0), **changes)


def run(*figures: Figure, date: str = "2026-05-04T10:20:30Z", **changes) -> Run:
    return replace(Run(date, "abc1234", SETTING, {figure.key: figure for figure in figures}), **changes)


@pytest.mark.parametrize(
    ("old", "new", "regressed"),
    [
        (figure(1.0), figure(1.25), True),
        (figure(1.0), figure(1.14), False),  # within the limit
        (figure(1.0), figure(0.5), False),
        (figure(1.0, spread=0.2), figure(1.3, spread=0.2), False),  # within the spread
        (figure(1.0), figure(2.0, reference=2.0, low=0.98, high=1.02), False),  # the machine was slower, not we
        (figure(1.0), figure(1.0, reference=0.5, low=1.9, high=2.1), True),  # the machine was quicker, and we were not
        (figure(1.0, name="peer: textacy"), figure(2.0, name="peer: textacy"), False),  # measured, not judged
    ],
)
def test_slower_is_beyond_the_limit_and_the_spread_and_in_ratio(old, new, regressed):
    assert Change(old, new).regressed is regressed


@given(st.floats(0.001, 1000), st.floats(1.0, 3.0))
def test_a_faster_or_equal_run_never_regresses(seconds, factor):
    assert not Change(figure(seconds * factor), figure(seconds)).regressed


def test_runs_are_held_against_the_last_that_is_comparable_and_passed():
    passed, failed = run(date="2026-01-01T00:00:00Z"), run(date="2026-01-02T00:00:00Z", slower=("claims 10",))
    others = [run(setting=SETTING | {name: "x"}) for name in ("articles", "reference", "cores")]
    assert history.base([passed, failed, *others], run()) is passed
    assert history.base([failed, *others], run()) is None
    assert history.base([run(setting=SETTING | {"python": "3.12.1"})], run()) is not None


def test_what_only_one_run_has_is_not_compared():
    old, new = run(figure(), figure(name="gone")), run(figure(name="new"), figure())
    assert [change.new.key for change in history.changes(old, new)] == ["claims 10"]


def test_timed_again_the_better_counts():
    first, again = {"claims 10": figure(2.0)}, {"claims 10": figure(1.5)}
    assert history.better(first.values(), again)["claims 10"].seconds == 1.5
    assert history.better(again.values(), first)["claims 10"].seconds == 1.5
    assert history.better(first.values(), {}) == first


def test_a_run_reads_back_as_written_oldest_first(tmp_path):
    later = run(figure(accuracy={"F1": 0.5}), date="2026-05-04T10:20:30Z", commit="abc1234+", slower=("claims 10",))
    earlier = run(figure(2.0), figure(size=0, name="load"), date="2026-05-03T10:20:30Z")
    assert history.write(later, tmp_path).name == "20260504T102030Z-abc1234-changed.json"
    history.write(earlier, tmp_path)
    assert history.read(tmp_path) == [earlier, later]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"date": "x"}', '{"figures": [{}], "slower": []}'])
def test_a_damaged_run_is_named(tmp_path, text):
    (tmp_path / "bad.json").write_text(text)
    with pytest.raises(HistoryError, match=r"bad\.json: not a run of the benchmarks .*; delete it"):
        history.read(tmp_path)


def test_a_figure_is_made_of_what_pytest_benchmark_writes():
    info = {"name": "load", "size": 0, "words": 0, "memory": 5.0, "reference": [0.5, 0.25], "articles": "a1"}
    stats = {"median": 3.0, "q1": 2.0, "q3": 4.0, "rounds": 7}
    made = Figure.of({"extra_info": info, "stats": stats})
    assert (made.key, made.ratio, made.low, made.high, made.rounds) == ("load", 8.0, 4.0, 16.0, 7)


class Balanced(HTMLParser):
    """Fails on a tag that is not closed, and keeps the text."""

    def __init__(self):
        super().__init__()
        self.open, self.tags, self.text = [], [], ""

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def drawn(*runs: Run) -> Balanced:
    page = Balanced()
    page.feed(chart.page(runs))
    assert page.open == []
    return page


HOSTILE = "<script>alert(1)</script>&\"'"


def test_the_page_escapes_whatever_the_history_holds():
    page = drawn(
        run(
            figure(name=HOSTILE, accuracy={HOSTILE: 0.5}),
            date=HOSTILE,
            commit=HOSTILE,
            setting=SETTING | {HOSTILE: HOSTILE},
            slower=(HOSTILE,),
        )
    )
    assert "script" not in {tag for tag, _ in page.tags}
    assert HOSTILE in page.text


@given(st.lists(st.tuples(st.floats(1e-9, 1e9), st.floats(0, 0.9), st.integers(0, 10**6)), min_size=1, max_size=4))
def test_any_run_can_be_drawn(values):
    page = drawn(*(run(figure(s, spread=w, words=n), date=f"2026-01-0{d}") for d, (s, w, n) in enumerate(values, 1)))
    assert len([tag for tag, _ in page.tags if tag == "circle"]) == 2 * len(values)
    places = re.findall(r"\d+\.\d+,(-?\d+\.\d+)", " ".join(attrs.get("points", "") for _, attrs in page.tags))
    assert places and all(0 <= float(y) <= 84 for y in places)


def test_the_page_says_when_and_at_which_commit_and_marks_what_was_slower():
    page = drawn(run(figure()), run(figure(2.0), date="2026-05-05T00:00:00Z", commit="def5678", slower=("claims 10",)))
    assert "5,000 words/s, 2026-05-04T10:20:30Z, commit abc1234" in page.text
    assert [attrs["class"] for tag, attrs in page.tags if tag == "circle"] == ["good", "bad"] * 2
    assert "Slower in the last run: claims 10." in page.text


def test_the_page_leaves_out_what_cannot_be_compared_and_says_so():
    page = drawn(run(figure(), commit="other", setting=SETTING | {"cores": "64"}), run(figure()))
    assert "Left out" in page.text
    assert "commit other" not in page.text


def test_the_page_needs_nothing_from_elsewhere():
    page = drawn(run(figure(), figure(name=f"{chart.SCALING}articles"), figure(name=f"{history.PEER}textacy")))
    assert not {tag for tag, _ in page.tags} & {"script", "link", "img", "iframe"}
    assert not [value for _, attrs in page.tags for value in attrs.values() if value and "//" in value]


def test_the_table_has_accuracy_only_where_something_was_scored():
    new = run(figure(1.2), figure(name="load", size=0, words=0))
    plain = bench.table(new, history.changes(run(figure()), new)).splitlines()
    assert plain[0].split()[-1] == "last"
    assert re.split(r"  +", plain[1]) == ["claims 10", "1.2 s", "±2%", "4,167", "300 MB", "1.2", "×1.20"]
    assert plain[2].endswith("new")
    assert "F1 0.500" in bench.table(run(figure(accuracy={"F1": 0.5})), [])


def test_the_verdict_names_what_is_slower_and_what_to_do():
    change = Change(figure(), figure(1.5))
    assert "no earlier run" in bench.verdict(None, [], accepted=False)
    assert bench.verdict(run(), [], accepted=False).startswith("Nothing has become slower since 2026-05-04")
    said = bench.verdict(run(), [change], accepted=False)
    assert "claims 10: ×1.50" in said
    assert "ACCEPT=1" in said
    assert "accepted" in bench.verdict(run(), [change], accepted=True)


@pytest.fixture
def benched(tmp_path, monkeypatch):
    """Runs the command on figures made up, one list of seconds a measurement; its exit code and what was measured."""
    monkeypatch.setattr(bench, "_setting", lambda texts: SETTING)
    dates = iter(range(10, 60))

    def once(*measurements: dict[str, float], arguments: tuple[str, ...] = ()) -> tuple[int, list[list[str]]]:
        asked: list[list[str]] = []
        left = list(measurements)

        def measured(given):
            asked.append([argument for argument in given if "::" in argument])
            return {f"time.py::{name}": figure(seconds, name=name) for name, seconds in left.pop(0).items()}

        monkeypatch.setattr(bench, "_measured", measured)
        monkeypatch.setattr(bench, "_commit", lambda: f"abc{next(dates)}")
        code = bench.main([*arguments, "--history", str(tmp_path)])
        assert left == []
        return code, asked

    once.folder = tmp_path
    return once


def test_a_regression_is_timed_again_and_fails_only_if_it_stays(benched):
    assert benched({"a": 1.0, "b": 1.0}) == (0, [[]])
    assert benched({"a": 1.5, "b": 1.0}, {"a": 1.0}) == (0, [[], ["time.py::a"]])
    assert benched({"a": 1.5, "b": 1.0}, {"a": 1.6}) == (1, [[], ["time.py::a"]])
    assert [kept.slower for kept in history.read(benched.folder)] == [(), (), ("a 10",)]
    assert "Slower in the last run: a 10." in (benched.folder / "index.html").read_text()


def test_a_regression_fails_until_it_is_mended_or_accepted(benched):
    benched({"a": 1.0})
    assert benched({"a": 1.5}, {"a": 1.5})[0] == 1
    assert benched({"a": 1.5}, {"a": 1.5})[0] == 1
    assert benched({"a": 1.5}, {"a": 1.5}, arguments=("--accept",))[0] == 0
    assert benched({"a": 1.5})[0] == 0


def test_what_cannot_be_run_is_said_without_a_traceback(capsys, tmp_path):
    assert bench.main(["--articles", str(tmp_path / "none")]) == 2
    assert capsys.readouterr().err == f"error: {tmp_path}/none: there is no such file or folder\n"


TEXTS = ["One paragraph with words.\n\nAnother one here.\n", "A second article speaks."]


def test_cycled_articles_differ_in_every_paragraph_and_keep_their_length():
    made = articles.many(TEXTS, 12)
    paragraphs = [paragraph for text in made for paragraph in text.strip().split("\n\n")]
    assert made[:2] == TEXTS
    assert len(set(paragraphs)) == len(paragraphs) == 18
    assert articles.words(made) == 6 * articles.words(TEXTS)
    assert made == articles.many(TEXTS, 12)


@given(st.integers(1, 300))
def test_a_long_article_has_the_words_asked_for(count):
    assert articles.words([articles.long(TEXTS, count)]) == count


def test_articles_come_from_a_folder_and_are_told_apart(tmp_path):
    paths = articles.write(TEXTS, tmp_path)
    assert [path.read_text() for path in paths] == articles.read(tmp_path) == TEXTS
    assert articles.digest(TEXTS) != articles.digest(TEXTS[:1])
    assert len(articles.read()) == 5
    with pytest.raises(InputError, match="no such file or folder"):
        articles.read(tmp_path / "none")


def test_a_watched_work_is_done_once_and_its_memory_seen():
    done = []

    def work():
        done.append(bytearray(80_000_000))
        for _ in range(10):
            watch.time.sleep(0.02)

    took, memory = watch.watched(work)
    assert len(done) == 1
    assert took >= 0.2
    assert memory > 80


def test_offsets_of_a_prepared_text_lead_back():
    text = "“One”\xa0said Ann\n\nThen Bob left.\nLast"
    shown, place = peers._as_it_reads(text)
    assert shown == '"One" said Ann.\n \n Then Bob left.\n Last.\n '
    for word in ("One", "Ann", "Bob", "Last"):
        start = place(shown.index(word))
        assert text[start : start + len(word)] == word
    assert place(len(shown)) == len(text)


def test_a_peers_attributions_become_claims_of_the_scorer():
    text = "“I will go,” said Ann. Bob said it rained."
    found = [
        {"source": [[18, 21]], "cue": [[13, 17]], "content": [[1, 11]]},
        {"source": [], "cue": [], "content": [[32, 41]]},
    ]
    assert [(c.kind, c.text, c.speakers) for c in peers.marked(text, found)] == [
        ("direct", "I will go,", ("Ann",)),
        ("indirect", "it rained", ()),
    ]


def test_a_missing_peer_says_what_to_install(tmp_path):
    with pytest.raises(peers.PeerMissingError, match="GENDERGAPTRACKER=DIR"):
        peers.gendergaptracker(None, "en")
    with pytest.raises(peers.PeerMissingError, match="no checkout of GenderGapTracker"):
        peers.gendergaptracker(tmp_path, "en")


def test_a_plain_test_run_collects_no_timing(request):
    patterns = request.config.getini("python_files")
    timings = sorted(path.name for path in (bench.ROOT / "benchmarks").glob("time_*.py"))
    assert len(timings) == 3
    assert not [name for name in timings for pattern in patterns if re.fullmatch(pattern.replace("*", ".*"), name)]


def test_the_history_is_kept_out_of_git():
    assert json.dumps((history.FOLDER / ".gitignore").read_text().splitlines()[1:]) == '["*", "!.gitignore"]'
