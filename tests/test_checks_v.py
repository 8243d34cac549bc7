"""What the settings make of V001 and V006, and how grave their findings are; on the frozen examples."""

from dataclasses import replace

import pytest

from audit import rules
from audit.model import Article, Finding
from audit.pipeline import audit
from audit.rule import Settings
from tests import frozen

RULES = rules.load()


def examples(code: str) -> list[Article]:
    return frozen.of_rule(next(check for check in RULES.checks if check.code == code)).read()


def found(code: str, text: str, settings: Settings) -> list[Finding]:
    article = next(article for article in examples(code) if article.text == text)
    return [f for f in audit(article, replace(RULES, settings=settings)).findings if f.code == code]


@pytest.mark.parametrize(
    ("text", "tier"),
    [
        ("Lee claimed that the bridge was safe.", "doubt"),
        ("The mayor admitted that the bridge was late.", "guilt"),
        ("Lee pointed out that the bridge was old.", "endorse"),
        ("“It is a disgrace,” Lee fumed.", "heat"),
        ("The minister refuted the allegation on Monday.", "wrong"),
        ("A Gallup poll shows that voters want the bridge.", "endorse"),
    ],
)
def test_a_tier_is_reported_when_it_is_asked_for(text: str, tier: str) -> None:
    others = tuple(other for other in Settings().loaded_verbs if other != tier)
    (finding,) = found("V001", text, Settings(loaded_verbs=(tier,)))
    assert f"(tier {tier})" in finding.message
    assert not found("V001", text, Settings(loaded_verbs=others))


@pytest.mark.parametrize(("chosen", "reported"), [(("V005",), ["V005"]), (("V005", "V006"), ["V006"])])
def test_reports_of_an_unnamed_press_are_left_to_v006_where_it_is_chosen(
    chosen: tuple[str, ...], reported: list[str]
) -> None:
    article = next(article for article in examples("V005") if article.text.startswith("Media reports"))
    rules_ = replace(RULES, checks=tuple(check for check in RULES.checks if check.code in chosen))
    assert [finding.code for finding in audit(article, rules_).findings] == reported


@pytest.mark.parametrize(
    ("own", "reported"),
    [((), True), (("Reuters",), False), (("Reuters news agency",), False), (("The Daily Bridge",), True)],
)
def test_our_own_outlet_is_no_second_hand_source(own: tuple[str, ...], reported: bool) -> None:
    text = "Lee told Reuters that the bridge was closed."
    assert bool(found("V006", text, Settings(outlets=own))) == reported


def test_an_outlet_without_a_name_is_an_error() -> None:
    graver = {a.text: [f.severity for f in audit(a, RULES).findings if f.code == "V006"] for a in examples("V006")}
    assert graver["Media reports said the bridge was closed."] == ["error"]
    assert graver["The bridge was closed, according to local media."] == ["error"]
    assert graver["The New York Times reported that the bridge was closed."] == ["warning"]


def test_what_our_own_outlet_has_learned_hides_its_source_too() -> None:
    text = "Reuters has learned that the mayor will resign."
    assert found("V002", text, Settings(outlets=("Reuters",)))
