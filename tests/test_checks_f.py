"""Which of two checks reports a figure, how grave, and the arithmetic of rounded figures."""

from dataclasses import replace
from fractions import Fraction

import pytest

from audit import rules
from audit.checks.figure_arithmetic import possible
from audit.checks.stated import amount
from audit.claims import claims
from audit.model import Article, Claim, Quantity, Severity, Source, Span
from audit.pipeline import audit
from audit.quantity import read
from audit.reading import Reading
from audit.rule import Rules, Settings
from tests import build, frozen

RULES = rules.load()
UNKNOWN = Source(None, None, "unattributed", "bare")


def example(code: str, text: str) -> Article:
    check = next(check for check in RULES.checks if check.code == code)
    return next(article for article in frozen.of_rule(check).read() if article.text == text)


def chosen(*codes: str) -> Rules:
    return replace(RULES, checks=tuple(check for check in RULES.checks if check.code in codes))


def codes(article: Article, *used: str) -> list[str]:
    return [finding.code for finding in audit(article, chosen(*used)).findings]


def test_casualties_are_reported_once_and_by_f001_where_f002_is_not_chosen() -> None:
    article = example("F002", "Forty people died when the bridge fell.")
    assert codes(article, "F001", "F002") == ["F002"]
    assert codes(article, "F001") == ["F001"]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("F003", "A YouGov survey shows 61 percent of voters against the bridge."),
        ("F005", "Unemployment rose from 4% to 6%, a 2% rise."),
        ("F006", "Sales are expected to reach $3 billion next year."),
    ],
)
def test_what_another_check_says_of_a_figure_f001_leaves_to_it(code: str, text: str) -> None:
    article = example(code, text)
    alone, both = (audit(article, chosen(*used)).findings for used in (("F001",), ("F001", code)))
    (told,) = [finding for finding in both if finding.code == code]
    assert not [f for f in both if f.code == "F001" and f.claim == told.claim]
    assert code == "F003" or alone


def test_figures_of_one_sentence_are_one_finding_that_counts_them() -> None:
    article = example("F004", "The number of crossings rose from 200 to 250, up 20%.")
    (found,) = audit(article, chosen("F001")).findings
    assert article.slice(found.span) == "200"
    assert found.message == (
        "“200” and 2 more figures of its sentence have no source there: say whose figures they are"
    )
    (left,) = [finding for finding in audit(article, chosen("F001", "F004")).findings if finding.code == "F001"]
    assert left.message.startswith("“200” and 1 more figure of its")


def test_an_opening_whose_figure_has_no_source_is_reported_once() -> None:
    article = example("V007", "Town empties\n\nSome 4,000 people left the town on Monday.\n\nThe roads were full.")
    assert codes(article, "F001", "V007") == ["F001"]
    assert codes(article, "V007") == ["V007"]


@pytest.mark.parametrize(
    ("severities", "expected"),
    [({}, ["warning", "info"]), ({"F001": "error"}, ["error", "warning"]), ({"F001": "info"}, ["info", "info"])],
)
def test_a_severity_that_is_set_keeps_the_steps_between_findings(
    severities: dict[str, Severity], expected: list[str]
) -> None:
    plain = example("F001", "The bridge cost $40 million.")
    carried = example("F001", "The port said 200 ships had called. Some 3,000 boxes were lost.")
    of_settings = replace(chosen("F001"), settings=Settings(severities=severities))
    assert [finding.severity for one in (plain, carried) for finding in audit(one, of_settings).findings] == expected


def test_f005_goes_before_f004() -> None:
    article = example("F005", "Unemployment rose from 4% to 6%, a 2% rise.")
    assert codes(article, "F004", "F005") == ["F005"]


def test_a_finding_says_what_the_figures_come_to() -> None:
    article = example("F004", "The number of crossings rose from 200 to 250, up 20%.")
    (message,) = [finding.message for finding in audit(article, RULES).findings if finding.code == "F004"]
    assert message == "“20%” does not fit: from 200 to 250 is 25%"


def figure(text: str) -> Claim:
    return Claim(
        "x", "figure", Span(0, len(text)), (Span(0, len(text)),), 0, None, None, UNKNOWN, "p", "high", read(text)
    )


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("250", 250, 250),
        ("250%", Fraction(499, 2), Fraction(501, 2)),
        ("1,250", 1_245, 1_255),
        ("1,253", Fraction(2505, 2), Fraction(2507, 2)),
        ("250,000", 249_500, 250_500),
        ("$3 million", 2_500_000, 3_500_000),
        ("3.7 million", 3_650_000, 3_750_000),
        ("about 200", 180, 220),
        ("nearly $3 million", 2_500_000, 3_500_000),
    ],
)
def test_an_amount_may_have_been_rounded_to_its_last_digit(text: str, low: Fraction, high: Fraction) -> None:
    article = build.article(
        text, build.sentence(text, heads=[0] * len(text.split()), deprels="root " * len(text.split()))
    )
    found = amount(article, figure(text))
    assert found is not None
    assert (found.low, found.high) == (low, high)


def test_a_change_between_rounded_amounts_is_a_range() -> None:
    texts = ("$1.2 billion", "$1.5 billion")
    both = []
    for text in texts:
        article = build.article(text, build.sentence(text, heads=[2, 0], deprels="dep root"))
        found = amount(article, figure(text))
        assert found is not None
        both.append(found)
    low, high = possible(*both, relative=True)
    assert low < 25 < high
    assert low > 10
    assert high < 40


def test_a_figure_without_a_value_is_no_amount() -> None:
    vague = replace(figure("dozens"), quantity=Quantity(None, 24, None, None))
    assert amount(build.article("dozens", build.sentence("dozens", heads=[0], deprels="root")), vague) is None


def test_a_figure_after_its_source_in_the_same_paragraph_is_only_noted() -> None:
    text = "The port said 200 ships had called. Some 3,000 boxes were lost."
    article = example("F001", text)
    (finding,) = [f for f in audit(article, RULES).findings if f.code == "F001"]
    assert finding.severity == "info"
    assert claims(Reading(article, RULES))[-1].carry_over is not None
