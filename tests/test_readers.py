"""Files of every format into articles, and back to the places that they were read from."""

import pytest

from audit import origins, readers
from audit.blocks import Piece, block
from audit.errors import InputError
from audit.ingest import assembled
from audit.model import Origin, Run, Span
from audit.readers import Intake
from audit.readers.opening import Opening
from tests.fuzz.invariants import spaced


def sliced(found) -> list[str]:
    return [found.slice(paragraph.span) for paragraph in found.paragraphs]


# blocks

SOURCE = "<p>The  <b>bridge</b>\n &amp; road\u00a0A </p>"


def pieces():
    yield Piece(SOURCE[3:8], Span(3, 8))
    yield Piece("bridge", Span(11, 17))
    yield Piece("\n ", Span(21, 23))
    yield Piece("&", Span(23, 28))
    yield Piece(" road\u00a0A ", Span(28, 36))


def test_blanks_of_a_block_are_single_spaces():
    assert block(pieces()).text == "The bridge & road\u00a0A"


def test_every_character_of_a_block_keeps_its_place():
    made = block(pieces())
    for run in made.runs:
        here, there = made.text[run.here.start : run.here.end], SOURCE[run.there.start : run.there.end]
        assert here == spaced(there) or (here, there) == ("&", "&amp;") or (here.isspace() and there.isspace())
    assert "".join(made.text[run.here.start : run.here.end] for run in made.runs) == made.text


def test_a_block_of_blanks_is_empty():
    assert block([Piece(" \n"), Piece("\t", Span(0, 1))]) == block([])


# articles of blocks


def test_blocks_become_paragraphs_with_an_empty_line_between():
    found = assembled(
        "a.html",
        [
            block([Piece("By Ann Lee")], place="p[1]"),
            block([Piece("Bridge closed")], "headline"),
            block([Piece(" ")]),
            block([Piece("The mayor said so.")], place="p[3]"),
            block([Piece("Follow the river")], "boilerplate", why="related links"),
        ],
        format="html",
    )
    assert found.text == "By Ann Lee\n\nBridge closed\n\nThe mayor said so.\n\nFollow the river"
    assert [(p.section, p.why, p.place) for p in found.paragraphs] == [
        ("byline", "", "p[1]"),
        ("headline", "", ""),
        ("body", "", "p[3]"),
        ("boilerplate", "related links", ""),
    ]
    assert found.origin == Origin("html")


def test_the_first_short_paragraph_is_the_headline_where_the_file_names_none():
    found = assembled("a.md", [block([Piece("Bridge closed")]), block([Piece("The mayor said so.")])], format="x")
    assert [paragraph.section for paragraph in found.paragraphs] == ["headline", "body"]


# origins


def made():
    first = block([Piece("The bridge", Span(3, 13))])
    second = block([Piece("A ", Span(24, 26)), Piece("&", Span(26, 31)), Piece(" B", Span(34, 36))])
    return assembled("a.html", [first, second], format="html", source="<p>The bridge</p>\n<p>…..A &amp;<b> B</b>")


def test_a_span_stands_in_stretches_of_its_file():
    found = made()
    assert found.text == "The bridge\n\nA & B"
    assert origins.stretches(found, Span(4, 10)) == (Span(7, 13),)
    assert origins.stretches(found, Span(12, 17)) == (Span(24, 31), Span(34, 36))
    assert origins.stretches(found, Span(16, 17)) == (Span(35, 36),)
    assert origins.stretches(found, Span(10, 12)) == ()


def test_lines_and_columns_are_those_of_the_file():
    at = origins.finder(made())
    assert [at(0), at(4), at(12), at(14), at(16), at(17)] == [(1, 4), (1, 8), (2, 7), (2, 9), (2, 18), (2, 19)]


def test_where_the_file_is_no_text_paragraphs_are_counted():
    found = assembled("a.docx", [block([Piece("The bridge")]), block([Piece("It fell.")])], format="docx")
    at = origins.finder(found)
    assert [at(0), at(4), at(12), at(15)] == [(1, 1), (1, 5), (2, 1), (2, 4)]
    assert origins.stretches(found, Span(0, 3)) == ()


def test_of_plain_text_the_article_is_the_file():
    (found,) = readers.read("a.txt", b"One.\nTwo.\n", Intake())
    assert found.origin is None
    assert origins.stretches(found, Span(5, 8)) == (Span(5, 8),)
    assert origins.finder(found)(5) == (2, 1)


# formats


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("<html><body>", "html"),
        ("\ufeff<?xml version='1.0'?>\n<!-- a > b -->\n<!DOCTYPE nitf [<!ENTITY a 'b'>]>\n<nitf:nitf >", "nitf"),
        ("<p", ""),
        ("The <b>bridge</b>", ""),
        ("<<a>", ""),
        ("", ""),
    ],
)
def test_the_first_element_of_markup(text, root):
    assert Opening("a", text.encode()).root == root
    assert Opening("a", text.encode("utf-16")).root == root


def test_a_run_is_a_pair_of_spans():
    assert assembled("a", [block([Piece("ab", Span(5, 7))])], format="x", source="12345ab").origin == Origin(
        "x", "12345ab", (Run(Span(0, 2), Span(5, 7)),)
    )


# files with no article, or hardly one


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.json", "a.xml", "a.eml", "a.docx", "a.md"])
@pytest.mark.parametrize("data", [b"", b" \n\n"])
def test_nothing_is_empty_in_every_format(name, data):
    with pytest.raises(InputError, match=f"^{name}: empty: there is no text to audit$"):
        list(readers.read(name, data, Intake()))


@pytest.mark.parametrize("name", ["a.docx", "a.html", "a.txt", "a.png"])
def test_a_picture_is_no_article_whatever_it_is_called(name):
    picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 4
    with pytest.raises(InputError, match=f"^{name}: a binary file of no format that is read; give the article as text"):
        list(readers.read(name, picture, Intake()))


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        (
            "a.html",
            "<html><body><h1>Log in to read on</h1><form><p>Your name</p></form></body></html>",
            "of an article in",
        ),
        ("a.md", "# Mayor resigns\n\n[](a)\n", "no text but a headline"),
        ("a.md", "By Ann Lee\n\nAdvertisement\n", "no text but what is skipped"),
        ("a.eml", "From: a@b.org\nTo: c@d.org\nSubject: Mayor resigns\n\n", "no text but a headline"),
    ],
)
def test_hardly_an_article_is_warned_of(name, data, said):
    told: list[str] = []
    (found,) = readers.read(name, data.encode(), Intake(warn=told.append))
    assert len(told) == 1 and told[0].startswith(f"{name}: ") and said in told[0] and found.paragraphs


@pytest.mark.parametrize("data", ["Mayor resigns\n", "<p>The mayor said he would go.</p>"])
def test_a_line_of_text_or_a_part_of_a_page_may_be_short(data):
    told: list[str] = []
    (_,) = readers.read("a.txt", data.encode(), Intake(warn=told.append))
    assert told == []
