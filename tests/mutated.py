"""Samples of newsroom files as accidents and attacks leave them, and what holds of whatever is read from them."""

from collections.abc import Sequence
from html import unescape
from pathlib import Path

from hypothesis import strategies as st

from audit import origins, readers
from audit.errors import InputError
from audit.readers import Intake
from tests.markup import spaced


@st.composite
def mutated(draw: st.DrawFn, samples: Sequence[Path]) -> bytes:
    """A sample with some stretches flipped, cut out, doubled, or put in from another sample."""
    data = draw(st.sampled_from(samples)).read_bytes()
    for _ in range(draw(st.integers(1, 4))):
        start, end = sorted((draw(st.integers(0, len(data))), draw(st.integers(0, len(data)))))
        end = min(end, start + draw(st.sampled_from([1, 4, 40, 400])))
        other = draw(st.sampled_from(samples)).read_bytes()
        at = draw(st.integers(0, len(other)))
        middle = draw(
            st.one_of(
                st.binary(max_size=end - start),
                st.just(b""),
                st.just(data[start:end] * draw(st.integers(2, 5))),
                st.just(other[at : at + 80]),
                st.sampled_from(
                    [
                        b"<",
                        b"&",
                        b'"',
                        b"\\ud800",
                        b"\n\n",
                        b"<script>",
                        b"]]>",
                        b"=",
                        b"\r",
                        b"&#0;",
                        b"`",
                        b"[",
                        b"\xff",
                        b"\0",
                    ]
                ),
            )
        )
        data = data[:start] + middle + data[end:]
    return data


def check(name: str, data: bytes) -> None:
    """Nothing is raised but our own error, paragraphs are in order, and each run slices to what it stands for."""
    try:
        articles = list(readers.read(name, data, Intake()))
    except InputError as error:
        assert str(error).startswith(name)
        return
    for article in articles:
        article.text.encode()  # no lone surrogates
        ends = [0]
        for paragraph in article.paragraphs:
            assert ends[-1] <= paragraph.span.start < paragraph.span.end
            ends.append(paragraph.span.end)
        between = "".join(article.text[end : p.span.start] for end, p in zip(ends, article.paragraphs, strict=False))
        assert not between.strip("\ufeff\u200b\u2060 \t\r\n\f\v\u2028\u2029\x1c\x1d\x1e\x1f\x85\xa0")
        at = origins.finder(article)
        for paragraph in article.paragraphs:
            assert at(paragraph.span.start) >= (1, 1)
        if article.origin is None:
            continue
        last = 0
        for run in article.origin.runs:
            assert last <= run.here.start < run.here.end <= len(article.text)
            last = run.here.end
            here, there = article.slice(run.here), article.origin.text[run.there.start : run.there.end]
            assert there
            if len(here) == len(there):
                assert here == spaced(there) or unescape(there) == here
