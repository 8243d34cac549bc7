"""A parsed article <-> CoNLL-U with character offsets, without torch: the frozen parses of tests and of the cache.

One article a text. The comments before the first sentence carry what CoNLL-U has no column for::

    # newdoc id = seeds/002.txt
    # quote_audit = 1 characters=3266 sha256=5a01… paragraphs=2 sentences=1 words=2
    # paragraph = 0 headline 0 57
    # paragraph = 1 body 59 210
    # sent_id = 1
    # place = paragraph=1 start_char=59 end_char=68
    # text = She said.
    1	She	she	PRON	PRP	Case=Nom	2	nsubj	_	start_char=59|end_char=62|ner=O

The text itself is not stored: `read` is given it and holds it against the size and hash. Where a value has a character
that the format cannot hold (a tab, a line end, a lone surrogate, a backslash, a ``|`` in MISC, ...) that character is
written ``\\u`` and four hexadecimal digits; an empty value is ``_``, and the value ``_`` is ``\\u005f``.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from typing import NoReturn, get_args

from audit.errors import InputError
from audit.model import Article, Paragraph, Section, Sentence, Span, Word

VERSION = 1
_COLUMNS = 10
_AGAIN = "delete it and parse the article again"
# White space other than U+0020 would be taken for a line end by some readers, or trimmed; all of it lies in the BMP.
_UNSAFE = re.compile(r"[\\\x00-\x1f\x7f-\x9f\ud800-\udfff]|[^\S ]")
_UNSAFE_TAG = re.compile(rf"{_UNSAFE.pattern}| ")  # only FORM and LEMMA may hold spaces
_UNSAFE_MISC = re.compile(rf"{_UNSAFE.pattern}|[ |]")
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})")
_N = "([0-9]{1,12})"
_HEADER = re.compile(
    rf"# quote_audit = {VERSION} characters={_N} sha256=([0-9a-f]{{64}}) paragraphs={_N} sentences={_N} words={_N}"
)
_PARAGRAPH = re.compile(rf"# paragraph = {_N} ({'|'.join(get_args(Section))}) {_N} {_N}")
_PLACE = re.compile(rf"# place = paragraph={_N} start_char={_N} end_char={_N}")
_HEAD = re.compile(_N)
_MISC = re.compile(rf"start_char={_N}\|end_char={_N}\|ner=([^|]+)")


def write(article: Article) -> str:
    """The parse of `article`, every line ended; `read` gives the same article back when given the same text."""
    words = sum(len(sentence.words) for sentence in article.sentences)
    lines = [
        f"# newdoc id = {_escape(article.name)}",
        f"# quote_audit = {VERSION} characters={len(article.text)} sha256={_sha256(article.text)}"
        f" paragraphs={len(article.paragraphs)} sentences={len(article.sentences)} words={words}",
    ]
    for index, paragraph in enumerate(article.paragraphs):
        lines.append(f"# paragraph = {index} {paragraph.section} {paragraph.span.start} {paragraph.span.end}")
    for number, sentence in enumerate(article.sentences, 1):
        span = sentence.span
        lines += [
            f"# sent_id = {number}",
            f"# place = paragraph={sentence.paragraph} start_char={span.start} end_char={span.end}",
            f"# text = {_UNSAFE.sub(_code, ' '.join(article.slice(span).split()))}",
            *map(_row, sentence.words),
            "",
        ]
    return "\n".join(lines) + "\n"


def read(conllu: str, text: str, *, origin: str = "parse") -> Article:
    """The article that `write` wrote as `conllu`, over `text`, the article as read.

    `origin` is what messages call the parse: the path of its file, where it has one.

    Raises:
        InputError: not a parse written by this module and version, cut short, damaged, or of another text.
    """
    return _Reader(conllu, text, origin).article()


class _Reader:
    """The lines of a parse, and the number of the line that errors are about."""

    def __init__(self, conllu: str, text: str, origin: str) -> None:
        self.lines = conllu.split("\n")
        self.text = text
        self.origin = origin
        self.at = 0

    def article(self) -> Article:
        name = self.name()
        paragraph_count, sentence_count, word_count = self.header()
        paragraphs = tuple(self.paragraph(index) for index in range(paragraph_count))
        sentences = tuple(self.sentence(number, paragraph_count) for number in range(1, sentence_count + 1))
        if self.at != len(self.lines) - 1 or self.lines[-1]:
            self.fail(f"the parse should end here, after {sentence_count} sentences")
        if sum(len(sentence.words) for sentence in sentences) != word_count:
            self.fail(f"{word_count} words were written, not as many are left")
        return Article(name, self.text, paragraphs, sentences)

    def name(self) -> str:
        line = self.next()
        if not line.startswith("# newdoc id = "):
            self.fail("not a parse that quote-audit wrote: `# newdoc id = NAME` is missing")
        return _unescape(line.removeprefix("# newdoc id = "))

    def header(self) -> tuple[int, int, int]:
        header = _HEADER.fullmatch(self.next())
        if header is None:
            self.fail(f"not a parse that this version of quote-audit wrote (format {VERSION})")
        characters, digest, *counts = header.groups()
        if int(characters) != len(self.text):
            self.fail(f"made from a text of {characters} characters, but this one has {len(self.text)}")
        if digest != _sha256(self.text):
            self.fail("made from another text of the same length (its SHA-256 differs)")
        paragraphs, sentences, words = map(int, counts)
        return paragraphs, sentences, words

    def paragraph(self, index: int) -> Paragraph:
        found = _PARAGRAPH.fullmatch(self.next())
        if found is None or int(found[1]) != index:
            self.fail(f"expected paragraph {index}: `# paragraph = {index} SECTION START END`")
        section: Section = found[2]  # type: ignore[assignment]  # the expression admits sections only
        return Paragraph(self.span(found[3], found[4]), section)

    def sentence(self, number: int, paragraphs: int) -> Sentence:
        if self.next() != f"# sent_id = {number}":
            self.fail(f"expected sentence {number}: `# sent_id = {number}`")
        place = _PLACE.fullmatch(self.next())
        if place is None or int(place[1]) >= paragraphs:
            self.fail("expected `# place = paragraph=N start_char=N end_char=N`, of a paragraph listed above")
        span = self.span(place[2], place[3])
        if not self.next().startswith("# text = "):
            self.fail("expected `# text = ` and the sentence")
        words = tuple(self.words())
        for word in words:
            if word.head > len(words):
                self.at += word.index - len(words) - 1
                self.fail(f"head {word.head} is none of the sentence's {len(words)} words")
        if (lost := _below_itself(words)) is not None:
            self.at += lost.index - len(words) - 1
            self.fail(f"word {lost.index} hangs from itself: its heads never lead to the root")
        return Sentence(span, words, int(place[1]))

    def words(self) -> Iterator[Word]:
        index = 0
        while line := self.next():
            index += 1
            columns = line.split("\t")
            if len(columns) != _COLUMNS:
                self.fail(f"{_COLUMNS} columns separated by tabs expected, found {len(columns)}")
            number, form, lemma, upos, xpos, feats, head, deprel, _, misc = columns
            if number != str(index) or not _HEAD.fullmatch(head):
                self.fail(f"expected word {index} and a number as its head, found {number!r} and {head!r}")
            found = _MISC.fullmatch(misc)
            if found is None:
                self.fail("expected start_char=N|end_char=N|ner=TAG in the last column")
            form, lemma, upos, xpos, feats, deprel, ner = map(
                _unescape, (form, lemma, upos, xpos, feats, deprel, found[3])
            )
            span = self.span(found[1], found[2])
            yield Word(index, span, form, lemma, upos, xpos, feats, int(head), deprel, ner)

    def span(self, start: str, end: str) -> Span:
        if not int(start) <= int(end) <= len(self.text):
            self.fail(f"{start} to {end} is no stretch of a text of {len(self.text)} characters")
        return Span(int(start), int(end))

    def next(self) -> str:
        self.at += 1
        if self.at > len(self.lines):
            self.fail("the parse is cut short")
        return self.lines[self.at - 1]

    def fail(self, what: str) -> NoReturn:
        raise InputError(f"{self.origin}:{self.at}: {what}; {_AGAIN}")


def _below_itself(words: Sequence[Word]) -> Word | None:
    """The first word from which no way leads up to the root, where walking the tree would never end."""
    rooted = {0}
    for word in words:
        way: list[int] = []
        at = word.index
        while at not in rooted:
            if len(way) > len(words):
                return word
            way.append(at)
            at = words[at - 1].head
        rooted.update(way)
    return None


def _row(word: Word) -> str:
    tags = (word.upos, word.xpos, word.feats, str(word.head), word.deprel, "")
    return "\t".join(
        (
            str(word.index),
            _escape(word.form),
            _escape(word.lemma),
            *(_escape(tag, _UNSAFE_TAG) for tag in tags),
            f"start_char={word.span.start}|end_char={word.span.end}|ner={_escape(word.ner, _UNSAFE_MISC)}",
        )
    )


def _escape(value: str, unsafe: re.Pattern[str] = _UNSAFE) -> str:
    if value in {"", "_"}:
        return "\\u005f" if value else "_"
    return unsafe.sub(_code, value)


def _code(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def _unescape(column: str) -> str:
    return "" if column == "_" else _ESCAPE.sub(lambda found: chr(int(found[1], 16)), column)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
