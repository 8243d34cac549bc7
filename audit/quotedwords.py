"""Quoted stretches into the words between their marks, and what these words can be: speech, a sentence, a name or term.

Words in quotation marks that nobody can have said (titles, nicknames, terms, scare quotes) are no speech.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from audit import extent, tree
from audit.attributions import Attribution
from audit.model import Article, Sentence, Span, Word
from audit.phrases import Phrase
from audit.quotes import Stretch
from audit.rule import Rules, listed
from audit.spans import words_in

_SMALL = frozenset("a an and at but by for from in of on or the to vs with".split())
_LONG_TITLE = 8  # words from which on capitals alone no longer make a title


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch with its words, sentence by sentence."""

    stretch: Stretch
    parts: tuple[tuple[int, Sequence[Word]], ...]  # (sentence, words inside the marks)

    @property
    def all(self) -> list[Word]:
        """The words but for punctuation."""
        return [word for _, words in self.parts for word in words if word.upos != "PUNCT"]

    @property
    def finite(self) -> bool:
        """Whether a finite verb stands inside, as in speech and seldom in a name or term."""
        return any("VerbForm=Fin" in word.feats or word.xpos == "MD" for word in self.all)

    @property
    def titled(self) -> bool:
        """Whether they are few, and every one that counts has a capital, as in a title."""
        return 1 < len(self.all) < _LONG_TITLE and _all_capitals(self.all)

    @property
    def signature(self) -> bool:
        """Whether they are who said what the paragraph before quotes, with its closing mark: Ann Lee, mayor.”"""
        return self.stretch.inner.start == self.stretch.span.start and not self.finite

    @property
    def speech(self) -> bool:
        """Whether they look like something said, without a word around them that says so."""
        return self.finite and len(self.all) > 2 and not self.titled


@dataclass(frozen=True, slots=True)
class Page:
    """An article with its outer quoted stretches and the attributions of each sentence."""

    article: Article
    rules: Rules
    stretches: Sequence[Stretch]
    by_sentence: Mapping[int, Sequence[Attribution]]

    def words(self, stretch: Stretch) -> Words:
        parts = []
        for index in range(max(0, self.sentence_at(stretch.span.start)), len(self.article.sentences)):
            sentence = self.article.sentences[index]
            if sentence.span.start >= stretch.span.end:
                break
            if inside := words_in(stretch.inner, sentence.words):
                parts.append((index, inside))
        return Words(stretch, tuple(parts))

    def sentence_at(self, offset: int) -> int:
        """The last sentence that begins at or before `offset`, -1 when none does."""
        return bisect_right(self.article.starts, offset) - 1

    def before(self, words: Words) -> int:
        """Where the text before a quotation ends, back to the paragraph before its own."""
        start = self.article.paragraphs[max(0, words.stretch.paragraph - 1)].span.start
        return start + len(self.article.text[start : words.stretch.span.start].rstrip())

    def behind(self, words: Words) -> tuple[int, Sequence[Word]]:
        """The words from a quotation to the end of the sentence, with its index, or those of the next sentence when it
        begins in the same line."""
        end, last = words.stretch.span.end, words.parts[-1][0]
        rest = [word for word in self.article.sentences[last].words if word.span.start >= end]
        if rest or last + 1 == len(self.article.sentences):
            return last, rest
        following = self.article.sentences[last + 1]
        between = self.article.text[end : following.span.start]
        return last + 1, () if between.strip() or "\n" in between else following.words

    def quoted(self, span: Span) -> bool:
        at = bisect_right(self.stretches, span.start, key=lambda stretch: stretch.span.start) - 1
        return at >= 0 and self.stretches[at].span.holds(span)

    def begins_paragraph(self, stretch: Stretch) -> bool:
        return self.article.paragraphs[stretch.paragraph].span.start == stretch.span.start

    def fills_paragraph(self, stretch: Stretch) -> bool:
        rest = self.article.text[stretch.span.end : self.article.paragraphs[stretch.paragraph].span.end]
        return self.begins_paragraph(stretch) and not rest.strip(" .")

    def phrase(self, index: int, head: Word) -> Phrase:
        return Phrase(index, head, tree.hull(extent.source_words(self.article.sentences[index], head)))


def _all_capitals(words: Sequence[Word]) -> bool:
    counted = [word for word in words if word.form.lower() not in _SMALL and word.upos != "PUNCT"]
    return all(word.form[:1].isupper() or word.form[:1].isdigit() for word in counted)


def in_headline(page: Page, words: Words) -> bool:
    """Whether the words around have capitals, too, so that these make no title: Lee Sees ‘No Way Out’ of War."""
    around = page.article.sentences[words.parts[0][0]].words
    return _all_capitals([word for word in around if not words.stretch.span.holds(word.span)])


def is_name_or_term(page: Page, words: Words) -> bool:
    """Nicknames, and words that a verb or noun of naming introduces: known as "X", the so-called "X"."""
    sentence = page.article.sentences[words.parts[0][0]]
    before = [word for word in sentence.words if word.span.end <= words.stretch.span.start]
    after = [word for word in sentence.words if word.span.start >= words.stretch.span.end]
    if not before or words.finite:
        return False
    last = before[-1]
    if after and len(words.all) < 4 and last.upos == after[0].upos == "PROPN" and last.ner[2:] == "Person":
        return True
    if last.lemma in ("as", "the", "a", "an") and len(before) > 1:
        last = before[-2]
    names = any(listed(page.rules.lexicons["naming"], form) for form in (last.lemma.lower(), last.form.lower()))
    return names and not _names_it_so(page, sentence, last, words)


def _names_it_so(page: Page, sentence: Sentence, before: Word, words: Words) -> bool:
    """Whether somebody chose those words: whom Lee called “a crook”, and not a man called “the Crook”; or the word
    before is no noun that they name: Lee called the program “a fraud”."""
    if before.upos == "VERB":
        return tree.subject(sentence, before) is not None and not tree.children(sentence, before, "aux:pass")
    inside = {word.index for word in words.parts[0][1]}
    heads = [word for word in words.parts[0][1] if word.head not in inside and word.upos != "PUNCT"]
    return all(word.head != before.index and before.head != word.index for word in heads)


def alone(page: Page, words: Words) -> Literal["direct", "mixed"]:
    """Direct when the stretch makes up a sentence, but for what introduces or signs it."""
    index, inside = words.parts[0]
    sentence = page.article.sentences[index]
    root = sentence.dependents[0][0] if sentence.dependents[0] else 0
    whole = len(words.parts) > 1 or any(word.index == root for word in inside) or opens(page, words, sentence)
    return "direct" if whole else "mixed"


def opens(page: Page, words: Words, sentence: Sentence) -> bool:
    """Whether a clause in quotation marks begins the sentence and ends with a mark of its own, or is the other half
    of one that does: “We lost,” he said, “and they won.” That it is speech of its own shows, whatever the parser
    hangs it from."""
    span = words.stretch.span
    ends = page.article.slice(words.stretch.inner).rstrip()[-1:]
    first = any(stretch.span.start == sentence.span.start for stretch in page.stretches)
    resumes = span.end >= sentence.span.end and first and ends != ","
    return words.finite and ends in (",", ".", "!", "?") and (span.start <= sentence.span.start or resumes)


def is_sentence(page: Page, words: Words) -> bool:
    """Whether the stretch is a sentence by itself, however short, with its own full stop: “Possibly more.”"""
    sentence = page.article.sentences[words.parts[0][0]]
    marks = page.article.slice(words.stretch.inner).rstrip()[-1:]
    return marks in (".", "!", "?", "…") and sentence.span.start >= words.stretch.span.start


def exclaims(page: Page, words: Words) -> bool:
    """Whether words without a verb begin a sentence and end with a mark of speech: “Absolutely not,” he said."""
    sentence = page.article.sentences[words.parts[0][0]]
    first = words.stretch.span.start <= sentence.span.start
    return first and page.article.slice(words.stretch.inner).rstrip()[-1:] in (",", "!", "?", ".")
