"""The baseline: written in one order, read back, and each finding left out as often as it was known."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit import baseline, checks, rules
from audit.checks.hit import Hit
from audit.errors import SettingsError
from audit.model import Audit, Finding, Span
from audit.reading import Reading
from tests.build import article, sentence


def finding(id_, code="A001"):
    return Finding(code, "", "error", Span(0, 5), "", None, id=id_)


def audit(*ids):
    return Audit(article("Some  words."), (), tuple(map(finding, ids)))


def ids(found):
    return [one.id for one in found.findings]


def test_a_baseline_is_sorted_and_read_back():
    found = Counter([*baseline.entries(audit("b", "a", "b")), ("A000", "“é”\n", "z")])
    text = baseline.render(found)
    assert text == (
        '{\n  "version": 1,\n  "findings": [\n'
        '    {"code": "A000", "words": "“é”\\n", "id": "z", "count": 1},\n'
        '    {"code": "A001", "words": "Some", "id": "a", "count": 1},\n'
        '    {"code": "A001", "words": "Some", "id": "b", "count": 2}\n  ]\n}\n'
    )
    assert baseline.parse("b.json", text) == {"a": 1, "b": 2, "z": 1}
    assert baseline.parse("b.json", baseline.render(Counter())) == {}


def test_a_known_finding_is_left_out_as_often_as_it_is_known():
    known = Counter({"a": 2, "c": 1})
    assert ids(baseline.unknown(audit("a", "b", "a"), known)) == ["b"]
    assert ids(baseline.unknown(audit("a", "c"), known)) == ["a"]


@given(st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("abc")))
def test_what_is_written_is_left_out_and_nothing_else(before, now):
    known = baseline.parse("b.json", baseline.render(Counter(baseline.entries(audit(*before)))))
    assert Counter(ids(baseline.unknown(audit(*now), known))) == Counter(now) - Counter(before)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "b.json:1: no baseline (Expecting value): write it anew with --write-baseline"),
        ('{\n"version": 1,\n}', "b.json:3: no baseline"),
        ("[]", "b.json: no baseline: write it anew"),
        ("{}", "b.json: no baseline: write it anew"),
        ('{"version": 1, "findings": [{"id": "a"}]}', "b.json: no baseline: write it anew"),
        ('{"version": 1, "findings": [{"id": "a", "count": "many"}]}', "b.json: no baseline: write it anew"),
        ('{"version": 2, "findings": []}', "b.json: a baseline of another version of quote-audit: write it anew"),
    ],
)
def test_what_is_no_baseline(text, message):
    with pytest.raises(SettingsError) as raised:
        baseline.parse("b.json", text)
    assert str(raised.value).startswith(message)


# The ids that it is keyed on


def found(monkeypatch, text, words, rules_=rules.load()):  # noqa: B008  # loaded once, and never changed
    """The id of a finding about `words` in an article whose lines are sentences."""
    lines = text.split("\n")
    heads = [[0] + [1] * (len(line.split()) - 1) for line in lines]
    built = [
        sentence(line, heads=h, deprels=["root"] + ["dep"] * (len(h) - 1)) for line, h in zip(lines, heads, strict=True)
    ]
    start = text.index(words)
    hit = Hit(Span(start, start + len(words)), None, {})
    monkeypatch.setattr(checks, "DETECTORS", {"unattributed-figure": lambda *_: [hit]})
    only = replace(rules_, checks=tuple(check for check in rules_.checks if check.code == "F001"))
    (one,) = checks.findings(Reading(article(text, *built), only), [])
    return one.id


def test_the_id_of_a_finding_is_that_of_its_words_and_sentence(monkeypatch):
    first = found(monkeypatch, "He left .\nSome 300 wait .", "Some 300")
    assert len(first) == 12
    assert found(monkeypatch, "Nobody left at all .\nShe left .\nSome 300 wait .", "Some 300") == first
    assert found(monkeypatch, "He left .\nSome 300 waited .", "Some 300") != first
    assert found(monkeypatch, "He left .\nSome 300 wait .", "300") != first
