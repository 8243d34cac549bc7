"""Articles -> the same articles parsed, where only paragraphs that were not parsed before go to the parser.

The parse of a paragraph depends on its text alone, so a paragraph is known by its text: one that comes back, in the
same article, in another or in a later run, is looked up. With or without a cache it all takes the same way, and a run
that finds everything says the same as the run that parsed it. What is no prose (a byline, links) is not parsed.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from audit import entries
from audit.cache import Cache
from audit.model import NOT_PROSE, Article, Paragraph, Sentence, Span

Warn = Callable[[str], None]
Parse = Callable[[Sequence[Article], Warn], Sequence[Article]]
"""Parses articles; warns of a part of one with a message "NAME: …" that says where as "at line N"."""

_LINE = re.compile(r"(?<=\bat line )\d+")


def parse(
    articles: Sequence[Article], load: Callable[[], Parse], *, identity: str, cache: Cache | None = None, warn: Warn
) -> list[Article]:
    """The same articles in the same order, with their sentences; what they had of sentences is replaced.

    Args:
        load: gives the parser; not called when `cache` holds every paragraph. The parser is given each paragraph that
            it does not hold, once and as an article of its own.
        identity: names what else a parse depends on, the models and the code; under another nothing is found.
        warn: is told what the parser warns of, for cached paragraphs too.

    Raises:
        Whatever `load` and the parser raise; nothing is then stored.
    """
    keys = {text: entries.key(text, identity) for text in _texts(articles)}
    known = cache.get(list(keys.values())) if cache else {}
    if missing := [text for text, key in keys.items() if key not in known]:
        new = {keys[text]: entry for text, entry in zip(missing, _parsed(missing, load(), warn), strict=True)}
        if cache:
            cache.put(new)
        known |= new
    return [_placed(article, lambda text: known[keys[text]], warn) for article in articles]


def lacks(articles: Sequence[Article], *, identity: str, cache: Cache | None) -> bool:
    """Whether `articles` have a paragraph that is not in `cache`."""
    keys = {entries.key(text, identity) for text in _texts(articles)}
    return len(cache.get(list(keys)) if cache else ()) < len(keys)


def _texts(articles: Sequence[Article]) -> dict[str, None]:
    """The paragraphs of prose, each once, in order."""
    return dict.fromkeys(
        article.slice(paragraph.span)
        for article in articles
        for paragraph in article.paragraphs
        if paragraph.section not in NOT_PROSE
    )


def _parsed(texts: Sequence[str], parse: Parse, warn: Warn) -> list[bytes]:
    """The entry of each paragraph."""
    alone = [Article(str(number), text, (Paragraph(Span(0, len(text)), "body"),)) for number, text in enumerate(texts)]
    warnings: dict[str, list[str]] = {article.name: [] for article in alone}

    def note(message: str) -> None:
        name, _, said = message.partition(": ")
        if name in warnings:
            warnings[name].append(said)
        else:  # about no paragraph
            warn(message)

    return [entries.pack(article.text, article.sentences, warnings[article.name]) for article in parse(alone, note)]


def _placed(article: Article, entry_of: Callable[[str], bytes], warn: Warn) -> Article:
    sentences: list[Sentence] = []
    for index, paragraph in enumerate(article.paragraphs):
        if paragraph.section in NOT_PROSE:
            continue
        start = paragraph.span.start
        own, warnings = entries.unpack(entry_of(article.slice(paragraph.span)), article.text, start, index)
        sentences += own
        for warning in warnings:
            warn(f"{article.name}: {_further_down(warning, article.text.count(chr(10), 0, start))}")
    return replace(article, sentences=tuple(sentences))


def _further_down(warning: str, lines: int) -> str:
    return _LINE.sub(lambda line: str(int(line[0]) + lines), warning)
