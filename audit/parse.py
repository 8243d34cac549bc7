"""Articles split into paragraphs -> the same articles with their sentences; alone in knowing Stanza and torch.

Each paragraph is parsed by itself, so no sentence crosses from one into the next, but the paragraphs of all given
articles go through the parser together, because many at once take far less time than one after another.

Stanza runs the models: the joint one that comes with the package, as a processor of Stanza's (`audit.joint.processor`),
or its official English ones. Each syntactic word ("do", "n't") becomes a word of the sentence.

It all happens on the CPU and from local files. Nothing is fetched.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from audit import modelset, official
from audit.errors import ModelError
from audit.model import NOT_PROSE, Article, Sentence, Span, Word
from audit.shown import Shown, shown
from audit.torn import joined

_BATCH = 100_000  # characters, some 17,000 words: more take more memory and no less time


@dataclass(frozen=True, slots=True)
class Parser:
    """Models ready to parse; `digest` identifies them, so that a parse can be kept under it."""

    pipeline: Any  # stanza.Pipeline
    digest: str


class _Block(NamedTuple):
    """A paragraph: the numbers of its article and of itself, and where it stands."""

    article: int
    paragraph: int
    span: Span


def load(models: Path | str | None = None, *, threads: int | None = None) -> Parser:
    """Load models: those of a folder, Stanza's official ones ("stanza:en"), or those that come with the package.

    Args:
        threads: how many torch may use from now on in this process; None leaves it as it is.

    Raises:
        ModelError: a file is missing, damaged, or not what it should be.
    """
    # Threads that wait by spinning take four times as long as soon as anything else runs on the machine. OpenMP reads
    # this once, when torch is imported, and torch has no function for it; a choice of the user's own stands.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    if official.named(models):
        use_threads(threads)
        return Parser(official.pipeline(), official.digest())
    found = modelset.verify(Path(models) if models else modelset.default_dir())
    use_threads(threads)
    import stanza

    from audit.joint import processor

    try:
        pipeline = stanza.Pipeline(
            found.language,
            dir=str(found.folder),
            # An empty index: with it Stanza takes the path below as it is and looks for no package.
            resources_filepath=str(modelset.default_dir() / modelset.INDEX),
            allow_unknown_language=True,
            download_method=None,
            device="cpu",
            processors=processor.NAME,
            joint_model_path=str(found.folder),
            logging_level="ERROR",
        )
    except Exception as error:
        raise ModelError(_unfit(found, error)) from error
    return Parser(pipeline, found.digest)


def parse(parser: Parser, articles: Sequence[Article], *, warn: Callable[[str], None] | None = None) -> list[Article]:
    """The same articles in the same order, with the sentences of their prose; what they had is replaced.

    Each article's parse is what it would be alone, up to the rounding of sums in floating point.
    `warn` is called with a message for each sentence that was too long and has been cut.
    """
    sentences: list[list[Sentence]] = [[] for _ in articles]
    for blocks in _batches(_blocks(articles)):
        texts = [articles[block.article].slice(block.span) for block in blocks]
        seen = [shown(text) for text in texts]
        documents = parser.pipeline.bulk_process([one.text for one in seen])
        for block, own, document in zip(blocks, seen, documents, strict=True):
            article = articles[block.article]
            read = getattr(document, "read", None)  # by the joint model, which also says where it had to cut
            each = _as_read if read is not None else _words
            place = _Place(article.text, block.span.start, own)
            found = [_sentence(each(one, place), block) for one in read or document.sentences]
            for sentence, parts in joined(found, [one.torn for one in read] if read else [False] * len(found)):
                sentences[block.article].append(sentence)
                if warn and parts > 1:
                    warn(_cut(sentence, parts, article))
    return [replace(article, sentences=tuple(own)) for article, own in zip(articles, sentences, strict=True)]


def use_threads(count: int | None) -> None:
    """Let torch use so many threads from now on in this process; None leaves it as it is."""
    import torch

    if count is not None:
        torch.set_num_threads(count)


def _unfit(models: modelset.ModelSet, error: Exception) -> str:
    """The message about models that are undamaged but do not load."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return (
        f"{models.folder}: the models cannot be loaded ({lines[0]}): train or copy them again, "
        "or name another folder with --models DIR"
    )


def _blocks(articles: Sequence[Article]) -> Iterator[_Block]:
    for number, article in enumerate(articles):
        for index, paragraph in enumerate(article.paragraphs):
            if paragraph.section not in NOT_PROSE:
                yield _Block(number, index, paragraph.span)


def _batches(blocks: Iterable[_Block]) -> Iterator[list[_Block]]:
    batch: list[_Block] = []
    size = 0
    for block in blocks:
        if batch and size + len(block.span) > _BATCH:
            yield batch
            batch, size = [], 0
        batch.append(block)
        size += len(block.span)
    if batch:
        yield batch


def _sentence(found: Iterable[Word], block: _Block) -> Sentence:
    words = tuple(found)
    return Sentence(Span(words[0].span.start, words[-1].span.end), words, block.paragraph)


class _Place(NamedTuple):
    """Where a paragraph stands that the parser has read, and what it was shown of it."""

    text: str  # of the article
    start: int
    shown: Shown

    def span(self, start: int, end: int) -> Span:
        """In the article, of what the parser found there."""
        return Span(self.start + self.shown.begin(start), self.start + self.shown.end(end))

    def form(self, span: Span, found: str) -> str:
        """A word as it is written; as the parser has it where that is no stretch of the article."""
        return self.text[span.start : span.end] if len(span) == len(found) else found


def _as_read(sentence: Any, place: _Place) -> Iterator[Word]:
    """The words of a sentence of `audit.joint.predict`, whose columns are those of ours in another order."""
    for index, (start, end, form, lemma, upos, xpos, feats, head, deprel, ner) in enumerate(sentence.words, 1):
        span = place.span(start, end)
        yield Word(index, span, place.form(span, form), lemma, upos, xpos, feats, head, deprel, ner)


def _words(sentence: Any, place: _Place) -> Iterator[Word]:
    for token in sentence.tokens:
        for word in token.words:
            start, end = word.start_char, word.end_char
            if start is None:  # a word that is not written as such: "gimme" = "give me"
                start, end = token.start_char, token.end_char
            span = place.span(start, end)
            form = place.form(span, word.text)
            yield Word(
                word.id,
                span,
                form,
                # Stanza's "_" is a lemma that came out empty, unless the word is an underscore.
                form if word.lemma in (None, "_") else word.lemma,
                word.upos or "X",
                word.xpos or "",
                word.feats or "",
                word.head,
                word.deprel,
                token.ner or "O",
            )


def _cut(sentence: Sentence, parts: int, article: Article) -> str:
    """What to say of a sentence that was too long to be read at once."""
    line = article.text.count("\n", 0, sentence.span.start) + 1
    return f"{article.name}: sentence of {len(sentence.words)} words at line {line} was parsed in {parts} pieces"
