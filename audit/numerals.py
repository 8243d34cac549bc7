"""A number as written in news -> what it says: "3.7 million", "half a million", "tens of thousands", "one in five".

`NUMERAL` finds number expressions in running text, without the modifiers before and the noun after them; `number`
reads one. Values are exact fractions until the end, so that 3.7 million is 3700000.

The libraries that read number words know neither "half a million", "3.7 million", "a dozen", fractions nor vague
magnitudes; cardinals in words, which the compiled text2num does read, are the smaller part of the work.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

NUMBER_WORDS = {
    word: value
    for words, start, step in (
        ("zero one two three four five six seven eight nine", 0, 1),
        ("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen", 10, 1),
        ("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10),
    )
    for word, value in zip(words.split(), range(start, 100, step), strict=False)
}
SCALES = {
    **{"dozen": 12, "score": 20, "hundred": 100, "thousand": 10**3, "lakh": 10**5, "million": 10**6, "crore": 10**7},
    **{"billion": 10**9, "trillion": 10**12, "quadrillion": 10**15},
}
CURRENCY_SIGNS = {
    **{"$": "USD", "US$": "USD", "U.S.$": "USD", "C$": "CAD", "CA$": "CAD", "CAN$": "CAD", "A$": "AUD", "AU$": "AUD"},
    **{"NZ$": "NZD", "HK$": "HKD", "S$": "SGD", "NT$": "TWD", "R$": "BRL", "£": "GBP", "€": "EUR", "¥": "JPY"},
    **{"₹": "INR", "Rs": "INR", "Rs.": "INR", "₽": "RUB", "₺": "TRY", "₩": "KRW", "₪": "ILS", "₴": "UAH", "₦": "NGN"},
    **{"₱": "PHP", "฿": "THB", "₫": "VND", "₡": "CRC", "₵": "GHS", "GH¢": "GHS", "GH₵": "GHS"},
    **{"Dh": "AED", "Dhs": "AED", "Tk": "BDT", "RM": "MYR", "QR": "QAR", "KD": "KWD"},
    **{"JD": "JOD", "Rp": "IDR", "KSh": "KES", "Ksh": "KES", "TSh": "TZS", "Tsh": "TZS"},
    **{"USh": "UGX", "Ush": "UGX"},
    **{
        code: code
        for code in """AED ARS AUD BDT BHD BRL CAD CHF CLP CNY CRC DKK EGP ETB EUR GBP GHS HKD IDR INR JOD JPY KES
        KWD LKR MNT MUR MXN MYR NGN NOK NPR NZD OMR PEN PHP PKR PLN QAR RUB SAR SEK SGD THB TRY TWD TZS UAH UGX USD UYU
        VND XAF XOF ZAR""".split()
    },
}
_DOUBTFUL = {"R": "ZAR", "N": "NGN", "SR": "SAR", "BD": "BHD", "LE": "EGP"}
"""Signs that mean money before large numbers alone: N10 and SR 520 are roads."""
CURRENCY_SIGNS |= _DOUBTFUL
_SUFFIXES = {
    **{"k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "mil": 10**6, "b": 10**9, "bn": 10**9, "bil": 10**9},
    **{"t": 10**12, "tn": 10**12, "trn": 10**12},
}
_PARTS = {"half": 2, "halve": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7}
_PARTS |= {"eighth": 8, "ninth": 9, "tenth": 10}
_AT_LEAST = {"couple": 2, "few": 3, "several": 3, "many": 2}
_MOST_DIGITS = 24  # nobody states a longer number; it is a code or noise


@dataclass(frozen=True, slots=True)
class Number:
    """What a number expression says: one `value`, or, for ranges and vague numbers, only bounds (None: open)."""

    value: int | float | None
    low: int | float | None
    high: int | float | None


_CASES = {"i": "iIİı", "k": "kK\u212a", "s": "sSſ"}  # of a letter, where there are more than two


def _beginning(words: Iterable[str]) -> str:
    """A pattern for what begins with one of `words`, in any case.

    `re` passes over a branch that begins with a set of characters without trying it, so cases are spelled out, and no
    beginning is tried twice: looking for numbers takes 0.9 µs a word of news instead of 1.7.
    """
    branches: dict[str, list[str]] = {}
    for word in words:
        branches.setdefault(word[:1], []).append(word[1:])
    if "" in branches:
        return ""
    tried = (
        f"[{_CASES.get(letter, letter + letter.upper())}]{_beginning(branches[letter])}" for letter in sorted(branches)
    )
    return f"(?-i:{'|'.join(tried)})"


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + ")"


def _pattern(pattern: str) -> re.Pattern[str]:
    """Compile, reading a blank as any white space and ~ as white space or a hyphen."""
    return re.compile(pattern.replace(" ", r"\s").replace("~", r"[\s\u2010\u2011-]"), re.IGNORECASE)


def _words_below(limit: int, start: int = 0) -> str:
    return _any(word for word, value in NUMBER_WORDS.items() if start <= value < limit)


_GLYPH = "[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]"
_SLASHED = r"(?:1/2|[12]/3|[13]/4|[1-4]/5|[1357]/8|[1379]/10)(?![\d/])"
_GROUPED = (
    r"\d{1,3}(?:,\d{3}){1,7}(?:\.\d+)?|\d{1,2}(?:,\d{2}){1,9},\d{3}|\d{1,3}(?:\.\d{3}){2,7}"
    r"|\d{1,3}(?:[\u00a0\u2009\u202f]\d{3}){1,7}|\d{1,3}(?: \d{3}){2,7}"
)
_DIGITS = rf"(?:(?:{_GROUPED}|\d+(?:\.\d+)?|\.\d+)(?![\d]|[.,]\d)(?: ?{_GLYPH}|~{_SLASHED})?|{_GLYPH}|{_SLASHED})"
_BELOW_100 = rf"(?:{_words_below(100, 20)}(?:~?{_words_below(10, 1)})?|{_words_below(20)})\b"
_BELOW_1000 = rf"(?:(?:an?|{_BELOW_100})~hundred\b(?:~(?:and~)?{_BELOW_100}(?!~hundred))?|{_BELOW_100})"
_HEAD = rf"(?:{_DIGITS}|{_BELOW_1000}|an?\b)"
_LARGE = _any(scale for scale, value in SCALES.items() if value > 100)
_SCALE = _any(SCALES.keys() - {"score"})
_PLURAL = rf"(?:{_any(SCALES.keys() - {'score'})}s|(?:scores|tens)(?=$| of\b))"
_AND_PART = rf"(?: and (?:an?|one|three)~(?:half|quarters?)\b| and {_SLASHED})"
_PART = rf"(?:(?:an?|{_words_below(10, 1)}|\d+)~)?{_any(_PARTS)}s?\b"
_PART_SCALED = rf"{_PART}~(?:of~)?(?:an?~)?{_SCALE}\b"


def _scaled() -> str:
    """What may follow a head: "million", "million two hundred thousand and six", "lakh crore", "dozen".

    Each scale takes up what the larger ones before it have left, so that all share one end: written out for each, it
    makes patterns that take 0.2 s to compile, a tenth of the time of auditing one article.
    """
    larger = r"quadrillion\b"
    for scale in ("trillion", "billion", "million", "thousand"):
        larger = rf"(?:{larger}(?:~{_BELOW_1000}~{scale}\b)?|{scale}\b)"
    return rf"(?:{larger}(?:~(?:and~)?{_BELOW_1000}(?!~{_LARGE}))?|(?:lakh|crore)s?\b(?:~crores?\b)?|dozen\b)"


_AMOUNT = (
    rf"(?:{_PART_SCALED}|{_HEAD}{_AND_PART}(?:~{_SCALE}\b)?|{_HEAD}~{_scaled()}{_AND_PART}?"
    rf"|{_DIGITS}~hundred\b(?:~{_LARGE}\b)?"
    rf"|{_DIGITS}(?:[kmb]|{_LARGE}| ?(?:mn|mln|mil|bn|bil|tn|trn)|(?-i:T))\b|{_DIGITS}|{_BELOW_1000})"
)
_VAGUE = (
    rf"(?:(?:an? )?(?:few|several|couple of|couple|many)~(?:{_SCALE}(?:~{_LARGE})?|{_PLURAL})\b"
    rf"|(?:{_PLURAL} (?:and|or|upon) )?(?:{_PLURAL} of )?{_PLURAL}\b)"
)
_PERCENT = r"(?: ?%|~(?:per ?cent|percent|pct)\b|~percentage~points?\b)"
_SIGNS = "".join(sorted({sign[0] for sign in CURRENCY_SIGNS}))
_LARGE_SUM = rf" ?(?:\d{{1,3}}(?:[, ]\d{{3}})+|\d+(?:\.\d+)? ?(?:{_LARGE}|m|mn|mln|mil|bn|bil)\b)"
_MONEY = rf"(?-i:{_any(CURRENCY_SIGNS.keys() - _DOUBTFUL)}|{_any(_DOUBTFUL)}(?={_LARGE_SUM})) ?"
# "Four in 10" and "four of 10" are shares, "four in 24 hours" is none.
_TIME = "(?! (?:day|hour|minute|month|week|year))"
_SHARE = rf"(?:{_words_below(10, 2)}|[2-9]) (?:in|of)(?= (?:every )?(?:five|ten|5|10|20|100)\b{_TIME})"
_OUT = rf"(?:{_BELOW_100}|\d{{1,3}}) out of"
_RATIO = rf"(?:(?:one|1) in|{_SHARE}|{_OUT})(?: every)? (?:{_BELOW_1000}|10(?:,?0)*|\d{{1,2}})(?!\d)"
_ATTACHED = r"(?:km|kg|cm|mm|ft|lbs?|mph|kph|mi|mw|gw|kw|kwh|gb|tb|ha|(?-i:[CF]))\b"
_PART_ALONE = (
    rf"(?:(?:an?~{_any(_PARTS)}|half)(?= (?:of|the|its|their|his|her|our|all)\b|$)"
    rf"|one~{_any(_PARTS)}\b|{_words_below(10, 2)}~{_any(_PARTS)}s\b)"  # a "five-eighth" plays rugby
)
_STARTS = rf"(?:{_beginning({*NUMBER_WORDS, *SCALES, *_PARTS, *_AT_LEAST, 'tens'})}|\d|{_GLYPH})"
NUMERAL = _pattern(
    rf"(?<!\w)(?=(?:an?\b.)?{_STARTS}|[-−+.]|(?-i:(?=[{_SIGNS}])){_MONEY})(?<!\w[-\u2010\u2011])(?<!\d[.,:/])"
    rf"(?:(?<![)\]])[-−+])?(?:{_MONEY})?"
    rf"(?:{_RATIO}|{_AMOUNT}{_PERCENT}? ?[-–—] ?(?:{_MONEY})?{_AMOUNT}|{_VAGUE}|{_PART_SCALED}|{_PART_ALONE}|{_AMOUNT})"
    rf"{_PERCENT}?(?:(?!\w)|(?={_ATTACHED}))(?![.,:/]\d)"
)
_DRESS = _pattern(rf"{_MONEY}|{_PERCENT}")
_RANGE = _pattern(rf"(?:between )?({_AMOUNT})(?: ?[-–—] ?| to | and )({_AMOUNT})")
_OUT_OF = _pattern(rf"({_AMOUNT}) (?:in|(?:out )?of)(?: every)? ({_AMOUNT})")
_A_RATIO = _pattern(_RATIO)
_ONE_AMOUNT = _pattern(rf"(?:{_AMOUNT}|{_PART}|{_SCALE})")
_ONE_VAGUE = _pattern(_VAGUE)
_SOME_PART = _pattern(rf"(?:(an?|{_words_below(10, 1)}|\d+)~)?({_any(_PARTS)})s?\b")
_TOKEN = re.compile(rf"\d+/\d+|\d[\d.,]*|\.\d+|{_GLYPH}|[a-z]+")
_LEADING = _pattern(rf"{_DIGITS}|{_BELOW_1000}")
_PLAIN = re.compile(r"[0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,4}")
GROUP_GAP = re.compile(r"(?<=\d)[\u00a0\u2009\u202f ](?=\d{3}(?!\d))")


def is_ratio(text: str) -> bool:
    """Whether a number expression states a part of a whole: "one in five", "62 out of 100"."""
    return _A_RATIO.match(text) is not None


@lru_cache(maxsize=1024)  # a figure is read for its claim, and again by the checks that reckon
def number(text: str) -> Number | None:
    """Read a whole number expression; None when `text` is anything else. Currency signs and "%" are passed over."""
    if _PLAIN.fullmatch(text):  # half of all
        value: int | float = int(text.replace(",", ""))
        return Number(value, value, value)
    text = GROUP_GAP.sub("", text)
    sign = -1 if text.lstrip()[:1] in ("-", "−") else 1
    text = " ".join(_DRESS.sub(" ", text).split()).lstrip("-−+ ")
    if sum(map(str.isdigit, text)) > 2 * _MOST_DIGITS:
        return None
    if (exact := _amount(text)) is not None:
        value = _plain(sign * exact)
        return Number(value, value, value)
    if _ONE_VAGUE.fullmatch(text):
        return _vague(text.lower())
    if (m := _OUT_OF.fullmatch(text)) and (whole := _amount(m[2])) and (part := _amount(m[1])) is not None:
        value = _plain(part / whole)
        return Number(value, value, value)
    if m := _RANGE.fullmatch(text):
        return _range(m[1], m[2])
    return None


def number_value(text: str) -> int | float | None:
    """The one value that a number expression states; None for ranges, vague numbers and what is no number."""
    read = number(text)
    return read.value if read else None


def _plain(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(value)


def _amount(text: str) -> Fraction | None:
    """The value of one exact amount: "2 1/2 million", "half a dozen", "1.2bn", "one hundred and two"."""
    if not _ONE_AMOUNT.fullmatch(text):
        return None
    total, current, scale, joined = Fraction(0), None, Fraction(1), False
    for token in _TOKEN.findall(_SOME_PART.sub(_slashed, text.lower())):
        if token in SCALES or token in _SUFFIXES or token.removesuffix("s") in SCALES:
            scale = Fraction(SCALES.get(token.removesuffix("s")) or _SUFFIXES[token])
            if scale <= 100:
                current = (1 if current is None else current) * scale
            elif current is None and total:
                total *= scale
            else:
                total, current = total + (1 if current is None else current) * scale, None
        elif token == "and":
            joined = True
        elif token not in ("a", "an", "of"):
            value = _number_token(token)
            after_scale = joined and scale > 1 and value.denominator > 1 and current is None
            current = (current or 0) + (value * scale if after_scale else value)
    return total + (current or 0)


def _slashed(part: re.Match[str]) -> str:
    """ "three quarters" -> "3/4"."""
    count = part[1] or "1"
    numerator = int(count) if count.isdigit() else NUMBER_WORDS.get(count, 1)
    return f"{numerator}/{_PARTS[part[2]]}"


def _number_token(token: str) -> Fraction:
    if token in NUMBER_WORDS:
        return Fraction(NUMBER_WORDS[token])
    if len(token) == 1 and not token.isdigit():
        return Fraction(unicodedata.numeric(token)).limit_denominator(10)
    grouped = token.replace(",", "")
    return Fraction(grouped.replace(".", "") if grouped.count(".") > 1 else grouped)


def _vague(text: str) -> Number:
    """ "dozens" are two dozen or more, "several thousand" three thousand or more; a couple is two."""
    words = re.findall("[a-z]+", re.split(r"\b(?:and|or|upon)\b", text)[0])
    stated = next((_AT_LEAST[word] for word in words if word in _AT_LEAST), 2)
    for word in words:
        stated *= 10 if word == "tens" else SCALES.get(word.removesuffix("s"), 1)
    return Number(stated, None, None) if "couple" in words else Number(None, stated, None)


def _range(first: str, second: str) -> Number | None:
    """ "10 to 15 million": a scale said once holds for both ends."""
    low, high = _amount(first), _amount(second)
    head = _LEADING.match(second)
    if low is None or high is None:
        return None
    if head and low < 1000 and (mantissa := _amount(head[0])) and low < mantissa < high:
        low *= high / mantissa
    return Number(None, _plain(low), _plain(high)) if low < high else None
