"""The words of a figure -> `Quantity`: "more than 1,300 civilians" is 1300 or more, and it counts "civilians"."""

import re

from audit.model import Quantity
from audit.numerals import CURRENCY_SIGNS, GROUP_GAP, NUMERAL, Number, number

_UPPER = (
    "no more than|not more than|no greater than|no higher than|less than|fewer than|lower than|smaller than|under|below"
    "|nearly|almost|up to|at most|at the most|as many as|as much as|as high as|close to|short of|approaching"
    "|a maximum of"
)
_LOWER = (
    "no fewer than|no less than|not less than|not fewer than|no lower than|more than|greater than|higher than|over"
    "|above|exceeding|in excess of|at least|at the very least|upwards? of|north of|as few as"
    "|as little as|as low as|a minimum of"
)
_ABOUT = (
    "some|about|around|roughly|approximately|estimated|circa|perhaps|maybe|possibly|probably|more or less|an average of"
    "|on average|in the region of|in the neighbou?rhood of|on the order of"
)
_BEFORE = re.compile(
    rf"(?P<upper>\b(?:{_UPPER})\b|[<≤])|(?P<lower>\b(?:{_LOWER})\b|[>≥])"
    rf"|(?P<about>\b(?:{_ABOUT})\b|\b(?:ca?|approx)\.|[~≈])",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?P<upper> or (?:less|fewer|under|lower)\b| at (?:the )?(?:very )?most\b)"
    r"|(?P<lower>^\+|^[ -]plus\b| (?:or|and) (?:more|over|higher|above|upwards)\b| at (?:the )?(?:very )?least\b)"
    r"|(?P<about> or so\b| or thereabouts\b|^-?odd\b|^-?ish\b| give or take\b)",
    re.IGNORECASE,
)
_RANGE_JOIN = re.compile(r" (?:to|and|or)(?: up to)? ", re.IGNORECASE)
_BETWEEN = "between "
_BETWEEN_JOIN = re.compile(r"(?: [\w.]+){0,2} (?:and|to) ", re.IGNORECASE)  # between one metre and 1.25 metres
_ASIDE = re.compile(r" ?[(\[][^()\[\]]*[)\]]")
_PERCENT = re.compile(r"(?:%|per ?cent|percent|pct)$", re.IGNORECASE)
_POINTS = re.compile(r"percentage.points?$", re.IGNORECASE)
_CURRENCY = re.compile(
    r"^[-−+]?(" + "|".join(map(re.escape, sorted(CURRENCY_SIGNS, key=len, reverse=True))) + r")(?![A-Za-z])"
)

_CURRENCY_NAMES = {
    **{
        "euro": "EUR",
        "yen": "JPY",
        "yuan": "CNY",
        "renminbi": "CNY",
        "sterling": "GBP",
        "zloty": "PLN",
        "naira": "NGN",
    },
    **{"rouble": "RUB", "ruble": "RUB", "shekel": "ILS", "hryvnia": "UAH", "ringgit": "MYR", "baht": "THB"},
    **{"us dollar": "USD", "u.s dollar": "USD", "american dollar": "USD", "canadian dollar": "CAD"},
    **{"australian dollar": "AUD", "zealand dollar": "NZD", "singapore dollar": "SGD", "kong dollar": "HKD"},
    **{"british pound": "GBP", "egyptian pound": "EGP", "lebanese pound": "LBP", "syrian pound": "SYP"},
    **{"indian rupee": "INR", "pakistani rupee": "PKR", "turkish lira": "TRY", "swiss franc": "CHF"},
    **{"mexican peso": "MXN", "iraqi dinar": "IQD", "iranian rial": "IRR", "african rand": "ZAR"},
}
_MEASURES = frozenset(
    """kilometres kilometers km miles metres meters centimetres centimeters millimetres millimeters feet inches yards
    acres hectares tons tonnes kilograms kilos kg grams pounds ounces litres liters gallons barrels degrees megawatts
    gigawatts kilowatts mph kph mi ft lb lbs cm mm ha""".split()
)
_MEASURE_PARTS = frozenset("square cubic nautical metric basis percentage light".split())
_LEADING = frozenset(
    "of the a an this that these those their his her its our your my more other others' another".split()
)
_TRAILING = frozenset(
    """more total each altogether overall apart away ago high long tall wide deep old dead killed injured wounded
    missing arrested""".split()
)
_STOPS = frozenset(
    """a an of in on at from to by for with without within across among along between through throughout during since
    after before near under over against about around into as than like per via who whom whose that which where when
    while and or but plus not have has had were was are is be been being will would could""".split()
)
_TIMES = frozenset("second minute hour day night week month quarter year head person household capita".split())
_EDGES = ".,;:!?…\"“”„«»'‘’()[]{}–—-"


def read(words: str) -> Quantity | None:
    """What the span of a figure states; None when there is no number that can be read in it.

    A number without modifier bounds itself; "over" opens `high`, "nearly" opens `low`, "some" both. A vague number
    ("dozens") has no value but a `low`, a range has `low` and `high`.
    """
    text = _ASIDE.sub("", " ".join(GROUP_GAP.sub("", words).split()))
    for found in NUMERAL.finditer(text):
        end, numeral = _whole_range(text, found)
        if (said := number(numeral)) is not None:
            rest = text[end:]
            bound = _bound(_BEFORE, text[: found.start()]) or _bound(_AFTER, rest)
            return _quantity(said, bound, _unit(numeral, _AFTER.sub("", rest)))
    return None


def _whole_range(text: str, found: re.Match[str]) -> tuple[int, str]:
    """The end and the words of a numeral, with the second one of "10 to 20" or "between 10 and 20"."""
    between = text[max(0, found.start() - len(_BETWEEN)) : found.start()].lower() == _BETWEEN
    join = (_BETWEEN_JOIN if between else _RANGE_JOIN).match(text, found.end())
    second = NUMERAL.match(text, join.end()) if join else None
    if join and second and (between or join[0].lower() != " and "):
        both = f"{found[0]} to {second[0]}"
        if number(both) is not None:
            return second.end(), both
    return found.end(), found[0]


def _bound(pattern: re.Pattern[str], text: str) -> str | None:
    """Which way the modifiers in `text` open a number; "over" and "nearly" are stronger than "some"."""
    sides = [found.lastgroup for found in pattern.finditer(text)]
    return next((side for side in reversed(sides) if side != "about"), sides[-1] if sides else None)


def _quantity(said: Number, bound: str | None, unit: str | None) -> Quantity:
    low, high = said.low, said.high
    if bound in ("upper", "about") and (said.value is not None or (bound == "upper" and high is None)):
        low = None
    if bound in ("lower", "about") and said.value is not None:
        high = None
    return Quantity(said.value, low, high, unit)


def _unit(numeral: str, rest: str) -> str | None:
    """An ISO code for money, "%", "percentage points", a measure or the counted noun."""
    if sign := _CURRENCY.match(numeral):
        return CURRENCY_SIGNS[sign[1]]
    if _POINTS.search(numeral):
        return "percentage points"
    if _PERCENT.search(numeral):
        return "%"
    phrase, following = _phrase(rest)
    if not phrase:
        return None
    head = phrase[-1]
    before = phrase[-2].lower() if len(phrase) > 1 else ""
    if head in CURRENCY_SIGNS:
        return CURRENCY_SIGNS[head]
    singular = head.lower().removesuffix("s")
    if currency := _CURRENCY_NAMES.get(f"{before} {singular}", _CURRENCY_NAMES.get(singular)):
        return currency
    if head.lower() in _MEASURES:
        head = head.lower()
    if before in _MEASURE_PARTS:
        head = f"{before} {head}"
    if len(following) > 1 and following[0] in ("a", "an", "per") and following[1].lower() in _TIMES:
        head = " ".join((head, *following[:2]))
    return head


def _phrase(rest: str) -> tuple[list[str], list[str]]:
    """The words of the counted noun phrase up to its head, and what follows them."""
    if rest.startswith("-"):  # a 400-seat hall: the seats are counted
        return [rest[1:].split(" ", 1)[0].strip(_EDGES)] if rest[1:2].isalpha() else [], []
    tokens = rest.split()
    start = 0
    while start < len(tokens) and (tokens[start].lower() in _LEADING or tokens[start][0].isdigit()):
        start += 1
    phrase: list[str] = []
    for place in range(start, len(tokens)):
        word = tokens[place].strip(_EDGES)
        if not word or word.lower() in _STOPS or word[0].isdigit():
            return _trimmed(phrase), tokens[place : place + 2]
        phrase.append(word)
        if word.lower() in _MEASURES or tokens[place][-1] in ",;:!?":
            return _trimmed(phrase), tokens[place + 1 : place + 3]
    return _trimmed(phrase), []


def _trimmed(phrase: list[str]) -> list[str]:
    while len(phrase) > 1 and phrase[-1].lower() in _TRAILING:
        phrase.pop()
    return phrase
