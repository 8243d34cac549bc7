"""Offsets into lines and columns."""

from hypothesis import given
from hypothesis import strategies as st

from audit.lines import place, starts


def test_every_newline_counts_once():
    text = "a\nbc\r\nd\re\u2028f"
    assert starts(text) == [0, 2, 6, 8]
    assert [place(starts(text), text.index(c)) for c in "abcdef"] == [(1, 1), (2, 1), (2, 2), (3, 1), (4, 1), (4, 3)]


@given(st.text(alphabet="ab\n\r"), st.data())
def test_a_place_leads_back_to_its_offset(text, data):
    offset = data.draw(st.integers(0, len(text)))
    line, column = place(starts(text), offset)
    assert starts(text)[line - 1] + column - 1 == offset


def test_a_byte_order_mark_takes_no_column():
    text = "\ufeffab\nc"
    assert [place(starts(text), text.index(c)) for c in "abc"] == [(1, 1), (1, 2), (2, 1)]


def test_a_byte_order_mark_is_where_the_first_line_begins() -> None:
    assert place(starts("\ufeffab"), 0) == (1, 1)
