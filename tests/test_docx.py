"""Word documents into articles, the hostile ones into messages."""

import gzip
import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit import readers
from audit.errors import InputError
from audit.model import NOT_PROSE, Article
from audit.readers import Intake, Limits
from tests import office, samples
from tests.fuzz.invariants import hold
from tests.office import changed, paragraph, run, table, zipped

SAMPLES = {path: data for path, data in office.SAMPLES.items() if path.endswith(".docx")}
SENTENCE = "The mayor said so on Monday."


def read(*body: str, **more) -> Article:
    (article,) = readers.read("a.docx", office.docx(*body, **more), Intake())
    return article


def texts(article: Article) -> list[str]:
    return [article.slice(each.span) for each in article.paragraphs]


def prose(article: Article) -> list[str]:
    return [article.slice(each.span) for each in article.paragraphs if each.section not in NOT_PROSE]


def refused(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(InputError) as error:
        list(readers.read("a.docx", data, Intake(limits=limits or Limits())))
    return str(error.value)


# samples


@pytest.mark.parametrize("path", office.SAMPLES | office.archives())
def test_the_samples_are_those_of_the_script(path):
    made, kept = (office.SAMPLES | office.archives())[path], (samples.FOLDER / path).read_bytes()
    if path.endswith((".docx", ".zip")):  # what is packed, as not every zlib packs alike
        with zipfile.ZipFile(BytesIO(made)) as one, zipfile.ZipFile(BytesIO(kept)) as other:
            assert one.namelist() == other.namelist()
            loose = [name for name in one.namelist() if not name.endswith((".docx", ".zip"))]
            assert [one.read(name) for name in loose] == [other.read(name) for name in loose]
    elif path.endswith(".gz"):
        assert gzip.decompress(made) == gzip.decompress(kept)
    else:
        assert made == kept


@pytest.mark.parametrize("path", office.SAMPLES)
def test_a_sample_reads_as_its_plain_text_does(path):
    (article,) = samples.read(samples.FOLDER / path)
    (plain,) = samples.read((samples.FOLDER / path).with_suffix(".txt"))
    assert prose(article) == prose(plain)


@pytest.mark.model
@pytest.mark.parametrize("path", office.SAMPLES)
def test_the_claims_of_a_sample_are_those_of_its_plain_text(path):
    (article,) = samples.read(samples.FOLDER / path)
    (plain,) = samples.read((samples.FOLDER / path).with_suffix(".txt"))
    assert samples.claims(article) == samples.claims(plain) != []


def test_styles_say_the_sections():
    (article,) = samples.read(samples.FOLDER / "docx/council.docx")
    assert [(each.section, each.why, each.place) for each in article.paragraphs] == [
        ("headline", "", "paragraph 1"),
        ("standfirst", "", "paragraph 2"),
        ("byline", "", "paragraph 3"),
        ("body", "", "paragraph 4"),
        ("boilerplate", "text box", "paragraph 4, text box"),
        ("body", "", "paragraph 5"),
        ("pull-quote", "repeats the text", "paragraph 6"),
        ("subheading", "", "paragraph 7"),
        ("body", "", "paragraph 8"),
        ("body", "", "paragraph 9"),
        ("body", "", "table 1, row 1, cell 1"),
        ("body", "", "table 1, row 1, cell 2"),
        ("body", "", "table 1, row 2, cell 2"),
        ("caption", "", "paragraph 10"),
        ("boilerplate", "footnote", ""),
        ("boilerplate", "page header", ""),
        ("boilerplate", "page footer", ""),
    ]
    assert article.origin.format == "docx"


# tracked changes and fields


def test_changes_are_read_as_accepted():
    article = read(
        paragraph("It cost ", changed("del", run("$3")), changed("ins", run("$4")), "."),
        paragraph("First", mark='<w:del w:id="1"/>'),
        paragraph(changed("del", run("all of this")), mark='<w:del w:id="1"/>'),
        paragraph(" and last."),
        changed("ins", "") + paragraph(changed("moveFrom", run(SENTENCE))),
        paragraph(changed("moveTo", changed("ins", run(SENTENCE)))),
    )
    assert texts(article) == ["It cost $4.", "First and last.", SENTENCE]


def test_the_code_of_a_field_is_no_text_wherever_it_ends():
    def field(sort: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{sort}"/></w:r>'

    inner = field("begin") + run("inner code") + field("separate") + run("inner") + field("end")
    assert texts(
        read(paragraph("A ", field("begin"), run("code "), inner, field("separate"), run("B"), field("end")))
    ) == ["A B"]
    over = [
        paragraph("A", field("begin"), run("code")),
        paragraph(run("code"), field("separate"), run("B"), field("end")),
    ]
    assert texts(read(*over)) == ["A", "B"]


def test_what_word_has_signs_for_is_text():
    signs = (
        "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t><w:softHyphen/><w:t>d</w:t><w:cr/></w:r>"
    )
    symbols = '<w:r><w:sym w:font="Symbol" w:char="F0B7"/><w:sym w:char="20AC"/><w:sym w:char="nonsense"/></w:r>'
    assert texts(read(paragraph(signs, symbols))) == ["a b-cd \ufffd€\ufffd"]


def test_a_text_box_is_said_once():
    box = f"<w:txbxContent>{paragraph('Boxed.')}</w:txbxContent>"
    both = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert texts(read(paragraph(SENTENCE, both))) == [SENTENCE, "Boxed."]


def test_the_first_heading_is_the_headline_where_nothing_else_is():
    article = read(
        paragraph("Bridge shut", style="Heading 1"), paragraph(SENTENCE), paragraph("Why", style="Heading 1")
    )
    assert [each.section for each in article.paragraphs] == ["headline", "body", "subheading"]


def test_a_style_is_what_it_is_based_on():
    own = (
        '<w:style w:styleId="A"><w:name w:val="House headline"/><w:basedOn w:val="B"/></w:style>'
        '<w:style w:styleId="B"><w:name w:val="Title"/></w:style>'
        '<w:style w:styleId="C"><w:name w:val="House text"/><w:basedOn w:val="C"/></w:style>'
    )
    with zipfile.ZipFile(BytesIO(office.docx())) as archive:
        styles = archive.read("word/styles.xml").decode().replace("</w:styles>", f"{own}</w:styles>")
    article = read(paragraph("Why?", style="A"), paragraph(SENTENCE, style="C"), parts={"word/styles.xml": styles})
    assert [each.section for each in article.paragraphs] == ["headline", "body"]


def test_a_deleted_row_or_cell_is_no_text():
    kept = table([SENTENCE]).replace("<w:tr>", "<w:tr><w:tc><w:tcPr><w:cellDel/></w:tcPr>" + paragraph("x") + "</w:tc>")
    gone = table(["Gone."]).replace("<w:tr>", '<w:tr><w:trPr><w:del w:id="1"/></w:trPr>')
    assert texts(read(kept, gone)) == [SENTENCE]


# what is no such document


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old Word document (.doc); save it as .docx"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}).replace(b"\x08\0", b"\0\0"), "a.docx: "),
        (zipped({"[Content_Types].xml": office.HEAD + "<Types/>"}), "no document that can be read"),
        (
            zipped({"[Content_Types].xml": office.HEAD + "<Types/>", "xl/workbook.xml": ""}),
            "a workbook, not a Word document",
        ),
        (office.docx(paragraph("")), "empty: there is no text to audit"),
        (office.docx(parts={"word/document.xml": office.HEAD + "<x/>"}), "no document that can be read"),
        (office.docx(paragraph(SENTENCE), parts={"word/document.xml": "<w:document"}), "/word/document.xml:1:"),
        (office.docx(paragraph(SENTENCE))[:-30], "a damaged Word document"),
        (b"PK\x03\x04" + bytes(100), "a damaged Word document"),
    ],
)
def test_no_document_is_a_message(data, said):
    assert said in refused(data)


def test_a_document_of_another_program_is_a_message():
    sheet = office.docx(paragraph(SENTENCE))
    with zipfile.ZipFile(BytesIO(sheet)) as archive:
        members = {
            name: archive.read(name).replace(b"wordprocessingml", b"spreadsheetml") for name in archive.namelist()
        }
    assert "no document that can be read" in refused(zipped(members))


def test_without_styles_the_words_tell():
    with zipfile.ZipFile(BytesIO(office.docx(paragraph("Bridge shut", style="Title"), paragraph(SENTENCE)))) as archive:
        members = {name: archive.read(name) for name in archive.namelist() if "styles" not in name}
    members["word/_rels/document.xml.rels"] = members["word/_rels/document.xml.rels"].replace(b"styles.xml", b"no.xml")
    assert "no document that can be read" in refused(zipped(members))
    del members["word/_rels/document.xml.rels"]
    (article,) = readers.read("a.docx", zipped(members), Intake())
    assert [each.section for each in article.paragraphs] == ["headline", "body"]


# attacks

ENTITY = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "[Content_Types].xml", "word/extra.bin"])
def test_entities_in_any_part_are_refused(part):
    with zipfile.ZipFile(BytesIO(office.docx(paragraph(SENTENCE)))) as archive:
        members = {name: archive.read(name).decode() for name in archive.namelist()}
    members[part] = members.get(part, "<x>&b;</x>").replace(office.HEAD, "")
    members[part] = ENTITY + members[part].replace(SENTENCE, "&a; &b;")
    assert f"a.docx/{part}:1:" in refused(zipped(members)) and "declares entities" in refused(zipped(members))


def test_entities_behind_another_encoding_are_refused():
    part = '<?xml version="1.0" encoding="UTF-7"?>+ADw-!DOCTYPE x+AD4-<x/>'
    assert "in UTF-7" in refused(office.docx(paragraph(SENTENCE), parts={"word/extra.xml": part}))


def test_external_relationships_are_never_followed(monkeypatch):
    import socket

    def tried(*_, **__):
        raise AssertionError("it went to the network")

    monkeypatch.setattr(socket, "socket", tried)
    monkeypatch.setattr(socket, "getaddrinfo", tried)
    relations = f'<Relationships xmlns="{office._PACKAGE}/relationships">' + "".join(
        f'<Relationship Id="e{number}" Type="{office._R}/{sort}" Target="{target}" TargetMode="External"/>'
        for number, (sort, target) in enumerate(
            [
                ("attachedTemplate", "http://attack.example/t.dotm"),
                ("footnotes", "file:///etc/passwd"),
                ("header", "\\\\attack.example\\share"),
                ("styles", "http://attack.example/styles.xml"),
            ]
        )
    )
    data = office.docx(paragraph(SENTENCE), parts={"word/_rels/document.xml.rels": f"{relations}</Relationships>"})
    (article,) = readers.read("a.docx", data, Intake())
    assert article.text == SENTENCE


@pytest.mark.parametrize(
    "target", ["../../../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "../[Content_Types].xml"]
)
def test_parts_are_looked_for_in_the_document_alone(target):
    relations = (
        f'<Relationships xmlns="{office._PACKAGE}/relationships">'
        f'<Relationship Id="e" Type="{office._R}/footnotes" Target="{target}"/></Relationships>'
    )
    data = office.docx(paragraph(SENTENCE), parts={"word/_rels/document.xml.rels": relations})
    assert "root:" not in "".join(article.text for article in hold("a.docx", data))


def test_a_bomb_is_not_unpacked():
    bomb = office.docx(paragraph(SENTENCE), parts={"word/media/image1.png": bytes(30_000_000)})
    assert len(bomb) < 50_000 and "more than 100 times its size" in refused(bomb)
    large = office.docx(paragraph("mayor " * 100_000), parts={"word/media/a.png": bytes(range(256)) * 2_000})
    assert "more is packed in this file than is ever unpacked" in refused(large, Limits(unpacked=1))


def test_depth_and_number_have_limits():
    deep = "<w:tbl><w:tr><w:tc>" * 1_000 + paragraph(SENTENCE) + "</w:tc></w:tr></w:tbl>" * 1_000
    assert "elements in each other" in refused(office.docx(deep))
    many = office.docx(paragraph(SENTENCE), parts={f"word/{number}.xml": "<x/>" for number in range(2_100)})
    assert "files in it" in refused(many)
    long = "".join(paragraph(f"The mayor said so {number} times.") for number in range(100_000))
    assert "/word/document.xml: more than 20 MB" in refused(office.docx(long.replace("<w:rPr>", " " * 70 + "<w:rPr>")))
    assert "more than 1,000 characters" in refused(office.docx(paragraph(SENTENCE * 100)), Limits(characters=1_000))


_inline = st.recursive(
    st.sampled_from(["<w:r><w:tab/></w:r>", '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "<w:t>bare</w:t>", "<x/>"])
    | st.sampled_from(["begin", "separate", "end"]).map(lambda sort: f'<w:r><w:fldChar w:fldCharType="{sort}"/></w:r>')
    | st.text("ab “”.\n", max_size=12).map(run),
    lambda inner: st.tuples(
        st.sampled_from("ins del moveTo moveFrom hyperlink sdt r txbxContent p".split()), inner
    ).map(lambda pair: f"<w:{pair[0]}>{pair[1]}</w:{pair[0]}>"),
    max_leaves=6,
)
_blocks = st.recursive(
    st.builds(
        lambda content, style, mark: paragraph(*content, style=style, mark=mark),
        st.lists(_inline, max_size=4),
        st.sampled_from(["", *office.STYLES]),
        st.sampled_from(["", "<w:del/>"]),
    ),
    lambda inner: st.lists(inner, max_size=3).map(
        lambda parts: f"<w:tbl><w:tr><w:tc>{''.join(parts)}</w:tc></w:tr></w:tbl>"
    ),
    max_leaves=6,
)
documents = st.lists(_blocks, min_size=1, max_size=6)


@settings(max_examples=60)
@given(documents)
def test_whatever_is_nested_is_refused_or_read(body):
    hold("a.docx", office.docx(*body))
