"""Reading the words of figures, and finding numbers in running text."""

import re
import time
from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.model import Quantity
from audit.numerals import _CASES, NUMERAL, Number, _beginning, number, number_value
from audit.quantity import read

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def spelled(value: int, joint: str = "") -> str:
    """`value` in words; `joint` stands between the hundreds and the rest."""
    if value < 20:
        return ONES[value]
    if value < 100:
        return TENS[value // 10 - 2] + (f"-{ONES[value % 10]}" if value % 10 else "")
    if value < 1000:
        rest = value % 100
        return f"{ONES[value // 100]} hundred" + (f" {joint}{spelled(rest)}" if rest else "")
    parts = []
    for name, scale in (("billion", 10**9), ("million", 10**6), ("thousand", 10**3)):
        if value >= scale:
            parts.append(f"{spelled(value // scale, joint)} {name}")
            value %= scale
    return " ".join(parts + ([(joint if value < 100 else "") + spelled(value, joint)] if value else []))


@given(st.integers(0, 10**12 - 1))
def test_any_number_in_digits_comes_back(value: int) -> None:
    for text in (str(value), f"{value:,}", f"{value:,}".replace(",", "\u202f"), f"{value:,}".replace(",", " ")):
        assert number_value(text) == value
    assert read(f"some {value:,} geese") == Quantity(value, None, None, "geese")
    assert number_value(f"-{value:,}") == -value


@given(st.integers(0, 10**12 - 1), st.sampled_from(["", "and "]))
def test_any_number_in_words_comes_back(value: int, joint: str) -> None:
    words = spelled(value, joint)
    assert number_value(words) == value
    assert number_value(words.upper()) == value
    assert [found[0] for found in NUMERAL.finditer(f"They saw {words} geese.")] == [words]


@given(st.integers(0, 10**6), st.sampled_from([(" million", 10**6), ("bn", 10**9), (" lakh", 10**5), ("k", 1000)]))
def test_decimals_before_a_scale_are_exact(thousandths: int, scale: tuple[str, int]) -> None:
    value = number_value(f"{thousandths // 1000}.{thousandths % 1000:03}{scale[0]}")
    assert isinstance(value, int)
    assert value == thousandths * scale[1] // 1000


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3.7", 3.7), ("1.2m", 1_200_000), ("$64.8million", 64_800_000), ("$40bn", 40 * 10**9),
        ("US$1.9T", 19 * 10**11),
        ("€1.5 billion", 15 * 10**8),
        ("Rs 500 crore", 5 * 10**9), ("5 lakh", 500_000), ("5 lakh crore", 5 * 10**12), ("1,00,000", 100_000),
        ("1.300.000", 1_300_000), ("1.300", 1.3), ("1\u00a0300", 1300), ("1 300", 1300), ("+4%", 4), ("−2.5", -2.5),
        ("2 1/2", 2.5), ("2½", 2.5), ("½", 0.5), ("1/4", 0.25), ("2 1/2 million", 2_500_000), ("2½ million", 2_500_000),
        ("a hundred", 100), ("a million", 10**6), ("hundred", 100), ("a hundred thousand", 100_000),
        ("12 hundred", 1200),
        ("half a million", 500_000), ("a half-million", 500_000), ("half a dozen", 6),
        ("a quarter of a million", 250_000),
        ("three quarters of a million", 750_000), ("two and a half million", 2_500_000),
        ("a million and a half", 1_500_000),
        ("a dozen", 12), ("two dozen", 24), ("a couple of hundred", 200), ("two-thirds", 2 / 3), ("a third", 1 / 3),
        ("half", 0.5), ("three quarters", 0.75), ("1 in 5", 0.2), ("one in every five", 0.2), ("nine out of 10", 0.9),
        ("70 per cent", 70), ("3 percentage points", 3), ("sixty five", 65), ("fifteen hundred", 1500),
    ],
)  # fmt: skip
def test_exact_numbers(text: str, value: float) -> None:
    assert number_value(text) == pytest.approx(value, rel=1e-15)
    assert isinstance(number_value(text), type(value))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("dozens", 24, None), ("scores", 40, None), ("hundreds", 200, None), ("thousands", 2000, None),
        ("many thousands", 2000, None), ("tens of thousands", 20_000, None), ("hundreds of thousands", 200_000, None),
        ("millions", 2 * 10**6, None), ("tens of millions", 2 * 10**7, None), ("thousands upon thousands", 2000, None),
        ("a few hundred", 300, None), ("several thousand", 3000, None), ("a few dozen", 36, None),
        ("several hundred thousand", 300_000, None), ("hundreds or thousands", 200, None),
        ("10-15", 10, 15), ("10–15 million", 10**7, 15 * 10**6), ("$10-15 million", 10**7, 15 * 10**6),
        ("$5-$10", 5, 10), ("between 10 and 20", 10, 20), ("two to three million", 2 * 10**6, 3 * 10**6),
        ("500 to 1 million", 500, 10**6), ("900,000 to 1.2 million", 900_000, 1_200_000), ("ten to fifteen", 10, 15),
    ],
)  # fmt: skip
def test_vague_numbers_and_ranges_have_bounds_but_no_value(text: str, low: int, high: int | None) -> None:
    assert number(text) == Number(None, low, high)
    assert number_value(text) is None


@pytest.mark.parametrize("text", ["", " ", "a", "foo", "52-48", "9/11", "1/0", "5 in 0", "S-400", "1,30", "9" * 5000])
def test_what_is_no_number(text: str) -> None:
    assert number(text) is None


@pytest.mark.parametrize(
    ("words", "value", "low", "high", "unit"),
    [
        # bare
        ("402,113", 402_113, 402_113, 402_113, None),
        ("62 percent", 62, 62, 62, "%"),
        ("45%", 45, 45, 45, "%"),
        ("3 percentage points", 3, 3, 3, "percentage points"),
        ("two bridges of steel", 2, 2, 2, "bridges"),
        ("four million farmers", 4 * 10**6, 4 * 10**6, 4 * 10**6, "farmers"),
        ("three miles", 3, 3, 3, "miles"),
        ("13 dead", 13, 13, 13, "dead"),
        # more, another: the number itself
        ("27,000 more farmers", 27_000, 27_000, 27_000, "farmers"),
        ("an additional 27,000 farmers", 27_000, 27_000, 27_000, "farmers"),
        ("another 150,000 farmers", 150_000, 150_000, 150_000, "farmers"),
        ("a further 200", 200, 200, 200, None),
        ("39 more", 39, 39, 39, None),
        # from below
        ("more than 2,400 farmers", 2400, 2400, None, "farmers"),
        ("Over 27,000 more farmers", 27_000, 27_000, None, "farmers"),
        ("Over a million Danes", 10**6, 10**6, None, "Danes"),
        ("more than\u00a0a million Danes", 10**6, 10**6, None, "Danes"),
        ("at least 300 farmers", 300, 300, None, "farmers"),
        ("more than half a million people", 500_000, 500_000, None, "people"),
        ("no fewer than 50 arrests", 50, 50, None, "arrests"),
        ("at least an estimated 300 people", 300, 300, None, "people"),
        ("500+ jobs", 500, 500, None, "jobs"),
        ("500-plus jobs", 500, 500, None, "jobs"),
        ("80 percent or more", 80, 80, None, "%"),
        ("> 5%", 5, 5, None, "%"),
        # from above
        ("less than six kilometres", 6, None, 6, "kilometres"),
        ("fewer than 40 ships", 40, None, 40, "ships"),
        ("no more than 50", 50, None, 50, None),
        ("up to 500 troops", 500, None, 500, "troops"),
        ("as many as 50 people", 50, None, 50, "people"),
        ("nearly two-thirds of voters", 2 / 3, None, 2 / 3, "voters"),
        ("almost 4,000", 4000, None, 4000, None),
        # from both sides
        ("some 2.6 million Danes", 2_600_000, None, None, "Danes"),
        ("Some 1 million Zealand pensioners", 10**6, None, None, "pensioners"),
        ("around a million farmers", 10**6, None, None, "farmers"),
        ("about 4 million farmers", 4 * 10**6, None, None, "farmers"),
        ("An estimated half a million people", 500_000, None, None, "people"),
        ("250,000 or so Iowans", 250_000, None, None, "Iowans"),
        ("a couple of hundred people", 200, None, None, "people"),
        # vague
        ("many thousands of farmers", None, 2000, None, "farmers"),
        ("Thousands of households", None, 2000, None, "households"),
        ("thousands of honest (sic) farmers", None, 2000, None, "farmers"),
        ("thousands of Aarhus al-Nord's residents", None, 2000, None, "residents"),
        ("Tens of thousands of people", None, 20_000, None, "people"),
        ("hundreds of thousands", None, 200_000, None, None),
        ("millions", None, 2 * 10**6, None, None),
        ("up to several hundred", None, None, None, None),
        # ranges
        ("between 10 and 20 per cent", None, 10, 20, "%"),
        ("between one metre and 1.25 metres", None, 1, 1.25, "metres"),
        ("between $30,000 and $60,000", None, 30_000, 60_000, "USD"),
        ("nine of 10 limes", 0.9, 0.9, 0.9, "limes"),
        ("10% to 20%", None, 10, 20, "%"),
        ("$5 million to $10 million", None, 5 * 10**6, 10**7, "USD"),
        ("two or three people", None, 2, 3, "people"),
        ("from 10 to 20 miles", None, 10, 20, "miles"),
        # money
        ("$40 billion", 40 * 10**9, 40 * 10**9, 40 * 10**9, "USD"),
        ("C$3m in aid", 3 * 10**6, 3 * 10**6, 3 * 10**6, "CAD"),
        ("about £3m", 3 * 10**6, None, None, "GBP"),
        ("Rs 500 crore", 5 * 10**9, 5 * 10**9, 5 * 10**9, "INR"),
        ("USD 5 million", 5 * 10**6, 5 * 10**6, 5 * 10**6, "USD"),
        ("5 million EUR", 5 * 10**6, 5 * 10**6, 5 * 10**6, "EUR"),
        ("40 million dollars", 4 * 10**7, 4 * 10**7, 4 * 10**7, "dollars"),
        ("40 million U.S. dollars", 4 * 10**7, 4 * 10**7, 4 * 10**7, "USD"),
        ("500 Turkish liras", 500, 500, 500, "TRY"),
        ("3 million euros", 3 * 10**6, 3 * 10**6, 3 * 10**6, "EUR"),
        ("tens of millions of dollars", None, 2 * 10**7, None, "dollars"),
        # units
        ("5km", 5, 5, 5, "km"),
        ("5 square kilometres", 5, 5, 5, "square kilometres"),
        ("60 miles per hour", 60, 60, 60, "miles per hour"),
        ("2 million barrels a day", 2 * 10**6, 2 * 10**6, 2 * 10**6, "barrels a day"),
        ("four Kilometres away", 4, 4, 4, "kilometres"),
        ("6 feet 2 inches", 6, 6, 6, "feet"),
        ("a 400-seat hall", 400, 400, 400, "seat"),
        ("1 in 5 children", 0.2, 0.2, 0.2, "children"),
        ("12 of the 27 countries", 12, 12, 12, "countries"),
        ("20 people, including 3 children", 20, 20, 20, "people"),
        ("20 people killed", 20, 20, 20, "people"),
        ("20 people killed in raids", 20, 20, 20, "people"),
        ("five (5) people", 5, 5, 5, "people"),
        ("more than 5,000 U.S. troops", 5000, 5000, None, "troops"),
        ("“dozens of people”", None, 24, None, "people"),
        ("the group's 500 fighters", 500, 500, 500, "fighters"),
        ("half the population", 0.5, 0.5, 0.5, "population"),
    ],
)
def test_figures(words: str, value: float | None, low: float | None, high: float | None, unit: str | None) -> None:
    assert read(words) == Quantity(value, low, high, unit)


@pytest.mark.parametrize("words", ["", "foo", "many", "the mayor", "S-400", "52-48"])
def test_words_without_a_number(words: str) -> None:
    assert read(words) is None


@pytest.mark.parametrize(
    ("text", "numerals"),
    [
        ("Some 2.6 million Danes and half a million Swedes left.", ["2.6 million", "half a million"]),
        ("Tens of thousands of boats, $40 billion, US$1.2bn.", ["Tens of thousands", "$40 billion", "US$1.2bn"]),
        ("70 per cent, 75% or 2 1/2 times; a third of it.", ["70 per cent", "75%", "2 1/2", "a third"]),
        (
            "Two-thirds, two thirds of us, a quarter of a million.",
            ["Two-thirds", "two thirds", "a quarter of a million"],
        ),
        ("10-15 miles, $10-$15 million, one in five.", ["10-15", "$10-$15 million", "one in five"]),
        ("Between one hundred and two hundred people.", ["one hundred", "two hundred"]),
        ("A few hundred men, several thousand, scores of cars.", ["A few hundred", "several thousand", "scores"]),
        ("3.7\u00a0million or 1\u202f300 at 5km from −3.", ["3.7\u00a0million", "1\u202f300", "5", "−3"]),
        ("It sank 1,300, then 402,113. Only 7.", ["1,300", "402,113", "7"]),
        ("Dh28 billion, RM177mil, Tk 5 crore, QR 5,000.", ["Dh28 billion", "RM177mil", "Tk 5 crore", "QR 5,000"]),
        ("R50 million and N1,200,000, but R50, N10, SR 520.", ["R50 million", "N1,200,000", "520"]),
        ("Nine of 10 limes, nine of 11; two-thirds.", ["Nine of 10", "nine", "11", "two-thirds"]),
        ("A 400-seat hall, a 20-year-old, 12 percentage points.", ["400", "20", "12 percentage points"]),
        ("The S-400, COVID-19, G20, the 1990s, 21st, 10:30, 5pm, 1/2/2019, v3.5.1, the third man.", []),
        ("He scored; they score a lot; a man; an hour; the few; many people.", []),
    ],
)
def test_numerals_in_running_text(text: str, numerals: list[str]) -> None:
    assert [found[0] for found in NUMERAL.finditer(text)] == numerals


NUMERIC = st.lists(
    st.sampled_from(
        "1 in out of 5 , . - – $ US$ Rs % per cent a an half third thirds million thousand hundred hundreds thousands "
        "tens dozen of and between to 1,300 3.7 ½ 1/2 1/0 ( ) over some nearly or so more plus km twenty few "
        "couple + × \u00a0 \u2009 ² ٣ ① 0".split(" ")
    ),
    max_size=14,
).flatmap(lambda words: st.sampled_from([" ".join(words), "".join(words), "-".join(words)]))


@given(st.one_of(NUMERIC, st.text()))
def test_any_text_is_read_or_refused(text: str) -> None:
    said = read(text)
    if said is not None:
        assert said.low is None or said.high is None or said.low <= said.high
        assert said.unit != ""
        assert said == read(f"  {text}\n")
    number(text)
    for found in NUMERAL.finditer(text):
        assert found[0].strip() == found[0] != ""


@pytest.mark.parametrize(
    "unit",
    ["1 ", "000 ", "1,", "111,", "1.", "9", "one hundred and ", "one ", "a ", "$", "3-2 and ", "(", "half of a ", "- "],
)
def test_time_is_linear(unit: str) -> None:
    def seconds(text: str) -> float:
        taken = []
        for _ in range(3):  # of the processor: what else the machine does is no part of it
            start = time.process_time()
            read(text)
            number(text)
            sum(1 for _ in NUMERAL.finditer(text))
            taken.append(time.process_time() - start)
        return min(taken)

    assert seconds(unit * 4_800) < 16 * 8 * seconds(unit * 300) + 0.1


def test_the_beginnings_of_numbers_are_told_in_every_case_there_is():
    everything = "".join(map(chr, (*range(0xD800), *range(0xE000, 0x110000))))
    for letter in ascii_lowercase:
        spelled = set(_CASES.get(letter, letter + letter.upper()))
        assert set(re.findall(letter, everything, re.IGNORECASE)) == spelled
    beginning = re.compile(_beginning(["six", "sixty", "ten", "tenth", "one"]))
    assert [bool(beginning.match(word)) for word in "SIXTEEN ſıx Ten o te twenty none".split()] == [1, 1, 1, 0, 0, 0, 0]
