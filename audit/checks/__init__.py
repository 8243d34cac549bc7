"""Claims into findings: one function for each check, in a module of the same name."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from string import Template
from types import MappingProxyType

from audit.approvals import Approval
from audit.checks.agentless_forecast import agentless_forecast
from audit.checks.altered_quote import altered_quote
from audit.checks.ambiguous_quote_speaker import ambiguous_quote_speaker
from audit.checks.anonymity_without_reason import anonymity_without_reason
from audit.checks.anonymous_attack import anonymous_attack
from audit.checks.anonymous_lede import anonymous_lede
from audit.checks.anonymous_opinion import anonymous_opinion
from audit.checks.declared_source_differs import declared_source_differs
from audit.checks.figure_arithmetic import figure_arithmetic
from audit.checks.headline_quote_not_in_text import headline_quote_not_in_text
from audit.checks.hedge_for_attribution import hedge_for_attribution
from audit.checks.hit import Hit
from audit.checks.impersonal_attribution import impersonal_attribution
from audit.checks.incomplete_first_reference import incomplete_first_reference
from audit.checks.late_quote_attribution import late_quote_attribution
from audit.checks.loaded_attribution_verb import loaded_attribution_verb
from audit.checks.percent_for_points import percent_for_points
from audit.checks.plural_source_mismatch import plural_source_mismatch
from audit.checks.poll_without_method import poll_without_method
from audit.checks.rote_anonymity_reason import rote_anonymity_reason
from audit.checks.secondhand_attribution import secondhand_attribution
from audit.checks.single_anonymous_source import single_anonymous_source
from audit.checks.speakers_run_together import speakers_run_together
from audit.checks.unattributed_casualties import unattributed_casualties
from audit.checks.unattributed_figure import unattributed_figure
from audit.checks.unattributed_quote import unattributed_quote
from audit.checks.unattributed_scare_quotes import unattributed_scare_quotes
from audit.checks.unbalanced_quote_marks import unbalanced_quote_marks
from audit.checks.undisclosed_pseudonym import undisclosed_pseudonym
from audit.checks.unidentified_document import unidentified_document
from audit.checks.unsourced_lede import unsourced_lede
from audit.checks.unused_or_bare_suppression import unused_or_bare_suppression
from audit.checks.vague_anonymous_source import vague_anonymous_source
from audit.checks.view import Detector, View
from audit.checks.weasel_group import weasel_group
from audit.model import Article, Claim, Finding, Severity, Span
from audit.reading import Reading
from audit.rule import OF_APPROVALS, Check, Rules

DETECTORS: Mapping[str, Detector] = MappingProxyType(
    {
        detector.__name__.replace("_", "-"): detector
        for detector in (
            agentless_forecast,
            altered_quote,
            ambiguous_quote_speaker,
            anonymity_without_reason,
            anonymous_attack,
            anonymous_lede,
            anonymous_opinion,
            declared_source_differs,
            figure_arithmetic,
            headline_quote_not_in_text,
            hedge_for_attribution,
            impersonal_attribution,
            incomplete_first_reference,
            late_quote_attribution,
            loaded_attribution_verb,
            percent_for_points,
            plural_source_mismatch,
            poll_without_method,
            rote_anonymity_reason,
            secondhand_attribution,
            single_anonymous_source,
            speakers_run_together,
            unattributed_casualties,
            unattributed_figure,
            unattributed_quote,
            unattributed_scare_quotes,
            unbalanced_quote_marks,
            undisclosed_pseudonym,
            unidentified_document,
            unsourced_lede,
            vague_anonymous_source,
            weasel_group,
        )
    }
)
"""By the name of the check that they detect; a check of a user's own may name any of them as its ``detect``."""
_GRAVER: tuple[Severity, ...] = ("info", "warning", "error")


def findings(reading: Reading, claims: Sequence[Claim]) -> tuple[Finding, ...]:
    """What every check of its rules reports of an article, in text order, then by code."""
    return _told(reading.article, _hits(View(reading, claims)), reading.rules)


def of_approvals(
    file: Article, approvals: Sequence[Approval], used: Collection[Approval], rules: Rules, *, today: date
) -> tuple[Finding, ...]:
    """What the check of approvals reports of a `file` of `approvals`; those in `used` are about some finding."""
    checks = [check for check in rules.checks if check.detect == OF_APPROVALS]
    hits = ((check, hit) for check in checks for hit in unused_or_bare_suppression(approvals, used, today))
    return _told(file, hits, rules)


def _hits(view: View) -> Iterator[tuple[Check, Hit]]:
    for check in view.rules.checks:
        if check.detect != OF_APPROVALS:
            for hit in view.hits(DETECTORS[check.detect]):
                yield check, hit


def _told(article: Article, hits: Iterable[tuple[Check, Hit]], rules: Rules) -> tuple[Finding, ...]:
    """Hits as findings. The severity that the settings give a check is that of its ordinary findings: one that it takes
    to be lighter or graver than those stays so by as many steps."""
    found = [
        Finding(
            code=check.code,
            name=check.name,
            severity=_severity(check, hit, rules),
            span=hit.span,
            message=Template(check.message).safe_substitute(hit.words),
            claim=hit.claim.id if hit.claim else None,
            confidence=hit.confidence,
            id=_id(check, hit, article),
        )
        for check, hit in hits
    ]
    return tuple(sorted(found, key=lambda finding: (finding.span, finding.code)))


def _severity(check: Check, hit: Hit, rules: Rules) -> Severity:
    own = hit.severity or check.severity
    set_ = rules.settings.severities.get(check.code, check.severity)
    step = _GRAVER.index(set_) + _GRAVER.index(own) - _GRAVER.index(check.severity)
    return _GRAVER[min(max(step, 0), len(_GRAVER) - 1)]


def _id(check: Check, hit: Hit, article: Article) -> str:
    if hit.claim:
        around = hit.claim.id
    else:
        sentence = next((s.span for s in article.sentences if s.span.overlaps(hit.span)), hit.span)
        around = _plain(article, sentence)
    key = "\0".join((check.code, _plain(article, hit.span), around))
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _plain(article: Article, span: Span) -> str:
    return " ".join(article.slice(span).split())
