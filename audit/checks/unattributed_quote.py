"""Q001."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from audit.checks.hit import Hit
from audit.checks.marked import Marked, certainty, unquoted
from audit.checks.sentences import DISPLAY, sentences_of
from audit.checks.view import View
from audit.checks.wording import short
from audit.model import GUESSES, Article, Claim, Span, Word
from audit.rule import Rules, listed

CUES = ("condemn", "describe", "document", "reported", "say", "show", "statement", "tell")
_THIRD_PERSON = frozenset("he she they him her them his their i we".split())
_CREDIT = re.compile(r"\s*[\[(][^\[\]()]{2,40}[\])]")  # [Reuters]
_CLOSING = "\"'”’»"
_LEADING = 3  # characters before a quotation in which a colon leads up to it
_DASHES = ("-", "–", "—", "―")  # before a signature or around a heading
_LONGEST_CREDIT = 80  # characters of a paragraph that only names who said what stands above it


def unattributed_quote(view: View) -> Iterator[Hit]:
    """Quotations of the body that nobody is said to have spoken: no claim has found a speaker, and no word around them
    points to one either."""
    article, claims, rules = view.article, view.claims, view.rules
    marks = view.marks
    taken_up = _taken_up(marks, claims)
    first_in = {stretch.paragraph: stretch.span.start for stretch in reversed(marks.stretches)}
    for claim in claims:
        if claim.kind not in ("direct", "mixed") or claim.cue or not _orphan(article, claim):
            continue
        paragraph = article.paragraphs[claim.paragraph]
        displayed = paragraph.section in DISPLAY or article.text.startswith(_DASHES, paragraph.span.start)
        goes_on = first_in.get(claim.paragraph, claim.span.start) < claim.span.start
        if displayed or goes_on or claim.span.start in taken_up or article.slice(claim.span).isupper():
            continue
        near = somebody_near(article, marks, claim.span, [*CUES, "quoting"], rules)
        if not near and not _credited(article, claim):
            speakers = [claim] if claim.source.mention else []
            confidence = certainty(marks, claim.paragraph, *speakers)
            yield Hit(claim.span, claim, {"words": short(article, claim.span)}, confidence=confidence)


def _taken_up(marks: Marked, claims: Sequence[Claim]) -> frozenset[int]:
    """Where quotations begin that are not to be judged alone: their speaker stands in a paragraph after, in which they
    go on, or they go on from a paragraph before."""
    spoken = {c.span.start for c in claims if c.kind in ("direct", "mixed") and c.source.sourcing != "unattributed"}
    found: set[int] = set()
    for stretch, following in reversed(list(pairwise(marks.stretches))):
        if not stretch.closed and following.continues and following.span.start in spoken | found:
            found.add(stretch.span.start)
    return frozenset(found | {stretch.span.start for stretch in marks.stretches if stretch.continues})


def _orphan(article: Article, claim: Claim) -> bool:
    """Whether nobody is found to speak, or only somebody who was reported or acted in another paragraph, and nobody is
    named in this one before."""
    mention = claim.source.mention
    if mention is None or claim.pattern not in GUESSES:
        return claim.source.sourcing == "unattributed"
    paragraph = article.paragraphs[claim.paragraph].span
    if paragraph.holds(mention):
        return False
    before = sentences_of(article, Span(paragraph.start, claim.span.start))
    return not any(_is_somebody(word) for sentence in before for word in sentence.words)


def _is_somebody(word: Word) -> bool:
    return word.ner[2:] == "Person" or word.form.lower() in _THIRD_PERSON


def somebody_near(article: Article, marks: Marked, span: Span, cues: Sequence[str], rules: Rules) -> bool:
    """Whether the unquoted words of the sentence of a quotation can be what gives it to somebody, though no pattern
    reads them so: a word of the lexicons `cues`, a person, a colon right before."""
    if article.text[max(span.start - _LEADING, 0) : span.start].rstrip().endswith(":"):
        return True
    sentences = sentences_of(article, span)
    if article.slice(span).rstrip(_CLOSING).endswith(("!", "?")) and article.text.startswith(" ", span.end):
        # “Is it safe?” Lee asked: two sentences to the parser
        sentences = sentences_of(article, Span(span.start, min(span.end + 2, len(article.text))))
    for word in unquoted(marks, sentences):
        if _is_somebody(word):
            return True
        if any(listed(rules.lexicons[name], word.lemma.lower()) for name in cues):
            return True
    return False


def _credited(article: Article, claim: Claim) -> bool:
    """Whether a credit in brackets follows, or a paragraph that is no more than the name of whoever is quoted."""
    if _CREDIT.match(article.text, claim.span.end):
        return True
    following = article.paragraphs[claim.paragraph + 1 : claim.paragraph + 2]
    if not following or len(following[0].span) > _LONGEST_CREDIT:
        return False
    words = [word for sentence in sentences_of(article, following[0].span) for word in sentence.words]
    named = [word for word in words if word.upos != "PUNCT"][:1]
    signed = article.text.startswith(_DASHES, following[0].span.start)
    own = bool(named) and named[0].ner[2:] == "Person" and not any("VerbForm=Fin" in word.feats for word in words)
    return signed or own
