"""Pairing quotation marks over an article."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.model import Span
from audit.quotes import Quotations, quoted


def paragraphs(text: str) -> list[Span]:
    """One paragraph a line, without the white space at its ends."""
    spans, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            lead = len(line) - len(line.lstrip())
            spans.append(Span(start + lead, start + len(line.rstrip())))
        start += len(line) + 1
    return spans


def pair(text: str) -> Quotations:
    return quoted(text, paragraphs(text))


def drawn(text: str) -> str:
    """The text with ⟦ ⟧ around each outer stretch, ⟨ ⟩ around each inner one, and ¿ before each stray mark.

    A stretch that stays open ends in … and one that continues starts with +.
    """
    found = pair(text)
    edits = [(stray, 1, "¿") for stray in found.strays]
    for stretch in found.stretches:
        opening, closing = ("⟨", "⟩") if stretch.depth else ("⟦", "⟧")
        edits.append((stretch.span.start, 1, opening + ("+" if stretch.continues else "")))
        edits.append((stretch.span.end, 0, ("" if stretch.closed else "…") + closing))
    for place, _, insert in sorted(edits, key=lambda edit: edit[:2], reverse=True):
        text = text[:place] + insert + text[place:]
    return text


@pytest.mark.parametrize(
    "expected",
    [
        '⟦"We will stay,"⟧ the mayor said. ⟦"All of us."⟧',
        "⟦“We will stay,”⟧ the mayor said. ⟦“All of us.”⟧",
        "⟦„Wir bleiben“⟧, sagte sie. ⟦»Alle«⟧ und ⟦«tous»⟧ et ⟦« tout le monde »⟧.",
        "⟦''We will stay,''⟧ she said. ⟦``All of us.''⟧",
        "⟦＂We will stay,＂⟧ she said.",
        "⟦”We will stay,”⟧ she said. ⟦”All of us“⟧ and ⟦“none“⟧.",
        '⟦“We will stay,"⟧ she said of a ⟦“plan’’⟧.',
        '⟦"We will stay,"⟧said the mayor. She said:⟦"All of us."⟧',
        '⟦"We will stay, "⟧ she said. (⟦"All"⟧ is all.) ⟦"Really?"⟧—she asked—⟦"really"⟧.',
        "⟦“He told me ⟨‘get out’⟩ and I left,”⟧ she said.",
        "⟦'We will stay,'⟧ he said, ⟦'all of us.'⟧",
        "⟦‘He told me ⟨“get out”⟩ and I left,’⟧ she said.",
        "⟦\"The ⟨'power'⟩ of the ⟨'people.'⟩\"⟧ ⟦\"Of ⟨'us.'⟩ \"⟧ she said.",
        "⟦''He said, ⟨'no.'⟩''⟧ ⟦'''Tis the season,''⟧ she said.",
        "⟦“That ⟨“plan”⟩ of theirs,”⟧ he said, ⟦“is over.”⟧",
        '⟦"I was—"⟧ he stopped. ⟦"... and then it fell,"⟧ he said.',
        "It gave up ⟦‘sanctions’⟧ and ⟦‘threats’⟧ alike.",
        "⟦‘The leaders’ plan is dead,’⟧ she said.",
        "⟦\"The leaders' plan\"⟧ and the voters' view, Jones' own.",
        "⟦“”⟧",
        '⟦"A 5" pipe broke,"⟧ he said, ⟦"and number 6"⟧ or ⟦"so."⟧',
        "⟦'We're goin' home,'⟧ he said.",
        "\u202a⟦”This is it,”⟧ wrote Sam.",
        "⟦” … and it fell,”⟧ he said.",
        '⟦". . . and it fell,"⟧ he said.',
        "They are accused of⟦” fear and favour”⟧ by all.",
        'It kept⟦" its edge over the region "⟧, it said, and⟦" much more "⟧.',
        "She said ⟦“demand grows “⟧. It fell in the ⟦“.com”⟧ year.",
        "⟦“It broke â €” we saw it â€” and fell,”⟧ he said.",
    ],
)
def test_marks_pair(expected: str) -> None:
    text = "".join(char for char in expected if char not in "⟦⟧⟨⟩¿")
    assert drawn(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "They don't, he’s not, O’Neil and Xi'an, the leaders’ plan, the boys' club.",
        "Rock 'n' roll of the '90s and ’80s, the class of ’08, in ‘16, give 'em ‘em ’em hell, 'tis, Sophie in 't Veld.",
        'He is 6\'2" tall with a 5" pipe and 12” of snow.',
        "We were goin' home, ol' pal, with 83 e.v.’s.",
        'See <a href="https://example.org" target=”_blank”>this</a>.',
    ],
)
def test_apostrophes_measures_and_markup_are_no_marks(text: str) -> None:
    assert pair(text) == Quotations((), ())


@pytest.mark.parametrize(
    "expected",
    [
        "⟦“It began early.…⟧\n⟦+“It ended late.…⟧\n⟦+“Then we slept,”⟧ she said.\n⟦“Good.”⟧",
        '⟦"It began early.…⟧\n⟦+"It ended late,"⟧ she said. ⟦"Then we slept.…⟧\n⟦+"Well."⟧',
        "⟦'It began early.…⟧\n⟦+'It ended late,'⟧ she said.",
        '⟦"A plan they call ⟨“bold”⟩ failed.…⟧\n⟦+"It ended,"⟧ she said.',
        "⟦“It began early.…⟧\nNobody spoke.\n⟦“Good,”⟧ she said.",
        "⟦“It began early.…⟧\n⟦'Good,'⟧ she said.",
        "⟦“It ended.”⟧\n⟦“Good,”⟧ she said.",
    ],
)
def test_a_quotation_runs_on_when_the_next_paragraph_repeats_its_mark(expected: str) -> None:
    text = "".join(char for char in expected if char not in "⟦⟧⟨⟩¿…+")
    assert drawn(text) == expected


@pytest.mark.parametrize(
    "expected",
    [
        "⟦“It began early.…⟧\n⟦+It ended late.”⟧\n⟦“Good,”⟧ she said.",
        '⟦"It began early.…⟧\n⟦+It went on.…⟧\n⟦+It ended late,"⟧ she said. ⟦"Good."⟧',
        "⟦“It began early.…⟧\nIt ended late, ⟦“by noon”⟧, she said.¿”",
        "⟦”It began early.…⟧\nIt ended late.¿”",
        "⟦“It began early.…⟧\nHe is accused of¿” fear.",
        "⟦“It began early.…⟧" + "\nIt rained." * 6 + "\nIt ended late.¿”",
    ],
)
def test_a_quotation_runs_on_without_a_mark_to_the_paragraph_that_closes_it(expected: str) -> None:
    text = "".join(char for char in expected if char not in "⟦⟧⟨⟩¿…+")
    assert drawn(text) == expected


@pytest.mark.parametrize(
    "expected",
    [
        "⟦“It began early, she said.…⟧ ⟦“It ended late.”⟧\nHe said ⟦“no.”⟧",
        '⟦"It began early, she said.…⟧ ⟦"It ended late."⟧\nHe said ⟦"no."⟧',
        "It began early,¿” she said. ⟦“It ended late.”⟧\nHe said ⟦“no.”⟧",
        'It began early,¿" she said. ⟦"It ended late."⟧\nHe said ⟦"no."⟧',
        '⟦"Good,"⟧ he said.¿"\n⟦"Better,"⟧ she said.',
        "It promised ¿‘a wall to the voters of the south.\nHe said ⟦‘no.’⟧",
        "¿“⟦“Twice opened,”⟧ he said.",
        'It was a ¿" of ink.',
        "He wrote ⟦“They ⟨«say ⟨“no”⟩ now»⟩ again.…⟧",
    ],
)
def test_a_mark_without_its_other_half_spoils_no_other(expected: str) -> None:
    text = "".join(char for char in expected if char not in "⟦⟧⟨⟩¿…")
    assert drawn(text) == expected


def test_spans_and_offsets() -> None:
    text = "She said “go ‘now’ please”.\n“Why?"
    outer, inner, unclosed = pair(text).stretches
    assert text[outer.span.start : outer.span.end] == "“go ‘now’ please”"
    assert text[outer.inner.start : outer.inner.end] == "go ‘now’ please"
    assert text[inner.inner.start : inner.inner.end] == "now"
    assert (outer.depth, inner.depth, outer.paragraph, unclosed.paragraph) == (0, 1, 0, 1)
    assert (unclosed.span, unclosed.inner, unclosed.closed) == (Span(28, 33), Span(29, 33), False)


def test_what_lies_outside_the_paragraphs_is_not_read() -> None:
    text = '"a" "b" "c"'
    assert [stretch.span for stretch in quoted(text, [Span(4, 7)]).stretches] == [Span(4, 7)]
    assert quoted(text, []) == Quotations((), ())


MARKS = st.text(alphabet="\"“”„‟«»‹›＂'‘’‚`´ \n.,!?—-([ab5sn=<>\u202a", max_size=80)


@given(st.one_of(MARKS, st.text()))
def test_any_text_gives_nested_stretches_inside_their_paragraphs(text: str) -> None:
    spans = paragraphs(text)
    found = quoted(text, spans)
    around: list[Span] = []
    last = 0
    for stretch in found.stretches:
        assert spans[stretch.paragraph].holds(stretch.span)
        assert stretch.span.holds(stretch.inner)
        assert stretch.inner.start > stretch.span.start
        assert (stretch.inner.end < stretch.span.end) == stretch.closed
        assert stretch.span.start >= last
        last = stretch.span.start
        while around and around[-1].end <= stretch.span.start:
            around.pop()
        assert not around or around[-1].holds(stretch.span)
        assert stretch.depth == len(around)
        around.append(stretch.span)
    assert list(found.strays) == sorted(set(found.strays))
    assert not set(found.strays) & {stretch.span.start for stretch in found.stretches}


@given(MARKS, MARKS)
def test_a_paragraph_takes_nothing_from_the_one_before_but_that_it_continues(first: str, second: str) -> None:
    first, second = first.replace("\n", " "), second.replace("\n", " ").lstrip()
    alone, after = pair(second), pair(f"{first}\n“Well.”\n{second}")
    shift = len(first) + len("\n“Well.”\n")
    shown = [(s.span.start, s.span.end, s.depth, s.closed, s.continues) for s in alone.stretches]
    number = max((s.paragraph for s in after.stretches), default=0)
    later = [s for s in after.stretches if s.span.start >= shift and s.paragraph == number]
    assert [(s.span.start - shift, s.span.end - shift, s.depth, s.closed, s.continues) for s in later] == shown
    assert [stray - shift for stray in after.strays if stray >= shift] == list(alone.strays)


def seconds(text: str) -> float:
    """Of the processor, the best of three: what else the machine does is no part of it."""
    taken = []
    for _ in range(3):
        start = time.process_time()
        quoted(text, [Span(0, len(text))])
        taken.append(time.process_time() - start)
    return min(taken)


@pytest.mark.parametrize(
    "unit",
    ['"go" she said ', '"', "“", "'", ' "a', " 'a", "ds' ", 'a="', ' “a "b «c', '"a' + " " * 40, "‘a “b’ "],
)
def test_time_is_linear_in_the_marks_of_one_paragraph(unit: str) -> None:
    short, long = unit * 500, unit * 8_000
    assert seconds(long) < 16 * 8 * seconds(short) + 0.1


def test_ten_thousand_marks_in_two_megabytes() -> None:
    words = random.Random(7).choices(["the", "leaders'", "don't", "plan", "of", "Ankara", '5"', "(so)"], k=400_000)
    text = " ".join(f'"{word}"' if place % 80 == 0 else word for place, word in enumerate(words))
    assert seconds(text) < 30  # about one on an idle machine
