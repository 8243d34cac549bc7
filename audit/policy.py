"""What a policy, settings and the command line say of the checks -> the rules that hold."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from audit.model import Severity
from audit.pattern import nearest
from audit.rule import Check, Choice, Policy, Rules, Settings

DEFAULT = "default"
_ALL = "ALL"


@dataclass(frozen=True, slots=True)
class Layer:
    """What one place says, `origin` in words; a `policy` named there sets aside what was chosen before."""

    origin: str
    choice: Choice
    policy: Policy | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a check is used and how severe its findings are, None as the check says; each with who says so."""

    used: bool
    origin: str
    severity: Severity | None
    severity_origin: str


def unknown(selector: str, codes: Collection[str]) -> str | None:
    """What is wrong with a selector that no code begins with, and the nearest one that some does."""
    if selector == _ALL or (selector and any(code.startswith(selector) for code in codes)):
        return None
    return f'no check "{selector}"{nearest(selector, {*codes, *(code[0] for code in codes), _ALL})}'


def stacked(layers: Sequence[Layer], base: Policy, own: Sequence[str] = ()) -> tuple[Layer, ...]:
    """The layers that count, the later ones more: the policy named last, else `base`, then what is said since.

    What is said before keeps its outlets and verbs only. The checks of a user's own, `own` by code, are used under any
    policy, as it cannot name them.
    """
    named = max((at for at, layer in enumerate(layers) if layer.policy), default=None)
    policy, origin = (layers[named].policy or base, layers[named].origin) if named is not None else (base, "")
    before = [
        Layer(layer.origin, Choice(outlets=layer.choice.outlets, loaded_verbs=layer.choice.loaded_verbs))
        for layer in layers[: named or 0]
    ]
    named_by = f"policy {policy.name}" + (f" ({origin})" if origin else "")
    first = [Layer(named_by, policy.choice, policy)]
    if own:
        first.append(Layer("rules of your own", Choice(extend=tuple(own))))
    rest = [replace(layer, policy=None) for layer in layers[named or 0 :]]
    return (*first, *before, *rest)


def own(checks: Iterable[Check], package: Iterable[Check]) -> list[str]:
    """The codes of the checks that are a user's own."""
    known = {check.code for check in package}
    return [check.code for check in checks if check.code not in known]


def using(code: str, policies: Iterable[Policy], own: Sequence[str] = ()) -> list[str]:
    """The names of the policies that use the check of that code."""
    return sorted(policy.name for policy in policies if _verdict(stacked((), policy, own), code).used)


def verdicts(layers: Sequence[Layer], checks: Iterable[Check]) -> dict[str, Verdict]:
    """What `layers`, as `stacked` puts them, make of each check, by code."""
    return {check.code: _verdict(layers, check.code) for check in checks}


def outlets(layers: Sequence[Layer]) -> tuple[tuple[str, ...], str]:
    """The outlets that are ours, and who says so."""
    for layer in reversed(layers):
        if layer.choice.outlets is not None:
            return layer.choice.outlets, layer.origin
    return Settings().outlets, ""


def loaded_verbs(layers: Sequence[Layer]) -> tuple[tuple[str, ...], str]:
    """The tiers of loaded verbs that are reported, and who says so."""
    for layer in reversed(layers):
        if layer.choice.loaded_verbs is not None:
            return layer.choice.loaded_verbs, layer.origin
    return Settings().loaded_verbs, ""


def applied(rules: Rules, layers: Sequence[Layer]) -> Rules:
    """`rules` with the checks that `layers`, as `stacked` puts them, leave, and with their settings."""
    found = verdicts(layers, rules.checks)
    severities = {code: verdict.severity for code, verdict in found.items() if verdict.severity}
    return replace(
        rules,
        checks=tuple(check for check in rules.checks if found[check.code].used),
        settings=Settings(outlets(layers)[0], loaded_verbs(layers)[0], MappingProxyType(severities)),
    )


def _verdict(layers: Sequence[Layer], code: str) -> Verdict:
    verdict = Verdict(False, "", None, "the check")
    for layer in layers:
        choice = layer.choice
        on, off = _closest((*(choice.select or ()), *choice.extend), code), _closest(choice.ignore, code)
        if choice.select is not None or max(on, off) >= 0:
            verdict = replace(verdict, used=on > off, origin=layer.origin)
        if severities := [(len(of), severity) for of, severity in choice.severity if _closest((of,), code) >= 0]:
            verdict = replace(verdict, severity=max(severities)[1], severity_origin=layer.origin)
    return verdict


def _closest(selectors: Iterable[str], code: str) -> int:
    """The length of the longest selector that a code has, of ALL 0; -1 when it has none."""
    return max((0 if s == _ALL else len(s) for s in selectors if s == _ALL or code.startswith(s)), default=-1)
