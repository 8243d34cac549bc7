"""A table of a TOML file read value by value; what is wrong goes, with its line, into the file's `Draft`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from audit.pattern import nearest
from audit.rulefile import Draft


@dataclass(frozen=True, slots=True)
class Table:
    """The values of a table and, as ``tool.quote-audit.``, where it stands; a value that is missing reads as None."""

    draft: Draft
    values: Mapping[str, Any]
    at: str = ""

    def wrong(self, key: str, message: str, value: str = "") -> None:
        """Note an error at the line of `key` or, of a value that takes many, of `value`."""
        self.draft.wrong(f"{self.at}{key}", message, value)

    def known(self, keys: tuple[str, ...]) -> None:
        """Refuse keys that nothing reads."""
        self.draft.known(self.values, keys, self.at)

    def text(self, key: str) -> str | None:
        """The text at `key`, not empty."""
        value = self.values.get(key)
        if value is None or (isinstance(value, str) and value.strip()):
            return value
        self.wrong(key, "is empty" if isinstance(value, str) else "must be a text, in quotation marks")
        return None

    def choice(self, key: str, choices: tuple[str, ...]) -> Any:
        """The text at `key`, one of `choices`."""
        value = self.text(key)
        if value is None or value in choices:
            return value
        self.wrong(key, f'"{value}" is none of {", ".join(choices)}{nearest(value, choices)}')
        return None

    def flag(self, key: str) -> bool | None:
        """The true or false at `key`."""
        value = self.values.get(key)
        if value is None or isinstance(value, bool):
            return value
        self.wrong(key, "must be true or false")
        return None

    def positive(self, key: str) -> int | None:
        """The whole number above 0 at `key`."""
        value = self.values.get(key)
        if value is None or (isinstance(value, int) and not isinstance(value, bool) and value > 0):
            return value
        self.wrong(key, "must be a whole number above 0")
        return None

    def texts(self, key: str, choices: tuple[str, ...] = ()) -> tuple[str, ...] | None:
        """The list of texts at `key`; each one of `choices`, if there are any."""
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, list) or not all(isinstance(text, str) and text.strip() for text in value):
            self.wrong(key, 'must be a list of texts, as in ["A", "B"]')
            return None
        for text in value:
            if choices and text not in choices:
                self.wrong(key, f'"{text}" is none of {", ".join(choices)}{nearest(text, choices)}', text)
        return tuple(value)

    def table(self, key: str) -> "Table":
        """The table at `key`, empty when there is none."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            self.wrong(key, f"must be a table, as [{self.at}{key}] begins")
            value = {}
        return Table(self.draft, value, f"{self.at}{key}.")

    def tables(self, key: str) -> Iterator["Table"]:
        """The tables of the list at `key`, in order."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(table, dict) for table in value):
            self.wrong(key, f"must be [[{self.at}{key}]] tables")
            return
        for number, table in enumerate(value):
            yield Table(self.draft, table, f"{self.at}{key}[{number}].")
