"""Every example of every rule file, on frozen parses: one test each, named speech.said-that[2]."""

from dataclasses import replace

import pytest

from audit import examples, parse, rules
from audit.rule import Check, Pattern
from tests import frozen

RULES = rules.load(all_cues=True)
EVERY = [*RULES.patterns, *RULES.checks]
CASES = [
    pytest.param(rule, number, id=article.name)
    for rule in EVERY
    for number, article in enumerate(examples.articles(rule))
]


@pytest.mark.parametrize(("rule", "number"), CASES)
def test_example(rule: Pattern | Check, number: int) -> None:
    parses = frozen.of_rule(rule)
    assert not parses.stale, "the examples have changed: run python -m tests.frozen"
    article, wrong = list(examples.verdicts(rule, parses.read(), RULES))[number]
    assert wrong is None, f"{article.text}\n{rule.path}: {wrong}"


@pytest.mark.parametrize(
    ("code", "message", "wrong"),
    [
        ("V003", "“$wordz”", '$wordz (did you mean "words"?); hedge-for-attribution gives $words'),
        ("V003", "$$5 for “${words}”", None),
        ("H003", "$who", "$who; unused-or-bare-suppression gives $check, $trouble, $what"),
    ],
)
def test_a_message_has_no_blank_that_nothing_fills(code: str, message: str, wrong: str | None) -> None:
    check = replace(next(check for check in RULES.checks if check.code == code), message=message)
    found = [said for _, said in examples.verdicts(check, frozen.of_rule(check).read(), RULES)]
    expected = [f"message: nothing fills {wrong}" if wrong and example.bad else None for example in check.examples]
    assert found == expected


@pytest.mark.parametrize("check", RULES.checks, ids=lambda check: check.code)
def test_a_check_shows_what_it_reports_and_what_it_lets_pass(check: Check) -> None:
    bad = [example.text for example in check.examples if example.bad]
    good = [example.text for example in check.examples if not example.bad]
    assert len(set(bad)) >= 3 and len(set(good)) >= 3


def test_no_parse_is_left_of_what_is_gone() -> None:
    assert set(frozen.FOLDER.glob("*.conllu")) == {parses.path for parses in frozen.everything()}


@pytest.mark.model
def test_frozen_parses_are_those_of_the_model(parser: parse.Parser) -> None:
    """Processors round sums differently, which may turn a close decision of the parser; a new model turns many."""
    words = turned = 0
    for parses in frozen.everything():
        for old, new in zip(parses.read(), parse.parse(parser, parses.articles), strict=True):
            before = {
                word.span: (word.upos, word.head, word.deprel, word.ner) for s in old.sentences for word in s.words
            }
            after = {
                word.span: (word.upos, word.head, word.deprel, word.ner) for s in new.sentences for word in s.words
            }
            words += len(before)
            turned += sum(after.get(span) != word for span, word in before.items())
    assert turned <= words / 100, "the model has changed: delete tests/parses and run python -m tests.frozen"
