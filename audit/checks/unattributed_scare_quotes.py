"""Q005."""

from collections.abc import Iterator, Sequence

from audit.checks.hit import Hit
from audit.checks.marked import Marked, certainty, unquoted
from audit.checks.sentences import sentences_of
from audit.checks.unattributed_quote import CUES, somebody_near
from audit.checks.view import View
from audit.checks.wording import short
from audit.model import Sentence, Word
from audit.quotes import Stretch
from audit.rule import Rules, listed
from audit.spans import words_in

_LONGEST = 4  # words
_SECTIONS = frozenset({"body", "caption"})
_ACTORS = ("body", "leader", "role")
_NEAR = 3  # words before or behind in which a word of naming tells that a term or title is meant


def unattributed_scare_quotes(view: View) -> Iterator[Hit]:
    """Short phrases in quotation marks, nobody's, in sentences that report nothing; each once."""
    article, claims, rules = view.article, view.claims, view.rules
    marks = view.marks
    reporting = {
        sentence.span.start
        for claim in claims
        if claim.kind != "figure"
        for span in (claim.span, *claim.reported)
        for sentence in sentences_of(article, span)
    }
    spoken = " | ".join(_plain(article.slice(claim.span)) for claim in claims if claim.kind in ("direct", "mixed"))
    seen: set[str] = set()
    for stretch in marks.stretches:
        if article.paragraphs[stretch.paragraph].section not in _SECTIONS or not stretch.closed:
            continue
        sentences = sentences_of(article, stretch.span)
        words = [w for s in sentences for w in words_in(stretch.inner, s.words) if w.upos != "PUNCT"]
        plain = _plain(article.slice(stretch.inner))
        if not 0 < len(words) <= _LONGEST or plain in seen or plain in spoken:
            continue
        seen.add(plain)
        if any(sentence.span.start in reporting for sentence in sentences):
            continue
        if _called(words) or _named(sentences[0], stretch, rules):
            continue
        if stretch.span.start <= sentences[0].span.start and stretch.span.end >= sentences[-1].span.end:
            continue  # a sentence of its own: a quotation or a heading
        if _acted(marks, sentences, rules) or somebody_near(article, marks, stretch.span, CUES, rules):
            continue
        confidence = certainty(marks, stretch.paragraph)
        yield Hit(stretch.span, None, {"words": short(article, stretch.span)}, confidence=confidence)


def _acted(marks: Marked, sentences: Sequence[Sentence], rules: Rules) -> bool:
    """Whether people or a body act in the sentence, whose words a reader takes these for."""
    return any(
        word.deprel.startswith("nsubj") and any(listed(rules.lexicons[name], word.lemma.lower()) for name in _ACTORS)
        for word in unquoted(marks, sentences)
    )


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .,;:!?")


def _called(words: Sequence[Word]) -> bool:
    """Whether the words look like a name or title: capitals, or none that says anything."""
    counted = [
        word for word in words if word.upos in ("ADJ", "ADV", "NOUN", "PROPN", "VERB") and word.form[:1].isalpha()
    ]
    return all(word.form[:1].isupper() for word in counted)


def _named(sentence: Sentence, stretch: Stretch, rules: Rules) -> bool:
    """Whether a word of naming stands beside: so-called "X", the term "X", the "X" label."""
    before = [word for word in sentence.words if word.span.end <= stretch.span.start][-_NEAR:]
    after = [word for word in sentence.words if word.span.start >= stretch.span.end][:_NEAR]
    if any(word.lemma == "a" for word in before[-2:]):
        return True  # a "liquidating trust": what a thing of that name is follows
    if len(before) > 1 and before[-1].form == "for" and before[-2].form[:1].isupper():
        return True  # Russian for "goodbye"
    naming = rules.lexicons["naming"]
    return any(listed(naming, form) for word in [*before, *after] for form in (word.lemma.lower(), word.form.lower()))
