"""python -m tests.fuzz.large: run the readers on inputs that are as large as they may be, each of one thing alone."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping

from audit.report.cells import grid
from tests import office
from tests.fuzz import child

_MOST = 50_000_000  # bytes of a file: see audit.limits
_WORDS = "The mayor said on Monday that 1,200 people had left. "
_W = f"<w:r><w:t>{_WORDS}</w:t></w:r>"
_UNIQUE = " ".join(f"word{number}" for number in range(100_000))


def _nitf(content: str) -> bytes:
    return f"<nitf><body><body.content>{content}</body.content></body></nitf>".encode()


def _newsml(content: str) -> bytes:
    return (
        "<newsItem><contentSet><inlineXML contenttype='application/xhtml+xml'>"
        f"{content}</inlineXML></contentSet></newsItem>"
    ).encode()


def _page(content: str) -> bytes:
    return f"<html><body><article>{content}</article></body></html>".encode()


def _feed(content: str) -> bytes:
    return f"<rss><channel><item><title>A</title><description>{content}</description></item></channel></rss>".encode()


def _ninjs(body: str) -> bytes:
    return json.dumps({"uri": "a", "headline": "A", "body_html": body}, ensure_ascii=False).encode()


def _mail(body: str, kind: str = "text/plain", more: str = "") -> bytes:
    head = f"From: Ann <a@b.example>\r\nSubject: A\r\nMIME-Version: 1.0\r\nContent-Type: {kind}\r\n{more}\r\n"
    return (head + body).encode()


def _docx(content: str) -> bytes:
    return office.docx(content)


def drawn(content: bytes, pages: int = 1, codes: bytes = b"") -> bytes:
    """A PDF file that draws `content` on each of its pages, in a font whose letters `codes` says."""
    kids = b" ".join(b"%d 0 R" % (5 + number) for number in range(pages))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding /ToUnicode %d 0 R >>"
        % (5 + pages),
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F1 3 0 R >> /XObject << /X 4 0 R >>"
        b" >> /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        *[
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            b" /Resources << /Font << /F1 3 0 R >> /XObject << /X 4 0 R >> >> >>"
        ]
        * pages,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(codes), codes),
    ]
    file, places = b"%PDF-1.4\n", []
    for number, made in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, made)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return file + b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, table, len(objects) + 1, len(file),
    )  # fmt: skip


_IN_MARKUP: Mapping[str, Callable[[int], str]] = {
    "words": lambda size: f"<p>{_WORDS * (size // len(_WORDS))}</p>",
    "one word": lambda size: f"<p>{'a' * size}</p>",
    "paragraphs": lambda size: "<p>He said so.</p>" * (size // 18),
    "paragraphs of a letter": lambda size: "<p>a</p>" * (size // 8),
    "empty elements": lambda size: "<b></b>" * (size // 7),
    "line breaks": lambda size: f"<p>a{'<br/>' * (size // 5)}b</p>",
    "lines": lambda size: f"<p>{'a<br/>' * (size // 6)}</p>",
    "emphasis": lambda size: f"<p>{'<em>a</em> ' * (size // 11)}</p>",
    "quotations": lambda size: f"<p>{'<q>a</q> ' * (size // 9)}</p>",
    "citations": lambda size: "<blockquote>a b c d<cite>Ann</cite></blockquote>" * (size // 48),
    "rows": lambda size: f"<table>{'<tr><td>a</td></tr>' * (size // 19)}</table>",
    "pictures": lambda size: "<figure><img/><figcaption>a</figcaption></figure>" * (size // 50),
    "headings": lambda size: "<h1>a</h1>" * (size // 10),
    "line feeds": lambda size: f"<p>a{chr(10) * size}b</p>",
    "carriage returns": lambda size: f"<p>a{chr(13) * size}b</p>",
    "lines of words": lambda size: f"<p>{('a' + chr(10)) * (size // 2)}</p>",
    "preformatted": lambda size: f"<pre>{('a' + chr(10) * 2) * (size // 3)}</pre>",
    "entities": lambda size: f"<p>{'&lt;' * (size // 4)}</p>",
    "numbered entities": lambda size: f"<p>{'&#8220;' * (size // 7)}</p>",
    "undeclared entities": lambda size: f"<p>{'&nbsp;' * (size // 6)}</p>",
    "comments": lambda size: f"<p>a{'<!---->' * (size // 7)}b</p>",
    "text and comments": lambda size: f"<p>{'a<!---->' * (size // 8)}b</p>",
    "CDATA": lambda size: f"<p>{'<![CDATA[a]]>' * (size // 13)}b</p>",
    "one attribute": lambda size: f"<p class='{'a ' * (size // 2)}'>a</p>",
    "attributes": lambda size: f"<p{''.join(f' a{n}=' + chr(34) * 2 for n in range(size // 12))}>a</p>",
    "elements with attributes": lambda size: "<b a='' b='' c='' d='' e='' f='' g='' h=''/>" * (size // 48),
    "names": lambda size: "".join(f"<n{n}/>" for n in range(size // 10)),
    "not a character of ASCII": lambda size: f"<p>{'é ' * (size // 3)}</p>",
    "deep": lambda size: ("<div>" * 150 + "a" + "</div>" * 150) * (size // 1651),
    "deep paragraphs": lambda size: "<div>" * 150 + "<p>a</p>" * (size // 8) + "</div>" * 150,
    "never closed": lambda size: "<p>a<b>" * (size // 7),
    "tags cut short": lambda size: "<a " * (size // 3),
    "less-than signs": lambda size: "<" * size,
    "ampersands": lambda size: "&" * size,
    "quotation marks": lambda size: "<a b='" * (size // 6),
    "comments cut short": lambda size: "<!--" * (size // 4),
    "end tags": lambda size: "</b>" * (size // 4),
    "persons": lambda size: "<person>Ann Lee</person> " * (size // 25),
    "sources": lambda size: "<bq><block>a</block><credit>Ann</credit></bq>" * (size // 45),
}
_IN_TEXT: Mapping[str, Callable[[int], str]] = {
    "words": lambda size: _WORDS * (size // len(_WORDS)),
    "one word": lambda size: "a" * size,
    "lines": lambda size: "a\n" * (size // 2),
    "paragraphs": lambda size: "a\n\n" * (size // 3),
    "line feeds": lambda size: "a" + "\n" * size,
    "quoted": lambda size: "> a\n" * (size // 4),
    "deeply quoted": lambda size: (">" * 200 + "\n") * (size // 201),
    "items": lambda size: "- a\n" * (size // 4),
    "items in each other": lambda size: "".join(" " * (2 * n) + "- a\n" for n in range(int(size**0.5))),
    "brackets": lambda size: "[" * size,
    "links": lambda size: "[a](b) " * (size // 7),
    "references": lambda size: "".join(f"[a{n}]: b\n" for n in range(size // 11)),
    "asterisks": lambda size: "*a " * (size // 3),
    "asterisks and underscores": lambda size: "*_a " * (size // 4),
    "backticks": lambda size: "".join("`" * n + " " for n in range(1, int((2 * size) ** 0.5))),
    "cells": lambda size: "|a|b|\n|-|-|\n" + "|a|b|\n" * (size // 6),
    "columns": lambda size: "|" + "a|" * (size // 4) + "\n|" + "-|" * (size // 4) + "\n",
    "headings": lambda size: "# a\n" * (size // 4),
    "quotation marks": lambda size: "“" * (size // 3),
    "straight quotation marks": lambda size: '"' * size,
    "blanks": lambda size: "a" + " " * size + "b",
    "zero width": lambda size: "a" + "\u200b" * (size // 3) + "b",
    "non-breaking": lambda size: ("a" + "\u00a0" * 9) * (size // 19),
    "HTML": lambda size: "<b>a</b> " * (size // 9),
    "HTML blocks": lambda size: "<div>a</div>\n\n" * (size // 14),
    "comments cut short": lambda size: "<!-- " * (size // 5),
    "entities": lambda size: "&amp; " * (size // 6),
    "backslashes": lambda size: "\\* " * (size // 3),
    "unique": lambda size: _UNIQUE[:size],
    "wrapped": lambda size: ("word " * 14 + "\n") * (size // 71),
    "On ... wrote": lambda size: "On 1 May Ann wrote:\n" * (size // 20),
    "carriage returns": lambda size: "a\r" * (size // 2),
}
_IN_DOCX: Mapping[str, Callable[[int], str]] = {
    "words": lambda size: f"<w:p>{_W * (size // len(_W))}</w:p>",
    "paragraphs": lambda size: "<w:p><w:r><w:t>a</w:t></w:r></w:p>" * (size // 36),
    "empty paragraphs": lambda size: "<w:p/>" * (size // 6),
    "runs": lambda size: f"<w:p>{'<w:r><w:t>a</w:t></w:r>' * (size // 23)}</w:p>",
    "empty runs": lambda size: f"<w:p>{'<w:r/>' * (size // 6)}</w:p>",
    "breaks": lambda size: f"<w:p><w:r>{'<w:br/>' * (size // 7)}</w:r></w:p>",
    "rows": lambda size: f"<w:tbl>{'<w:tr><w:tc><w:p/></w:tc></w:tr>' * (size // 34)}</w:tbl>",
    "boxes": lambda size: f"<w:p>{'<w:txbxContent><w:p/></w:txbxContent>' * (size // 37)}</w:p>",
    "fields": lambda size: (
        f"<w:p><w:r>{'<w:fldChar w:fldCharType=' + chr(34) + 'begin' + chr(34) + '/>'}</w:r></w:p>" * (size // 55)
    ),
    "one word": lambda size: f"<w:p><w:r><w:t>{'a' * size}</w:t></w:r></w:p>",
    "attributes": lambda size: f"<w:p{''.join(f' a{n}=' + chr(34) * 2 for n in range(size // 12))}/>",
}
_IN_PDF: Mapping[str, Callable[[int], bytes]] = {
    "letters": lambda size: b"BT /F1 9 Tf " + b"(a) Tj " * (size // 7) + b"ET",
    "one string": lambda size: b"BT /F1 9 Tf (" + b"a" * size + b") Tj ET",
    "operands": lambda size: b"1 " * (size // 2),
    "names": lambda size: b"/a " * (size // 3),
    "arrays": lambda size: b"[" * size,
    "an array": lambda size: b"BT /F1 9 Tf [" + b"(a) 9 " * (size // 6) + b"] TJ ET",
    "dictionaries": lambda size: b"<</a 1>> " * (size // 9),
    "states": lambda size: b"q " * (size // 2),
    "pictures": lambda size: b"BI /W 1 /H 1 ID a EI " * (size // 21),
    "a picture": lambda size: b"BI /W 1 /H 1 ID " + b"E" * size,
    "forms": lambda size: b"/X Do " * (size // 6),
    "fonts": lambda size: b"BT " + b"/F1 9 Tf " * (size // 9),
    "lines": lambda size: b"BT /F1 9 Tf " + b"(a) ' " * (size // 6) + b"ET",
    "places": lambda size: b"BT /F1 9 Tf " + b"1 0 0 1 9 9 Tm (a) Tj " * (size // 22) + b"ET",
    "comments": lambda size: b"%a\n" * (size // 3),
    "blanks": lambda size: b" " * size,
    "strings cut short": lambda size: b"(" * size,
    "hexadecimal": lambda size: b"BT /F1 9 Tf <" + b"61" * (size // 2) + b"> Tj ET",
}
_IN_FONTS: Mapping[str, Callable[[int], bytes]] = {
    "ranges": lambda size: b"begincmap 1 beginbfrange " + b"<0000> <FFFF> <0000>\n" * (size // 21) + b"endbfrange",
    "long ranges": lambda size: (
        b"begincmap 1 beginbfrange " + b"<00000000> <FFFFFFFF> <0000>\n" * (size // 29) + b"endbfrange"
    ),
    "a list of codes": lambda size: (
        b"begincmap 1 beginbfrange <0000> <FFFF> [" + b"<0041> " * (size // 7) + b"] endbfrange"
    ),
    "codes": lambda size: b"begincmap 1 beginbfchar " + b"<61> <0041>\n" * (size // 12) + b"endbfchar",
    "a long code": lambda size: b"begincmap 1 beginbfchar <61> <" + b"0041" * (size // 4) + b"> endbfchar",
    "brackets of codes": lambda size: b"begincmap 1 beginbfrange " + b"<" * size,
    "blanks of codes": lambda size: b"begincmap 1 beginbfchar " + b" " * size + b"x",
}
_SIZES = (1_000_000, 5_000_000, 45_000_000)
_TEXTS = (1_000_000,)


def inputs() -> Iterator[tuple[str, Callable[[], tuple[str, bytes]]]]:
    """What is large in each, its size included, and what makes its name and its bytes."""
    for size in _SIZES:
        for what, of_size in _IN_MARKUP.items():
            for reader, suffix, wrapped in (
                ("nitf", ".xml", _nitf),
                ("newsml", ".xml", _newsml),
                ("html", ".html", _page),
                ("ninjs", ".json", _ninjs),
                ("feed", ".rss", lambda content: _feed(content.replace("&", "&amp;").replace("<", "&lt;"))),
                ("feed of XHTML", ".rss", _feed),
                ("mail of HTML", ".eml", lambda content: _mail(content, "text/html")),
            ):
                yield f"{reader}: {what}: {size:,}", _made(suffix, wrapped, of_size, size)
    for size in (900_000, *_SIZES[1:]):
        for what, of_size in _IN_TEXT.items():
            for reader, suffix, wrapped in (
                ("text", ".txt", str.encode),
                ("markdown", ".md", str.encode),
                ("mail", ".eml", _mail),
                ("mail that flows", ".eml", lambda content: _mail(content, "text/plain; format=flowed; delsp=yes")),
                (
                    "mail in quoted-printable",
                    ".eml",
                    lambda content: _mail(content, more="Content-Transfer-Encoding: quoted-printable\r\n"),
                ),
                (
                    "HTML written in NewsML",
                    ".xml",
                    lambda content: _newsml(content.replace("&", "&amp;").replace("<", "&lt;")),
                ),
            ):
                yield f"{reader}: {what}: {size:,}", _made(suffix, wrapped, of_size, size)
    for size in (1_000_000, 5_000_000, 19_000_000):
        for what, of_size in _IN_DOCX.items():
            yield f"docx: {what}: {size:,}", _made(".docx", _docx, of_size, size)
    for size in (90_000, 900_000, 9_000_000):
        for what, codes in _IN_FONTS.items():
            yield (
                f"pdf: {what}: {size:,}",
                _made(".pdf", lambda made: drawn(b"BT /F1 9 Tf (a) Tj ET", 1, made), codes, size),
            )
        for what, content in _IN_PDF.items():
            yield f"pdf: {what}: {size:,}", _made(".pdf", drawn, content, size)
            if size == 90_000:
                yield f"pdf: {what} on 40 pages: {size:,}", _made(".pdf", lambda one: drawn(one, 40), content, size)


def _made(suffix, wrapped, of_size, size):  # type: ignore
    return lambda: (f"large{suffix}", wrapped(of_size(size))[:_MOST])


def main() -> int:
    """Print a table of what took long; 1 when something broke a reader."""
    parser = argparse.ArgumentParser("python -m tests.fuzz.large", description=__doc__)
    parser.add_argument("--only", default="", metavar="WORDS", help="inputs that are called so")
    parser.add_argument("--slow", type=float, default=1.0, metavar="S", help="shows those that took as long")
    args = parser.parse_args()
    rows = []
    found = 0
    for what, make in inputs():
        if args.only not in what:
            continue
        made = make()
        tally = child.run(lambda _, made=made: made, inputs=1, seconds=600)
        found += len(tally.found)
        if tally.found or tally.slowest >= args.slow:
            rows.append(
                [
                    what,
                    f"{len(made[1]):,}",
                    f"{tally.slowest:.2f}",
                    "refused" if tally.refused else "",
                    tally.found.get(0, ""),
                ]
            )
            print(*rows[-1], file=sys.stderr, flush=True, sep=" | ")
    print(grid(rows, ["input", "bytes", "seconds", "", "found"], numbers=["bytes", "seconds"]))
    return min(found, 1)


if __name__ == "__main__":
    sys.exit(main())
