"""Counts how often each pattern fires over articles: ``python -m benchmarks.firings SPLIT``, a split of PolNeAR.

All cues are on. A pattern that finds claims fires where it is the one chosen for a cue; one that says what is no figure
(kind no-figure) fires wherever it matches a number. A pattern that fires less than five times should say in its `why`
for what it stays.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tabulate import tabulate

from audit import figures, quotes, rules
from audit.attributions import attributions
from audit.match import match
from audit.matchers import matcher
from audit.model import Article
from audit.rule import Rules
from benchmarks.polnear import audits
from benchmarks.polnear_corpus import read


def fired(article: Article, loaded: Rules) -> Counter[str]:
    """The ids of the patterns that fire in an article, with how often."""
    stretches = quotes.quoted(article.text, [paragraph.span for paragraph in article.paragraphs]).stretches
    n = Counter(found.pattern for found in attributions(article, loaded, [s for s in stretches if s.depth == 0]))
    vetoes = [matcher(pattern, loaded.lexicons) for pattern in loaded.patterns if pattern.kind == "no-figure"]
    for sentence in article.sentences:
        for _, head in figures.numerals(article, sentence):
            n.update(veto.pattern.id for veto in vetoes if match(veto, sentence, head))
    return n


def main(argv: Sequence[str] | None = None) -> int:
    """Print the patterns, the rarest first."""
    command = argparse.ArgumentParser(prog="python -m benchmarks.firings", description="Count firings of patterns.")
    command.add_argument("split", type=Path, help="a folder with text/ and attributions/")
    command.add_argument("--below", type=int, metavar="N", help="only the patterns that fire less than N times")
    args, rest = command.parse_known_args(argv)
    loaded = rules.load(all_cues=True)
    n: Counter[str] = Counter()
    for article, _ in audits(read(args.split), rest):
        n += fired(article, loaded)
    rows = sorted((n[pattern.id], pattern.id) for pattern in loaded.patterns)
    print(tabulate([row for row in rows if args.below is None or row[0] < args.below], ("fired", "pattern")))
    return 0


if __name__ == "__main__":
    sys.exit(main())
