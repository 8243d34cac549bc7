"""Other programs that find quotations, each as a function from texts to attributions, to time and score beside ours.

An attribution is what PolNeAR's scorer reads: the spans of source, cue and content, as offsets into the text.
"""

import importlib
import sys
import tempfile
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import chdir
from pathlib import Path
from typing import Any

from audit import ingest, parse, pipeline, rules
from audit.model import Audit, Span
from benchmarks.pairs import Marked

Spans = list[list[int]]
Attribution = Mapping[str, Spans]
Peer = Callable[[Sequence[str]], list[list[Attribution]]]
_MARKS = frozenset('"“”„«»')


class PeerMissingError(Exception):
    """A peer cannot be run; the text says what to install."""


def quote_audit(parser: parse.Parser) -> Peer:
    """This program: text to claims, without a report."""
    loaded = rules.load()

    def found(texts: Sequence[str]) -> list[list[Attribution]]:
        articles = [ingest.article(str(number), text) for number, text in enumerate(texts)]
        return [_quotes(pipeline.audit(article, loaded)) for article in parse.parse(parser, articles)]

    return found


def _quotes(audit: Audit) -> list[Attribution]:
    def spans(*found: Span | None) -> Spans:
        return [[span.start, span.end] for span in found if span]

    return [
        {"source": spans(claim.source.mention), "cue": spans(claim.cue), "content": spans(*claim.spans)}
        for claim in audit.claims
        if claim.kind != "figure"
    ]


def textacy(model: str) -> Peer:
    """textacy's direct quotations, on the spaCy pipeline of that name.

    Raises:
        PeerMissingError: textacy or the pipeline is not installed.
    """
    extract = _module("textacy.extract")
    nlp = _spacy(model)

    def found(doc: Any) -> Iterator[Attribution]:
        for quote in extract.direct_quotations(doc):
            spans = {"source": quote.speaker, "cue": quote.cue, "content": [quote.content]}
            yield {
                role: [[s.start_char, s.end_char] if hasattr(s, "end_char") else [s.idx, s.idx + len(s)] for s in some]
                for role, some in spans.items()
            }

    def all_of(doc: Any) -> list[Attribution]:
        try:
            return list(found(doc))
        except ValueError:  # it gives up an article with an odd number of quotation marks
            return []

    return lambda texts: [all_of(doc) for doc in nlp.pipe(texts)]


def gendergaptracker(checkout: Path | None, model: str) -> Peer:
    """GenderGapTracker's English quotes, from a checkout of it, on the spaCy pipeline of that name.

    Raises:
        PeerMissingError: there is no such checkout, or what it imports is not installed.
    """
    if checkout is None:
        raise PeerMissingError("GenderGapTracker: name a checkout of it with GENDERGAPTRACKER=DIR")
    folder = checkout.resolve() / "nlp/english"
    verbs = folder / "rules/quote_verb_list.txt"
    if not verbs.is_file():
        raise PeerMissingError(f"{checkout}: no checkout of GenderGapTracker: it has no nlp/english/rules")
    nlp = _spacy(model)
    with tempfile.TemporaryDirectory() as scratch, chdir(scratch):  # it writes logs where it is
        sys.path.insert(0, str(folder))
        try:
            extractor = _module("quote_extractor").QuoteExtractor(
                {"spacy_lang": nlp, "NLP": {"QUOTE_VERBS": str(verbs), "MAX_BODY_LENGTH": 10**6}}
            )
        finally:
            sys.path.remove(str(folder))

    def found(text: str) -> Iterator[Attribution]:
        shown, place = _as_it_reads(text)
        try:
            quotes = extractor.extract_quotes(nlp(shown))
        except IndexError:  # at a quote that ends the text; it then goes on to the next article, too
            return
        for quote in quotes:
            spans = {"source": quote["speaker_index"], "cue": quote["verb_index"], "content": quote["quote_index"]}
            pairs = {role: tuple(map(int, pair.strip("()").split(","))) for role, pair in spans.items() if pair}
            yield {
                role: [[place(pairs[role][0]), place(pairs[role][1])]] if pairs.get(role, (0, 0)) != (0, 0) else []
                for role in spans
            }

    return lambda texts: [list(found(text)) for text in texts]


def _as_it_reads(text: str) -> tuple[str, Callable[[int], int]]:
    """The text as GenderGapTracker prepares it, and from an offset in that to the offset in `text`.

    It wants straight marks, and a full stop at the end of every line.
    """
    shown, starts, places, at = "", [], [], 0
    for line in text.translate(str.maketrans("“”\xa0", '"" ')).split("\n"):
        starts.append(len(shown))
        places.append(at)
        shown += line + (".\n " if line and not line.endswith(".") else "\n ")
        at += len(line) + 1

    def place(offset: int) -> int:
        line = bisect_right(starts, offset) - 1
        return min(places[line] + offset - starts[line], len(text))

    return shown, place


def _spacy(model: str) -> Any:
    try:
        return _module("spacy").load(model)
    except OSError as error:
        raise PeerMissingError(
            f"no spaCy pipeline {model!r}: install it (python -m spacy download en_core_web_sm, or a package that"
            " carries one) and name it with SPACY_MODEL=NAME"
        ) from error


def _module(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise PeerMissingError(f"{name}: {error}: pip install '.[peers]'") from error


def marked(text: str, found: Sequence[Attribution]) -> list[Marked]:
    """Attributions as the scorer of the seeds wants them; the speaker is the source as written."""
    claims = []
    for attribution in found:
        start, end = attribution["content"][0][0], attribution["content"][-1][1]
        source = " ".join(text[s:e] for s, e in attribution["source"])
        kind = "direct" if _MARKS & set(text[max(0, start - 1) : end + 1]) else "indirect"
        claims.append(
            Marked(
                kind, start, end, text[start:end], (source,) if source else (), "named" if source else "unattributed"
            )
        )
    return claims
