"""NITF as agencies, archives and dailies write it, into articles."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit import origins, readers
from audit.errors import InputError
from audit.model import Article, Declared
from audit.readers import Intake, Limits
from tests import markup, samples
from tests.fuzz.invariants import hold, holds

FOLDER = samples.FOLDER / "nitf"
SAMPLES = sorted(FOLDER.glob("*.xml"))


def nitf(content: str, head: str = "", end: str = "") -> str:
    return f"<nitf><body><body.head>{head}</body.head><body.content>{content}</body.content>{end}</body></nitf>"


def one(text: str, **intake: object) -> Article:
    (found,) = readers.read("a.xml", text.encode(), Intake(**intake))
    return found


def parts(article: Article) -> list[tuple[str, str, str]]:
    return [(p.section, p.why, article.slice(p.span)) for p in article.paragraphs]


# samples


@pytest.mark.model
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_claims_are_those_of_the_plain_text(path):
    (found,) = samples.read(path)
    (plain,) = samples.read(path.with_suffix(".txt"))
    assert samples.claims(found) == samples.claims(plain) != []


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_keep_the_places_of_their_words(path):
    (found,) = samples.read(path)
    assert found.origin.format == "nitf"
    holds(found)


def test_an_agency_s_sections():
    (found,) = samples.read(FOLDER / "agency.xml")
    assert [section for section, _, _ in parts(found)] == (
        "headline boilerplate byline byline credit dateline dateline body body body subheading body caption credit body"
        " boilerplate"
    ).split()
    assert found.paragraphs[5].place == "/nitf/body/body.head/dateline"
    assert found.paragraphs[8].place == "/nitf/body/body.content/block/p[2]"


def test_an_archive_s_second_lead_headline_and_summary_are_skipped():
    (found,) = samples.read(FOLDER / "archive.xml")
    assert [(why, text.split()[0]) for section, why, text in parts(found) if section == "boilerplate"] == [
        ("repeats the headline", "Orchard"),
        ("summary", "Apple"),
        ("repeats the text", "A"),
        ("repeats the text", "''One"),
    ]
    assert found.declared == (Declared("Ruth Vance", "person"), Declared("Tellow Growers' Union", "organization"))


def test_a_daily_declares_its_sources():
    (found,) = samples.read(FOLDER / "daily.xml")
    assert [(d.kind, d.name, d.title, d.span and found.slice(d.span)) for d in found.declared] == [
        ("organization", "Carrow General Hospital", None, None),
        ("person", "Paul Iver", "Director", None),
        ("quote", "Paul Iver", None, "We cannot pay doctors to wait for patients who do not come,"),
        (
            "quote",
            "Maud Finch",
            "head of nursing",
            "“People fall ill at night as well,” wrote Maud Finch, the head of nursing, in a letter to the board.",
        ),
        ("quote", "Carrow General Hospital", None, "Visits at night\n\n3,100"),
    ]


def test_a_claim_is_found_in_the_lines_of_its_file():
    path = FOLDER / "agency.xml"
    (found,) = samples.read(path)
    at = found.text.index("14,000")
    line, column = origins.finder(found)(at)
    assert path.read_text().splitlines()[line - 1][column - 1 :].startswith("14,000 vehicles")
    spread = origins.stretches(found, found.paragraphs[9].span)
    assert "".join(found.origin.text[there.start : there.end] for there in spread).endswith(
        "Police said at\n          least three lorries were stranded on the east bank &amp; had to be towed."
    )


# elements


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<p>One <em>two</em>,\n <person>Ann</person>.</p>", [("body", "", "One two, Ann.")]),
        ("Words alone.", [("body", "", "Words alone.")]),
        ("<p>A<br/>b.<br/> <br/>C.</p>", [("body", "", "A b."), ("body", "", "C.")]),
        ("<p>Old <del>text</del>new<alt-code value='x'>y</alt-code>.</p>", [("body", "", "Old new.")]),
        ("<ul><li>It fell.</li><li>B</li></ul>", [("body", "", "It fell."), ("body", "", "B")]),
        ("<pre>One line\nof it.\n\nA &amp; b.</pre>", [("body", "", "One line of it."), ("body", "", "A & b.")]),
        ("<note><p>Cut it.</p></note><p>A.</p>", [("boilerplate", "editor's note", "Cut it."), ("body", "", "A.")]),
        ("<p>He said <q>no</q>.</p>", [("body", "", "He said “no”.")]),
        ("<p>He said <q>“no”</q> and \"<q>yes</q>\".</p>", [("body", "", "He said “no” and \"yes\".")]),
        ("<p>A &mdash; b &nothing; c</p>", [("body", "", "A — b &nothing; c")]),
        ("<!-- no --><p>A<![CDATA[ <b> & ]]>c.<?x no?></p>", [("body", "", "A <b> & c.")]),
        ("<custom>It is.<p>So.</p>C.</custom>", [("body", "", "It is."), ("body", "", "So."), ("body", "", "C.")]),
    ],
)  # fmt: skip
def test_elements_of_the_text(content, expected):
    doctype = "<!DOCTYPE nitf SYSTEM 'nitf.dtd'>"
    found = one(doctype + nitf(content, "<hedline><hl1>Title</hl1></hedline>"))
    assert parts(found)[1:] == expected
    holds(found)


@pytest.mark.parametrize(
    ("abstract", "section", "why"),
    [
        ("The bridge fell.", "boilerplate", "repeats the text"),
        ("A crack was found.", "standfirst", ""),
        ("Word " * 36, "boilerplate", "summary"),
        ("title", "boilerplate", "repeats the headline"),
    ],
)
def test_an_abstract_is_a_standfirst_if_it_is_short_and_new(abstract, section, why):
    found = one(nitf("<p>The bridge fell.</p>", f"<hedline><hl1>Title</hl1></hedline><abstract>{abstract}</abstract>"))
    assert parts(found)[1][:2] == (section, why)


def test_a_lead_that_is_not_repeated_is_text():
    found = one(
        nitf("<block class='lead_paragraph'><p>It fell.</p></block><block class='full_text'><p>So.</p></block>")
    )
    assert [(section, text) for section, _, text in parts(found)] == [("headline", "It fell."), ("body", "So.")]


@pytest.mark.parametrize("status", ["embargoed", "withheld", "canceled"])
def test_what_may_not_be_published_is_audited_with_a_warning(status):
    warnings: list[str] = []
    head = f"<head><docdata management-status='{status}'/></head>"
    one(nitf("<p>It fell.</p>").replace("<body>", f"{head}<body>"), warn=warnings.append)
    assert warnings == [f"a.xml: its status is {status}; audited all the same"]


# refusals


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (nitf(" <media><media-reference>x</media-reference></media>"), "NITF without text: there is nothing"),
        (nitf("<p>A"), "no well-formed XML: mismatched tag"),
        (nitf("<p>A & B</p>"), "no well-formed XML: not well-formed (invalid token)"),
        (nitf("<p>" + "a " * 600 + "</p>"), "more than 500 characters, which is hardly one article; split it"),
        (nitf("<p>a</p>" * 60), "more than 50 paragraphs, which is hardly one article; split it"),
    ],
)  # fmt: skip
def test_refusals(text, said):
    with pytest.raises(InputError) as caught:
        one(text, limits=Limits(characters=500, paragraphs=50))
    assert str(caught.value).startswith("a.xml:")
    assert said in str(caught.value)


# any input


@settings(max_examples=150)
@given(st.data())
def test_any_elements_are_read_or_refused(data):
    hold("a.xml", nitf(data.draw(markup.fragments(markup.NITF))).encode())


@pytest.mark.parametrize("text", markup.HEAVY, ids=range(len(markup.HEAVY)))
def test_heavy_files_take_seconds(text):
    markup.is_quick(nitf(text))
