"""Claims and rules into what a person reads about them."""

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wcwidth import wcswidth, wcwidth

import audit
from audit import pipeline, rules
from audit.cli import arguments
from audit.model import Source, Span
from audit.report import arcs, marked, to_explanation, to_rule
from audit.rule import Check, Pattern
from tests import build, frozen, strategies
from tests.test_report import AUDIT

RULES = rules.load(all_cues=True)
EXAMPLES = [
    article for rule in (*RULES.patterns, *RULES.checks) for article in frozen.of_rule(rule).read() if article.sentences
]
MENTION = AUDIT.claims[2].source.mention


# Arcs


SENTENCE = build.sentence(
    "According to the ministry , the old bridge was closed .",
    heads=[4, 1, 4, 10, 4, 8, 8, 10, 10, 0, 10],
    deprels="case fixed det obl punct det amod nsubj:pass aux:pass root punct",
    upos="VERB ADP DET NOUN PUNCT DET ADJ NOUN AUX VERB PUNCT",
)


def test_arcs_point_from_a_word_to_its_dependent():
    words = SENTENCE.words
    assert arcs.between(SENTENCE, words[0], words[3]) == "According <-case- ministry"
    assert arcs.between(SENTENCE, words[9], words[3]) == "closed -obl-> ministry"
    assert arcs.between(SENTENCE, words[0], words[6]) == (
        "According <-case- ministry <-obl- closed -nsubj:pass-> bridge -amod-> old"
    )
    assert arcs.between(SENTENCE, words[3], words[3]) == "ministry"


@given(strategies.sentences(), st.data())
def test_arcs_lead_from_one_word_to_the_other(built, data):
    words = tuple(replace(word, form=f"w{word.index}") for word in built[1].words)
    sentence = replace(built[1], words=words)
    one, other = data.draw(st.sampled_from(words)), data.draw(st.sampled_from(words))
    forms, steps = re.findall(r"\bw(\d+)\b", line := arcs.between(sentence, one, other)), re.findall(r" [<-]\S+", line)
    path = [words[int(form) - 1] for form in forms]
    assert (path[0], path[-1]) == (one, other) and len(set(path)) == len(path) == len(steps) + 1
    for (word, following), step in zip(pairwise(path), steps, strict=True):
        up = step.startswith(" <-")
        below, above = (word, following) if up else (following, word)
        assert below.head == above.index and step == (f" <-{below.deprel}-" if up else f" -{below.deprel}->")


def test_the_head_of_a_phrase_is_the_word_that_the_others_hang_from():
    assert arcs.head(SENTENCE, Span(13, 24)) == SENTENCE.words[3]  # the ministry
    assert arcs.head(SENTENCE, Span(27, 41), Span(46, 52)) == SENTENCE.words[9]
    assert arcs.head(SENTENCE, Span(25, 26)) is None  # the comma


# Marks


def test_marks_stand_under_their_words():
    text = "The ministry said that\nthe bridge was\x07 closed."
    marks = [("=", [Span(13, 17)]), ("^", [Span(23, 45)]), (".", [Span(18, 45)])]
    assert marked.render(text, Span(0, len(text)), marks, lead="   1  ", width=30) == (
        "   1  The ministry said that\n"
        "                   ==== ....\n"
        "      the bridge was� closed.\n"
        "      ^^^^^^^^^^^^^^^^^^^^^^"
    )


@given(st.text("ab 漢é\n\t\u200b😀", min_size=1, max_size=60), st.data(), st.integers(26, 60))
def test_marks_stand_under_just_the_characters_of_their_span(text, data, width):
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    drawn = marked.render(text, Span(0, len(text)), [("^", [Span(start, end)])], lead="   1  ", width=width)
    found = ""
    above = ""
    for row in drawn.split("\n") if drawn else []:
        assert wcswidth(row) <= width
        if set(row) <= {" ", "^"}:
            column = 0
            for character in above:
                found += character if row[column : column + 1] == "^" else ""
                column += max(wcwidth(character), 0)
        above = row
    assert "".join(found.split()) == "".join(text[start:end].replace("\u200b", "").split())


# Claims


def explained(article, **fields) -> str:
    audited = pipeline.audit(article, RULES)
    (claim,) = [claim for claim in audited.claims if all(getattr(claim, key) == value for key, value in fields.items())]
    return to_explanation.render(audited, claim, patterns=RULES.patterns, checks=RULES.checks)


def of_pattern(name: str):
    """The first example of a pattern, parsed."""
    return frozen.of_rule(next(pattern for pattern in RULES.patterns if pattern.id == name)).read()[0]


def test_an_explanation_as_an_editor_reads_it():
    explanation = explained(of_pattern("speech.said-that"))
    path = next(pattern.path for pattern in RULES.patterns if pattern.id == "speech.said-that")
    assert re.sub(r"indirect [0-9a-f]{12}", "indirect ID", explanation) == (
        "speech.said-that[0]:1:24: indirect ID\n"
        "\n"
        "   1  The ministry said that the bridge was closed.\n"
        "      ~~~~~~~~~~~~ ====      ^^^^^^^^^^^^^^^^^^^^^\n"
        "      === cue   ~~~ source   ^^^ claim\n"
        "\n"
        "source    said -nsubj-> ministry\n"
        "content   said -ccomp-> closed\n"
        "found by  speech.said-that (priority 50): A verb of saying governs a clause: X\n"
        "          said (that) Y; “Y,” X said; “Y,” said X.\n"
        f"file      {path}\n"
        "sourcing  named (organization): “The ministry” names ministry\n"
        "sure?     high: the tree and the word lists agree\n"
        "\n"
        "No check found anything about it.\n"
    )


def test_the_sourcing_of_the_seeds_in_words():
    texts = [
        to_explanation.render(audited, claim, patterns=RULES.patterns, checks=RULES.checks)
        for audited in (pipeline.audit(article, RULES) for article in frozen.of_seeds().read())
        for claim in audited.claims
    ]
    words = [" ".join(text.split()) for text in texts]
    director = "“the head of Syria's Response Coordination Group” points to Mohammad Hallaj, named in line 3"
    assert any(f"sourcing named (person): {director} sure?" in text for text in words)
    assert any("unattributed (agentless): “feared” leaves out who says so" in text for text in words)
    assert any(
        "unattributed (carry-over): no source in its sentence; readers would take it to be" in text for text in words
    )
    assert any("V002 error: “It is feared”" in text and 'why "It is understood"' in text for text in words)
    assert [line for text in texts for line in text.splitlines() if len(line) > 80 and "/" not in line] == []


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (Source(MENTION, "Ann Lee", "named", "person"), "named (person): “Mayor Ann Lee” names Ann Lee"),
        (Source(MENTION, "Jo Roe", "named", "person"), "named (person): “Mayor Ann Lee” points to Jo Roe"),
        (
            Source(MENTION, None, "named", "person", "2 candidates: A, B"),
            "named (person): “Mayor Ann Lee” is somebody whom the article names, but it does not say whom; open: 2"
            " candidates: A, B",
        ),
        (
            Source(MENTION, "mayor", "anonymous", "explicit"),
            "anonymous (explicit): of “Mayor Ann Lee” the article says that the name is withheld",
        ),
        (
            Source(MENTION, "x", "anonymous", "group"),
            "anonymous (group): “Mayor Ann Lee” are several, none of them named",
        ),
        (Source(MENTION, "x", "anonymous", "document"), "anonymous (document): nobody is named for “Mayor Ann Lee”"),
        (
            Source(MENTION, "x", "anonymous", "role"),
            "anonymous (role): “Mayor Ann Lee” says what the source is, not who",
        ),
        (
            Source(None, None, "unattributed", "bare"),
            "unattributed (bare): nobody is cited for it",
        ),
        (Source(None, None, "unattributed", "agentless"), "unattributed (agentless): “said” leaves out who says so"),
    ],
    ids=["person", "pronoun", "unresolved", "explicit", "group", "document", "role", "bare", "agentless"],
)
def test_every_sourcing_has_words(source, words):
    claim = replace(AUDIT.claims[2], source=source, pattern="quotes.label")
    text = to_explanation.render(AUDIT, claim, patterns=(), checks=(), width=200)
    assert f"sourcing  {words}\n" in text
    assert "found by  quotes.label: a name or role with a colon stands before the quotation\n" in text


def test_what_finds_claims_without_a_rule_file_is_told_in_words():
    package = Path(audit.__file__).parent
    sources = "".join(path.read_text(encoding="utf-8") for path in package.glob("*.py"))
    assert set(re.findall(r'"((?:quotes|figures)\.[a-z-]+)"', sources)) == set(to_explanation.WITHOUT_FILE)


@settings(max_examples=40)
@given(strategies.articles() | strategies.collages(EXAMPLES))
def test_every_claim_of_any_article_can_be_explained(article):
    audited = pipeline.audit(article, RULES)
    for claim in audited.claims:
        text = to_explanation.render(audited, claim, patterns=RULES.patterns, checks=RULES.checks)
        assert claim.id in text.splitlines()[0]
        assert all(finding.code in text for finding in audited.findings if finding.claim == claim.id)
    assert len(to_explanation.listed(audited, width=80).splitlines()) == len(audited.claims)


# Rules


@pytest.mark.parametrize(
    "rule", [*RULES.patterns, *RULES.checks], ids=lambda rule: getattr(rule, "code", None) or rule.id
)
def test_a_rule_is_told_whole(rule: Check | Pattern):
    text = to_rule.of_check(rule, ["wire"], width=80) if isinstance(rule, Check) else to_rule.of_pattern(rule, width=80)
    words = " ".join(text.split())
    assert " ".join(rule.why.split()) in words and " ".join(rule.summary.split()) in words
    assert str(rule.path) in text
    plain = words
    while plain != (plain := re.sub(r"\{\w+\|([^{}]*)\}", r"\1", plain)):
        pass
    for example in rule.examples:
        assert " ".join(example.text.split()) in plain
    if isinstance(rule, Check):
        assert all(reference.url in text.split() for reference in rule.references if reference.url)
        assert "$words" not in text


def test_rules_are_told_by_code_name_or_id(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    code, out, err = run("rules", "a004", "speech.vowed-to")
    assert (code, err) == (0, "")
    assert out.startswith("A004 vague-anonymous-source (error)\n") and "\nspeech.vowed-to (indirect, priority" in out
    assert "finds     {source|The mayor} has repeatedly {cue|vowed} {content|to reopen the\n" in out
    assert run("rules", "vague-anonymous-source") == run("rules", "A004")


def test_a_rule_that_is_none_is_answered_with_the_nearest(run):
    code, out, err = run("rules", "A04", "speech.vowd-to", "Q")
    assert (code, out) == (2, "")
    assert 'no check or pattern "A04" (did you mean "A004"?)' in err
    assert 'no check or pattern "speech.vowd-to" (did you mean "speech.vowed-to"?)' in err
    assert 'no check or pattern "Q"; "quote-audit rules" lists all' in err


def test_rules_are_told_or_tried_and_not_both(run):
    code, _, err = run("rules", "--test", "A004")
    assert code == 2 and "not allowed with argument" in err
    assert arguments.parser().parse_args(["rules", "--test"]).names == []
