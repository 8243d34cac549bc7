"""What the tests of readers of markup share: what must hold of any article, and files that are odd, heavy or broken."""

import re
import time
from collections.abc import Sequence
from contextlib import suppress

from hypothesis import strategies as st

from audit import origins, readers
from audit.errors import InputError
from audit.model import Article, Span
from audit.readers import Intake

NITF = (
    "p block bq q ul li dl dt dd table tr td pre fn br hl2 note media media-caption media-producer credit datasource"
    " person org function name.given name.family num money chron em a del ed-msg body.content tagline byline x"
).split()
NEWSML = (
    "newsItem itemSet contentMeta headline by dateline creditline itemMeta pubStatus embargoed contentSet inlineXML"
    " inlineData remoteContent inlineRef assert subject infoSource name type definition html body h1 h2 p br q nitf"
    " body.content NewsItem NewsLines HeadLine DataContent ContentItem Encoding Status"
).split()
_ATTRIBUTES = (
    "class='lead_paragraph' quote-source='Ann Lee' value='Lee, Ann' type='cpnat:person' idrefs='a' id='a' role='sub'"
    " qcode='stat:canceled' contenttype='text/html' contenttype='application/nitf+xml' encoding='base64' href='x'"
).split("' ")
_WORDS = st.sampled_from(
    ["The bridge fell.", "“It fell,” ", "he said", "&amp;", "&#8217;", "&#10;", "é\u00a0", "\r\n", " ", "\n\n",
     "&lt;p&gt;It fell.&lt;/p&gt;", "&lt;br&gt;", "<![CDATA[<p>A & b</p>]]>", "<!-- c -->", "<?x y?>", "\u200b",
     "\u2028", "2026-01-01"]
)  # fmt: skip

_BLANKS = " \t\r\n\xa0\u2028\ufeff\u200b\u2060"

HEAVY = [
    "<p>x</p>" * 15_000,
    "<p>" + "<em>x</em> y " * 20_000 + "</p>",
    "<p>" + "&amp; " * 40_000 + "</p>",
    "<block>" * 150 + "<p>A &amp; b.</p>" * 10_000 + "</block>" * 150,
    "<q quote-source='A'>" * 150 + "x <em/>" * 20_000 + "</q>" * 150,
    "<person>" * 150 + "x <em/>" * 20_000 + "</person>" * 150,
    "<p>" + "\n" * 1_000_000 + "a</p>",
    "<p>a</p>" + "<br/>" * 100_000,
    "<p>a</p>" + "<!---->" * 100_000,
    "<block class='lead_paragraph'><p>a</p></block>" * 10_000 + "<p>b</p>",
    "<pre>" + "a b\n" * 4_000 + "</pre>",
    "<pre>" + "&lt;" * 50_000 + "</pre>",
]
"""What stands in a body, of 20 KB to 1 MB; what takes a time that grows with its square takes minutes."""


def spaced(text: str) -> str:
    """`text` of a file as a run of an article has it: a space for any blank."""
    return re.sub(r"[\t\r\n\f\v\u2028\u2029]", " ", text)


def holds(article: Article) -> None:
    """Asserts what must hold of any article that a reader makes."""
    assert article.origin
    end = 0
    for paragraph in article.paragraphs:
        assert not article.text[end : paragraph.span.start].strip(_BLANKS)
        words = article.slice(paragraph.span)
        assert words.strip(_BLANKS) == words != ""
        assert paragraph.place.startswith("/") or article.origin.format not in ("nitf", "newsml")
        end = paragraph.span.end
    assert not article.text[end:].strip(_BLANKS)
    at = 0
    for run in article.origin.runs:
        assert at <= run.here.start < run.here.end <= len(article.text)
        here, there = article.slice(run.here), article.origin.text[run.there.start : run.there.end]
        assert here == spaced(there) or (here == " " and not there.strip()) or there.startswith("&"), (here, there)
        at = run.here.end
    for declared in article.declared:
        assert declared.name
        if declared.span:
            assert article.slice(declared.span)
    find = origins.finder(article)
    for offset in range(0, len(article.text) + 1, max(len(article.text) // 20, 1)):
        assert find(offset) >= (1, 1)
    origins.stretches(article, Span(0, len(article.text)))


def survives(data: bytes) -> None:
    """Asserts that a file is read as it must be, or refused in words."""
    failed: list[InputError] = []
    try:
        for article in readers.read("a.xml", data, Intake(fail=lambda _, error: failed.append(error))):
            if article.origin:
                holds(article)
    except InputError as error:
        failed.append(error)
    assert all(str(error).startswith("a.xml") for error in failed)


def is_quick(text: str) -> None:
    """Asserts that a file is read or refused in under three seconds."""
    start = time.process_time()
    with suppress(InputError):
        list(readers.read("a.xml", text.encode(), Intake()))
    assert time.process_time() - start < 3


@st.composite
def mutated(draw: st.DrawFn, files: Sequence[bytes]) -> bytes:
    """One of `files` with bytes changed, cut out, doubled, or taken from another."""
    data = draw(st.sampled_from(files))
    for _ in range(draw(st.integers(0, 4))):
        other = draw(st.sampled_from(files))
        start, end = sorted((draw(st.integers(0, len(data))), draw(st.integers(0, len(data)))))
        here, there = sorted((draw(st.integers(0, len(other))), draw(st.integers(0, len(other)))))
        data = draw(
            st.sampled_from(
                [
                    data[:start] + draw(st.binary(max_size=3)) + data[start + 1 :],
                    data[:start] + data[end:],
                    data[:end] + data[start:],
                    data[:start] + other[here:there] + data[end:],
                ]
            )
        )
    return data


@st.composite
def fragments(draw: st.DrawFn, names: Sequence[str], depth: int = 4) -> str:
    """Well-formed XML of words and elements of these names."""
    words = ""
    for _ in range(draw(st.integers(0, 4))):
        if depth and draw(st.booleans()):
            name = draw(st.sampled_from(names))
            attribute = draw(st.sampled_from(["", *(f" {one.rstrip(chr(39))}'" for one in _ATTRIBUTES)]))
            words += f"<{name}{attribute}>{draw(fragments(names, depth - 1))}</{name}>"
        else:
            words += draw(_WORDS)
    return words
