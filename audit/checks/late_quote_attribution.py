"""Q002."""

from collections.abc import Iterator

from audit import spans
from audit.checks.hit import Hit
from audit.checks.marked import Marked, certainty
from audit.checks.sentences import nearby, sentence_of, sentences_of
from audit.checks.view import View
from audit.checks.wording import short
from audit.model import Article, Claim, Span

_REMEMBERED = 3  # paragraphs in which a reader knows somebody who has spoken
_LONG = {2: 30, 3: 15}  # sentences before the cue, the last number standing for more: words from which on they are long


def late_quote_attribution(view: View) -> Iterator[Hit]:
    """Direct quotations of several sentences, or two long ones, before their cue, of a speaker whom the reader does not
    know from just before."""
    article, claims = view.article, view.claims
    marks = view.marks
    before: dict[int, set[str]] = {}
    for claim in claims:
        near = {speaker for back in range(_REMEMBERED + 1) for speaker in before.get(claim.paragraph - back, ())}
        if claim.source.speaker:
            before.setdefault(claim.paragraph, set()).add(claim.source.speaker)
        if claim.kind != "direct" or not claim.cue or claim.cue.start < claim.span.end or not claim.source.mention:
            continue
        known = claim.source.speaker in near or _named_before(article, marks, claim, claim.source.mention)
        if not known and _long(article, claim.span):
            words = {"words": short(article, claim.span), "speaker": short(article, claim.source.mention)}
            yield Hit(claim.span, claim, words, confidence=certainty(marks, claim.paragraph, claim))


def _long(article: Article, span: Span) -> bool:
    sentences = [sentence for sentence in sentences_of(article, span) if sentence.span.start < span.end - 1]
    spoken = [w for sentence in sentences for w in sentence.words if span.holds(w.span) and w.upos != "PUNCT"]
    return len(sentences) > 1 and len(spoken) > _LONG[min(len(sentences), max(_LONG))]


def _named_before(article: Article, marks: Marked, claim: Claim, mention: Span) -> bool:
    """Whether the speaker is a pronoun or "the …", who has been named, or stands by name in the two sentences before
    the quotation."""
    source = article.slice(mention).lower()
    if source in ("he", "she", "they", "it") or source.startswith("the "):
        return True
    name = (claim.source.speaker or "").split()[-1:]
    around = nearby(article, sentence_of(article, claim.span), before=2)
    near = [sentence for sentence in around if sentence.paragraph >= claim.paragraph - 1]
    named = [w for s in near for w in s.words if w.form in name and w.span.end <= claim.span.start]
    return any(not spans.touching(marks.spans, word.span) for word in named)
