"""An article -> its outer quoted stretches, the marks that pair with nothing, and the words that stand in none."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from audit import spans
from audit.model import NOT_PROSE, Claim, Confidence, Paragraph, Sentence, Span, Word
from audit.quotes import Stretch
from audit.reading import Reading

_PASSED_OVER = frozenset({*NOT_PROSE, "caption", "subheading"})  # a quotation goes on behind them


@dataclass(frozen=True, slots=True)
class Marked:
    """The outer quotations of an article in text order, and, by paragraph, its first mark that pairs with nothing."""

    stretches: tuple[Stretch, ...]
    spans: tuple[Span, ...]  # of `stretches`
    unpaired: Mapping[int, Span]


def marked(reading: Reading) -> Marked:
    """The quotation marks of an article, paired; what is no prose is left out."""
    article, found = reading.article, reading.quotations
    lone = [(_paragraph_at(reading.prose, at), Span(at, at + 1)) for at in found.strays]
    lone += [
        (stretch.paragraph, Span(stretch.span.start, stretch.inner.start))
        for stretch in found.stretches
        if not stretch.closed and not _goes_on(article.text, article.paragraphs, stretch)
    ]
    unpaired: dict[int, Span] = {}
    for paragraph, span in sorted(lone):
        unpaired.setdefault(paragraph, span)
    return Marked(reading.outer, tuple(stretch.span for stretch in reading.outer), unpaired)


def _paragraph_at(prose: Sequence[Span], offset: int) -> int:
    return bisect_right(prose, offset, key=lambda span: span.start) - 1


def _goes_on(text: str, paragraphs: Sequence[Paragraph], stretch: Stretch) -> bool:
    """Whether the next paragraph of the text repeats the opening mark of a quotation that runs to its paragraph's
    end."""
    if stretch.span.end < paragraphs[stretch.paragraph].span.end:
        return False
    mark = text[stretch.span.start : stretch.inner.start]
    following = next((p for p in paragraphs[stretch.paragraph + 1 :] if p.section not in _PASSED_OVER), None)
    return following is not None and text.startswith(mark, following.span.start)


def unquoted(marks: Marked, sentences: Sequence[Sentence]) -> Iterator[Word]:
    """The words of `sentences` outside all quotation marks."""
    return (
        word
        for sentence in sentences
        for word in sentence.words
        if word.upos != "PUNCT" and not spans.touching(marks.spans, word.span)
    )


def certainty(marks: Marked, paragraph: int, *speakers: Claim) -> Confidence:
    """How sure a finding about a quotation is: low where its paragraph has a mark that pairs with nothing, or where
    the speakers that it rests on are guesses."""
    return "low" if paragraph in marks.unpaired or any(claim.confidence == "low" for claim in speakers) else "high"
