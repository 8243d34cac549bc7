"""Q003."""

from collections.abc import Iterator, Mapping, Sequence

from audit import spans, tree
from audit.checks.hit import Hit
from audit.checks.marked import Marked, certainty
from audit.checks.people import is_person
from audit.checks.sentences import index_of
from audit.checks.view import View
from audit.checks.wording import short
from audit.model import Article, Claim, Sentence, Word
from audit.names import Cast
from audit.pronouns import PERSONAL
from audit.rule import Rules, listed

_SPEAKERS = ("he", "she")
_ORDINAL = ("the former", "the latter")
_REACH = 6  # sentences back in which a reader looks for whom a pronoun means
_REMEMBERED = 3  # paragraphs back in which whoever spoke is taken to speak again


def ambiguous_quote_speaker(view: View) -> Iterator[Hit]:
    """Quotations of a "he" or "she" who can be two of those just named, or of whom nobody was named at all, and of "the
    former" and "the latter"."""
    article, claims, rules = view.article, view.claims, view.rules
    quotes = [claim for claim in claims if claim.kind in ("direct", "mixed") and claim.cue]
    pronouns = [
        (claim, form)
        for claim in quotes
        if claim.source.mention and (form := article.slice(claim.source.mention).lower()) in (*_SPEAKERS, *_ORDINAL)
    ]
    if not pronouns:
        return
    marks = view.marks
    names = view.cast
    speakers: dict[int, list[tuple[int, str | None]]] = {}
    for claim in claims:
        if claim.cue and claim.cue_class != "attitude":
            speakers.setdefault(claim.paragraph, []).append((claim.span.start, claim.source.speaker))
    for claim, form in pronouns:
        at = _sentence_at(article, claim)
        before = article.sentences[max(at - _REACH, 0) : at]
        two = _either(article, names, marks, at - 1, form, rules) if at else []
        if two and _has_spoken(speakers, claim, two):
            two = []  # whoever spoke last goes on
        if two:
            who = f"could be {two[0]} or {two[1]}"
        elif form in _ORDINAL:
            who = "could be either of two"
        elif claim.source.note and not _anybody(before, rules):
            who = "could be nobody named before"
        else:
            continue
        words = {"words": short(article, claim.span), "pronoun": form, "who": who}
        yield Hit(claim.span, claim, words, confidence=certainty(marks, claim.paragraph))


def _has_spoken(speakers: Mapping[int, Sequence[tuple[int, str | None]]], claim: Claim, two: Sequence[str]) -> bool:
    said = [said for back in range(_REMEMBERED + 1) for said in speakers.get(claim.paragraph - back, ())]
    return any(speaker in two for start, speaker in said if start < claim.span.start)


def _sentence_at(article: Article, claim: Claim) -> int:
    """The sentence in which the quotation, or what leads up to it, begins."""
    start = min(claim.span.start, claim.source.mention.start) if claim.source.mention else claim.span.start
    return index_of(article, start)


def _either(article: Article, names: Cast, marks: Marked, at: int, form: str, rules: Rules) -> list[str]:
    """The two persons of a gender whom a sentence names side by side as its subject, or on the two sides of a verb of
    meeting."""
    sentence = article.sentences[at]
    named: list[tuple[str, Word]] = []
    for word in sentence.words:
        name = names.at(at, word)
        if name is None or name.kind != "person" or name.gender not in (PERSONAL.get(form), None):
            continue
        if name.canonical not in dict(named) and not spans.touching(marks.spans, word.span):
            named.append((name.canonical, word))
    if len(named) != 2:
        return []
    (one, first), (other, second) = named
    return [one, other] if _beside(sentence, first, second, rules) else []


def _beside(sentence: Sentence, first: Word, second: Word, rules: Rules) -> bool:
    above = {word.index for word in tree.ancestors(sentence, second)}
    subject = next((w for w in (first, *tree.ancestors(sentence, first)) if w.deprel.startswith("nsubj")), None)
    if subject is None or first.deprel == "nmod:poss":
        return False
    verb = tree.head(sentence, subject)
    if subject.index in above and second.deprel == "conj":
        return True
    met = verb is not None and listed(rules.lexicons["meet"], verb.lemma.lower())
    return met and verb is not None and second.head == verb.index and second.deprel in ("obj", "obl")


def _anybody(sentences: Sequence[Sentence], rules: Rules) -> bool:
    return any(is_person(word, rules) for sentence in sentences for word in sentence.words)
