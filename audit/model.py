"""The nouns of an audit: frozen values, read top to bottom in the order in which they arise.

Offsets are half-open Python ``str`` offsets into the article as read; nothing else is an offset.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, TypeVar, dataclass_transform, get_args

Section = Literal[
    "headline",
    "standfirst",
    "byline",
    "dateline",
    "body",
    "subheading",
    "pull-quote",
    "caption",
    "credit",
    "boilerplate",
]
NOT_PROSE: frozenset[Section] = frozenset({"byline", "dateline", "pull-quote", "credit", "boilerplate"})
"""What stands in a file beside the article: nothing in it is a claim, and reports show it as skipped."""
Kind = Literal["direct", "mixed", "indirect", "figure"]
CueClass = Literal["speech", "attitude", "document"]
Sourcing = Literal["named", "anonymous", "unattributed"]
Detail = Literal[
    "person", "organization", "document",  # named (document also anonymous)
    "explicit", "role", "group",  # anonymous
    "bare", "agentless", "carry-over",  # unattributed
]  # fmt: skip
Confidence = Literal["high", "medium", "low"]
Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)  # the gravest first


_Class = TypeVar("_Class")


@dataclass_transform(frozen_default=True)
def _numerous(*, order: bool = False) -> Callable[[type[_Class]], type[_Class]]:
    """As `dataclass(frozen=True, slots=True)`, for what there are millions of.

    It is frozen to type checkers alone: enforced at run time, a word with its span takes 2.2 µs to make, not 0.5.
    """
    return dataclass(slots=True, unsafe_hash=True, order=order)


@_numerous(order=True)
class Span:
    """A stretch of the article, ``article.text[start:end]``."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def holds(self, other: "Span") -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


@_numerous()
class Word:
    """A syntactic word of Universal Dependencies."""

    index: int  # 1-based place in its sentence, as in CoNLL-U
    span: Span
    form: str
    lemma: str
    upos: str
    xpos: str  # Penn tag
    feats: str  # "Number=Sing|Person=3", "" when there are none
    head: int  # index of the governor, 0 for the root
    deprel: str
    ner: str  # "O" or B-, I-, E-, S- and the class, e.g. "B-Person"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A parsed sentence; it never runs across paragraphs."""

    span: Span
    words: tuple[Word, ...]
    paragraph: int  # index into Article.paragraphs
    dependents: tuple[tuple[int, ...], ...] = field(init=False, repr=False, compare=False)
    """For each index from 0 (the root) on, the indices of the words that it governs, in order."""

    def __post_init__(self) -> None:
        below: list[list[int]] = [[] for _ in range(len(self.words) + 1)]
        for word in self.words:
            below[word.head].append(word.index)
        object.__setattr__(self, "dependents", tuple(map(tuple, below)))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of the article; `span` has no white space at its ends."""

    span: Span
    section: Section
    why: str = ""  # why it is no prose, where the file or its words say more than its section does
    place: str = ""  # where in its file: an XPath, a JSON pointer, a page; "" where lines say it


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of an article, and those of its file that stand for them.

    Runs of equal length stand character for character, a space for any blank; in others (``&amp;`` for ``&``) the whole
    stands for the whole.
    """

    here: Span
    there: Span


@dataclass(frozen=True, slots=True)
class Origin:
    """What an article was read from, where its file is more than its text."""

    format: str  # by its name in audit.readers, e.g. "nitf"
    text: str = ""  # the file as decoded, "" where it is no text
    runs: tuple[Run, ...] = ()  # in text order; characters in no run stand nowhere in the file
    encoding: str = "utf-8"  # of the file, where it is text


@dataclass(frozen=True, slots=True)
class Declared:
    """A source that a file names outside its prose, in markup or metadata."""

    name: str
    kind: Literal["person", "organization", "quote"]  # quote: the source of the words at `span`
    title: str | None = None  # what the file says the person is, e.g. "mayor of Springfield"
    span: Span | None = None  # in the article


@dataclass(frozen=True, slots=True)
class Article:
    """A text, its paragraphs and, once parsed, its sentences, both in text order.

    `text` is the article as read: of plain text the whole file; of other formats the paragraphs, with an empty line
    between them.
    """

    name: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...] = ()
    origin: Origin | None = None  # None: the text is the file
    declared: tuple[Declared, ...] = ()
    starts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    """Where each of `sentences` begins."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "starts", tuple([sentence.span.start for sentence in self.sentences]))

    def slice(self, span: Span) -> str:
        """The words at `span`, as written."""
        return self.text[span.start : span.end]


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a figure counts.

    `value` is the number as stated, `low` and `high` the bounds that "over", "some" or "at least" leave
    (None: open on that side); `unit` is the counted noun or unit of measure, e.g. "civilians", "%", "USD".
    """

    value: float | int | None
    low: float | int | None
    high: float | int | None
    unit: str | None


GUESSES = frozenset({"quotes.after-subject", "quotes.after-report"})
"""What finds claims whose speaker is a guess."""

AS_DECLARED = "as the file declares"
"""The note of a source that the prose does not give and the article's file does."""


@dataclass(frozen=True, slots=True)
class Source:
    """Who a claim is attributed to.

    `mention` is the phrase as written; `speaker` the canonical name it resolves to, or, for anonymous sources,
    the description; None when it stays unresolved, and `note` then says why. A speaker with a note is not told by the
    prose.
    """

    mention: Span | None
    speaker: str | None
    sourcing: Sourcing
    detail: Detail
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A quotation or a figure, and who stands behind it."""

    id: str  # of its words and its sentence's; the same when text elsewhere changes
    kind: Kind
    span: Span  # hull of `spans`
    spans: tuple[Span, ...]
    paragraph: int
    cue: Span | None
    cue_class: CueClass | None
    source: Source
    pattern: str  # id of the pattern that found it
    confidence: Confidence
    quantity: Quantity | None = None  # figures only
    carry_over: str | None = None  # the speaker of the sentence before whom a reader would take a figure's source to be
    reported: tuple[Span, ...] = ()  # all that its cue reports: of a quoted fragment or figure, the report around it


@dataclass(frozen=True, slots=True)
class Finding:
    """One report of a check."""

    code: str
    name: str
    severity: Severity
    span: Span
    message: str
    claim: str | None  # id of the claim it is about
    confidence: Confidence = "high"
    id: str = ""  # of its code, its words and its claim or sentence; the same when text elsewhere changes


@dataclass(frozen=True, slots=True)
class Audit:
    """An article with its claims and findings, both in text order."""

    article: Article
    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...]
    of_approvals: bool = False  # the text is an approvals file, which is reported on like an article and is none
