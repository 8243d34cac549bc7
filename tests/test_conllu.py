"""A parse written as CoNLL-U reads back as the same article, and anything else is refused with its line."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit import conllu
from audit.errors import InputError
from audit.model import Article, Paragraph, Sentence, Span, Word

TEXT = "Talks resume\n\nAnn\u00a0Lee can't go."
WORDS = (
    Word(1, Span(14, 21), "Ann\u00a0Lee", "Ann\u00a0Lee", "PROPN", "NNP", "Number=Sing", 4, "nsubj", "S-Person"),
    Word(2, Span(22, 24), "ca", "can", "AUX", "MD", "VerbForm=Fin", 4, "aux", "O"),
    Word(3, Span(24, 27), "n't", "not", "PART", "RB", "", 4, "advmod", "O"),
    Word(4, Span(28, 30), "go", "go", "VERB", "VB", "VerbForm=Inf", 0, "root", "O"),
    Word(5, Span(30, 31), ".", ".", "PUNCT", ".", "", 4, "punct", "O"),
)
ARTICLE = Article(
    "seeds/a.txt",
    TEXT,
    (Paragraph(Span(0, 12), "headline"), Paragraph(Span(14, 31), "body")),
    (Sentence(Span(14, 31), WORDS, 1),),
)

# Any character at all, the troublesome ones often.
texts = st.text(st.characters() | st.sampled_from("\t\n\r\\|_ \u00a0\u0085\u2028\ud800\ufeff\u200b😀#="), max_size=12)


@st.composite
def spans(draw: st.DrawFn, text: str) -> Span:
    start = draw(st.integers(0, len(text)))
    return Span(start, draw(st.integers(start, len(text))))


@st.composite
def sentences(draw: st.DrawFn, text: str, paragraphs: int) -> Sentence:
    count = draw(st.integers(1, 4))
    words = tuple(
        Word(
            index,
            draw(spans(text)),
            *(draw(texts) for _ in range(5)),
            draw(st.integers(0, index - 1)),
            draw(texts),
            draw(texts),
        )
        for index in range(1, count + 1)
    )
    return Sentence(draw(spans(text)), words, draw(st.integers(0, paragraphs - 1)))


@st.composite
def articles(draw: st.DrawFn) -> Article:
    text = draw(texts)
    sections = st.sampled_from(["headline", "byline", "body", "caption"])
    paragraphs = draw(st.lists(st.builds(Paragraph, spans(text), sections), max_size=3))
    own = draw(st.lists(sentences(text, len(paragraphs)), max_size=2)) if paragraphs else []
    return Article(draw(texts), text, tuple(paragraphs), tuple(own))


@given(articles())
def test_every_article_reads_back(article: Article) -> None:
    assert conllu.read(conllu.write(article), article.text) == article


@given(articles())
def test_what_is_written_is_conllu_that_any_file_can_hold(article: Article) -> None:
    written = conllu.write(article)
    written.encode()  # no lone surrogate is left
    assert written.endswith("\n")
    for line in written.splitlines():
        if line and not line.startswith("#"):
            columns = line.split("\t")
            assert len(columns) == 10
            assert all(columns)
            assert not any(re.search(r"\s", column) for column in columns[3:])


def test_written_form() -> None:
    lines = conllu.write(ARTICLE).splitlines()
    assert lines[0] == "# newdoc id = seeds/a.txt"
    assert re.fullmatch(
        r"# quote_audit = 1 characters=31 sha256=[0-9a-f]{64} paragraphs=2 sentences=1 words=5", lines[1]
    )
    assert lines[2:] == [
        "# paragraph = 0 headline 0 12",
        "# paragraph = 1 body 14 31",
        "# sent_id = 1",
        "# place = paragraph=1 start_char=14 end_char=31",
        "# text = Ann Lee can't go.",
        "1\tAnn\\u00a0Lee\tAnn\\u00a0Lee\tPROPN\tNNP\tNumber=Sing\t4\tnsubj\t_\tstart_char=14|end_char=21|ner=S-Person",
        "2\tca\tcan\tAUX\tMD\tVerbForm=Fin\t4\taux\t_\tstart_char=22|end_char=24|ner=O",
        "3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\tstart_char=24|end_char=27|ner=O",
        "4\tgo\tgo\tVERB\tVB\tVerbForm=Inf\t0\troot\t_\tstart_char=28|end_char=30|ner=O",
        "5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\tstart_char=30|end_char=31|ner=O",
        "",
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "part"),
    [
        ("# newdoc id = seeds/a.txt", "1\tTalks\ttalk", 1, "not a parse that quote-audit wrote"),
        ("quote_audit = 1 ", "quote_audit = 2 ", 2, "this version of quote-audit"),
        ("paragraph = 1 body", "paragraph = 1 corpse", 4, "expected paragraph 1"),
        ("body 14 31", "body 31 14", 4, "31 to 14 is no stretch"),
        ("body 14 31", "body 14 32", 4, "no stretch of a text of 31 characters"),
        ("# sent_id = 1", "# sent_id = 2", 5, "expected sentence 1"),
        ("place = paragraph=1", "place = paragraph=2", 6, "of a paragraph listed above"),
        ("# text = ", "# txt = ", 7, "expected `# text = `"),
        ("2\tca\tcan", "2\tca", 9, "10 columns separated by tabs expected, found 9"),
        ("2\tca\tcan", "3\tca\tcan", 9, "expected word 2"),
        ("VerbForm=Fin\t4", "VerbForm=Fin\t-1", 9, "a number as its head"),
        ("VerbForm=Fin\t4", "VerbForm=Fin\t6", 9, "head 6 is none of the sentence's 5 words"),
        ("VerbForm=Fin\t4", "VerbForm=Fin\t2", 9, "word 2 hangs from itself"),
        ("VerbForm=Inf\t0", "VerbForm=Inf\t2", 8, "word 1 hangs from itself"),
        ("start_char=22|", "", 9, "expected start_char=N|end_char=N|ner=TAG"),
        ("end_char=24|", "end_char=99|", 9, "22 to 99 is no stretch"),
        ("words=5", "words=6", 13, "6 words were written"),
        ("sentences=1", "sentences=0", 4, "the parse should end here"),
    ],
)
def test_a_wrong_line_is_named(old: str, new: str, line: int, part: str) -> None:
    written = conllu.write(ARTICLE)
    assert old in written
    with pytest.raises(InputError) as raised:
        conllu.read(written.replace(old, new, 1), TEXT, origin="frozen/a.conllu")
    message = str(raised.value)
    assert message.startswith(f"frozen/a.conllu:{line}: ")
    assert part in message
    assert message.endswith("; delete it and parse the article again")


def test_another_text_is_refused() -> None:
    written = conllu.write(ARTICLE)
    with pytest.raises(InputError, match=r"parse:2: made from a text of 31 characters, but this one has 32"):
        conllu.read(written, TEXT + "\n")
    with pytest.raises(InputError, match=r"parse:2: made from another text of the same length"):
        conllu.read(written, TEXT.replace("go", "do"))


def test_a_parse_cut_short_is_refused_wherever_it_is_cut() -> None:
    written = conllu.write(ARTICLE)
    for length in range(len(written)):
        with pytest.raises(InputError):
            conllu.read(written[:length], TEXT)


@given(st.data())
def test_a_damaged_parse_raises_nothing_else(data: st.DataObject) -> None:
    lines = conllu.write(ARTICLE).split("\n")
    place = data.draw(st.integers(0, len(lines) - 1))
    field = data.draw(st.sampled_from(re.split(r"([\t=| ])", lines[place])))
    lines[place] = lines[place].replace(field, data.draw(texts | st.just("9" * 5000)), 1)
    try:
        conllu.read("\n".join(lines), TEXT)
    except InputError as error:
        assert re.match(r"parse:\d+: ", str(error))
