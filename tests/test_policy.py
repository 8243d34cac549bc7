"""Which checks are left of several layers of choices, how severe they are, and who says so."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit import policy, rules
from audit.policy import Layer
from audit.rule import Choice, Policy

CODES = ("A001", "A004", "F001", "Q001", "V002")


def a_policy(name, **choice):
    return Policy(name, "", "", Choice(**choice), Path(f"{name}.toml"))


BASE = a_policy("base", select=("A", "Q001"), outlets=("The Base",))
STRICT = a_policy("strict", select=("ALL",), loaded_verbs=("doubt",))


def used(*layers, base=BASE, own=()):
    checks = rules.load().checks
    found = policy.verdicts(policy.stacked(layers, base, own), checks)
    return [code for code in CODES if found[code].used]


def said(origin="settings", policy=None, **choice):
    return Layer(origin, Choice(**choice), policy)


def test_a_policy_chooses_by_code_and_by_beginning():
    assert used() == ["A001", "A004", "Q001"]
    assert used(base=STRICT) == list(CODES)


def test_select_makes_what_was_chosen_before_count_no_more():
    assert used(said(select=("F",))) == ["F001"]
    assert used(said(select=())) == []
    assert used(said(ignore=("A",)), said(select=("A001",))) == ["A001"]
    assert used(said(select=("A",), ignore=("A001",))) == ["A004"]


def test_extend_and_ignore_change_what_was_chosen():
    assert used(said(extend=("V",))) == ["A001", "A004", "Q001", "V002"]
    assert used(said(ignore=("A001", "Q"))) == ["A004"]
    assert used(said(ignore=("ALL",)), said(extend=("F001",))) == ["F001"]


def test_of_two_selectors_in_one_place_the_longer_one_counts():
    assert used(said(extend=("A004",), ignore=("A",))) == ["A004", "Q001"]
    assert used(said(select=("ALL",), ignore=("A", "A00"), extend=("A001",))) == ["A001", "F001", "Q001", "V002"]
    assert used(said(select=("A001",), ignore=("A001",))) == []


def test_a_policy_sets_aside_what_was_chosen_before_it_but_not_who_we_are():
    layers = policy.stacked(
        [
            said("file", select=("F",), severity=(("A", "info"),), outlets=("The Daily",)),
            said("line", policy=STRICT, ignore=("V",)),
        ],
        BASE,
    )
    found = policy.verdicts(layers, rules.load().checks)
    assert [code for code in CODES if found[code].used] == ["A001", "A004", "F001", "Q001"]
    assert found["A001"].severity is None
    assert found["A001"].origin == "policy strict (line)" and found["V002"].origin == "line"
    assert policy.outlets(layers) == (("The Daily",), "file")
    assert policy.loaded_verbs(layers) == (("doubt",), "policy strict (line)")


def test_a_choice_beside_a_policy_is_of_that_policy():
    assert used(said(policy=STRICT, ignore=("A",))) == ["F001", "Q001", "V002"]


def test_checks_of_ones_own_are_used_under_any_policy_and_can_be_ignored():
    assert used(own=("F001",)) == ["A001", "A004", "F001", "Q001"]
    assert used(said(ignore=("F001",)), own=("F001",)) == ["A001", "A004", "Q001"]
    assert used(said(select=("A001",)), own=("F001",)) == ["A001"]


def test_the_severity_said_last_holds_and_in_one_place_the_closest():
    layers = policy.stacked([said("a", severity=(("A", "info"), ("A004", "warning"))), said("b", severity=())], STRICT)
    found = policy.verdicts(layers, rules.load().checks)
    assert (found["A001"].severity, found["A004"].severity, found["F001"].severity) == ("info", "warning", None)
    assert (found["A001"].severity_origin, found["F001"].severity_origin) == ("a", "the check")
    last = policy.verdicts([*layers, said("c", severity=(("ALL", "error"),))], rules.load().checks)
    assert last["A004"].severity == "error" and last["A004"].severity_origin == "c"


def test_what_is_applied_is_what_is_left():
    loaded = rules.load()
    layers = policy.stacked([said(select=("A",), severity=(("A004", "info"),), outlets=("The Daily",))], BASE)
    left = policy.applied(loaded, layers)
    assert [check.code for check in left.checks] == [check.code for check in loaded.checks if check.code[0] == "A"]
    assert left.settings.severities == {"A004": "info"}
    assert left.settings.outlets == ("The Daily",)
    assert left.settings.loaded_verbs == loaded.settings.loaded_verbs
    assert left.patterns is loaded.patterns


@pytest.mark.parametrize(
    ("selector", "wrong"),
    [
        ("A001", None),
        ("A", None),
        ("A00", None),
        ("ALL", None),
        ("a004", 'no check "a004" (did you mean "A004"?)'),
        ("A0001", 'no check "A0001" (did you mean "A001"?)'),
        ("all", 'no check "all" (did you mean "ALL"?)'),
        ("", 'no check ""'),
    ],
)
def test_a_selector_must_be_the_beginning_of_a_code(selector, wrong):
    assert policy.unknown(selector, CODES) == wrong


_SELECTORS = st.lists(st.sampled_from(["ALL", "A", "A0", "A001", "A004", "F", "F001", "Q", "V002"]), max_size=3)
_CHOICES = st.builds(
    Choice, st.none() | _SELECTORS.map(tuple), _SELECTORS.map(tuple), _SELECTORS.map(tuple), st.just(())
)


@given(st.lists(_CHOICES, max_size=4), _SELECTORS)
def test_whatever_was_said_before_a_select_makes_no_difference(choices, select):
    last = said(select=tuple(select))
    assert used(*(Layer("", choice) for choice in choices), last) == used(last)


@given(st.lists(_CHOICES, max_size=4), st.sampled_from(CODES))
def test_a_code_that_is_ignored_last_is_not_used(choices, code):
    assert code not in used(*(Layer("", choice) for choice in choices), said(ignore=(code,)))
