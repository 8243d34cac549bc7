"""The checks of quotations and of hygiene, where an example of a rule file does not show it."""

import time
from dataclasses import replace

import pytest

from audit import checks, ingest, pipeline, rules
from audit.checks.hit import Hit
from audit.checks.marked import marked
from audit.checks.view import View
from audit.model import Claim, Source, Span
from audit.reading import Reading
from tests import frozen

RULES = rules.load()
MINE = [check for check in RULES.checks if check.code[0] in "QH" and check.detect in checks.DETECTORS]
BAD = [(check, number) for check in MINE for number, example in enumerate(check.examples) if example.bad]


def hits(detect: str, text: str, *found: Claim) -> list[Hit]:
    """What a check finds in a text that no parser has read."""
    return list(checks.DETECTORS[detect](View(Reading(ingest.article("a.txt", text), RULES), found)))


def direct(text: str, start: int, end: int) -> Claim:
    source = Source(None, "Ann Lee", "named", "person")
    span = Span(start, end)
    return Claim("1", "direct", span, (span,), 0, None, "speech", source, "speech.said-that", "high")


@pytest.mark.parametrize(("check", "number"), BAD, ids=lambda value: getattr(value, "code", value))
def test_a_fault_is_reported_once(check, number):
    article = frozen.of_rule(check).read()[number]
    found = pipeline.audit(article, RULES).findings
    assert len([finding for finding in found if finding.code == check.code]) == 1


def test_scare_quotes_and_unattributed_quotations_are_not_the_same_places():
    for check in MINE:
        for article in frozen.of_rule(check).read():
            found = pipeline.audit(article, RULES).findings
            places = [finding.span for finding in found if finding.code in ("Q001", "Q005")]
            assert len(places) == len(set(places))


@pytest.mark.parametrize(
    "text",
    [
        "The leaders' plan, the drivers' bridge and Ann's shop.",
        "It dates from the '90s, rock 'n' roll and all, and isn't 6' 2\" wide.",
        "“The ‘bridge’ is closed,” she said.",
        "“It is closed.\n\n“It stays closed.”",
        "“It is closed.\n\n(AP Photo/Ann Lee)\n\n“It stays closed.”",
        'A 5" pipe and a 6" one.',
    ],
)
def test_marks_that_pair_are_let_pass(text):
    assert hits("unbalanced-quote-marks", text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“It is closed, she said on the bridge on Monday.", ["“It is closed, she said on"]),
        ("It is closed,” she said.", ["It is closed,”"]),
        ("Ann Lee said that the old bridge was closed.” It stays so.", ["that the old bridge was closed.”"]),
        ("“It is “closed.”", ["“It is “closed.”"]),
        ("“The ‘bridge is closed,” she said.", ["‘bridge is closed,” she said."]),
        ("“It is closed.\n\nIt stays closed.", ["“It is closed."]),
        ("“It is closed.\n\nAnn Lee, engineer”", ["“It is closed."]),  # one fault, though neither mark pairs
        ("“A,” she said. “B.\n\n“C,” she said. “D.", ["“D."]),
    ],
)
def test_the_first_mark_of_a_paragraph_that_pairs_with_nothing_is_reported_with_its_words(text, words):
    assert [text[hit.span.start : hit.span.end] for hit in hits("unbalanced-quote-marks", text)] == words


def test_a_quotation_beside_a_stray_mark_is_an_uncertain_finding():
    text = "Mayor warns of ‘total chaos’{}\n\nThe mayor said that there would be “some confusion” on the bridge."
    assert [hit.confidence for hit in hits("headline-quote-not-in-text", text.format(""))] == ["high"]
    assert [hit.confidence for hit in hits("headline-quote-not-in-text", text.format(" on “bridge"))] == ["low"]


@pytest.mark.parametrize(
    ("spoken", "changes"),
    [
        ("“We came [to the bridge] and saw.”", "[to the bridge]"),
        ("“[T]hey came.”", None),
        ("“They came … and saw.”", None),
        ("“… they came.”", "an ellipsis"),
        ("“They came . . . and saw … and won.”", "2 ellipses"),
        ("“They [the council] came ...”", "[the council] and an ellipsis"),
        ("“He (Lee) came.”", "(Lee)"),
        ("“He came (to the bridge).”", None),
        ("“He came (APPLAUSE) and saw.”", None),
        ("“They was [sic] there.”", None),
    ],
)
def test_what_has_been_changed_in_a_quotation(spoken, changes):
    found = hits("altered-quote", f"{spoken} she said", direct(spoken, 0, len(spoken)))
    assert [hit.words["changes"] for hit in found] == ([changes] if changes else [])


@pytest.mark.parametrize("filling", ["[ ", "[[", "( ", "[a", "… ", ". . "])
def test_a_quotation_of_any_marks_is_read_at_once(filling):
    spoken = f"“{filling * 30_000}”"
    start = time.process_time()
    hits("altered-quote", spoken, direct(spoken, 0, len(spoken)))
    assert time.process_time() - start < 1.5


def test_the_headline_may_shorten_what_was_said_and_join_it_across_the_cue():
    text = "Mayor: ‘It is closed, it stays closed’\n\n“It is closed,” the mayor said. “It stays closed for now.”"
    assert hits("headline-quote-not-in-text", text) == []
    assert len(hits("headline-quote-not-in-text", text.replace("‘It is closed", "‘It was shut"))) == 1


def test_a_quotation_of_no_words_in_the_headline_is_none():
    assert hits("headline-quote-not-in-text", "The bridge is “,” closed\n\nThe bridge is “closed”.") == []


def test_bylines_and_boilerplate_have_no_marks_to_pair():
    article = ingest.article("a.txt", "By Ann Lee for “The Post\n\nThe bridge is closed.\n\nThe road is “open”.")
    assert marked(Reading(article, RULES)).unpaired == {}
    bodies = tuple(replace(paragraph, section="body") for paragraph in article.paragraphs)
    assert list(marked(Reading(replace(article, paragraphs=bodies), RULES)).unpaired) == [0]
