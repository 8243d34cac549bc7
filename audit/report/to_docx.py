"""Turns an audit into a Word document with a comment at each finding: the one that it was read from, or a plain one."""

from bisect import bisect_right
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import accumulate
from typing import TYPE_CHECKING

from audit import origins
from audit.model import Article, Audit, Claim, Finding, Origin, Run, Section, Span
from audit.report import places
from audit.report.cells import clean

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.text.run import CT_R
    from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_AUTHOR, _INITIALS = "quote-audit", "qa"
_STYLES: dict[Section, str] = {
    "headline": "Title",
    "standfirst": "Subtitle",
    "subheading": "Heading 2",
    "caption": "Caption",
    "pull-quote": "Intense Quote",
}
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP file can say; the same audit is the same bytes

_Cut = tuple[int, int]  # the index of a text, and an offset into it


@dataclass(frozen=True, slots=True)
class Original:
    """A Word document, its article, and the elements with its text; the article's runs are offsets into these."""

    document: "Document"
    article: Article
    texts: "Sequence[etree._Element]"


def render(audit: Audit, original: Original | None = None) -> bytes:
    """The document with a comment at the words of each finding; without an `original` a new one of the paragraphs."""
    into = original or _plain(audit.article)
    claims = {claim.id: claim for claim in audit.claims}
    starts = [0, *accumulate(len(text.text or "") for text in into.texts)]
    found = [
        (finding, where) for finding, _ in places.said_once(audit) if (where := _where(into, starts, finding.span))
    ]
    runs = _cut(into.texts, [cut for _, cuts in found for cut in cuts])
    for finding, (start, end) in found:
        _comment(into.document, runs[start][1], runs[end][0], _text(finding, claims.get(finding.claim or "")))
    return _packed(into.document)


def _plain(article: Article) -> Original:
    """A new document; blanks in a paragraph are spaces, and what XML cannot hold is a sign for it."""
    import docx

    document = docx.Document()
    texts: list[etree._Element] = []
    runs: list[Run] = []
    length = 0
    for paragraph in article.paragraphs:
        made = document.add_paragraph(style=_STYLES.get(paragraph.section))
        words = "".join(map(_in_xml, article.slice(paragraph.span)))
        text = made.add_run("-")._r[-1]  # not `words` at once, as python-docx makes elements of some characters
        text.text = words
        text.set(_SPACE, "preserve")
        texts.append(text)
        runs.append(Run(paragraph.span, Span(length, length + len(words))))
        length += len(words)
    return Original(document, replace(article, origin=Origin("docx", "", tuple(runs))), texts)


def _in_xml(character: str) -> str:
    if character.isspace() and character != "\u00a0":
        return " "
    legal = character.isprintable() or (character >= "\u00a0" and not "\ud800" <= character <= "\udfff")
    return character if legal and character not in "\ufffe\uffff" else "\ufffd"


def _where(original: Original, starts: Sequence[int], span: Span) -> tuple[_Cut, _Cut] | None:
    """Where in the texts `span` begins and ends; None where nothing of it stands in them."""
    there = origins.stretches(original.article, span)
    if not there:
        return None
    first = bisect_right(starts, there[0].start) - 1
    last = bisect_right(starts, there[-1].end - 1) - 1
    return (first, there[0].start - starts[first]), (last, there[-1].end - starts[last])


def _cut(texts: "Sequence[etree._Element]", cuts: Sequence[_Cut]) -> "dict[_Cut, tuple[CT_R, CT_R]]":
    """Splits runs at `cuts`, from left to right; for each the run that ends there and the run that begins there."""
    found: dict[_Cut, tuple[CT_R, CT_R]] = {}
    done: tuple[int, int] = (-1, 0)
    part: etree._Element | None = None  # what is left of the text, from the last cut on
    for index, offset in sorted(set(cuts)):
        if index != done[0] or part is None:
            part, done = texts[index], (index, 0)
        before = part.getparent()
        part = _split(part, offset - done[1])
        behind = before if part is None else part.getparent()
        found[index, offset] = before, behind  # type: ignore[assignment]  # python-docx has made the tree
        done = index, offset
    return found


def _split(text: "etree._Element", offset: int) -> "etree._Element | None":
    """Ends the run of `text` at an offset into it; gives the text behind it, in a run of its own if anything is before.

    It is None when nothing is left of the run.
    """
    run = text.getparent()
    assert run is not None
    words = text.text or ""
    following = list(text.itersiblings())
    if offset == len(words):
        if not following:
            return None
        moved = following
    elif offset == 0:
        if all(other.tag == f"{_W}rPr" for other in text.itersiblings(preceding=True)):
            return text
        moved = [text, *following]
    else:
        rest = deepcopy(text)
        text.text, rest.text = words[:offset], words[offset:]
        text.set(_SPACE, "preserve")
        rest.set(_SPACE, "preserve")
        moved = [rest, *following]
    new = run.makeelement(run.tag, attrib={str(key): str(value) for key, value in run.attrib.items()})
    if (properties := run.find(f"{_W}rPr")) is not None:
        new.append(deepcopy(properties))
    new.extend(moved)
    run.addnext(new)
    return moved[0]


def _comment(document: "Document", first: "CT_R", last: "CT_R", text: str) -> None:
    from docx.text.run import Run as WordRun

    runs = [WordRun(first, document), WordRun(last, document)]
    comment = document.add_comment(runs, text, _AUTHOR, _INITIALS)
    del comment._comment_elm.attrib[f"{_W}date"]  # optional, and a clock's


def _text(finding: Finding, claim: Claim | None) -> str:
    said = [f"{finding.code} {finding.name}: {clean(finding.message)}"]
    if claim:
        source = claim.source
        speaker = clean(source.speaker) if source.speaker else "nobody named"
        said.append(f"{claim.kind}, {source.sourcing} ({source.detail}): {speaker}")
    return "\n".join("".join(map(_in_xml, line)) for line in said)


def _packed(document: "Document") -> bytes:
    """The bytes of a document, without the time at which they are written."""
    from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

    saved, packed = BytesIO(), BytesIO()
    document.save(saved)
    with ZipFile(saved) as source, ZipFile(packed, "w") as target:
        for name in source.namelist():
            info = ZipInfo(name, _EPOCH)
            info.compress_type = ZIP_DEFLATED
            target.writestr(info, source.read(name))
    return packed.getvalue()
