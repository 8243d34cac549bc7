"""What the parser is shown of odd characters; and claims with them are those without them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit import parse, pipeline, readers, rules
from audit.readers import Intake
from audit.shown import shown

PLAIN = (
    'The bridge is closed\n\nThe mayor, Ann Lee, said that 1,200 people were waiting. "We wait for help," she said.'
    " Bob Ray called it 'a shame' on Monday.\n"
)


def test_unseen_characters_are_left_out_and_places_lead_back() -> None:
    text = "sa\u200bid \u202eso\u202c."
    seen = shown(text)
    assert seen.text == "said so."
    assert text[seen.begin(0) : seen.end(4)] == "sa\u200bid"
    assert text[seen.begin(5) : seen.end(7)] == "so"


def test_look_alikes_are_shown_as_what_they_look_like() -> None:
    assert shown("〝１２％〞 ＡＰ ʼs").text == '"12%" AP \'s'
    assert shown("plain “text”").places is None


@given(st.text(alphabet="ab \u200b\u00ad\u202e\ufeff＂\ud800\0", max_size=20))
def test_every_character_shown_stands_in_the_text(text: str) -> None:
    seen = shown(text)
    for at, char in enumerate(seen.text):
        assert 0 <= seen.begin(at) < seen.end(at + 1) <= len(text)
        assert char in (text[seen.begin(at)], " ", "\ufffd", '"')


def claims(parser: parse.Parser, text: str) -> list[tuple[object, ...]]:
    (article,) = readers.read("a.txt", text.encode(), Intake())
    (parsed,) = parse.parse(parser, [article])
    return [
        (
            claim.kind,
            claim.source.speaker and shown(claim.source.speaker).text,
            claim.source.sourcing,
            claim.quantity and claim.quantity.value,
            shown(article.slice(claim.span)).text.strip("\"'“”„‟`«»❝❞〞"),
        )
        for claim in pipeline.audit(parsed, rules.load()).claims
    ]


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        PLAIN.replace('"', mark) if len(mark) == 1 else PLAIN.replace(' "', f" {mark[:half]}").replace('"', mark[half:])
        for mark in ["＂", "ˮ", "ʺ", "″", "〝〞", "❝❞", "„‟", "''''", "``''", "‟”", "«»"]
        for half in [len(mark) // 2]
    ]
    + [PLAIN.replace("'", mark) for mark in ["ʼ", "＇", "′"]]
    + [
        PLAIN.replace("people", "peo\u200bple").replace("said", "sa\u00adid"),
        PLAIN.replace("Lee", "L\u2060ee").replace("mayor", "\u202amayor\u202c"),
        PLAIN.replace('"', '\u200b"\u200b'),
        PLAIN.replace('"', '\u2060"\u2060').replace("1,200", "１,２００"),
        PLAIN.replace("said", "\u202esaid\u202c"),
        PLAIN.replace("Ann Lee", "Ann\u200d Lee\ufe0f"),
    ],
)
def test_claims_with_odd_characters_are_those_without(parser: parse.Parser, text: str) -> None:
    assert claims(parser, text) == claims(parser, PLAIN)


@pytest.mark.parametrize("odd", ["sa\u200bid", "\u202esaid\u202c", "\u2067said\u2069"])
def test_what_nobody_sees_is_warned_of_with_its_place(odd: str) -> None:
    warned: list[str] = []
    list(readers.read("a.txt", PLAIN.replace("said that", f"{odd} that").encode(), Intake(warn=warned.append)))
    (said,) = warned
    assert said.startswith("a.txt:3:") and "invisible character" in said


def test_what_is_common_is_not_warned_of() -> None:
    warned: list[str] = []
    text = "\ufeff" + PLAIN.replace("help", "he\u00adlp 👩\u200d👩\u200d👧 ❤\ufe0f").replace(" she", "\u200b she")
    list(readers.read("a.txt", text.encode(), Intake(warn=warned.append)))
    assert warned == []
