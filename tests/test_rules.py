"""Folders of rules: what a user's folder adds or replaces, and every error of all its files at once."""

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from audit import checks, examples, rules
from audit.errors import RuleError
from audit.match import match
from audit.matchers import matcher
from audit.model import Span
from audit.pipeline import audit
from audit.rule import OF_APPROVALS, Check, Detect, Pattern
from tests import frozen
from tests.test_rulefile import CHECK, PATTERN

SHIPPED = rules.default_dir()
Folder = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Make a folder of rules of the files given by path and text (or bytes)."""

    def make(files: dict[str, str | bytes], name: str = "mine") -> Path:
        for path, text in files.items():
            file = tmp_path / name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return tmp_path / name

    return make


def errors(*folders: Path) -> list[str]:
    """What is wrong with `folders`, paths shortened."""
    with pytest.raises(RuleError) as raised:
        rules.load(folders)
    return str(raised.value).replace(f"{folders[0].parent}/", "").split("\n")


def test_the_rules_that_come_with_the_package():
    loaded = rules.load()
    assert rules.load(()) is loaded
    order = [(-pattern.priority, pattern.id) for pattern in loaded.patterns]
    assert order == sorted(set(order))
    assert [check.code for check in loaded.checks] == sorted({check.code for check in loaded.checks})
    assert {path.stem for path in (SHIPPED / "lexicons").glob("*.txt")} == set(loaded.lexicons)
    assert all(loaded.lexicons.values()), "a lexicon is empty"


def test_every_detector_that_a_check_may_name_is_there():
    assert set(get_args(Detect)) - {OF_APPROVALS} == set(checks.DETECTORS)


def test_no_two_patterns_of_one_priority_take_the_same_cue():
    loaded = rules.load()
    cued = [matcher(pattern, loaded.lexicons) for pattern in loaded.patterns if pattern.trigger == "cue"]
    for rule in (*loaded.patterns, *loaded.checks):
        for sentence in (sentence for article in frozen.of_rule(rule).read() for sentence in article.sentences):
            for word in sentence.words:
                met = [made.pattern for made in cued if match(made, sentence, word)]
                assert len({pattern.priority for pattern in met}) == len(met), (word.form, [p.id for p in met])


def test_a_folder_adds_a_pattern_a_check_and_a_lexicon(folder):
    mine = folder({
        "patterns/speech/said.toml": PATTERN.replace("@say", "@moo"),
        "checks/X001-nobody.toml": CHECK.replace("Q001", "X001"),
        "lexicons/moo.txt": "# cows\nmoo\nneigh  # no cow\n\n",
    })  # fmt: skip
    shipped, loaded = rules.load(), rules.load([mine])
    assert {pattern.id for pattern in loaded.patterns} - {pattern.id for pattern in shipped.patterns} == {"speech.said"}
    assert [check.code for check in loaded.checks] == [*(check.code for check in shipped.checks), "X001"]
    assert loaded.lexicons == {**shipped.lexicons, "moo": {"moo", "neigh"}}
    assert loaded.gazetteer == shipped.gazetteer
    order = [(-pattern.priority, pattern.id) for pattern in loaded.patterns]
    assert order == sorted(order)


def test_a_folder_replaces_what_has_the_same_name(folder):
    said, check = "patterns/speech/said-that.toml", next((SHIPPED / "checks").glob("Q001-*.toml"))
    mine = folder({
        said: (SHIPPED / said).read_text(encoding="utf-8").replace("priority = 50", "priority = 7"),
        f"checks/{check.name}": re.sub('severity = "[a-z]+"', 'severity = "info"', check.read_text(encoding="utf-8")),
        "lexicons/say.txt": "moo\n",
    })  # fmt: skip
    shipped, loaded = rules.load(), rules.load([mine])
    (pattern,) = [pattern for pattern in loaded.patterns if pattern.id == "speech.said-that"]
    assert (pattern.priority, pattern.path) == (7, mine / said)
    assert len(loaded.patterns) == len(shipped.patterns)
    assert next(check for check in loaded.checks if check.code == "Q001").severity == "info"
    assert len(loaded.checks) == len(shipped.checks)
    assert loaded.lexicons["say"] == {"moo"}


def test_a_check_is_replaced_by_its_code(folder):
    loaded = rules.load([folder({"checks/Q001-nobody.toml": CHECK})])
    assert [check.name for check in loaded.checks if check.code == "Q001"] == ["nobody"]


def test_of_several_folders_the_later_one_wins(folder):
    one = folder({"lexicons/say.txt": "moo\n"}, "one")
    two = folder({"lexicons/say.txt": "neigh\n"}, "two")
    assert rules.load([one, two]).lexicons["say"] == {"neigh"}
    assert rules.load([two, one]).lexicons["say"] == {"moo"}


def test_rules_are_the_same_however_they_are_spread_over_folders(folder, tmp_path):
    shutil.copytree(SHIPPED / "patterns" / "speech", tmp_path / "one" / "patterns" / "speech")
    shutil.copytree(SHIPPED / "checks", tmp_path / "two" / "checks")
    shipped, loaded = rules.load(), rules.load([tmp_path / "two", tmp_path / "one"])
    assert [pattern.id for pattern in loaded.patterns] == [pattern.id for pattern in shipped.patterns]
    for check in shipped.checks:
        for article in frozen.of_rule(check).read():
            assert audit(article, loaded) == audit(article, shipped)


def test_a_folder_is_read_anew_each_time(folder):
    mine = folder({"lexicons/moo.txt": "moo\n"})
    assert rules.load([mine]).lexicons["moo"] == {"moo"}
    folder({"lexicons/moo.txt": "neigh\n"})
    assert rules.load([mine]).lexicons["moo"] == {"neigh"}


def test_windows_files_are_read(folder):
    mine = folder({
        "lexicons/moo.txt": b"\xef\xbb\xbfmoo\r\nneigh\r\n",
        "checks/X001-nobody.toml": b"\xef\xbb\xbf" + CHECK.replace("Q001", "X001").replace("\n", "\r\n").encode(),
    })  # fmt: skip
    loaded = rules.load([mine])
    assert loaded.lexicons["moo"] == {"moo", "neigh"}
    assert "X001" in {check.code for check in loaded.checks}


def test_folders_that_are_none(tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    assert errors(tmp_path / "missing", tmp_path / "empty", tmp_path / "file") == [
        "missing: no such folder of rules",
        "empty: holds none of patterns/, checks/, policies/, lexicons/, gazetteer/",
        "file: no such folder of rules",
    ]


def test_every_error_of_every_file_at_once(folder):
    one = folder({
        "patterns/speech/said.toml": PATTERN.replace("> ccomp", "> komp").replace('"indirect"', '"indirekt"'),
        "patterns/other.toml": PATTERN.replace("speech.said", "another"),
        "checks/Q001-nobody.toml": CHECK.replace('"error"', '"bad"'),
        "lexicons/moo.txt": "neigh\nmoo\nmoo\nOink\n",
    }, "one")  # fmt: skip
    two = folder({"patterns/bad.toml": "id = ", "gazetteer/governments.tsv": "name\n"}, "two")
    found = errors(one, two)
    assert found[:8] == [
        "one/lexicons/moo.txt:2: moo: entries are sorted, each once (it stands after neigh)",
        "one/lexicons/moo.txt:3: moo: entries are sorted, each once (it stands after moo)",
        "one/lexicons/moo.txt:4: Oink: entries are lower case",
        "one/lexicons/moo.txt:4: Oink: entries are sorted, each once (it stands after moo)",
        'one/patterns/other.toml:2: id: must be "other", as the file is called',
        'one/patterns/speech/said.toml:4: kind: "indirekt" is none of direct, mixed, indirect, no-figure '
        '(did you mean "indirect"?)',
        'one/patterns/speech/said.toml:14: match.content: unknown relation "komp" (did you mean "xcomp"?)',
        'one/checks/Q001-nobody.toml:3: severity: "bad" is none of error, warning, info',
    ]
    assert found[8].startswith("two/patterns/bad.toml:1: not TOML: Invalid value (")
    assert any(line.startswith("two/gazetteer/governments.tsv") for line in found[9:])


@pytest.mark.parametrize(
    ("text", "line"),
    [("a = 1\nb = \n", 2), ("a = 1\n\nb = [1,\n", 4), ('a = """\nb\n', 3), ("a = 1\na = 2\n", 2), ("[a\n", 1)],
)
def test_what_is_not_toml_has_its_line(folder, text, line):
    (error,) = errors(folder({"checks/Q001-x.toml": text}))
    assert error.startswith(f"mine/checks/Q001-x.toml:{line}: not TOML: ")


@pytest.mark.parametrize("path", ["patterns/a/b.toml", "checks/Q001-x.toml", "lexicons/say.txt"])
def test_files_that_are_not_utf_8(folder, path):
    assert errors(folder({path: b"a\nb \xe9\n"})) == [f"mine/{path}:2: not UTF-8 (byte 4): save the file as UTF-8"]


@pytest.mark.parametrize("path", ["patterns/a/b.toml", "checks/Q001-x.toml", "lexicons/say.txt"])
def test_files_that_cannot_be_read(folder, path):
    mine = folder({f"{path}/inside.md": "a folder where a file should be\n"})
    (error,) = errors(mine)
    assert error.startswith(f"mine/{path}: cannot be read (")


def test_two_checks_with_one_code(folder):
    mine = folder({"checks/Q001-nobody.toml": CHECK, "checks/Q001-none.toml": CHECK.replace('"nobody"', '"none"')})
    (error,) = errors(mine)
    assert error.startswith("mine/checks/Q001-none.toml:1: code: Q001 is taken by ")
    assert error.endswith("Q001-nobody.toml: choose another")


def test_a_lexicon_in_place_of_another_is_known_to_all_patterns(folder):
    mine = folder({"patterns/speech/said.toml": PATTERN.replace("@say", "@mooo")}, "one")
    (error,) = errors(mine)
    assert 'one/patterns/speech/said.toml:11: match.cue: no lexicon "mooo"' in error
    later = folder({"lexicons/mooo.txt": "moo\n"}, "two")
    assert "mooo" in rules.load([mine, later]).lexicons


def verdict(rule: Pattern | Check, number: int, **changes: object) -> str | None:
    """What the verdict on a shipped rule's example is once the example says something else."""
    changed = [replace(example, **changes) if at == number else example for at, example in enumerate(rule.examples)]
    given = list(examples.verdicts(replace(rule, examples=tuple(changed)), frozen.of_rule(rule).read(), rules.load()))
    assert [wrong for at, (_, wrong) in enumerate(given) if at != number] == [None] * (len(given) - 1)
    return given[number][1]


def test_the_verdict_on_an_example_of_a_pattern():
    rule = next(pattern for pattern in rules.load().patterns if pattern.id == "speech.said-that")
    hit, miss = 0, next(at for at, example in enumerate(rule.examples) if not example.spans)
    assert verdict(rule, hit) is verdict(rule, miss) is None
    finds = "finds {cue: 'said', source: 'The ministry', content: 'the bridge was closed'}"
    assert verdict(rule, hit, spans={}) == f"{finds}; wanted nothing"
    assert verdict(rule, hit, spans={"cue": Span(0, 3)}) == f"{finds}; wanted {{cue: 'The'}}"
    assert str(verdict(rule, miss, spans={"cue": Span(0, 3)})).startswith("finds nothing; wanted {cue: ")
    assert verdict(rule, miss, spans={"cue": Span(0, 3)}, known_gap="not yet") is None
    assert verdict(rule, hit, known_gap="not yet") == "a known gap that is none any more: drop known_gap"


def test_the_verdict_on_an_example_of_a_check():
    rule = next(check for check in rules.load().checks if check.code == "Q001")
    bad = [example.bad for example in rule.examples]
    assert verdict(rule, bad.index(True)) is verdict(rule, bad.index(False)) is None
    assert verdict(rule, bad.index(True), bad=False) == "reported, though it is a good example"
    assert verdict(rule, bad.index(False), bad=True) == "not reported"
