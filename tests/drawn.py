"""An audit drawn under its text, for golden files: a reviewer reads the change, not offsets."""

from audit.model import Audit, Claim, Span


def draw(audit: Audit) -> str:
    """Every claim under its sentence, with speaker, sourcing, pattern and findings; every finding after it."""
    return "\n".join(_block(audit, claim) for claim in audit.claims)


def _block(audit: Audit, claim: Claim) -> str:
    article = audit.article
    touched = [s.span for s in article.sentences if s.span.overlaps(claim.span)]
    source, cue = claim.source.mention, claim.cue
    lines = []
    for sentence in touched:
        text = " ".join(article.slice(sentence).splitlines())
        marks = [" "] * len(text)
        for span, mark in ((claim.span, "^"), (source, "~"), (cue, "=")):
            if span and span.overlaps(sentence):
                inside = Span(max(span.start, sentence.start), min(span.end, sentence.end))
                for place in range(inside.start - sentence.start, inside.end - sentence.start):
                    marks[place] = mark
        lines += [f"  | {text}", f"  | {''.join(marks).rstrip()}"]
    said = claim.source
    who = f"{said.speaker or '-'} ({said.sourcing}, {said.detail})"
    quantity = claim.quantity
    number = f"  {quantity.value} [{quantity.low}, {quantity.high}] {quantity.unit}" if quantity else ""
    carried = f"  carry-over: {claim.carry_over}" if claim.carry_over else ""
    note = f"  ({said.note})" if said.note else ""
    lines.append(f"  {claim.kind}: {who}{carried}{note}{number}  {claim.pattern}, {claim.confidence}")
    lines += [f"  {f.code} {f.severity}: {f.message}" for f in audit.findings if f.claim == claim.id]
    return "\n".join(lines) + "\n"
