"""Claims marked in the page that they were read from."""

import re

import pytest
from lxml import html as lxml_html

from audit import ingest, parse, pipeline, readers, rules
from audit.blocks import Piece, block
from audit.model import Article, Audit, Claim, Finding, Source, Span
from audit.readers import Intake
from audit.report import to_annotated_html
from tests import samples

PAGE = samples.FOLDER / "html" / "page.html"
_OURS = re.compile(r'<style class="quote-audit">.*?</style>|<mark class="quote-audit[^>]*>')


def claim(number: int, *spans: tuple[int, int], speaker: str | None = "Ann Lee") -> Claim:
    found = tuple(Span(*span) for span in spans)
    hull = Span(found[0].start, found[-1].end)
    source = Source(None, speaker, "named", "person")
    return Claim(f"c{number}", "direct", hull, found, 0, None, None, source, "quotes.test", "high")


def audited(source: str, *claims: Claim, findings: tuple[Finding, ...] = ()) -> Audit:
    (article,) = readers.read("a.html", source.encode(), Intake())
    return Audit(article, claims, findings)


def without_ours(page: str) -> str:
    """The page without our tags; every end of a mark is ours, as the pages here have none of their own."""
    return _OURS.sub("", page).replace("</mark>", "")


def marked(page: str) -> list[tuple[str, str]]:
    """The id of each mark and the text in it."""
    marks = lxml_html.fromstring(page).iter("mark")
    return [(mark.get("data-claim"), mark.text_content()) for mark in marks]


def test_a_mark_runs_across_no_tag():
    source = "<p>“We <b>did &amp; do</b> it,” she said.</p>"
    page = to_annotated_html.render(audited(source, claim(1, (0, 17))))
    assert without_ours(page) == source
    assert marked(page) == [("c1", "“We "), ("c1", "did & do"), ("c1", " it,”")]
    assert page.count(' first"') == 1


def test_marks_that_overlap_are_split_and_nested():
    source = "<p>one two three four five</p>"
    page = to_annotated_html.render(audited(source, claim(1, (0, 13)), claim(2, (4, 18)), claim(3, (8, 13))))
    assert without_ours(page) == source
    assert marked(page) == [("c1", "one two three"), ("c2", "two three"), ("c3", "three"), ("c2", " four")]


def test_what_articles_and_checks_say_breaks_out_of_no_attribute():
    finding = Finding("A001", "x", "error", Span(0, 3), 'a "quoted" <b>\n& more', "c1")
    source = "<p>one two three</p>"
    page = to_annotated_html.render(
        audited(source, claim(1, (0, 3), speaker='"><script>alert(1)</script>'), findings=(finding,))
    )
    assert "<script>" not in page
    (mark,) = lxml_html.fromstring(page).iter("mark")
    assert mark.get("data-speaker") == '"><script>alert(1)</script>'
    assert mark.get("data-findings") == "A001"
    assert mark.get("title").splitlines()[1] == 'A001 x: a "quoted" <b> & more'
    assert mark.get("class").split() == ["quote-audit", "direct", "named", "error", "first"]


def test_a_finding_about_no_claim_has_a_mark_of_its_own():
    finding = Finding("V001", "x", "info", Span(4, 7), "why", None)
    page = to_annotated_html.render(audited("<p>one two three</p>", findings=(finding,)))
    assert marked(page) == [(None, "two")]


@pytest.mark.parametrize(
    ("source", "before"),
    [
        ("<html><head><script>'</head>'</script><!-- </head> --></head><p>one two</p>", "</head><p>"),
        ("<html><head><title>x<body><p>one two</p>", "<html>"),
        ("<html><body><p>one two</p>", "<mark"),
        ("<p>one two</p>", "<mark"),
    ],
)
def test_the_style_stands_where_it_may(source, before):
    if "<title>x<" in source:
        article = ingest.assembled("a", [block([Piece("one", Span(30, 33))])], format="html", source=source)
        page = to_annotated_html.render(Audit(article, (claim(1, (0, 3)),), ()))
        before = "<mark"
    else:
        page = to_annotated_html.render(audited(source, claim(1, (0, 3))))
    assert page.split("</style>")[1].startswith(before)
    assert without_ours(page) == source


def test_what_stands_nowhere_in_the_page_has_no_mark():
    article = ingest.assembled("a", [block([Piece("one two")])], format="html", source="<p>")
    assert to_annotated_html.render(Audit(article, (claim(1, (0, 3)),), ())) == "<p>"


# whole pages


@pytest.fixture(scope="module")
def page(parser) -> tuple[Article, str]:
    (parsed,) = parse.parse(parser, samples.read(PAGE))
    return parsed, to_annotated_html.render(pipeline.audit(parsed, rules.load()))


@pytest.mark.model
def test_a_page_keeps_every_character_and_its_text(page):
    original, annotated = PAGE.read_text(), page[1]
    assert without_ours(annotated) == original
    document = lxml_html.fromstring(annotated)
    for style in document.xpath("//style[@class='quote-audit']"):
        style.drop_tree()
    assert document.text_content() == lxml_html.fromstring(original).text_content()
    assert annotated.count("<mark") > 25


@pytest.mark.model
def test_a_page_with_marks_has_the_same_claims(page):
    (again,) = readers.read("page.html", page[1].encode(), Intake())
    assert again.text == page[0].text
    assert samples.claims(again) == samples.claims(page[0])


# the command


@pytest.mark.model
def test_pages_go_to_a_folder_in_their_own_encodings(run, tmp_path):
    old = samples.FOLDER / "html" / "old-layout.html"
    text = tmp_path / "a.txt"
    text.write_text("The mayor said so.")
    code, out, err = run("run", "--annotate", "html", "-o", tmp_path / "out", PAGE, old, text)
    assert code == 3
    assert out.split() == [str(tmp_path / "out" / "page.html"), str(tmp_path / "out" / "old-layout.html")]
    assert "a.txt: not marked: --annotate html is for web pages, and this is text" in err
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["old-layout.html", "page.html"]
    written = (tmp_path / "out" / "old-layout.html").read_bytes()
    assert without_ours(written.decode("cp1252")).encode("cp1252") == old.read_bytes()
    assert "<mark" in written.decode("cp1252")


@pytest.mark.model
def test_two_pages_of_one_name_do_not_overwrite_each_other(run, tmp_path):
    for folder in "ab":
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.html").write_text(f"<p>The mayor said that it was {folder}.</p>")
    code, out, err = run("run", "--annotate", "html", "-o", tmp_path / "out", tmp_path / "a", tmp_path / "b")
    assert code == 3
    assert out.split() == [str(tmp_path / "out" / "x.html")]
    assert "is another article of this run" in err


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ([], 2, "--annotate html writes a file for each article: say where with -o"),
        (["-o", "x.html", "--format", "json"], 2, "--annotate writes pages and no report"),
        (["-o", PAGE], 3, "it is one of the articles"),
        (["-o", PAGE.parent], 3, "it is one of the articles"),
        (["-o", "no/such/x.html"], 3, "there is no folder"),
    ],
)
def test_where_pages_cannot_go(run, arguments, code, message):
    found, out, err = run("run", "--annotate", "html", PAGE, *arguments)
    assert (found, out) == (code, "")
    assert message in err
