"""Policies, settings, approvals and baselines as the command uses them, with a parser and an audit that are none."""

import json
import pickle
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from audit import modelset, parse, pipeline
from audit.cli import arguments, plans
from audit.model import Audit, Claim, Finding, Quantity, Sentence, Source, Span, Word
from tests.test_rulefile import CHECK

ONE = "“Go,” someone said.\n\nSome 300 drivers wait.\n"
QUOTED = "“Go,”"
HEAVY = ONE + "\n" + "word " * 3000  # three of these are two batches

APPROVALS = """\
[[approval]]
check = "F001"
text  = "300"
by    = "data desk"
why   = "counted by us"
"""


@pytest.fixture(autouse=True)
def fakes(monkeypatch, tmp_path):
    """No models: an audit finds the figure 300 (F001) and someone (A004), as far as its rules hold those checks."""

    def parse_(parser, articles, *, warn):
        return [replace(article, sentences=tuple(sentences(article))) for article in articles]

    monkeypatch.delitem(sys.modules, "torch", raising=False)
    monkeypatch.setattr(parse, "load", lambda models=None, *, threads=None: "parser")
    monkeypatch.setattr(parse, "use_threads", lambda count: None)
    monkeypatch.setattr(parse, "parse", parse_)
    monkeypatch.setattr(modelset, "load", lambda folder: modelset.ModelSet(folder, "", "en", "", (), (), ()))
    monkeypatch.setattr(pipeline, "audit", audit_)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.chdir(tmp_path)


def sentences(article):
    for index, paragraph in enumerate(article.paragraphs):
        form = article.slice(paragraph.span).split()[0]
        span = Span(paragraph.span.start, paragraph.span.start + len(form))
        yield Sentence(span, (Word(1, span, form, form, "NOUN", "NN", "", 0, "root", "O"),), index)


def audit_(article, rules):
    if "BREAK" in article.text:
        raise RecursionError("too deep")
    checks = {check.code: check for check in rules.checks}
    claims, findings = [], []
    for words, code in (("someone", "A004"), ("300", "F001")):
        if words in article.text:
            span = Span(article.text.index(words), article.text.index(words) + len(words))
            source = Source(None, None, "unattributed", "bare")
            claims.append(
                Claim(f"id-{words}", "figure", span, (span,), 0, None, None, source, "x", "high", Quantity(1, 1, 1, ""))
            )
            if check := checks.get(code):
                severity = rules.settings.severities.get(code, check.severity)
                findings.append(Finding(code, check.name, severity, span, words, f"id-{words}", id=f"{code}-{words}"))
    return Audit(article, tuple(claims), tuple(findings))


@pytest.fixture
def write(tmp_path):
    def write_(files):
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text)

    return write_


@pytest.fixture
def found(run):
    """Runs an audit: its exit code, the codes with severities of each document, and what it said."""

    def found_(*arguments):
        code, out, err = run("run", "--format", "json", *arguments)
        articles = json.loads(out)["articles"] if out else []
        return (
            code,
            {one["doc"]: " ".join(f"{f['code']}:{f['severity'][0]}" for f in one["findings"]) for one in articles},
            err,
        )

    return found_


# Policies and selectors


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], "A004:e F001:w"),
        (["--select", "A"], "A004:e"),
        (["--select", "A,F"], "A004:e F001:w"),
        (["--select", "A", "--select", "F001"], "A004:e F001:w"),
        (["--select", "ALL", "--ignore", "A004"], "F001:w"),
        (["--ignore", "F,A"], ""),
        (["--select", "Q", "--extend-select", "F"], "F001:w"),
        (["--policy", "wire"], "A004:e F001:e"),
        (["--policy", "strict", "--ignore", "F001"], "A004:e"),
        (["--policy", "house.toml"], "F001:i"),
    ],
)
def test_the_command_line_chooses(found, write, arguments, expected):
    write({"a.txt": ONE, "house.toml": 'summary = "Ours."\nselect = ["F"]\nseverity = { F = "info" }\n'})
    assert found(*arguments, "a.txt") == (0, {"a.txt": expected}, "")


def test_a_wrong_choice_is_refused_with_the_nearest(run, write):
    write({"a.txt": ONE})
    code, out, err = run("run", "--select", "A01", "--ignore", "F,h003", "--policy", "strikt", "a.txt")
    assert (code, out) == (2, "")
    assert err.split("\n")[:-1] == [
        'error: --select: no check "A01" (did you mean "A001"?)',
        '--ignore: no check "h003" (did you mean "H003"?)',
        '--policy: "strikt" is none of bbc, default, strict, wire (did you mean "strict"?), nor a .toml file',
    ]
    assert run("run", "--policy", "none.toml", "a.txt")[0] == 2


@pytest.mark.parametrize("option", ["--select", "--extend-select", "--ignore"])
@pytest.mark.parametrize("codes", ["", " , "])
def test_a_choice_of_nothing_is_refused(run, write, option, codes):
    write({"a.txt": ONE})
    code, out, err = run("run", option, codes, "a.txt")
    assert (code, out) == (2, "") and f"argument {option}: names no check: give codes" in err


def test_checks_and_policies_of_a_folder_of_ones_own(found, run, write):
    write(
        {
            "a.txt": ONE,
            "mine/checks/X001-nobody.toml": CHECK.replace("Q001", "X001"),
            "mine/policies/house.toml": 'summary = "Ours."\nselect = ["X001", "F"]\n',
        }
    )
    assert found("--rules", "mine", "--policy", "house", "a.txt")[1] == {"a.txt": "F001:w"}
    _, out, _ = run("settings", "--rules", "mine", "a.txt")
    assert "X001 nobody                      error     rules of your own" in out
    assert run("run", "--policy", "house", "a.txt")[0] == 2


def test_a_check_is_told_with_the_policies_that_use_it(run, tmp_path):
    assert "\npolicies  bbc, default, strict, wire\n" in run("rules", "A001")[1]
    (tmp_path / "checks").mkdir()
    (tmp_path / "checks" / "X001-nobody.toml").write_text(CHECK.replace("Q001", "X001"))
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "house.toml").write_text('summary = "Ours."\nselect = ["F"]\n')
    assert "\npolicies  bbc, default, house, strict, wire\n" in run("rules", "--rules", tmp_path, "X001")[1]
    assert "\npolicies  bbc, default, house, strict, wire\n" in run("rules", "--rules", tmp_path, "F001")[1]
    for name in ("bbc", "default", "strict", "wire"):
        (tmp_path / "policies" / f"{name}.toml").write_text('summary = "Ours."\nselect = ["F"]\n')
    assert "\npolicies  none: choose it" in run("rules", "--rules", tmp_path, "H002")[1]


def test_the_examples_of_a_rule_are_counted(run, write):
    write({"mine/checks/X001-nobody.toml": CHECK.replace("Q001", "X001")})
    assert run("rules", "--test", "--rules", "mine")[1].splitlines()[-1] == "2 examples of 1 rule, 1 does not hold"


# Settings


def test_each_article_has_the_settings_above_it(found, write):
    write(
        {
            "quote-audit.toml": 'select = ["A"]\n[[overrides]]\npaths = ["live/"]\nseverity = { A004 = "info" }\n'
            '[per-file-ignores]\n"*.draft.txt" = ["A004"]\n',
            "sub/pyproject.toml": '[tool.quote-audit]\npolicy = "wire"\nignore = ["A"]\n',
            "a.txt": ONE,
            "b.draft.txt": ONE,
            "live/c.txt": ONE,
            "sub/live/d.txt": ONE,
        }
    )
    code, docs, err = found(".")
    assert (code, err) == (0, "")
    assert docs == {"a.txt": "A004:e", "b.draft.txt": "", "live/c.txt": "A004:i", "sub/live/d.txt": "F001:e"}
    assert set(found("--no-config", ".")[1].values()) == {"A004:e F001:w"}
    assert set(found("--config", "sub/pyproject.toml", ".")[1].values()) == {"F001:e"}
    assert set(found("--select", "F", ".")[1].values()) == {"F001:w", "F001:e"}
    assert set(found("--policy", "default", "--ignore", "A", ".")[1].values()) == {"F001:w"}


def test_processes_judge_each_article_by_its_own_settings(run, write):
    files = {f"in/{number % 3}/{number:02}.txt": HEAVY for number in range(9)}
    write(files | {"in/0/quote-audit.toml": 'select = ["A"]', "in/1/quote-audit.toml": 'policy = "wire"'})
    ordered = sorted(files, key=lambda name: name.rsplit("/", 1)[1])
    alone = run("run", "--threads", "1", "--no-cache", "--format", "json", *ordered)
    apart = run("run", "--threads", "3", "--no-cache", "--format", "json", *ordered)
    assert alone == apart
    kinds = [[f["severity"] for f in one["findings"]] for one in json.loads(alone[1])["articles"]]
    assert kinds == [["error"], ["error", "error"], ["error", "warning"]] * 3


def test_standard_input_has_the_settings_of_the_current_folder(run, write, monkeypatch):
    write({"quote-audit.toml": 'select = ["F"]\n', "a.txt": ONE})
    with Path("a.txt").open() as file:
        monkeypatch.setattr(sys, "stdin", file)
        code, out, _ = run("run", "--format", "json", "-")
    assert code == 0 and [f["code"] for f in json.loads(out)["articles"][0]["findings"]] == ["F001"]


def test_a_link_is_governed_by_the_folder_that_it_stands_in(found, write):
    write({"one/quote-audit.toml": 'select = ["F"]', "one/a.txt": ONE, "two/quote-audit.toml": 'select = ["A"]'})
    Path("two/b.txt").symlink_to("../one/a.txt")
    assert found("two/b.txt")[1] == {"two/b.txt": "A004:e"}


def test_settings_set_what_options_set_and_options_go_first(run, write):
    write({"quote-audit.toml": 'format = "csv"\nfail-on = "error"\nall-cues = true\n', "a.txt": ONE})
    code, out, _ = run("run", "a.txt")
    assert code == 1 and out.startswith("doc,id,kind")
    assert run("run", "--format", "jsonl", "a.txt")[1].startswith("{")
    assert run("run", "--ignore", "A", "a.txt")[0] == 0
    assert run("run", "--ignore", "A", "--fail-on", "warning", "a.txt")[0] == 1
    assert run("run", "--exit-zero", "a.txt")[0] == 0
    assert run("run", "--exit-zero", "a.txt", "none.txt")[0] == 3


def test_fail_on_is_that_of_each_article(run, write):
    write({"strict/quote-audit.toml": 'fail-on = "error"\n', "strict/a.txt": "Nobody.", "b.txt": ONE})
    assert run("run", "strict/a.txt", "b.txt")[0] == 0
    write({"strict/a.txt": ONE})
    assert run("run", "strict/a.txt", "b.txt")[0] == 1


def test_settings_with_a_mistake_are_refused_before_the_work(run, write):
    write({"quote-audit.toml": 'selct = ["A"]\nignore = ["A04"]\n', "a.txt": ONE})
    assert run("run", "a.txt") == (
        2,
        "",
        'error: quote-audit.toml:1: selct: unknown key (did you mean "select"?)\n'
        'quote-audit.toml:2: ignore: no check "A04" (did you mean "A004"?)\n',
    )
    assert run("settings", "a.txt")[0] == 2
    assert run("run", "--no-config", "a.txt")[0] == 0
    assert "none.toml: cannot be read" in run("run", "--config", "none.toml", "a.txt")[2]


def test_every_error_of_every_settings_file_is_said_once(run, write):
    write({"one/quote-audit.toml": "x = 1\n", "two/quote-audit.toml": "y = 1\n", "one/a.txt": ONE, "one/b.txt": ONE})
    write({"two/c.txt": ONE})
    code, _, err = run("run", ".")
    assert (code, err) == (
        2,
        "error: one/quote-audit.toml:1: x: unknown key\ntwo/quote-audit.toml:1: y: unknown key\n",
    )


def test_a_plan_can_go_to_a_process_that_begins_with_nothing(write):
    write(
        {
            "quote-audit.toml": 'policy = "wire"\nrules = ["mine"]\nseverity = { X001 = "info" }\n',
            "mine/checks/X001-nobody.toml": CHECK.replace("Q001", "X001"),
        }
    )
    every = plans.Plans(arguments.parser().parse_args(["run", "a.txt"]))
    plan = every.every[every.of(Path("a.txt"))]
    sent = pickle.loads(pickle.dumps(plan))
    assert sent == plan
    there, here = sent.rules(plans.loader()), plan.rules(every.load)
    assert there.checks == here.checks and there.settings == here.settings
    assert there.settings.severities["X001"] == "info" and "AP" in there.settings.outlets


def test_what_governs_an_article_is_printed(run, write):
    write(
        {
            "a.txt": ONE,
            "approvals.toml": "",
            "quote-audit.toml": 'policy = "bbc"\napprovals = "approvals.toml"\nseverity = { F001 = "info" }\n'
            '[[overrides]]\npaths = ["a.txt"]\nignore = ["A004"]\n',
        }
    )
    code, out, err = run("settings", "a.txt", "--extend-select", "V")
    assert (code, err) == (0, "")
    rows = [" ".join(line.split()) for line in out.splitlines()]
    assert rows[0] == "a.txt: settings of quote-audit.toml"
    assert "policy bbc policy bbc (quote-audit.toml)" in rows
    assert "fail-on — default" in rows
    assert "format table default" in rows
    assert "approvals approvals.toml quote-audit.toml" in rows
    assert "A001 anonymity-without-reason error policy bbc (quote-audit.toml)" in rows
    assert "A004 vague-anonymous-source off quote-audit.toml, overrides of a.txt" in rows
    assert "F001 unattributed-figure info policy bbc (quote-audit.toml); severity: quote-audit.toml" in rows
    assert "V002 impersonal-attribution error command line" in rows
    assert run("settings", "--no-config", "a.txt")[1].startswith("a.txt: no settings file\n")


# Approvals


def test_what_is_approved_is_left_out_and_counted(found, write):
    write({"a.txt": ONE, "approvals.toml": APPROVALS})
    code, docs, err = found("--approvals", "approvals.toml", "--fail-on", "warning", "--ignore", "A", "a.txt")
    assert (code, docs) == (0, {"a.txt": ""})
    assert err == "1 finding silenced (1 approved, 0 in the baseline)\n"
    assert found("--approvals", "approvals.toml", "--quiet", "a.txt") == (0, {"a.txt": "A004:e"}, "")


def test_an_approvals_file_is_reported_on_as_an_article(run, write):
    write(
        {
            "a.txt": "Nobody.",
            "quote-audit.toml": 'approvals = "desk/approvals.toml"\n',
            "desk/approvals.toml": f"# The desk's.\n{APPROVALS}",
        }
    )
    code, out, err = run("run", "--fail-on", "warning", "a.txt")
    assert (code, err) == (1, "")
    _, _, report = out.partition("desk/approvals.toml\n====")
    assert "2:1  H003  warning  the approval of F001 for “300” silences nothing" in report
    assert run("run", "--fail-on", "warning", "--ignore", "H003", "a.txt")[0] == 0
    document = json.loads(run("run", "--format", "json", "a.txt")[1])
    (finding,) = document["articles"][1]["findings"]
    assert finding["text"].startswith("[[approval]]") and finding["text"].endswith('why   = "counted by us"')


def test_an_approvals_file_is_not_counted_as_an_article(run, write):
    write({"a.txt": "Nobody.", "approvals.toml": APPROVALS})

    def report(*arguments):
        return run("run", "--approvals", "approvals.toml", *arguments, "a.txt")[1]

    assert report("--format", "concise").endswith("1 finding (1 warning) in 1 article\n")
    assert "All 2 articles" not in report()
    assert report("--statistics").startswith("1 article, 0 claims, 1 finding\n")
    (row,) = json.loads(report("--statistics", "--format", "json"))["findings"]
    assert (row["code"], row["findings"], row["articles"]) == ("H003", 1, 0)
    assert json.loads(report("--format", "json"))["totals"]["articles"] == 1
    article, approvals = ElementTree.fromstring(report("--format", "junit").encode())
    assert len(article) > 1
    assert [case.get("name") for case in approvals] == ["H003 unused-or-bare-suppression at 1:1"]
    assert "All 2 articles" in run("run", "--approvals", "approvals.toml", "a.txt", "approvals.toml")[1]


def unused(found, *arguments):
    return "H003:w" in found("--approvals", "approvals.toml", *arguments)[1].get("approvals.toml", "")


def test_an_approval_of_another_article_is_not_called_unused(found, write):
    write({"a.txt": "Nobody.", "b.txt": "Nobody.", "approvals.toml": f'{APPROVALS}article = "b.txt"\n'})
    assert not unused(found, "a.txt")
    assert unused(found, "a.txt", "b.txt")
    Path("b.txt").unlink()  # or moved: who audits one article cannot know
    assert not unused(found, "a.txt")
    assert unused(found, ".")


def test_an_approval_is_not_called_unused_when_its_check_is_off_or_an_article_was_not_read(found, write):
    write({"a.txt": "Nobody.", "approvals.toml": APPROVALS, "c.txt": "BREAK"})
    assert unused(found, "a.txt")
    assert not unused(found, "--ignore", "F", "a.txt")
    assert not unused(found, "a.txt", "none.txt")
    assert not unused(found, "a.txt", "c.txt")


def test_one_article_that_needs_it_makes_an_approval_used(found, write):
    write({"a.txt": ONE, "b.txt": "Nobody.", "approvals.toml": APPROVALS})
    assert not unused(found, "a.txt", "b.txt")


def test_an_approval_of_an_article_silences_nothing_in_others(found, write, monkeypatch):
    write({"q1/a.txt": ONE, "q2/a.txt": ONE, "approvals.toml": f'{APPROVALS}article = "q1/a.txt"\n'})
    arguments = ["--approvals", "approvals.toml", "--select", "F"]
    assert found(*arguments, ".")[1] == {"q1/a.txt": "", "q2/a.txt": "F001:w"}
    with Path("q2/a.txt").open() as file:
        monkeypatch.setattr(sys, "stdin", file)
        assert found(*arguments, "-")[1] == {"stdin": ""}
    Path("q1/a.txt").rename("q1/b.txt")
    assert found(*arguments, ".")[1] == {"q1/b.txt": "", "q2/a.txt": ""}
    write({"approvals.toml": APPROVALS, "q1/a.txt": ONE})
    assert set(found(*arguments, ".")[1].values()) == {""}
    write({"approvals.toml": f'{APPROVALS}article = "q1"\n'})
    code, _, err = found(*arguments, ".")
    assert (code, err) == (
        2,
        "error: approvals.toml:6: approval.article: q1 is a folder: name one article, or leave this out\n",
    )


def test_files_that_two_settings_name_are_one(found, write):
    write({"approvals.toml": APPROVALS, "one/a.txt": ONE, "two/b.txt": "Nobody.", "c.txt": ONE})
    for folder in ("one", "two"):
        write({f"{folder}/quote-audit.toml": 'approvals = "../approvals.toml"\nbaseline = "../known.json"\n'})
    assert found("--write-baseline", "known.json", "c.txt")[0] == 0
    assert found("one", "two") == (
        0,
        {"one/a.txt": "", "two/b.txt": ""},
        "2 findings silenced (1 approved, 1 in the baseline)\n",
    )
    write({"two/b.txt": ONE})
    assert found("one", "two")[1] == {"one/a.txt": "", "two/b.txt": "A004:e"}
    write({"one/a.txt": "Nobody.", "two/b.txt": "Nobody."})
    assert found("one", "two")[1]["approvals.toml"] == "H003:w"


def test_approvals_with_a_mistake_are_refused(run, write):
    write({"a.txt": ONE, "approvals.toml": '[[approval]]\nchek = "A001"\ntext = "x"\n'})
    code, out, err = run("run", "--approvals", "approvals.toml", "a.txt")
    assert (code, out) == (2, "")
    assert err.splitlines()[1] == 'approvals.toml:2: approval.chek: unknown key (did you mean "check"?)'
    assert run("run", "--approvals", "none.toml", "a.txt")[0] == 2


# The baseline


def test_known_findings_are_left_out_wherever_they_stand(found, write, tmp_path):
    write({"a.txt": ONE})
    code, docs, err = found("--write-baseline", "known.json", "--fail-on", "info", "a.txt")
    assert (code, docs, err) == (
        0,
        {"a.txt": ""},
        "known.json: 2 findings written, which runs with --baseline leave out\n",
    )
    first = (tmp_path / "known.json").read_bytes()
    write({"moved/b.txt": f"A new paragraph.\n\n{ONE}"})
    Path("a.txt").unlink()
    baseline = ["--baseline", "known.json", "--fail-on", "info"]
    code, docs, err = found(*baseline, ".")
    assert (code, docs) == (0, {"moved/b.txt": ""})
    assert err == "2 findings silenced (0 approved, 2 in the baseline)\n"
    write({"c.txt": ONE})
    assert found(*baseline, ".")[:2] == (1, {"c.txt": "", "moved/b.txt": "A004:e F001:w"})
    Path("c.txt").unlink()
    found("--write-baseline", "known.json", ".")
    assert (tmp_path / "known.json").read_bytes() == first


def test_settings_name_the_baseline_which_may_be_yet_to_write(found, run, write):
    write({"quote-audit.toml": 'baseline = "known.json"\n', "a.txt": ONE})
    assert run("run", "a.txt") == (
        2,
        "",
        "error: known.json: there is no such baseline: make it with --write-baseline known.json\n",
    )
    assert found("--write-baseline", "known.json", "a.txt")[0] == 0
    assert found("a.txt")[1] == {"a.txt": ""}


def test_what_is_approved_is_not_in_the_baseline(found, write, tmp_path):
    write({"a.txt": ONE, "approvals.toml": APPROVALS})
    found("--approvals", "approvals.toml", "--write-baseline", "known.json", "a.txt")
    kept = json.loads((tmp_path / "known.json").read_text())["findings"]
    assert kept == [{"code": "A004", "words": "someone", "id": "A004-someone", "count": 1}]


def test_what_cannot_be_used_as_baseline(run, write):
    write({"a.txt": ONE, "known.json": "[]"})
    code, out, err = run("run", "--baseline", "known.json", "a.txt")
    assert (code, out) == (2, "") and err.startswith("error: known.json: no baseline: write it anew")
    assert run("run", "--write-baseline", "a.txt", "a.txt")[0] == 3
    assert run("run", "--write-baseline", "none/known.json", "a.txt")[0] == 3
    assert run("run", "--write-baseline", "b.json", "--baseline", "known.json", "a.txt")[0] == 2


def test_a_baseline_is_not_replaced_when_an_article_could_not_be_audited(run, write, tmp_path):
    write({"a.txt": ONE, "b.txt": "BREAK", "known.json": "as it was"})
    code, _, err = run("run", "--write-baseline", "known.json", "--quiet", "a.txt", "none.txt")
    assert code == 3 and err.endswith("error: known.json: not written, as not every article could be audited\n")
    assert run("run", "--write-baseline", "known.json", ".")[0] == 4
    assert (tmp_path / "known.json").read_text() == "as it was"


def test_a_baseline_may_begin_with_a_byte_order_mark(found, write, tmp_path):
    write({"a.txt": ONE})
    found("--write-baseline", "known.json", "a.txt")
    (tmp_path / "known.json").write_bytes(b"\xef\xbb\xbf" + (tmp_path / "known.json").read_bytes())
    assert found("--baseline", "known.json", "a.txt")[:2] == (0, {"a.txt": ""})


@pytest.mark.parametrize(
    ("output", "what"),
    [
        ("quote-audit.toml", "the settings file"),
        ("other/../quote-audit.toml", "the settings file"),
        ("other/quote-audit.toml", "the settings file"),
        ("link.toml", "the approvals file"),
        ("approvals.toml", "the approvals file"),
        ("house.toml", "a policy"),
        ("a.txt", "one of the articles"),
    ],
)
@pytest.mark.parametrize("option", ["-o", "--write-baseline"])
def test_what_a_run_reads_is_not_written_over(run, write, tmp_path, option, output, what):
    files = {
        "a.txt": ONE,
        "other/b.txt": ONE,
        "house.toml": 'summary = "Ours."\nselect = ["F"]\n',
        "approvals.toml": APPROVALS,
        "quote-audit.toml": 'approvals = "approvals.toml"\npolicy = "house.toml"\n',
        "other/quote-audit.toml": "",
    }
    write(files)
    Path("link.toml").symlink_to("approvals.toml")
    code, out, err = run("run", option, output, ".")
    assert (code, out) == (3, "")
    assert err == f"error: {output}: cannot be written: it is {what}; choose another name\n"
    assert all((tmp_path / name).read_text() == text for name, text in files.items())


def test_settings_and_policies_that_options_name_are_not_written_over(run, write):
    write({"a.txt": ONE, "ours.toml": "", "house.toml": 'summary = "Ours."\nselect = ["F"]\n', "approvals.toml": ""})
    for option, name in (("--config", "ours.toml"), ("--policy", "house.toml"), ("--approvals", "approvals.toml")):
        assert run("run", option, name, "-o", name, "a.txt")[0] == 3
        assert run("run", option, name, "--write-baseline", f"./{name}", "a.txt")[0] == 3
    write(
        {
            "quote-audit.toml": 'policy = "house.toml"\napprovals = "approvals.toml"\nbaseline = "known.json"\n'
            '[[overrides]]\npaths = ["b.txt"]\npolicy = "b.toml"\n',
            "b.toml": 'summary = "Theirs."\nselect = ["F"]\n',
            "other.toml": "",
            "new.json": '{"version": 1, "findings": []}',
            "known.json": "",
        }
    )
    instead = ["--policy", "wire", "--approvals", "other.toml", "--baseline", "new.json"]
    for name in ("house.toml", "b.toml", "approvals.toml", "known.json"):
        assert run("run", *instead, "-o", name, "a.txt")[0] == 3


def test_only_a_baseline_is_written_over_a_baseline(found, run, write):
    write({"a.txt": ONE, "quote-audit.toml": 'baseline = "known.json"\n'})
    assert found("--write-baseline", "known.json", "a.txt")[0] == 0
    assert found("--write-baseline", "known.json", "a.txt")[0] == 0
    code, _, err = run("run", "-o", "known.json", "a.txt")
    assert code == 3 and "it is the baseline" in err
    assert run("run", "--no-config", "--baseline", "known.json", "-o", "known.json", "a.txt")[0] == 3
    code, _, err = run("run", "-o", "out.txt", "--write-baseline", "./out.txt", "a.txt")
    assert code == 3 and "it is where the report goes" in err and not Path("out.txt").exists()


def test_an_interrupted_run_writes_no_baseline(run, write, monkeypatch, tmp_path):
    def interrupt(*_):
        raise KeyboardInterrupt

    write({"a.txt": ONE})
    monkeypatch.setattr(pipeline, "audit", interrupt)
    assert run("run", "--write-baseline", "known.json", "a.txt")[0] == 130
    assert not (tmp_path / "known.json").exists()


def test_limits_are_settings_and_options_go_before_them(run, write):
    write(
        {"quote-audit.toml": "max-paragraphs = 2\nmax-characters = 400\n", "a.txt": ONE, "b.txt": f"{ONE}\n\n{ONE}\n"}
    )
    code, _, said = run("run", "b.txt", "a.txt")
    assert code == 3
    assert "b.txt: more than 2 paragraphs" in said and "--max-paragraphs" in said
    assert "a.txt:" not in said
    assert run("run", "--max-paragraphs", "4", "b.txt")[0] == 0
    code, _, said = run("run", "--max-characters", "3", "a.txt")
    assert code == 3 and "more than 3 characters" in said
    _, out, _ = run("settings", "a.txt")
    assert [line.split() for line in out.splitlines() if line.startswith("max-")] == [
        ["max-characters", "400", "quote-audit.toml"],
        ["max-megabytes", "50", "default"],
        ["max-paragraphs", "2", "quote-audit.toml"],
    ]


def test_limits_are_whole_numbers(run, write):
    write({"quote-audit.toml": "max-paragraphs = 0\nmax-characters = true\nmax-megabytes = 'x'\n", "a.txt": ONE})
    code, _, said = run("run", "a.txt")
    assert code == 2
    assert said.count("must be a whole number above 0") == 3


def test_what_an_earlier_run_wrote_into_the_folder_is_no_article(run, write, tmp_path):
    write({"a.txt": ONE})
    for name, form in [("r.json", "json"), ("r.xml", "junit"), ("r.html", "html"), ("r.sarif", "sarif")]:
        for _ in range(2):
            code, _, err = run("run", "--quiet", "--no-cache", "--format", form, "-o", name, ".")
            assert (code, err) == (0, ""), name
    assert run("run", "--write-baseline", "known.json", ".")[0] == 0
    code, _, err = run("run", "--write-baseline", "known.json", "--no-cache", ".")
    assert code == 0 and "r.html and 2 other files: left out, as there is no article in it" in err
