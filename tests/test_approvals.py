"""Approvals: what a file of them holds, which findings they silence, and what is said of those that do not."""

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit import checks, ingest, rules
from audit.approvalfile import read_approvals
from audit.approvals import Approval, approved
from audit.model import Audit, Claim, Finding, Source, Span
from audit.reading import Reading
from audit.rulefile import Draft
from tests.build import article

TODAY = date(2026, 11, 26)
TEXT = "A nurse said the beds in the old wing were all full. Some 300 people wait, officials said."
GIVEN = Approval("A001", None, "A nurse", "night editor", "she would lose her post", None, None, Span(0, 1))


def at(words):
    start = TEXT.index(words)
    return Span(start, start + len(words))


def claim(id_, words):
    source = Source(at("A nurse"), "nurse", "anonymous", "role")
    return Claim(id_, "indirect", at(words), (at(words),), 0, None, "speech", source, "test", "high")


AUDIT = Audit(
    article(TEXT),
    (claim("c1", "the beds in the old wing were all full"), claim("c2", "Some 300 people wait")),
    (
        Finding("A001", "no-reason", "error", at("A nurse"), "Say why.", "c1"),
        Finding("F001", "no-source", "warning", at("Some 300 people"), "Whose?", "c2"),
        Finding("A004", "vague", "error", at("officials"), "Which?", None),
    ),
)


def left(*approvals, today=TODAY):
    audit, used = approved(AUDIT, approvals, today)
    assert audit == replace(AUDIT, findings=audit.findings)
    return "".join(finding.code[0] + finding.code[-1] for finding in audit.findings), len(used)


def test_without_approvals_all_is_left():
    assert left() == ("A1F1A4", 0)


@pytest.mark.parametrize(
    ("check", "named", "expected"),
    [
        ("A001", {"text": "A nurse"}, ("F1A4", 1)),
        ("A001", {"text": "“a  Nurse”,"}, ("F1A4", 1)),
        ("A001", {"text": "nurse"}, ("A1F1A4", 0)),
        ("A001", {"text": "the beds in the old wing were all full."}, ("F1A4", 1)),
        ("A001", {"text": "beds in the old"}, ("F1A4", 1)),
        ("A001", {"text": "eds in the old wing"}, ("A1F1A4", 0)),
        ("A001", {"text": "the old wing"}, ("A1F1A4", 0)),
        ("A001", {"claim": "c1"}, ("F1A4", 1)),
        ("A001", {"claim": "c2"}, ("A1F1A4", 0)),
        ("A001", {"claim": "c"}, ("A1F1A4", 0)),
        ("A004", {"text": "…"}, ("A1F1A4", 0)),
        ("F001", {"claim": "c1"}, ("A1F1A4", 0)),
        ("F001", {"text": "Some 300 people"}, ("A1A4", 1)),
        ("A004", {"text": "Officials"}, ("A1F1", 1)),
        ("A001", {"text": "…"}, ("A1F1A4", 0)),
    ],
)
def test_an_approval_is_of_one_check_and_of_a_claim_or_its_words(check, named, expected):
    assert left(replace(GIVEN, check=check, **({"text": None} | named))) == expected


@pytest.mark.parametrize(
    ("named", "expected"),
    [("393f9d4b1506", ""), ("393f9d4b", ""), ("393F9D4B", ""), ("393f9d4", "A"), ("9d4b1506", "A"), ("393f9d4c", "A")],
)
def test_the_beginning_of_an_id_will_do_if_it_is_long(named, expected):
    finding = replace(AUDIT.findings[0], claim="393f9d4b1506")
    audit, _ = approved(replace(AUDIT, findings=(finding,)), [replace(GIVEN, text=None, claim=named)], TODAY)
    assert "".join(finding.code[0] for finding in audit.findings) == expected


def test_an_approval_holds_through_its_last_day():
    until = replace(GIVEN, until=TODAY)
    assert left(until) == ("F1A4", 1)
    assert left(until, today=date(2026, 11, 27)) == ("A1F1A4", 1)


@pytest.mark.parametrize("key", ["by", "why"])
def test_an_approval_that_nobody_answers_for_silences_nothing(key):
    assert left(replace(GIVEN, **{key: None})) == ("A1F1A4", 1)


def test_of_two_approvals_one_that_holds_is_enough():
    assert left(replace(GIVEN, by=None), GIVEN) == ("F1A4", 2)


@given(st.text(max_size=40), st.sampled_from(["A001", "F001", "A004"]))
def test_an_approval_never_adds_a_finding(text, check):
    audit, _ = approved(AUDIT, [replace(GIVEN, check=check, text=text)], TODAY)
    assert set(audit.findings) <= set(AUDIT.findings)


# The file

FILE = """\
# What the desk has let stand.

[[approval]]
check = "A001"
text  = "A nurse"
by    = "night editor"
why   = "she would lose her post"

[[approval]]
check   = "F001"
claim   = "c2"
by      = "data desk"
why     = \"\"\"counted
by us\"\"\"
until   = 2026-12-01
article = "a.txt"
"""


def read(text):
    draft = Draft(Path("approvals.toml"), text, tomllib.loads(text))
    return read_approvals(draft, ["A001", "A004", "F001"]), draft.in_order


def test_what_a_file_holds():
    (one, two), errors = read(FILE)
    assert errors == []
    assert one == replace(GIVEN, span=one.span)
    assert FILE[one.span.start : one.span.end].startswith('[[approval]]\ncheck = "A001"')
    assert FILE[one.span.start : one.span.end].endswith('lose her post"')
    assert (two.claim, two.text, two.until, two.article) == ("c2", None, date(2026, 12, 1), "a.txt")
    assert FILE[two.span.start : two.span.end].startswith("[[approval]]\ncheck   =")
    assert FILE[two.span.start : two.span.end].endswith('"a.txt"')
    assert read("") == ((), [])


def test_entries_on_one_line_have_a_place():
    text = 'approval = [{ check = "A001", text = "x" }]\n'
    (one,), errors = read(text)
    assert errors == [] and text[one.span.start : one.span.end] == text.rstrip()


def test_every_error_of_a_file_at_once():
    _, errors = read(
        '[[approval]]\nchek = "A001"\ntext = "x"\nclaim = "y"\nuntil = "2026-01-01"\n'
        '[[approval]]\ncheck = "A01"\ntext = 3\nby = ""\nuntil = 2026-01-01T10:00:00\n[[approval]]\ncheck = "A001"\n'
        '[[aproval]]\n'
    )  # fmt: skip
    one_of_two = "name what is approved by one of two, claim = (its id) or text = (its words)"
    day = "must be a day, as in until = 2026-12-01, without quotation marks"
    assert errors == [
        'approvals.toml:1: approval.check: missing: name the check, as in check = "A001"',
        'approvals.toml:2: approval.chek: unknown key (did you mean "check"?)',
        f"approvals.toml:4: approval.claim: {one_of_two}",
        f"approvals.toml:5: approval.until: {day}",
        'approvals.toml:7: approval.check: no check "A01" (did you mean "A001"?)',
        "approvals.toml:8: approval.text: must be a text, in quotation marks",
        "approvals.toml:9: approval.by: is empty",
        f"approvals.toml:10: approval.until: {day}",
        f"approvals.toml:11: approval.claim: {one_of_two}",
        'approvals.toml:13: aproval: unknown key (did you mean "approval"?)',
    ]


def test_an_approval_of_words_must_have_one():
    assert read('[[approval]]\ncheck = "A001"\ntext = "…"\n')[1] == [
        "approvals.toml:3: approval.text: has no word: give the words of the finding or of its claim, as the "
        "article has them"
    ]


# H003


def told(*approvals, used=()):
    found = checks.of_approvals(ingest.article("approvals.toml", FILE), approvals, used, rules.load(), today=TODAY)
    assert all((finding.code, finding.severity, finding.claim) == ("H003", "warning", None) for finding in found)
    return [finding.message for finding in found]


def test_what_is_said_of_approvals():
    assert told(GIVEN, used=[GIVEN]) == []
    assert told(GIVEN) == ["the approval of A001 for “A nurse” silences nothing: drop it, or correct what it names"]
    expired = replace(GIVEN, text=None, claim="c1", until=date(2026, 11, 25))
    assert told(expired, used=[expired]) == [
        "the approval of A001 for claim c1 has expired on 2026-11-25: ask for it anew, or mend the article"
    ]
    bare = replace(GIVEN, by=None, why=None)
    assert told(bare, used=[bare]) == [
        "the approval of A001 for “A nurse” does not say by whom it was given or why, so it counts for nothing"
    ]
    assert told(replace(GIVEN, why=None)) == [
        "the approval of A001 for “A nurse” does not say why, so it counts for nothing"
    ]


def test_an_article_never_has_a_finding_about_approvals():
    (text,) = [ingest.article("approvals.toml", FILE)]
    assert "H003" in {check.code for check in rules.load().checks}
    assert "H003" not in {finding.code for finding in checks.findings(Reading(text, rules.load()), [])}
