"""PDF files into articles, as well as it goes, and into messages where it does not."""

import sys
import time
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit import readers
from audit.errors import InputError
from audit.model import Article
from audit.readers import Intake, Limits
from audit.readers.typeset import Line, paragraphs
from tests import office
from tests.fuzz import large
from tests.fuzz.invariants import hold
from tests.office import pdf, set_in_lines

SAMPLES = {path: data for path, data in office.SAMPLES.items() if path.endswith(".pdf")}


def read(data: bytes, warnings: list[str] | None = None) -> Article:
    (article,) = readers.read("a.pdf", data, Intake(warn=(warnings if warnings is not None else []).append))
    return article


def refused(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(InputError) as error:
        list(readers.read("a.pdf", data, Intake(limits=limits or Limits())))
    return str(error.value)


def test_what_repeats_on_pages_is_no_text():
    warnings: list[str] = []
    found = read(office.FERRY, warnings)
    assert [(each.section, each.why, each.place) for each in found.paragraphs] == [
        ("boilerplate", "running head", "page 1"),
        ("boilerplate", "page number", "page 1"),
        ("headline", "", "page 1"),
        ("body", "", "page 1"),
        ("body", "", "page 1"),
        ("boilerplate", "running head", "page 2"),
        ("boilerplate", "page number", "page 2"),
        ("body", "", "page 1"),
        ("body", "", "page 2"),
    ]
    assert len(warnings) == 1 and "a.pdf: where paragraphs of a PDF file begin and end is guessed" in warnings[0]


def lines(*texts: str, gap: float = 14, across: float = 72, size: float = 11) -> list[Line]:
    return [Line(text, across, 700 - gap * number, size) for number, text in enumerate(texts)]


def of(*pages: list[Line]) -> list[str]:
    return [made.text for made in paragraphs(pages)]


def test_words_broken_at_the_end_of_a_line_are_whole():
    assert of(lines("It will be hap-", "pily paid for by a well-", "known firm, a well-known one.")) == [
        "It will be happily paid for by a well-known firm, a well-known one."
    ]
    assert of(lines("Those are the Smith-", "Jones figures of 2019-", "2020.")) == [
        "Those are the Smith- Jones figures of 2019- 2020."
    ]


def test_letters_of_another_size_begin_a_paragraph():
    assert of([*lines("Bridge shut", size=20), Line("The mayor said so", 72, 686, 11)]) == [
        "Bridge shut",
        "The mayor said so",
    ]


def test_a_short_line_with_a_stop_ends_a_paragraph():
    assert of(lines("The mayor of the town said that it was shut", "for a week.", "Nobody else spoke.")) == [
        "The mayor of the town said that it was shut for a week.",
        "Nobody else spoke.",
    ]


def test_a_paragraph_goes_over_a_page_that_ends_within_a_sentence():
    assert of(lines("The mayor of the town"), lines("said so to those who came.", "More was said by her.")) == [
        "The mayor of the town said so to those who came. More was said by her."
    ]


def test_a_running_head_stands_at_the_edge():
    page = lines("Herald 1", "The mayor said", "so on a day", "Herald 2", "and she said", "no more of it", "4")
    other = lines("Herald 7", "Nobody else", "spoke of it.", "5")
    found = list(paragraphs([page, other]))
    assert [made.text for made in found if not made.why] == [
        "The mayor said so on a day Herald 2 and she said no more of it Nobody else spoke of it."
    ]


# what cannot be read


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.4\n", "a damaged PDF file"),
        (b"%PDF-1.4\n" + bytes(1_000), "a damaged PDF file"),
        (office.SHORT[:700], "a damaged PDF file"),
        (pdf([]), "no text in this PDF file"),
        (pdf(*[[]] * 501), "more than 200 pages"),
        (pdf([(72, 700, 11, "It was said.")], trailer="/Encrypt 3 0 R"), "a.pdf: "),
        (office.SHORT.replace(b"Police", b"Pol)ic", 1), None),
    ],
)
def test_no_article_is_a_message(data, said):
    if said:
        assert said in refused(data)
    else:
        hold("a.pdf", data)


def test_a_password_is_a_message():
    from io import BytesIO

    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(BytesIO(office.SHORT)))
    writer.encrypt("secret", algorithm="RC4-128")
    data = BytesIO()
    writer.write(data)
    assert "protected by a password" in refused(data.getvalue())


def test_without_its_reader_the_extra_is_named(monkeypatch, run, tmp_path):
    monkeypatch.setitem(sys.modules, "pypdf", None)
    (tmp_path / "a.pdf").write_bytes(office.SHORT)
    code, out, err = run("run", tmp_path, "--format", "jsonl")
    assert code == 3 and out == ""
    assert err == f'error: {tmp_path}/a.pdf: a PDF file; to read these: pip install "quote-audit[pdf]"\n'


def test_limits_are_kept():
    assert "more than 100 characters" in refused(office.SHORT, Limits(characters=100))


def test_a_bomb_is_not_unpacked():
    packed = zlib.compress(bytes(200_000_000))
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
    plain = pdf([(72, 700, 11, "x")])
    start, end = plain.index(b"<< /Length"), plain.index(b"endstream") + len(b"endstream")
    assert refused(plain[:start] + stream + plain[end:]).startswith("a.pdf: ")


def test_a_page_of_drawings_is_not_drawn_for_ever():
    assert "more is in its pages" in refused(pdf([(72, 700, 11, "x")] * 120_000))
    assert "more is in its pages" in refused(pdf(*[[(72, 700, 11, "x")] * 400] * 100))


def test_forms_in_each_other_end():
    plain = pdf([(72, 700, 11, "It was said.")])
    form = (
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A 3 0 R /B 3 0 R >> >>"
        b" /Length 12 >>\nstream\n/A Do /B Do \nendstream"
    )
    start, end = plain.index(b"<< /Type /Font"), plain.index(b">>\nendobj\n4") + 2
    looped = (
        plain[:start]
        + form
        + plain[end:].replace(b"/Font << /F1 3 0 R >>", b"/XObject << /A 3 0 R >>").replace(b"BT\n", b"/A Do\nBT\n")
    )
    hold("a.pdf", looped)


@settings(max_examples=50)
@given(
    st.lists(
        st.lists(
            st.tuples(*[st.integers(0, 800)] * 2, st.integers(0, 40), st.text("ab-.” \n(1)", max_size=9)), max_size=9
        ),
        min_size=1,
        max_size=3,
    )
)
def test_whatever_is_drawn_is_refused_or_read(pages):
    hold("a.pdf", pdf(*pages))


def test_time_is_linear():
    text = "The mayor said that it would be shut for a week and a day."
    big = pdf(*[set_in_lines([text] * 50) for _ in range(100)])
    start = time.process_time()
    read(big)
    assert time.process_time() - start < 10


def test_what_takes_long_without_drawing_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audit.readers.pdf._DRAWING", 100_000)
    monkeypatch.setattr("audit.readers.pdf._Counted.left", 20_000)
    text = b"BT /F1 9 Tf (Ann Lee said so.) Tj ET "
    read(large.drawn(text, pages=9, codes=b"begincmap 1 beginbfchar " + b"<61> <0041>\n" * 500))
    codes = large.drawn(text, pages=9, codes=b"begincmap 1 beginbfchar " + b"<61> <0041>\n" * 6_000)
    read(large.drawn(text + b"1 " * 2_000 + b"/X Do", pages=2))
    forms = large.drawn(text + b"1 " * 2_000 + b"/X Do " * 20, pages=2)  # of operands, which nothing counts
    outside = large.drawn(text).replace(b"/MediaBox", b"/T (" + b"\\a" * 20_000 + b") /MediaBox")
    for data in (codes, forms, outside):
        with pytest.raises(InputError, match="more is in its pages than an article has"):
            read(data)
