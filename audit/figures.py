"""Numbers in parsed sentences into figures: the number with its modifiers and its unit or counted noun.

A number is found in the text (`numerals.NUMERAL`), its noun in the tree. Dates, times, designations and list numbers
are
told by how they are written; durations, ages, known sets and other kinds by the patterns of the kind no-figure.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from audit import tree
from audit.match import match
from audit.model import Article, Confidence, Quantity, Sentence, Span, Word
from audit.numerals import NUMERAL
from audit.quantity import read
from audit.rule import Rules

_PATTERN = "figures.number"
_BOUNDS = (
    "more than|less than|fewer than|over|under|above|below|at least|at most|up to|as many as|as much as|as few as|"
    "as little as|no more than|not more than|no fewer than|no less than|upwards of|between|only|just|merely|barely|"
    "exactly|precisely|about|around|some|roughly|approximately|nearly|almost|close to|estimated|another|additional|"
    "half|"
    "several|many|few"
)
_WITH_ARTICLE = "mere|estimated|additional|further|extra|average|average of|combined|reported|record|total of|few"
_MODIFIERS = re.compile(
    rf"(?:\b(?:(?:well|just|far|slightly|a little|much) )?(?:{_BOUNDS}|an? (?:{_WITH_ARTICLE})|an?)|[~<>±≈])\s*$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d(?:s|[-–/]\d\d(?:\d\d)?)?$")
_CLOCK = re.compile(r"\s*(?::\d\d|[ap]\.?m\b|o['’]clock|(?:h|hrs|GMT|UTC|EST|ET|BST)\b)", re.IGNORECASE)
_HYPHENED = re.compile(r"[-‐‑–](?=[^\W\d])")
_COUNTING = ("nummod", "compound", "amod", "det", "det:predet", "advmod", "nmod:unmarked", "obl:unmarked", "dep")
_COUNTED = ("NOUN", "PROPN", "ADJ", "SYM", "X", "NUM")
_UNIT_INSIDE = re.compile(r"[%$£€¥₹]|per ?cent|percentage", re.IGNORECASE)
_BARE = re.compile(r"\d{1,4}")
_AGE = re.compile(r"[1-9]\d|10\d")
_VAGUE = re.compile(
    r"(?:(?:an?|many|several|few)\s)*(?:.*\b)?(?:dozens?|scores|hundreds|thousands|millions|billions|trillions|couple)",
    re.IGNORECASE,
)
_DEFINITE = frozenset("the these those this that them us it which whom".split())
_DESIGNATED = frozenset({"PROPN"})


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure; `cue` is the word that makes it an agentless estimate ("an estimated 900 people")."""

    span: Span
    sentence: int
    quantity: Quantity | None
    cue: Span | None
    pattern: str
    confidence: Confidence


def figures(article: Article, rules: Rules) -> list[Figure]:
    """Every figure of the article, in text order."""
    vetoes = [pattern for pattern in rules.patterns if pattern.kind == "no-figure"]
    found = []
    for index, sentence in enumerate(article.sentences):
        for numeral, head in numerals(article, sentence):
            if _written_as_none(article, sentence, numeral, head):
                continue
            if any(match(pattern, sentence, head, rules.lexicons) for pattern in vetoes):
                continue
            noun = _noun(article, sentence, numeral, head, rules)
            span = _span(article, sentence, numeral, noun)
            if _HYPHENED.match(article.text, numeral.end):
                compound = _hyphened(article, sentence, numeral, rules)
                if compound is None:
                    continue
                span = compound
            elif (
                noun is None
                and _BARE.fullmatch(article.slice(numeral))
                and tree.child(sentence, head, "det", "nmod:poss")
            ):
                continue  # "the 757": a model, a road, a group that goes by its number
            estimate = next((w.span for w in sentence.words if w.lemma == "estimate" or w.form.lower() == "estimated"
                             if span.holds(w.span) and w.form.lower() == "estimated"), None)  # fmt: skip
            confidence: Confidence = "high" if head.upos in ("NUM", "SYM") or noun is not None else "medium"
            found.append(Figure(span, index, read(article.slice(span)), estimate, _PATTERN, confidence))
    return found


def numerals(article: Article, sentence: Sentence) -> Iterator[tuple[Span, Word]]:
    """Each number expression of a sentence, with the word that the rest of it hangs from."""
    for found in NUMERAL.finditer(article.text, sentence.span.start, sentence.span.end):
        span = Span(found.start(), found.end())
        if head := _head(sentence, span):
            yield span, head


def _head(sentence: Sentence, numeral: Span) -> Word | None:
    """The word of the number that the rest of it hangs from."""
    words = [
        word for word in sentence.words if numeral.overlaps(word.span) and word.upos not in ("PUNCT", "DET", "ADP")
    ]
    inside = {word.index for word in words}
    return next((word for word in words if word.head not in inside), None)


def _written_as_none(article: Article, sentence: Sentence, numeral: Span, head: Word) -> bool:
    """Dates, times of day, years, designations, list numbers, scores: told by how they are written."""
    text = article.slice(numeral)
    after = article.text[numeral.end : sentence.span.end]
    before = article.text[sentence.span.start : numeral.start]
    bare = not re.search(r"[%$£€¥]|cent|point|illion|thousand|hundred", text, re.IGNORECASE)
    if bare and ((_YEAR.fullmatch(text) and not re.match(r"\s+[a-z]{3,}s\b", after)) or _CLOCK.match(after)):
        return True
    if (re.search(r"[:/]$", before) and before[-2:-1].isdigit()) or re.match(r"[:/]\d", after):
        return True
    if bare and (
        re.search(
            r"(?:#|№|\b(?:nos?\.|page|article|section|chapter|room|part|volume|phase|grade|number))\s*$",
            before,
            re.IGNORECASE,
        )
    ):
        return True
    if not before.strip(" \"'“‘([") and re.match(r"[.)]\s", after):
        return True
    if (
        bare
        and re.fullmatch(r"\d{1,3}\s?[-–]\s?\d{1,3}", text)
        and not re.match(r"\s*(?:percent|per cent|%|[a-z]+s\b)", after)
    ):
        return True
    if re.search(r"\w[-‐‑–]$", before) or re.match(r"(?:st|nd|rd|th)\b", after):
        return True
    if bare and head.deprel in ("flat", "nmod:unmarked") and head.upos in ("NUM", "PROPN"):
        return True
    last = next(
        (word for word in reversed(sentence.words) if word.span.end <= numeral.start and word.upos != "PUNCT"), None
    )
    if (
        last is not None
        and _AGE.fullmatch(text)
        and last.upos == "PROPN"
        and before.endswith(", ")
        and re.match(r"[,.;)]|\s*$", after)
    ):
        return True
    named = last is not None and last.upos in ("PROPN", "NOUN") and last.form[:1].isupper() and last.index > 1
    if (
        _BARE.fullmatch(text)
        and named
        and last is not None
        and last.span.end == numeral.start - 1
        and head.deprel != "nummod"
    ):
        return True
    above = tree.head(sentence, head)
    return (
        bare and above is not None and above.upos in _DESIGNATED and above.index < head.index and head.deprel != "appos"
    )


def _noun(article: Article, sentence: Sentence, numeral: Span, head: Word, rules: Rules) -> Word | None:
    """The unit or counted noun behind the number: of "more than 1,300 civilians", "thousands of families"."""
    text = article.slice(numeral)
    if _UNIT_INSIDE.search(text):
        return None
    above = tree.head(sentence, head)
    if above is not None and head.deprel in _COUNTING and above.span.start >= numeral.end:
        while (
            above.deprel in ("compound", "nummod") and (over := tree.head(sentence, above)) and over.index > above.index
        ):
            above = over
        gap = article.text[numeral.end : above.span.start].replace("(sic)", "")
        if above.upos in _COUNTED and not re.search(r"[,;:()]", gap):
            return above
    of = re.match(r"\s+of\s", article.text[numeral.end : sentence.span.end])
    if of and _VAGUE.fullmatch(text):
        behind = [word for word in sentence.words if word.span.start >= numeral.end + of.end()]
        for word in behind:
            if word.lemma.lower() in _DEFINITE or word.upos in ("VERB", "AUX", "PRON"):
                return None
            if word.upos in ("NOUN", "PROPN") and word.deprel not in (
                "compound",
                "nmod:poss",
                "flat",
                "nmod:desc",
                "amod",
            ):
                return None if word.deprel == "root" else word
    following = next((word for word in sentence.words if word.span.start >= numeral.end), None)
    if (
        following is not None
        and following.lemma.lower() in rules.lexicons["measure"]
        and following.upos in ("NOUN", "SYM")
    ):
        return following
    return None


def _span(article: Article, sentence: Sentence, numeral: Span, noun: Word | None) -> Span:
    start = numeral.start
    while found := _MODIFIERS.search(article.text[sentence.span.start : start].replace("\u00a0", " ")):
        start = sentence.span.start + found.start()
    end = noun.span.end if noun is not None else numeral.end
    if noun is not None:
        flat = [word for word in tree.children(sentence, noun, "flat") if word.index > noun.index]
        end = max([end, *(word.span.end for word in flat)])
    return Span(start, end)


def _hyphened(article: Article, sentence: Sentence, numeral: Span, rules: Rules) -> Span | None:
    """The span of a number in a compound adjective of measure ("an 18-point lead"); None for any other compound."""
    unit = next((w for w in sentence.words if w.span.start > numeral.end and w.upos != "PUNCT"), None)
    if unit is not None and unit.lemma.lower() in rules.lexicons["measure"] | {"percent"}:
        return Span(numeral.start, unit.span.end)
    return None
