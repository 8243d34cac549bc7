"""Patterns on hand-built sentences: the words that paths reach, and when a pattern is met."""

from dataclasses import replace
from pathlib import Path as FilePath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit import rules
from audit.match import match
from audit.matchers import ask, matcher, walk
from audit.model import Sentence
from audit.pattern import parse_path, parse_tests
from audit.rule import Pattern
from audit.triggers import triggers
from tests import frozen, strategies
from tests.build import sentence

LEXICONS = {"say": frozenset({"say", "warn"}), "moon": frozenset({"moon"})}

# On Monday Lee told them and warned us that it fell , officials say .
BUILT = sentence(
    "On Monday Lee told them and warned us that it fell , officials say .",
    heads=[2, 4, 4, 0, 4, 7, 4, 7, 11, 11, 7, 14, 14, 4, 4],
    deprels="case obl:unmarked nsubj root iobj cc conj obj mark nsubj ccomp punct nsubj parataxis punct",
    lemmas="on Monday Lee tell they and warn we that it fall , official say .",
    upos="ADP PROPN PROPN VERB PRON CCONJ VERB PRON SCONJ PRON VERB PUNCT NOUN VERB PUNCT",
    xpos="IN NNP NNP VBD PRP CC VBD PRP IN PRP VBD , NNS VBP .",
    feats="_ _ _ Mood=Ind|Tense=Past _ _ Tense=Past _ _ _ _ _ Number=Plur _ _",
    ner="O S-Date B-Person O O O O O O O O O O O O",
)


def word(form: str, built: Sentence = BUILT):
    return next(word for word in built.words if word.form == form)


def reached(path: str, **bound: str) -> list[str]:
    words = {name: word(form) for name, form in bound.items()}
    return [found.form for found in walk(parse_path(path), LEXICONS)(BUILT, words)]


@pytest.mark.parametrize(
    ("path", "forms"),
    [
        ("cue", ["warned"]),
        ("cue VERB", ["warned"]),
        ("cue NOUN > obj", []),
        ("cue > obj", ["us"]),
        ("cue > obj|ccomp", ["us", "fell"]),
        ("cue > *", ["and", "us", "fell"]),
        ("cue > iobj", []),
        ("cue < conj", ["told"]),
        ("cue < *", ["told"]),
        ("cue < nsubj", []),
        ("cue < conj > nsubj", ["Lee"]),
        ("cue < conj > obl", []),
        ("cue < conj > obl:*", ["Monday"]),
        ("cue < conj? > nsubj", ["Lee"]),
        ("cue > ccomp > nsubj", ["it"]),
        ("cue > ccomp? > obj|nsubj", ["us", "it"]),
        ("cue > ccomp? VERB", ["warned", "fell"]),
        ("cue > ccomp? lemma:fall", ["fell"]),
        ("cue < clause?", ["warned", "told"]),
        ("cue < conj < clause?", ["told"]),
        ("cue > *? < *?", ["warned", "told", "and", "us", "fell"]),
        ("cue > subject", ["Lee"]),
        ("cue > ccomp > subject", ["it"]),
        ("cue > ccomp > nsubj < clause", ["fell"]),
        ("cue < clause", ["told"]),
        ("cue < root", []),
        ("cue < conj < *", []),
        ("cue > * > * < * < *", ["warned"]),
    ],
)
def test_the_words_that_a_path_reaches(path, forms):
    assert reached(path, cue="warned") == forms


def test_nothing_is_reached_from_what_is_not_bound():
    assert reached("source > obj", cue="warned") == []


@pytest.mark.parametrize(
    ("test", "form", "passes"),
    [
        ("VERB", "told", True),
        ("NOUN|PRON", "told", False),
        ("!NOUN", "told", True),
        ("lemma:tell|say", "told", True),
        ("lemma:lee", "Lee", True),
        ("lemma:told", "told", False),
        ("lemma:@say", "warned", True),
        ("lemma:@moon|@say", "warned", True),
        ("lemma:@moon", "warned", False),
        ("!lemma:@moon", "warned", True),
        ("form:told", "told", True),
        ("form:monday", "Monday", True),
        ("form:@say", "say", True),
        ("form:@say", "warned", False),
        ("xpos:VBD", "told", True),
        ("xpos:VB", "told", False),
        ("deprel:root", "told", True),
        ("deprel:obl", "Monday", False),
        ("deprel:obl:*", "Monday", True),
        ("feat:Tense=Past", "told", True),
        ("feat:Tense=Pas", "told", False),
        ("feat:Tense=Past", "them", False),
        ("ner:Person", "Lee", True),
        ("ner:Person", "Monday", False),
        ("ner:Person", "told", False),
        ("before:cue", "Lee", True),
        ("before:cue", "told", False),
        ("after:cue", "fell", True),
        ("after:cue|source", "fell", True),
        ("after:source", "fell", False),
        ("!after:source", "fell", True),
    ],
)
def test_what_a_test_asks(test, form, passes):
    assert ask(parse_tests(test), LEXICONS)(word(form), {"cue": word("told")}) == passes


def test_of_several_tests_all_must_pass():
    asked = ask(parse_tests("VERB lemma:tell xpos:VBD"), LEXICONS)
    assert asked(word("told"), {})
    assert not asked(word("warned"), {})
    assert ask((), LEXICONS)(word("told"), {})


def test_a_lexicon_may_list_endings():
    lexicons = {"doer": frozenset({"-er", "chef"})}
    built = sentence("Baker chef Erica", heads=[0, 1, 1], deprels="root flat flat")
    asked = ask(parse_tests("lemma:@doer"), lexicons)
    assert [asked(word, {}) for word in built.words] == [True, True, False]
    assert not ask(parse_tests("!lemma:@doer"), lexicons)(built.words[0], {})


def made(tests: str, *, source=(), content=(), needs=(), unless=(), agentless=False) -> Pattern:
    def paths(texts):
        return tuple(map(parse_path, texts))

    return Pattern(
        id="test.made", summary="", why="", kind="indirect", cue_class="speech", confidence="high", optional=False,
        priority=50,
        trigger="cue", tests=parse_tests(tests), source=paths(source),
        content=tuple(paths(text.split(" + ")) for text in content), agentless=agentless, needs=paths(needs),
        unless=paths(unless), examples=(), path=FilePath("made.toml"),
    )  # fmt: skip


def found(pattern: Pattern, form: str):
    met = match(matcher(pattern, LEXICONS), BUILT, word(form))
    return met and (met.source and met.source.form, [word.form for word in met.content])


def test_a_pattern_without_paths_is_met_by_its_trigger():
    assert found(made("VERB"), "told") == (None, [])
    assert found(made("NOUN"), "told") is None


def test_alternatives_are_tried_in_order():
    assert found(made("VERB", source=["cue > nsubj", "cue > iobj"]), "told") == ("Lee", [])
    assert found(made("VERB", source=["cue > iobj", "cue > nsubj"]), "told") == ("them", [])
    assert found(made("VERB", content=["cue > csubj", "cue > ccomp", "cue > obj"]), "warned") == (None, ["fell"])


def test_a_source_is_the_first_word_and_a_content_all_that_a_path_reaches():
    assert found(made("VERB", source=["cue > *"], content=["cue > *"]), "warned") == ("and", ["and", "us", "fell"])


def test_joined_paths_must_all_arrive_and_give_each_word_once():
    assert found(made("VERB", content=["cue > obj + cue > ccomp"]), "warned") == (None, ["us", "fell"])
    assert found(made("VERB", content=["cue > obj + cue > *"]), "warned") == (None, ["us", "and", "fell"])
    assert found(made("VERB", content=["cue > obj + cue > iobj"]), "warned") is None
    assert found(made("VERB", content=["cue > obj + cue > iobj", "cue > ccomp"]), "warned") == (None, ["fell"])


def test_every_argument_must_be_found():
    assert found(made("VERB", source=["cue > iobj"]), "warned") is None
    assert found(made("VERB", content=["cue > iobj"]), "warned") is None


def test_an_agentless_pattern_may_lack_its_source():
    pattern = made("VERB", source=["cue > obl:agent"], content=["cue > ccomp"], agentless=True)
    assert found(pattern, "warned") == (None, ["fell"])
    assert found(replace(pattern, source=(parse_path("cue > subject"),)), "warned") == ("Lee", ["fell"])


def test_content_may_start_at_the_source_and_vetoes_at_both():
    pattern = made("VERB", source=["cue > ccomp"], content=["source > nsubj"])
    assert found(pattern, "warned") == ("fell", ["it"])
    assert found(replace(pattern, unless=(parse_path("source > mark lemma:that"),)), "warned") is None
    assert found(replace(pattern, unless=(parse_path("content lemma:it"),)), "warned") is None
    assert found(replace(pattern, unless=(parse_path("content lemma:she"),)), "warned") == ("fell", ["it"])


def test_every_need_and_no_veto():
    pattern = made("VERB")
    needed, missing = parse_path("cue > obj"), parse_path("cue > iobj")
    assert found(replace(pattern, needs=(needed,)), "warned")
    assert not found(replace(pattern, needs=(needed, missing)), "warned")
    assert found(replace(pattern, unless=(missing,)), "warned")
    assert not found(replace(pattern, unless=(missing, needed)), "warned")


def test_words_before_and_after_those_bound():
    pattern = made("VERB", source=["cue > subject before:cue"], content=["cue > * after:cue before:source"])
    assert found(pattern, "told") is None, "nothing after the cue stands before the source"
    pattern = made("VERB", source=["cue > ccomp after:cue"], content=["cue > * after:cue before:source"])
    assert found(pattern, "warned") == ("fell", ["us"])


@settings(max_examples=40)
@given(st.data())
def test_a_word_is_given_every_pattern_that_it_sets_off(data):
    loaded = rules.load()
    _, built = data.draw(strategies.sentences())
    patterns = data.draw(st.lists(st.sampled_from(loaded.patterns), unique_by=lambda pattern: pattern.id))
    asked = triggers(patterns, loaded.lexicons)
    for at in built.words:
        met = [match(made, built, at) for made in asked.of(built, at)]
        assert [found for found in met if found] == [
            found for pattern in patterns if (found := match(matcher(pattern, loaded.lexicons), built, at))
        ]


def test_no_match_in_the_seeds_is_missed_and_few_patterns_are_asked():
    loaded = rules.load()
    asked = triggers(loaded.patterns, loaded.lexicons)
    every = [matcher(pattern, loaded.lexicons) for pattern in loaded.patterns]
    tried = words = 0
    for built in (built for article in frozen.of_seeds().read() for built in article.sentences):
        asking = [(at, made) for at in built.words if (made := asked.of(built, at))]
        assert list(asked.within(built)) == asking
        for at in built.words:
            made = asked.of(built, at)
            found = [met for one in made if (met := match(one, built, at))]
            met = [match(one, built, at) for one in every]
            assert found == [one for one in met if one]
            tried += sum(one.pattern.trigger == "cue" for one in made)
            words += 1
    assert tried < words / 5


@settings(max_examples=40)
@given(st.data())
def test_any_path_reaches_words_of_the_sentence_each_once(data):
    _, built = data.draw(strategies.sentences())
    path = data.draw(strategies.paths)
    lexicons = {name: frozenset() for test in (*path.tests, *(t for s in path.steps for t in s.tests))
                for name in test.lexicons}  # fmt: skip
    words = walk(path, lexicons)(built, {"cue": data.draw(st.sampled_from(built.words))})
    assert len(set(words)) == len(words)
    assert set(words) <= set(built.words)
