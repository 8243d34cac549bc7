"""Names of rules and claims -> what there is to say about them."""

import argparse
from collections.abc import Sequence

from audit import files, parse, pipeline, policy
from audit.cli import caching, console, reading
from audit.cli.plans import Plans
from audit.errors import AuditError, RuleError
from audit.model import Audit, Claim, Finding
from audit.pattern import nearest
from audit.remember import Warn
from audit.report import places, to_explanation, to_rule
from audit.rule import Check, Pattern, Rules


def named(loaded: Rules, names: Sequence[str]) -> list[Check | Pattern]:
    """The checks, by code or name, and the patterns, by id, that `names` stand for.

    Raises:
        RuleError: there are none of some of these names.
    """
    known: dict[str, Check | Pattern] = {pattern.id: pattern for pattern in loaded.patterns}
    known |= {check.name: check for check in loaded.checks} | {check.code: check for check in loaded.checks}
    plain = {name.lower(): rule for name, rule in known.items()}
    wrong = [
        f'there is no check or pattern "{name}"{nearest(name, known)}; "quote-audit rules" lists all'
        for name in names
        if name.lower() not in plain
    ]
    if wrong:
        raise RuleError("\n".join(wrong))
    return [plain[name.lower()] for name in names]


def of_rules(found: Sequence[Check | Pattern], loaded: Rules, own: Sequence[str]) -> str:
    """What each of those rules is for; `own` are the codes of the checks that are a user's own."""
    return "\n".join(
        to_rule.of_check(rule, policy.using(rule.code, loaded.policies.values(), own), width=console.width())
        if isinstance(rule, Check)
        else to_rule.of_pattern(rule, width=console.width())
        for rule in found
    )


def of_claims(args: argparse.Namespace, warn: Warn) -> str:
    """Why the claims of one file that `args` name are what they are, and why findings of a line about no claim.

    Raises:
        AuditError: the file cannot be read, or has no such claim.
    """
    plans = Plans(args)
    plan = plans.every[plans.of(args.file)]
    loaded = plan.rules(plans.load)
    read = reading.articles(args.file, args, plan.limits, warn)
    with caching.opened(args, warn) as cache:
        remembering = caching.remembering(lambda: parse.load(args.models, threads=args.threads), cache, args.models)
        audits = [pipeline.audit(article, loaded) for article in remembering.parse(read, warn)]
    found = [(audit, *_asked_for(audit, args)) for audit in audits]
    _check(files.name(args.file), found, args)
    width = console.width()
    return "\n".join(
        part
        for audit, claims, others in found
        for part in [
            *(
                to_explanation.render(audit, claim, patterns=loaded.patterns, checks=loaded.checks, width=width)
                for claim in claims
            ),
            *(to_explanation.of_finding(audit, finding, checks=loaded.checks, width=width) for finding in others),
        ]
    )


def _asked_for(audit: Audit, args: argparse.Namespace) -> tuple[list[Claim], list[Finding]]:
    """The claims of an article that `args` name, and the findings about no claim in the line that they name."""
    if args.claim is not None:
        return [claim for claim in audit.claims if claim.id.startswith(args.claim.lower())], []
    place = places.finder(audit.article)
    there = [(claim, place(claim.span)) for claim in audit.claims]
    claims = [claim for claim, at in there if at.line <= args.line <= at.end_line]
    findings = [one for one in audit.findings if one.claim is None and place(one.span).line == args.line]
    return claims, findings


def _check(name: str, found: Sequence[tuple[Audit, list[Claim], list[Finding]]], args: argparse.Namespace) -> None:
    """Refuse an id of several claims, and what is asked for and is not there."""
    claims = [claim for _, claims, _ in found for claim in claims]
    ids = dict.fromkeys(claim.id for claim in claims)  # two articles may have a sentence in common
    if args.claim is not None and len(ids) > 1:
        raise AuditError(
            f"{name}: claim {args.claim!r} could be any of {', '.join(ids)}: give more characters of the id"
        )
    if not claims and not any(findings for _, _, findings in found):
        what = f"claim {args.claim!r}" if args.claim is not None else f"claim in line {args.line}"
        every = "\n".join(filter(None, (to_explanation.listed(audit, width=console.width()) for audit, _, _ in found)))
        raise AuditError(
            f"{name}: there is no {what}; " + (f"its claims are\n{every}" if every else "it has no claims")
        )
