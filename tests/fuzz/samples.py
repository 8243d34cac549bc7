"""The formats -> the bytes of files that are in them."""

from collections.abc import Iterator
from pathlib import Path

from audit import readers

_TESTS = Path(__file__).parents[1]
CRASHERS = _TESTS / "crashers"


def of(reader: str) -> dict[str, bytes]:
    """By name the samples of the format that is called `reader`, in order of their names."""
    return {
        path.name: data
        for path in sorted(_files())
        if readers.format_of(path.name, data := path.read_bytes()).name == reader
    }


def _files() -> Iterator[Path]:
    for folder in (_TESTS / "samples", CRASHERS, _TESTS.parent / "seeds"):
        yield from (path for path in folder.rglob("*") if path.is_file() and path.name != "README.md")
