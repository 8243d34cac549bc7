"""What several test modules share."""

import os

import pytest
from hypothesis import settings

from audit import cli, parse

# A busy machine breaks nothing, and the same inputs are tried each time: a change is judged by what it does. Others are
# tried with HYPOTHESIS_PROFILE=search, and by tests/fuzz.
settings.register_profile("fixed", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))


@pytest.fixture(scope="session")
def parser() -> parse.Parser:
    """The embedded models; loading them takes seconds, so a test that asks for them is marked `model`."""
    return parse.load()


@pytest.fixture(autouse=True)
def no_cache_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test neither finds what earlier runs have parsed nor leaves anything behind."""
    monkeypatch.setenv("QUOTE_AUDIT_CACHE", "off")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Golden files change with this flag only."""
    parser.addoption("--update-golden", action="store_true", help="write tests/golden anew")


@pytest.fixture
def run(capsys):
    """Runs the command: its exit code, standard output and standard error."""

    def run_(*arguments) -> tuple[int, str, str]:
        code = cli.main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return code, out, err

    return run_
