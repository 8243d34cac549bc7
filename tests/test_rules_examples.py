"""Every example of every rule file, on frozen parses: one test each, named speech.said-that[2]."""

import pytest

from audit import examples, parse, rules
from audit.rule import Check, Pattern
from tests import frozen

RULES = rules.load()
EVERY = [*RULES.patterns, *RULES.checks]
CASES = [
    pytest.param(rule, number, id=article.name)
    for rule in EVERY
    for number, article in enumerate(examples.articles(rule))
]


@pytest.mark.parametrize(("rule", "number"), CASES)
def test_example(rule: Pattern | Check, number: int) -> None:
    assert not frozen.stale(rule), "the examples have changed: run python -m tests.frozen"
    article, wrong = list(examples.verdicts(rule, frozen.read(rule), RULES))[number]
    assert wrong is None, f"{article.text}\n{rule.path}: {wrong}"


def test_no_parse_is_left_of_a_rule_that_is_gone() -> None:
    assert set(frozen.FOLDER.glob("*.conllu")) == set(map(frozen.path, EVERY))


@pytest.mark.model
def test_frozen_parses_are_those_of_the_model(parser: parse.Parser) -> None:
    drifted = [
        rule
        for rule in EVERY
        if [a.sentences for a in frozen.read(rule)]
        != [a.sentences for a in parse.parse(parser, examples.articles(rule))]
    ]
    assert not drifted, "the model has changed: delete tests/parses and run python -m tests.frozen"
