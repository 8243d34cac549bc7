"""What an antecedent is looked for in: an article's names and quotations, and who has been cited so far."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from audit.gazetteer import Gazetteer
from audit.mentions import Mention
from audit.model import Source, Span
from audit.names import Cast, Name
from audit.phrases import Phrase, Reader

REACH = 3  # sentences back, quoted ones not counted, in which a pronoun finds what it stands for


@dataclass(frozen=True, slots=True)
class Context:
    """What an antecedent is looked for in: the names of the article, its outer quotations, and who has spoken so
    far."""

    reader: Reader
    cast: Cast
    quoted: tuple[Span, ...]
    said: list[tuple[Phrase, Source]]
    gazetteer: Gazetteer
    unnamed: Mapping[str, Sequence[int]]  # the lemmas of nouns that begin with "a", and where each of these stands

    def introduced(self, phrase: Phrase, since: int = 0) -> bool:
        """Whether somebody or something unnamed is called by the noun of `phrase` before it and behind the offset
        `since`: "a nurse", and then "the nurse"."""
        return any(since <= at < phrase.span.start for at in self.unnamed.get(phrase.head.lemma, ()))

    def near(self, earlier: int, later: int) -> bool:
        """Whether one sentence is close enough behind another for a pronoun: in its paragraph, or few unquoted ones
        away."""
        sentences = self.reader.article.sentences
        if sentences[earlier].paragraph == sentences[later].paragraph:
            return True
        unquoted = 0
        for index in range(later - 1, earlier - 1, -1):
            unquoted += not self.is_quoted(sentences[index].span)
            if unquoted > REACH:
                return False
        return True

    def is_quoted(self, span: Span) -> bool:
        """Whether `span` begins inside a quotation."""
        at = bisect_right(self.quoted, span.start, key=lambda quote: quote.start) - 1
        return at >= 0 and span.start < self.quoted[at].end

    def before(self, phrase: Phrase, kind: Literal["person", "organization"]) -> list[tuple[Name, Mention]]:
        """The unquoted mentions of that kind before `phrase` and near it, nearest sentence last."""
        mentions = self.cast.of_kind[kind]
        found: list[tuple[Name, Mention]] = []
        for at in range(
            bisect_left(mentions, phrase.span.start, key=lambda pair: pair[1].words[0].span.start) - 1, -1, -1
        ):
            name, mention = mentions[at]
            if not self.near(mention.sentence, phrase.sentence):
                break
            if mention.head.span.end <= phrase.span.start and not self.is_quoted(mention.words[0].span):
                found.append((name, mention))
        return found[::-1]
