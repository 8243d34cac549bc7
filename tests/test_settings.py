"""Settings files: which one governs a folder, what it says, and every error of it at once."""

from pathlib import Path

import pytest

from audit import rules, settings
from audit.errors import RuleError, SettingsError
from tests.test_rulefile import CHECK

FORMATS = ("table", "csv", "json")


def load(folders):
    return rules.load(folders, all_cues=True)


def read(path, **more):
    return settings.read(path, load, formats=FORMATS, **more)


@pytest.fixture
def write(tmp_path):
    """Write files below a folder of the test; the path of the last one."""

    def write_(files: dict[str, str]) -> Path:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return path

    return write_


def errors(path, **more):
    with pytest.raises(SettingsError) as raised:
        read(path, **more)
    return str(raised.value).replace(f"{path.parent}/", "").split("\n")


def test_the_closest_file_governs(write, tmp_path):
    write({"quote-audit.toml": "", "news/pyproject.toml": "[tool.quote-audit]", "news/live/a.txt": ""})
    assert settings.find(tmp_path / "news/live") == tmp_path / "news/pyproject.toml"
    assert settings.find(tmp_path / "news") == tmp_path / "news/pyproject.toml"
    assert settings.find(tmp_path) == tmp_path / "quote-audit.toml"
    write({"news/quote-audit.toml": ""})
    assert settings.find(tmp_path / "news/live") == tmp_path / "news/quote-audit.toml"


@pytest.mark.parametrize(
    "text",
    ["", "[tool.ruff]\nselect = []", "[project]\nname = 'quote-audit'", "not TOML", "tool = 'quote-audit'"],
)
def test_a_pyproject_without_our_table_is_none(write, tmp_path, text):
    write({"quote-audit.toml": "", "news/pyproject.toml": text})
    assert settings.find(tmp_path / "news") == tmp_path / "quote-audit.toml"


def test_a_pyproject_that_may_hold_our_table_must_be_toml(write, tmp_path):
    write({"pyproject.toml": "[tool.quote-audit]\nselect = \n"})
    with pytest.raises(SettingsError, match=r"pyproject.toml:2: not TOML: "):
        settings.find(tmp_path)


def test_a_folder_above_that_may_not_be_looked_into_has_none(write, tmp_path, monkeypatch):
    write({"quote-audit.toml": "", "locked/news/a.txt": ""})
    is_file = Path.is_file

    def refused(path):
        if path.parent.name == "locked":
            raise PermissionError(13, "Permission denied")
        return is_file(path)

    monkeypatch.setattr(Path, "is_file", refused)
    assert settings.find(tmp_path / "locked/news") == tmp_path / "quote-audit.toml"


def test_all_that_a_file_can_say(write, tmp_path):
    path = write(
        {
            "approvals.toml": "",
            "rules/checks/X001-nobody.toml": CHECK.replace("Q001", "X001"),
            "rules/policies/house.toml": 'summary = "Ours."\nselect = ["X"]\n',
            "quote-audit.toml": """
policy = "house"
select = ["A", "X001"]
extend-select = ["F"]
ignore = ["A004"]
outlets = ["The Daily"]
loaded-verbs = ["heat"]
rules = ["rules"]
fail-on = "warning"
approvals = "approvals.toml"
baseline = "known.json"
all-cues = true
format = "csv"

[severity]
F001 = "error"

[per-file-ignores]
"*.live.txt" = ["F"]

[[overrides]]
paths = ["opinion/"]
policy = "strict"
ignore = ["A"]
severity = { V002 = "info" }
outlets = ["The Sunday"]
""",
        }
    )
    found = read(path)
    assert found.layer.policy.name == "house" and found.layer.origin == str(path)
    choice = found.layer.choice
    assert (choice.select, choice.extend, choice.ignore) == (("A", "X001"), ("F",), ("A004",))
    assert (choice.severity, choice.outlets, choice.loaded_verbs) == ((("F001", "error"),), ("The Daily",), ("heat",))
    assert found.rules == (tmp_path / "rules",)
    assert (found.approvals, found.baseline) == (tmp_path / "approvals.toml", tmp_path / "known.json")
    assert (found.fail_on, found.all_cues, found.format) == ("warning", True, "csv")
    assert found.layers("news/a.txt") == (found.layer,)
    _, opinion = found.layers("opinion/2026/a.txt")
    assert opinion.policy.name == "strict" and opinion.choice.ignore == ("A",)
    assert opinion.choice.severity == (("V002", "info"),) and opinion.choice.outlets == ("The Sunday",)
    assert opinion.origin == f"{path}, overrides of opinion/"
    _, both, ignored = found.layers("opinion/a.live.txt")
    assert both == opinion and ignored.choice.ignore == ("F",) and ignored.origin == f"{path}, per-file-ignores"


def test_a_file_that_says_nothing(write):
    found = read(write({"quote-audit.toml": ""}))
    assert found.layers("a.txt") == (settings.Layer(str(found.path), settings.Choice()),)
    assert (found.rules, found.fail_on, found.approvals, found.baseline) == ((), None, None, None)
    assert (found.all_cues, found.format) == (None, None)


def test_a_pyproject_is_read_in_its_table(write):
    path = write({"pyproject.toml": "[project]\nname = 'x'\n\n[tool.quote-audit]\nselect = ['A']\n"})
    assert read(path).layer.choice.select == ("A",)
    path = write({"pyproject.toml": "[tool.quote-audit]\nselct = ['A']\nignore = [\n  'A',\n  'B',\n]\n"})
    assert errors(path) == [
        'pyproject.toml:2: tool.quote-audit.selct: unknown key (did you mean "select"?)',
        'pyproject.toml:5: tool.quote-audit.ignore: no check "B"',
    ]


@pytest.mark.parametrize("name", ["quote_audit", "quoteaudit", "Quote-Audit"])
def test_our_table_under_another_name_is_refused(write, tmp_path, name):
    path = write({"pyproject.toml": f"[project]\nname = 'x'\n\n[tool.{name}]\nselect = ['A']\n"})
    said = f"pyproject.toml:4: tool.{name}: settings are in [tool.quote-audit]: write it so"
    assert errors(path) == [said]
    with pytest.raises(SettingsError) as raised:
        settings.find(tmp_path)
    assert str(raised.value) == f"{tmp_path}/{said}"
    write({"pyproject.toml": f"[tool.{name}]\nselect = ['A']\n[tool.quote-audit]\nselect = ['F']\n"})
    assert settings.find(tmp_path) == path and read(path).layer.choice.select == ("F",)


def test_a_file_of_its_own_has_no_table(write):
    path = write({"quote-audit.toml": "polcy = 'wire'\n[tool.quote-audit]\nselect = ['A']\n"})
    assert errors(path) == [
        'quote-audit.toml:1: polcy: unknown key (did you mean "policy"?)',
        "quote-audit.toml:2: tool.quote-audit: keys stand without a table here: leave [tool.quote-audit] to a "
        "pyproject.toml",
    ]


def test_paths_that_name_no_article_below_are_refused(write):
    path = write(
        {
            "quote-audit.toml": """\
[per-file-ignores]
"../a.txt" = ["A"]
"a..b.txt" = ["A"]
[[overrides]]
paths = []
[[overrides]]
paths = ["a/",
  "/srv/articles/",
  "a/../../b/"]
[[overrides]]
paths = ["C:/articles"]
"""
        }
    )
    said = "is not in the folder of this file: write it from there, as in opinion/"
    assert errors(path) == [
        f"quote-audit.toml:2: per-file-ignores.../a.txt: ../a.txt {said}",
        'quote-audit.toml:5: overrides.paths: is empty: say for which articles, as in paths = ["opinion/"]',
        f"quote-audit.toml:8: overrides.paths: /srv/articles/ {said}",
        f"quote-audit.toml:9: overrides.paths: a/../../b/ {said}",
        f"quote-audit.toml:11: overrides.paths: C:/articles {said}",
    ]


def test_every_error_at_once_by_line(write):
    path = write(
        {
            "quote-audit.toml": """\
polcy = "strict"
policy = "strickt"
select = ["A001",
  "a004"]
severity = { A004 = "warn", F0011 = "error" }
fail-on = "eror"
rules = ["nowhere"]
all-cues = "yes"
approvals = "none.toml"
format = "cvs"
loaded-verbs = ["heet"]
per-file-ignores = { "x/*.txt" = "A001" }
outlets = "The Daily"
ignore = [3]
baseline = ""
[[overrides]]
path = ["x"]
policy = 3
"""
        }
    )
    severities = "error, warning, info"
    assert errors(path) == [
        'quote-audit.toml:1: polcy: unknown key (did you mean "policy"?)',
        'quote-audit.toml:2: policy: "strickt" is none of bbc, default, strict, wire (did you mean "strict"?), nor a '
        ".toml file",
        'quote-audit.toml:4: select: no check "a004" (did you mean "A004"?)',
        'quote-audit.toml:5: severity.F0011: no check "F0011" (did you mean "F001"?)',
        f'quote-audit.toml:5: severity.A004: "warn" is none of {severities} (did you mean "warning"?)',
        f'quote-audit.toml:6: fail-on: "eror" is none of {severities} (did you mean "error"?)',
        "quote-audit.toml:7: rules: nowhere: no such folder of rules",
        "quote-audit.toml:8: all-cues: must be true or false",
        "quote-audit.toml:9: approvals: none.toml: there is no such file",
        'quote-audit.toml:10: format: "cvs" is none of table, csv, json (did you mean "csv"?)',
        'quote-audit.toml:11: loaded-verbs: "heet" is none of doubt, guilt, endorse, heat, wrong '
        '(did you mean "heat"?)',
        'quote-audit.toml:12: per-file-ignores.x/*.txt: must be a list of texts, as in ["A", "B"]',
        'quote-audit.toml:13: outlets: must be a list of texts, as in ["A", "B"]',
        'quote-audit.toml:14: ignore: must be a list of texts, as in ["A", "B"]',
        "quote-audit.toml:15: baseline: is empty",
        'quote-audit.toml:16: overrides.paths: missing: say for which articles, as in paths = ["opinion/"]',
        'quote-audit.toml:17: overrides.path: unknown key (did you mean "paths"?)',
        "quote-audit.toml:18: overrides.policy: must be a text, in quotation marks",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("select = \n", "quote-audit.toml:1: not TOML: "),
        ("overrides = 3\n", "quote-audit.toml:1: overrides: must be [[overrides]] tables"),
        ("severity = 3\n", "quote-audit.toml:1: severity: must be a table, as [severity] begins"),
    ],
)
def test_what_is_no_table(write, text, message):
    assert errors(write({"quote-audit.toml": text}))[0].startswith(message)


def test_a_policy_in_a_file_of_ones_own(write):
    path = write({"house.toml": 'summary = "Ours."\nselect = ["V"]\n', "quote-audit.toml": 'policy = "house.toml"\n'})
    assert read(path).layer.policy.choice.select == ("V",)
    write({"house.toml": 'summary = "Ours."\nselct = ["V"]\n'})
    assert errors(path) == [
        'house.toml:1: select: missing: name the checks, as in ["A001", "F"], or all of them, ["ALL"]',
        'house.toml:2: selct: unknown key (did you mean "select"?)',
    ]
    (path.parent / "house.toml").unlink()
    path = write(
        {"quote-audit.toml": 'ignore = ["A"]\npolicy = "hosue.toml"\n[[overrides]]\npaths = ["a"]\npolicy = "b.toml"'}
    )
    assert errors(path) == [
        "quote-audit.toml:2: policy: hosue.toml: there is no such file",
        "quote-audit.toml:5: overrides.policy: b.toml: there is no such file",
    ]


def test_checks_of_other_folders_may_be_named(write, tmp_path):
    write({"more/checks/X001-nobody.toml": CHECK.replace("Q001", "X001")})
    path = write({"quote-audit.toml": 'select = ["X001"]\n'})
    assert errors(path)[0].startswith('quote-audit.toml:1: select: no check "X001"')
    assert read(path, more=(tmp_path / "more",)).layer.choice.select == ("X001",)


def test_rules_that_are_wrong_are_said(write):
    path = write({"rules/checks/X001-x.toml": "x", "quote-audit.toml": 'rules = ["rules"]\n'})
    with pytest.raises(RuleError, match=r"X001-x\.toml:1: not TOML"):
        read(path)
