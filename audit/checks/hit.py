"""What a check finds, before it becomes a finding."""

from collections.abc import Mapping
from dataclasses import dataclass

from audit.model import Claim, Confidence, Severity, Span


@dataclass(frozen=True, slots=True)
class Hit:
    """Something to report: where, about which claim if about one, and the words that the message needs.

    `severity` is set where one firing is graver or lighter than the check is by itself, `confidence` where it may well
    be wrong.
    """

    span: Span
    claim: Claim | None
    words: Mapping[str, str]
    severity: Severity | None = None
    confidence: Confidence = "high"
