"""Sentences and articles built by hand: ``sentence("She left .", heads=[2, 0, 2], deprels="nsubj root punct")``."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from audit.model import Article, Paragraph, Section, Sentence, Span, Word
from audit.rule import Choice, Policy, Rules

_POLICY = Policy("default", "Every check.", "", Choice(select=("ALL",)), Path("default.toml"))
NO_RULES = Rules((), (), {}, None, policies={"default": _POLICY})
"""Rules that find nothing, under a policy that uses every check."""

Column = str | Sequence[str]  # one value a word; a string is split at its blanks


def sentence(
    text: str,
    *,
    heads: Sequence[int],
    deprels: Column,
    upos: Column | None = None,
    lemmas: Column | None = None,
    xpos: Column | None = None,
    feats: Column | None = None,
    ner: Column | None = None,
    start: int = 0,
    paragraph: int = 0,
) -> Sentence:
    """A sentence of the words of `text`, which blanks separate; its first character is at the offset `start`.

    Without the columns every word is an X, its own lemma in lower case, and no name. ``_`` stands for no value.
    """
    forms = [(found[0], found.start(), found.end()) for found in re.finditer(r"\S+", text)]

    def column(values: Column | None, default: str) -> list[str]:
        listed = values.split() if isinstance(values, str) else values or [default] * len(forms)
        return ["" if value == "_" else value for value in listed]

    rows = zip(
        forms,
        column(lemmas or [form.lower() for form, _, _ in forms], ""),
        column(upos, "X"),
        column(xpos, "_"),
        column(feats, "_"),
        heads,
        column(deprels, ""),
        column(ner, "O"),
        strict=True,
    )
    words = tuple(
        Word(index, Span(start + begin, start + end), form, *values)
        for index, ((form, begin, end), *values) in enumerate(rows, 1)
    )
    return Sentence(Span(words[0].span.start, words[-1].span.end), words, paragraph)


def article(text: str, *sentences: Sentence, section: Section = "body", name: str = "a.txt") -> Article:
    """An article of `text`, each line of it a paragraph, with `sentences` put where their words stand in it."""
    paragraphs = tuple(
        Paragraph(Span(found.start(), found.end()), section) for found in re.finditer(r"\S(?:.*\S)?", text)
    )
    placed: list[Sentence] = []
    at = 0
    for built in sentences:
        spans = []
        for word in built.words:
            start = text.index(word.form, at)
            at = start + len(word.form)
            spans.append(Span(start, at))
        words = tuple(replace(word, span=span) for word, span in zip(built.words, spans, strict=True))
        here = Span(spans[0].start, spans[-1].end)
        paragraph = next(index for index, paragraph in enumerate(paragraphs) if paragraph.span.holds(here))
        placed.append(Sentence(here, words, paragraph))
    return Article(name, text, paragraphs, tuple(placed))
