"""Web pages that lie about their encoding, are broken, or are made to break what reads them."""

import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.errors import InputError
from audit.readers import Limits
from audit.readers.charset import decoded
from tests.fuzz.invariants import hold
from tests.test_pages import SENTENCE, read

# encodings

META = '<meta charset="{}"><p>“Café,” he said.</p>'


@pytest.mark.parametrize(
    ("said", "written", "encoding", "warns"),
    [
        ("utf-8", "utf-8", "utf-8", False),
        ("utf-8", "utf-8-sig", "utf-8", False),
        ("windows-1252", "cp1252", "cp1252", False),
        ("iso-8859-1", "cp1252", "cp1252", False),
        ("utf-8", "cp1252", "cp1252", True),
        ("windows-1252", "utf-8", "utf-8", True),
        ("no-such-thing", "cp1252", "cp1252", True),
        ("idna", "utf-8", "utf-8", False),
        ("utf-16", "utf-16", "utf-16-le", False),
        ("utf-16", "utf-16-be", "utf-16-be", False),
        ("utf-16", "utf-8", "utf-8", False),
        ("macintosh", "mac-roman", "mac-roman", False),
    ],
)
def test_encodings_told_and_lied_about(said, written, encoding, warns):
    data = META.format(said).encode(written)
    found = decoded("a.html", data)
    assert "“Café,” he said." in found.text
    assert (found.encoding, found.warning is not None) == (encoding, warns)
    assert found.text.encode(found.encoding) == data


def test_a_few_bytes_in_another_encoding_are_replaced_with_a_warning():
    found = decoded("a.html", f"<p>“{SENTENCE}”</p>".encode() * 5 + b"<p>caf\xe9 x</p>")
    assert found.warning.startswith("a.html:1:")
    assert found.text.endswith("<p>caf\ufffd x</p>")


# hostile pages


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<html>",
        "<html><body><script>alert(1)</script></body></html>",
        "<p>a\0b</p>",
        "<p>" * 100_001,
        "<p>x" + "&amp;" * 300_000,
        "<p>x</p>" * 101,
        "<p>" + "x" * 10_001,
        "<title>only a title</title>",
    ],
)
def test_what_cannot_be_an_article_is_refused_in_words(page):
    with pytest.raises(InputError, match=r"^page\.html"):
        read(page, limits=Limits(paragraphs=100, characters=10_000))


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<a",
        "<!--",
        "<![",
        "</",
        "<a b='",
        "&",
        "&#",
        "&amp;",
        "<script>",
        "<b></b>",
        "<a>",
        "<li>x ",
        "<td>x",
        "]]>",
    ],
)
def test_time_is_linear_in_the_length_of_a_page(piece):
    def seconds(size: int) -> float:
        start = time.process_time()
        with suppress(InputError):
            read(f"<html><body><p>{SENTENCE}{piece * (size // len(piece))}")
        return time.process_time() - start

    seconds(1000)  # imports
    assert min(seconds(40_000), seconds(40_000)) < 0.3 + 20 * seconds(4_000)


def test_a_million_attributes():
    found = read(f"<p {' '.join(f'a{number}=1' for number in range(200_000))}>{SENTENCE}</p>")
    assert found.text == SENTENCE


TOKENS = st.sampled_from(
    [
        *"<p> </p> <div> </div> <article> </article> <h1> </h1> <br> <ul><li> <table><tr><td> </table>".split(),
        *"<blockquote> </blockquote> <!-- --> <script> </script> <aside> </aside> <footer> <cite> </cite>".split(),
        *"<q> </q> <pre> </body> <html> <body> <head> <title> </title> <iframe> <b> </b> <time> <figure>".split(),
        *"<figcaption> &amp; &#0; &#xD800;".split(),
        '<div class="newsletter pullquote">',
        "<meta charset=utf-16>",
        SENTENCE,
        " ",
        "\n\n",
        "“He said,” ",
        "\u202e",
        "\ufeff",
        "\u00a0",
    ]
)


@settings(max_examples=100)
@given(st.lists(TOKENS | st.text(max_size=4), max_size=40))
def test_any_page_is_read_or_refused(pieces):
    hold("page.html", "".join(pieces).encode(errors="replace"))
