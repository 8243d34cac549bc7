"""What the anonymity checks report beyond whether they report: how often, how grave, and in what time."""

import time
from collections import Counter
from dataclasses import replace

import pytest

from audit import rules
from audit.checks.anonymity import chains
from audit.model import Article, Finding
from audit.pipeline import audit
from tests import build, frozen
from tests.test_linear import joined

RULES = rules.load()
CHECKS = {check.code: check for check in RULES.checks}


def example(code: str, text: str) -> Article:
    """The frozen parse of the example of a check that begins with `text`."""
    return next(article for article in frozen.of_rule(CHECKS[code]).read() if article.text.startswith(text))


def findings(code: str, article: Article) -> list[Finding]:
    """Of a check alone: others may go before it."""
    return list(audit(article, replace(RULES, checks=(CHECKS[code],))).findings)


def all_findings(article: Article, *codes: str) -> list[tuple[str, str]]:
    """The code and message of what some checks report when they are chosen together."""
    chosen = replace(RULES, checks=tuple(CHECKS[code] for code in codes))
    return [(finding.code, finding.message) for finding in audit(article, chosen).findings]


def test_one_mention_is_one_finding_that_says_what_a_vague_source_lacks():
    article = example("A004", "Officials said the bridge")
    assert all_findings(article, "A001", "A004") == [
        (
            "A001",
            "“Officials” carries 1 claim, could be anybody, and no reason for anonymity is given: "
            "say why and what places them to know, or name them",
        )
    ]
    named = example("A004", "One official, who asked not to be named because")
    assert [code for code, _ in all_findings(named, "A001", "A004")] == ["A004"]


def test_a_lede_that_rests_on_one_source_is_reported_once():
    article = example("A003", "The minister will resign on Monday")
    assert [code for code, _ in all_findings(article, "A003", "A007")] == ["A003"]
    assert [code for code, _ in all_findings(article, "A007")] == ["A007"]
    two = example("A007", "The mayor will resign after nine years in office, two officials")
    assert [code for code, _ in all_findings(two, "A003", "A007")] == ["A007"]


def test_a_chain_is_reported_once_with_all_that_it_carries():
    (found,) = findings("A001", example("A001", "Diplomatic sources said the two leaders had spoken. The call"))
    assert found.message.startswith("“Diplomatic sources” carries 3 claims")


def test_a_reason_given_later_silences_the_first_mention():
    article = example("A001", "Diplomatic sources said the two leaders had spoken.\n\n")
    assert audit(article, RULES).claims[0].source.sourcing == "anonymous"
    assert not findings("A001", article)


def test_a_reason_whose_because_was_tagged_as_coordinating_is_one():
    text = "An official said the road fell because he feared them ."
    built = build.sentence(
        text,
        heads=[2, 3, 0, 5, 6, 3, 9, 9, 3, 9, 3],
        deprels="det nsubj root det nsubj ccomp mark nsubj advcl obj punct",
        upos="DET NOUN VERB DET NOUN VERB CCONJ PRON VERB PRON PUNCT",
        xpos="DT NN VBD DT NN VBD IN PRP VBD PRP .",
        lemmas="a official say the road fall because he fear they .",
        ner=" ".join("O" * 11),
    )
    codes = {finding.code for finding in audit(build.article(text, built), rules.load()).findings}
    assert "A004" in codes
    assert "A001" not in codes


def test_familiar_with_the_matter_is_an_info_once():
    article = example("A004", "People familiar with the matter said the bridge would close. It")
    assert [(article.slice(found.span), found.severity) for found in findings("A004", article)] == [
        ("People familiar with the matter", "info"),
        ("two people close to the matter", "warning"),
    ]


@pytest.mark.parametrize(
    ("code", "text", "severity", "confidence"),
    [
        ("A004", "Officials said the bridge", "error", "high"),
        ("A004", "Ann Lee will stay", "warning", "medium"),
        ("A003", "The bank will cut 900 jobs, a manager", "error", "high"),
        ("A003", "The bank will cut 900 jobs, managers", "warning", "high"),
    ],
)
def test_severity(code: str, text: str, severity: str, confidence: str):
    (found,) = findings(code, example(code, text))
    assert (found.severity, found.confidence) == (severity, confidence)


def test_an_attack_is_shown_at_its_word():
    article = example("A005", "“He is a bully,” an aide")
    assert [article.slice(found.span) for found in findings("A005", article)] == ["bully"]


def test_seeds():
    found = Counter(
        (article.name[:3], finding.code, article.slice(finding.span))
        for article in frozen.of_seeds().read()
        for finding in audit(article, RULES).findings
        if finding.code.startswith("A")
    )
    assert found == Counter(
        [
            ("000", "A001", "aid workers and witnesses"),
            ("000", "A001", "Senior U.N. officials"),
            ("002", "A001", "A Turkish official"),
            ("002", "A007", "A Turkish official"),
            ("003", "A001", "Some of the recently displaced people"),
        ]
    )


def test_no_chain_holds_a_claim_of_somebody_named():
    for article in [*frozen.of_seeds().read(), *frozen.of_rule(CHECKS["A001"]).read()]:
        for chain in chains(article, audit(article, RULES).claims, RULES, thoughts=True):
            assert {claim.source.sourcing for claim in chain.claims} == {"anonymous"}


def test_time_is_linear_in_the_number_of_anonymous_sources():
    texts = [article for code, check in CHECKS.items() if code[0] == "A" for article in frozen.of_rule(check).read()]

    def seconds(article: Article) -> float:
        taken = []
        for _ in range(3):
            start = time.process_time()
            audit(article, RULES)
            taken.append(time.process_time() - start)
        return min(taken)

    assert seconds(joined(texts * 16)) < 2 * 8 * seconds(joined(texts * 2))
