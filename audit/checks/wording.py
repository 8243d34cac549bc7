"""The words of an article as messages quote them."""

from collections.abc import Sequence

from audit import tree
from audit.checks.sentences import sentence_of
from audit.model import Article, Span


def short(article: Article, span: Span, most: int = 60) -> str:
    """The words at `span` on one line, cut after a word when they are more than `most` characters."""
    text = " ".join(article.slice(span).split())
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + " …"


def without_article(words: str) -> str:
    """ "20 percent" of "a 20 percent"."""
    first, _, rest = words.partition(" ")
    return rest if first.lower() in ("a", "an", "the") and rest else words


def count(number: int, noun: str) -> str:
    """ "1 claim", "2 claims"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def clause_start(article: Article, cue: Span) -> str:
    """The cue with its subject and auxiliaries: "it is feared"."""
    sentence = sentence_of(article, cue)
    word = next(word for word in sentence.words if cue.holds(word.span))
    before = [
        w
        for w in tree.children(sentence, word, "expl", "nsubj:pass", "nsubj", "aux", "aux:pass", "cop")
        if w.index < word.index
    ]
    whole = bool(before) and before[0].lemma == "it"
    kept = before if whole else [w for w in before if not w.deprel.startswith("nsubj")]
    start = kept[0].span.start if kept else cue.start
    return " ".join(article.text[start : cue.end].split())


def listed_in_words(items: Sequence[str]) -> str:
    """ "A", "A and B", "A, B and C"."""
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)
