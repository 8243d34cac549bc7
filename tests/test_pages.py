"""Web pages into articles: what is taken, what it is said to be, and where in the page it stands."""

from html import unescape

import pytest
from lxml import html as lxml_html

from audit import origins, readers
from audit.blocks import Piece
from audit.errors import InputError
from audit.model import Article, Declared
from audit.readers import Intake, Limits
from audit.readers.markuptokens import Tag, tokens
from audit.readers.opening import Opening
from audit.readers.pagetree import tree
from tests import samples
from tests.markup import spaced

SAMPLES = sorted((samples.FOLDER / "html").glob("*.html"))
named = pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)

SENTENCE = "The mayor said on Monday that the bridge would stay closed until the autumn."


def read(page: str | bytes, *, name: str = "page.html", limits: Limits | None = None) -> Article:
    data = page if isinstance(page, bytes) else page.encode()
    (found,) = readers.read(name, data, Intake(limits=limits or Limits()))
    return found


def paragraphs(page: str) -> list[tuple[str, str]]:
    """Section and words of each paragraph; of what is skipped with a reason the reason for the section."""
    found = read(page)
    return [(one.why or one.section, found.slice(one.span)) for one in found.paragraphs]


def article(inside: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body><article><h1>Bridge closed</h1>{inside}</article></body></html>"


def check_places(found: Article) -> None:
    """Every run slices to what is printed, in order, and paragraphs are in order and disjoint."""
    assert found.origin is not None
    for run in found.origin.runs:
        here, there = found.slice(run.here), found.origin.text[run.there.start : run.there.end]
        assert here == spaced(there) or here == unescape(there) or (here == " " and there.isspace())
    starts = [run.there.start for run in found.origin.runs]
    assert starts == sorted(starts)
    end = 0
    for paragraph in found.paragraphs:
        words = found.slice(paragraph.span)
        assert paragraph.span.start >= end
        assert words == words.strip() != ""
        end = paragraph.span.end


# tokens


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a &amp; b", ["a ", "&", " b"]),
        ("&notit; &nosuch; &#8220;&#x201d", ["¬it;", " &nosuch; ", "“", "”"]),
        ("1 < 2 <3", ["1 < 2 <3"]),
        ("<p class='a > b' hidden>x</p>", ["<p>", "x", "</p>"]),
        ("a<!-- <p> -->b<!-->c<!doctype html>d<?php echo ?>e</>f</3>g", list("abcdefg")),
        ("<script>if (a < b) '</p>'</SCRIPT >x", ["<script>", "if (a < b) '</p>'", "</script>", "x"]),
        ("<title>a &amp; <b></title>", ["<title>", "a &amp; <b>", "</title>"]),
        ("<br/><a href=x/y>z", ["<br>", "<a>", "z"]),
        ("x<p class='never closed>", ["x"]),
        ("x<!-- never closed <p>", ["x"]),
        ("&#xD800;&#0;&#99999999;", ["\ufffd", "\ufffd", "\ufffd"]),
    ],
)
def test_tokens_are_those_of_browsers(source, expected):
    assert [*map(shown, tokens(source))] == expected


def shown(token: Tag | Piece) -> str:
    return f"<{'/' * token.closing}{token.name}>" if isinstance(token, Tag) else token.text


@pytest.mark.parametrize(
    ("source", "as_html", "as_xml"),
    [
        ("<![CDATA[a <b> ]]>c", [" ]]>c"], ["a <b> ", "c"]),
        ("<![CDATA[]]>c<![CDATA[d", ["c"], ["c", "d"]),
        ("<script/>a</script>b", ["<script>", "a", "</script>", "b"], ["<script>", "a", "</script>", "b"]),
        ("<iframe src=a />b", ["<iframe>", "b"], ["<iframe>", "b"]),
        ("<iframe src=a />b<p>c", ["<iframe>", "b<p>c"], ["<iframe>", "b", "<p>", "c"]),
    ],
)
def test_what_xhtml_has_besides(source, as_html, as_xml):
    assert [*map(shown, tokens(source))] == as_html
    assert [*map(shown, tokens(source, xml=True))] == as_xml


def test_attributes():
    (tag,) = tokens("<a HREF='x&amp;y' class = b  data-x=\"1\" hidden class=second>")
    assert tag.attributes == {"href": "x&y", "class": "b", "data-x": "1", "hidden": ""}


# elements


def test_elements_close_where_browsers_close_them():
    root = tree("a", "<p>a<p>b<div>c</p>d</div><ul><li>e<li>f</ul><table><tr><td>g<td>h<tr><td>i</table>", depth=200)
    assert [one.place for one in root.elements()][1:] == [
        "/p[1]",
        "/p[2]",
        "/div",
        "/ul",
        "/ul/li[1]",
        "/ul/li[2]",
        "/table",
        "/table/tr[1]",
        "/table/tr[1]/td[1]",
        "/table/tr[1]/td[2]",
        "/table/tr[2]",
        "/table/tr[2]/td",
    ]


def test_too_deep_a_page_is_refused_by_its_place():
    with pytest.raises(InputError, match=r"^deep\.html:1:1001: elements in each other more than 200 deep"):
        read("<div>" * 10_000 + SENTENCE, name="deep.html")


# samples


@named
def test_places_of_samples(path):
    (found,) = samples.read(path)
    check_places(found)
    assert "".join(found.slice(run.here) for run in found.origin.runs).split() != []


@named
def test_paragraphs_stand_at_their_xpath(path):
    (found,) = samples.read(path)
    if "<body" not in found.origin.text.lower():
        return  # lxml puts parts of pages into a body of its own
    page = lxml_html.fromstring(found.origin.text.split("?>\n")[-1])
    for paragraph in found.paragraphs:
        (element,) = page.getroottree().xpath(paragraph.place)
        words = "".join(found.slice(paragraph.span).strip("“”").split())
        assert words[:30] in "".join(element.text_content().split())


@named
@pytest.mark.model
def test_claims_of_a_page_are_those_of_its_text(path):
    (page,), (text,) = samples.read(path), samples.read(path.with_suffix(".txt"))
    assert samples.claims(page) == samples.claims(text) != []


def test_sections_of_a_page():
    (found,) = samples.read(samples.FOLDER / "html" / "page.html")
    said = {found.slice(one.span)[:22]: (one.section, one.why) for one in found.paragraphs}
    assert {words: said[words] for words in said if said[words] != ("body", "")} == {
        "Transport": ("boilerplate", "label above the headline"),
        "Northfield to close it": ("headline", ""),
        "The council voted 7 to": ("standfirst", ""),
        "By Dana Whitlock": ("byline", ""),
        "3 March 2026, 6.20pm": ("dateline", ""),
        "The ferry Heron on its": ("caption", ""),
        "Photo: Omar Reyes / Th": ("credit", ""),
        "Share Tweet Print this": ("boilerplate", "share buttons"),
        "“We looked at every wa": ("pull-quote", "repeats the text"),
        "Advertisement": ("boilerplate", "advertisement"),
        "A longer way to work": ("subheading", ""),
        "I have taken the Heron": ("boilerplate", "social embed"),
        "— Pat Ollery (@patolle": ("boilerplate", "social embed"),
        "The Mercury in the mor": ("boilerplate", "newsletter box"),
        "More than 9,000 reader": ("boilerplate", "newsletter box"),
        "— Ann Lee, mayor of No": ("credit", "source of the quotation"),
        "Crossings": ("caption", ""),
        "Year Passengers": ("boilerplate", "table"),
        "2015 120,000": ("boilerplate", "table"),
        "2025 71,000": ("boilerplate", "table"),
        "Related stories": ("boilerplate", "related links"),
        "Mill cuts 80 jobs, uni": ("boilerplate", "related links"),
        "How the ferry came to ": ("boilerplate", "related links"),
        "Dana Whitlock has cove": ("boilerplate", "author box"),
    }
    assert not any(words in found.text for words in ("cookies", "Most read", "Terms", "300 percent", "document.write"))


def test_the_source_beside_a_quotation_is_declared():
    (found,) = samples.read(samples.FOLDER / "html" / "page.html")
    (declared,) = found.declared
    assert declared == Declared("Ann Lee", "quote", "mayor of Northfield", declared.span)
    assert found.slice(declared.span).startswith("The council regrets the closure")


# what is taken


def test_a_part_of_a_page_is_taken_whole():
    assert paragraphs(f"<p>{SENTENCE}</p><p>Two words</p><div>Three.<br><br>Four.<br>Five,<br>six.</div>tail") == [
        ("body", SENTENCE),
        ("subheading", "Two words"),
        ("body", "Three."),
        ("body", "Four."),
        ("body", "Five, six."),
        ("body", "tail"),
    ]


def test_non_breaking_spaces_are_kept_within_a_paragraph_only():
    found = read(f"<pre>\u00a0{SENTENCE}&nbsp;&#8212; he said.\n \n&nbsp;</pre><p>&nbsp;</p><p>\u00a0A\u00a0</p>")
    check_places(found)
    assert found.text == f"{SENTENCE}\u00a0— he said.\n\nA"


def test_what_no_reader_sees_is_no_text():
    hidden = (
        "<script>a</script><style>b</style><template><p>c</p></template><noscript><p>d</p></noscript><!-- e -->"
        "<p hidden>f</p><p style='display: none'>g</p><img alt=h src='data:image/png;base64,aaaa'><button>i</button>"
    )
    assert paragraphs(article(f"{hidden}<p>{SENTENCE}</p>{hidden}")) == [
        ("headline", "Bridge closed"),
        ("body", SENTENCE),
    ]


def test_short_paragraphs_of_an_article_are_not_lost():
    inside = "".join(f"<p>Line {number} was short.</p>" for number in range(12))
    assert len(paragraphs(article(inside))) == 13


def test_trafilatura_finds_the_text_of_a_page_that_does_not_say_where_it_is():
    long = "".join(f"<p>{SENTENCE} It is the {number}th time.</p>" for number in range(9))
    beside = f"<div><p>{SENTENCE}</p></div>"
    page = f"<html><body><div><a href=/>Home</a></div><div><div>{long}</div></div>{beside}</body></html>"
    assert len(paragraphs(page)) == 9


def test_teasers_in_articles_of_their_own_are_not_the_article_of_a_large_page():
    page = f"<html><body>{f'<article><p>{SENTENCE}</p></article>' * 2001}</body></html>"
    assert len(paragraphs(page)) == 2001


def test_text_behind_the_end_of_a_page_is_taken():
    assert paragraphs(f"<html><body></body></html>{SENTENCE}<p>{SENTENCE}</p>") == [("body", SENTENCE)] * 2


def test_a_small_page_without_any_sign_of_its_article_is_taken_whole():
    page = (
        "<html><head><title>Mill closes</title><body><h2>Mill closes</h2><p>The mill closed on Friday, its owner said."
    )
    assert paragraphs(f"{page}<p>“It is over,” said Jo Park.<hr><p><small>Back to <a href=/>home</a></small>") == [
        ("headline", "Mill closes"),
        ("body", "The mill closed on Friday, its owner said."),
        ("body", "“It is over,” said Jo Park."),
        ("related links", "Back to home"),
    ]


def test_comments_in_articles_of_their_own_are_not_the_article():
    long = "".join(f"<p>{SENTENCE} It is the {number}th time.</p>" for number in range(9))
    comment = f"<article class=comment><p>{SENTENCE}</p></article>"
    page = f"<html><body><div><h1>Bridge closed</h1>{long}</div><div>{comment * 3}</div></body></html>"
    assert [section for section, _ in paragraphs(page)] == ["headline"] + ["body"] * 9 + ["comments"] * 3


def test_what_holds_most_of_the_text_is_the_article_whatever_its_class():
    found = paragraphs(article(f"<div class='newsletter-story has-comments'><p>{SENTENCE}</p><p>{SENTENCE}</p></div>"))
    assert [section for section, _ in found] == ["headline", "body", "body"]


def test_a_page_without_a_headline_in_it_has_the_one_that_it_states():
    head = (
        '<script type="application/ld+json">[{"@type":["NewsArticle"],"headline":"Bridge &amp; road closed"}]</script>'
    )
    found = read(f"<html><head>{head}<title>x</title></head><body><p>{SENTENCE}</p></body></html>")
    assert found.text == f"Bridge & road closed\n\n{SENTENCE}"
    assert [(one.section, one.place) for one in found.paragraphs] == [
        ("headline", "/html/head/script"),
        ("body", "/html/body/p"),
    ]
    assert origins.stretches(found, found.paragraphs[0].span) == ()


@pytest.mark.parametrize("data", ["{", "[" * 100_000, "1" * 10_000, '"x"', '{"@type": 1, "headline": {}}', "null"])
def test_broken_linked_data_is_as_if_it_were_not_there(data):
    script = f'<script type="application/ld+json">{data}</script>'
    assert paragraphs(article(f"<p>{SENTENCE}</p>", script)) == [("headline", "Bridge closed"), ("body", SENTENCE)]


@pytest.mark.parametrize(
    ("markup", "section"),
    [
        ("<blockquote class=instagram-media><p>{}</p></blockquote>", "social embed"),
        ("<blockquote><p>{}</p></blockquote>", "body"),
        ("<aside><p>{} He was there.</p></aside>", "beside the text"),
        ("<div class=c-pullQuote><p>“The bridge would stay closed until the autumn”</p></div>", "repeats the text"),
        ("<div class=c-pullQuote><p>“No part of this stands in the text of it”</p></div>", "body"),
        (
            "<figure class=wp-block-pullquote><blockquote><p>the bridge would</p></blockquote></figure>",
            "repeats the text",
        ),
        ("<amp-ad><div>{}</div></amp-ad>", "advertisement"),
        ("<p class=image-caption><span class=visually-hidden>Caption, </span>{}</p>", "caption"),
        ("<p><a href=x>More of the bridge and the mayor</a></p>", "related links"),
        ("<nav>{}</nav>", "navigation"),
        ("<iframe>{}</iframe>", "embedded page"),
        ("<section id=comments><p>{}</p></section>", "comments"),
        ("<footer><p>{}</p></footer>", "footer"),
        ("<p>{}</p>", "body"),
    ],
)
def test_what_elements_say_that_they_are(markup, section):
    inside = f"<p>{SENTENCE} So it did, and so it stayed, which nobody had believed before that Monday.</p>"
    *_, (said, _) = paragraphs(article(inside * 2 + markup.format("Ann Lee wrote this to us in a letter.")))
    assert said == section


# recognised by content


@pytest.mark.parametrize(
    ("name", "data", "format"),
    [
        ("a.txt", b"<!DOCTYPE HTML PUBLIC '-//W3C//DTD HTML 4.01//EN'>x", "html"),
        ("a", b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>", "html"),
        ("a", b"  <p class=x>One</p>", "html"),
        ("a.htm", b"One<p>Two", "html"),
        ("a.html", "<html>".encode("utf-16"), "html"),
        ("a.txt", b"One<p>Two", "text"),
        ("a", b"<unknown>", "text"),
    ],
)
def test_pages_are_told_by_content(name, data, format):
    assert readers.format_of(name, data).name == format
    assert Opening(name, data).name == name
