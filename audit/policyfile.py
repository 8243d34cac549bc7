"""One TOML file into a `Policy`, or the keys that policies and settings share into a `Choice`."""

from collections.abc import Collection
from typing import get_args

from audit.model import Severity
from audit.policy import unknown
from audit.rule import Choice, Policy, Settings
from audit.rulefile import Draft
from audit.tables import Table

CHOICE_KEYS = ("select", "ignore", "extend-select", "severity", "outlets", "loaded-verbs")


def read_policy(draft: Draft, codes: Collection[str]) -> Policy | None:
    """The policy that a file declares, named as the file is; None, with the errors in `draft`, when it is wrong.

    Args:
        codes: of all checks that are loaded.
    """
    draft.known(draft.data, ("summary", "why", *CHOICE_KEYS))
    if "select" not in draft.data:
        draft.wrong("select", 'missing: name the checks, as in ["A001", "F"], or all of them, ["ALL"]')
    policy = Policy(
        name=draft.path.stem,
        summary=draft.string("summary"),
        why=draft.string("why", "-").strip(),
        choice=read_choice(Table(draft, draft.data), codes),
        path=draft.path,
    )
    return None if draft.errors else policy


def read_choice(table: Table, codes: Collection[str]) -> Choice:
    """What `table` says of the checks, of which `codes` are loaded; errors go into its draft."""
    return Choice(
        select=selectors(table, "select", codes),
        extend=selectors(table, "extend-select", codes) or (),
        ignore=selectors(table, "ignore", codes) or (),
        severity=_severity(table.table("severity"), codes),
        outlets=table.texts("outlets"),
        loaded_verbs=table.texts("loaded-verbs", Settings().loaded_verbs),
    )


def selectors(table: Table, key: str, codes: Collection[str]) -> tuple[str, ...] | None:
    """The list of selectors at `key`."""
    found = table.texts(key)
    for selector in found or ():
        if wrong := unknown(selector, codes):
            table.wrong(key, wrong, selector)
    return found


def _severity(table: Table, codes: Collection[str]) -> tuple[tuple[str, Severity], ...]:
    for selector in table.values:
        if wrong := unknown(selector, codes):
            table.wrong(selector, wrong)
    found = ((selector, table.choice(selector, get_args(Severity))) for selector in table.values)
    return tuple((selector, severity) for selector, severity in found if severity)
