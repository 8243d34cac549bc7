"""Frozen parses of what tests read without the model: the examples of rule files, the cases of tests/cases, the seeds.

    python -m tests.frozen      parse again what has changed

One file a rule or file of cases, tests/parses/<name>.conllu, holding its articles one after the other.
"""

import re
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from audit import conllu, examples, ingest, rules
from audit.errors import InputError
from audit.model import Article, Span
from audit.rule import Check, Pattern

FOLDER = Path(__file__).parent / "parses"
CASES = Path(__file__).parent / "cases"
SEEDS = Path(__file__).parent.parent / "seeds"


@dataclass(frozen=True)
class Parses:
    """The articles, not yet parsed, of one file of parses."""

    name: str
    articles: tuple[Article, ...]

    @property
    def path(self) -> Path:
        return FOLDER / f"{self.name}.conllu"

    def read(self) -> list[Article]:
        """The parsed articles; an InputError when they were parsed from other texts."""
        parts = re.split(r"(?m)^(?=# newdoc )", self.path.read_text(encoding="utf-8"))[1:]
        if len(parts) != len(self.articles):
            raise InputError(f"{self.path}: has {len(parts)} articles, not {len(self.articles)}")
        return [
            replace(conllu.read(part, article.text), declared=article.declared)
            for part, article in zip(parts, self.articles, strict=True)
        ]

    @property
    def stale(self) -> bool:
        """Whether the parses are missing or of other articles."""
        try:
            found = self.read()
        except (OSError, InputError):
            return True
        return list(map(_shape, found)) != list(map(_shape, self.articles))


def _shape(article: Article) -> tuple[str, list[tuple[Span, str]]]:
    """What a parse keeps of an article beside its sentences."""
    return article.name, [(paragraph.span, paragraph.section) for paragraph in article.paragraphs]


def of_rule(rule: Pattern | Check) -> Parses:
    """The examples of a rule."""
    return Parses(rule.id if isinstance(rule, Pattern) else rule.code, tuple(examples.articles(rule)))


def cases(name: str) -> list[dict[str, Any]]:
    """The cases of tests/cases/<name>.toml."""
    listed: list[dict[str, Any]] = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return listed


def of_cases(name: str) -> Parses:
    """The texts of the cases of a file."""
    return Parses(f"cases.{name}", tuple(ingest.article(case["name"], case["text"].strip()) for case in cases(name)))


def of_seeds() -> Parses:
    """The five seed articles."""
    texts = {path.name: path.read_bytes().decode() for path in sorted(SEEDS.glob("*.txt"))}
    return Parses("seeds", tuple(ingest.article(name, text) for name, text in texts.items()))


def everything() -> list[Parses]:
    """All that is frozen."""
    loaded = rules.load(all_cues=True)
    of_rules = [of_rule(rule) for rule in [*loaded.patterns, *loaded.checks]]
    return [*of_rules, *(of_cases(path.stem) for path in sorted(CASES.glob("*.toml"))), of_seeds()]


def main() -> None:
    """Parse what has changed, and drop the parses of what is gone."""
    from audit import parse

    every = everything()
    FOLDER.mkdir(exist_ok=True)
    for file in set(FOLDER.glob("*.conllu")) - {parses.path for parses in every}:
        file.unlink()
    if changed := [parses for parses in every if parses.stale]:
        parser = parse.load()
        for parses in changed:
            parsed = parse.parse(parser, parses.articles)
            parses.path.write_text("".join(map(conllu.write, parsed)), encoding="utf-8")
            print(parses.path)


if __name__ == "__main__":
    main()
