"""Claims into findings: one function for each check, in a module of the same name."""

from collections.abc import Mapping, Sequence
from string import Template
from types import MappingProxyType

from audit.checks.agentless_forecast import agentless_forecast
from audit.checks.anonymity_without_reason import anonymity_without_reason
from audit.checks.figure_arithmetic import figure_arithmetic
from audit.checks.hedge_for_attribution import hedge_for_attribution
from audit.checks.hit import Detector
from audit.checks.impersonal_attribution import impersonal_attribution
from audit.checks.loaded_attribution_verb import loaded_attribution_verb
from audit.checks.percent_for_points import percent_for_points
from audit.checks.poll_without_method import poll_without_method
from audit.checks.secondhand_attribution import secondhand_attribution
from audit.checks.unattributed_casualties import unattributed_casualties
from audit.checks.unattributed_figure import unattributed_figure
from audit.checks.unattributed_quote import unattributed_quote
from audit.checks.unidentified_document import unidentified_document
from audit.checks.unsourced_lede import unsourced_lede
from audit.checks.vague_anonymous_source import vague_anonymous_source
from audit.checks.weasel_group import weasel_group
from audit.model import Article, Claim, Finding
from audit.rule import Rules

DETECTORS: Mapping[str, Detector] = MappingProxyType(
    {
        detector.__name__.replace("_", "-"): detector
        for detector in (
            agentless_forecast,
            anonymity_without_reason,
            figure_arithmetic,
            hedge_for_attribution,
            impersonal_attribution,
            loaded_attribution_verb,
            percent_for_points,
            poll_without_method,
            secondhand_attribution,
            unattributed_casualties,
            unattributed_figure,
            unattributed_quote,
            unidentified_document,
            unsourced_lede,
            vague_anonymous_source,
            weasel_group,
        )
    }
)
"""By the name of the check that they detect; a check of a user's own may name any of them as its ``detect``."""


def findings(article: Article, claims: Sequence[Claim], rules: Rules) -> tuple[Finding, ...]:
    """What every check of `rules` reports of an article, in text order, then by code."""
    found = []
    for check in rules.checks:
        for hit in DETECTORS[check.detect](article, claims, rules):
            message = Template(check.message).safe_substitute(hit.words)
            severity = hit.severity or check.severity
            claim = hit.claim.id if hit.claim else None
            found.append(Finding(check.code, check.name, severity, hit.span, message, claim, hit.confidence))
    return tuple(sorted(found, key=lambda finding: (finding.span, finding.code)))
