"""What several test modules share."""

import pytest

from audit import parse


@pytest.fixture(scope="session")
def parser() -> parse.Parser:
    """The embedded models; loading them takes seconds, so a test that asks for them is marked `model`."""
    return parse.load()
