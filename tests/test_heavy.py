"""What a reader could take minutes over, or a gigabyte: each is refused or read at once."""

import resource
import time
from collections.abc import Callable

import pytest

from audit import readers
from audit.errors import InputError
from audit.readers import Intake
from tests.fuzz.large import drawn

_SECONDS = 5  # of computing; what took longest of these once took a minute
_KILOBYTES = 400_000


def _nitf(content: str) -> str:
    return f"<nitf><body><body.content><p>{content}</p></body.content></body></nitf>"


def _page(title: str, content: str) -> str:
    return f"<html><title>{title}</title><body><article>{content}</article></body></html>"


def _feed(author: str, text: str) -> str:
    return f"<rss><channel><item><author>{author}</author><description>{text}</description></item></channel></rss>"


_SAID = "<p>The bridge is closed, Ann Lee said on Monday.</p>"

_HEAVY: dict[str, dict[str, Callable[[], str]]] = {
    "a.xml": {
        "blanks in a doctype": lambda: f"<!DOCTYPE nitf {' ' * 60_000}" + _nitf("a"),
        "brackets in a doctype": lambda: f"<!DOCTYPE nitf [{' ]' * 30_000}" + _nitf("a"),
        "attributes of one element": lambda: _nitf("<b " + " ".join(f"a{n}=''" for n in range(1_000_000)) + "/>"),
        "attributes": lambda: _nitf("<b a='' b='' c='' d=''/>" * 1_000_000),
        "lines": lambda: _nitf("\n" * 20_000_000),
        "elements": lambda: _nitf("<em>a</em>" * 1_000_000),
        "quotations": lambda: _nitf("<q>a</q>" * 500_000),
    },
    "a.rss": {
        "references": lambda: _feed("Ann Lee", "&lt;" * 2_000_000),
        "lines": lambda: _feed("Ann Lee", f"&lt;p&gt;{chr(10) * 200_000}Ann Lee said so."),
        "lines in front": lambda: "\n" * 60_000 + _feed("Ann Lee", "Ann Lee said so."),
        "letters of an author": lambda: _feed("a" * 1_000_000, "Ann Lee said so."),
    },
    "a.html": {
        "blanks in a title": lambda: _page("a" + " " * 500_000 + "b", _SAID),
        "titles": lambda: _page("a", _SAID + "<svg><title>a - b - c - d</title></svg>" * 20_000),
        "lines": lambda: _page("a", f"<p>{('a' + chr(10)) * 3_000_000}</p>"),
        "lines in pre": lambda: _page("a", f"<pre>{('a' + chr(10) * 2) * 3_000_000}</pre>"),
        "comments": lambda: _page("a", "<!---->" * 4_000_000),
    },
    "a.json": {
        "escapes": lambda: '{"body_html": "<p>' + r"a\n" * 500_000 + '"}',
        "lines": lambda: '{"body_html": "' + "a\n\n" * 3_000_000 + '"}',
        "tags": lambda: '{"body_html": "' + "<q>a</q>" * 1_000_000 + '"}',
    },
    "a.eml": {
        "lines": lambda: "From: Ann\nSubject: A\n\n" + "a\n" * 10_000_000,
        "tags": lambda: "From: Ann\nSubject: A\nContent-Type: text/html\n\n" + "<q>a</q>" * 1_000_000,
        "codes": lambda: "From: Ann\nSubject: A\nContent-Transfer-Encoding: quoted-printable\n\n" + "a=41" * 2_000_000,
    },
    "a.md": {
        "lines": lambda: "a\n" * 450_000,
        "cells": lambda: "|a|b|\n|-|-|\n" + "|a|b|\n" * 150_000,
        "blanks in front matter": lambda: f"---\ntitle: a{' ' * 500_000}b\n---\n\nAnn Lee said so.",
    },
    "a.txt": {
        "one word": lambda: "a" * 900_000,
        "lines": lambda: "a\n" * 450_000,
        "quotation marks": lambda: "“" * 900_000,
    },
}


@pytest.mark.parametrize(("name", "what"), [(name, what) for name, texts in _HEAVY.items() for what in texts])
def test_what_is_heavy_takes_no_long_time_and_no_much_memory(name: str, what: str) -> None:
    data = _HEAVY[name][what]().encode()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.process_time()
    try:
        assert list(readers.read(name, data, Intake()))
    except InputError as error:
        assert str(error).startswith(name)
    assert time.process_time() - begun < _SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < _KILOBYTES


def test_a_word_of_a_pdf_file_is_not_tried_from_each_of_its_letters() -> None:
    begun = time.process_time()
    assert list(readers.read("a.pdf", drawn(b"BT /F1 9 Tf (" + b"a" * 200_000 + b") Tj ET"), Intake()))
    assert time.process_time() - begun < _SECONDS
