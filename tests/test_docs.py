"""The documents say what the program does."""

import re
import tomllib
from pathlib import Path

import pytest

from audit import cli, readers, rules, settings
from audit.approvalfile import read_approvals
from audit.cli import arguments, reports
from audit.cli.exitcode import ExitCode
from audit.rulefile import Draft, read_check

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^(\w+):(?!=)", MAKEFILE, re.M))


@pytest.fixture
def told(capsys, monkeypatch):
    """Runs the command at 80 columns; what it prints to standard output."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(ROOT)

    def run(*arguments: str) -> str:
        assert cli.main(list(arguments)) == 0
        return capsys.readouterr().out

    return run


def test_every_command_and_option_is_in_the_readme(told):
    commands = re.findall(r"^    ([a-z]+) ", told("--help"), re.M)
    assert {"run", "models"} <= set(commands)
    assert [name for name in commands if f"`quote-audit {name}" not in README] == []
    options = {option for name in commands for option in re.findall(r"--[a-z][a-z-]+", told(name, "--help"))}
    options.update(re.findall(r"--[a-z][a-z-]+", told("--help")))
    assert "--format" in options
    assert [option for option in sorted(options) if not re.search(rf"{option}\b(?!-)", README)] == []


def test_every_exit_code_is_in_the_readme():
    rows = set(map(int, re.findall(r"^\| (\d+) \|", README, re.M)))
    assert rows == {code.value for code in ExitCode}


def test_every_format_is_in_the_readme(told):
    formats = re.search(r"--format {([a-z,-]+)}", re.sub(r"\s+", " ", told("run", "--help")))[1].split(",")
    assert set(re.findall(r"^\| `([a-z][a-z-]*)` \|", README, re.M)) == set(formats)


@pytest.mark.parametrize(
    "path",
    sorted(ROOT.glob("*.md")) + sorted(ROOT.glob("*/README.md")),
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_documents_name_what_exists(path):
    text = path.read_text(encoding="utf-8")
    assert set(re.findall(r"(?:^|`)make (\w+)", text, re.M)) <= TARGETS
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_makefile_says_what_its_targets_do():
    assert set(re.findall(r"^# make (\w+) ", MAKEFILE, re.M)) == TARGETS == {"audit", "test", "bench", "check", "clean"}


def test_every_setting_is_in_the_readme():
    keys = set(re.findall(r"^\| `([a-z-]+) = ", README, re.M)) | set(
        re.findall(r"^\| `\[\[([a-z]+)\]\]` \|", README, re.M)
    )
    assert keys == set(settings.KEYS)


def test_the_settings_in_the_readme_are_right(tmp_path):
    (tmp_path / "approvals.toml").touch()
    blocks = re.findall(r"^```toml\n(.*?)^```", README, re.M | re.S)
    (text,) = [block for block in blocks if "[[overrides]]" in block]
    (tmp_path / "quote-audit.toml").write_text(text)
    settings.read(tmp_path / "quote-audit.toml", rules.load, formats=tuple(reports.FORMATS))
    (text,) = [block for block in blocks if block.startswith("summary ")]
    (tmp_path / "house.toml").write_text(text)
    assert settings.policy("house.toml", tmp_path, rules.load()).choice.ignore == ("A004",)
    (text,) = [block for block in blocks if block.startswith("[[approval]]")]
    draft = Draft(tmp_path / "approvals.toml", text, tomllib.loads(text))
    assert len(read_approvals(draft, ["A001"])) == 1 and draft.errors == []


def test_the_rules_in_the_readme_are_right():
    blocks = re.findall(r"^```toml\n(.*?)^```", README, re.M | re.S)
    (text,) = [block for block in blocks if block.startswith("code ")]
    draft = Draft(Path("X001-house-hedge.toml"), text, tomllib.loads(text))
    check = read_check(draft, "X001-house-hedge")
    assert draft.errors == [] and check is not None and check.examples[0].bad


def test_the_commands_of_the_recipe_are_right():
    recipe = README.partition("name: sourcing\n")[2].partition("```")[0]
    commands = [line.split()[1:] for line in re.findall(r"run: (quote-audit .+)", recipe)]
    given = [arguments.parser().parse_args(command) for command in commands]
    assert [one.format for one in given] == ["github", "sarif"]
    assert f"sarif_file: {given[1].output}\n" in recipe and given[1].exit_zero and given[0].fail_on == "error"


def test_the_policies_in_the_readme_are_those_there_are():
    table = README.partition("| policy | is for |")[2].partition("\n\n")[0]
    assert set(re.findall(r"^\| (\w+) \|", table, re.M)) == set(rules.load().policies)


def test_the_hook_is_a_command_that_there_is():
    hook = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    values = dict(re.findall(r"^[ -] ([a-z_]+): (.+)$", hook, re.M))
    given = re.findall(r"[^\[\], ]+", values["args"])
    program, *words = values["entry"].split()
    assert program == "quote-audit"
    assert arguments.parser().parse_args([*words, *given, "a.txt", "b.txt"]).fail_on == "error"
    endings = re.fullmatch(r"\(\?i\)\\\.\((.+)\)\$", values["files"])[1].replace("html?", "htm|html").split("|")
    assert {f".{ending}" for ending in endings} <= readers.SUFFIXES
    assert f"- id: {values['id']}\n" in README and f"args: {values['args']}\n" in README


def test_changelog_begins_with_what_is_unreleased():
    headings = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert headings[0] == "[Unreleased]"


@pytest.mark.model
def test_the_report_in_the_readme_is_the_one_that_is_printed(told):
    command = re.search(r"`quote-audit (run seeds/\S+)` prints", README)[1].split()
    printed = re.search(r"<!-- report:start -->\n```text\n(.*)```\n<!-- report:end -->", README, re.S)[1]
    assert printed.rstrip() == told(*command).rstrip()


COMMANDS = sorted(set(re.findall(r"quote-audit (run [^`\n]*tests/samples/[^`\n]+)", README)))


def test_the_readme_has_a_sample_of_every_format():
    samples = [Path(command.split()[-1]) for command in COMMANDS]
    found = {readers.format_of(path.name, (ROOT / path).read_bytes()).name for path in samples}
    assert found == {format.name for format in readers.FORMATS} - {"xml"}  # which is what none of them reads


@pytest.mark.model
@pytest.mark.parametrize("command", COMMANDS)
def test_the_commands_on_samples_in_the_readme_work(command, tmp_path, monkeypatch):
    (tmp_path / "tests").symlink_to(ROOT / "tests")
    monkeypatch.chdir(tmp_path)
    assert cli.main(command.split()) == ExitCode.DONE
    assert [path for path in re.findall(r"-o (\S+)", command) if not (tmp_path / path).stat().st_size] == []


def test_the_folders_in_the_readme_are_searched_for_what_folders_are_searched_for():
    said = re.search(r"\*\*Folders\*\*(.+?)\. Of these", README, re.S)[1].replace("\n", " ")
    plain, _, packed = said.partition(" (and `.gz` after ")
    endings = set(re.findall(r"`(\.\w+)`", plain)) | {f"{ending}.gz" for ending in re.findall(r"`(\.\w+)`", packed)}
    assert endings == readers.SUFFIXES
