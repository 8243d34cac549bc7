"""What several test modules share."""

import pytest

from audit import parse


@pytest.fixture(scope="session")
def parser() -> parse.Parser:
    """The embedded models; loading them takes seconds, so a test that asks for them is marked `model`."""
    return parse.load()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Golden files change with this flag only."""
    parser.addoption("--update-golden", action="store_true", help="write tests/golden anew")
