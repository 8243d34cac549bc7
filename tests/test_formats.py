"""Findings into lines, CSV, Markdown, SARIF, workflow commands and JUnit, each read back by a parser of its own."""

import csv
import io
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt

from audit import rules
from audit.model import Audit, Finding, Span
from audit.report import (
    places,
    to_concise,
    to_csv_findings,
    to_github,
    to_junit,
    to_markdown,
    to_sarif,
    to_statistics,
)
from audit.report.cells import clean
from audit.rule import Check, Reference
from tests import strategies
from tests.test_report import AUDIT, EMPTY

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft4Validator(SCHEMA)
CHECKS = tuple(
    Check(code, name, severity, f"{name}.", "Because\nthe {code} [says](so).", references, "", "", (), Path(code))
    for code, name, severity, references in [
        ("A001", "no-reason", "error", (Reference("House style", None), Reference("AP", "https://www.ap.org/"))),
        ("F001", "no-source", "warning", ()),
        ("V002", "nobody-says", "info", ()),
    ]
)
audits = st.lists(strategies.judged(), max_size=3)


def text_at(text: str, line: int, column: int, length: int) -> str:
    """What a text editor, which counts no byte order mark, shows from there on."""
    lines = re.split(r"(\r\n|\r|\n)", text.removeprefix("\ufeff"))
    return "".join(lines[2 * (line - 1) :])[column - 1 :][:length]


def findings(audited: Sequence[Audit]) -> list[tuple[Audit, Finding]]:
    """The findings of all, those that repeat at their place left out."""
    return [(audit, finding) for audit in audited for finding, _ in places.said_once(audit)]


@given(strategies.judged())
def test_a_place_is_where_an_editor_shows_the_words(audit):
    for finding, at in places.findings(audit):
        words = audit.article.slice(finding.span)
        assert text_at(audit.article.text, at.line, at.column, len(words)) == words
        assert (at.end_line, at.end_column) > (at.line, at.column)


# Lines


def test_concise():
    assert to_concise.render([AUDIT, EMPTY]) == (
        "seeds/bridge.txt:1:1: H001 info The headline says more than the text.\n"
        "seeds/bridge.txt:3:39: A001 error “city official” is anonymous.\n"
        "seeds/bridge.txt:7:15: F001 warning Say who counted “12%”.\n"
        "seeds/bridge.txt:7:15: F009 warning A round figure.\n"
    )
    assert to_concise.total(to_concise.severities([AUDIT, EMPTY]), 2) == (
        "4 findings (1 error, 2 warnings, 1 info) in 2 articles\n"
    )
    assert to_concise.total(to_concise.severities([EMPTY]), 1) == "0 findings in 1 article\n"


@given(audits)
def test_concise_has_one_line_a_finding(audited):
    lines = to_concise.render(audited).splitlines()
    assert len(lines) == len(findings(audited))
    for line, (audit, finding) in zip(lines, findings(audited), strict=True):
        rest = line.removeprefix(f"{clean(audit.article.name)}:")
        row, column, code, severity, message = re.fullmatch(r"(\d+):(\d+): (\w+) (\w+) (.*)", rest).groups()
        assert (code, severity, message) == (finding.code, finding.severity, clean(finding.message))
        words = audit.article.slice(finding.span)
        assert text_at(audit.article.text, int(row), int(column), len(words)) == words


# CSV


@given(audits)
def test_csv_of_findings_reads_back_and_holds_no_formula(audited):
    report = to_csv_findings.render(audited)
    rows = list(csv.DictReader(io.StringIO(report, newline=""), strict=True))
    found = [(audit, finding) for audit in audited for finding in audit.findings]
    for row, (audit, finding) in zip(rows, found, strict=True):
        assert list(row) == list(to_csv_findings.FIELDS)
        assert not any(re.match(r"[=+\-@\t\r]", cell) for cell in row.values())
        words = audit.article.slice(finding.span)
        plain = {name: cell[1:] if re.match(r"'+[=+\-@\t\r]", cell) else cell for name, cell in row.items()}
        assert (plain["doc"], plain["message"], plain["text"]) == (audit.article.name, finding.message, words)
        assert text_at(audit.article.text, int(row["line"]), int(row["column"]), len(words)) == words
        assert (int(row["start"]), int(row["end"])) == (finding.span.start, finding.span.end)


def test_csv_of_findings_names_the_finding_and_its_claim():
    rows = list(csv.DictReader(io.StringIO(to_csv_findings.render([AUDIT]), newline="")))
    assert [(row["id"], row["code"], row["claim"]) for row in rows] == [
        ("f1", "H001", ""), ("f2", "A001", "c1"), ("f3", "A001", "c2"), ("f4", "F001", "c5"), ("f5", "F009", "c5"),
    ]  # fmt: skip
    whole = to_csv_findings.render([AUDIT, EMPTY, AUDIT])
    assert to_csv_findings.render([AUDIT]) + to_csv_findings.render([EMPTY, AUDIT], header=False) == whole


# Markdown


def shown(report: str) -> tuple[list[str], list[list[list[str]]]]:
    """The headings and the tables, rows of cells, that a reader of the Markdown sees, as text."""
    headings, tables, inside = [], [], ""
    for token in MarkdownIt("commonmark").enable("table").parse(report):
        if token.type == "table_open":
            tables.append([])
        elif token.type == "tr_open":
            tables[-1].append([])
        elif token.type in ("heading_open", "th_open", "td_open"):
            inside = token.type
        elif token.type == "inline":
            assert all(child.type == "text" or child.content == "<!-- -->" for child in token.children), token.content
            text = "".join(child.content for child in token.children if child.type == "text")
            if inside == "heading_open":
                headings.append(text)
            elif inside:
                tables[-1][-1].append(text)
            inside = ""
        elif token.type == "html_block":
            assert re.fullmatch(r"<details>\n<summary>\d+ claims?</summary>\s*|</details>\s*", token.content)
    return headings, tables


def test_markdown_as_a_reader_sees_it():
    headings, tables = shown(to_markdown.render([AUDIT, EMPTY]))
    assert headings == ["seeds/bridge.txt", "empty.txt"]
    found, claims = tables
    assert found[0] == ["line:column", "severity", "check", "what to do"]
    assert found[1] == ["3:39", "error", "A001 no-reason", "“city official” is anonymous."]
    assert [row[0] for row in found[1:]] == ["3:39", "7:15", "7:15", "1:1"]
    assert claims[1] == ["3", "indirect", "Some 300 drivers must take the ferry", "city official", "anonymous (role)",
                         "said", "A001"]  # fmt: skip
    assert claims[5] == ["7", "figure", "12%", "(carry-over: Ann Lee?)", "unattributed (carry-over)", "", "F001 F009"]
    assert "No check found anything to look at." in to_markdown.render([EMPTY])


@given(strategies.judged())
def test_markdown_shows_texts_as_they_are(audit):
    report = to_markdown.render([audit])
    headings, tables = shown(report)
    assert headings == [clean(audit.article.name)]
    messages = [row[3] for table in tables for row in table[1:]]
    assert sorted(messages) == sorted(clean(finding.message) for _, finding in findings([audit]))
    assert not re.search(r"(?<!\\)[@#](?![# ])|[@#]\w", report.removeprefix("## "))  # tells nobody, links no issue


# SARIF


def sarif(audited: Sequence[Audit], failures: Sequence[tuple[str, str]] = ()) -> dict:
    """The one run of a report that the schema allows."""
    document = json.loads(to_sarif.render(audited, checks=CHECKS, version="9.9", failures=failures))
    VALIDATOR.validate(document)
    assert (document["version"], document["$schema"]) == ("2.1.0", SCHEMA["id"])
    (run,) = document["runs"]
    return run


def test_the_schema_refuses_what_is_no_sarif():
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate({"version": "2.1.0", "runs": [{"results": []}]})


def test_sarif_has_the_checks_in_the_words_of_their_files():
    driver = sarif([])["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("quote-audit", "9.9")
    reason, source, nobody = driver["rules"]
    assert (reason["id"], reason["name"], reason["shortDescription"]) == ("A001", "no-reason", {"text": "no-reason."})
    assert reason["fullDescription"] == {"text": "Because the {{code}} [says\\](so)."}
    assert reason["helpUri"] == "https://www.ap.org/" and reason["help"]["text"].endswith("AP: https://www.ap.org/")
    assert [rule["defaultConfiguration"]["level"] for rule in (reason, source, nobody)] == ["error", "warning", "note"]
    assert "helpUri" not in source


@given(audits)
def test_sarif_results_lead_back_to_the_findings(audited):
    run = sarif(audited)
    assert run["columnKind"] == "unicodeCodePoints"
    for result, (audit, finding) in zip(run["results"], findings(audited), strict=True):
        assert result["ruleId"] == finding.code == run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"]
        assert result["level"] == finding.severity.replace("info", "note")
        said = result["message"]["text"]
        assert not re.search(r"[{}]", re.sub(r"\{\{|\}\}", "", said)) and not re.search(r"(?<!\\)\]\(", said)
        assert said.replace("{{", "{").replace("}}", "}").replace("\\](", "](") in (
            finding.message, finding.message.replace("\\](", "](")
        )  # fmt: skip
        at = result["locations"][0]["physicalLocation"]
        assert unquote(at["artifactLocation"]["uri"]).endswith(audit.article.name.replace("\\", "/"))
        region = at["region"]
        words = audit.article.slice(finding.span)
        text = audit.article.text.removeprefix("\ufeff")
        assert region["snippet"]["text"] == words == text[region["charOffset"] :][: region["charLength"]]
        assert text_at(audit.article.text, region["startLine"], region["startColumn"], len(words)) == words


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("articles/a b.txt", "articles/a%20b.txt"),
        ("../100%/é#?.txt", "../100%25/%C3%A9%23%3F.txt"),
        ("12:30.txt", "12%3A30.txt"),
        ("/srv/a b.txt", "file:///srv/a%20b.txt"),
        ("C:\\desk\\a.txt", "file:///C:/desk/a.txt"),
    ],
)
def test_the_name_of_an_article_as_a_uri(name, uri):
    assert to_sarif.uri(name) == uri
    assert urlsplit(uri).scheme in ("", "file")


def test_fingerprints_stay_when_text_elsewhere_changes_and_differ_from_each_other():
    def prints(audit: Audit) -> list[str]:
        return [result["partialFingerprints"][to_sarif.FINGERPRINT] for result in sarif([audit])["results"]]

    text = f"More.\n{AUDIT.article.text}"
    moved = tuple(
        replace(finding, span=Span(finding.span.start + 6, finding.span.end + 6)) for finding in AUDIT.findings
    )
    assert prints(replace(AUDIT, article=replace(AUDIT.article, text=text), findings=moved)) == prints(AUDIT)
    assert prints(AUDIT) == ["f1:1", "f2:1", "f4:1", "f5:1"]
    twice = replace(AUDIT, findings=(AUDIT.findings[0], replace(AUDIT.findings[0], message="Again.")))
    assert prints(twice) == ["f1:1", "f1:2"]


def test_sarif_says_what_could_not_be_audited():
    run = sarif([EMPTY], [("b.txt", "b.txt: empty"), ("", "c: there is no such file")])
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    missing, empty = invocation["toolExecutionNotifications"]
    assert missing == {"level": "error", "message": {"text": "c: there is no such file"}}
    assert empty["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "b.txt"
    assert sarif([EMPTY])["invocations"][0]["executionSuccessful"] is True


# Workflow commands


def commands(report: str) -> list[tuple[str, dict[str, str], str]]:
    """What the runner of GitHub Actions makes of its output: command, properties and message of each line."""

    def plain(text: str) -> str:
        for escape, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
            text = text.replace(escape, character)
        return text

    made = []
    for line in report.split("\n")[:-1]:
        head, message = re.fullmatch(r"::(.+?)::(.*)", line, re.S).groups()
        command, properties = head.split(" ", 1)
        pairs = (pair.split("=", 1) for pair in properties.split(","))
        for escape, character in (("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
            message = message.replace(escape, character)
        made.append((command, {key: plain(value) for key, value in pairs}, message))
    return made


def test_github():
    assert to_github.render([AUDIT]).splitlines()[1] == (
        "::error file=seeds/bridge.txt,line=3,endLine=3,col=39,endColumn=54,title=A001 no-reason"
        "::“city official” is anonymous."
    )


@given(audits)
def test_github_reads_back(audited):
    for (command, properties, message), (audit, finding) in zip(
        commands(to_github.render(audited)), findings(audited), strict=True
    ):
        assert command == finding.severity.replace("info", "notice")
        assert (properties["file"], message) == (audit.article.name, finding.message)
        assert properties["title"] == f"{finding.code} {finding.name}"
        one_line = properties["line"] == properties["endLine"]
        assert ("col" in properties) == ("endColumn" in properties) == one_line
        if one_line:
            words = audit.article.slice(finding.span)
            assert text_at(audit.article.text, int(properties["line"]), int(properties["col"]), len(words)) == words
            assert int(properties["endColumn"]) - int(properties["col"]) == len(words)


# JUnit


def junit(audited: Sequence[Audit], failures: Sequence[tuple[str, str]] = ()) -> etree._Element:
    return etree.fromstring(to_junit.render(audited, checks=CHECKS, failures=failures).encode())


def test_junit_has_a_case_for_every_check():
    bridge, empty, unread = junit([AUDIT, EMPTY], [("c.txt", "c.txt: empty")])
    assert [(case.get("name"), len(case)) for case in bridge] == [
        ("A001 no-reason at 3:39", 1), ("F001 unattributed-figure at 7:15", 1), ("F009 round-figure at 7:15", 1),
        ("H001 headline at 1:1", 1), ("V002 nobody-says", 0),
    ]  # fmt: skip
    assert [(case.get("name"), len(case)) for case in empty] == [
        ("A001 no-reason", 0), ("F001 no-source", 0), ("V002 nobody-says", 0)
    ]  # fmt: skip
    assert (unread.get("name"), unread[0][0].tag, unread[0][0].get("message")) == ("c.txt", "error", "c.txt: empty")
    assert dict(bridge.getparent().attrib) == {"name": "quote-audit", "tests": "9", "failures": "4", "errors": "1"}
    assert bridge[0][0].get("message") == "“city official” is anonymous." and bridge[0].get("line") == "3"


def legal(text: str) -> str:
    """`text` as XML 1.0 can hold it."""
    return "".join(c if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff") else "\ufffd" for c in text)


@given(audits)
def test_junit_reads_back(audited):
    suites = junit(audited)
    assert [suite.get("name") for suite in suites] == [legal(audit.article.name) for audit in audited]
    for suite, audit in zip(suites, audited, strict=True):
        failures = suite.findall("testcase/failure")
        assert sorted((failure.get("type"), failure.get("message")) for failure in failures) == sorted(
            (finding.severity, legal(finding.message)) for _, finding in findings([audit])
        )
        assert (suite.get("tests"), suite.get("failures")) == (str(len(suite)), str(len(failures)))


# Statistics


def test_statistics():
    report = to_statistics.render(to_statistics.counted([AUDIT, EMPTY, AUDIT]))
    assert report.startswith("3 articles, 10 claims, 10 findings\n")
    assert re.search(r"^error +A001  no-reason +4 +2$", report, re.M)
    assert re.search(r"^all +4 +4 +2 +10$", report, re.M)
    assert report.index("A001") < report.index("F001") < report.index("H001")
    assert to_statistics.render(to_statistics.counted([])) == "0 articles, 0 claims, 0 findings\n"
    document = json.loads(to_statistics.render_json(to_statistics.counted([AUDIT]), version="9.9"))
    assert (document["version"], document["articles"]) == ("9.9", 1)
    assert document["findings"][0] == {
        "code": "A001", "name": "no-reason", "severity": "error", "findings": 2, "articles": 1
    }  # fmt: skip
    assert document["claims"]["indirect"] == {"named": 1, "anonymous": 1, "unattributed": 0}


# All


def test_findings_of_the_packages_own_checks_name_a_rule():
    checks = rules.load().checks
    text = to_sarif.render([EMPTY], checks=checks, version="1", failures=())
    document = json.loads(text)
    VALIDATOR.validate(document)
    assert [rule["id"] for rule in document["runs"][0]["tool"]["driver"]["rules"]] == [check.code for check in checks]


@given(audits)
def test_the_same_audits_give_the_same_bytes(audited):
    for render in (to_concise.render, to_csv_findings.render, to_github.render, to_markdown.render):
        assert render(audited) == render(audited)
    failures = [("b", "x"), ("a", "y")]
    for render in (lambda failed: to_sarif.render(audited, checks=CHECKS, version="1", failures=failed),
                   lambda failed: to_junit.render(audited, checks=CHECKS, failures=failed)):  # fmt: skip
        assert render(failures) == render(failures[::-1])
