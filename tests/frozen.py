"""Frozen parses of the examples of rule files: written with the model, read without it.

    python -m tests.frozen      parse again what has changed

One file a rule, tests/parses/<id or code>.conllu, holding its examples one after the other.
"""

import re
from pathlib import Path

from audit import conllu, examples, rules
from audit.model import Article
from audit.rule import Check, Pattern

FOLDER = Path(__file__).parent / "parses"


def path(rule: Pattern | Check) -> Path:
    """The file that holds the parses of a rule's examples."""
    return FOLDER / f"{rule.id if isinstance(rule, Pattern) else rule.code}.conllu"


def read(rule: Pattern | Check) -> list[Article]:
    """The parsed examples of a rule."""
    wanted = examples.articles(rule)
    parts = re.split(r"(?m)^(?=# newdoc )", path(rule).read_text(encoding="utf-8"))[1:]
    return [conllu.read(part, article.text) for part, article in zip(parts, wanted, strict=True)]


def stale(rule: Pattern | Check) -> bool:
    """Whether the parses are missing or of other examples."""
    try:
        return [article.name for article in read(rule)] != [article.name for article in examples.articles(rule)]
    except (OSError, ValueError, rules.RuleError, conllu.InputError):
        return True


def main() -> None:
    """Parse the examples that have changed, and drop the parses of rules that are gone."""
    from audit import parse

    loaded = rules.load()
    every = [*loaded.patterns, *loaded.checks]
    FOLDER.mkdir(exist_ok=True)
    for file in FOLDER.glob("*.conllu"):
        if file not in map(path, every):
            file.unlink()
    if changed := [rule for rule in every if stale(rule)]:
        parser = parse.load()
        for rule in changed:
            parsed = parse.parse(parser, examples.articles(rule))
            path(rule).write_text("".join(map(conllu.write, parsed)), encoding="utf-8")
            print(path(rule))


if __name__ == "__main__":
    main()
