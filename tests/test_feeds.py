"""ninjs, feeds, e-mail and Markdown into articles."""

import json
import time
from contextlib import suppress

import pytest

from audit import origins, readers
from audit.errors import InputError
from audit.readers import Intake, fragment, traced
from tests.fuzz.invariants import hold
from tests.samples import FOLDER, claims, read

SAMPLES = {
    folder: sorted(path for path in (FOLDER / folder).iterdir() if path.suffix != ".txt")
    for folder in ("ninjs", "feed", "mail", "markdown")
}
ALL = [path for paths in SAMPLES.values() for path in paths]


def sections(article):
    return [(paragraph.section, article.slice(paragraph.span)) for paragraph in article.paragraphs]


def got(name: str, text: str, intake: Intake | None = None):
    return list(readers.read(name, text.encode(), intake or Intake()))


def refusal(name: str, text: str) -> str:
    with pytest.raises(InputError) as caught:
        got(name, text)
    return str(caught.value)


# all of them


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_a_sample_is_told_by_its_content(path):
    data = path.read_bytes()
    assert readers.format_of("article", data).name == path.parent.name
    assert readers.format_of("article.txt", data).name == path.parent.name


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_every_run_of_a_sample_slices_to_its_words(path):
    found = hold(path.name, path.read_bytes())
    assert sum(len(run.here) for article in found for run in article.origin.runs) > 100


@pytest.mark.model
@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_claims_are_those_of_the_plain_text(path):
    (plain,) = read(path.with_suffix(".txt"))
    assert claims(read(path)[0]) == claims(plain)
    assert claims(plain)


@pytest.mark.parametrize("path", sorted((FOLDER.parents[1] / "seeds").glob("*.txt")), ids=lambda path: path.name[:3])
def test_plain_articles_stay_plain(path):
    assert readers.format_of(path.name, path.read_bytes()).name == "text"


@pytest.mark.parametrize(
    "text",
    [
        "Ferry stops\n\n*The ferry* will **not** run, the *Courier* says.\n",
        "[Editor's note: this is updated.]\n\nThe ferry will not run.\n",
        "HEADLINE: Ferry stops\nBYLINE: Ann Lee\n\nThe ferry will not run.\n",
        "# 1 in the county\n\nThe ferry will not run.\n",
        "---\nThe ferry will not run.\n---\n",
    ],
)
def test_plain_text_with_odd_signs_stays_plain(text):
    assert readers.format_of("a.txt", text.encode()).name == "text"


# HTML in other files


def shown(html: str):
    return [(block.section, block.why, block.text) for block in fragment.blocks(traced.of(html)) if block.text]


def test_a_fragment_has_the_paragraphs_that_a_browser_shows():
    assert shown("One <b>two</b>\n three.<br>four<br/> <br>five <q>so</q><p>six<div>seven") == [
        (None, "", "One two three. four"),
        (None, "", "five “so”"),
        (None, "", "six"),
        (None, "", "seven"),
    ]


def test_embeds_scripts_and_captions_are_told_from_prose():
    html = """<h2>Cost<p>It rose.</p><script>var p = "<p>no</p>"</script><!-- no --><svg><title>no</title></svg>
    <blockquote class="Twitter-Tweet x"><p>We <blockquote>won</blockquote>!</p></blockquote>
    <figure><figcaption>The ramp.</figure><td>300</td>"""
    assert shown(html) == [
        ("subheading", "", "Cost"),
        (None, "", "It rose."),
        ("boilerplate", "social embed", "We"),
        ("boilerplate", "social embed", "won"),
        ("boilerplate", "social embed", "!"),
        ("caption", "", "The ramp."),
        (None, "", "300"),
    ]


@pytest.mark.parametrize(
    "bad",
    [
        "<!--",
        "<a ",
        "<",
        "&",
        "&#",
        "<a b='",
        "<![CDATA[",
        "<script>",
        "<p>",
        "<h2>",
        "</",
        "<a:",
        "<a=",
        "<svg>",
        "<q>",
    ],
)
def test_broken_markup_takes_a_time_that_grows_with_its_size(bad):
    start = time.process_time()
    list(fragment.blocks(traced.of(bad * (200_000 // len(bad)))))
    assert time.process_time() - start < 3


# ninjs


def test_of_ninjs_roles_tell_the_headlines_and_the_body():
    (found,) = read(FOLDER / "ninjs" / "roles.json")
    assert sections(found) == [
        ("headline", "School roof repaired"),
        ("standfirst", "The work took a month"),
        ("byline", "By Tom Hale"),
        ("dateline", "NORTHVALE, March 2"),
        ("body", "The roof of the school is repaired, Mayor Ruth Ekberg said."),
        ("subheading", "Cost"),
        ("body", '"It cost $2 million & more," she said.'),
        ("caption", "The school on Monday."),
    ]
    assert found.paragraphs[4].place == "/bodies/1/value"
    assert [(one.name, one.kind, one.title) for one in found.declared] == [
        ("Ruth Ekberg", "person", "mayor of Northvale"),
        ("Northvale Teachers’ Union", "organization", None),
        ("Northvale Council", "organization", None),
    ]


def test_escapes_in_json_keep_their_places():
    (found,) = read(FOLDER / "ninjs" / "flat.json")
    at = found.text.index("“We found")
    (there, *_) = origins.stretches(found, type(found.paragraphs[0].span)(at, at + 1))
    assert found.origin.text[there.start : there.end] == r"\u201c"
    note = next(paragraph for paragraph in found.paragraphs if paragraph.why)
    assert (note.section, note.why, note.place) == ("boilerplate", "editor's note", "/ednote")


def test_each_item_with_a_text_of_its_own_is_an_article():
    failed = []
    data = (FOLDER / "ninjs" / "package.json").read_bytes()
    found = list(readers.read("day.json", data, Intake(fail=lambda name, error: failed.append((name, str(error))))))
    assert [article.name for article in found] == ["day.json#1"]
    assert failed == [("day.json#2", "day.json#2: empty: there is no text to audit")]
    lines = "".join(json.dumps({"headline": f"No {n}", "body_text": "It fell, she said."}) + "\n" for n in (1, 2))
    assert [article.name for article in got("day.jsonl", lines)] == ["day.jsonl#1", "day.jsonl#2"]
    assert [p.place for p in got("day.jsonl", lines)[1].paragraphs] == ["/1/headline", "/1/body_text"]


def test_lone_surrogates_and_nul_are_shown_as_what_they_are():
    (found,) = got("a.json", r'{"body_text": "a \ud800 b \u0000 c \ud83d\ude00"}')
    assert found.text == "a \ufffd b \ufffd c \U0001f600"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('{"name": "x"}', "a.json: JSON, but no ninjs"),
        ('{"body_text": "x",}', "a.json:1:19: no well-formed JSON"),
        ('{"body_text": "x', "a.json:1:15: no well-formed JSON"),
        ('{"body_text": 5}', "a.json: empty"),
        ('{"a":' * 100_000, "a.json: JSON with hundreds of objects"),
        ("[" * 100_000, "a.json: JSON with hundreds of objects"),
        ('{"n": ' + "9" * 1_000_000 + "}", "a.json: JSON, but no ninjs"),
        ('{"n": NaN}', "a.json: JSON, but no ninjs"),
        ('{"body_text": "' + "it’s " * 500_000 + '"}', "a.json: more than 1,000,000 characters"),
        ('{"body_html": "<p>' + "it’s " * 500_000 + '"}', "a.json: more than 1,000,000 characters"),
        ('{"body_text": "' + r"it\u2019s " * 500_000 + '"}', "a.json: more than 300,000 tags, references and escapes"),
    ],
)
def test_what_is_no_ninjs_is_refused(text, why):
    assert refusal("a.json", text).startswith(why)


def test_a_key_that_stands_twice_is_told():
    said = []
    (found,) = got("a.json", '{"body_text": "One fell.", "body_text": "Two fell."}', Intake(warn=said.append))
    assert found.text == "Two fell."
    assert said == ['a.json: "body_text" stands twice in one object; the last is read']


# feeds


def test_items_of_a_feed_are_articles_with_their_places():
    first, third = read(FOLDER / "feed" / "rss.xml")
    assert (first.name, third.name) == ("rss.xml#1", "rss.xml#3")
    assert third.paragraphs[2].place == "/rss/channel/item[3]/description"
    assert sections(third)[:2] == [("headline", "School roof repaired"), ("byline", "Tom Hale")]
    assert first.paragraphs[-1].why == "the feed's own line"


def test_items_with_less_than_a_sentence_are_counted():
    said = []
    list(readers.read("rss.xml", (FOLDER / "feed" / "rss.xml").read_bytes(), Intake(warn=said.append)))
    assert said == ["rss.xml: 1 of 3 items left out, with less than a sentence: #2"]
    empty = (
        "<rss><channel><item><title>Ferry stops</title><description>Read more...</description></item></channel></rss>"
    )
    assert refusal("a.xml", empty).startswith("a.xml: a feed, but none of its 1 items")
    assert "a feed, but there are no items in it; give" in refusal("a.xml", "<rss><channel/></rss>")


def test_a_feed_opens_no_file_and_expands_nothing(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("The secret is out, he said on Monday.")
    item = "<rss><channel><item><title>A</title><description>&x;</description></item></channel></rss>"
    assert "declares entities" in refusal("a.xml", f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret}">]>{item}')
    bomb = "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, 10))
    assert "declares entities" in refusal("a.xml", f'<!DOCTYPE rss [<!ENTITY x0 "ha">{bomb}]>{item}')
    assert "no well-formed XML" in refusal("a.xml", item)


# e-mail


def test_an_email_is_its_text_without_signature_and_replies():
    (found,) = read(FOLDER / "mail" / "flowed.eml")
    assert sections(found)[:4] == [
        ("headline", "School roof repaired"),
        ("byline", "Ann Lee"),
        ("body", "The roof of the school is repaired, Mayor Ruth Ekberg said."),
        ("body", '"It cost $2 million," she said.'),
    ]
    assert {paragraph.why for paragraph in found.paragraphs[4:]} == {"quoted reply", "signature"}
    (forwarded,) = read(FOLDER / "mail" / "pasted.eml")
    assert [paragraph.why for paragraph in forwarded.paragraphs][3:] == ["forwarded message's header"] * 2 + [""]


def message(*parts: str) -> str:
    head = "From: a@b.example\nSubject: Copy\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n"
    return head + "".join(f"--x\n{part}\n" for part in parts) + "--x--\n"


def attachment(name: str, text: str) -> str:
    return f'Content-Type: text/plain\nContent-Disposition: attachment; filename="{name}"\n\n{text}'


def test_attached_articles_are_read_under_safe_names():
    said = []
    mail = message(
        "Content-Type: text/plain\n\nThe copy is attached.",
        attachment("../../etc/a:b.txt", "The ferry stops, she said."),
        attachment("x.xls", "1;2"),
        attachment("y.eml", "From: a\nSubject: b\n\nNo."),
    )
    found = got("m.eml", mail, Intake(warn=said.append))
    assert [article.name for article in found] == ["m.eml", "m.eml/a_b.txt"]
    assert [warning.partition(":")[0] for warning in said] == ["m.eml/x.xls", "m.eml/y.eml"]


def test_base64_has_no_place_in_the_file():
    mail = (
        "From: a@b.example\nSubject: Copy\nContent-Transfer-Encoding: base64\n\nVGhlIGZlcnJ5IHN0b3BzLCBzaGUgc2FpZC4=\n"
    )
    (found,) = got("m.eml", mail)
    assert found.text == "Copy\n\na@b.example\n\nThe ferry stops, she said."
    assert found.origin.text == ""
    assert origins.finder(found)(found.text.index("ferry")) == (3, 5)


@pytest.mark.parametrize(
    "mail",
    [
        "From: " + "(" * 100_000 + "\nSubject: x\n\nIt fell, she said.\n",
        "From: a\nSubject: =?punycode?q?" + "a" * 50_000 + "?=\n\nIt fell, she said.\n",
        "From: a\nSubject: x\nContent-Type: text/plain; charset=punycode\n\n" + "It fell, she said. " * 5_000,
    ],
)
def test_hostile_headers_harm_nothing(mail):
    start = time.process_time()
    (found,) = got("m.eml", mail)
    assert "It fell, she said." in found.text
    assert time.process_time() - start < 3


@pytest.mark.parametrize("header", ["; " + ";" * 50_000, "(" * 50_000, "; " + "a=b;" * 5_000, ";\n " + "a" * 50_000])
def test_endless_headers_are_refused_before_they_are_read(header):
    start = time.process_time()
    assert "m.eml:3:1: a header of over 2,000" in refusal(
        "m.eml", f"From: a\nSubject: b\nContent-Type: text/plain{header}\n\nIt fell.\n"
    )
    assert time.process_time() - start < 1


def test_parts_in_each_other_are_refused_when_they_are_many():
    mail = "From: a\nSubject: b\n" + "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(2_000)
    )
    assert refusal("m.eml", mail).startswith("m.eml: ")


# Markdown


def test_markdown_keeps_what_a_reader_sees():
    (found,) = read(FOLDER / "markdown" / "front.md")
    assert sections(found) == [
        ("headline", "Ferry to stop for a week"),
        ("byline", "Ines Walker"),
        ("body", "The ferry will not run for a week, harbour master Olga Brandt said on Monday."),
        ("body", "“We found cracks in the ramp,” she told reporters."),
        ("caption", "The ramp on Sunday."),
        ("subheading", "What comes next"),
        ("body", "Some 1,200 people cross the river each day, according to the county."),
        ("body", "Buses will run, the county’s report says."),
        ("boilerplate", "bus --every 10"),
    ]
    assert found.paragraphs[-1].why == "code"


def test_a_word_stands_where_it_is_and_not_in_an_address():
    line = 'The [mayor](http://x.example/said "said") said so.'
    (found,) = got("a.md", f"# Title\n\n{line}\n")
    assert origins.finder(found)(found.text.index("said so")) == (3, 1 + len(line) - len("said so."))


@pytest.mark.parametrize("bad", ["[", "*a ", "> ", "`", "![", "<a ", "- ", "|a", "&", "\\", "_a_ ", "[a](", "a\n"])
def test_odd_markdown_takes_little_time(bad):
    start = time.process_time()
    with suppress(InputError):
        got("a.md", bad * (20_000 // len(bad)))
    assert time.process_time() - start < 5
