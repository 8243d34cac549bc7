"""One rule file: what a right one holds, and what is said of a wrong one, with the line."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.model import Span
from audit.pattern import parse_path, parse_tests
from audit.rule import Reference
from audit.rulefile import Draft, read_check, read_pattern

LEXICONS = {"say": frozenset({"say"}), "tell": frozenset({"tell"})}

PATTERN = '''\
# How a report is told.
id      = "speech.said"
summary = "X said Y: a source = a mouth."
kind    = "indirect"
why     = """
The source is the nsubj;
id = "not this one"
[match] is below."""

[match]
cue     = "VERB lemma:@say"
source  = "cue > nsubj"
content = [
    "cue > ccomp",
    "cue > obj + cue > xcomp after:source",
]
unless  = ["cue > nsubj lemma:it"]

[[example]]
text = "{source|Lee} {cue|said} that {content|it fell}."

[[example]]
text   = "Lee said nothing."
expect = "none"
note   = "an object"
'''

CHECK = """\
code     = "Q001"
name     = "nobody"
severity = "error"
summary  = "A quotation of nobody."
detect   = "unattributed-quote"
message  = "“$words”: say who said it"
why      = "Readers ask."
references = [
    { name = "SPJ Code of Ethics", url = "https://spj.org/ethics" },
    { name = "AP" },
]
bad  = ["“We left.”"]
good = ["“We left,” Lee said."]
"""


REFERENCES = CHECK[CHECK.index("references") : CHECK.index("bad  =")].strip()
LISTED = 'must be a list, at least one, of tables such as { name = "…", url = "https://…" }'
SAY_WHICH = 'say which words are a cue, as in cue = "VERB lemma:@say"'


def draft(text: str, path: str = "mine/said.toml") -> Draft:
    return Draft(Path(path), text, tomllib.loads(text))


def pattern_errors(text: str, name: str = "speech.said") -> list[str]:
    found = draft(text)
    read = read_pattern(found, name, LEXICONS)
    assert (read is None) == bool(found.errors)
    return found.errors


def check_errors(text: str, stem: str = "Q001-nobody") -> list[str]:
    found = draft(text)
    read = read_check(found, stem)
    assert (read is None) == bool(found.errors)
    return found.errors


def test_a_pattern():
    pattern = read_pattern(draft(PATTERN), "speech.said", LEXICONS)
    assert pattern
    assert (pattern.id, pattern.kind, pattern.trigger) == ("speech.said", "indirect", "cue")
    assert (pattern.cue_class, pattern.confidence, pattern.priority, pattern.agentless) == ("speech", "high", 50, False)
    assert pattern.tests == parse_tests("VERB lemma:@say")
    assert pattern.source == (parse_path("cue > nsubj"),)
    assert pattern.content == (
        (parse_path("cue > ccomp"),),
        (parse_path("cue > obj"), parse_path("cue > xcomp after:source")),
    )
    assert pattern.needs == ()
    assert pattern.unless == (parse_path("cue > nsubj lemma:it"),)
    assert pattern.why.startswith("The source is")
    found, missed = pattern.examples
    assert found.text == "Lee said that it fell."
    assert found.spans == {"source": Span(0, 3), "cue": Span(4, 8), "content": Span(14, 21)}
    assert (missed.spans, missed.note) == ({}, "an object")


def test_a_pattern_against_figures():
    text = PATTERN.replace('"indirect"', '"no-figure"').replace("cue     = ", "figure  = ")
    text = text.replace("cue >", "figure >").replace(
        "{source|Lee} {cue|said} that {content|it fell}.", "{figure|Two} fell."
    )
    pattern = read_pattern(draft(text), "speech.said", LEXICONS)
    assert pattern
    assert pattern.trigger == "figure"
    assert pattern.examples[0].spans == {"figure": Span(0, 3)}


def test_marks_inside_marks_and_other_braces():
    text = PATTERN.replace("{content|it fell}.", "{content|it {fell}, } so}.").replace(
        "{source|Lee} ", "{source|Ann {x} }"
    )
    errors = pattern_errors(text)
    assert errors == []
    text = PATTERN.replace("{source|Lee} {cue|said}", "{source|Lee, who {cue|said}}")
    pattern = read_pattern(draft(text), "speech.said", LEXICONS)
    assert pattern
    assert pattern.examples[0].spans["cue"] == Span(9, 13)
    assert pattern.examples[0].spans["source"] == Span(0, 13)


@pytest.mark.parametrize(
    ("old", "new", "line", "error"),
    [
        ('id      = "speech.said"', 'id = "said"', 2, 'id: must be "speech.said", as the file is called'),
        ('id      = "speech.said"', "", 1, "id: missing"),
        ('id      = "speech.said"', "id = 3", 2, "id: must be a text"),
        ('id      = "speech.said"', 'id = " "', 2, "id: is empty"),
        ("summary = ", "sumary = ", 3, 'sumary: unknown key (did you mean "summary"?)\n1: summary: missing'),
        ('kind    = "indirect"', "", 1, "kind: missing"),
        (
            '"indirect"', '"indirekt"', 4,
            'kind: "indirekt" is none of direct, mixed, indirect, no-figure (did you mean "indirect"?)',
        ),
        ('"indirect"', '"indirect"\nclass = "law"', 5, 'class: "law" is none of speech, attitude, document'),
        (
            '"indirect"', '"indirect"\nconfidence = "hihg"', 5,
            'confidence: "hihg" is none of high, medium, low (did you mean "high"?)',
        ),
        ('"indirect"', '"indirect"\npriority = "50"', 5, "priority: must be a whole number"),
        ('"indirect"', '"indirect"\npriority = true', 5, "priority: must be a whole number"),
        ("cue     =", "cu =", 11, 'match.cu: unknown key (did you mean "cue"?)\n'
         f'10: match.cue: missing: {SAY_WHICH}'),
        ("VERB lemma:@say", "", 11, f'match.cue: must be tests: {SAY_WHICH}'),
        ('"VERB lemma:@say"', "3", 11, f'match.cue: must be tests: {SAY_WHICH}'),
        ("VERB lemma", "VREB lemma", 11, 'match.cue: unknown part of speech "VREB" (did you mean "VERB"?)'),
        ("VERB lemma", "VERB lema", 11, 'match.cue: unknown test "lema" (did you mean "lemma"?)'),
        ("@say", "@sayy", 11, 'match.cue: no lexicon "sayy" (did you mean "say"?)'),
        ("@say", "@say after:cue", 11, 'match.cue: "cue" is not bound here: nothing is yet'),
        ("cue > nsubj\"", "cue > nsbj\"", 12, 'match.source: unknown relation "nsbj" (did you mean "nsubj"?)'),
        ('"cue > nsubj"', "7", 12, "match.source: must be a path or a list of paths"),
        ('"cue > nsubj"', '["cue > obj", 7]', 12, "match.source: must be a path or a list of paths"),
        ('"cue > nsubj"', '"cu > nsubj"', 12, 'match.source: "cu" is not bound here (did you mean "cue"?)'),
        ('"cue > nsubj"', '"content > nsubj"', 12, 'match.source: "content" is not bound here: only cue'),
        ('"cue > nsubj"', '"cue > nsubj before:content"', 12, 'match.source: "content" is not bound here: only cue'),
        ("after:source", "after:surce", 15, 'match.content: "surce" is not bound here (did you mean "source"?)'),
        ("after:source", "lemma:@told", 15, 'match.content: no lexicon "told"'),
        ("> xcomp", "> xkomp", 15, 'match.content: unknown relation "xkomp" (did you mean "xcomp"?)'),
        ("> obj + cue", "> obj + figure", 15, 'match.content: "figure" is not bound here: only cue and source'),
        ("unless  = [", "unless = ['', ", 17,
         "match.unless: a path starts with the name of a bound word, such as cue"),
        ("unless  = [", 'unles = [', 17, 'match.unles: unknown key (did you mean "unless"?)'),
        ("unless  = [", 'agentless = "yes"\nunless = [', 17, "match.agentless: must be true or false"),
        ("{source|Lee} {cue|said} that {content|it fell}.", "Lee said that it fell.", 20,
         'example.text: mark what the pattern finds, as in {cue|…}, or add expect = "none"\n'
         "19: example: a pattern needs an example that it finds"),
        ("{source|Lee}", "{speaker|Lee}", 20,
         'example.text: unknown mark "{speaker|": write one of cue, source, content'),
        ("{source|Lee}", "{cue|Lee}", 20, 'example.text: "{cue|" is marked twice: give each mark once an example'),
        ("{content|it fell}", "{content|it fell", 20, 'example.text: "{content|" is never closed: add a }'),
        ('"Lee said nothing."', '"Lee {cue|said} nothing."', 23,
         'example.text: marked, although expect = "none": drop one of the two\n'
         '19: example: a pattern needs a near miss, with expect = "none"'),
        ('expect = "none"', 'expect = "nothing"', 24, 'example.expect: the only value is "none"'),
        ('note   = "an object"', "note = 3", 25, "example.note: must be a text, not empty"),
        ('note   = "an object"', 'nota = "an object"', 25, 'example.nota: unknown key (did you mean "note"?)'),
        ('text   = "Lee said nothing."', "", 22, "example.text: missing"),
        ('text   = "Lee said nothing."', 'text = ""', 23, "example.text: must be a text, not empty"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_pattern(old, new, line, error):
    assert PATTERN.count(old) == 1 or old in ("cue     =", "after:source")
    expected = [f"mine/said.toml:{error}" for error in f"{line}: {error}".split("\n")]
    assert pattern_errors(PATTERN.replace(old, new, 1)) == expected


def test_a_pattern_needs_an_example_and_a_near_miss():
    hit, miss = PATTERN.index("[[example]]"), PATTERN.rindex("[[example]]")
    assert pattern_errors(PATTERN[:miss]) == [
        'mine/said.toml:19: example: a pattern needs a near miss, with expect = "none"'
    ]
    assert pattern_errors(PATTERN[:hit] + PATTERN[miss:]) == [
        "mine/said.toml:19: example: a pattern needs an example that it finds"
    ]
    assert pattern_errors(PATTERN[:hit]) == [
        "mine/said.toml:1: example: a pattern needs an example that it finds",
        'mine/said.toml:1: example: a pattern needs a near miss, with expect = "none"',
    ]
    assert pattern_errors("example = 3\n" + PATTERN[:hit]) == ["mine/said.toml:1: example: must be [[example]] tables"]


def test_a_pattern_needs_a_table_of_what_it_matches():
    cut = PATTERN[: PATTERN.index("[match]\n")] + PATTERN[PATTERN.index("[[example]]") :]
    assert pattern_errors(cut) == [f"mine/said.toml:1: match.cue: missing: {SAY_WHICH}"]
    assert pattern_errors("match = 3\n" + cut) == [
        "mine/said.toml:1: match: must be one [match] table",
        f"mine/said.toml:1: match.cue: missing: {SAY_WHICH}",
    ]


def test_every_error_of_a_file_at_once():
    text = PATTERN.replace("lemma:@say", "lema:x").replace("> ccomp", "> komp").replace('"indirect"', '"in"')
    assert pattern_errors(text.replace("note   =", "nope =")) == [
        'mine/said.toml:4: kind: "in" is none of direct, mixed, indirect, no-figure',
        'mine/said.toml:11: match.cue: unknown test "lema" (did you mean "lemma"?)',
        'mine/said.toml:14: match.content: unknown relation "komp" (did you mean "xcomp"?)',
        'mine/said.toml:25: example.nope: unknown key (did you mean "note"?)',
    ]


def test_a_wrong_source_does_not_unbind_it():
    errors = pattern_errors(PATTERN.replace('"cue > nsubj"', '"cue > nsbj"'))
    assert len(errors) == 1, errors


def test_an_inline_table_has_its_line_too():
    text = PATTERN[: PATTERN.index("[match]\n")] + 'match = {cue = "VREB"}\n' + PATTERN[PATTERN.index("[[example]]") :]
    assert pattern_errors(text) == [
        'mine/said.toml:10: match.cue: unknown part of speech "VREB" (did you mean "VERB"?)'
    ]


def test_a_check():
    check = read_check(draft(CHECK), "Q001-nobody")
    assert check
    assert (check.code, check.name, check.severity, check.detect) == ("Q001", "nobody", "error", "unattributed-quote")
    assert check.references == (Reference("SPJ Code of Ethics", "https://spj.org/ethics"), Reference("AP", None))
    assert [(example.text, example.bad) for example in check.examples] == [
        ("“We left.”", True),
        ("“We left,” Lee said.", False),
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "error"),
    [
        ('"Q001"', '"q1"', 1, "code: must be a capital letter and three digits, such as A004"),
        ('"Q001"', '"Q٠٠١"', 1, "code: must be a capital letter and three digits, such as A004"),
        ('code     = "Q001"', "", 1, "code: missing"),
        ('"nobody"', '"no-one"', 2, 'name: the file is called "Q001-nobody.toml", not "Q001-no-one.toml"'),
        ('"error"', '"eror"', 3, 'severity: "eror" is none of error, warning, info (did you mean "error"?)'),
        ('severity = "error"', "", 1, "severity: missing"),
        ('summary  = "A quotation of nobody."', "summary = 1", 4, "summary: must be a text"),
        ("detect   =", "detects =", 5, 'detects: unknown key (did you mean "detect"?)\n1: detect: missing'),
        ("message  = ", "message  = '' # ", 6, "message: is empty"),
        (REFERENCES, "references = []", 8, f"references: {LISTED}"),
        (REFERENCES, 'references = ["SPJ"]', 8, f"references: {LISTED}"),
        ('"https://spj.org/ethics"', '"spj"', 9, "references: a url begins with https:// and has no blanks"),
        ("url =", "ulr =", 9, 'references: unknown key (did you mean "url"?)'),
        ('{ name = "AP" }', "{}", 8, "references: each needs a name"),
        ('["“We left.”"]', '"“We left.”"', 12, "bad: must be a list of texts, at least one"),
        ('["“We left,” Lee said."]', "[3]", 13, "good: must be a list of texts, at least one"),
        ('["“We left,” Lee said."]', '[""]', 13, "good: must be a list of texts, at least one"),
    ],
)
def test_what_is_wrong_with_a_check(old, new, line, error):
    assert CHECK.count(old) == 1
    expected = [f"mine/said.toml:{error}" for error in f"{line}: {error}".split("\n")]
    assert check_errors(CHECK.replace(old, new)) == expected


def test_an_unknown_detector_is_told_with_the_nearest():
    (error,) = check_errors(CHECK.replace("unattributed-quote", "unattributed_quote"))
    assert error.startswith('mine/said.toml:5: detect: "unattributed_quote" is none of agentless-forecast, ')
    assert error.endswith('(did you mean "unattributed-quote"?)')


# A right file with lines dropped, doubled, or of another file: TOML, but hardly a rule.
lines = st.lists(
    st.sampled_from([*(PATTERN + CHECK).split("\n"), "x = 1979-05-27", "[example]", "[[match]]", "a.b = []"])
)


@given(lines)
def test_any_toml_is_read_or_refused_with_a_line_of_it(rows):
    text = "\n".join(rows)
    try:
        found = draft(text)
    except tomllib.TOMLDecodeError:
        return
    again = replace(found, errors=[])
    assert (read_pattern(found, "speech.said", LEXICONS) is None) == bool(found.errors)
    assert (read_check(again, "Q001-nobody") is None) == bool(again.errors)
    for error in (*found.errors, *again.errors):
        path, line, _ = error.split(":", 2)
        assert path == "mine/said.toml"
        assert 1 <= int(line) <= len(text.split("\n"))
