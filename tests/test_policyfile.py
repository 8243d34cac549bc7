"""Policy files: those that come with the package, those of a user's folder, and what is said of wrong ones."""

import pytest

from audit import checks, policy, rules
from audit.checks.hit import Hit
from audit.errors import RuleError
from audit.model import Span
from audit.reading import Reading
from audit.rule import Choice
from tests.build import article
from tests.test_rulefile import CHECK

SHIPPED = rules.load()
DEFAULT = SHIPPED.policies["default"]


def test_the_policies_that_come_with_the_package():
    assert set(SHIPPED.policies) == {"default", "strict", "wire", "bbc"}
    assert all(one.name == name and one.summary.endswith(".") for name, one in SHIPPED.policies.items())
    assert all(one.why or name == "strict" for name, one in SHIPPED.policies.items())


@pytest.mark.parametrize("name", sorted(SHIPPED.policies))
def test_a_policy_leaves_checks(name):
    left = policy.applied(SHIPPED, policy.stacked([], SHIPPED.policies[name]))
    assert {"A001", "F001", "H003", "Q001", "V002"} <= {check.code for check in left.checks}
    assert bool(left.settings.outlets) is (name in ("wire", "bbc"))


def test_the_strict_policy_leaves_every_check():
    assert policy.applied(SHIPPED, policy.stacked([], SHIPPED.policies["strict"])).checks == SHIPPED.checks


def test_the_severity_of_a_policy_is_that_of_ordinary_findings(monkeypatch):
    text = article("Words.")
    hits = [Hit(Span(0, 5), None, {}), Hit(Span(0, 5), None, {}, severity="info")]
    monkeypatch.setattr(checks, "DETECTORS", {"unattributed-figure": lambda *_: hits})
    only = policy.applied(SHIPPED, [policy.Layer("", Choice(select=("F001",)))])
    assert [finding.severity for finding in checks.findings(Reading(text, only), [])] == ["warning", "info"]
    graver = policy.applied(SHIPPED, [policy.Layer("", Choice(select=("F001",), severity=(("F", "error"),)))])
    assert [finding.severity for finding in checks.findings(Reading(text, graver), [])] == ["error", "warning"]


def write(folder, files):
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def test_a_folder_of_rules_brings_policies_and_replaces_some(tmp_path):
    mine = write(
        tmp_path,
        {
            "checks/X001-nobody.toml": CHECK.replace("Q001", "X001"),
            "policies/house.toml": 'summary = "Ours."\nselect = ["X001", "A"]\nextend-select = ["F"]\n'
            'ignore = ["A004"]\noutlets = ["The Daily"]\nloaded-verbs = ["heat"]\n[severity]\nA = "info"\n',
            "policies/strict.toml": 'summary = "Less."\nwhy = "We say so."\nselect = ["Q"]\n',
        },
    )
    found = rules.load([mine]).policies
    assert found["house"].choice == Choice(
        ("X001", "A"), ("F",), ("A004",), (("A", "info"),), ("The Daily",), ("heat",)
    )
    assert found["strict"].choice.select == ("Q",) and found["strict"].why == "We say so."
    assert found["default"] == DEFAULT
    only = write(tmp_path / "only", {"policies/house.toml": 'summary = "Ours."\nselect = ["ALL"]\n'})
    assert "house" in rules.load([only]).policies


def test_every_error_of_a_policy_at_once(tmp_path):
    write(
        tmp_path,
        {
            "policies/house.toml": 'sumary = "Ours."\nselect = [\n  "A001",\n  "A01",\n]\nignore = "A"\n'
            'severity = { A001 = "bad", Z = "info" }\nloaded-verbs = ["heet"]\noutlets = [""]\n',
            "policies/odd.toml": "select = [",
        },
    )
    with pytest.raises(RuleError) as raised:
        rules.load([tmp_path])
    errors = str(raised.value).replace(f"{tmp_path}/", "").split("\n")
    assert errors[:-1] == [
        'policies/house.toml:1: sumary: unknown key (did you mean "summary"?)',
        "policies/house.toml:1: summary: missing",
        'policies/house.toml:4: select: no check "A01" (did you mean "A001"?)',
        'policies/house.toml:6: ignore: must be a list of texts, as in ["A", "B"]',
        'policies/house.toml:7: severity.Z: no check "Z"',
        'policies/house.toml:7: severity.A001: "bad" is none of error, warning, info',
        'policies/house.toml:9: outlets: must be a list of texts, as in ["A", "B"]',
        'policies/house.toml:8: loaded-verbs: "heet" is none of doubt, guilt, endorse, heat, wrong '
        '(did you mean "heat"?)',
    ]
    assert errors[-1].startswith("policies/odd.toml:1: not TOML: ")


def test_a_policy_must_select(tmp_path):
    write(tmp_path, {"policies/house.toml": 'summary = "Ours."\n'})
    with pytest.raises(RuleError, match=r"house.toml:1: select: missing: name the checks, as in \["):
        rules.load([tmp_path])
