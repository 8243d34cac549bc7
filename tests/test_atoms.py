"""Texts into atoms, and how the encoder is shown them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.joint import atoms


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in atoms.spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He didn't go.", "He did n't go ."),
        ("Ann’s, theirs'", "Ann ’s , theirs '"),
        ("I cannot, I'm gonna", "I can not , I 'm gon na"),
        ("canned cannoth gonnas", "canned cannoth gonnas"),
        ("dont dontcha", "do nt dontcha"),
        ("U.S. $3.5m 20th", "U . S . $ 3 . 5 m 20 th"),
        ("e-mail -- wait... what?!", "e - mail -- wait ... what ? !"),
        ("snake_case", "snake _ case"),
        ("‘I’d say,’ O’Brien said", "‘ I ’d say , ’ O ’ Brien said"),
        ("", ""),
        ("  \n\t ", ""),
    ],
)
def test_atoms(text: str, expected: str) -> None:
    assert cut(text) == expected.split()


@given(st.text(max_size=60))
def test_nothing_but_white_space_is_left_out(text: str) -> None:
    spans = list(atoms.spans(text))
    assert all(start < end for start, end in spans)
    assert sorted(spans) == spans
    inside = {place for start, end in spans for place in range(start, end)}
    assert sum(end - start for start, end in spans) == len(inside)
    assert all(text[place].isspace() for place in range(len(text)) if place not in inside)
    assert not any(character.isspace() for start, end in spans for character in text[start:end])


@given(st.text(min_size=1, max_size=20))
def test_every_atom_has_a_shape(text: str) -> None:
    for atom in cut(text):
        assert 0 <= atoms.shape(atom) < atoms.SHAPES


@pytest.mark.parametrize(
    ("atom", "shape"),
    [
        ("said", atoms.LOWER),
        ("Kalin", atoms.CAPITAL),
        ("NATO", atoms.UPPER),
        ("A", atoms.INITIAL),
        ("McCain", atoms.MIXED),
        ("2019", atoms.DIGITS),
        ("“", atoms.MARK),
        ("n't", atoms.LOWER),
        ("'s", atoms.LOWER),
    ],
)
def test_shape(atom: str, shape: int) -> None:
    assert atoms.shape(atom) == shape


def test_typographic_marks_are_shown_as_plain_ones() -> None:
    assert atoms.plain("“‘’”—…") == "\"''\"-..."
