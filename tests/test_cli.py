"""The command line: exit codes, what goes where, and every input that can be wrong, with a parser that is not one."""

import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import audit
from audit import modelset, parse, pipeline, rules
from audit.cli import console, main, reports
from audit.errors import ModelError, RuleError
from audit.model import Audit, Claim, Finding, Quantity, Sentence, Source, Span, Word
from tests.build import NO_RULES

GOOD = "The bridge was closed.\n\nSome 300 drivers wait.\n"


@pytest.fixture(autouse=True)
def fakes(monkeypatch):
    """No models and no rules: a parse is the article as it is, and an audit finds the figure 300, without a source."""
    calls: list[list[str]] = []

    def parse_(parser, articles, *, warn=None):
        assert parser == "parser"
        calls.append([article.name for article in articles])
        if any("BREAK THE PARSER" in article.text for article in articles):
            raise IndexError("list index out of range")
        if any("A LONG SENTENCE" in article.text for article in articles):
            warn("long.txt: sentence of 600 words")
        return [replace(article, sentences=tuple(sentences(article))) for article in articles]

    monkeypatch.setattr(parse, "load", lambda folder=None, *, threads=None: "parser")
    monkeypatch.setattr(parse, "parse", parse_)
    monkeypatch.setattr(rules, "load", lambda folders=(), *, all_cues=False: NO_RULES)
    monkeypatch.setattr(pipeline, "audit", audit_)
    monkeypatch.delenv("QUOTE_AUDIT_DEBUG", raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    return calls


def sentences(article):
    """One of one word for each paragraph."""
    for index, paragraph in enumerate(article.paragraphs):
        form = article.slice(paragraph.span).split()[0]
        span = Span(paragraph.span.start, paragraph.span.start + len(form))
        yield Sentence(span, (Word(1, span, form, form, "NOUN", "NN", "", 0, "root", "O"),), index)


def audit_(article, _):
    if "BREAK THE RULES" in article.text:
        raise RecursionError("maximum recursion depth exceeded")
    if "INTERRUPT" in article.text:
        raise KeyboardInterrupt
    if "300" not in article.text:
        return Audit(article, (), ())
    span = Span(article.text.index("300"), article.text.index("300") + 3)
    index = next(i for i, paragraph in enumerate(article.paragraphs) if paragraph.span.holds(span))
    source = Source(None, None, "unattributed", "bare")
    quantity = Quantity(300, None, None, None)
    claim = Claim("c1", "figure", span, (span,), index, None, None, source, "figures.number", "high", quantity)
    return Audit(article, (claim,), (Finding("F001", "no-source", "warning", span, "Say who counted.", "c1"),))


@pytest.fixture
def good(tmp_path) -> Path:
    path = tmp_path / "good.txt"
    path.write_text(GOOD)
    return path


def write(path: Path, data: bytes | str) -> Path:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


# What goes where


def test_the_report_goes_to_standard_output_and_nothing_else_does(run, good):
    code, out, err = run("run", good)
    assert (code, err) == (0, "")
    assert out.startswith(f"{good}\n====")
    assert "300" in out and "3:6  F001  warning  Say who counted." in out
    assert "All 1 article" not in out


def test_several_articles_have_totals(run, good, tmp_path):
    write(tmp_path / "other.txt", "No figure here.")
    code, out, _ = run("run", tmp_path)
    assert code == 0 and "All 2 articles" in out
    assert out.index("good.txt") < out.index("other.txt") < out.index("All 2 articles")


@pytest.mark.parametrize("form", reports.FORMATS)
def test_output_to_a_file_is_what_standard_output_gets(run, good, tmp_path, form):
    report = tmp_path / "report"
    assert run("run", "--format", form, "-o", report, good) == (0, "", "")
    assert run("run", "--format", form, good) == (0, report.read_bytes().decode(), "")


def test_formats(run, good, tmp_path):
    other = write(tmp_path / "other.txt", GOOD)
    _, out, _ = run("run", "--format", "jsonl", good, other)
    assert [json.loads(line)["doc"] for line in out.splitlines()] == [str(good), str(other)]
    _, out, _ = run("run", "--format", "json", good)
    document = json.loads(out)
    assert (document["version"], document["totals"]["claims"]) == (audit.__version__, 1)
    _, out, _ = run("run", "--format", "csv", good, other)
    assert out.count("doc,id,kind") == 1 and out.count("\r\n") == 3
    _, out, _ = run("run", "--format", "html", good, other)
    assert f"quote-audit {audit.__version__}" in out and out.count("<article ") == 2 and "Say who counted." in out


def test_formats_of_findings(run, good, tmp_path):
    other = write(tmp_path / "other.txt", GOOD)
    _, out, _ = run("run", "--format", "concise", good, other)
    assert out == (
        f"{good}:3:6: F001 warning Say who counted.\n{other}:3:6: F001 warning Say who counted.\n"
        "2 findings (2 warnings) in 2 articles\n"
    )
    _, out, _ = run("run", "--format", "csv-findings", good, other)
    assert out.count("doc,id,line,column") == 1 and out.count("\r\n") == 3
    _, out, _ = run("run", "--format", "github", good)
    assert out.startswith(f"::warning file={good},line=3,endLine=3,col=6,endColumn=9,title=F001 no-source::Say who")
    _, out, _ = run("run", "--format", "markdown", good)
    assert "| 3:6 | warning | F001 no-source | Say who counted. |" in out


def test_sarif_and_junit_tell_of_articles_that_could_not_be_audited(run, good, tmp_path):
    missing, broken = tmp_path / "missing.txt", write(tmp_path / "broken.txt", "BREAK THE RULES 300")
    code, out, _ = run("run", "--format", "sarif", good, missing, broken)
    (run_,) = json.loads(out)["runs"]
    notes = [note["message"]["text"] for note in run_["invocations"][0]["toolExecutionNotifications"]]
    assert code == 4 and run_["invocations"][0]["executionSuccessful"] is False
    assert notes == [
        f"{missing}: there is no such file or folder", "RecursionError: maximum recursion depth exceeded"
    ]  # fmt: skip
    _, out, _ = run("run", "--format", "junit", good, missing, broken)
    assert 'errors="2"' in out and f'message="{notes[0]}"' in out and f'<testsuite name="{broken}"' in out


def test_statistics_take_the_place_of_the_report(run, good, tmp_path):
    other = write(tmp_path / "other.txt", GOOD)
    code, out, _ = run("run", "--statistics", good, other)
    assert code == 0 and out.startswith("2 articles, 2 claims, 2 findings\n")
    _, out, _ = run("run", "--statistics", "--format", "json", "--fail-on", "info", good, other)
    assert json.loads(out)["claims"]["figure"] == {"named": 0, "anonymous": 0, "unattributed": 2}
    code, out, err = run("run", "--statistics", "--format", "csv", good)
    assert (code, out, err) == (2, "", "error: --statistics comes as table or json, not as csv\n")


def test_articles_are_parsed_in_batches_with_one_header(run, fakes, tmp_path):
    paths = [write(tmp_path / f"{number}.txt", f"Some 300 words, {number}. {'word ' * 2000}") for number in range(5)]
    _, out, _ = run("run", "--format", "csv", "--threads", "1", *paths)
    assert [len(call) for call in fakes] == [2, 2, 1]
    assert out.count("doc,id") == 1 and out.count("300") == 10


def test_standard_input(run, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Some 300 drivers.")))
    code, out, err = run("run", "--format", "jsonl", "-")
    assert (code, json.loads(out)["doc"], err) == (0, "stdin", "")


def test_the_width_of_the_table(run, good):
    assert "unattributed (bare)" not in run("run", "--width", "60", good)[1]
    assert "unattributed (bare)" in run("run", "--width", "150", good)[1]


def test_warnings_are_words_and_can_be_silenced(run, tmp_path):
    odd = write(tmp_path / "odd.txt", "“300” – A LONG SENTENCE".encode("cp1252"))
    code, out, err = run("run", odd)
    assert code == 0 and "300" in out
    assert err == (
        f"warning: {odd}: not UTF-8; read as Windows-1252 (say --encoding to read it as something else)\n"
        "warning: long.txt: sentence of 600 words\n"
    )
    assert run("run", "--quiet", odd) == (0, out, "")
    assert run("run", "--encoding", "cp1252", "--quiet", odd) == (0, out, "")


def test_a_file_name_that_is_no_text(run, tmp_path):
    path = Path(os.fsdecode(bytes(tmp_path) + b"/caf\xe9.txt"))
    try:
        write(path, GOOD)
    except OSError:
        pytest.skip("this file system has no such names")
    for form in ("table", "csv", "json", "jsonl", "html"):
        code, out, _ = run("run", "--format", form, path)
        assert code == 0 and "caf\ufffd.txt" in out


FORGER = "a.txt\nb.txt:1:1: F001 error No.\n::error file=b.txt::No.\x1b[2K300.txt"


@pytest.mark.parametrize("form", [*reports.FORMATS, "statistics"])
def test_the_name_of_a_file_forges_no_line(run, tmp_path, form):
    path, missing = write(tmp_path / FORGER, GOOD), tmp_path / FORGER.replace("300", "none")
    odd = write(tmp_path / FORGER.replace("300", "odd"), "“300” – A LONG SENTENCE".encode("cp1252"))
    broken = write(tmp_path / FORGER.replace("300", "broken"), "BREAK THE RULES")
    asked = ["--statistics"] if form == "statistics" else ["--format", form]
    code, out, err = run("run", *asked, path, missing, odd, broken)
    assert code == 4
    assert not [line for line in (out + err).splitlines() if line.startswith(("b.txt", "::error file=b"))]
    assert "\x1b" not in out + err


# Exit codes


@pytest.mark.parametrize(("level", "code"), [("error", 0), ("warning", 1), ("info", 1)])
def test_fail_on(run, good, level, code):
    assert run("run", "--fail-on", level, good)[0] == code


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nonsense"],
        ["run"],
        ["run", "--format", "xml", "a.txt"],
        ["run", "--fail-on", "panic", "a.txt"],
        ["run", "--encoding", "nonsense", "a.txt"],
        ["run", "--encoding", "hex", "a.txt"],
        ["run", "--max-characters", "0", "a.txt"],
        ["run", "--width", "wide", "a.txt"],
        ["tree"],
        ["tree", "a.txt", "--text", "words"],
    ],
)
def test_usage(run, arguments):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "") and err.startswith("usage: quote-audit")


def test_help_and_version(run):
    assert run("--version") == (0, f"quote-audit {audit.__version__}\n", "")
    code, out, err = run("--help")
    assert code == 0 and err == "" and "exit code: 0 done" in out


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("missing.txt", None, "there is no such file or folder"),
        ("empty.txt", b"", "empty"),
        ("blank.txt", b"\xef\xbb\xbf \r\n", "empty"),
        ("binary.txt", bytes(range(256)), "a binary file"),
        ("invalid.txt", "One.\nThe “bridge”: ".encode() + b"\xff\xfe", "invalid.txt:2:15: invalid UTF-8"),
        ("wide.txt", b"\xff\xfe" + GOOD.encode(), "--encoding utf-16"),
        ("nul.txt", b"The bridge\0 was closed.", "nul.txt:1:11: a NUL character"),
        ("huge.txt", b"word " * 400_000, "more than 1,000,000 characters"),
    ],
)
def test_what_cannot_be_read_does_not_stop_the_rest(run, tmp_path, good, name, data, message):
    bad = tmp_path / name
    if data is not None:
        bad.write_bytes(data)
    code, out, err = run("run", "--format", "jsonl", bad, good)
    assert code == 3
    assert [json.loads(line)["doc"] for line in out.splitlines()] == [str(good)]
    assert err.startswith("error: ") and err.count("\n") == 1
    assert str(bad) in err and message in err


def test_a_folder_without_articles(run, tmp_path, good):
    (tmp_path / "none").mkdir()
    code, out, err = run("run", tmp_path / "none", good)
    assert code == 3 and "good.txt" in out and "none: no articles in this folder" in err


def test_nothing_that_can_be_read_loads_no_models(run, monkeypatch, tmp_path):
    monkeypatch.setattr(parse, "load", lambda *_, **__: pytest.fail("loaded"))
    assert run("run", tmp_path / "none.txt")[:2] == (3, "")
    assert run("run", "--format", "csv", tmp_path / "none.txt")[1].startswith("doc,id")
    assert json.loads(run("run", "--format", "json", tmp_path / "none.txt")[1])["articles"] == []


def test_byte_order_mark_and_very_long_line(run, tmp_path):
    marked = write(tmp_path / "bom.txt", b"\xef\xbb\xbf300 drivers wait.")
    assert json.loads(run("run", "--format", "jsonl", marked)[1])["start"] == 1
    long = write(tmp_path / "long.txt", "word " * 400_000 + "300")
    code, out, _ = run("run", "--format", "jsonl", "--max-characters", "3000000", long)
    assert code == 0 and json.loads(out)["start"] == 2_000_000


@pytest.mark.parametrize("what", ["BREAK THE PARSER", "BREAK THE RULES"])
def test_an_article_that_breaks_the_program_is_named_and_the_others_are_audited(run, tmp_path, good, what):
    bad = write(tmp_path / "bad.txt", f"{what} with 300 words.")
    code, out, err = run("run", "--format", "jsonl", good, bad, tmp_path / "none.txt", good)
    assert code == 4
    assert [json.loads(line)["doc"] for line in out.splitlines()] == [str(good)]
    lines = err.splitlines()
    assert "none.txt: there is no such file" in lines[0]
    assert lines[1].startswith(f"error: {bad}: internal error (") and "please report it" in lines[1]
    assert len(lines) == 2


@pytest.mark.parametrize("how", ["option", "environment"])
def test_debug_shows_where_the_program_broke(capsys, monkeypatch, tmp_path, how):
    bad = str(write(tmp_path / "bad.txt", "BREAK THE RULES"))
    if how == "environment":
        monkeypatch.setenv("QUOTE_AUDIT_DEBUG", "1")
    assert main(["run", bad, *(["--debug"] if how == "option" else [])]) == 4
    err = capsys.readouterr().err
    assert "Traceback (most recent call last)" in err and "RecursionError: maximum recursion" in err


def test_wrong_rules_and_models_are_told_once(run, monkeypatch, good, tmp_path):
    other = write(tmp_path / "other.txt", GOOD)

    def damaged(*_, **__):
        raise ModelError("models/en: models are missing or damaged\n  pos.pt: missing")

    monkeypatch.setattr(parse, "load", damaged)
    assert run("run", good, other) == (2, "", "error: models/en: models are missing or damaged\n  pos.pt: missing\n")
    assert run("run", "--format", "csv", good)[:2] == (2, "")

    def wrong(folders, **_):
        raise RuleError(f"{folders[0]}: no such folder of rules")

    monkeypatch.setattr(rules, "load", wrong)
    assert run("run", "--rules", "mine", good) == (2, "", "error: mine: no such folder of rules\n")


def test_a_damaged_model_file(run, tmp_path):
    folder = tmp_path / "models"
    folder.mkdir()
    for name in modelset.FILES:
        write(folder / name, "model")
    modelset.write_manifest(folder, name="Tiny", licence="MIT")
    code, out, _ = run("models", "--verify", "--models", folder)
    assert code == 0 and "Tiny (en)" in out and "every file undamaged" in out and "joint.json" in out
    write(folder / "joint.json", "mOdel")
    assert run("models", "--models", folder)[0] == 0
    code, out, err = run("models", "--verify", "--models", folder)
    assert (code, out) == (2, "") and "joint.json: damaged" in err


# Writing


@pytest.mark.parametrize("name", ["none/report.csv", "."])
def test_an_output_that_cannot_be_written_is_refused_before_the_work(run, fakes, tmp_path, good, name):
    code, out, err = run("run", "-o", tmp_path / name, good)
    assert (code, out, fakes) == (3, "", [])
    assert err.startswith("error: ") and "cannot be written" in err


def test_an_article_is_never_overwritten_by_its_report(run, good):
    code, _, err = run("run", "-o", good, good.parent)
    assert code == 3 and "it is one of the articles" in err
    assert good.read_text() == GOOD


@pytest.mark.parametrize("output", [True, False])
def test_interrupted(run, tmp_path, good, output):
    paths = [write(tmp_path / f"{number}.txt", f"300 {'word ' * 5000}") for number in range(2)]
    paths.append(write(tmp_path / "stop.txt", "INTERRUPT"))
    report = tmp_path / "report.txt"
    code, out, err = run("run", *(["-o", report] if output else []), *paths, good)
    assert code == 130 and not report.exists()
    left = f"{report} was not written" if output else "the report is not complete"
    assert err == f"interrupted after 2 of 4 articles; {left}\n"
    assert out.count("What to look at first") == (0 if output else 2)


def test_interrupted_elsewhere(run, monkeypatch, good):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(rules, "load", interrupt)
    assert run("run", good) == (130, "", "interrupted\n")


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (BrokenPipeError(32, "Broken pipe"), 141, ""),
        (
            OSError(28, "No space left on device"),
            3,
            "error: standard output: cannot be written: no space left on device\n",
        ),
    ],
)
def test_standard_output_that_takes_no_more(capsys, monkeypatch, good, error, code, message):
    class Full(io.StringIO):
        def write(self, _):
            raise error

    monkeypatch.setattr(sys, "stdout", Full())
    assert main(["run", str(good)]) == code
    assert capsys.readouterr().err == message


def test_a_pipe_closed_by_its_reader_is_no_reason_for_words():
    command = [sys.executable, "-m", "audit", "models"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=Path(audit.__file__).parents[1]
    ) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141


# Progress


def test_a_terminal_sees_progress_and_a_pipe_does_not(run, monkeypatch, good):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    for quiet, expected in (([], True), (["--quiet"], False)):
        terminal = Terminal()
        monkeypatch.setattr(sys, "stderr", terminal)
        assert main(["run", *quiet, str(good)]) == 0
        assert ("auditing" in terminal.getvalue()) is expected


def test_width_follows_the_terminal_within_reason(monkeypatch):
    for columns, expected in (("72", 72), ("400", 160)):
        monkeypatch.setenv("COLUMNS", columns)
        assert console.width() == expected
    monkeypatch.delenv("COLUMNS")
    monkeypatch.setattr(sys, "__stdout__", io.StringIO())
    assert console.width() == 80


# The other commands


def test_rules_are_listed(run, monkeypatch):
    monkeypatch.undo()
    code, out, err = run("rules")
    assert (code, err) == (0, "")
    assert "speech.said-that" in out and "F001 unattributed-figure" in out
    rows = [line.split() for line in out.splitlines()]
    assert ["check", "severity", "default", "finds"] in rows
    assert ["F001", "unattributed-figure", "warning", "on"] in [row[:4] for row in rows]
    assert not any(row[0] == "H002" and row[3] == "on" for row in rows if row)


def test_models_are_listed(run):
    code, out, err = run("models")
    assert (code, err) == (0, "")
    assert "joint.safetensors" in out and "MB" in out and "CC BY-SA 4.0" in out


def test_tree(run, good, tmp_path):
    code, out, err = run("tree", "--text", "Words in a row.")
    assert (code, err) == (0, "")
    assert out.startswith("# 0 body: Words\n") and "1  Words  Words  NOUN" in out
    assert run("tree", good)[1].count("# ") == 2
    odd = write(tmp_path / "odd.txt", "“Three” hundred drivers.".encode("cp1252"))
    code, out, err = run("tree", odd)
    assert code == 0 and "“Three”" in out and "Windows-1252" in err
    code, out, err = run("tree", tmp_path / "none.txt")
    assert (code, out) == (3, "") and "none.txt: cannot be read" in err


# Explanations


def test_a_claim_is_explained_by_its_id_the_beginning_of_it_or_its_line(run, good):
    code, whole, err = run("explain", good, "--claim", "c1")
    assert (code, err) == (0, "")
    assert whole.startswith(f"{good}:3:6: figure c1\n")
    assert "F001      warning: Say who counted." in whole
    assert run("explain", good, "--claim", "C") == run("explain", good, "--line", "3") == (0, whole, "")


def test_a_finding_about_no_claim_is_explained_by_its_line(run, good, monkeypatch):
    stray = Finding("H001", "unbalanced-quote-marks", "error", Span(4, 10), "Nothing closes it.", None)
    monkeypatch.setattr(pipeline, "audit", lambda article, _: Audit(article, (), (stray,)))
    code, out, err = run("explain", good, "--line", "1")
    assert (code, err) == (0, "")
    heading, _, reason = out.partition("\n\n")
    assert heading == f"{good}:1:5: unbalanced-quote-marks, about no claim"
    assert reason.startswith("H001      error: Nothing closes it.\n")
    code, _, err = run("explain", good, "--line", "3")
    assert code == 2 and "there is no claim in line 3" in err


@pytest.mark.parametrize("asked", [["--claim", "c2"], ["--line", "1"]])
def test_who_asks_for_a_claim_that_is_none_is_told_those_that_are(run, good, asked):
    code, out, err = run("explain", good, *asked)
    assert (code, out) == (2, "")
    assert err.startswith(f"error: {good}: there is no claim") and err.endswith("  c1  line 3, figure: 300\n")


def test_an_article_without_claims_has_none_to_explain(run, tmp_path):
    empty = write(tmp_path / "empty.txt", "Nothing here.")
    code, _, err = run("explain", empty, "--line", "1")
    assert (code, err) == (2, f"error: {empty}: there is no claim in line 1; it has no claims\n")


ITEMS = "".join(
    f"<item><title>{title}</title><description>{text}</description></item>\n"
    for title, text in (
        ("Bridge shut", "Some 300 drivers wait there."),
        ("Read on", "More."),
        ("Road open", "It has been open for 300 days."),
    )
)


def test_claims_of_several_articles_in_one_file_are_explained_by_line_or_id(run, tmp_path):
    feed = write(tmp_path / "feed.xml", f"<rss><channel>\n{ITEMS}</channel></rss>")
    code, out, err = run("explain", feed, "--line", "4")
    assert (code, err) == (0, f"warning: {feed}: 1 of 3 items left out, with less than a sentence: #2\n")
    assert out.startswith(f"{feed}:4:") and out.count("figure c1") == 1
    assert run("explain", feed, "--claim", "c1")[1].count("figure c1") == 2
    code, _, err = run("explain", feed, "--line", "3")
    assert code == 2 and err.endswith("its claims are\n  c1  line 2, figure: 300\n  c1  line 4, figure: 300\n")
    assert run("tree", feed)[1].count("headline: ") == 2


def test_of_several_articles_to_explain_one_that_cannot_be_read_is_said(run, tmp_path):
    wire = [{"headline": "Bridge shut", "body_text": "Some 300 drivers wait."}, {"body_text": " "}]
    several = write(tmp_path / "wire.json", json.dumps(wire))
    code, out, err = run("explain", several, "--claim", "c1")
    assert code == 0 and "figure c1" in out
    assert err == f"warning: {several}#2: empty: there is no text to audit\n"
    none = write(tmp_path / "none.json", json.dumps(wire[1:] * 2))
    assert run("explain", none, "--claim", "c1") == (3, "", f"error: {none}#1: empty: there is no text to audit\n")


def test_an_article_to_explain_that_cannot_be_read(run, tmp_path):
    code, out, err = run("explain", tmp_path / "missing.txt", "--line", "1")
    assert (code, out) == (3, "") and "missing.txt" in err


def test_the_beginning_of_an_id_must_tell_claims_apart(run, good, monkeypatch):
    def two(article, loaded):
        audited = audit_(article, loaded)
        return replace(audited, claims=(*audited.claims, replace(audited.claims[0], id="c2")))

    monkeypatch.setattr(pipeline, "audit", two)
    code, _, err = run("explain", good, "--claim", "c")
    assert (code, err) == (2, f"error: {good}: claim 'c' could be any of c1, c2: give more characters of the id\n")
