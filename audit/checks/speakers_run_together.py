"""Q004."""

from collections.abc import Iterator
from itertools import groupby, pairwise

from audit.checks.hit import Hit
from audit.checks.marked import certainty
from audit.checks.sentences import sentences_of
from audit.checks.view import View
from audit.checks.wording import short
from audit.model import Article, Claim, Span


def speakers_run_together(view: View) -> Iterator[Hit]:
    """A quotation that opens behind another person's, in one paragraph, before the reader learns that somebody else
    speaks."""
    article, claims = view.article, view.claims
    marks = view.marks
    direct = [claim for claim in claims if claim.kind == "direct"]
    for _, paragraph in groupby(direct, key=lambda claim: claim.paragraph):
        for first, second in pairwise(paragraph):
            if _turns(article, first, second):
                words = {"first": first.source.speaker or "", "second": second.source.speaker or ""}
                confidence = certainty(marks, second.paragraph, first, second)
                yield Hit(second.span, second, {**words, "words": short(article, second.span)}, confidence=confidence)


def _turns(article: Article, first: Claim, second: Claim) -> bool:
    one, other = first.source, second.source
    if not (one.speaker and other.speaker and other.mention and second.cue) or one.speaker == other.speaker:
        return False
    if article.slice(other.mention).islower() and " " not in article.slice(other.mention):
        return False  # a pronoun: whoever it is has been named
    if min(second.cue.start, other.mention.start) < second.span.end:
        return False
    between = Span(max(first.span.end, first.cue.end if first.cue else 0), second.span.start)
    if any(between.holds(sentence.span) for sentence in sentences_of(article, between)):
        return False  # what stands between may introduce the second speaker
    return other.speaker.split()[-1].lower() not in article.slice(Span(first.span.end, second.span.start)).lower()
