"""What files declare beside their prose: whose names these are, and what an audit makes of them."""

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit import pipeline, rules
from audit.declarations import over, people, quoted, same_body, same_person, written
from audit.model import AS_DECLARED, Article, Audit, Claim, Declared, Source, Span
from audit.reading import titles
from audit.report import of_claims, to_explanation
from tests import build, frozen, strategies

RULES = rules.load()
WORLD = RULES.gazetteer
TITLES = titles(RULES)
H004 = next(check for check in RULES.checks if check.code == "H004")


# Names


@pytest.mark.parametrize(
    ("declared", "name"),
    [
        ("Ann Lee", "Ann Lee"),
        ("LEE, Ann", "Ann Lee"),
        ("Lee, Ann B.", "Ann B. Lee"),
        ("ANN LEE", "Ann Lee"),
        ("ann lee", "Ann Lee"),
        ("  Mayor\n Ann  Lee ", "Ann Lee"),
        ("Dr. Ann Lee", "Ann Lee"),
        ("Ann Lee, mayor of Springfield", "Ann Lee"),
        ("Ann Lee, MP", "Ann Lee"),
        ("GARCÍA LÓPEZ, Maria", "Maria García López"),
        ("Lee", "Lee"),
        ("Lee,", "Lee"),
        (", Lee", "Lee"),
        (",", ","),
    ],
)
def test_a_name_as_prose_has_it(declared, name):
    assert written(declared, WORLD, TITLES) == name


@pytest.mark.parametrize(
    "other", ["Ann Lee", "LEE, Ann", "Mayor Ann Lee", "Mrs. Lee", "Ann B. Lee", "A. Lee", "Ánn Lee Jr.", "Lee Ann"]
)
def test_title_honorific_initial_order_and_case_make_no_difference(other):
    assert same_person("Ann Lee", other, TITLES) and same_person(other, "Ann Lee", TITLES)


@pytest.mark.parametrize("other", ["Bob Lee", "Ann Reed", "B. Lee", "Mayor", "", "—"])
def test_other_names_differ(other):
    assert not same_person("Ann Lee", other, TITLES)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("the World Health Organization", "WHO", True),
        ("Bridge Drivers' Union", "Drivers' Union", True),
        ("Springfield Bridge Union", "SBU", True),
        ("the Kremlin", "Russia", True),
        ("Red Cross", "World Health Organization", False),
        ("", "WHO", False),
    ],
)
def test_bodies(one, other, same):
    assert same_body(one, other, WORLD) is same_body(other, one, WORLD) is same


def test_people_have_a_rank_and_a_full_name():
    declared = [
        Declared("LEE, Ann", "person", "deputy mayor of Springfield"),
        Declared("Ann Lee", "person", "Deputy Mayor of Springfield"),
        Declared("Lee", "person", "mayor"),
        Declared("City Council", "organization"),
    ]
    (lee,) = people(declared, WORLD, TITLES)
    assert (lee.name, lee.words, lee.rank) == ("Ann Lee", ("ann", "lee"), "mayor")
    assert lee.title == {"deputy", "mayor", "springfield"}


def test_words_are_given_to_the_innermost_declaration():
    article = Article(
        "a.xml", "x" * 40, (), declared=(
            Declared("Tom Reed", "quote", None, Span(0, 40)),
            Declared("Ann Lee", "quote", None, Span(5, 15)),
            Declared("LEE, Ann", "quote", None, Span(5, 15)),
            Declared("City Council", "quote", None, Span(20, 30)),
        ),
    )  # fmt: skip
    found = quoted(article, WORLD, TITLES, RULES.lexicons["body"])
    assert [(one.span, one.names) for one in found] == [
        (Span(5, 15), (("Ann Lee", "person"),)), (Span(20, 30), (("City Council", "organization"),)),
    ]  # fmt: skip
    assert over(found, Span(4, 16)) is found[0] and over(found, Span(12, 19)) is None and over((), Span(0, 1)) is None


names = st.text("LEeAannBb.,-'’ \n\u00e9İß()0", max_size=12) | st.text(max_size=12)


@given(names, names)
def test_any_names_can_be_compared(one, other):
    assert same_person(one, other, TITLES) == same_person(other, one, TITLES)
    assert same_body(one, other, WORLD) == same_body(other, one, WORLD)
    assert same_person(one, one.upper().lower(), TITLES) or not same_person(one, one, TITLES) or not one.isascii()
    assert isinstance(written(one, WORLD, TITLES), str)


# Audits


def said(subject: str, upos: str, ner: str, heads: list[int], deprels: str, *declared: Declared, **columns) -> Claim:
    """The one report of "SUBJECT said the bridge was closed ." in a file that declares those."""
    size = len(subject.split())
    sentence = build.sentence(
        f"{subject} said the bridge was closed .",
        heads=[*heads, 0, size + 3, size + 5, size + 5, size + 1, size + 1],
        deprels=f"{deprels} root det nsubj:pass aux:pass ccomp punct",
        upos=f"{upos} VERB DET NOUN AUX VERB PUNCT",
        xpos=f"{columns['xpos']} VBD DT NN VBD VBN .",
        lemmas=f"{subject.lower()} say the bridge be close .",
        ner=f"{ner} O O O O O O",
    )
    article = build.article(f"{subject} said the bridge was closed .", sentence)
    (claim,) = pipeline.audit(replace(article, declared=declared), RULES).claims
    return claim


LEE = Declared("LEE, Ann", "person", "mayor of Springfield")


def of_lee(*declared: Declared) -> Source:
    return said("Lee", "PROPN", "S-Person", [2], "nsubj", *declared, xpos="NNP").source


def of_the_mayor(*declared: Declared) -> Source:
    return said("The mayor", "DET NOUN", "O O", [2, 3], "det nsubj", *declared, xpos="DT NN").source


def test_a_last_name_alone_is_completed_by_the_file():
    assert (of_lee().speaker, of_lee(LEE).speaker) == ("Lee", "Ann Lee")
    assert of_lee(Declared("Tom Reed", "person")).speaker == "Lee"
    assert of_lee(LEE, Declared("Bob Lee", "person")).speaker == "Lee"  # either


def test_a_title_alone_is_given_the_name_of_whom_the_file_says_it():
    assert (of_the_mayor().speaker, of_the_mayor().sourcing) == ("mayor", "anonymous")
    found = of_the_mayor(LEE)
    assert (found.speaker, found.sourcing, found.detail) == ("Ann Lee", "named", "person")
    assert of_the_mayor(LEE, Declared("Bob Reed", "person", "mayor")).sourcing == "anonymous"  # either
    assert of_the_mayor(replace(LEE, title="deputy mayor's aide")).sourcing == "anonymous"
    assert of_the_mayor(replace(LEE, title=None)).sourcing == "anonymous"


def test_a_body_that_the_text_shortens_is_completed_by_the_file():
    def of_union(*declared: Declared) -> str | None:
        return said("Union", "PROPN", "S-Organization", [2], "nsubj", *declared, xpos="NNP").source.speaker

    drivers = Declared("Springfield Bridge Drivers' Union", "organization")
    assert (of_union(), of_union(drivers)) == ("Union", "Springfield Bridge Drivers' Union")
    assert of_union(drivers, Declared("Teachers' Union", "organization")) == "Union"


def example(number: int) -> Article:
    """An example of the check, with what its file declares."""
    return frozen.of_rule(H004).read()[number]


def quote(article: Article) -> Claim:
    return next(claim for claim in pipeline.audit(article, RULES).claims if claim.kind == "direct")


def test_words_of_nobody_are_given_to_whom_the_file_says():
    article = example(-1)
    assert quote(replace(article, declared=())).source.sourcing == "unattributed"
    claim = quote(article)
    assert claim.source == Source(None, "Tom Reed", "named", "person", AS_DECLARED)
    assert claim.confidence == "medium"
    audit = pipeline.audit(article, RULES)
    assert "Q001" not in {finding.code for finding in audit.findings}
    assert of_claims.speaker(audit, claim) == "Tom Reed (as the file declares)"
    assert "named (person): nobody in the text, Tom Reed as the file declares" in " ".join(
        to_explanation.render(audit, claim, patterns=RULES.patterns, checks=RULES.checks, width=200).split()
    )


def test_words_of_two_declared_sources_are_given_to_neither():
    article = example(-1)
    (one,) = article.declared
    claim = quote(replace(article, declared=(one, replace(one, name="Ann Lee"))))
    assert claim.source.sourcing == "unattributed"


def test_who_is_kept_unnamed_is_not_told_by_the_file():
    article = next(one for one in frozen.of_rule(H004).read() if "asked not to be named" in one.text)
    source = quote(article).source
    assert (source.sourcing, source.detail) == ("anonymous", "explicit")
    official = Declared("Tom Reed", "person", "city official")
    source = quote(replace(article, declared=(*article.declared, official))).source
    assert (source.sourcing, source.detail) == ("anonymous", "explicit")


def test_a_difference_is_told_with_both_names():
    article = example(0)
    (finding,) = [one for one in pipeline.audit(article, RULES).findings if one.code == "H004"]
    assert finding.message == (
        "“The bridge is closed,” is Ann Lee's in the text and Tom Reed's in the file's markup: correct one of the two"
    )
    assert finding.severity == "warning" and finding.claim == quote(article).id


@settings(max_examples=40)
@given(strategies.articles(), st.data())
def test_any_declarations_leave_an_audit_whole(article, data):
    ends = st.integers(0, len(article.text))
    spans = st.none() | st.tuples(ends, ends).map(lambda pair: Span(*sorted(pair)))
    kinds = st.sampled_from(["person", "organization", "quote"])
    one = st.builds(Declared, names | st.sampled_from(["Ann Lee", "Lee"]), kinds, st.none() | names, spans)
    declared = tuple(data.draw(st.lists(one, max_size=4)))
    found = pipeline.audit(replace(article, declared=declared), RULES)
    plain = pipeline.audit(article, RULES)
    assert [(claim.id, claim.span) for claim in found.claims] == [(claim.id, claim.span) for claim in plain.claims]
    assert isinstance(found, Audit)


def test_time_is_linear_in_what_is_declared():
    text = " ".join(["“The bridge is closed,” Ann Lee said."] * 2000)
    many = tuple(Declared(f"Ann Lee{number}", "quote", None, Span(0, number)) for number in range(20_000))
    more = tuple(Declared(f"Ann{number} Lee", "person", "mayor") for number in range(20_000))
    article = replace(build.article(text), declared=many + more)
    start = time.process_time()
    pipeline.audit(article, RULES)
    assert time.process_time() - start < 5
