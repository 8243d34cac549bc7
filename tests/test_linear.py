"""An audit's cost per word is the same in a long article."""

import time
from dataclasses import replace

from audit import rules
from audit.model import Article, Sentence, Span
from audit.pipeline import audit
from tests import frozen


def joined(articles: list[Article]) -> Article:
    """One article of several, as if they stood in one file."""
    text = ""
    paragraphs = []
    sentences = []
    for article in articles:

        def moved(span: Span, by: int = len(text)) -> Span:
            return Span(span.start + by, span.end + by)

        before = len(paragraphs)
        paragraphs += [replace(paragraph, span=moved(paragraph.span)) for paragraph in article.paragraphs]
        sentences += [
            Sentence(
                moved(sentence.span),
                tuple(replace(word, span=moved(word.span)) for word in sentence.words),
                sentence.paragraph + before,
            )
            for sentence in article.sentences
        ]
        text += f"{article.text}\n\n"
    return Article("joined", text, tuple(paragraphs), tuple(sentences))


def test_time_is_linear_in_the_length_of_an_article():
    loaded = rules.load()
    seeds = frozen.of_seeds().read()

    def seconds(article: Article) -> float:
        taken = []
        for _ in range(3):  # of the processor: what else the machine does is no part of it
            start = time.process_time()
            audit(article, loaded)
            taken.append(time.process_time() - start)
        return min(taken)

    short, long = joined(seeds), joined(seeds * 8)
    assert len(long.text.split()) > 15_000
    assert seconds(long) < 2 * 8 * seconds(short)
