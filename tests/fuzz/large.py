"""python -m tests.fuzz.large: run the readers on inputs that are as large as they may be, each of one thing alone."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from typing import Any

from audit.report.cells import grid
from tests import office
from tests.fuzz import child, repeated

_MOST = 50_000_000  # bytes of a file: see audit.limits


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


_SIZES = (1_000_000, 5_000_000, 45_000_000)


def inputs() -> Iterator[tuple[str, Callable[[], tuple[str, bytes]]]]:
    """What is large in each, its size included, and what makes its name and its bytes."""
    for size in _SIZES:
        for what, of_size in repeated.IN_MARKUP.items():
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
        for what, of_size in repeated.IN_TEXT.items():
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
        for what, of_size in repeated.IN_DOCX.items():
            yield f"docx: {what}: {size:,}", _made(".docx", _docx, of_size, size)
    for size in (90_000, 900_000, 9_000_000):
        for what, codes in repeated.IN_FONTS.items():
            yield (
                f"pdf: {what}: {size:,}",
                _made(".pdf", lambda made: drawn(b"BT /F1 9 Tf (a) Tj ET", 1, made), codes, size),
            )
        for what, content in repeated.IN_PDF.items():
            yield f"pdf: {what}: {size:,}", _made(".pdf", drawn, content, size)
            if size == 90_000:
                yield f"pdf: {what} on 40 pages: {size:,}", _made(".pdf", lambda one: drawn(one, 40), content, size)


def _made(
    suffix: str, wrapped: Callable[[Any], bytes], of_size: Callable[[int], Any], size: int
) -> Callable[[], tuple[str, bytes]]:
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
