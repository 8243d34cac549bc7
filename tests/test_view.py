"""What checks see of an article: made when it is first asked for, and once."""

from audit import rules
from audit.checks.hit import Hit
from audit.checks.sentences import index_of, sentences_of
from audit.checks.view import View
from audit.model import Span
from audit.reading import Reading
from tests import build

RULES = rules.load()
TEXT = "It rains. \n\nIt pours."
ARTICLE = build.article(
    TEXT,
    build.sentence("It rains .", heads=[2, 0, 2], deprels="nsubj root punct"),
    build.sentence("It pours .", heads=[2, 0, 2], deprels="nsubj root punct"),
)


def test_a_check_is_made_once_whoever_asks_for_what_it_finds():
    asked = []

    def detector(view):
        asked.append(view)
        yield Hit(Span(0, 2), None, {})

    view = View(Reading(ARTICLE, RULES), ())
    assert view.hits(detector) == view.hits(detector) == (Hit(Span(0, 2), None, {}),)
    assert asked == [view]


def test_parts_are_made_once():
    view = View(Reading(ARTICLE, RULES), ())
    assert view.marks is view.marks
    assert view.cast is view.cast is view.reading.cast
    assert view.cited is view.cited


def test_an_article_knows_where_its_sentences_begin():
    assert ARTICLE.starts == (0, TEXT.index("It pours"))
    assert [index_of(ARTICLE, offset) for offset in (0, 8, 10, 12, len(TEXT))] == [0, 0, 0, 1, 1]


def test_sentences_are_those_that_a_span_reaches_into():
    first, second = ARTICLE.sentences
    assert list(sentences_of(ARTICLE, Span(0, 3))) == [first]
    assert list(sentences_of(ARTICLE, Span(3, 13))) == [first, second]
    assert list(sentences_of(ARTICLE, Span(9, 12))) == []  # the blank between them
    assert list(sentences_of(ARTICLE, Span(10, 13))) == [second]
