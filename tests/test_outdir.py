"""Results in a folder: whatever ends a run, the same command goes on, and the result is that of one that was not."""

import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit import cli, modelset, parse, pipeline, rules
from audit.cli import folder, identity
from audit.model import Audit, Claim, Finding, Source, Span
from tests.build import NO_RULES

RULES = rules.load
FILES = 7  # in shards of three


def audit_(article, _):
    if "BREAK" in article.text:
        raise IndexError("list index out of range")
    claims, findings = [], []
    for paragraph in article.paragraphs:
        if "300" in (words := article.slice(paragraph.span)):
            start = paragraph.span.start + words.index("300")
            span = Span(start, start + 3)
            id_ = f"{len(article.text)}-{len(claims)}"
            source = Source(None, None, "unattributed", "bare")
            claims.append(Claim(id_, "figure", span, (span,), 0, None, None, source, "figures.number", "high"))
            findings.append(Finding("F001", "no-source", "warning", span, "Say who counted.", id_, id="known"))
    return Audit(article, tuple(claims), tuple(findings))


@pytest.fixture(scope="module", autouse=True)
def fakes():
    with faked():
        yield


@contextmanager
def faked():
    """No models and no rules: an audit finds the figure 300 in each paragraph that has it; three files are a shard."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QUOTE_AUDIT_CACHE", "off")
        patch.setattr(parse, "load", lambda folder=None, *, threads=None: "parser")
        patch.setattr(parse, "parse", lambda _, articles, *, warn: [replace(one, sentences=()) for one in articles])
        patch.setattr(modelset, "load", lambda folder: modelset.ModelSet(folder, "", "en", "", (), (), ()))
        patch.setattr(rules, "load", lambda folders=(), *, all_cues=False: NO_RULES)
        patch.setattr(pipeline, "audit", audit_)
        patch.setattr("audit.cli.outdir.FILES", 3)
        patch.setattr(identity, "_content", lambda paths: str([path.name for path in paths if path.suffix != ".py"]))
        yield


@pytest.fixture(scope="module")
def articles(tmp_path_factory) -> Path:
    return written(tmp_path_factory.mktemp("in") / "articles")


def written(articles: Path) -> Path:
    articles.mkdir()
    for number in range(FILES):
        (articles / f"{number:02}.txt").write_text(f"Some 300 drivers wait at gate {number}.\n\n" + "word " * 4000)
    (articles / "03.txt").write_text("BREAK")  # of shard 2
    (articles / "04.txt").write_bytes(bytes(range(256)))
    return articles


def command(articles: Path, out: Path, *more: object) -> list[str]:
    return [str(one) for one in ("run", "--threads", "1", "--out-dir", out, articles, *more)]


def content(out: Path) -> dict[str, bytes]:
    """What is in a folder of results, but for the lock, which is empty and may be there or not."""
    return {path.name: path.read_bytes() for path in sorted(out.iterdir()) if path.name != ".lock"}


@pytest.fixture(scope="module")
def whole(articles, tmp_path_factory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("whole")
    assert cli.main(command(articles, out)) == 4
    return content(out)


# What is in the folder


def test_shards_are_the_report_cut_into_files(run, articles, whole):
    _, report, _ = run("run", articles, "--threads", "1", "--format", "jsonl")
    shards = sorted(name for name in whole if name.startswith("claims"))
    assert shards == [f"claims-0000{number}.jsonl" for number in (1, 2, 3)]
    assert b"".join(whole[name] for name in shards).decode() == report


def test_every_article_that_fails_has_a_row(articles, whole):
    rows = list(map(json.loads, whole["errors.jsonl"].splitlines()))
    assert [(row["doc"], row["what"]) for row in rows] == [
        (str(articles / "04.txt"), "input"),
        (str(articles / "03.txt"), "internal"),
    ]
    assert "a binary file" in rows[0]["message"] and rows[1]["message"] == "IndexError: list index out of range"


def test_the_manifest_tells_of_every_shard(articles, whole):
    first, *shards, end = map(json.loads, whole["manifest.jsonl"].splitlines())
    assert first["run"]["files"] == FILES and first["run"]["format"] == "jsonl" and first["day"] is None
    for shard in (one["shard"] for one in shards):
        assert shard["bytes"] == len(whole[shard["file"]])
        assert shard["claims"] == whole[shard["file"]].count(b"\n") == shard["findings"]
        for one in shard["inputs"]:
            assert one["bytes"] == Path(one["doc"]).stat().st_size and len(one["sha256"]) == 64
    assert [len(one["shard"]["inputs"]) for one in shards] == [3, 3, 1]
    assert shards[1]["shard"]["errors"] == {"input": 1, "internal": 1}
    assert end == {"end": {"shards": 3, "articles": 5, "words": 5 * 4007, "claims": 5, "findings": 5,
                           "errors": {"input": 1, "internal": 1}}}  # fmt: skip


@pytest.mark.parametrize(("form", "name"), [("csv", "claims"), ("csv-findings", "findings")])
def test_each_shard_of_csv_has_its_heading(run, articles, tmp_path, form, name):
    assert run(*command(articles, tmp_path / "out", "--format", form))[0] == 4
    shards = [data for file, data in content(tmp_path / "out").items() if file.startswith(name)]
    assert len(shards) == 3 and all(data.startswith(b"doc,id,") for data in shards)


def test_several_processes_write_the_same(run, articles, tmp_path, whole, monkeypatch):
    monkeypatch.delitem(sys.modules, "torch", raising=False)
    monkeypatch.setattr(parse, "use_threads", lambda count: None)
    assert run(*command(articles, tmp_path / "out", "--threads", "3"))[0] == 4
    assert content(tmp_path / "out") == whole


# Going on


def test_what_is_finished_stays_as_it_is(run, articles, tmp_path, whole):
    out = tmp_path / "out"
    run(*command(articles, out))
    times = {path: path.stat().st_mtime_ns for path in out.iterdir() if path.name != ".lock"}
    code, _, err = run(*command(articles, out))
    assert code == 4 and err == f"{out}: nothing to do: it has the results of 7 files\n"
    assert run(*command(articles, out, "--quiet"))[2] == ""
    assert {path: path.stat().st_mtime_ns for path in times} == times
    assert content(out) == whole


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_manifest_cut_anywhere_is_gone_on_with(articles, whole, tmp_path_factory, data):
    """Also with results that are ahead of it, half a shard, and errors without a line."""
    out = tmp_path_factory.mktemp("out")
    manifest = whole["manifest.jsonl"]
    ends = [at + shift for at, byte in enumerate(manifest) if byte == 10 for shift in (0, 1, 2)]
    cut = data.draw(st.sampled_from(ends) | st.integers(0, len(manifest)))
    for name, content_ in whole.items():
        (out / name).write_bytes(content_)
    (out / "manifest.jsonl").write_bytes(manifest[:cut])
    (out / ".quote-audit-0123-x.tmp").write_bytes(b"half a sh")
    assert cli.main(command(articles, out)) == 4
    left = content(out)
    left.pop(".quote-audit-0123-x.tmp", None)  # of no name that this run writes to
    assert left == whole


KILLER = "import sys; from tests import test_outdir; test_outdir.kill_at_every_moment(*sys.argv[1:])"


def kill_at_every_moment(articles: str, out: str) -> None:
    """Print what a run leaves that is killed before, or right after, each of its calls that put something on disk, and
    is then begun again; and one that is killed again and again."""
    with faked():
        calls = run_killed(articles, f"{out}-none", None, after=False)
        for at in range(1, calls + 1):
            for after in (False, True):
                target = f"{out}-{at}-{after}"
                assert run_killed(articles, target, at, after=after) == -signal.SIGKILL
                assert run_killed(articles, target, None, after=False) >= 0
                print(target)
        target = f"{out}-often"
        while run_killed(articles, target, 9, after=True) < 0:
            pass
        print(target)


def run_killed(articles: str, out: str, at: int | None, *, after: bool) -> int:
    """Run in a process of its own, killed at that of its calls: minus the signal, or how many calls there were."""
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    count = 0

    def counted(call):
        def counting(*arguments):
            nonlocal count
            count += 1
            if count == at and not after:
                os.kill(os.getpid(), signal.SIGKILL)
            result = call(*arguments)
            if count == at:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        return counting

    os.fsync, os.replace = counted(os.fsync), counted(os.replace)
    code = cli.main(command(Path(articles), Path(out)))
    os._exit(count if code == 4 else 255)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks processes to kill them")
def test_a_run_killed_at_any_moment_is_gone_on_with(articles, whole, tmp_path):
    words = [sys.executable, "-c", KILLER, str(articles), str(tmp_path / "out")]
    done = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True, cwd=Path(__file__).parents[1])
    left = list(map(Path, done.stdout.splitlines()))
    assert len(left) > 35
    for out in left:
        assert content(out) == whole, out


def test_interrupted(run, articles, tmp_path, whole, monkeypatch):
    out = tmp_path / "out"
    calls = 0

    def interrupt(article, loaded):
        nonlocal calls
        calls += 1
        if calls == 6:
            raise KeyboardInterrupt
        return audit_(article, loaded)

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "audit", interrupt)
        code, _, err = run(*command(articles, out))
    assert code == 130 and err.endswith("interrupted after 3 of 7 files; the same command goes on there\n")
    assert sorted(content(out)) == ["claims-00001.jsonl", "errors.jsonl", "manifest.jsonl"]
    code, _, err = run(*command(articles, out))
    assert code == 4 and err.startswith(f"{out}: going on after 3 of 7 files\n")
    assert content(out) == whole


@pytest.mark.parametrize("at", range(1, 21))
def test_a_full_disk(run, articles, tmp_path, whole, monkeypatch, at):
    out = tmp_path / "out"
    count = 0

    def full(call):
        def counting(*arguments):
            nonlocal count
            count += 1
            if count == at:
                raise OSError(28, "No space left on device")
            return call(*arguments)

        return counting

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full(os.fsync))
        code, _, err = run(*command(articles, out))
    if code != 4:  # to put a folder's names on disk is not worth a failure
        assert code == 3 and err.endswith("cannot be written: no space left on device\n")
    assert not list(out.glob(".quote-audit*"))
    assert run(*command(articles, out))[0] == 4
    assert content(out) == whole


# What may not change


@pytest.fixture
def begun(run, tmp_path) -> tuple[Path, Path]:
    articles, out = written(tmp_path / "articles"), tmp_path / "out"
    assert run(*command(articles, out))[0] == 4
    manifest = out / "manifest.jsonl"
    lines = manifest.read_bytes().splitlines(keepends=True)
    manifest.write_bytes(b"".join(lines[:3]))
    return articles, out


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--format", "csv"], "another --format"),
        (["--encoding", "latin-1"], "another --encoding"),
        (
            ["--max-characters", "9000", "--max-megabytes", "7"],
            "another --max-characters, --max-megabytes or --max-paragraphs",
        ),
        (["--fail-on", "error"], "another settings"),
        (["none.txt"], "another list of files"),
    ],
)
def test_a_run_of_something_else_is_refused(run, begun, more, said):
    articles, out = begun
    before = content(out)
    code, _, err = run(*command(articles, out, *more))
    assert code == 3 and f"{out}: was begun with {said}: put that back, begin anew with --restart" in err
    assert content(out) == before
    assert run(*command(articles, out, *more, "--restart"))[0] == 4
    assert run(*command(articles, out, *more))[2].endswith("files\n")


def test_other_rules_models_and_versions_are_refused(run, begun, monkeypatch):
    articles, out = begun
    monkeypatch.setattr("audit.__version__", "9")
    monkeypatch.setattr("audit.cli.caching.identity", lambda models: "others")
    monkeypatch.setattr(identity, "_content", lambda paths: "others")
    _, _, err = run(*command(articles, out))
    assert "another version of quote-audit, another models, another rules, another approvals or baseline" in err


def test_files_that_have_changed_are_refused(run, begun):
    articles, out = begun
    (articles / "06.txt").write_text("Not audited yet: 300.")
    (articles / "04.txt").write_bytes(b"\0")
    (articles / "05.txt").unlink()
    (articles / "05.txt").mkdir()
    code, _, err = run(*command(articles, out, articles / "05.txt"))
    assert code == 3 and "another list of files" in err
    (articles / "05.txt").rmdir()
    (articles / "05.txt").write_text("New.")
    (out / "claims-00001.jsonl").unlink()
    code, _, err = run(*command(articles, out))
    assert f"another content of claims-00001.jsonl, {articles / '04.txt'}, {articles / '05.txt'}: put" in err
    (out / "errors.jsonl").write_bytes(b"")
    assert run(*command(articles, out, "--restart"))[0] == 4
    assert len(content(out)) == 5


def test_what_silences_is_read_before_anything_is_written(run, articles, tmp_path):
    code, _, err = run(*command(articles, tmp_path / "out", "--baseline", tmp_path / "none.json"))
    assert code == 2 and "none.json: there is no such baseline" in err and not (tmp_path / "out").exists()


def test_errors_that_are_gone_are_refused(run, begun):
    articles, out = begun
    (out / "errors.jsonl").unlink()
    code, _, err = run(*command(articles, out))
    assert code == 3 and "errors.jsonl: is shorter than it was" in err


@pytest.mark.parametrize("name", ["letter.txt", "claims-00001.jsonl", "manifest.jsonl"])
def test_a_folder_of_something_else_is_left_alone(run, articles, tmp_path, name):
    (tmp_path / name).write_text("Dear")
    for more in ([], ["--restart"]):
        code, _, err = run(*command(articles, tmp_path, *more))
        assert code == 3 and f"holds something else than results of --out-dir ({name})" in err
    assert content(tmp_path) == {name: b"Dear"}


def test_a_manifest_with_a_line_that_is_none(run, begun):
    articles, out = begun
    lines = (out / "manifest.jsonl").read_bytes().splitlines(keepends=True)
    (out / "manifest.jsonl").write_bytes(b"".join([lines[0], b'{"shard": {"file": 1}}\n', lines[2]]))
    code, _, err = run(*command(articles, out))
    assert code == 3 and "manifest.jsonl:2: not what a run writes" in err
    assert run(*command(articles, out, "--restart"))[0] == 4


def test_two_runs_at_once_are_refused(run, articles, tmp_path, monkeypatch):
    monkeypatch.setattr(folder, "_PATIENCE", 0.01)
    with folder.opened(tmp_path / "out"):
        code, _, err = run(*command(articles, tmp_path / "out"))
    assert code == 3 and "another run is writing there" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["a.txt", "--out-dir", "out", "--format", "html"], "--out-dir writes jsonl, csv, csv-findings, not html"),
        (["a.txt", "--out-dir", "out", "--write-baseline", "known.json"], "--write-baseline wants a run of its own"),
        (["-", "--out-dir", "out"], "stdin: can be read once only"),
        ([os.devnull, "--out-dir", "out"], "can be read once only"),
        (["a.txt", "--restart"], "--restart goes with --out-dir"),
        (["a.txt", "--out-dir", "out", "-o", "report"], "not allowed with argument"),
    ],
)
def test_what_does_not_go_together(run, tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("Some 300.")
    code, _, err = run("run", *arguments)
    assert code == 2 and said in err and not (tmp_path / "out").exists()


def test_results_among_the_articles_are_no_articles(run, tmp_path):
    articles = written(tmp_path / "articles")
    out = articles / "out"
    for _ in range(2):
        assert run(*command(articles, out))[0] == 4
        (out / "stray.txt").write_text("Some 300.")
    assert len(content(out)) == 6


# What is counted over all shards, also those of an earlier run


def cut(out: Path, lines: int) -> None:
    """Leave that many lines of the manifest."""
    manifest = out / "manifest.jsonl"
    manifest.write_bytes(b"".join(manifest.read_bytes().splitlines(keepends=True)[:lines]))


def test_findings_of_an_earlier_run_make_a_run_fail(run, tmp_path):
    articles, out = written(tmp_path / "articles"), tmp_path / "out"
    for name in ("03.txt", "04.txt"):
        (articles / name).unlink()
    (articles / "06.txt").write_text("No figure.")
    words = command(articles, out, "--fail-on", "warning")
    assert run(*words)[0] == 1
    cut(out, 3)
    assert run(*words)[0] == 1 and run(*words)[0] == 1
    assert run(*words, "--exit-zero")[0] == 0


def test_statistics_count_all_shards(run, articles, tmp_path):
    out = tmp_path / "out"
    code, first, _ = run(*command(articles, out, "--statistics"))
    assert code == 4 and first.startswith("5 articles, 5 claims, 5 findings\n")
    cut(out, 3)
    for _ in range(2):
        assert run(*command(articles, out, "--statistics"))[:2] == (4, first)


def test_a_baseline_knows_as_many_findings_as_it_has_whatever_ends_the_run(run, articles, tmp_path):
    known = tmp_path / "known.json"
    known.write_text(json.dumps({"version": 1, "findings": [{"id": "known", "count": 3}]}))
    words = ["--baseline", known, "--format", "csv-findings"]
    run(*command(articles, tmp_path / "whole", *words))
    for lines in range(1, 6):
        out = tmp_path / f"out{lines}"
        run(*command(articles, out, *words))
        cut(out, lines)
        run(*command(articles, out, *words))
        assert content(out) == content(tmp_path / "whole")
    rows = b"".join(data for name, data in content(tmp_path / "whole").items() if name.startswith("findings"))
    assert rows.count(b"F001") == 5 - 3


APPROVALS = """
[[approval]]
check = "F001"
text = "300"
by = "Ann Lee"
why = "counted by our own reporter"
article = "articles/02.txt"

[[approval]]
check = "F001"
text = "300"
by = "Ann Lee"
why = "for nothing"
article = "articles/03.txt"
"""


def test_approvals_are_used_or_not_whatever_ends_the_run(run, tmp_path, monkeypatch):
    monkeypatch.setattr(rules, "load", RULES)
    articles = written(tmp_path / "articles")
    for name in ("03.txt", "04.txt"):
        (articles / name).write_text("Nothing.")
    (tmp_path / "approvals.toml").write_text(APPROVALS)
    words = ["--approvals", tmp_path / "approvals.toml", "--format", "csv-findings"]
    for lines in range(1, 7):
        out = tmp_path / f"out{lines}"
        assert run(*command(articles, out, *words))[0] == 0
        if lines == 1:
            whole = content(out)
        cut(out, lines)
        assert run(*command(articles, out, *words))[0] == 0
        assert content(out) == whole
    assert [one for one in whole if one.startswith("findings")] == [f"findings-0000{at}.csv" for at in (1, 2, 3, 4)]
    assert whole["findings-00001.csv"].count(b"F001") == 2
    assert whole["findings-00004.csv"].count(b"H003") == 1 and b"for nothing" not in whole["findings-00001.csv"]


def test_approvals_hold_as_on_the_day_on_which_the_run_was_begun(run, tmp_path, monkeypatch):
    monkeypatch.setattr(rules, "load", RULES)
    articles, out = written(tmp_path / "articles"), tmp_path / "out"
    (tmp_path / "approvals.toml").write_text(APPROVALS.replace("by =", f"until = {date.today().isoformat()}\nby ="))
    words = command(articles, out, "--approvals", tmp_path / "approvals.toml", "--format", "csv-findings")
    run(*words)
    whole = content(out)
    cut(out, 1)

    class Later(date):
        @classmethod
        def today(cls):
            return cls.fromordinal(date.today().toordinal() + 1)

    monkeypatch.setattr("audit.cli.outdir.date", Later)
    run(*words)
    assert content(out) == whole


def test_a_path_that_leads_nowhere_is_told_of_by_every_run(run, articles, tmp_path):
    words = command(articles, tmp_path / "out", tmp_path / "none.txt")
    first = run(*words)
    again = run(*words)
    assert first[0] == again[0] == 4 and "none.txt: there is no such file" in first[2] and "none.txt" in again[2]
    row, *rest = map(json.loads, (tmp_path / "out" / "errors.jsonl").read_text().splitlines())
    assert row["doc"] is None and row["what"] == "input" and "none.txt" in row["message"] and len(rest) == 2
