"""Turns audits into workflow commands, which GitHub Actions shows as annotations beside the lines of a change."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from audit.model import Audit, Finding, Severity
from audit.report import places
from audit.report.places import Place

_COMMANDS: Mapping[Severity, str] = MappingProxyType({"error": "error", "warning": "warning", "info": "notice"})


def render(audits: Sequence[Audit]) -> str:
    """One command a finding, in text order."""
    return "".join(
        _command(places.file(audit.article), finding, at) for audit in audits for finding, at in places.said_once(audit)
    )


def _command(name: str, finding: Finding, at: Place) -> str:
    properties: dict[str, str | int] = {"file": name}
    if not at.named:
        properties |= {"line": at.line, "endLine": at.end_line}
    if not at.named and at.line == at.end_line:  # GitHub refuses columns of what runs over several lines
        properties |= {"col": at.column, "endColumn": at.end_column}
    properties["title"] = f"{finding.code} {finding.name}"
    place = f"{at.named}: " if at.named else ""
    listed = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{_COMMANDS[finding.severity]} {listed}::{_data(place + finding.message)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
