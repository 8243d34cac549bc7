"""Scores audits on newswire articles of five continents, in which readers have marked every claim.

``python -m benchmarks.newswire CORPUS`` audits 128 articles of the English Worldwide Newswire corpus (Shan and others,
2023, https://arxiv.org/abs/2404.13465), a folder with ``processed_annotated/*.tsv``, and prints the measures of
`benchmarks.score` twice: for the 104 articles whose errors the rules' authors have read, and for the 24 kept apart,
whose errors nobody reads. What readers marked is in gold/newswire.tsv, as offsets and names without any text; they had
the guide and five finished articles, and did not know the program.

``--errors`` lists the errors of the first set.
"""

import argparse
import csv
import hashlib
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from audit import ingest, parse, pipeline, rules
from audit.model import Audit
from benchmarks.pairs import Marked
from benchmarks.score import Claims, score, table

GOLD = Path(__file__).with_name("gold") / "newswire.tsv"
ARTICLES = Path(__file__).with_name("gold") / "newswire-articles.tsv"
_SETS = {"read": "the 104 articles whose errors were read", "apart": "the 24 whose errors were not"}

_OPENING = frozenset("“‘([$#")
_CLOSING = re.compile(r"[.,;:!?%)\]”’…]+|['’]s|n['’]t|['’](?:re|ve|ll|d|m)")
_SPLIT_SUFFIX = re.compile(r"(?<=\w)’ (s|t|re|ve|ll|d|m)\b")
_SPLIT_DOLLAR = re.compile(r"\b(US|HK|NT|A|NZ|C|N) \$")


def text(rows: Iterable[str]) -> str:
    """An article as plain text from its rows, a token and its tag each: paragraphs stand between blank rows.

    >>> text(["He\\tO", "said\\tO", '"\\tO', "no\\tO", '"\\tO', ".\\tO", "", "Yes\\tO"])
    'He said "no".\\n\\nYes\\n'
    """
    paragraphs: list[list[str]] = [[]]
    for row in rows:
        token = row.rstrip("\r\n").split("\t")[0]
        if token:
            paragraphs[-1].append(token)
        elif paragraphs[-1] and not row.strip():
            paragraphs.append([])
    return "\n\n".join(_joined(tokens) for tokens in paragraphs if tokens and not tokens[0].startswith("http")) + "\n"


def _joined(tokens: Sequence[str]) -> str:
    line, is_open = "", False
    for token in tokens:
        if token in ('"', "``", "''"):
            line = line.rstrip() + '" ' if is_open else line + '"'
            is_open = not is_open
        elif token in _OPENING:
            line += token
        else:
            line = (line.rstrip() if _CLOSING.fullmatch(token) else line) + token + " "
    line = re.sub(r"(?<=\w)\s+-\s+(?=\w)", "-", line)
    return _SPLIT_DOLLAR.sub(r"\1$", _SPLIT_SUFFIX.sub(r"’\1", line)).strip()


def read(corpus: Path) -> dict[str, dict[str, str]]:
    """The marked articles' texts, by set and name.

    Raises `RuntimeError` when an article is not the one that was marked.
    """
    texts: dict[str, dict[str, str]] = {one: {} for one in _SETS}
    for row in _table(ARTICLES):
        path = corpus / "processed_annotated" / f"{row['article']}.txt.tsv"
        found = text(path.read_text(encoding="utf-8").split("\n"))
        if hashlib.sha256(found.encode()).hexdigest() != row["sha256"]:
            raise RuntimeError(f"{path}: not the article that was marked")
        texts[row["set"]][row["article"]] = found
    return texts


def gold(texts: dict[str, str]) -> Claims:
    """The claims marked in those articles."""
    claims: dict[str, list[Marked]] = {name: [] for name in texts}
    for row in _table(GOLD):
        if row["article"] in texts:
            start, end = int(row["start"]), int(row["end"])
            words = texts[row["article"]][start:end]
            speakers = tuple(row["speakers"].split("|")) if row["speakers"] else ()
            claim = Marked(row["kind"], start, end, words, speakers, row["sourcing"], row["optional"] == "yes")
            claims[row["article"]].append(claim)
    return claims


def _table(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def _audited(texts: dict[str, str]) -> Claims:
    parser, loaded = parse.load(), rules.load()
    found: dict[str, list[Marked]] = defaultdict(list)
    for article in parse.parse(parser, [ingest.article(name, words) for name, words in texts.items()]):
        found[article.name] = list(_claims(texts[article.name], pipeline.audit(article, loaded)))
    return found


def _claims(words: str, audit: Audit) -> Iterator[Marked]:
    for claim in audit.claims:
        start, end = claim.span.start, claim.span.end
        speakers = (claim.source.speaker,) if claim.source.speaker else ()
        yield Marked(claim.kind, start, end, words[start:end], speakers, claim.source.sourcing)


def main(argv: Sequence[str] | None = None) -> int:
    """Print both tables, and the errors that are asked for."""
    command = argparse.ArgumentParser(prog="python -m benchmarks.newswire", description="Score audits on newswire.")
    command.add_argument("corpus", type=Path, help="a folder with processed_annotated/")
    command.add_argument("--errors", action="store_true", help="list the errors of the articles that may be read")
    args = command.parse_args(argv)
    for one, texts in read(args.corpus).items():
        tally = score(gold(texts), _audited(texts))
        if args.errors and one == "read":
            print(*tally.errors, "", sep="\n")
        print(f"{_SETS[one]}:\n{table(tally.measures())}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
