"""Samples of a format -> inputs that are nearly in it. The same seed and number give the same input."""

import gzip
import random
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from io import BytesIO

from tests.fuzz import structure

_ANY = (
    b"\0", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xc0\x80", b"\xf4\x90\x80\x80",
    b"\xe2\x80\xae",
    b"\xe2\x80\x8b", b"\xe2\x80\xa8", b"\xc2\xad", b"\xe2\x80\x9c", b"\xe2\x80\x9d", b'"', b"''", b"``", b"\r",
    b"\r\n\r\n", b"\x1b[31m",
    b"\x93", b"\x94", b"a" * 300, b" " * 300, b"-1", b"99999999999999999999", b"..", b"/", b"\\", b"%s",
    b"=cmd|' /C calc'!A0",
)  # fmt: skip
MARKUP = (
    b"<", b">", b"</", b"/>", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<?xml version='1.0'?>", b"<!DOCTYPE x [",
    b"]>",
    b"<!ENTITY a 'b'>", b"<!ENTITY % p SYSTEM 'file:///etc/passwd'>", b"&a;", b"&amp;", b"&#0;", b"&#x110000;",
    b"&#55296;",
    b"&nbsp;", b"&", b"<p>", b"</p>", b"<p/>", b"<br/>", b"<q>", b"<div>", b"<table><tr><td>", b"<script>",
    b"</script>",
    b"<style>", b"<title>", b"<template>", b"<svg>", b"<math>", b"<plaintext>", b"xmlns=''", b"xmlns:a='b'",
    b"<xi:include href='x' xmlns:xi='http://www.w3.org/2001/XInclude'/>", b"<body.content>", b"<block>",
    b"<person>",
    b"<nitf>", b"<html>", b"<rss><channel><item>", b"<feed>", b"<entry>", b"<newsItem>", b"<inlineXML>",
    b"encoding='utf-16'",
    b'<script type="application/ld+json">', b'{"@type":"NewsArticle","headline":"x"}',
)  # fmt: skip
_JSON = (
    b"{", b"}", b"[", b"]", b'"', b",", b":", b"null", b"1e999", b"-0", b"NaN", b"\\u0000", b"\\ud800",
    b'"uri"', b'"body_text"',
    b'"body_xhtml"', b'"bodies"', b'"headlines"', b'"headline"', b'"people"', b'"infosources"', b'"$standard"',
    b'"value"', b"{}", b"[]",
)  # fmt: skip
_MAIL = (
    b"From: a@b.example\r\n", b"Subject: =?utf-8?q?=93?=\r\n", b"\r\n\r\n",
    b"Content-Type: multipart/mixed; boundary=a\r\n",
    b"--a\r\n", b"--a--\r\n", b"Content-Transfer-Encoding: base64\r\n",
    b"Content-Type: text/html; charset=x\r\n",
    b"Content-Type: message/rfc822\r\n", b"> ", b"-- \n", b"=\r\n", b"=3D",
)  # fmt: skip
_PACKED = (
    b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"\x1f\x8b\x08", b"\0\0\0\0", b"\xff\xff\xff\xff", b"../",
    b"word/document.xml",
    b"[Content_Types].xml", b"<w:p>", b"<w:r>", b"<w:t>", b"<w:del>", b"<w:ins>", b"w:val=''",
)  # fmt: skip
_PDF = (
    b"%PDF-1.7", b"obj", b"endobj", b"stream\n", b"endstream", b"xref", b"trailer", b"startxref", b"<<", b">>",
    b"/Length", b"/Kids",
    b"/Parent", b"/Contents", b"/Filter", b"/FlateDecode", b"/Encrypt", b"1 0 R", b"0 0 R", b"BT", b"ET", b"Tj",
    b"TJ", b"(", b")",
)  # fmt: skip
_MARKDOWN = (
    b"# ", b"## ", b"> ", b"- ", b"1. ", b"```", b"~~~", b"    ", b"[a](b)", b"![a](b)", b"[a]: b", b"<!--",
    b"---\n", b"title: x\n",
    b"**", b"_", b"`", b"|a|b|\n|-|-|\n", b"\\", b"[^1]", b"<p>", b"&amp;",
)  # fmt: skip
TOKENS: Mapping[str, Sequence[bytes]] = {
    "json": _JSON, "ninjs": _JSON, "email": _MAIL, "eml": _MAIL, "mail": _MAIL, "docx": _PACKED + MARKUP,
    "zip": _PACKED,
    "gzip": _PACKED, "pdf": _PDF, "markdown": _MARKDOWN, "text": (),
}  # fmt: skip
"""By format what means something in it; in any other, markup does."""

_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
_MOST = 2_000_000  # bytes of an input


def mutated(samples: Sequence[bytes], tokens: Sequence[bytes], *, seed: int, number: int) -> bytes:
    """The input of that number. Of what is packed, what is in it is mutated more often than its bytes are."""
    chance = random.Random(f"{seed}/{number}")
    return _packed(chance, chance.choice(samples), samples, [*_ANY, *tokens])


def _packed(chance: random.Random, sample: bytes, samples: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    """A sample mutated; an archive or a packed file is whole again, but for one in four."""
    if chance.randrange(4):
        with suppress(*_UNREADABLE):
            if sample.startswith(b"\x1f\x8b"):
                within = [gzip.decompress(other) for other in samples if other.startswith(b"\x1f\x8b")]
                return gzip.compress(_written(chance, gzip.decompress(sample), within, words), mtime=0)
            if sample.startswith(b"PK\x03\x04"):
                return _repacked(chance, sample, words)
    return _written(chance, sample, samples, words)


def _repacked(chance: random.Random, sample: bytes, words: Sequence[bytes]) -> bytes:
    with zipfile.ZipFile(BytesIO(sample)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    chosen = chance.choice(sorted(members))
    if "word/document.xml" in members and chance.randrange(2):
        chosen = "word/document.xml"
    members[chosen] = _packed(chance, members[chosen], list(members.values()), words)
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as again:
        for name, data in members.items():
            again.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _written(chance: random.Random, sample: bytes, samples: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    """A sample mutated; of markup and JSON most stay well-formed."""
    start = sample.lstrip(b"\xef\xbb\xbf \r\n")[:1]
    if start in (b"<", b"{", b"[") and chance.randrange(4):
        with suppress(UnicodeDecodeError):
            texts = [other.decode() for other in samples if other.lstrip(b"\xef\xbb\xbf \r\n")[:1] == start]
            change = structure.markup if start == b"<" else structure.values
            return change(chance, sample.decode(), texts).encode("utf-8", "surrogatepass")[:_MOST]
    return _mutated(chance, sample, samples, words)


def _mutated(chance: random.Random, sample: bytes, samples: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    data = bytearray(sample)
    for _ in range(chance.choice((1, 1, 2, 3, 5, 8))):
        start = chance.randint(0, len(data))
        end = min(len(data), start + chance.choice((1, 4, 20, 200, 2_000)))
        match chance.randrange(9):
            case 0 if start < len(data):
                data[start] ^= 1 << chance.randrange(8)
            case 1 if chance.randrange(4) == 0:  # after which it is mostly no text any more
                for at in range(start, end):
                    data[at] = chance.randrange(256)
            case 2:
                del data[start:end]
            case 3:
                data[start:start] = data[start:end] * chance.choice((1, 2, 50))
            case 4:
                other = chance.choice(samples)
                at = chance.randint(0, len(other))
                data[start:end] = other[at : at + chance.choice((20, 200, 2_000))]
            case 5 | 6:
                data[start : chance.choice((start, end))] = chance.choice(words)
            case 7:
                data[start:start] = chance.choice(words) * chance.choice((2, 300, 5_000))
            case 8:
                _between(chance, data, words)
    return bytes(data[:_MOST])


def generated(tokens: Sequence[bytes], *, seed: int, number: int) -> bytes:
    """An input of that number that comes from no sample: words, marks and what means something in the format."""
    chance = random.Random(f"{seed}/new/{number}")
    prose = (b"The mayor said", b" \xe2\x80\x9cWe wait,\xe2\x80\x9d", b" he said.", b"\n\n", b" 1,200 people", b" ")
    return b"".join(
        chance.choice((*prose, *chance.choice((_ANY, tokens or _ANY)))) for _ in range(chance.randint(1, 80))
    )


def _between(chance: random.Random, data: bytearray, words: Sequence[bytes]) -> None:
    """Change what stands between two delimiters, so that what is around it stays whole."""
    opening, closing = chance.choice(((b"<", b">"), (b'"', b'"'), (b">", b"<"), (b"\n", b"\n"), (b"(", b")")))
    start = data.find(opening, chance.randint(0, len(data)))
    end = data.find(closing, start + 1)
    if 0 <= start < end:
        data[start + 1 : end] = chance.choice((b"", chance.choice(words), bytes(data[start + 1 : end]) * 2))
