"""Offsets into lines and columns."""

from hypothesis import given
from hypothesis import strategies as st

from audit.lines import one, place, starts


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


def test_a_name_forges_no_line_and_hides_nothing():
    name = "a.txt\n::error file=b.txt::no\r\x1b[2K\x9b\u2028\u202etxt.b\udce9"
    assert one(name) == r"a.txt\x0a::error file=b.txt::no\x0d\x1b[2K\x9b\u2028\u202etxt.b" + "\ufffd"
    assert one("Zoë’s “plan”, 東京.txt") == "Zoë’s “plan”, 東京.txt"


@given(st.text(st.characters(), max_size=20))
def test_one_line_is_one_line(text):
    assert len(one(text).splitlines()) <= 1
    assert one(one(text)) == one(text)
    one(text).encode()


def test_a_byte_order_mark_is_where_the_first_line_begins() -> None:
    assert place(starts("\ufeffab"), 0) == (1, 1)
