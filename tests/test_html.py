"""Audits into a page: the article is kept, everything in it is escaped, and marks may nest and overlap."""

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml.html import HtmlElement, document_fromstring

from audit import rules
from audit.ingest import article
from audit.model import Article, Audit, Claim, Finding, Paragraph, Source, Span
from audit.pipeline import audit
from audit.report import stretches, to_html
from tests import frozen, strategies
from tests.test_report import AUDIT, EMPTY

RULES = rules.load()
SEEDS = [audit(read, RULES) for read in frozen.of_seeds().read()]
_NO_CHARACTERS = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")  # as far as the strategies draw them
unhurried = settings(max_examples=40)


def page(*audits: Audit) -> HtmlElement:
    """The page for `audits`, which two strict parsers have accepted."""
    text = to_html.render(audits, RULES.checks, version="9.9")
    etree.fromstring(text.encode(), etree.HTMLParser(recover=False))
    if "&#13;" not in text:  # a carriage return is the one character that a page holds in spite of the standard
        html5lib.HTMLParser(strict=True).parse(text)
    return document_fromstring(text)


def texts(document: HtmlElement) -> list[str]:
    return [element.text_content() for element in document.iter("article")]


def links(document: HtmlElement) -> Iterator[str]:
    yield from (href[1:] for href in document.xpath("//a/@href") if href.startswith("#"))


def spoken(text: str, *spans: Span, speaker: str = "Ann Lee", kind: str = "indirect", number: int = 0) -> Claim:
    source = Source(None, speaker, "named", "person")
    hull = Span(spans[0].start, spans[-1].end)
    return Claim(f"c{number}", kind, hull, spans, 0, None, None, source, "test.x", "high")


@st.composite
def overlapping(draw: st.DrawFn) -> Audit:
    """An article of odd text whose claims begin and end anywhere, some in two parts, some with findings."""
    text = "\n\n".join(draw(st.lists(st.text(st.sampled_from("ab<&\"'{}% é\u202e\u200b"), min_size=1, max_size=12)
                                     .filter(lambda line: line.strip(" \u200b")), min_size=1, max_size=3)))  # fmt: skip
    text = f"Odd {text}"
    offsets = st.lists(st.integers(0, len(text)), min_size=4, max_size=4, unique=True).map(sorted)
    claims = []
    for number, (a, b, c, d) in enumerate(draw(st.lists(offsets, max_size=5))):
        spans = (Span(a, b), Span(c, d)) if draw(st.booleans()) else (Span(a, d),)
        if not any(text[span.start : span.end].strip(" \n\u200b") for span in spans):
            continue
        claim = spoken(text, *spans, kind=draw(st.sampled_from(["direct", "figure"])), number=number)
        claims.append(replace(claim, cue=Span(b, c), source=replace(claim.source, mention=Span(a, c))))
    found = tuple(Finding("F001", "x", "info", claim.span, text, claim.id) for claim in claims[::2])
    return Audit(article("odd.txt", text), tuple(claims), found)


parsed = strategies.articles().map(lambda read: audit(read, RULES))


@unhurried
@given(st.lists(parsed | overlapping(), max_size=3))
def test_the_text_is_kept_and_the_page_is_whole(audits: list[Audit]) -> None:
    document = page(*audits)
    assert texts(document) == [_NO_CHARACTERS.sub("\ufffd", audited.article.text) for audited in audits]
    ids = document.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert set(links(document)) <= set(ids)
    for name in ("aria-labelledby", "aria-controls"):
        assert set(document.xpath(f"//@{name}")) <= set(ids)


@unhurried
@given(overlapping())
def test_every_character_lies_in_the_marks_that_cover_it(audited: Audit) -> None:
    text = audited.article.text
    seen = {}
    for paragraph, events in zip(
        audited.article.paragraphs, stretches.cut(audited.article, audited.claims, []), strict=True
    ):
        at, under = paragraph.span.start, []
        for event in events:
            if event.sort == "text":
                for offset, character in enumerate(event.text, at):
                    assert character == text[offset]
                    seen[offset] = {mark.claim for mark in under if mark.sort == "claim"}
                at += len(event.text)
            elif event.sort == "close":
                assert under.pop() == event.mark
            else:
                under.append(event.mark)
        assert (at, under) == (paragraph.span.end, [])
    for offset, marked in seen.items():
        character = Span(offset, offset + 1)
        assert marked == {
            number for number, claim in enumerate(audited.claims) if any(span.holds(character) for span in claim.spans)
        }


@unhurried
@given(parsed)
def test_the_same_audits_give_the_same_page(audited: Audit) -> None:
    again = Audit(audited.article, tuple(map(replace, audited.claims)), tuple(map(replace, audited.findings)))
    assert to_html.render([audited], RULES.checks, version="1") == to_html.render([again], RULES.checks, version="1")


def test_the_seeds() -> None:
    document = page(*SEEDS)
    assert texts(document) == [audited.article.text for audited in SEEDS]
    assert len(document.xpath("//article//a[@class='n']")) == sum(len(audited.claims) for audited in SEEDS)
    assert len(to_html.render(SEEDS, RULES.checks, version="1").encode()) < 300_000


def test_claims_within_claims_and_claims_in_parts() -> None:
    document = page(AUDIT)
    figure = document.get_element_by_id("a1c2").getparent()
    assert figure.get("class") == "c figure anonymous"
    assert figure.getparent().get("class") == "c indirect anonymous"
    parts = document.xpath("//mark[@data-c='a1c3']")
    assert [part.text_content() for part in parts] == ["“We will repair it,”", "“before May.”"]
    assert len({part.get("data-card") for part in parts}) == 1
    assert parts[0].get("data-card") == (
        "3 · direct quote\nAnn Lee · named (person)\ncue “said”, pattern test.direct, confidence high"
    )


def test_claims_that_partly_overlap_are_cut() -> None:
    text = "One two three."
    claims = (spoken(text, Span(0, 7)), spoken(text, Span(4, 13), number=1))
    document = page(Audit(article("a.txt", text), claims, ()))
    marked = [(mark.get("data-c"), mark.text_content()) for mark in document.xpath("//article//mark")]
    assert marked == [("a1c1", "One two"), ("a1c2", "two"), ("a1c2", " three")]


def test_findings_and_claims_lead_to_each_other() -> None:
    document = page(AUDIT)
    notes = document.find_class("note")
    said = [" ".join(note.text_content().split()) for note in notes]
    assert said == [
        "H001 info: headline The headline says more than the text. line 1:1, why H001",
        "A001 error: no reason “city official” is anonymous. claims 1, 2, line 3:39, why A001",
        "F001 warning: unattributed figure Say who counted “12%”. claim 5, line 7:15, why F001",
        "F009 warning: round figure A round figure. claim 5, line 7:15",
    ]
    assert notes[1].get("data-claims").split() == ["a1c1", "a1c2"]
    assert "#a1f2" in document.xpath("//li[@id='a1l1']//a/@href")
    assert document.get_element_by_id("a1g2").get("href") == "#a1f2"
    beside = notes[1].getparent().get("class").split()[-1]
    assert "a city official" in document.xpath(f"//article/*[contains(@class, '{beside} ')]")[0].text_content()


def test_the_profile() -> None:
    kinds, speakers = page(AUDIT, EMPTY).find_class("sheet")[0].findall(".//table")
    rows = [[cell.text_content() for cell in row] for row in kinds.findall(".//tr")]
    assert rows[1:] == [
        ["direct quotes", "1", "", "", "1"],
        ["indirect reports", "1", "1", "", "2"],
        ["figures", "", "1", "1", "2"],
        ["all", "2", "2", "1", "5"],
    ]
    bar = kinds.xpath(".//tr[last()]//*[name()='rect']")
    assert [(part.get("class"), part.get("x"), part.get("width")) for part in bar] == [
        ("named", "0.0", "40.0"),
        ("anonymous", "40.0", "40.0"),
        ("unattributed", "80.0", "20.0"),
    ]
    assert speakers.findall(".//tr")[1].text_content() == "city official (anonymous)112"
    (resting,) = page(AUDIT).find_class("resting")
    assert " ".join(resting.text_content().split()) == "Rests on a source without a name city official: claims 1, 2"


def test_an_index_of_several_articles_and_none_of_one() -> None:
    document = page(AUDIT, EMPTY)
    rows = [[cell.text_content().strip() for cell in row] for row in document.xpath("//section[@class='index']//tr")]
    assert rows[1][0] == "seeds/bridge.txt" and rows[1][2:] == ["5", "1", "2", "1"]
    assert rows[2][0] == "empty.txt" and rows[2][2:] == ["0", "", "", ""]
    assert not page(AUDIT).find_class("index")
    assert texts(page()) == []


def test_checks_are_explained_with_their_references() -> None:
    document = page(AUDIT)
    assert {heading.get("id") for heading in document.xpath("//section[@class='checks']/h3")} == {
        "check-A001",
        "check-F001",
        "check-H001",
    }
    assert document.xpath("//section[@class='checks']//a/@href")
    assert all(url.startswith("https://") for url in document.xpath("//section[@class='checks']//a/@href"))


NASTY = [
    "<script>alert(1)</script>",
    "</style></title><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)" x=\'',
    "{{ 7 * 7 }} {% include 'x' %} {# no #} ${7} <!-- -->",
    "]]> &amp; &#65; &lt;b&gt; \\u003cscript",
]


@pytest.mark.parametrize("nasty", NASTY)
def test_everything_is_escaped(nasty: str) -> None:
    whole = Span(0, len(nasty))
    source = Source(whole, nasty, "anonymous", "role", nasty)
    claims = tuple(
        Claim(nasty + sort, "figure", whole, (whole,), 0, whole, "speech", who, nasty, "low", carry_over=nasty)
        for sort, who in (("a", source), ("b", replace(source, speaker=None)), ("c", replace(source, mention=None)))
    )
    finding = Finding(nasty, nasty, "error", whole, nasty, None)
    document = page(Audit(Article(nasty, nasty, (Paragraph(whole, "body"),)), claims, (finding,)))
    plain = page(AUDIT)
    assert texts(document) == [nasty]
    assert {element.tag for element in document.iter()} <= {element.tag for element in plain.iter()}
    assert set(attributes(document)) <= set(attributes(plain))
    assert len(document.xpath("//script")) == len(document.xpath("//style")) == 1


def attributes(document: HtmlElement) -> Iterator[str]:
    yield from (name for element in document.iter(etree.Element) for name in element.attrib)


def test_names_cannot_turn_the_text_around() -> None:
    source = Source(None, "Ann\u202e Lee\u2066", "named", "person")
    claim = replace(spoken("Some words.", Span(0, 10)), source=source)
    found = Finding("A\u202e", "x", "info", Span(0, 4), "Say\u202e who.", "c0")
    text = to_html.render([Audit(article("\u202ea.txt", "Some words."), (claim,), (replace(found, code="A1"),))], [],
                          version="1")  # fmt: skip
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", text)


def test_characters_that_a_page_cannot_hold_are_shown_as_others() -> None:
    text = "A\0 bell\x07 rang\x7f, \x85\ufffe \ud800.\r\n\r\n\tTwo\u2028 \x0c words\rhere.\r\n\n\n \n"
    document = page(Audit(article("odd\ud800\x07.txt", text), (), ()))
    assert texts(document) == [
        text.replace("\0", "␀").replace("\x07", "␇").replace("\x7f", "␡").replace("\x85", "\ufffd")
        .replace("\ufffe", "\ufffd").replace("\ud800", "\ufffd")
    ]  # fmt: skip
    assert "cannot hold, shown as others such as “␇”: 6." in document.find_class("sheet")[0].text_content()


def test_the_page_loads_nothing() -> None:
    document = page(AUDIT)
    (policy,) = document.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; ") and "unsafe" not in policy
    for tag in ("style", "script"):
        (element,) = document.iter(tag)
        digest = base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
        assert not re.search(r"url\((?!#)|@import|https?:", element.text)
    assert not document.xpath("//@src | //link | //@style | //@onclick")
