"""Scores who is behind a source, and whether anybody is named, on source phrases of PolNeAR that readers have labelled.

``python -m benchmarks.sources SPLIT`` audits the articles of the train split that gold/anonymity.tsv and
gold/resolution.tsv speak of (they hold offsets and names, no text), and prints

anonymous   of the phrases labelled anonymous, how many are judged so, and the reverse
detail      of the phrases whose sourcing is right: the detail (person, organization, document, explicit, role, group)
resolved    of the pronouns and descriptions that are given a name: how many are given the right one
abstained   how many are given none, and how many of these stand for nobody who is named

A phrase that no claim of the audit has for its source is not judged; the table says how many are.
"""

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tabulate import tabulate

from audit.model import Audit, Source
from benchmarks.pairs import name_key
from benchmarks.polnear import audits
from benchmarks.polnear_corpus import read

_GOLD = Path(__file__).with_name("gold")
_NOBODY = "-"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A source phrase and what readers say of it, by the columns of its file."""

    doc: str
    start: int
    end: int
    labels: Mapping[str, str]


def labelled(path: Path) -> list[Labelled]:
    """The phrases of a file of tab-separated columns: doc, start, end, and labels."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [Labelled(row["doc"], int(row["start"]), int(row["end"]), row) for row in rows]


def judged(phrases: Sequence[Labelled], found: Mapping[str, Audit]) -> Iterator[tuple[Labelled, Source]]:
    """The phrases that the audits have as a source, each with what they make of it."""
    for phrase in phrases:
        sources = [claim.source for claim in found[phrase.doc].claims if claim.source.mention]
        overlapping = [
            source
            for source in sources
            if source.mention and source.mention.start < phrase.end and phrase.start < source.mention.end
        ]
        if overlapping:
            yield phrase, overlapping[0]


def anonymity(pairs: Sequence[tuple[Labelled, Source]]) -> Counter[str]:
    """The counts of the first two rows."""
    n: Counter[str] = Counter()
    for phrase, source in pairs:
        gold, given = phrase.labels["sourcing"], source.sourcing
        n["gold"] += gold == "anonymous"
        n["given"] += given == "anonymous"
        n["right"] += gold == given == "anonymous"
        if gold == given:
            n["sourcing"] += 1
            n["detail"] += phrase.labels["detail"] == source.detail
    return n


def resolution(pairs: Sequence[tuple[Labelled, Source]]) -> Counter[str]:
    """The counts of the last two rows."""
    n: Counter[str] = Counter()
    for phrase, source in pairs:
        answered = _answered(source)
        n["answered" if answered else "abstained"] += 1
        n["right" if answered else "rightly"] += _right(phrase, source)
    return n


def _answered(source: Source) -> bool:
    """Whether somebody is named: "company" for "the company" is no name."""
    name = source.speaker or ""
    return source.sourcing == "named" and name != name.lower() and not source.note


def _right(phrase: Labelled, source: Source) -> bool:
    if names := phrase.labels.get("names"):
        accepted = {name_key(name) for name in names.split("|")}
        return name_key(source.speaker or "") in accepted if _answered(source) else names == _NOBODY
    return (phrase.labels["sourcing"], phrase.labels["detail"]) == (source.sourcing, source.detail)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table, and with --errors what is wrong."""
    command = argparse.ArgumentParser(prog="python -m benchmarks.sources", description="Score the sources of audits.")
    command.add_argument("split", type=Path, help="the train split of PolNeAR, a folder with text/ and attributions/")
    command.add_argument("--errors", action="store_true", help="list every phrase that is judged wrongly")
    args, rest = command.parse_known_args(argv)
    sourced, referring = labelled(_GOLD / "anonymity.tsv"), labelled(_GOLD / "resolution.tsv")
    wanted = {phrase.doc for phrase in (*sourced, *referring)}
    articles = [article for article in read(args.split) if article.name in wanted]
    found = {marked.name: audit for marked, (_, audit) in zip(articles, audits(articles, rest), strict=True)}
    pairs, references = list(judged(sourced, found)), list(judged(referring, found))
    n, m = anonymity(pairs), resolution(references)
    if args.errors:
        texts = {article.name: article.text for article in articles}
        for phrase, source in (*pairs, *references):
            if not _right(phrase, source):
                print(_line(phrase, source, texts[phrase.doc]))
    rows = [
        ("anonymous, precision", n["right"], n["given"]),
        ("anonymous, recall", n["right"], n["gold"]),
        ("sourcing", n["sourcing"], len(pairs)),
        ("detail", n["detail"], n["sourcing"]),
        ("resolved", m["right"], m["answered"]),
        ("abstained", m["rightly"], m["abstained"]),
    ]
    print(tabulate([(*row, row[1] / (row[2] or 1)) for row in rows], ("", "right", "of", "share"), floatfmt=".3f"))
    print(f"\njudged: {len(pairs)} of {len(sourced)} phrases, {len(references)} of {len(referring)} references")
    return 0


def _line(phrase: Labelled, source: Source, text: str) -> str:
    labels = " ".join(value for key, value in phrase.labels.items() if key not in ("doc", "start", "end") and value)
    given = f"{source.sourcing} {source.detail} {source.speaker} {source.note or ''}"
    return f"{phrase.doc} {text[phrase.start : phrase.end]!r}: {labels}; given {given}"


if __name__ == "__main__":
    sys.exit(main())
