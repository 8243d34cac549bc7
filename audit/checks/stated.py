"""Figures -> exact amounts with the room that their rounding leaves, by sentence."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from audit import spans
from audit.checks.sentences import index_of
from audit.model import Article, Claim, Span
from audit.numerals import CURRENCY_SIGNS, NUMERAL, SCALES, number_value

_DIGITS = re.compile(r"\d[\d,]*(?:\.(\d+))?")
_SCALED = re.compile(r"\b(?:" + "|".join(SCALES) + r")|\d ?(?:bn|mn|m|b|k|tn)\b", re.IGNORECASE)
_RATIO = re.compile(r"\b(?:in|out of)\b|\b(?:half|third|quarter|fourth|fifth|sixth|eighth|tenth)s?\b", re.IGNORECASE)
_SIGNIFICANT = 3  # digits that a whole number keeps when it is rounded
_FEWEST = 3  # of a sum or a change; a percentage is compared with one other
_HEDGE = Fraction(1, 10)  # how far "about", "nearly" or "more than" may be from the truth


@dataclass(frozen=True, slots=True)
class Stated:
    """An amount as an article states it: `low` to `high` is what it can have been before it was rounded."""

    span: Span  # with its modifiers and noun
    claim: Claim | None  # None of a ratio that is not claimed: "one in four"
    value: Fraction
    step: Fraction  # the unit of its last stated digit
    hedged: bool
    unit: str | None
    ratio: bool  # a part of a whole in words: "one in four", "two thirds"

    @property
    def percent(self) -> bool:
        """Whether it is so many per cent, not percentage points."""
        return self.unit == "%"

    @property
    def money(self) -> str | None:
        """The currency."""
        return self.unit if self.unit in CURRENCY_SIGNS.values() else None

    @property
    def low(self) -> Fraction:
        """The least that it can have been."""
        return self.value - self._room

    @property
    def high(self) -> Fraction:
        """The most that it can have been."""
        return self.value + self._room

    @property
    def _room(self) -> Fraction:
        exact = self.value < 1000 and self.step == 1 and not self.percent
        rounded = Fraction(0) if exact else self.step / 2
        return max(rounded, Fraction(abs(self.value) * _HEDGE)) if self.hedged else rounded


def stated(article: Article, claims: Sequence[Claim]) -> Mapping[int, list[Stated]]:
    """The amounts of each sentence that can be reckoned with each other, in text order, by the index of the sentence:
    three or more, or a percentage and others."""
    claimed: defaultdict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.kind == "figure":
            claimed[index_of(article, claim.span.start)].append(claim)
    found: dict[int, list[Stated]] = {}
    for index, together in claimed.items():
        percent = any(claim.quantity is not None and claim.quantity.unit == "%" for claim in together)
        if len(together) < _FEWEST and not percent:
            continue
        figures = [figure for claim in together if (figure := amount(article, claim))]
        if any(figure.percent for figure in figures):
            taken = [figure.span for figure in figures]
            figures.extend(_ratios(article, article.sentences[index].span, taken))
            figures.sort(key=lambda figure: figure.span)
        if len(figures) > 1:
            found[index] = figures
    return found


def amount(article: Article, claim: Claim) -> Stated | None:
    """The amount of a figure, None where it states no one value."""
    quantity = claim.quantity
    if quantity is None or quantity.value is None:
        return None
    numeral = NUMERAL.search(article.text, claim.span.start, claim.span.end)
    if numeral is None or number_value(numeral[0]) != quantity.value:
        return None
    value = Fraction(str(quantity.value))
    hedged = quantity.low != quantity.value or quantity.high != quantity.value
    ratio = quantity.unit != "%" and 0 < value < 1 and _RATIO.search(numeral[0]) is not None
    return Stated(claim.span, claim, value, _step(numeral[0], value), hedged, quantity.unit, ratio)


def _ratios(article: Article, sentence: Span, taken: Sequence[Span]) -> Iterator[Stated]:
    """The parts of a whole, in words, of a sentence that stand in none of the spans `taken`."""
    for numeral in NUMERAL.finditer(article.text, sentence.start, sentence.end):
        span = Span(numeral.start(), numeral.end())
        value = number_value(numeral[0])
        if value is not None and 0 < value < 1 and _RATIO.search(numeral[0]) and not spans.touching(taken, span):
            yield Stated(span, None, Fraction(str(value)), Fraction(1), False, None, True)


def _step(numeral: str, value: Fraction) -> Fraction:
    """The unit of the last digit that a numeral states: 0.1 million of "3.7 million", 1,000 of "250,000"."""
    digits = _DIGITS.search(numeral)
    if digits is None:
        scales = [SCALES[word] for word in re.findall("[a-z]+", numeral.lower()) if word in SCALES]
        return Fraction(max(scales, default=1))
    mantissa = Fraction(digits[0].replace(",", "").rstrip("."))
    scale = abs(value) / mantissa if mantissa and _SCALED.search(numeral) else Fraction(1)
    if digits[1]:
        return scale / Fraction(10 ** len(digits[1]))
    whole = digits[0].replace(",", "")
    zeros = len(whole) - len(whole.rstrip("0"))
    return scale * Fraction(10 ** min(zeros, max(len(whole) - _SIGNIFICANT, 0)))
