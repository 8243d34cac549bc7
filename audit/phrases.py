"""A source as it stands in the article: the phrase, and what its shape and words tell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audit import tree
from audit.model import Article, Sentence, Span, Word
from audit.rule import endings, listed

PLURAL = frozenset({"NNS", "NNPS"})
ARTICLES = frozenset({"the", "a", "an", "this", "that", "these", "those"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """The noun phrase that names a source."""

    sentence: int  # index into Article.sentences
    head: Word
    span: Span


@dataclass(frozen=True, slots=True)
class Reader:
    """Phrases of one article, and the lexicons they are told by."""

    article: Article
    lexicons: Mapping[str, frozenset[str]]

    def sentence(self, phrase: Phrase) -> Sentence:
        """The sentence a phrase stands in."""
        return self.article.sentences[phrase.sentence]

    def one_of(self, word: Word, *lexicons: str) -> bool:
        """Whether the lemma of `word` is in any of those lexicons."""
        return any(listed(self.lexicons[name], word.lemma.lower()) for name in lexicons)

    def determiners(self, phrase: Phrase) -> frozenset[str]:
        """Articles, demonstratives, quantifiers and possessive pronouns before the head, as lemmas."""
        found = tree.children(self.sentence(phrase), phrase.head, "det", "det:predet", "nmod:poss")
        return frozenset(word.lemma.lower() for word in found if word.upos in ("DET", "PRON"))

    def bare(self, phrase: Phrase) -> str:
        """The phrase without its article, on one line."""
        text = " ".join(self.article.slice(phrase.span).split())
        first, _, rest = text.partition(" ")
        return rest if rest and first.lower() in ARTICLES else text

    def described(self, phrase: Phrase) -> str:
        """The phrase as the name of an anonymous source: without its article, in lower case unless it begins with a
        name."""
        text = self.bare(phrase)
        words = self.sentence(phrase).words
        first = next((w for w in words if w.span.start >= phrase.span.start and text.startswith(w.form)), phrase.head)
        proper = first.upos in ("PROPN", "X") or first.ner != "O" or text[1:2].isupper()
        proper = proper or (first.lemma[:1].isupper() and first.index > 2)  # by then no article stands before a capital
        return text if proper else text[:1].lower() + text[1:]

    def coordinated(self, phrase: Phrase) -> list[Word]:
        """The head and those coordinated with it inside the phrase: "Turkey and Russia"."""
        others = tree.children(self.sentence(phrase), phrase.head, "conj")
        nominal = ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "X")
        return [phrase.head, *(w for w in others if w.span.end <= phrase.span.end and w.upos in nominal)]

    def withheld(self, phrase: Phrase) -> bool:
        """Whether the words around a source keep its identity back: "who asked not to be named", "on condition of
        anonymity"."""
        sentence, head = self.sentence(phrase), phrase.head
        around = tree.subtree(sentence, head)
        governor = tree.head(sentence, head)
        if governor is not None and head.deprel.startswith("nsubj"):
            for below in tree.children(sentence, governor, "obl", "advcl", "conj"):
                around += tree.subtree(sentence, below)
        return bool(withholding(sentence, around, self.lexicons))


def withholding(sentence: Sentence, words: Sequence[Word], lexicons: Mapping[str, frozenset[str]]) -> list[Word]:
    """Those of `words` that say that an identity is kept back: "anonymity", the last word of "asked not to be
    named"."""
    alone, tails = lexicons["anonymity"], endings(lexicons["anonymity"])
    return [
        word
        for word in words
        if (lemma := word.lemma.lower()) in alone or lemma.endswith(tails) or _kept_from_being(sentence, word)
    ]


def _kept_from_being(sentence: Sentence, verb: Word) -> bool:
    """Whether it is said of a verb of naming that it is not to be done."""
    if verb.lemma not in ("name", "identify", "quote") or verb.upos != "VERB":
        return False
    before = {w.lemma.lower() for w in sentence.words[max(0, verb.index - 6) : verb.index]}
    return bool(before & {"not", "decline", "refuse", "without"})
