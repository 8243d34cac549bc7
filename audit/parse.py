"""Articles split into paragraphs -> the same articles with their sentences; alone in knowing Stanza and torch.

Each paragraph is parsed by itself, so no sentence crosses from one into the next, but the paragraphs of all given
articles go through each processor together, because many sentences at once take far less time than one after another.

Stanza tokenizes and splits multi-word tokens ("don't", "Ann's"); from then on each syntactic word is a token of its
own. The other processors look at words anyway, and the recognizer of names has learnt from text in which "Ann" and
"'s" are apart: shown "Ann's" it misses the name.

The encoder takes 512 word pieces. A longer sentence (a list, a transcript, a page without stops) is cut after a
semicolon, else a comma, else between words, and its parts become consecutive sentences of the paragraph.

It all happens on the CPU and from local files: the same text gives the same parse on every machine, whatever is
plugged into it. Nothing is fetched.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from audit import modelset
from audit.errors import ModelError
from audit.model import Article, Sentence, Span, Word

_LONGEST_SENTENCE = 200  # words
_MOST_PIECES = 480  # word pieces, of the encoder's 512
_LONGEST_WORD = 200  # characters that the models are shown: it keeps one word below _MOST_PIECES
_FEW_CHARACTERS = 150  # a sentence so short has fewer pieces than _MOST_PIECES in any script
_BLOCK = 10_000  # characters: the tokenizer's time grows with the square of the stretch it is given
_BATCH = 60_000  # characters, some 10,000 words: longer ones take more memory and no less time

# What a reader does not see but a model stumbles over is shown to it as a blank, which changes no offset.
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffc]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_CLOSING = frozenset({'"', "'", "”", "’", "''", "»", "›", ")", "]"})
_ENDING = frozenset(".!?…:;-–—―*/|•_")
# "LONDON (Reuters) - ", "WASHINGTON, May 3 — ", "MULTAN: ": parsed with the sentence it becomes its subject.
_DATELINE = re.compile(
    r"(?:[A-Z][A-Z.'’ /-]{2,30}(?:, [A-Z][\w. ]{1,20}\d{0,2})?(?:, \w+\.? \d{1,2})? ?(?:\([A-Z]\w[\w ./-]{0,20}\) ?)?"
    r"|[A-Z][\w.,'’ ]{2,40} \((?:AP|AFP|UPI|Reuters|CNN|Xinhua|ANI|IANS|PTI|DPA|EFE|TASS)\) ?)(?:[—–―:]|--?|/)\s+(?=\S)"
)
_BLOCK_END = re.compile(r"[.!?][\"'”’»)]*\s+(?=\S)|\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Parser:
    """Models ready to parse; `digest` identifies them, so that a parse can be kept under it."""

    pipeline: Any  # stanza.Pipeline
    tokenizer: Any | None  # the encoder's, if the models have an encoder
    digest: str


class _Block(NamedTuple):
    """A paragraph, or a part of a very long one."""

    article: int
    paragraph: int
    span: Span


class _Token(NamedTuple):
    """A syntactic word before it is parsed."""

    shown: str  # to the models
    form: str
    span: Span


def load(folder: Path | None = None, *, threads: int | None = None) -> Parser:
    """Load the models of `folder`, or those that come with the package.

    Args:
        threads: how many torch may use from now on in this process; None leaves it as it is.

    Raises:
        ModelError: a file is missing, damaged, or not what Stanza expects.
    """
    models = modelset.verify(folder or modelset.default_dir())
    files = {file.processor: str(models.folder / file.path) for file in models.files}
    missing = [processor for processor in modelset.PROCESSORS if processor not in files and processor != "mwt"]
    if missing:
        raise ModelError(f"{models.folder}: no model for {', '.join(missing)}; name another folder with --models DIR")
    # Threads that wait by spinning take four times as long as soon as anything else runs on the machine. OpenMP reads
    # this once, when torch is imported, and torch has no function for it; a choice of the user's own stands.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    import stanza
    import torch
    from stanza.models.common.foundation_cache import FoundationCache

    if threads is not None:
        torch.set_num_threads(threads)
    processors = [processor for processor in modelset.PROCESSORS if processor in files]
    encoders = FoundationCache(local_files_only=True)
    try:
        tokenizer = _load_encoder(models, encoders) if models.encoder else None
        pipeline = stanza.Pipeline(
            models.language,
            dir=str(models.folder),
            # An empty index: with it Stanza takes the paths below as they are and looks for no package.
            resources_filepath=str(modelset.default_dir() / "resources.json"),
            allow_unknown_language=True,
            download_method=None,
            device="cpu",
            processors=",".join(processors),
            foundation_cache=encoders,
            logging_level="ERROR",
            **{f"{processor}_model_path": files[processor] for processor in processors},
        )
    except Exception as error:
        raise ModelError(_unfit(models, error)) from error
    return Parser(pipeline, tokenizer, models.digest)


def parse(parser: Parser, articles: Sequence[Article], *, warn: Callable[[str], None] | None = None) -> list[Article]:
    """The same articles in the same order, with their sentences; what they had of sentences is replaced.

    Each article's parse is what it would be alone, up to the rounding of sums in floating point.
    `warn` is called with a message for each sentence that was too long and has been cut.
    """
    sentences: list[list[Sentence]] = [[] for _ in articles]
    for blocks in _batches(_blocks(articles)):
        found: list[tuple[_Block, list[_Token]]] = []
        for block, tokens in _tokenize(parser, articles, blocks):
            parts = list(_cut(tokens, _costs(parser, tokens)))
            found += ((block, part) for part in parts)
            if warn and len(parts) > 1:
                name, text = articles[block.article].name, articles[block.article].text
                line = text.count("\n", 0, tokens[0].span.start) + 1
                warn(f"{name}: sentence of {len(tokens)} words at line {line} was parsed in {len(parts)} pieces")
        annotated = _annotate(parser, [tokens for _, tokens in found])
        for (block, tokens), words in zip(found, annotated, strict=True):
            span = Span(tokens[0].span.start, tokens[-1].span.end)
            sentences[block.article].append(Sentence(span, words, block.paragraph))
    return [replace(article, sentences=tuple(own)) for article, own in zip(articles, sentences, strict=True)]


def _load_encoder(models: modelset.ModelSet, encoders: Any) -> Any:
    """Put the transformer where Stanza looks for it before it would ask a hub, and return its tokenizer."""
    import torch
    from stanza.models.common.foundation_cache import BertRecord
    from transformers import AutoModel, AutoTokenizer

    folder = str(models.folder / modelset.ENCODER)
    with _no_progress_bar():
        model = AutoModel.from_pretrained(folder, local_files_only=True, use_safetensors=True, dtype=torch.float32)
        tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    encoders.bert[models.encoder] = BertRecord(model, tokenizer, {})
    return tokenizer


@contextmanager
def _no_progress_bar() -> Iterator[None]:
    from transformers.utils import logging

    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        if shown:
            logging.enable_progress_bar()


def _unfit(models: modelset.ModelSet, error: Exception) -> str:
    """The message about models that are undamaged but do not load, with the file that torch cannot read, if any."""
    import torch

    place, reason = models.folder, error
    for file in models.files:
        if file.path.endswith(".pt"):
            try:
                torch.load(models.folder / file.path, map_location="cpu", weights_only=True)
            except Exception as unreadable:
                place, reason = models.folder / file.path, unreadable
                break
    lines = str(reason).strip().splitlines() or [type(reason).__name__]
    return (
        f"{place}: Stanza cannot load the models ({lines[0]}); they were trained with Stanza {models.stanza}: "
        "train or copy them again, or name another folder with --models DIR"
    )


def _blocks(articles: Sequence[Article]) -> Iterator[_Block]:
    for number, article in enumerate(articles):
        for index, paragraph in enumerate(article.paragraphs):
            start, end = paragraph.span.start, paragraph.span.end
            while end - start > _BLOCK:
                half = start + _BLOCK // 2
                gaps = [gap.end() for gap in _BLOCK_END.finditer(article.text, half, start + _BLOCK)]
                stops = [gap for gap in gaps if not article.text[half:gap].rstrip()[-1:].isalnum()]
                cut = (stops or gaps or [start + _BLOCK])[-1]
                yield _Block(number, index, Span(start, cut))
                start = cut
            yield _Block(number, index, Span(start, end))


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


def _tokenize(
    parser: Parser, articles: Sequence[Article], blocks: Sequence[_Block]
) -> Iterator[tuple[_Block, list[_Token]]]:
    texts = [articles[block.article].slice(block.span) for block in blocks]
    shown = [_SURROGATE.sub("\ufffd", _UNSEEN.sub(" ", text)) for text in texts]
    documents = parser.pipeline.bulk_process(shown, processors="tokenize,mwt")
    for block, text, seen, document in zip(blocks, texts, shown, documents, strict=True):
        opens = articles[block.article].paragraphs[block.paragraph].span.start == block.span.start
        dateline = _DATELINE.match(text) if opens else None
        whole: list[_Token] = []
        for sentence in document.sentences:
            tokens = list(_tokens(sentence, text, seen, block.span.start))
            if (
                dateline
                and not whole
                and tokens[0].span.start < block.span.start + dateline.end() < tokens[-1].span.end
            ):
                before = [token for token in tokens if token.span.end <= block.span.start + dateline.end()]
                if before:
                    yield block, before
                    tokens = tokens[len(before) :]
            if whole and not _goes_on(whole, tokens):
                yield block, whole
                whole = []
            whole += tokens
        if whole:
            yield block, whole


def _goes_on(tokens: Sequence[_Token], following: Sequence[_Token]) -> bool:
    """Whether the tokenizer ended a sentence where none ends: in the middle of a name, or at “Why?” he asked.

    In 80 articles of PolNeAR train 29 of 3,200 sentence ends have no closing mark before them. About half are datelines
    with a dash, which stay apart; of the others several fall inside a name.
    """
    marks = 0
    while marks < len(tokens) - 1 and tokens[-1 - marks].shown in _CLOSING:
        marks += 1
    ended = tokens[-1 - marks].shown[-1:] in _ENDING
    return not ended or (following[0].shown[:1].islower() and tokens[-1 - marks].shown[-1:] in "?!" and marks > 0)


def _tokens(sentence: Any, text: str, shown: str, offset: int) -> Iterator[_Token]:
    for token in sentence.tokens:
        for word in token.words:
            start, end = word.start_char, word.end_char
            whole = len(token.words) == 1
            if whole:
                start, end = token.start_char, token.end_char
            # Stanza has no offsets for a word that is not written as such ("gimme" = "give me").
            if whole or (start is not None and shown[start:end] == word.text):
                form = text[start:end]
                seen = " ".join(shown[start:end].split())
            else:
                start, end = token.start_char, token.end_char
                form = seen = word.text
            yield _Token(seen[:_LONGEST_WORD], form, Span(offset + start, offset + end))


def _costs(parser: Parser, tokens: Sequence[_Token]) -> list[int]:
    """How many word pieces the encoder makes of each token, or 1 each where it does not matter."""
    if parser.tokenizer is None or sum(len(token.shown) for token in tokens) <= _FEW_CHARACTERS:
        return [1] * len(tokens)
    pieces = parser.tokenizer([token.shown for token in tokens], add_special_tokens=False).input_ids
    return [max(1, len(ids)) for ids in pieces]


def _cut(tokens: list[_Token], costs: Sequence[int]) -> Iterator[list[_Token]]:
    """Parts of at most _LONGEST_SENTENCE words and _MOST_PIECES word pieces, as long as good places allow."""
    start = 0
    while start < len(tokens):
        end, pieces = start, 0
        while end < min(len(tokens), start + _LONGEST_SENTENCE) and pieces + costs[end] <= _MOST_PIECES:
            pieces += costs[end]
            end += 1
        if end < len(tokens):
            end = _good_end(tokens, start, end)
        yield tokens[start:end]
        start = end


def _good_end(tokens: Sequence[_Token], start: int, end: int) -> int:
    second_half = range(end, (start + end) // 2, -1)
    for mark in (";", ","):
        for place in second_half:
            if tokens[place - 1].shown == mark:
                return place
    gaps = (place for place in second_half if tokens[place - 1].span.end < tokens[place].span.start)
    return next(gaps, end)


def _annotate(parser: Parser, sentences: Sequence[Sequence[_Token]]) -> list[tuple[Word, ...]]:
    if not sentences:
        return []
    from stanza.models.common.doc import Document

    document = Document(
        [[{"id": (index,), "text": token.shown} for index, token in enumerate(tokens, 1)] for tokens in sentences]
    )
    parser.pipeline.process(document, processors="pos,lemma,depparse,ner")
    return [
        tuple(map(_word, tokens, sentence.words, _names(sentence)))
        for tokens, sentence in zip(sentences, document.sentences, strict=True)
    ]


def _word(token: _Token, word: Any, ner: str) -> Word:
    # Stanza's "_" is a lemma that came out empty, unless the word is an underscore.
    lemma = token.form if word.lemma in (None, "_") or len(token.form) > _LONGEST_WORD else word.lemma
    return Word(
        word.id,
        token.span,
        token.form,
        lemma,
        word.upos or "X",
        word.xpos or "",
        word.feats or "",
        word.head,
        word.deprel,
        ner,
    )


def _names(sentence: Any) -> list[str]:
    """BIOES tags made from the names that Stanza reads out of its own tags, which need not be well formed."""
    tags = ["O"] * len(sentence.words)
    for name in sentence.ents:
        first, last = name.words[0].id, name.words[-1].id
        tags[first - 1 : last] = [f"I-{name.type}"] * (last - first + 1)
        tags[first - 1] = f"B-{name.type}"
        tags[last - 1] = f"{'S' if first == last else 'E'}-{name.type}"
    return tags
