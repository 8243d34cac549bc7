"""Spans of articles into places in the files that they were read from, in every report."""

import csv
import io
import json
import time
from dataclasses import replace

import pytest
from lxml import etree, html

from audit import ingest, readers
from audit.model import Article, Audit, Declared, Paragraph, Span
from audit.readers import Intake
from audit.report import (
    places,
    skipped,
    to_concise,
    to_csv,
    to_csv_findings,
    to_explanation,
    to_github,
    to_html,
    to_json,
    to_jsonl,
    to_junit,
    to_markdown,
    to_sarif,
    to_statistics,
    to_table,
)
from tests import origin
from tests.samples import FOLDER, read
from tests.test_formats import CHECKS, VALIDATOR

MAYOR = Declared("Ann Lee", "quote", "mayor", Span(0, 4))
STORY = origin.audit(origin.feed(MAYOR))
MEMO = origin.audit(origin.document())
PAGES = origin.audit(origin.document("pdf", "page", "memo.pdf"))


def row(report: str) -> dict[str, str]:
    (found,) = csv.DictReader(io.StringIO(report, newline=""), strict=True)
    return found


def location(audit: Audit) -> dict:
    document = json.loads(to_sarif.render([audit], checks=CHECKS, version="1", failures=()))
    VALIDATOR.validate(document)
    return document["runs"][0]["results"][0]["locations"][0]


# Places


def test_a_place_is_that_of_the_words_in_the_file():
    ((_, at),) = places.findings(STORY)
    # from "ice" in line 5 to "it" in line 6; no editor counts the byte order mark
    assert (at.line, at.column, at.end_line, at.end_column) == (5, 21, 6, 12)
    assert at.file is not None and origin.FEED[at.file.start : at.file.end] == "ice</b>\n     did it"


def test_a_span_ends_behind_an_entity_whole():
    article = origin.feed()
    at = places.finder(article)(origin.span(article, "Salt &"))
    assert at.file is not None and origin.FEED[at.file.start : at.file.end] == "Salt &amp;"
    assert at.end_column - at.column == len("Salt &amp;")


def test_words_that_stand_nowhere_in_the_file_are_placed_by_those_before_and_have_no_region():
    article = origin.feed()
    at = places.finder(article)(Span(28, 30))  # the empty line behind the headline
    assert (at.line, at.file) == (2, None)


def test_in_a_file_that_is_no_text_paragraphs_and_pages_are_counted():
    ((_, at),) = places.findings(MEMO)
    assert (at.row, at.where, at.said, at.line, at.file) == ("¶6", "¶6", "¶6", 6, None)
    ((_, at),) = places.findings(PAGES)
    assert (at.row, at.line) == ("page 6", 6)


def test_a_file_of_several_articles_is_called_by_its_own_name():
    assert places.file(STORY.article) == "news/feed.xml"
    assert places.file(origin.document(name="a#b.docx")) == "a#b.docx"


@pytest.mark.parametrize(
    ("audit", "where", "line"), [(STORY, "5:21", "5"), (MEMO, "¶6", "¶6"), (PAGES, "page 6", "page 6")]
)
def test_reports_for_reading_say_where_in_the_file(audit, where, line):
    table = to_table.render(audit)
    assert f"{where:>8}  Q001" in table
    assert f"{line:>4}  direct: “Salt" in table
    markdown = to_markdown.render([audit])
    assert f"| {where} | warning |" in markdown and f"| {line} | direct |" in markdown
    said = "line 5:21" if audit is STORY else where
    assert said in html.fromstring(to_html.render([audit], CHECKS, version="1")).text_content()
    listed = to_explanation.listed(audit, width=80)
    assert ("line 5" if audit is STORY else where) in listed


def test_lines_for_editors():
    assert to_concise.render([STORY]) == "news/feed.xml:5:21: Q001 warning Who said it?\n"
    assert to_concise.render([MEMO]) == "memo.docx:¶6: Q001 warning Who said it?\n"


def test_annotations_have_a_line_only_where_there_are_lines():
    assert to_github.render([STORY]) == "::warning file=news/feed.xml,line=5,endLine=6,title=Q001 quote::Who said it?\n"
    assert to_github.render([MEMO]) == "::warning file=memo.docx,title=Q001 quote::¶6: Who said it?\n"


def test_junit():
    for audit, where, line in ((STORY, "5:21", "5"), (MEMO, "¶6", None)):
        root = etree.fromstring(to_junit.render([audit], checks=(), failures=()).encode())
        (case,) = root.iter("testcase")
        assert (case.get("name"), case.get("line")) == (f"Q001 quote at {where}", line)
        assert case.get("file") == places.file(audit.article)


def test_sarif_has_the_region_of_the_file_and_what_the_file_calls_the_place():
    there = location(STORY)
    region = there["physicalLocation"]["region"]
    text = origin.FEED.removeprefix("\ufeff")
    assert text[region["charOffset"] :][: region["charLength"]] == region["snippet"]["text"] == "ice</b>\n     did it"
    assert (region["startLine"], region["startColumn"], region["endLine"], region["endColumn"]) == (5, 21, 6, 12)
    assert there["logicalLocations"] == [{"fullyQualifiedName": "/story/p[1]"}]
    assert there["physicalLocation"]["artifactLocation"] == {"uri": "news/feed.xml"}
    assert location(MEMO) == {
        "physicalLocation": {"artifactLocation": {"uri": "memo.docx"}},
        "logicalLocations": [{"fullyQualifiedName": "paragraph 6"}],
    }


def test_sarif_tells_articles_of_one_file_apart():
    twins = [origin.audit(origin.feed(name=f"feed.xml#{number}")) for number in (1, 2)]
    document = json.loads(to_sarif.render(twins, checks=CHECKS, version="1", failures=()))
    run = document["runs"][0]
    assert [found["partialFingerprints"][to_sarif.FINGERPRINT] for found in run["results"]] == ["f1:1", "f1:2"]
    assert run["artifacts"] == [{"location": {"uri": "feed.xml"}}]


# Records


def test_records_lead_to_the_characters_of_the_file():
    claim = json.loads(to_jsonl.render([STORY]))
    at = claim["origin"]
    assert (at["format"], at["place"]) == ("nitf", "/story/p[1]")
    parts = [origin.FEED[one["start"] : one["end"]] for one in at["spans"]]
    assert " ".join("".join(parts).replace("&amp;", "&").split()) == claim["text"]
    flat = row(to_csv.render([STORY]))
    words = origin.FEED[int(flat["file_start"]) : int(flat["file_end"])]
    assert (flat["place"], words) == ("/story/p[1]", "“Salt &amp; <b>ice</b>\n     did it,”")
    flat = row(to_csv_findings.render([STORY]))
    assert origin.FEED[int(flat["file_start"]) : int(flat["file_end"])] == "ice</b>\n     did it"
    assert (flat["line"], flat["end_line"], flat["place"]) == ("5", "6", "/story/p[1]")


def test_records_of_a_file_that_is_no_text_have_its_place_alone():
    assert json.loads(to_jsonl.render([MEMO]))["origin"] == {"format": "docx", "place": "paragraph 6", "spans": []}
    for flat in (row(to_csv.render([MEMO])), row(to_csv_findings.render([MEMO]))):
        assert (flat["place"], flat["file_start"], flat["file_end"]) == ("paragraph 6", "", "")
    assert (flat["line"], flat["end_column"]) == ("", "")


def test_json_says_what_was_read_what_skipped_and_what_declared():
    (article,) = json.loads(to_json.render([STORY], version="1"))["articles"]
    assert article["format"] == "nitf"
    assert article["sections"]["body"] == article["sections"]["boilerplate"] == 2
    assert article["declared"] == [{"name": "Ann Lee", "kind": "quote", "title": "mayor", "start": 0, "end": 4}]
    assert [(one["section"], one["why"], one["place"]) for one in article["skipped"]] == [
        ("byline", "byline", "/story/by[1]"),
        ("boilerplate", "related links", "/story/side[1]"),
        ("boilerplate", "related links", "/story/side[2]"),
    ]
    assert all(STORY.article.text[one["start"] : one["end"]] == one["text"] for one in article["skipped"])


# Skipped


SENTENCE = "Skipped: byline (line 3); related links (line 7)"


def test_what_is_skipped_is_shown_with_its_reason():
    assert skipped.sentence(STORY) == SENTENCE
    table = to_table.render(STORY)
    assert table.splitlines()[2:4] == ["19 words, 1 claim (1 direct quote)", SENTENCE]
    assert "Skipped: byline (line 3); related links (line 7)\n\n" in to_markdown.render([STORY])
    assert skipped.sentence(MEMO) == "Skipped: byline (¶4)"


def test_a_page_full_of_links_takes_no_more_than_some_lines():
    paragraphs = [Paragraph(Span(at, at + 2), "boilerplate", f"reason {at}") for at in range(0, 300, 3)]
    said = skipped.sentence(Audit(Article("a.txt", "x. " * 100, tuple(paragraphs)), (), ()))
    assert said.endswith("reason 33 (line 1); and 88 more")


def test_what_is_skipped_again_and_again_is_said_once():
    text = "".join(f"Advertisement\n\nThe road is long.\n\n{extra}" for extra in ("", "", "", "Home\n\n", ""))
    article = ingest.article("a.txt", text)
    assert skipped.sentence(Audit(article, (), ())) == "Skipped: advertisement (line 1, line 5, line 9 and 2 more)"


def test_what_stands_nowhere_in_a_document_is_skipped_without_a_place():
    (article,) = read(FOLDER / "docx" / "council.docx")
    said = skipped.sentence(Audit(article, (), ()))
    assert said == "Skipped: byline (¶3); text box (¶4); repeats the text (¶6); footnote; page header; page footer"


def test_a_table_of_a_document_has_its_own_number():
    (article,) = read(FOLDER / "docx" / "council.docx")
    find = places.finder(article)
    said = {find(one.span).said for one in article.paragraphs if one.place.startswith("table")}
    assert said == {"table 1"}


def test_articles_of_one_file_are_told_apart_by_their_headlines():
    first, _ = read(FOLDER / "feed" / "rss.xml")
    assert places.title(first) == "rss.xml#1: Ferry & bridge to close for a week"
    assert places.title(replace(first, paragraphs=first.paragraphs[1:])) == "rss.xml#1"
    assert places.title(MEMO.article) == "memo.docx"


def test_an_approvals_file_has_nothing_to_skip():
    assert skipped.sentence(Audit(STORY.article, (), (), of_approvals=True)) == ""


def test_the_page_shows_skipped_paragraphs_muted_with_their_reason():
    page = html.fromstring(to_html.render([STORY], CHECKS, version="1"))
    muted = page.xpath("//article/*[contains(@class, 'skipped')]")
    assert [(one.text_content(), one.get("data-why")) for one in muted] == [
        ("By Tom Reed", "byline"), ("Read more news", "related links"), ("Our newsletter", "related links"),
    ]  # fmt: skip
    assert all(one.get("data-why") is None for one in page.xpath("//article/*[contains(@class, 'body')]"))


def test_statistics_count_what_is_skipped():
    statistics = to_statistics.counted([STORY, STORY])
    assert to_statistics.render(statistics).endswith(
        "skipped      why            paragraphs\n"
        "-----------  -------------  ----------\n"
        "boilerplate  related links           4\n"
        "byline       byline                  2\n"
    )
    assert json.loads(to_statistics.render_json(statistics, version="1"))["skipped"][0] == {
        "section": "boilerplate", "why": "related links", "paragraphs": 4
    }  # fmt: skip


def test_places_in_a_large_file_are_found_for_each_of_its_articles_at_once():
    item = f"<item><title>Bridge closed</title><description>{'The bridge is closed. ' * 40}</description></item>\n"
    data = f"<rss version='2.0'><channel>{item * 2_000}</channel></rss>".encode()
    articles = list(readers.read("a.rss", data, Intake()))
    start = time.process_time()
    found = [places.finder(article)(article.paragraphs[0].span).line for article in articles]
    assert time.process_time() - start < 1
    assert found == list(range(1, 2_001))
