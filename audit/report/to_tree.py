"""Turns a parsed article into columns of words, which is what rules are written against."""

from audit.model import Article, Sentence
from audit.report.cells import clean, grid


def render(article: Article) -> str:
    """Each sentence with its paragraph and section, and its words: form, lemma, tag, head, relation, name class."""
    return "\n".join(_sentence(article, sentence) for sentence in article.sentences)


def _sentence(article: Article, sentence: Sentence) -> str:
    section = article.paragraphs[sentence.paragraph].section
    depths = [_depth(sentence, word.index) for word in sentence.words]
    rows = [
        [
            str(word.index),
            f"{'· ' * depth}{clean(word.form)}",
            clean(word.lemma),
            word.upos,
            word.xpos,
            str(word.head),
            word.deprel,
            word.ner if word.ner != "O" else "",
        ]
        for word, depth in zip(sentence.words, depths, strict=True)
    ]
    table = grid(rows, ["", "form", "lemma", "upos", "xpos", "head", "deprel", "ner"], numbers={"", "head"})
    return f"# {sentence.paragraph} {section}: {clean(article.slice(sentence.span))}\n{table}\n"


def _depth(sentence: Sentence, index: int) -> int:
    """How many governors there are above the word; a circle of governors, which no tree has, ends where it closes."""
    above: set[int] = set()
    while (index := sentence.words[index - 1].head) and index not in above:
        above.add(index)
    return len(above)
