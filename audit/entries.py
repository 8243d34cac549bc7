"""A paragraph's parse <-> the bytes that the cache keeps of it, independent of where the paragraph stands.

An entry is a JSON array of columns, each over all words of the paragraph. A word takes 40 bytes, and 2 µs to be read
with its objects; as CoNLL-U, 93 bytes and 8.6 µs. The forms are not kept, as they stand in the text, and the values of
the five columns of tags are spelled out once and then stand as one character each.
"""

import hashlib
import json
from collections.abc import Sequence
from functools import lru_cache
from itertools import count

from audit.model import Sentence, Span, Word

_FORMAT = 1  # of an entry; part of its key, so that raising it makes older entries count for nothing
_TAGS = ("upos", "xpos", "feats", "deprel", "ner")
_shared = lru_cache(10_000)(str)  # equal tags as one string: they are compared at once, and take no memory each
_FIRST = 48  # the character of the first tag: those below need escapes in JSON


def key(text: str, identity: str) -> bytes:
    """The 16 bytes under which the parse of the paragraph `text` is kept.

    Args:
        identity: names whatever else the parse depends on: the models, the code.
    """
    content = f"{_FORMAT}\0{identity}\0{text}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(content, digest_size=16).digest()


def pack(text: str, sentences: Sequence[Sentence], warnings: Sequence[str]) -> bytes:
    """The entry of the paragraph `text`; the offsets of its `sentences` count from its beginning."""
    words = [word for sentence in sentences for word in sentence.words]
    tags: dict[str, int] = {}
    codes = [
        "".join(chr(_FIRST + tags.setdefault(getattr(word, column), len(tags))) for word in words) for column in _TAGS
    ]
    columns = [
        [len(sentence.words) for sentence in sentences],
        [sentence.span.start for sentence in sentences],
        [sentence.span.end for sentence in sentences],
        [word.span.start for word in words],
        [word.span.end for word in words],
        [(at, word.form) for at, word in enumerate(words) if word.form != text[word.span.start : word.span.end]],
        [word.lemma for word in words],
        [word.head for word in words],
        list(tags),
        *codes,
        list(warnings),
    ]
    # Written as they are, not as escapes: a surrogate half next to another would come back as one character.
    return json.dumps(columns, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def unpack(entry: bytes, text: str, start: int, paragraph: int) -> tuple[list[Sentence], list[str]]:
    """The sentences and warnings of an entry whose paragraph begins at `start` of an article's `text`."""
    lengths, begins, stops, starts, ends, odd, lemmas, heads, tags, upos, xpos, feats, deprels, ner, warnings = (
        json.loads(entry)
    )
    tag = dict(zip(map(chr, count(_FIRST)), map(_shared, tags), strict=False)).__getitem__
    starts = [start + offset for offset in starts]
    ends = [start + offset for offset in ends]
    forms = [text[first:end] for first, end in zip(starts, ends, strict=True)]
    for at, form in odd:
        forms[at] = form
    words = list(
        map(
            Word,
            [index for length in lengths for index in range(1, length + 1)],
            map(Span, starts, ends),
            forms,
            lemmas,
            map(tag, upos),
            map(tag, xpos),
            map(tag, feats),
            heads,
            map(tag, deprels),
            map(tag, ner),
        )
    )
    sentences = []
    at = 0
    for length, begin, stop in zip(lengths, begins, stops, strict=True):
        sentences.append(Sentence(Span(start + begin, start + stop), tuple(words[at : at + length]), paragraph))
        at += length
    return sentences, warnings
