"""What governs an article -> text for a terminal."""

from collections.abc import Iterator
from pathlib import Path

from audit import policy
from audit.cli.plans import COMMAND_LINE, Plan, Plans
from audit.cli.reports import DEFAULT
from audit.limits import Limits
from audit.report.cells import cell, grid
from audit.settings import LIMITS


def render(path: Path, plans: Plans, *, width: int) -> str:
    """The settings file, each setting and each check, with where it is said.

    Raises:
        AuditError: settings, arguments or rules are wrong.
    """
    plan = plans.every[plans.of(path)]
    checks = plans.load(plan.folders).checks
    verdicts = policy.verdicts(plan.layers, checks)
    columns = max(width - 55, 20)  # a name has 29 at most, with code and severity
    rows = []
    for check in checks:
        verdict = verdicts[check.code]
        severity = verdict.severity or check.severity
        origin = verdict.origin + (
            f"; severity: {verdict.severity_origin}" if verdict.used and verdict.severity else ""
        )
        shown = cell(origin or "—", columns=columns, lines=4)
        rows.append([f"{check.code} {check.name}", severity if verdict.used else "off", shown])
    of = f"settings of {plan.settings}" if plan.settings else "no settings file"
    return "\n\n".join((f"{path}: {of}", _settings(plan, columns), grid(rows, ["check", "severity", "said by"]))) + "\n"


def _settings(plan: Plan, columns: int) -> str:
    outlets, of_outlets = policy.outlets(plan.layers)
    verbs, of_verbs = policy.loaded_verbs(plan.layers)
    rows = [
        ["policy", plan.layers[0].policy.name if plan.layers[0].policy else "", plan.layers[0].origin],
        ["outlets", ", ".join(outlets), of_outlets],
        ["loaded-verbs", ", ".join(verbs), of_verbs],
        ["rules", ", ".join(map(str, plan.folders)), _from(plan, bool(plan.folders))],
        ["all-cues", "true" if plan.all_cues else "false", _from(plan, plan.all_cues)],
        ["format", plan.format, _from(plan, plan.format != DEFAULT)],
        ["fail-on", plan.fail_on or "", _from(plan, plan.fail_on is not None)],
        ["approvals", str(plan.approvals or ""), _from(plan, plan.approvals is not None)],
        ["baseline", str(plan.baseline or ""), _from(plan, plan.baseline is not None)],
        *_limits(plan),
    ]
    shown = [
        [key, cell(value or "—", columns=columns, lines=4), cell(origin or "default", columns=columns, lines=4)]
        for key, value, origin in rows
    ]
    return grid(shown, ["setting", "value", "said by"])


def _limits(plan: Plan) -> Iterator[list[str]]:
    for name in LIMITS:
        most, usual = getattr(plan.limits, name), getattr(Limits(), name)
        yield [f"max-{name}", f"{most:,}", _from(plan, most != usual)]


def _from(plan: Plan, given: bool) -> str:
    """Who gives what policies do not: the settings file, or an option, where there is none."""
    return str(plan.settings or COMMAND_LINE) if given else ""
