"""Where figures end, on trees that the parser makes of odd sentences."""

from audit import rules
from audit.figures import figures
from tests.build import article, sentence


def test_a_dash_is_counted_by_nothing():
    text = "He spoke with 650 —"
    built = article(
        text,
        sentence(text, heads=[2, 0, 5, 5, 2], deprels="nsubj root case nummod obl", upos="PRON VERB ADP NUM SYM"),
    )
    assert [built.slice(figure.span) for figure in figures(built, rules.load())] == ["650"]
