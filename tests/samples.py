"""Samples of newsroom files, and what an audit says of them."""

from functools import cache
from pathlib import Path

from audit import parse, pipeline, readers, rules
from audit.model import Article
from audit.readers import Intake

FOLDER = Path(__file__).parent / "samples"

_parser = cache(parse.load)
_rules = cache(rules.load)


def read(path: Path) -> list[Article]:
    """The articles of a sample."""
    return list(readers.read(path.name, path.read_bytes(), Intake()))


def claims(article: Article) -> list[tuple[object, ...]]:
    """What an audit of the article claims: kind, words, cue, speaker, sourcing, detail, value of each."""
    (parsed,) = parse.parse(_parser(), [article])
    found = pipeline.audit(parsed, _rules())
    return [
        (
            claim.kind,
            tuple(article.slice(span) for span in claim.spans),
            claim.cue and article.slice(claim.cue),
            claim.source.speaker,
            claim.source.sourcing,
            claim.source.detail,
            claim.quantity and claim.quantity.value,
        )
        for claim in found.claims
    ]
