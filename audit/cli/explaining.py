"""Names of rules and claims -> what there is to say about them."""

import argparse
from collections.abc import Sequence

from audit import parse, pipeline, policy
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
    """Why the claims of one article that `args` name are what they are, and why findings of a line about no claim.

    Raises:
        AuditError: the article cannot be read, or has no such claim.
    """
    plans = Plans(args)
    plan = plans.every[plans.of(args.file)]
    loaded = plan.rules(plans.load)
    read = reading.one(args.file, args, plan.limits, warn)
    with caching.opened(args, warn) as cache:
        remembering = caching.remembering(lambda: parse.load(args.models, threads=args.threads), cache, args.models)
        (article,) = remembering.parse([read], warn)
    audit = pipeline.audit(article, loaded)
    place = places.finder(article)
    others = [finding for finding in audit.findings if finding.claim is None and place(finding.span).line == args.line]
    claims = _asked_for(audit, args, others)
    width = console.width()
    return "\n".join(
        [
            *(
                to_explanation.render(audit, claim, patterns=loaded.patterns, checks=loaded.checks, width=width)
                for claim in claims
            ),
            *(to_explanation.of_finding(audit, finding, checks=loaded.checks, width=width) for finding in others),
        ]
    )


def _asked_for(audit: Audit, args: argparse.Namespace, others: Sequence[Finding]) -> list[Claim]:
    """The claims that `args` name; there may be none only where the line has `others` to explain."""
    name = audit.article.name
    if args.claim is not None:
        found = [claim for claim in audit.claims if claim.id.startswith(args.claim.lower())]
        what = f"claim {args.claim!r}"
        if len(found) > 1:
            ids = ", ".join(claim.id for claim in found)
            raise AuditError(f"{name}: {what} could be any of {ids}: give more characters of the id")
    else:
        place = places.finder(audit.article)
        there = [(claim, place(claim.span)) for claim in audit.claims]
        found = [claim for claim, at in there if at.line <= args.line <= at.end_line]
        what = f"claim in line {args.line}"
    if not found and not others:
        every = to_explanation.listed(audit, width=console.width())
        raise AuditError(
            f"{name}: there is no {what}; " + (f"its claims are\n{every}" if every else "it has no claims")
        )
    return found
