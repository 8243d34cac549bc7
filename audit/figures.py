"""Numbers in parsed sentences into figures: the number with its modifiers and its unit or counted noun.

A number is found in the text (`numerals.NUMERAL`), its noun in the tree. What no source is asked for is left out:
dates, designations and the like by how they are written (`notation`), durations, ages and known sets by the patterns of
the kind no-figure.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from audit import notation, tree
from audit.match import match
from audit.matchers import Lexicons
from audit.model import Article, Confidence, Quantity, Sentence, Span, Word
from audit.numerals import NUMERAL, is_ratio
from audit.quantity import read
from audit.rule import Rules
from audit.spans import words_in, words_touching
from audit.triggers import Triggers, triggers

PATTERN = "figures.number"
_BOUNDS = (
    "more than|less than|fewer than|over|under|above|below|at least|at most|up to|as many as|as much as|as few as|"
    "as little as|no more than|not more than|no fewer than|no less than|upwards of|between|only|just|merely|barely|"
    "exactly|precisely|about|around|some|roughly|approximately|nearly|almost|close to|estimated|another|additional|"
    "half|several|many|few"
)
_WITH_ARTICLE = "mere|estimated|additional|further|extra|average|average of|combined|reported|record|total of|few"
_MODIFIERS = re.compile(
    rf"(?:\b(?:(?:well|just|far|slightly|a little|much) )?(?:{_BOUNDS}|an? (?:{_WITH_ARTICLE})|an?)|[~<>±≈])\s*$",
    re.IGNORECASE,
)
_UNIT_INSIDE = re.compile(r"[%$£€¥₹]|per ?cent|percentage", re.IGNORECASE)
_VAGUE = re.compile(
    r"(?:(?:an?|many|several|few)\s)*(?:.*\b)?(?:dozens?|scores|hundreds|thousands|millions|billions|trillions|couple)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"between\s", re.IGNORECASE)
_JOINED = (["and"], ["to"])
_WRITTEN = re.compile(r"[^\W_]|[%$£€¥₹°]")  # a dash counts nothing
_TO = re.compile(r"\s+to\s")
_HYPHEN = re.compile(r"[-‐‑–](?=[^\W\d])")
_SHORT = re.compile(r"\d{1,4}")
_FEW = re.compile(r"\d|1[0-2]")
_COUNTING = ("nummod", "compound", "amod", "det", "det:predet", "advmod", "nmod:unmarked", "obl:unmarked", "dep")
_COUNTED = ("NOUN", "PROPN", "ADJ", "SYM", "X", "NUM")
_BEFORE_NOUN = ("compound", "nmod:poss", "flat", "nmod:desc", "amod")
_DEFINITE = frozenset("the these those this that them us it which whom".split())


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure; `cue` is the word that makes it an agentless estimate ("an estimated 900 people")."""

    span: Span
    sentence: int  # index into Article.sentences
    quantity: Quantity | None
    cue: Span | None
    confidence: Confidence


def figures(article: Article, rules: Rules) -> list[Figure]:
    """Every figure of the article, in text order."""
    vetoes = _vetoes(rules)
    found: list[Figure] = []
    for index, sentence in enumerate(article.sentences):
        for numeral, head in numerals(article, sentence):
            if notation.is_none(article, sentence, numeral, head):
                continue
            vetoed = any(match(veto, sentence, head) for veto in vetoes.of(sentence, head))
            if vetoed and not is_ratio(article.slice(numeral)):
                continue
            last = found[-1] if found else None
            if last and last.span.holds(numeral):  # 15, of "10 to 15 people"
                continue
            if span := _span(article, sentence, numeral, head, rules.lexicons):
                sure = head.upos in ("NUM", "SYM") or span.end > numeral.end
                if last and _is_other_end(article, last.span, span):
                    span = Span(last.span.start, span.end)
                    found.pop()
                estimate = next((w.span for w in words_in(span, sentence.words) if w.form == "estimated"), None)
                quantity = read(article.slice(span))
                found.append(Figure(span, index, quantity, estimate, "high" if sure else "medium"))
    return found


def _is_other_end(article: Article, low: Span, high: Span) -> bool:
    """Whether two figures are the ends of one range: between $30,000 and $60,000."""
    return _BETWEEN.match(article.slice(low)) is not None and article.text[low.end : high.start].split() in _JOINED


@lru_cache(maxsize=8)
def _vetoes(rules: Rules) -> Triggers:
    return triggers([pattern for pattern in rules.patterns if pattern.kind == "no-figure"], rules.lexicons)


def numerals(article: Article, sentence: Sentence) -> Iterator[tuple[Span, Word]]:
    """Each number expression of a sentence, with the word that the rest of it hangs from."""
    for found in NUMERAL.finditer(article.text, sentence.span.start, sentence.span.end):
        span = Span(found.start(), found.end())
        inside = [w for w in words_touching(span, sentence.words) if w.upos not in ("PUNCT", "DET", "ADP")]
        indices = {word.index for word in inside}
        if head := next((word for word in inside if word.head not in indices), None):
            yield span, head


def _span(article: Article, sentence: Sentence, numeral: Span, head: Word, lexicons: Lexicons) -> Span | None:
    """From the first modifier to the unit or noun; None for compound adjectives and things that go by a number."""
    following = next((w for w in sentence.words if w.span.start >= numeral.end and w.upos != "PUNCT"), None)
    if _HYPHEN.match(article.text, numeral.end):
        joined = following is not None and _is_joined(article, numeral, following, lexicons)
        return Span(numeral.start, following.span.end) if following and joined else None
    noun = None
    if not _UNIT_INSIDE.search(article.slice(numeral)):
        noun = _counted(article, sentence, numeral, head) or _behind_of(article, sentence, numeral)
        if noun is None and is_ratio(article.slice(numeral)):
            whole = next(word for word in reversed(sentence.words) if numeral.overlaps(word.span))
            noun = _counted(article, sentence, numeral, whole)
        if noun is None and following is not None and following.lemma.lower() in lexicons["measure"]:
            noun = following if following.upos in ("NOUN", "SYM") else None
        goes_by_number = noun is None and _SHORT.fullmatch(article.slice(numeral)) is not None
        if goes_by_number and tree.child(sentence, head, "det", "nmod:poss"):
            return None  # "the 757"
    start, end = numeral.start, numeral.end
    before = article.text[sentence.span.start : start].replace("\u00a0", " ")
    while found := _MODIFIERS.search(before, notation.last_words(before)):
        before = before[: found.start()]
    start = sentence.span.start + len(before)
    if noun is not None:
        name = [word for word in tree.children(sentence, noun, "flat") if word.index > noun.index]
        end = max(word.span.end for word in [noun, *name])
    return Span(start, end)


def _is_joined(article: Article, numeral: Span, noun: Word, lexicons: Lexicons) -> bool:
    """Whether a number counts the noun that a hyphen joins to it: "an 18-point lead", "a 500-student school", and no
    "three-way talks" or "90-minute match"."""
    lemma = noun.lemma.lower()
    if lemma in lexicons["measure"] or lemma == "percent":
        return True
    many = article.text[numeral.start].isdigit() and not _FEW.fullmatch(article.slice(numeral))
    return many and noun.upos == "NOUN" and lemma not in lexicons["duration"]


def _counted(article: Article, sentence: Sentence, numeral: Span, head: Word) -> Word | None:
    """The noun that the number counts: "more than 1,300 civilians", "some 1 million Idlib refugees"."""
    above = tree.head(sentence, head)
    if above is None or head.deprel not in _COUNTING or above.span.start < numeral.end:
        return None
    while above.deprel in ("compound", "nummod", "amod"):
        over = tree.head(sentence, above)
        if over is None or over.index < above.index:
            break
        above = over
    gap = article.text[numeral.end : above.span.start].replace("(sic)", "")
    changed = _TO.match(gap) and article.text[max(numeral.start - 5, 0) : numeral.start].lower() == "from "
    counted = above.upos in _COUNTED and _WRITTEN.search(above.form)
    return above if counted and not changed and not re.search(r"[,;:()]", gap) else None


def _behind_of(article: Article, sentence: Sentence, numeral: Span) -> Word | None:
    """The noun of a vague number: "thousands of innocent civilians"; no definite ones ("hundreds of the guests")."""
    of = re.compile(r"\s+of\s").match(article.text, numeral.end, sentence.span.end)
    if not of or not _VAGUE.fullmatch(article.slice(numeral)):
        return None
    for word in (word for word in sentence.words if word.span.start >= of.end()):
        if word.lemma.lower() in _DEFINITE or word.upos in ("VERB", "AUX", "PRON"):
            return None
        if word.upos in ("NOUN", "PROPN") and word.deprel not in _BEFORE_NOUN:
            return word if word.deprel != "root" else None
    return None
