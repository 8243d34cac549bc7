"""NewsML-G2 and NewsML 1.x, with NITF, XHTML, HTML or plain text in them, into articles."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit import origins, readers
from audit.errors import InputError
from audit.model import Article, Declared
from audit.readers import Intake, Limits
from tests import markup, samples
from tests.fuzz.invariants import hold, holds

FOLDER = samples.FOLDER / "newsml"
SAMPLES = sorted(FOLDER.glob("*.xml"))
META = "<contentMeta><headline>Title</headline></contentMeta>"


def item(content: str, meta: str = META, before: str = "") -> str:
    return (
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/">'
        f"<itemMeta>{before}</itemMeta>{meta}<contentSet>{content}</contentSet></newsItem>"
    )


def nitf(content: str) -> str:
    return f"<nitf><body><body.content>{content}</body.content></body></nitf>"


def message(*items: str) -> str:
    return f"<newsMessage><itemSet>{''.join(items)}</itemSet></newsMessage>"


def xhtml(body: str) -> str:
    return f"<inlineXML contenttype='application/xhtml+xml'><html><body>{body}</body></html></inlineXML>"


def every(text: str, **intake: object) -> list[Article]:
    return list(readers.read("a.xml", text.encode(), Intake(**intake)))


def parts(article: Article) -> list[tuple[str, str]]:
    return [(p.section, article.slice(p.span)) for p in article.paragraphs]


# samples


@pytest.mark.model
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_claims_are_those_of_the_plain_text(path):
    plain = sorted(FOLDER.glob(f"{path.stem}.*txt"))
    found = samples.read(path)
    assert len(found) == len(plain)
    for article, same in zip(found, plain, strict=True):
        assert samples.claims(article) == samples.claims(*samples.read(same)) != []


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_keep_the_places_of_their_words(path):
    for article in samples.read(path):
        assert article.origin.format == "newsml"
        holds(article)
        assert len(article.origin.runs) >= len(article.paragraphs)


def test_each_item_of_a_message_is_an_article():
    first, second = samples.read(FOLDER / "message.xml")
    assert (first.name, second.name) == ("message.xml#1", "message.xml#3")
    assert [section for section, _ in parts(first)] == (
        "headline byline dateline body body subheading body body credit".split()
    )
    assert first.declared == (
        Declared("National Statistics Office", "organization"),
        Declared("Central Bank of Belmar", "organization"),
        Declared("Lena Ortiz", "person", "finance minister of Belmar"),
    )
    line, column = origins.finder(second)(second.text.index("212 people"))
    lines = (FOLDER / "message.xml").read_text().splitlines()
    assert lines[line - 1][column - 1 :].startswith("212 people on board")


def test_a_message_says_what_may_not_be_published_and_what_has_no_text():
    warnings: list[str] = []
    data = (FOLDER / "message.xml").read_bytes()
    assert len(list(readers.read("m.xml", data, Intake(warn=warnings.append)))) == 2
    assert warnings == [
        "m.xml#1: it is embargoed until 2999-01-01T00:00:00Z; audited all the same",
        "m.xml#3: its status is canceled; audited all the same",
        "m.xml#2: a news item that has no text in it: its content is at http://cws.example/market.jpg, which is not"
        " fetched; save it and audit the file; left out",
    ]


# contents


@pytest.mark.parametrize(
    "content",
    [
        xhtml("<p>It fell.</p><p>He said “no”.</p>"),
        xhtml("<div>It fell.<br/><br/>He said <q>no</q>.</div>"),
        f"<inlineXML>{nitf('<p>It fell.</p><p>He said “no”.</p>')}</inlineXML>",
        "<inlineXML contenttype='text/vnd.x+xml'><p>It fell.</p><p>He said “no”.</p></inlineXML>",
        "<inlineData contenttype='text/plain'>It fell.\n\nHe said “no”.</inlineData>",
        "<inlineData contenttype='text/html'>&lt;p&gt;It fell.&lt;p&gt;He said &amp;ldquo;no&amp;rdquo;.</inlineData>",
        "<inlineData><![CDATA[<p>It fell.</p><p>He said “no”.</p>]]></inlineData>",
        "<inlineXML contenttype='image/svg'><p>No.</p></inlineXML><inlineData>It fell.\nHe said “no”.</inlineData>",
        "<inlineData encoding='base64'>YWJj</inlineData><inlineData>It fell.\nHe said “no”.</inlineData>",
    ],
)
def test_content_of_every_kind(content):
    (found,) = every(item(content))
    assert parts(found) == [("headline", "Title"), ("body", "It fell."), ("body", "He said “no”.")]
    holds(found)


def test_the_content_s_own_headline_goes_before_the_item_s():
    (found,) = every(item(xhtml("<h1>Own</h1><p>It fell.</p>")))
    assert parts(found) == [("headline", "Own"), ("body", "It fell.")]


def test_what_an_item_says_of_itself_is_in_the_order_of_an_article():
    meta = (
        "<contentMeta><creditline>CWS</creditline><by>Ann Lee</by><dateline>Harwick</dateline>"
        "<headline role='x:sub'>Deck</headline><headline>Title</headline><headline>Short</headline></contentMeta>"
    )
    (found,) = every(item(xhtml("<p>It fell.</p>"), meta))
    assert parts(found) == [
        ("headline", "Title"),
        ("standfirst", "Deck"),
        ("byline", "Ann Lee"),
        ("dateline", "Harwick"),
        ("body", "It fell."),
        ("credit", "CWS"),
    ]


def test_concepts_without_a_name_are_called_what_the_text_calls_them():
    marked = xhtml("<p><inlineRef idrefs='a'>Ann Lee</inlineRef> of <inlineRef idrefs='b'>Dunn Lines</inlineRef>.</p>")
    concepts = "<assert id='a'><type qcode='cpnat:person'/></assert><assert id='b'><organisationDetails/></assert>"
    place = "<assert id='c'><type qcode='cpnat:geoArea'/><name>Harwick</name></assert>"
    (found,) = every(item(marked, META + concepts + place))
    assert found.declared == (Declared("Ann Lee", "person"), Declared("Dunn Lines", "organization"))


# what may not be published


@pytest.mark.parametrize(
    ("before", "warned"),
    [
        ("<pubStatus qcode='stat:withheld'/>", "its status is withheld"),
        ("<pubStatus uri='http://cv.iptc.org/newscodes/pubstatusg2/canceled'/>", "its status is canceled"),
        ("<pubStatus qcode='stat:usable'/>", None),
        ("<embargoed>2001-01-01T00:00:00Z</embargoed>", None),
        ("<embargoed>2999-01-01T00:00:00</embargoed>", "it is embargoed until 2999-01-01T00:00:00"),
        ("<embargoed/>", "it is embargoed"),
    ],
)
def test_items_that_may_not_be_published_are_audited_with_a_warning(before, warned):
    warnings: list[str] = []
    assert every(item(xhtml("<p>It fell.</p>"), before=before), warn=warnings.append)
    assert warnings == ([f"a.xml: {warned}; audited all the same"] if warned else [])


# refusals


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<packageItem><groupSet/></packageItem>", "NewsML without a news item, so without text; give the files"),
        (message(), "NewsML without a news item"),
        (
            item("<remoteContent href='http://x.example/a.html'/>"),
            "its content is at http://x.example/a.html, which is",
        ),
        (item(""), "a news item that has no text in it"),
        (message(item(""), item("")), "a news item that has no text in it"),
        (message(*[item("")] * 4), "more than 3 news items; split the file"),
        (item(xhtml("<p>A")), "no well-formed XML: mismatched tag"),
    ],
)
def test_refusals(text, said):
    with pytest.raises(InputError) as caught:
        every(text, limits=Limits(files=3))
    assert str(caught.value).startswith("a.xml")
    assert said in str(caught.value)


def test_an_item_that_is_refused_loses_no_other():
    failed: list[tuple[str, InputError]] = []
    long = item(xhtml("<p>" + "a " * 600 + "</p>"))
    found = every(
        message(long, item(xhtml("<p>It fell.</p>"))),
        limits=Limits(characters=500),
        fail=lambda name, error: failed.append((name, error)),
    )
    assert [article.name for article in found] == ["a.xml#2"]
    assert [name for name, _ in failed] == ["a.xml#1"]
    assert str(failed[0][1]).startswith("a.xml#1: more than 500 characters")


# any input


@settings(max_examples=150)
@given(st.data())
def test_any_elements_are_read_or_refused(data):
    hold("a.xml", message(data.draw(markup.fragments(markup.NEWSML, 6))).encode())
    hold("a.xml", item(xhtml(data.draw(markup.fragments(markup.NEWSML)))).encode())


@pytest.mark.parametrize(
    "text",
    [
        message(*[item(xhtml("<p>It fell.</p>"))] * 3_000),
        item("<inlineData>" + "&lt;p&gt;a" * 8_000 + "</inlineData>"),
        item("<inlineData>" + "&lt;a " * 15_000 + "</inlineData>"),
        "<newsItem>" * 150 + item("") * 5_000 + "</newsItem>" * 150,
        item(xhtml("<inlineRef idrefs='a b c'>" * 100 + "x <b/>" * 20_000 + "</inlineRef>" * 100)),
    ],
    ids=["items", "paragraphs", "broken tags", "items in items", "marks"],
)
def test_heavy_files_take_seconds(text):
    markup.is_quick(text)
