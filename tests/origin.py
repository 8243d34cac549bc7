"""Articles of files that are more than their text, made by hand: the audit of a small feed, and of a document."""

import re

from audit.blocks import Block, Piece, block
from audit.ingest import assembled
from audit.model import Article, Audit, Claim, Declared, Finding, Source, Span

FEED = """\
\ufeff<story>
  <h1>Bridge closed for the winter</h1>
  <by>By Tom
    Reed</by>
  <p>“Salt &amp; <b>ice</b>
     did it,” Ann Lee said on Monday.</p>
  <side>Read more news</side><side>Our newsletter</side>
  <p>Rents rose by 12%.</p>
</story>
"""
_SECTIONS = {"h1": "headline", "by": "byline", "p": "body", "side": "boilerplate"}


def pieces(start: int, end: int) -> list[Piece]:
    """The text between two offsets of FEED: no tags, and "&" for its entity."""
    found = []
    for part in re.finditer(r"<[^>]+>|&amp;|[^<&]+", FEED[start:end]):
        if not part[0].startswith("<"):
            there = Span(start + part.start(), start + part.end())
            found.append(Piece(part[0].replace("&amp;", "&"), there))
    return found


def feed(*declared: Declared, name: str = "news/feed.xml#2") -> Article:
    """The story of FEED."""
    blocks: list[Block] = []
    for found in re.finditer(r"<(h1|by|p|side)>(.*?)</\1>", FEED, re.DOTALL):
        why = "related links" if found[1] == "side" else ""
        place = f"/story/{found[1]}[{sum(one.place.startswith(f'/story/{found[1]}[') for one in blocks) + 1}]"
        blocks.append(block(pieces(found.start(2), found.end(2)), _SECTIONS[found[1]], why=why, place=place))
    return assembled(name, blocks, format="nitf", source=FEED, declared=declared)


def document(format_: str = "docx", kind: str = "paragraph", name: str = "memo.docx") -> Article:
    """The same story in a file that is no text."""
    texts = feed().text.split("\n\n")
    blocks = [Block(text, None, place=f"{kind} {2 * number}") for number, text in enumerate(texts, 1)]
    return assembled(name, blocks, format=format_)


def span(article: Article, words: str) -> Span:
    """Where `words` first stand."""
    start = article.text.index(words)
    return Span(start, start + len(words))


def audit(article: Article) -> Audit:
    """A quotation, and a finding about it, in whatever of these articles."""
    quote, said = span(article, "“Salt & ice did it,”"), span(article, "said")
    lee = Source(span(article, "Ann Lee"), "Ann Lee", "named", "person")
    paragraph = next(at for at, one in enumerate(article.paragraphs) if one.span.holds(quote))
    claim = Claim("c1", "direct", quote, (quote,), paragraph, said, "speech", lee, "test.direct", "high")
    found = Finding("Q001", "quote", "warning", span(article, "ice did it"), "Who said it?", "c1", id="f1")
    return Audit(article, (claim,), (found,))
