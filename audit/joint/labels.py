"""What the network chooses from."""

from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels in the order of the network's scores."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    feats: tuple[str, ...]
    edit: tuple[str, ...]
    ner: tuple[str, ...]
    deprel: tuple[str, ...]

    def record(self) -> dict[str, list[str]]:
        """As plain data, for a file."""
        return {one.name: list(getattr(self, one.name)) for one in fields(self)}


def from_record(record: dict[str, Any]) -> Labels:
    """`Labels.record` undone.

    Raises:
        KeyError: a kind of label is missing.
    """
    return Labels(**{one.name: tuple(map(str, record[one.name])) for one in fields(Labels)})
