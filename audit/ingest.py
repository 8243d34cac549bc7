"""Turns the text of a file, or the blocks of one that is more than text, into an article of paragraphs.

Nothing is changed in the text: a paragraph is a stretch of it, and between paragraphs lie only blanks.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, groupby, pairwise

from audit.blocks import Block
from audit.model import Article, Declared, Origin, Paragraph, Run, Section, Span

_BETWEEN = "\n\n"  # two paragraphs of an article whose file is more than its text
_BLANKS = "\ufeff\u200b\u2060"  # byte order mark, zero width space, word joiner: blank to the eye, not to str.strip
_INK = re.compile(rf"[^\s{_BLANKS}]")
_CLOSERS = "\"'”’»›)] \u00a0"
_OPENERS = "\"'“‘«‹(["

# Mail programs and agencies wrap at 65 to 100 columns. A wider line is a paragraph, a narrower one an item of a list.
_WRAP_WIDTHS = range(40, 121)

_LONGEST_HEADLINE = 25  # words; the longest of the PolNeAR training articles has 24
_LONGEST_HEADLINE_WITH_STOP = 12  # words; a lede, which has a stop too, is seldom so short
_LONGEST_STANDFIRST = 35
_LONGEST_SUBHEADING = 8
_LONGEST_NOTE = 300  # characters of a byline or of boilerplate

_CAPITAL = r"[A-ZÀ-ÖØ-Þ]"
_NAME = rf"{_CAPITAL}[\w.'’-]*(?: (?:{_CAPITAL}[\w.'’-]*|de|la|van|von|bin)){{1,3}}"
_NAMES = rf"{_NAME}(?:(?:, | and |, and ){_NAME}){{0,4}}"
_OUTLET = r"(?:AFP|AP|BBC|CNN|Reuters|Bloomberg|Associated Press)"
_BYLINE = re.compile(
    rf"(?i:by) {_NAMES}\.?(?:$|,| \||/| for | in | at )"
    rf"|{_NAME}, (?:the )?(?:{_OUTLET}\b|[\w ]{{0,40}}\b(?i:correspondent|reporter|editor|writer)\b)[\w ,.]{{0,40}}$"
    r"|BYLINE:"
    rf"|[(—-]*(?i:additional )?(?i:reporting|writing|editing) by {_CAPITAL}"
    rf"|{_NAMES} contributed(?: reporting\b| to this (?:article|report|story)\b|\.?$)"
)
_CAPTION_START = re.compile(
    r"(?:TOPSHOT|FILE|(?i:file photo)|(?i:photo)|(?i:photograph)|IMAGE|PICTURE|HANDOUT)\s?[-–—:]"
    r"|\(?(?:AP|AFP|EPA) Photo\b"
)
_CAPTION_END = re.compile(
    r"\((?i:photo|image|picture)(?: (?i:by)|:)|\[[^\[\]]*/ ?(?:AFP|AP|EPA|Reuters|Anadolu|Getty)\b[^\]]*\]$"
    r"|^.{1,140}\[(?:AFP|AP|EPA|Reuters|Anadolu|Getty)\]$"  # longer, and it credits a brief rather than a photo
    rf"|\((?:AP|AFP|EPA) Photo\b|\bREUTERS ?/ ?{_CAPITAL}"
    r"|/ ?(?:AFP|AP|EPA|Reuters|Anadolu|Getty)\b(?: Images\b| Agency\b)?(?: ?/ ?[^/]{1,40})?[.)]?$"
    r"|(?:^|\bvia )(?:Getty|Reuters|AFP|AP)(?: Images)?[.)]?$"
)
_CREDIT_LINE = re.compile(
    r"[/(\[–— -]*(?:AFP|AP|EPA|Reuters|REUTERS|Anadolu|Getty)(?: (?:Photo|Images|Agency))?"
    r"(?: ?/ ?[^/.!?]{1,40})?[/)\]–— .-]*$"
)
_SLUG = re.compile(r"(?:TOPSHOT|FILES?|(?i:file photo))\s?[-–—:]\s+(?=\S)")
_CREDIT = re.compile(r"(?<=\S)\s+(?=/ ?(?:AFP|AP|EPA|Reuters|Anadolu|Getty)\b[^.!?]{0,60}$)")
_BOILERPLATE = {
    why: re.compile(pattern, re.IGNORECASE)
    for why, pattern in {
        "no words": r"[\W\d_]+$",
        "a caption's slug": r"(?:topshot|files?|file photo)\s?[-–—:]$",
        "machine translation": r"beta v\.?\s?\d|(?:.* )?powered by automated translation",
        "advertisement": r"advertisement$",
        "related links": r"(?:read (?:more|also|next)|also read|related(?: (?:articles?|stories))?|recommended"
        r"|see also)\s*(?::|$)"
        r"|(?:click|tap) here\b|(?:watch|listen to|see|read) (?:the|a|an|our|both)\b.{0,80} (?:above|below|here)[.:]?$",
        "social embed": r"view this post on \w+\.?$|(?:a|this) (?:post|photo|video) (?:posted|shared) by\b.{0,80}$",
        "invitation to follow": r"follow (?:us\b|@|.{1,60} on (?:twitter|facebook|instagram|x)\b)"
        r"|(?:share|print|email) this (?:article|story|page)\b",
        "newsletter box": r"(?:\W|for more, |want more .*\? )?(?:sign up (?:for|to)|subscribe to)\b"
        r"|(?:get|receive) (?:the|our|your)\b.{0,80}\b(?:newsletter|in your inbox)\b.{0,20}$",
        "rights": r"(?:©|\(c\)|copyright\b).{0,80}$|all rights reserved\b",
        "note on the article": r"this (?:article|story|post|report|piece) (?:was|has been)"
        r" (?:updated|corrected|originally|first published)\b",
    }.items()
}
# Where and by whom a story was filed, before its first words: "WASHINGTON (AP) —", "PORTLAND, Maine -", "KYIV, Ukraine,
# Feb. 3 (Reuters) -", "Ankara (AFP) –". Three capitalised words without a region or agency are rather a label.
_AGENCY = rf"(?: \((?:{_OUTLET}|[A-Z]{{2,6}}(?: [A-Z][a-z]+)?)\))"
_REGION = r"(?:[,/] (?:[A-Z][\w.]{1,14})(?: [A-Z][\w.]{1,14})?)"
_DAY = r"(?:, [A-Z][a-z]{2,8}\.? \d{1,2})"
_TOWN = r"[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+)"
_DATELINE = re.compile(
    rf"(?:{_TOWN}?{_DAY}?|{_TOWN}{{0,3}}(?:{_REGION}{{1,2}}{_DAY}?{_AGENCY}?|{_DAY}?{_AGENCY})"
    rf"|[A-Z][a-z]+(?: [A-Z][a-z]+){{0,2}}{_REGION}?{_DAY}?{_AGENCY})\s?(?:[—–―]\s*|--?\s+)(?=[\"“‘']*[A-Z])"
)
# With a colon it looks like a headline that quotes: "Doha: Hospitals in Gaza …" needs a lede's length and full stop.
_COLON_DATELINE = re.compile(
    rf"(?:{_TOWN}{{0,3}}|[A-Z][a-z]+(?: [A-Z][a-z]+)?(?=:.{{90,}}[.!?][\"”]?$)):\s+(?=[\"“‘']*[A-Z])", re.MULTILINE
)
# What stands there likewise, and names no place.
_KICKER = re.compile(
    r"(?:ADVISORY|ANALYSIS|BREAKING|CORRECTION|EDITORIAL|EXCLUSIVE|EXPLAINER|FACT CHECK|FILES?|LIVE|NEWS|OPINION"
    r"|PHOTOS?|POLL|PROFILE|QUOTE|TOPSHOT|UPDATED?|URGENT|VIDEO|WATCH)\b"
)
# How a post ends that was pasted with its text: a picture's address, or its author and date.
_POST_END = re.compile(
    r"(?:pic\.twitter\.com/\w+|[—–] ?[^—–]{1,60}\(@\w{1,15}\)(?: on)? [A-Z]\w{2,8}\.? \d{1,2}, \d{4})$"
)


def article(name: str, text: str) -> Article:
    """The article called `name`: the paragraphs of `text`, in order, disjoint and none empty, and no sentences yet."""
    spans = paragraphs(text)
    sections = _sections([text[span.start : span.end] for span in spans])
    lede = _lede(sections)
    parts = (
        part
        for number, (span, section) in enumerate(zip(spans, sections, strict=True))
        for part in _parts(text, span, section, first=number == lede)
    )
    return Article(name, text, tuple(parts))


def assembled(
    name: str, blocks: Iterable[Block], *, format: str, source: str = "", declared: Sequence[Declared] = ()
) -> Article:
    """The article called `name` of `blocks`, with an empty line between them.

    Args:
        format: by its name in audit.readers.
        source: the file as decoded, into which the places of `blocks` are offsets.
        declared: sources that the file names; their spans are offsets into the text of the article.
    """
    kept = [block for block in blocks if _INK.search(block.text)]
    text = _BETWEEN.join(block.text for block in kept)
    wholes = [Span(start, start + len(block.text)) for start, block in zip(_starts(kept), kept, strict=True)]
    sections = _sections([block.text for block in kept], [block.section for block in kept])
    lede = _lede(sections)
    paragraphs = [
        replace(part, why=block.why or part.why, place=block.place)
        for number, (block, whole, section) in enumerate(zip(kept, wholes, sections, strict=True))
        if (span := _line(text, whole))  # non-breaking spaces may stand at the ends of a block
        for part in _parts(text, span, section, first=number == lede)
    ]
    runs = [
        Run(Span(whole.start + run.here.start, whole.start + run.here.end), run.there)
        for block, whole in zip(kept, wholes, strict=True)
        for run in block.runs
    ]
    return Article(name, text, tuple(paragraphs), (), Origin(format, source, tuple(runs)), tuple(declared))


def _starts(blocks: Sequence[Block]) -> Iterator[int]:
    start = 0
    for block in blocks:
        yield start
        start += len(block.text) + len(_BETWEEN)


def _lede(sections: Sequence[Section]) -> int:
    """The index of the first paragraph of the body, -1 when there is none."""
    return sections.index("body") if "body" in sections else -1


def _parts(text: str, span: Span, section: Section, *, first: bool) -> Iterator[Paragraph]:
    """A paragraph; before the `first` of the body the dateline, before a caption the slug and behind it the credit, as
    paragraphs of their own."""
    start, end = span.start, span.end
    if first and (dateline := _DATELINE.match(text, start, end) or _COLON_DATELINE.match(text, start, end)):
        place = Span(start, start + len(dateline[0].rstrip()))
        kicker = _KICKER.match(text, start)
        yield Paragraph(place, "boilerplate", "label") if kicker else Paragraph(place, "dateline")
        start = dateline.end()
    if section == "caption":
        if slug := _SLUG.match(text, start, end):
            yield Paragraph(Span(start, start + len(slug[0].rstrip())), "boilerplate", "a caption's slug")
            start = slug.end()
        if credit := _CREDIT.search(text, start, end):
            yield Paragraph(Span(start, credit.start()), section)
            start, section = credit.end(), "credit"
    yield Paragraph(Span(start, end), section, (_why(text[start:end]) or "") if section == "boilerplate" else "")


def paragraphs(text: str) -> list[Span]:
    """The paragraphs of plain text: lines between blank ones, joined where one goes on in the next."""
    lines = [_line(text, span) for span in _spans(text.splitlines(keepends=True))]
    blocks = [[line for line in run if line] for inked, run in groupby(lines, key=bool) if inked]
    widest = max((_wrap_width(text, block) for block in blocks), default=0)
    paragraphs = []
    for block in blocks:
        # Two lines alone do not show that they are wrapped; the rest of the article does.
        width = widest if len(block) <= 2 else _wrap_width(text, block)
        start = block[0].start
        for line, following in pairwise(block):
            if not _goes_on(text, line, following, width=width):
                paragraphs.append(Span(start, line.end))
                start = following.start
        paragraphs.append(Span(start, block[-1].end))
    return paragraphs


def _spans(pieces: Iterable[str]) -> list[Span]:
    ends = list(accumulate(map(len, pieces)))
    return list(map(Span, [0, *ends], ends))


def _line(text: str, span: Span) -> Span | None:
    """`span` without the blanks at its ends, None if nothing is left."""
    first = _INK.search(text, span.start, span.end)
    if not first:
        return None
    end = span.end
    while not _INK.match(text, end - 1):
        end -= 1
    return Span(first.start(), end)


def _wrap_width(text: str, block: Sequence[Span]) -> int:
    """The columns at which a block of three or more lines is wrapped, 0 when it plainly is not."""
    width = max(map(len, block))
    if len(block) <= 2 or width not in _WRAP_WIDTHS:
        return 0
    breaks = list(pairwise(block))
    full = sum(_is_full(text, line, following, width) for line, following in breaks)
    unfinished = sum(not _ends(text, line) for line, _ in breaks)
    return width if full > 0.6 * len(breaks) and unfinished > 0.5 * len(breaks) else 0


def _is_full(text: str, line: Span, following: Span, width: int) -> bool:
    """Whether the first word of the line that follows would not have gone on this one."""
    word = text[following.start : following.end].split(maxsplit=1)[0]
    return len(line) + 1 + len(word) > width


def _goes_on(text: str, line: Span, following: Span, *, width: int) -> bool:
    """Whether the newline between two lines is inside a paragraph."""
    if width and len(line) <= width and _is_full(text, line, following, width):
        return True
    return not _ends(text, line) and text[following.start : following.end].lstrip(_OPENERS)[:1].islower()


def _ends(text: str, line: Span) -> bool:
    return _stops(text[max(line.start, line.end - 20) : line.end])


def _stops(words: str) -> bool:
    """Whether `words` end as a sentence does."""
    return words.rstrip(_CLOSERS).endswith((".", "!", "?", "…"))


def _sections(texts: Sequence[str], said: Sequence[Section | None] | None = None) -> list[Section]:
    """The section of each paragraph: as its file has `said`, or else as its words look.

    What is not plainly something else is body. Where the file says what its headline is, nothing else is taken for one.
    """
    sections: list[Section] = []
    given = said or [None] * len(texts)
    in_front = "headline" not in given
    for index, text in enumerate(texts):
        if meant := given[index]:
            sections.append(meant)
            continue
        section = _furniture(text)
        if section is None and in_front and index + 1 < len(texts):
            section = _display(text, after=texts[sections.index("headline")] if "headline" in sections else None)
            if section in sections:
                section = None
        if section is None:
            in_front = False
            inside = index > 0 and index + 1 < len(texts)
            section = "subheading" if inside and _is_subheading(text) else "body"
        sections.append(section)
    return sections


def _furniture(text: str) -> Section | None:
    if len(text) <= _LONGEST_NOTE:
        if _why(text):
            return "boilerplate"
        if _BYLINE.match(text):
            return "byline"
        if _CREDIT_LINE.match(text):
            return "credit"
    # Only the ends are looked at: a body paragraph of any length may mention a photo.
    return "caption" if _CAPTION_START.match(text) or _CAPTION_END.search(text[-150:]) else None


def _why(text: str) -> str | None:
    """Why a paragraph is no part of the article; None when it may well be."""
    if _POST_END.search(text[-150:]):
        return "social embed"
    return next((why for why, pattern in _BOILERPLATE.items() if pattern.match(text)), None)


def _display(text: str, *, after: str | None) -> Section | None:
    """What a paragraph before the body is; `after` is the headline when there has been one."""
    words = len(text[: 100 * _LONGEST_STANDFIRST].split())
    stops = text.rstrip(_CLOSERS).endswith(".")  # a question or a cry may well be a headline
    if after is not None:
        open_ended = after.endswith(";") or not (_stops(text) or text.endswith((":", ",")))
        return "standfirst" if words <= _LONGEST_STANDFIRST and open_ended else None
    longest = _LONGEST_HEADLINE_WITH_STOP if stops and not _is_title_case(text) else _LONGEST_HEADLINE
    return "headline" if words <= longest else None


def _is_title_case(text: str) -> bool:
    """Whether Nearly All Long Words Begin Like This."""
    long = re.findall(r"[^\W\d_]{4,}", text)
    return len(long) >= 4 and sum(word[0].isupper() for word in long) >= 0.8 * len(long)


def _is_subheading(text: str) -> bool:
    label = text.rstrip(".:")
    if len(label) <= 40 and label.isupper() and len(label.split()) <= 4:  # "FULL TEXT."
        return True
    short = len(text) <= 100 and len(text.split()) <= _LONGEST_SUBHEADING
    return short and not text.endswith((",", ":", ";", "-", "–", "—")) and not _stops(text) and not text[:1].islower()
