"""Claims into findings: one function for each check, in a module of the same name."""

from collections.abc import Mapping, Sequence
from string import Template
from types import MappingProxyType

from audit.checks.anonymity_without_reason import anonymity_without_reason
from audit.checks.anonymous_attack import anonymous_attack
from audit.checks.anonymous_lede import anonymous_lede
from audit.checks.anonymous_opinion import anonymous_opinion
from audit.checks.hit import Detector
from audit.checks.impersonal_attribution import impersonal_attribution
from audit.checks.plural_source_mismatch import plural_source_mismatch
from audit.checks.rote_anonymity_reason import rote_anonymity_reason
from audit.checks.single_anonymous_source import single_anonymous_source
from audit.checks.unattributed_figure import unattributed_figure
from audit.checks.unattributed_quote import unattributed_quote
from audit.checks.undisclosed_pseudonym import undisclosed_pseudonym
from audit.checks.vague_anonymous_source import vague_anonymous_source
from audit.model import Article, Claim, Finding
from audit.rule import Rules

DETECTORS: Mapping[str, Detector] = MappingProxyType(
    {
        detector.__name__.replace("_", "-"): detector
        for detector in (
            anonymity_without_reason,
            anonymous_attack,
            anonymous_lede,
            anonymous_opinion,
            impersonal_attribution,
            plural_source_mismatch,
            rote_anonymity_reason,
            single_anonymous_source,
            unattributed_figure,
            unattributed_quote,
            undisclosed_pseudonym,
            vague_anonymous_source,
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
