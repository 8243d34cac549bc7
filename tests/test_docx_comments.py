"""Articles back as Word documents, read by python-docx: each comment sits on the words of its finding."""

import zipfile
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from audit import readers
from audit.model import Article, Audit, Finding, Span
from audit.readers import Intake
from audit.readers.docx import original
from audit.report import places, to_docx
from audit.report.cells import clean
from tests import office, strategies
from tests.office import paragraph, run
from tests.test_docx import documents
from tests.test_report import AUDIT

_TEXT, _TAB, _BREAK = qn("w:t"), qn("w:tab"), qn("w:br")


def commented(data: bytes) -> list[tuple[str, str]]:
    """The comments of a document: what each is on, and what it says."""
    document = docx.Document(BytesIO(data))
    said = {comment.comment_id: comment.text for comment in document.comments}
    words: dict[int, list[str]] = {}
    open_: set[int] = set()
    for element in document.element.body.iter():
        if element.tag == qn("w:commentRangeStart"):
            open_.add(int(element.get(qn("w:id"))))
            words[int(element.get(qn("w:id")))] = []
        elif element.tag == qn("w:commentRangeEnd"):
            open_.discard(int(element.get(qn("w:id"))))
        for comment in open_:
            if element.tag == _TEXT:
                words[comment].append(element.text or "")
            elif element.tag in (qn("w:p"), _TAB, _BREAK):
                words[comment].append(" ")
    assert not open_ and words.keys() <= said.keys()
    return [(" ".join("".join(words[comment]).split()), said[comment]) for comment in sorted(words)]


def plain(words: str) -> str:
    return " ".join("".join(map(to_docx._in_xml, words)).split())


def marked(article: Article, *words: str) -> Audit:
    """An audit with a finding at each of these words."""
    found = []
    for each in words:
        start = article.text.index(each)
        found.append(Finding("T001", "test", "warning", Span(start, start + len(each)), f"Say more of {each}.", None))
    return Audit(article, (), tuple(sorted(found, key=lambda finding: finding.span)))


def of(data: bytes) -> to_docx.Original:
    return to_docx.Original(*original("a.docx", data, Intake()))


def test_an_article_of_another_format_becomes_a_plain_document():
    made = to_docx.render(AUDIT)
    assert [(words, said.split("\n")[0]) for words, said in commented(made)] == [
        (plain(AUDIT.article.slice(finding.span)), f"{finding.code} {finding.name}: {clean(finding.message)}")
        for finding, _ in places.said_once(AUDIT)
    ]
    assert to_docx.render(AUDIT) == made


def test_a_comment_says_who_is_said_to_say_it():
    claim = next(claim for claim in AUDIT.claims if any(finding.claim == claim.id for finding in AUDIT.findings))
    said = [said for _, said in commented(to_docx.render(AUDIT))]
    assert any(f"{claim.kind}, {claim.source.sourcing} ({claim.source.detail}): " in each for each in said)


def test_sections_become_styles():
    text = b"Bridge shut for a week\n\nThe mayor said so on Monday.\n"
    (article,) = readers.read("a.txt", text, Intake())
    document = docx.Document(BytesIO(to_docx.render(Audit(article, (), ()))))
    assert [(each.style.name, each.text) for each in document.paragraphs] == [
        ("Title", "Bridge shut for a week"),
        ("Normal", "The mayor said so on Monday."),
    ]


@settings(max_examples=40)
@given(strategies.judged())
def test_every_comment_sits_on_the_words_of_its_finding(audit):
    found = [finding for finding, _ in places.said_once(audit)]
    made = commented(to_docx.render(audit))
    spoken = [plain(audit.article.slice(finding.span)) for finding in found]
    assert sorted(words for words, _ in made) == sorted(
        words for words, finding in zip(spoken, found, strict=True) if _stands(audit.article, finding.span)
    )


def _stands(article: Article, span: Span) -> bool:
    return any(span.overlaps(paragraph.span) for paragraph in article.paragraphs)


def test_the_original_document_is_kept_but_for_its_comments():
    data = office.TRACKED
    source = of(data)
    words = [
        "said on Monday that 120",
        "Nobody was hurt, and we",
        "fire brigade reported",
        "hurt, and",
        "was hurt",
        "4 a.m.",
    ]
    audit = marked(source.article, *words)
    made = to_docx.render(audit, of(data))
    assert [each for each, _ in commented(made)] == [
        "The fire brigade",  # as it was
        "said on Monday that 120",
        "Nobody was hurt, and we",
        "was hurt",
        "hurt, and",
        "fire brigade reported",
        "4 a.m.",
    ]
    document = docx.Document(BytesIO(made))
    before = docx.Document(BytesIO(data))
    for tag in ("w:ins", "w:del", "w:delText", "w:moveFrom", "w:hyperlink", "w:fldChar", "w:p", "w:pStyle"):
        counted = [sum(1 for _ in each.element.body.iter(qn(tag))) for each in (document, before)]
        assert counted[0] == counted[1], tag
    assert "".join(document.element.body.itertext(_TEXT)) == "".join(before.element.body.itertext(_TEXT))
    assert {each.text for each in before.comments} < {each.text for each in document.comments}
    (again,) = readers.read("b.docx", made, Intake())
    assert (again.text, again.paragraphs) == (source.article.text, source.article.paragraphs)


def test_a_run_is_cut_at_the_words_and_keeps_its_looks():
    data = office.docx(
        paragraph(run("The mayor said so.", "<w:b/>"), "<w:r><w:t>One</w:t><w:tab/><w:t>two.</w:t></w:r>")
    )
    audit = marked(of(data).article, "mayor", "said so.", "so.One", "One two", "two.")
    made = to_docx.render(audit, of(data))
    assert [words for words, _ in commented(made)] == ["mayor", "said so.", "so.One", "One two", "two."]
    bold = [each.text for each in docx.Document(BytesIO(made)).paragraphs[0].runs if each.bold]
    assert bold == ["The ", "mayor", " ", "said ", "so."]


@settings(max_examples=40)
@given(documents, st.data())
def test_comments_go_into_any_document(body, data):
    file = office.docx(*body)
    try:
        source = of(file)
    except Exception:
        return
    text = source.article.text
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    finding = Finding("T001", "test", "info", Span(start, end), "Why?", None)
    made = to_docx.render(Audit(source.article, (), (finding,)), source)
    (again,) = readers.read("b.docx", made, Intake())
    assert again.text == text


def test_the_bytes_are_the_same_at_any_time():
    def dates(data: bytes) -> set[tuple[int, ...]]:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            assert b"w:date" not in archive.read("word/comments.xml")
            return {info.date_time for info in archive.infolist()}

    assert dates(to_docx.render(AUDIT)) == {(1980, 1, 1, 0, 0, 0)}


# the command


RUMOUR = office.docx(
    paragraph("It is said ", run("that", "<w:b/>"), run(" 40 people died."), "<w:r><w:footnoteReference/></w:r>")
)


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "council.docx"
    path.write_bytes(RUMOUR)
    return path


@pytest.mark.model
def test_one_article_goes_to_a_file(run, article, tmp_path):
    checked = tmp_path / "checked.docx"
    assert run("run", "--format", "docx-comments", "-o", checked, article) == (0, f"{checked}\n", "")
    assert "said" in [words for words, _ in commented(checked.read_bytes())]
    assert article.read_bytes() == RUMOUR
    first = checked.read_bytes()
    run("run", "--format", "docx-comments", "-o", checked, article)
    assert checked.read_bytes() == first


@pytest.mark.model
def test_several_articles_go_to_a_folder(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "out").mkdir()
    (tmp_path / "in").mkdir()
    (tmp_path / "in/day.zip").write_bytes(office.archives()["zip/day.zip"])
    (tmp_path / "in/short.pdf").write_bytes(office.SHORT)
    code, _, err = run("run", "--quiet", "--format", "docx-comments", "-o", "out", "in")
    assert (code, err) == (0, "")
    made = sorted(str(path.relative_to(tmp_path / "out")) for path in (tmp_path / "out").rglob("*.docx"))
    assert made == [
        "day.zip/news/columns.pdf.docx",
        "day.zip/news/council.docx",
        "day.zip/news/plain.txt.docx",
        "short.pdf.docx",
    ]


@pytest.mark.model
def test_several_articles_do_not_go_to_one_file(run, tmp_path):
    (tmp_path / "day.zip").write_bytes(office.archives()["zip/day.zip"])
    code, _, err = run("run", "--quiet", "--format", "docx-comments", "-o", tmp_path / "a.docx", tmp_path / "day.zip")
    assert code == 3 and "is another article of this run" in err


def test_what_documents_cannot_be_written_to_is_said_first(run, article, tmp_path):
    code, _, err = run("run", "--format", "docx-comments", article)
    assert code == 2 and "-o FILE or -o FOLDER" in err
    code, _, err = run("run", "--format", "docx-comments", "-o", article, article)
    assert code == 3 and "it is one of the articles" in err
    code, _, err = run("run", "--format", "docx-comments", "-o", tmp_path / "no.pdf", article)
    assert code == 2 and "docx-comments writes .docx files; name one with -o, or a folder, not " in err
    other = article.with_name("other.docx")
    other.write_bytes(office.PLAIN)
    code, _, err = run("run", "--format", "docx-comments", "-o", tmp_path / "no.docx", article, other)
    assert code == 2 and "name a folder with -o" in err


@pytest.mark.model
def test_an_article_is_not_written_over(run, article, monkeypatch):
    monkeypatch.chdir(article.parent)
    code, _, err = run("run", "--format", "docx-comments", "-o", ".", article.name)
    assert code == 3 and "it is one of the articles" in err and article.read_bytes() == RUMOUR
