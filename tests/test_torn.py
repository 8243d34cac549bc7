"""Parts of a sentence that was too long to be read at once become one sentence again."""

from audit.torn import joined
from tests import build

BEFORE = build.sentence("It rained .", heads=[2, 0, 2], deprels="nsubj root punct")
FIRST = build.sentence("We wait ,", heads=[2, 0, 2], deprels="nsubj root punct", start=12)
SECOND = build.sentence("he said", heads=[2, 0], deprels="nsubj root", start=22)


def test_the_roots_of_later_parts_stand_beside_the_first() -> None:
    (rained, whole) = joined([BEFORE, FIRST, SECOND], [False, False, True])
    assert rained == (BEFORE, 1)
    sentence, parts = whole
    assert parts == 2
    assert (sentence.span.start, sentence.span.end) == (12, 29)
    assert [(word.index, word.form, word.head, word.deprel) for word in sentence.words] == [
        (1, "We", 2, "nsubj"),
        (2, "wait", 0, "root"),
        (3, ",", 2, "punct"),
        (4, "he", 5, "nsubj"),
        (5, "said", 2, "parataxis"),
    ]


def test_what_is_whole_stays_as_it_is() -> None:
    assert list(joined([BEFORE, FIRST], [False, False])) == [(BEFORE, 1), (FIRST, 1)]
    assert list(joined([], [])) == []
