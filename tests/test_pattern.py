"""The pattern language: what it reads, what it writes back, and how it refuses the rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit import pattern
from audit.pattern import Path, PatternError, Step, nearest, parse_path, parse_tests
from tests import strategies

VERB = pattern.Test("upos", ("VERB",))

# Text in the language or nearly so: its own signs and words, whole and damaged.
nearly = st.lists(
    st.sampled_from(
        "cue < > ? * ! | : @ conj nsubj acl:relcl obl:* subject clause VERB lemma:say ner: !feat:A=b".split()
    )
    | st.text(max_size=3),
    max_size=8,
).flatmap(lambda parts: st.sampled_from(["", " "]).map(lambda blank: blank.join(parts)))


@given(strategies.paths)
def test_paths_are_written_as_they_are_read(path):
    assert parse_path(str(path)) == path


@given(st.lists(strategies.word_tests(), max_size=3).map(tuple))
def test_tests_are_written_as_they_are_read(tests):
    assert parse_tests(" ".join(map(str, tests))) == tests


@given(st.text() | nearly)
def test_any_text_is_a_path_or_refused(text):
    try:
        path = parse_path(text)
    except PatternError as error:
        assert str(error)
    else:
        assert parse_path(str(path)) == path


@given(st.text() | nearly)
def test_any_text_is_a_row_of_tests_or_refused(text):
    try:
        tests = parse_tests(text)
    except PatternError as error:
        assert str(error)
    else:
        assert parse_tests(" ".join(map(str, tests))) == tests


def test_a_path_with_everything():
    path = parse_path("cue VERB < conj? > nsubj|nsubj:pass PRON !lemma:it > *")
    assert path == Path(
        "cue",
        (
            Step(False, ("conj",), optional=True),
            Step(True, ("nsubj", "nsubj:pass"), tests=(pattern.Test("upos", ("PRON",)),
                                                       pattern.Test("lemma", ("it",), negated=True))),
            Step(True, ("*",)),
        ),
        (VERB,),
    )  # fmt: skip
    assert str(path) == "cue VERB < conj? > nsubj|nsubj:pass PRON !lemma:it > *"


def test_blanks_around_signs_do_not_matter():
    assert parse_path("cue>obj<  clause") == parse_path("cue > obj < clause")


def test_a_start_alone_is_a_path():
    assert parse_path("cue VERB") == Path("cue", (), (VERB,))


def test_the_part_of_speech_may_be_named():
    assert parse_tests("upos:VERB") == parse_tests("VERB") == (VERB,)


def test_lexicons_and_words_in_one_test():
    (test,) = parse_tests("lemma:@say|tell|@think")
    assert test.lexicons == ("say", "think")
    assert test.literal == {"tell"}
    assert parse_tests("lemma:a:b")[0].literal == {"a:b"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "a path starts with the name of a bound word, such as cue"),
        ("> nsubj", "a path starts with the name of a bound word, such as cue"),
        ("cue >", "no relation after '>'"),
        ("cue > < obj", "no relation after '>'"),
        ("cue > obj <", "no relation after '<'"),
        ("cue > nsbj", 'unknown relation "nsbj" (did you mean "nsubj"?)'),
        ("cue > obj|nsbj", 'unknown relation "nsbj" (did you mean "nsubj"?)'),
        ("cue > obj|", 'unknown relation ""'),
        ("cue > subjct", 'unknown relation "subjct" (did you mean "subject"?)'),
        ("cue > acl:relcl:*", '"acl:relcl:*": acl:relcl is itself a subtype and has none'),
        ("cue > ccomp+cue", 'unknown relation "ccomp+cue" (did you mean "ccomp"?)'),
        ("cue > xyz", 'unknown relation "xyz"'),
        ("cue < subject", '"subject" is written > subject'),
        ("cue > clause?", '"clause" is written < clause'),
        ("cue > subject|obj", '"subject" stands alone, without |'),
        ("cue > *|obj", '"*" stands alone, without |'),
        ("cue > obj PRNO", 'unknown part of speech "PRNO" (did you mean "PRON"?)'),
    ],
)
def test_a_wrong_path_is_refused(text, message):
    with pytest.raises(PatternError) as raised:
        parse_path(text)
    assert str(raised.value) == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("VREB", 'unknown part of speech "VREB" (did you mean "VERB"?)'),
        ("verb", 'unknown part of speech "verb" (did you mean "VERB"?)'),
        ("NOUN|PORPN", 'unknown part of speech "PORPN" (did you mean "PROPN"?)'),
        ("upos:VERB:*", 'unknown part of speech "VERB:*" (did you mean "VERB"?)'),
        ("!!VERB", 'unknown part of speech "!VERB" (did you mean "VERB"?)'),
        ("lema:say", 'unknown test "lema" (did you mean "lemma"?)'),
        ("colour:red", 'unknown test "colour"'),
        ("lemma:", '"lemma:" has an empty value'),
        ("!", '"!" has an empty value'),
        ("lemma:say||tell", '"lemma:say||tell" has an empty value'),
        ("deprel:nsbj", 'unknown relation "nsbj" (did you mean "nsubj"?)'),
        ("deprel:*", 'unknown relation "*"'),
        ("ner:@months", '"ner:@months": a lexicon goes with lemma: or form:'),
        ("lemma:Say", '"lemma:Say" is never met: lemma: and form: compare in lower case'),
        ("feat:Pass", '"feat:Pass" is never met: a feature has a value, as in feat:Voice=Pass'),
    ],
)
def test_a_wrong_test_is_refused(text, message):
    with pytest.raises(PatternError) as raised:
        parse_tests(text)
    assert str(raised.value) == message


def test_the_nearest_of_what_is_known():
    assert nearest("sayy", ("say", "tell")) == ' (did you mean "say"?)'
    assert nearest("noun", ("NOUN",)) == ' (did you mean "NOUN"?)'
    assert nearest("a001", ("A001", "F001", "V001")) == ' (did you mean "A001"?)'
    assert nearest("qqq", ("say", "tell")) == ""
    assert nearest("x", ()) == ""
