"""Who a source is, and how it is known, on trees built by hand."""

import pytest

from audit import rules
from audit.pipeline import audit
from tests.build import article, sentence

RULES = rules.load()


@pytest.mark.parametrize(
    ("words", "upos", "xpos", "sourcing", "detail"),
    [
        ("One Palestinian", "NUM ADJ", "CD JJ", "anonymous", "role"),
        ("A Republican", "DET PROPN", "DT NNP", "anonymous", "role"),
        ("The Taliban", "DET PROPN", "DT NNP", "named", "organization"),
    ],
)
def test_one_of_a_people_or_party_is_not_all_of_it(words, upos, xpos, sourcing, detail):
    text = f"{words} said the road fell ."
    built = sentence(text, heads=[2, 3, 0, 5, 6, 3, 3], deprels="det nsubj root det nsubj ccomp punct",
                     upos=f"{upos} VERB DET NOUN VERB PUNCT", xpos=f"{xpos} VBD DT NN VBD .",
                     lemmas=f"{words.lower()} say the road fall .", ner="O S-NORP O O O O O")  # fmt: skip
    (claim,) = audit(article(text, built), RULES).claims
    assert (claim.source.sourcing, claim.source.detail) == (sourcing, detail)


def test_a_dash_that_was_parsed_as_a_noun_says_what_it_says():
    text = "– said the road fell ."
    built = sentence(text, heads=[2, 0, 4, 5, 2, 2], deprels="nsubj root det nsubj ccomp punct",
                     upos="NOUN VERB DET NOUN VERB PUNCT", xpos="NN VBD DT NN VBD .", lemmas="– say the road fall .",
                     ner="O O O O O O")  # fmt: skip
    assert all(claim.source.speaker in (None, "–") for claim in audit(article(text, built), RULES).claims)


def test_an_apposition_of_a_mark_alone_cuts_nothing_off():
    text = "The mayor said the road fell , )"
    built = sentence(text, heads=[2, 3, 0, 5, 6, 3, 8, 6], deprels="det nsubj root det nsubj ccomp punct appos",
                     upos="DET NOUN VERB DET NOUN VERB PUNCT PUNCT", xpos="DT NN VBD DT NN VBD , NN",
                     lemmas="the mayor say the road fall , )", ner="O O O O O O O O")  # fmt: skip
    (claim,) = audit(article(text, built), RULES).claims
    assert article(text, built).slice(claim.span) == "the road fell , )"
