"""Subjects that the parser hung from the cue are given back to what is reported."""

from audit.attributions import attributions
from audit.rules import load
from tests.build import article, sentence

RULES = load()
TEXT = "The town was near Rome , its mayor , Ann Lee , told me ."
UPOS = "DET NOUN AUX ADP PROPN PUNCT PRON NOUN PUNCT PROPN PROPN PUNCT VERB PRON PUNCT"
XPOS = "DT NN VBD IN NNP , PRP$ NN , NNP NNP , VBD PRP ."
LEMMAS = "the town be near Rome , its mayor , Ann Lee , tell I ."
#         The town was near Rome , its mayor , Ann Lee , told me .
HEADS = [2, 13, 5, 5, 13, 8, 8, 5, 10, 8, 10, 2, 0, 13, 13]
RELS = "det nsubj cop case ccomp punct nmod:poss appos punct appos flat punct root iobj punct"


def found(heads: list[int], rels: str) -> tuple[str, str]:
    built = article(TEXT, sentence(TEXT, heads=heads, deprels=rels, upos=UPOS, xpos=XPOS, lemmas=LEMMAS))
    (attribution,) = attributions(built, RULES, [])
    assert attribution.source
    return built.slice(attribution.source.span), built.slice(attribution.hull)


def test_the_source_stands_beside_its_cue():
    assert found(HEADS, RELS) == ("Ann Lee", "The town was near Rome")


def test_of_two_subjects_the_first_is_that_of_the_report():
    rels = RELS.replace("appos punct appos", "nsubj punct appos")
    heads = [*HEADS]
    heads[7] = 13
    source, content = found(heads, rels)
    assert source == "its mayor" and content == "The town was near Rome"


def test_a_subject_in_its_place_stays_there():
    rels, heads = RELS.replace("appos punct appos", "nsubj punct appos"), [*HEADS]
    heads[1], heads[7] = 5, 13
    assert found(heads, rels) == ("its mayor", "The town was near Rome")
