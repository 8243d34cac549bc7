"""Offsets into lines and columns."""

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit import lines
from audit.lines import one, place, starts


def test_every_newline_counts_once():
    text = "a\nbc\r\nd\re\u2028f"
    assert [place(starts(text), text.index(c)) for c in "abcdef"] == [(1, 1), (2, 1), (2, 2), (3, 1), (4, 1), (4, 3)]


@given(st.text(alphabet="ab\n\r"), st.sampled_from([1, 2, 3, 7, 4_096]))
def test_the_place_of_each_character_is_that_of_its_line(text, stretch):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(lines, "_STRETCH", stretch)
        begun = starts(text)
        ends = [found.end() for found in re.finditer(r"\r\n|\r|\n", text)]
        for offset in range(len(text) + 1):
            start = max((end for end in ends if end <= offset), default=0)
            line = sum(end <= offset for end in ends) + 1
            assert place(begun, offset) == (line, offset - start + 1)


def test_millions_of_lines_are_no_list():
    begun = starts("\n" * 2_000_000)
    assert sys.getsizeof(begun._ended) < 10_000
    assert place(begun, 1_999_999) == (2_000_000, 1)


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
