"""Scores audited claims against the gold, the claims that readers have marked by hand.

``python -m benchmarks.score`` audits the articles of seeds/ and prints

    measure      value    precision    recall    right    given    gold
    claim        0.446        0.398     0.506       45      113      89
    quote        0.522        0.387     0.800       12       31      15
    indirect     0.817        0.784     0.853       29       37      34
    figure       0.682        0.644     0.725       29       45      40
    kind         1.000                              12               12
    speaker      0.654                              34               52
    sourcing     0.871                              61               70
    flags        0.495        0.407     0.632       24       59      38

``value`` is F1 where claims are found or missed (``given`` by the audit, ``gold`` in the gold, ``right`` in both), and
the share that is right where the matched claims are judged:

claim     right in span, speaker and sourcing together: the headline figure
quote     direct and mixed quotes; the spans share 0.7 of the characters that either covers
indirect  reports; the texts share half of the words that either has, and 0.35 of the characters
figure    figures; the spans overlap and share a number
kind      of the matched quotes: direct or mixed, as in the gold
speaker   of the matched claims with a source in the gold: the speaker is a name that the gold accepts, case, accents,
          punctuation, articles and honorifics aside
sourcing  of the matched claims: named, anonymous or unattributed, as in the gold
flags     the claims that an editor must look at: anonymous and unattributed ones

Optional claims of the gold are neither rewarded nor punished, nor is a report found around a quote of the gold.
"""

import argparse
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

from tabulate import tabulate

from audit import cli
from benchmarks import floors
from benchmarks.pairs import GROUPS, Group, Marked, pair_up, same_speaker

Claims = Mapping[str, Sequence[Marked]]
"""The claims of each article, by the stem of its name."""


@dataclass(frozen=True, slots=True)
class Measure:
    """How many are `right` of the `gold` ones and of the `given` ones; a share has no `given`."""

    right: int
    gold: int
    given: int | None = None

    @property
    def precision(self) -> float:
        if self.given:
            return self.right / self.given
        return 0.0 if self.gold else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 1.0

    @property
    def value(self) -> float:
        """F1, or the share that is right, 0 to 1."""
        if self.given is None:
            return self.right / self.gold if self.gold else 0.0
        return 2 * self.right / (self.given + self.gold) if self.given + self.gold else 1.0


@dataclass(slots=True)
class Tally:
    """Counts by measure as the articles are gone through, and a line for each error."""

    right: Counter[str] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def measures(self) -> dict[str, Measure]:
        """By name, the headline figure first."""
        found = {name: Measure(self.right[name], self.gold[name], self.given[name]) for name in ("claim", *GROUPS)}
        judged = {name: Measure(self.right[name], self.gold[name]) for name in ("kind", "speaker", "sourcing")}
        return found | judged | {"flags": Measure(self.right["flags"], self.gold["flags"], self.given["flags"])}


def score(gold: Claims, given: Claims) -> Tally:
    """The tally over the articles that have gold."""
    tally = Tally()
    for article, wanted in gold.items():
        quotes = [claim for claim in wanted if claim.group == "quote"]
        for group in GROUPS:
            pairs = pair_up(
                [claim for claim in wanted if claim.group == group],
                found := [claim for claim in given.get(article, ()) if claim.group == group],
            )
            matched = {id(claim) for pair in pairs for claim in pair}
            for claim in found:
                around_quote = group == "indirect" and any(claim.holds(quote) for quote in quotes)
                if id(claim) not in matched and not around_quote:
                    _count_given(tally, group, claim)
                    tally.errors.append(f"{article}: spurious {_describe(claim)}")
            for claim in wanted:
                if claim.group == group and not claim.optional:
                    _count_gold(tally, group, claim)
                    if id(claim) not in matched:
                        tally.errors.append(f"{article}: missed {_describe(claim)}")
            for right, claim in pairs:
                if not right.optional and not _judge(tally, group, right, claim):
                    wanted_source = " ".join([right.sourcing, *right.speakers[:1]])
                    tally.errors.append(f"{article}: wrong {_describe(claim)}, not {wanted_source}")
    return tally


def _count_given(tally: Tally, group: Group, claim: Marked) -> None:
    tally.given.update(["claim", group])
    tally.given["flags"] += claim.flagged


def _count_gold(tally: Tally, group: Group, claim: Marked) -> None:
    tally.gold.update(["claim", group])
    tally.gold["flags"] += claim.flagged


def _judge(tally: Tally, group: Group, gold: Marked, given: Marked) -> bool:
    """Count a matched claim; whether its speaker and sourcing are right."""
    _count_given(tally, group, given)
    tally.right[group] += 1
    sourcing = gold.sourcing == given.sourcing
    speaker = same_speaker(gold, given)
    tally.right["claim"] += sourcing and speaker
    tally.right["flags"] += sourcing and gold.flagged
    tally.gold["sourcing"] += 1
    tally.right["sourcing"] += sourcing
    if group == "quote":
        tally.gold["kind"] += 1
        tally.right["kind"] += gold.kind == given.kind
    if gold.sourcing != "unattributed":
        tally.gold["speaker"] += 1
        tally.right["speaker"] += speaker
    return sourcing and speaker


def _describe(claim: Marked) -> str:
    text = claim.text if len(claim.text) <= 60 else f"{claim.text[:59]}…"
    return f"{claim.kind} {claim.start}-{claim.end} {text!r}: " + " ".join([claim.sourcing, *claim.speakers[:1]])


def read_gold(folder: Path) -> dict[str, list[Marked]]:
    """The gold of each article: one file of JSON lines an article."""
    return {path.stem: [_gold_claim(row) for row in _rows(path)] for path in sorted(folder.glob("*.jsonl"))}


def _gold_claim(row: dict[str, Any]) -> Marked:
    start, end = row["span"]
    return Marked(row["kind"], start, end, row["text"], tuple(row["speaker"]), row["sourcing"], row["optional"])


def read_audited(path: Path) -> dict[str, list[Marked]]:
    """The claims of each article, from what ``quote-audit run --format jsonl`` has written."""
    claims = defaultdict(list)
    for row in _rows(path):
        speakers = (row["speaker"],) if row["speaker"] else ()
        claim = Marked(row["kind"], row["start"], row["end"], row["text"], speakers, row["sourcing"])
        claims[PurePath(row["doc"]).name.removesuffix(".txt")].append(claim)
    return claims


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def score_articles(folder: Path) -> Tally:
    """Audit the articles of a folder and score them against its subfolder gold/.

    Raises `RuntimeError` when an article could not be audited.
    """
    with tempfile.TemporaryDirectory() as scratch:
        audited = Path(scratch, "claims.jsonl")
        if code := cli.main(["run", str(folder), "--format", "jsonl", "-o", str(audited)]):
            raise RuntimeError(f"quote-audit run {folder} ended with exit code {code}")
        return score(read_gold(folder / "gold"), read_audited(audited))


def table(measures: Mapping[str, Measure]) -> str:
    """The table that the module's docstring shows."""
    rows = [
        (name, m.value, *((None, None) if m.given is None else (m.precision, m.recall)), m.right, m.given, m.gold)
        for name, m in measures.items()
    ]
    heads = ("measure", "value", "precision", "recall", "right", "given", "gold")
    return tabulate(rows, heads, tablefmt="plain", floatfmt=".3f")


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; 1 when a floor would have to be lowered."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.score", description="Score the audit of seeds/.")
    parser.add_argument("--errors", action="store_true", help="list every miss, spurious claim and wrong source")
    parser.add_argument("--raise-floors", action="store_true", help="pin the values reached as the new floors")
    options = parser.parse_args(argv)
    tally = score_articles(floors.ROOT / "seeds")
    measures = tally.measures()
    if options.errors:
        print(*tally.errors, "", sep="\n")
    print(table(measures))
    if not options.raise_floors:
        return 0
    try:
        print(*floors.raise_floors({name: measure.value for name, measure in measures.items()}), sep="\n")
    except floors.FloorError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
