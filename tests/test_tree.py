"""Walks along hand-built trees, and the subject and clause that a reader would supply."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit import tree
from audit.model import Sentence, Span
from tests import strategies
from tests.build import sentence

# A statement, said Lee, cites two reports of the board .
NESTED = sentence(
    "A statement , said Lee , cites two reports of the board .",
    heads=[2, 7, 4, 7, 4, 4, 0, 9, 7, 12, 12, 9, 7],
    deprels="det nsubj punct parataxis nsubj punct root nummod obj case det nmod:of punct",
)


def word(built: Sentence, form: str):
    return next(word for word in built.words if word.form == form)


def forms(words) -> list[str]:
    return [word.form for word in words]


def test_heads_and_ancestors():
    cites, board = word(NESTED, "cites"), word(NESTED, "board")
    assert tree.head(NESTED, cites) is None
    assert tree.head(NESTED, board) == word(NESTED, "reports")
    assert forms(tree.ancestors(NESTED, board)) == ["reports", "cites"]
    assert forms(tree.ancestors(NESTED, cites)) == []


def test_children_are_in_text_order_and_of_the_relations_asked_for():
    cites, reports = word(NESTED, "cites"), word(NESTED, "reports")
    assert forms(tree.children(NESTED, cites)) == ["statement", "said", "reports", "."]
    assert forms(tree.children(NESTED, cites, "obj", "nsubj")) == ["statement", "reports"]
    assert forms(tree.children(NESTED, reports, "nmod")) == []
    assert forms(tree.children(NESTED, reports, "nmod:*")) == ["board"]
    assert tree.child(NESTED, cites, "punct", "obj") == reports
    assert tree.child(NESTED, cites, "iobj") is None


@pytest.mark.parametrize(
    ("deprel", "relation", "same"),
    [
        ("obl", "obl", True),
        ("obl:agent", "obl", False),
        ("obl", "obl:*", True),
        ("obl:agent", "obl:*", True),
        ("obl", "obl:agent", False),
        ("oblique", "obl:*", False),
    ],
)
def test_relations_and_their_subtypes(deprel, relation, same):
    assert tree.is_one_of(deprel, (relation,)) == same
    assert tree.is_one_of(deprel, ("det", relation)) == same


def test_subtree_dominance_and_hull():
    cites, said, board = (word(NESTED, form) for form in ("cites", "said", "board"))
    assert forms(tree.subtree(NESTED, said)) == [",", "said", "Lee", ","]
    assert tree.dominates(NESTED, cites, board)
    assert tree.dominates(NESTED, board, board)
    assert not tree.dominates(NESTED, board, cites)
    assert not tree.dominates(NESTED, said, board)
    assert tree.hull([board, said]) == Span(said.span.start, board.span.end)


@settings(max_examples=40)
@given(st.data())
def test_a_subtree_is_what_its_word_dominates(data):
    _, built = data.draw(strategies.sentences())
    upper = data.draw(st.sampled_from(built.words))
    below = tree.subtree(built, upper)
    assert below == [lower for lower in built.words if tree.dominates(built, upper, lower)]
    assert set(tree.children(built, upper)) <= set(below)


@settings(max_examples=40)
@given(st.data())
def test_every_walk_ends(data):
    _, built = data.draw(strategies.sentences())
    for start in built.words:
        assert tree.clause(built, start) in built.words
        assert tree.subject(built, start) in (None, *built.words)
        assert len(list(tree.ancestors(built, start))) < len(built.words)


def subject(built: Sentence, verb: str) -> str | None:
    found = tree.subject(built, word(built, verb))
    return found.form if found else None


def test_its_own_subject():
    built = sentence("He said it fell .", heads=[2, 0, 4, 2, 2], deprels="nsubj root nsubj ccomp punct")
    assert subject(built, "said") == "He"
    assert subject(built, "fell") == "it"


def test_the_subject_of_a_clause_with_its_own_copula_and_subject():
    built = sentence(
        "The hope is she agrees .", heads=[2, 3, 0, 5, 3, 3], deprels="det nsubj:outer root nsubj ccomp punct"
    )
    assert subject(built, "is") == "hope"


@pytest.mark.parametrize("relation", ["conj", "xcomp", "advcl", "parataxis"])
def test_the_subject_of_the_verb_it_hangs_from(relation):
    built = sentence("Lee came warning them", heads=[2, 0, 2, 3], deprels=["nsubj", "root", relation, "obj"])
    assert subject(built, "warning") == "Lee"


@pytest.mark.parametrize("relation", ["ccomp", "csubj", "obl", "dep"])
def test_other_clauses_share_no_subject(relation):
    built = sentence("Lee came warning them", heads=[2, 0, 2, 3], deprels=["nsubj", "root", relation, "obj"])
    assert subject(built, "warning") is None


def test_the_subject_of_a_chain_of_verbs():
    built = sentence(
        "He went on to say and warn that", heads=[2, 0, 2, 5, 2, 7, 5, 7],
        deprels="nsubj root compound:prt mark xcomp cc conj mark",
    )  # fmt: skip
    assert subject(built, "warn") == "He"


@pytest.mark.parametrize(("verb", "found"), [("say", "Lee"), ("work", "plan")])
def test_who_says_one_thing_says_the_next(verb, found):
    built = sentence(
        f"Lee said plan failed and {verb} that", heads=[2, 0, 4, 2, 6, 4, 6],
        deprels="nsubj root nsubj ccomp cc conj obj", lemmas=f"Lee say plan fail and {verb} that",
    )  # fmt: skip
    assert subject(built, verb) == found


def test_the_object_controls_an_infinitive():
    built = sentence("Lee asked Ann to leave", heads=[2, 0, 2, 5, 2], deprels="nsubj root obj mark xcomp")
    assert subject(built, "leave") == "Ann"


@pytest.mark.parametrize("relation", ["nsubj:pass", "csubj", "csubj:pass", "expl"])
def test_passives_clauses_and_it_give_no_active_subject(relation):
    built = sentence("It fell and was said", heads=[2, 0, 5, 5, 2], deprels=["nsubj", "root", relation, "aux", "conj"])
    assert subject(built, "said") is None


@pytest.mark.parametrize("upos", ["NOUN", "PROPN", "PRON"])
@pytest.mark.parametrize("relation", ["acl", "acl:relcl"])
def test_the_noun_of_a_participle(relation, upos):
    built = sentence("A statement saying so", heads=[2, 0, 2, 3], deprels=["det", "root", relation, "advmod"],
                     upos=f"DET {upos} VERB ADV")  # fmt: skip
    assert subject(built, "saying") == "statement"


@pytest.mark.parametrize(("verb", "found"), [("issue", "Lee"), ("read", "letters")])
def test_whoever_issues_a_paper_says_what_it_says(verb, found):
    built = sentence(f"Lee {verb}s letters saying so", heads=[2, 0, 2, 3, 4], deprels="nsubj root obj acl advmod",
                     upos="PROPN VERB NOUN VERB ADV", xpos="NNP VBZ NNS VBG RB",
                     lemmas=f"Lee {verb} letter say so")  # fmt: skip
    assert subject(built, "saying") == found


def test_an_attempt_is_its_owners_or_whoever_makes_it():
    heads, deprels = [2, 0, 4, 2, 6, 4], "nsubj root det obj mark acl"
    tags = {"upos": "PROPN VERB DET NOUN PART VERB", "xpos": "NNP VBD DT NN TO VB"}
    assert subject(sentence("Lee made an effort to deny", heads=heads, deprels=deprels, **tags), "deny") == "Lee"
    owned = sentence("Lee backed her plan to deny", heads=heads, deprels=deprels.replace("det", "nmod:poss"), **tags)
    assert subject(owned, "deny") == "her"


def test_who_is_given_a_chance_has_it():
    built = sentence("It gave Lee chances to deny", heads=[2, 0, 2, 2, 6, 4], deprels="nsubj root iobj obj mark acl",
                     upos="PRON VERB PROPN NOUN PART VERB", xpos="PRP VBD NNP NNS TO VB")  # fmt: skip
    assert subject(built, "deny") == "Lee"


def test_a_participle_behind_a_preposition_is_not_the_nouns():
    built = sentence(
        "Lee was jailed on suspicion of backing Roe", heads=[3, 3, 0, 5, 3, 7, 5, 7],
        deprels="nsubj:pass aux:pass root case obl mark acl obj",
        upos="PROPN AUX VERB ADP NOUN SCONJ VERB PROPN", xpos="NNP VBD VBN IN NN IN VBG NNP",
    )  # fmt: skip
    assert subject(built, "backing") == "Lee"


def test_a_participle_set_off_by_a_comma_is_the_clauses():
    built = sentence(
        "She is a realist , recently warning Roe", heads=[4, 4, 4, 0, 7, 7, 4, 7],
        deprels="nsubj cop det root punct advmod acl obj",
        upos="PRON AUX DET NOUN PUNCT ADV VERB PROPN", xpos="PRP VBZ DT NN , RB VBG NNP",
    )  # fmt: skip
    assert subject(built, "warning") == "She"


def test_who_is_asked_does_not_ask():
    built = sentence("Asked why , Lee left", heads=[5, 1, 1, 5, 0], deprels="advcl obj punct nsubj root",
                     upos="VERB ADV PUNCT PROPN VERB", xpos="VBD WRB , NNP VBD")  # fmt: skip
    assert subject(built, "Asked") is None


def test_a_participle_on_an_adjective_has_no_subject():
    built = sentence("Afraid saying so", heads=[0, 1, 2], deprels="root acl advmod", upos="ADJ VERB ADV")
    assert subject(built, "saying") is None


@pytest.mark.parametrize(
    ("pronoun", "tag", "found"), [("who", "WP", "Lee"), ("which", "WDT", "Lee"), ("he", "PRP", "he")]
)
def test_a_relative_pronoun_gives_way_to_its_antecedent(pronoun, tag, found):
    built = sentence(f"Lee {pronoun} left fell", heads=[4, 3, 1, 0], deprels="nsubj nsubj acl:relcl root",
                     upos="PROPN PRON VERB VERB", xpos=["NNP", tag, "VBD", "VBD"])  # fmt: skip
    assert subject(built, "left") == found


def test_of_two_subjects_the_nearer_one_before_the_verb():
    deprels = "nsubj nsubj root obj"
    assert subject(sentence("reports Lee cited Ann", heads=[3, 3, 0, 3], deprels=deprels), "cited") == "Lee"
    built = sentence("cited Lee Ann", heads=[0, 1, 1], deprels="root nsubj nsubj")
    assert subject(built, "cited") == "Lee"


def test_the_first_of_subjects_in_a_list():
    heads, deprels, upos = [6, 3, 6, 5, 3, 0], "nsubj punct nsubj cc conj root", "PROPN PUNCT PROPN CCONJ PROPN VERB"
    built = sentence("Turkey , Russia and Iran said", heads=heads, deprels=deprels, upos=upos)
    assert subject(built, "said") == "Turkey"
    built = sentence("Areas ( Russia and Iran said", heads=heads, deprels=deprels, upos=upos)
    assert subject(built, "said") == "Russia", "only a comma keeps the items of a list apart"


def named(
    text: str, upos: str, *, xpos: str, ner: str = "S-Person", deprels: str | None = None, heads=None
) -> Sentence:
    size = len(text.split())
    return sentence(text, heads=heads or [0] + [1] * (size - 1), deprels=deprels or ["root"] + ["dep"] * (size - 1),
                    upos=upos, xpos=["NNP"] * (size - 1) + [xpos], ner=[ner] + ["O"] * (size - 1))  # fmt: skip


def test_a_finite_verb_without_subject_takes_the_name_before_it():
    assert subject(named("Lee said", "PROPN VERB", xpos="VBD"), "said") == "Lee"
    assert subject(named("Lee says", "PROPN VERB", xpos="VBZ"), "says") == "Lee"
    assert subject(named("Lee saying", "PROPN VERB", xpos="VBG"), "saying") is None
    assert subject(named("residents said", "NOUN VERB", xpos="VBD"), "said") is None
    assert subject(sentence("said", heads=[0], deprels="root", upos="VERB", xpos="VBD"), "said") is None


def test_over_a_comma_only_the_name_of_a_person():
    assert subject(named("Lee , said", "PROPN PUNCT VERB", xpos="VBD"), "said") == "Lee"
    assert subject(named("Monday , said", "PROPN PUNCT VERB", xpos="VBD", ner="S-Date"), "said") is None
    assert (
        subject(sentence(", said", heads=[2, 0], deprels="punct root", upos="PUNCT VERB", xpos=", VBD"), "said") is None
    )


def test_the_name_before_is_taken_whole():
    built = named("Ann Lee said", "PROPN PROPN VERB", xpos="VBD", heads=[0, 1, 1], deprels="root flat dep")
    assert subject(built, "said") == "Ann"


@pytest.mark.parametrize(
    ("relations", "found"),
    [
        ("nsubj ccomp obj punct det compound appos root", "notice"),
        ("nsubj advcl obj punct det compound appos root", None),  # nothing is said before it
        ("nsubj ccomp obj case det compound appos root", None),  # no comma
    ],
)
def test_a_last_verb_without_subject_takes_the_noun_phrase_behind_the_comma(relations, found):
    comma = "," if "punct" in relations else "with"
    built = sentence(f"They tried Lee {comma} a court notice said", heads=[2, 8, 2, 7, 7, 7, 3, 0], deprels=relations,
                     upos=f"PRON VERB PROPN {'PUNCT' if comma == ',' else 'ADP'} DET NOUN NOUN VERB",
                     xpos=["PRP", "VBD", "NNP", "IN", "DT", "NN", "NN", "VBD"])  # fmt: skip
    assert subject(built, "said") == found


@pytest.mark.parametrize(
    ("text", "upos", "deprels", "found"),
    [
        ("Roe quoted Lee as saying", "PROPN VERB PROPN SCONJ VERB", "nsubj root obj mark advcl", "Lee"),
        ("Lee was quoted as saying", "PROPN AUX VERB SCONJ VERB", "nsubj:pass aux:pass root mark advcl", "Lee"),
        ("Roe stopped Lee by saying", "PROPN VERB PROPN SCONJ VERB", "nsubj root obj mark advcl", "Roe"),
    ],
)
def test_whoever_is_quoted_as_saying_it_says_it(text, upos, deprels, found):
    verb = deprels.split().index("root") + 1
    heads = [0 if deprel == "root" else verb for deprel in deprels.split()]
    heads[3] = 5
    xpos = ["NNP", "VBD", "NNP", "IN", "VBG"] if verb == 2 else ["NNP", "VBD", "VBN", "IN", "VBG"]
    lemmas = [{"quoted": "quote", "stopped": "stop"}.get(form, form) for form in text.split()]
    assert subject(sentence(text, heads=heads, deprels=deprels, upos=upos, xpos=xpos, lemmas=lemmas), "saying") == found


def clause(built: Sentence, form: str) -> str:
    return tree.clause(built, word(built, form)).form


def test_the_clause_around_a_phrase():
    built = sentence(
        "Lee said the bridge that fell closed after records show and burned",
        heads=[2, 0, 4, 7, 6, 4, 2, 10, 10, 7, 12, 7],
        deprels="nsubj root det nsubj nsubj acl:relcl ccomp mark nsubj advcl cc conj",
    )
    assert clause(built, "fell") == "closed"
    assert clause(built, "records") == "closed"
    assert clause(built, "burned") == "closed", "a predicate without a subject of its own"
    assert clause(built, "Lee") == "said"
    assert clause(built, "said") == "said"


def test_a_clause_in_parataxis_with_its_own_subject_stands_alone():
    built = sentence("It fell , we hear", heads=[2, 0, 5, 5, 2], deprels="nsubj root punct nsubj parataxis")
    assert clause(built, "we") == "hear"
    built = sentence("It fell , so hear", heads=[2, 0, 5, 5, 2], deprels="nsubj root punct advmod parataxis")
    assert clause(built, "so") == "fell"


def test_punctuation_as_subject_is_no_list():
    built = sentence("“ Lee said", heads=[3, 3, 0], deprels="nsubj nsubj root", upos="PUNCT PROPN VERB")
    assert subject(built, "said") == "Lee"
    built = sentence("Lee “ said", heads=[3, 3, 0], deprels="nsubj nsubj root", upos="PROPN PUNCT VERB")
    assert subject(built, "said") == "“"
