"""Text into paragraphs and sections."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from audit.ingest import article

SEEDS = Path(__file__).parent.parent / "seeds"
LEDE = (
    "The bridge over the river was closed on Friday after an inspection found cracks, the city council said on Monday."
)


def paragraphs(text: str) -> list[str]:
    read = article("a.txt", text)
    return [read.slice(paragraph.span) for paragraph in read.paragraphs]


def sections(*texts: str) -> list[str]:
    read = article("a.txt", "\n\n".join(texts))
    assert [read.slice(paragraph.span) for paragraph in read.paragraphs] == list(texts)
    return [paragraph.section for paragraph in read.paragraphs]


@pytest.mark.parametrize(
    ("seed", "other_than_body", "body"),
    [
        ("000", [("subheading", "Turkey continues diplomatic efforts")], 19),
        ("001", [], 12),
        (
            "002",
            [
                ("headline", "Turkey and Russia working on ceasefire in Syria’s Idlib"),
                ("standfirst", "The province in the north-west of the Middle Eastern country has suffered increased"),
                ("boilerplate", "Beta V.1.0 - Powered by automated translation"),
                ("boilerplate", "TOPSHOT -"),
                ("caption", "Abu Ahmad, one of the last people"),
                ("credit", "/ AFP / Omar HAJ KADOUR"),
            ],
            11,
        ),
        (
            "003",
            [
                ("headline", "Trump warns Syria, Russia and Iran over Idlib offensive"),
                (
                    "standfirst",
                    "US President says Turkey is working to ensure civilians are not killed as Syrian forces,",
                ),
                ("subheading", "US-Turkey ties"),
            ],
            20,
        ),
        ("004", [], 12),
    ],
)
def test_seeds(seed, other_than_body, body):
    path = next(SEEDS.glob(f"{seed}*.txt"))
    read = article(path.name, path.read_bytes().decode())
    found = [(p.section, read.slice(p.span)) for p in read.paragraphs if p.section != "body"]
    assert [section for section, _ in found] == [section for section, _ in other_than_body]
    assert all(text.startswith(words) for (_, text), (_, words) in zip(found, other_than_body, strict=True))
    assert sum(paragraph.section == "body" for paragraph in read.paragraphs) == body


def test_a_stray_line_break_does_not_end_a_paragraph():
    path = next(SEEDS.glob("004*.txt"))
    read = article(path.name, path.read_bytes().decode())
    (broken,) = [read.slice(p.span) for p in read.paragraphs if "\n" in read.slice(p.span)]
    assert "civilians have fled\nattacks by the regime" in broken
    assert broken.startswith("Erdogan told Vladimir Putin") and broken.endswith("near the Turkish border.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\nTwo.", ["One.", "Two."]),
        ("One goes on\nin two.", ["One goes on\nin two."]),
        ("He said\n“we will stay”.", ["He said\n“we will stay”."]),
        ("“One.”\nand so on.", ["“One.”", "and so on."]),
        ("(One.)\nand so on.", ["(One.)", "and so on."]),
        ("A headline;\nIts deck.", ["A headline;", "Its deck."]),
        ("One.\r\n\r\nTwo.\rThree.\u2028Four.", ["One.", "Two.", "Three.", "Four."]),
        ("One\n\nin two.", ["One", "in two."]),
        ("One.\n \u00a0\t\nTwo.", ["One.", "Two."]),
        ("\ufeffOne.\u00a0\n\u200b\n\u00a0 Two. ", ["One.", "Two."]),
        ("", []),
        (" \ufeff\n\u00a0", []),
    ],
)
def test_lines_and_blanks(text, expected):
    assert paragraphs(text) == expected


WRAPPED = """\
The bridge over the river was closed on Friday after an inspection
found cracks in two of its piers, the city council said on Monday.
Drivers will have to take the ferry, which the council promised to
run at night as well. The Mayor, Ann Lee, spoke of a hard winter."""


def test_hard_wrapped_lines_are_joined():
    assert paragraphs(f"{WRAPPED}\n\n{WRAPPED}") == [WRAPPED, WRAPPED]


def test_a_short_line_ends_a_paragraph_of_hard_wrapped_text():
    text = f"{WRAPPED}\n\nWork on the bridge may begin as early as in the coming week, said\nLee.\n{WRAPPED}"
    assert len(paragraphs(text)) == 3


def test_two_lines_are_wrapped_where_the_rest_is():
    two = "The council will meet again on Thursday, when a vote on the money is\nExpected."
    assert paragraphs(f"{WRAPPED}\n\n{two}") == [WRAPPED, *two.split("\n")]
    two = "The council will meet again on Thursday when, said Mayor Ann\nRobertson, it will vote."
    assert paragraphs(f"{WRAPPED}\n\n{two}") == [WRAPPED, two]
    assert paragraphs(two) == two.split("\n")


def test_one_paragraph_a_line_is_not_hard_wrapped():
    lines = [LEDE, "The ferry runs.", LEDE.replace("Friday", "Sunday"), "“We wait,” said Lee.", LEDE]
    assert paragraphs("\n".join(lines)) == lines


@pytest.mark.parametrize(
    "headline",
    [
        "Bridge closed after cracks found",
        "Bernie Sanders: ‘Of Course’ Hillary Clinton Is Qualified To Be President.",
        "Families of mass shooting victims sound off on Sanders.",
        "Could an 'accident' by Janet Yellen derail Clinton?",
        "Mayor: ‘We will rebuild’",
    ],
)
def test_headline(headline):
    assert sections(headline, LEDE) == ["headline", "body"]


def test_no_headline():
    assert sections(LEDE, LEDE) == ["body", "body"]
    assert sections("The only paragraph there is") == ["body"]
    lede = "The council on Monday condemned “ruthless actions” by drivers who hamper efforts to repair the bridge."
    assert sections(lede, LEDE) == ["body", "body"]


def test_standfirst():
    deck = "Council promises a ferry that runs at night, but drivers fear a hard winter on the river"
    assert sections("Bridge closed", deck, LEDE) == ["headline", "standfirst", "body"]
    assert sections("Bridge closed;", f"{deck}.", LEDE) == ["headline", "standfirst", "body"]
    assert sections("Bridge closed", f"{deck}.", LEDE) == ["headline", "body", "body"]
    assert sections("Bridge closed", "The council says:", LEDE) == ["headline", "body", "body"]
    assert sections(LEDE, deck, LEDE)[1] != "standfirst"


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("By Ann Lee", "byline"),
        ("By Ann Lee and Bob de la Cruz in Springfield", "byline"),
        ("by Ann Lee, City Editor", "byline"),
        ("Ann Lee, Reuters", "byline"),
        ("Jane Doe, Staff Reporter", "byline"),
        ("(Reporting by David Bailey; Editing by Cynthia Osterman.)", "byline"),
        ("Alex Isenstadt contributed to this story.", "byline"),
        ("By Friday, those surveyed had changed their minds.", "body"),
        ("By 58%-33%, those surveyed  said the group's funding shouldn't be eliminated.", "body"),
        ("By Friday Ann Lee had left the city council and taken the ferry home.", "body"),
        ("The bridge in May. REUTERS/Ann Lee", "caption"),
        ("The bridge in May (Photo by Ann Lee/Getty Images)", "caption"),
        ("The bridge in May. (AP Photo/Ann Lee)", "caption"),
        ("The closed bridge on Monday [Khalil Ashawi/Reuters]", "caption"),
        ("Getty.", "credit"),
        ("/ AFP /", "credit"),
        ("(Reuters)", "credit"),
        ("AP Photo / Ann Lee", "credit"),
        ("AFP reporters saw the bridge fall.", "body"),
        ("TOPSHOT -", "boilerplate"),
        ("FILE PHOTO:", "boilerplate"),
        ("She told Reuters that the bridge was closed.", "body"),
        ("He filed a photo: the bridge, closed, with nobody on it.", "body"),
        ("Beta V.1.0 - Powered by automated translation", "boilerplate"),
        ("Read more: Bridge closed", "boilerplate"),
        ("READ MORE", "boilerplate"),
        ("Read more books, he said, and the rest will follow.", "body"),
        ("Follow us on Facebook", "boilerplate"),
        ("Follow Ann Lee on Twitter @annlee.", "boilerplate"),
        ("Follow the money, she said.", "body"),
        ("Sign up for our newsletter", "boilerplate"),
        ("For more, sign up for the What’s Working newsletter.", "boilerplate"),
        ("Watch the full interview below:", "boilerplate"),
        ("This story has been updated with additional reactions.", "boilerplate"),
        ("This report was welcomed by 300 experts, the council said.", "body"),
        ("* * *", "boilerplate"),
        ("US-Turkey ties", "subheading"),
        ("FULL TEXT.", "subheading"),
        ("Fox News reports:", "body"),
        ("He agreed.", "body"),
        ("“We are afraid.”", "body"),
        ("and so they went on", "body"),
    ],
)
def test_section_within_an_article(text, section):
    assert sections("Bridge closed", LEDE, text, LEDE) == ["headline", "body", section, "body"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "TOPSHOT - Abu Ahmad rides in a truck. / AFP / Abdulaziz KETAZ",
            [
                ("boilerplate", "TOPSHOT -"),
                ("caption", "Abu Ahmad rides in a truck."),
                ("credit", "/ AFP / Abdulaziz KETAZ"),
            ],
        ),
        ("Residents leave.  / AFP / Omar HAJ", [("caption", "Residents leave."), ("credit", "/ AFP / Omar HAJ")]),
        (
            "FILE PHOTO: The bridge. REUTERS/A. Lee",
            [("boilerplate", "FILE PHOTO:"), ("caption", "The bridge. REUTERS/A. Lee")],
        ),
    ],
)
def test_slug_and_credit_are_no_part_of_a_caption(text, parts):
    read = article("a.txt", f"{LEDE}\n\n{text}\n\n{LEDE}")
    assert [(p.section, read.slice(p.span)) for p in read.paragraphs[1:-1]] == parts


def test_what_comes_before_the_headline_does_not_hide_it():
    assert sections("Beta V.1.0", "By Ann Lee", "Bridge closed", "By Ann Lee", LEDE) == [
        "boilerplate",
        "byline",
        "headline",
        "byline",
        "body",
    ]


def test_the_last_paragraph_is_no_subheading():
    assert sections("Bridge closed", LEDE, "The end") == ["headline", "body", "body"]


ODD = st.text(
    alphabet=st.sampled_from("ab AZ.,:;“”\"'/()[]\n\n\r\t\u00a0\u2028\ufeff\u200b1%É汉😀\x0b\x1c\x85"), max_size=200
)


def blank(text: str) -> bool:
    return all(c.isspace() or c in "\ufeff\u200b\u2060" for c in text)


@given(st.one_of(st.text(max_size=200), ODD))
@example("\ufeff\ufeff a \ufeff\n\ufeff")
def test_paragraphs_are_in_order_disjoint_and_only_blanks_lie_between(text):
    read = article("a.txt", text)
    assert read.text == text and read.sentences == ()
    end = 0
    for paragraph in read.paragraphs:
        words = read.slice(paragraph.span)
        assert blank(text[end : paragraph.span.start])
        assert not blank(words[:1]) and not blank(words[-1:])
        end = paragraph.span.end
    assert blank(text[end:])


@given(st.lists(st.sampled_from([LEDE, "Bridge closed", "By Ann Lee", "“No,” he said."]), max_size=6))
def test_kinds_of_newlines_make_no_difference(texts):
    def read(newline):
        found = article("a.txt", newline.join(texts).replace("\n", newline))
        return [(p.section, found.slice(p.span)) for p in found.paragraphs]

    assert read("\n") == read("\r\n") == read("\r") == read("\u2028")


def test_a_line_of_two_million_characters():
    text = "word, " * 350_000 + '."' * 1000
    (paragraph,) = article("a.txt", text).paragraphs
    assert len(paragraph.span) == len(text) and paragraph.section == "body"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("ALSO READ: Bridge closed", "related links"),
        ("View this post on Instagram", "social embed"),
        ("A post shared by Ann Lee (@annlee)", "social embed"),
        ("We wait for help. pic.twitter.com/a1B2c3", "social embed"),
        ("We wait for help. — Ann Lee (@annlee) March 3, 2020", "social embed"),
        ("Sign up for our newsletter", "newsletter box"),
        ("Get the Morning Line newsletter in your inbox.", "newsletter box"),
        ("Beta V.1.0 - Powered by automated translation", "machine translation"),
        ("© 2026 The Daily", "rights"),
        ("* * *", "no words"),
    ],
)
def test_what_is_no_article_says_why(text, why):
    read = article("a.txt", f"{LEDE}\n\n{text}\n\nIt rained.")
    assert (read.paragraphs[1].section, read.paragraphs[1].why) == ("boilerplate", why)


@pytest.mark.parametrize(
    "text",
    [
        "The tweet by Ann Lee (@annlee) was sent on March 3, 2020, police said.",
        "A photo shared by the police shows the bridge, which fell on Monday, and the river, and the men who fled it.",
        "Get the bridge open, the mayor said.",
        "He said – as Ann Lee did in June 3, 2020",
    ],
)
def test_what_only_mentions_a_post_is_article(text):
    assert sections(LEDE, text, "It rained.")[1] != "boilerplate"


@pytest.mark.parametrize(
    ("dateline", "rest"),
    [
        ("WASHINGTON (AP) —", "The bridge is closed."),
        ("PORTLAND, Maine -", "The bridge is closed."),
        ("KYIV, Ukraine, Feb. 3 (Reuters) -", "“The bridge is closed,” she said."),
        ("Mexico City (AFP) –", "The bridge is closed."),
        ("ST. LOUIS ―", "The bridge is closed."),
        ("LOS ANGELES --", "''The bridge is closed.''"),
        ("KUALA LUMPUR:", "The bridge is closed."),
        ("Doha:", LEDE),
    ],
)
def test_a_dateline_is_no_part_of_the_lede(dateline, rest):
    read = article("a.txt", f"Bridge closed\n\n{dateline} {rest}\n\n{dateline} {rest}")
    assert [(p.section, read.slice(p.span)) for p in read.paragraphs] == [
        ("headline", "Bridge closed"),
        ("dateline", dateline),
        ("body", rest),
        ("body", f"{dateline} {rest}"),
    ]


def test_a_label_is_no_dateline():
    read = article("a.txt", f"EXCLUSIVE — {LEDE}\n\n{LEDE}")
    assert [(p.section, p.why) for p in read.paragraphs] == [("boilerplate", "label"), ("body", ""), ("body", "")]


@pytest.mark.parametrize(
    "text", ["QUESTIONABLE MEDICAL CLAIMS — For years he slept.", "The NATO - the bloc - slept.", "A — b."]
)
def test_what_is_neither_stays(text):
    read = article("a.txt", f"{text} {LEDE}\n\n{LEDE}")
    assert [p.section for p in read.paragraphs] == ["body", "body"]


def test_a_name_that_a_headline_quotes_is_no_dateline():
    read = article("a.txt", f"Lee: The bridge must go.\n\n{LEDE}")
    assert "dateline" not in [p.section for p in read.paragraphs]
