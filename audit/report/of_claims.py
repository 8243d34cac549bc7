"""Turns claims into what several reports say of them: who speaks, and which checks found something."""

from audit.model import AS_DECLARED, GUESSES, Audit, Claim


def speaker(audit: Audit, claim: Claim) -> str:
    """Who a claim is attributed to, with a question mark where that is a guess."""
    source = claim.source
    if source.speaker is not None:
        if source.note == AS_DECLARED:
            return f"{source.speaker} ({source.note})"
        return f"{source.speaker}?" if source.note or claim.pattern in GUESSES else source.speaker
    if source.mention is not None:
        return f"{audit.article.slice(source.mention)}: unresolved" + (f" — {source.note}" if source.note else "")
    return f"(carry-over: {claim.carry_over}?)" if claim.carry_over else "—"


def codes(audit: Audit) -> dict[str, list[str]]:
    """The codes of the findings about each claim, by its id, in text order; a code as often as it was found."""
    found: dict[str, list[str]] = {claim.id: [] for claim in audit.claims}
    for finding in audit.findings:
        if finding.claim is not None:
            found[finding.claim].append(finding.code)
    return found
