"""The wheel holds all it needs, and works in an empty environment that has never seen the checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import audit

pytestmark = pytest.mark.wheel

ROOT = Path(__file__).parent.parent
ARTICLE = ROOT / "seeds/002_92e94609504b3b05.txt"


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command that must succeed, without what would lead it back to the checkout; its standard output."""
    environment = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8", cwd=cwd, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = ["-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", folder, ROOT]
    run(sys.executable, *command, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """The programs of an empty environment in which only the wheel and what it asks for is installed."""
    folder = tmp_path_factory.mktemp("installed")
    run(sys.executable, "-m", "venv", folder, cwd=folder)
    python = folder / "bin/python"
    run(python, "-m", "pip", "install", "-qq", "-c", ROOT / "constraints.txt", wheel, cwd=folder)
    return folder / "bin"


def test_wheel_is_named_after_the_version(wheel):
    assert wheel.name == f"quote_audit-{audit.__version__}-py3-none-any.whl"


def test_wheel_holds_code_models_and_rules_and_nothing_else(wheel):
    def files(folder: str) -> set[str]:
        paths = (path.relative_to(ROOT) for path in (ROOT / folder).rglob("*") if path.is_file())
        return {path.as_posix() for path in paths if "__pycache__" not in path.parts}

    rules = {f"audit/rules_data/{name.removeprefix('rules/')}" for name in files("rules")}
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert {"audit/py.typed", "audit/models/en/joint.json", "audit/models/en/joint.safetensors"} <= held
    assert any(name.startswith("audit/rules_data/patterns/") for name in held)
    assert {f"audit/report/templates/{name}" for name in ("page.html", "style.css", "page.js")} <= held
    assert held == files("audit") | rules


def test_wheel_carries_its_licences(wheel):
    names = {name.partition(".dist-info/")[2] for name in zipfile.ZipFile(wheel).namelist()}
    models = {f"licenses/audit/models/en/{name}" for name in ("LICENSE", "MODEL_CARD.md")}
    assert {"licenses/LICENSE"} | models <= names


def test_installed_command_audits_an_article(installed, tmp_path):
    article = tmp_path / "article.txt"
    article.write_bytes(ARTICLE.read_bytes())
    where = run(installed / "python", "-c", "import audit; print(audit.__file__)", cwd=tmp_path).strip()
    assert Path(where).is_relative_to(installed.parent)
    assert not Path(where).is_relative_to(ROOT)
    report = run(installed / "quote-audit", "run", article, "--format", "jsonl", cwd=tmp_path)
    assert '"speaker": "Ibrahim Kalin"' in report
    page = run(installed / "quote-audit", "run", article, "--format", "html", cwd=tmp_path)
    assert page.startswith("<!DOCTYPE html>") and "Ibrahim Kalin" in page
