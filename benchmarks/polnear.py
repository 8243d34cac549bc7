"""Scores audits against PolNeAR (Newell, Margolin and Ruths, 2018), political news with attributions marked by hand.

``python -m benchmarks.polnear SPLIT`` audits the articles of a split, a folder with ``text/*.txt`` and
``attributions/*.ann``, and prints what is found beside what another program and a second annotator reach.

It is the spans of source, cue and content that are held against those marked, in tokens (runs of letters and digits),
without what the annotators took for no part of the article. Attributions are matched one to one, those first whose
contents share most, and they must share half of the tokens that either has (the Jaccard index). A source is right when
the two share half of the tokens of the longer, or when each holds the other's head: its last token before a comma,
bracket, dash, preposition or relative pronoun.

``--errors CLASS`` lists the errors of a class:

missed     an attribution is marked where none was found
span       the content that was found shares too little with the marked one
source     the content is right and the source is not
spurious   an attribution was found where none is marked
"""

import argparse
import random
import re
import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from tabulate import tabulate

from audit import ingest, parse, pipeline, rules, tree
from audit.cli import arguments, caching
from audit.model import Article, Audit, Claim, Confidence, Sentence, Span, Word
from benchmarks.polnear_corpus import Attribution, Marked, Offsets, read

ErrorClass = Literal["missed", "span", "source", "spurious"]
Tokens = frozenset[int]

_TOKEN = re.compile(r"\w+")
_MARKS = frozenset('"“”„‟«»')
_BREAK = re.compile(r"[,;:()\[\]–—]| - ")
_BREAK_WORDS = frozenset("of for from in at on with to by about including who whom whose which that".split())
_ENOUGH = 0.5  # of the tokens
_BATCH = 8  # articles parsed at once

# On the dev split, by the same measures: GenderGapTracker's extractor (2021, with spaCy), and the second annotator of
# the articles that have two.
_PEERS = {
    "content tokens F1": (68.0, 92.2),
    "attribution F1": (48.8, 81.3),
    "end-to-end F1": (41.1, 73.5),
    "source accuracy": (84.4, 92.3),
    "cue tokens F1": (35.1, 70.0),
    "direct recall": (78.0, 96.0),
    "mixed recall": (56.0, 91.0),
    "indirect recall": (24.0, 77.0),
}


@dataclass(frozen=True, slots=True)
class Error:
    """What is wrong with one attribution, marked or found."""

    article: str
    kind: ErrorClass
    marked: Attribution | None
    found: Attribution | None


def attributions(article: Article, audit: Audit) -> list[tuple[Attribution, Claim]]:
    """What an audit of a parsed article says of quotations and reports, as PolNeAR marks it, each with its first claim.

    Claims of one cue are one attribution, and so is a quotation that goes on without a cue, in the same paragraph or,
    if no mark has closed it, in the next, with the attribution before it. A content takes the "that" before it with it,
    as 99 % of those marked in the train split do; a cue its auxiliaries, adverbs and negation, and the verb that it is
    the object or the infinitive of; the source of a relative clause is its pronoun.
    """
    groups: dict[object, list[Claim]] = {}
    last: tuple[Claim, object] | None = None
    for claim in audit.claims:
        if claim.kind == "figure":
            continue
        key: object = (claim.cue, claim.source.mention) if claim.cue else claim.id
        if last and _goes_on(last[0], claim, article.text):
            key = last[1]
        groups.setdefault(key, []).append(claim)
        last = claim, key
    sentences = {sentence.span.start: sentence for sentence in article.sentences}
    starts = sorted(sentences)
    return [
        (_joined(group, lambda span: sentences[starts[bisect_right(starts, span.start) - 1]]), group[0])
        for group in groups.values()
    ]


def _goes_on(before: Claim, claim: Claim, text: str) -> bool:
    same = before.source.mention is not None and before.source.mention == claim.source.mention
    is_open = text[before.span.end - 1] not in _MARKS  # as the quotation of a paragraph before that of the next
    near = claim.paragraph == before.paragraph or (is_open and claim.paragraph == before.paragraph + 1)
    return claim.cue is None and same and before.kind == "direct" and near


def _joined(claims: Sequence[Claim], sentence_of: Callable[[Span], Sentence]) -> Attribution:
    first = claims[0]
    content = {(part.start, part.end) for claim in claims for part in (*claim.spans, *claim.reported)}
    mention, cue = first.source.mention, first.cue
    if cue:
        sentence = sentence_of(cue)
        head = next(word for word in sentence.words if word.span.start >= cue.start)
        mention = _relative(sentence, head, mention) if mention else None
        cue = _widened(sentence, head, cue)
    return Attribution(
        source=((mention.start, mention.end),) if mention else (),
        cue=((cue.start, cue.end),) if cue else (),
        content=tuple(sorted((_with_that(sentence_of(Span(*part)), part[0]), part[1]) for part in content)),
    )


def _with_that(sentence: Sentence, start: int) -> int:
    """Where a content begins with its conjunction."""
    before = [word for word in sentence.words if word.span.end <= start]
    marks = before and before[-1].lemma == "that" and before[-1].deprel == "mark"
    return before[-1].span.start if marks else start


def _relative(sentence: Sentence, cue: Word, mention: Span) -> Span:
    """The relative pronoun that is the cue's subject instead of what it stands for."""
    verb: Word | None = cue
    while verb is not None and verb.deprel in ("xcomp", "conj", "obj"):
        verb = tree.head(sentence, verb)
    for subject in tree.children(sentence, verb, "nsubj") if verb and verb.deprel == "acl:relcl" else ():
        if subject.xpos in ("WP", "WDT") and mention.end <= subject.span.start:
            return subject.span
    return mention


def _widened(sentence: Sentence, cue: Word, span: Span) -> Span:
    """The cue with what PolNeAR counts in: "has repeatedly said", "does not want to talk about", "made a call for"."""
    first = cue
    above = tree.head(sentence, cue)
    while above is not None and above.index < first.index and _carries(sentence, cue, above):
        first = cue = above
        above = tree.head(sentence, cue)
    start = first.index
    while start > 1:
        before = sentence.words[start - 2]
        if before.head != cue.index or before.deprel not in ("aux", "aux:pass", "cop", "advmod"):
            break
        start -= 1
    return Span(sentence.words[start - 1].span.start, span.end)


def _carries(sentence: Sentence, cue: Word, above: Word) -> bool:
    if cue.upos == "NOUN":
        return cue.deprel == "obj" and cue.index - above.index < 4
    between = sentence.words[above.index : cue.index - 1]
    return cue.deprel == "xcomp" and above.upos == "VERB" and all(w.head == cue.index for w in between)


class _Tokens:
    """An article's tokens: which count, and which stand between quotation marks."""

    def __init__(self, marked: Marked) -> None:
        self.text = marked.text
        self.tokens = [found.span() for found in _TOKEN.finditer(marked.text)]
        self._at = {at: number for number, (start, end) in enumerate(self.tokens) for at in range(start, end)}
        self._none: Tokens = frozenset()
        self._none = self.of(marked.discarded)
        self._quoted = frozenset(self._between_marks())

    def of(self, spans: Sequence[Offsets]) -> Tokens:
        return (
            frozenset(self._at[at] for start, end in spans for at in range(start, end) if at in self._at) - self._none
        )

    def kind(self, spans: Sequence[Offsets], tokens: Tokens) -> str:
        """direct: nine tenths are quoted; indirect: there is no quotation mark; else mixed."""
        if not any(_MARKS & set(self.text[max(0, start - 1) : end + 1]) for start, end in spans):
            return "indirect"
        return "direct" if len(tokens & self._quoted) >= 0.9 * len(tokens) else "mixed"

    def same_source(self, one: Tokens, other: Tokens) -> bool:
        if not one or not other:
            return not one and not other
        if len(one & other) >= _ENOUGH * max(len(one), len(other)):
            return True
        return self._head(one) in other and self._head(other) in one

    def _head(self, tokens: Tokens) -> int:
        ordered = sorted(tokens)
        head, behind = ordered[0], self.tokens[ordered[0]][1]
        for token in ordered[1:]:
            start, end = self.tokens[token]
            if _BREAK.search(self.text[behind:start]) or self.text[start:end].lower() in _BREAK_WORDS:
                break
            head, behind = token, end
        return head

    def _between_marks(self) -> Iterator[int]:
        inside = False
        for at, character in enumerate(self.text):
            if character == "\n":
                inside = False
            elif character in _MARKS:
                inside = character in "“„‟«" or (character == '"' and not inside)
            elif inside and at in self._at:
                yield self._at[at]


def count(marked: Marked, found: Sequence[Attribution]) -> tuple[Counter[str], list[Error], frozenset[Attribution]]:
    """What an article adds to the sums, its errors, and what was found with the right content and source."""
    article = _Tokens(marked)
    n: Counter[str] = Counter()
    errors: list[Error] = []
    gold = [(a, article.of(a.content)) for a in marked.attributions]
    gold = [pair for pair in gold if pair[1]]
    given = [(a, article.of(a.content)) for a in found]
    given = [pair for pair in given if pair[1]]
    for name, parts in (("gold", gold), ("given", given)):
        cues: Tokens = frozenset().union(*(article.of(a.cue) for a, _ in parts))
        contents: Tokens = frozenset().union(*(tokens for _, tokens in parts))
        n[f"{name}"], n[f"{name} cue"], n[f"{name} content"] = len(parts), len(cues), len(contents)
        if name == "gold":
            gold_cues, gold_contents = cues, contents
    n["right cue"], n["right content"] = len(cues & gold_cues), len(contents & gold_contents)
    ranked = sorted(
        (-len(one & other) / len(one | other), i, j)
        for i, (_, one) in enumerate(gold)
        for j, (_, other) in enumerate(given)
        if one & other
    )
    paired: dict[int, int] = {}
    for share, i, j in ranked:
        if -share >= _ENOUGH and i not in paired and j not in paired.values():
            paired[i] = j
    correct: set[Attribution] = set()
    for i, (a, tokens) in enumerate(gold):
        kind = article.kind(a.content, tokens)
        n[f"gold {kind}"] += 1
        if i in paired:
            other = given[paired[i]][0]
            right = article.same_source(article.of(a.source), article.of(other.source))
            n["right"] += 1
            n[f"right {kind}"] += 1
            n["right with source"] += right
            if article.of(a.source):
                n["sourced"] += 1
                n["right source"] += right
            if right:
                correct.add(other)
            else:
                errors.append(Error(marked.name, "source", a, other))
        else:
            near = [given[j][0] for _, k, j in ranked if k == i]
            errors.append(Error(marked.name, "span" if near else "missed", a, near[0] if near else None))
    touched = {j for _, _, j in ranked}
    errors += [Error(marked.name, "spurious", None, a) for j, (a, _) in enumerate(given) if j not in touched]
    return n, errors, frozenset(correct)


def measures(n: Mapping[str, int]) -> dict[str, float]:
    """The table's figures, in percent, from the sums."""

    def share(part: str, whole: str) -> float:
        return 100 * n.get(part, 0) / (n.get(whole, 0) or 1)

    def f1(right: str, kind: str) -> float:
        return 200 * n.get(right, 0) / ((n.get(f"gold{kind}", 0) + n.get(f"given{kind}", 0)) or 1)

    return {
        "content tokens F1": f1("right content", " content"),
        "attribution F1": f1("right", ""),
        "end-to-end F1": f1("right with source", ""),
        "source accuracy": share("right source", "sourced"),
        "cue tokens F1": f1("right cue", " cue"),
        "direct recall": share("right direct", "gold direct"),
        "mixed recall": share("right mixed", "gold mixed"),
        "indirect recall": share("right indirect", "gold indirect"),
    }


def audits(articles: Sequence[Marked], options: Sequence[str] = ()) -> Iterator[tuple[Article, Audit]]:
    """Each article parsed, and its audit with all cues, made as ``quote-audit run`` does with `options`."""
    args = arguments.parser().parse_args(["run", "-", "--all-cues", *options])
    loaded = rules.load(args.rules, all_cues=True)

    def warn(message: str) -> None:
        """That a sentence was cut is no matter here."""

    with caching.opened(args, warn) as cache:
        parser = caching.remembering(lambda: parse.load(args.models, threads=args.threads), cache, args.models)
        for at in range(0, len(articles), _BATCH):
            for article in parser.parse(
                [ingest.article(one.name, one.text) for one in articles[at : at + _BATCH]], warn
            ):
                yield article, pipeline.audit(article, loaded)


def table(reached: Mapping[str, float]) -> str:
    """The measures, ours and others'."""
    rows = [(name, value, *_PEERS[name]) for name, value in reached.items()]
    return tabulate(rows, ("measure", "quote-audit", "GenderGapTracker", "a human"), tablefmt="plain", floatfmt=".1f")


def by_confidence(grades: Mapping[str, int], patterns: bool) -> str:
    """Of what was found, how much is right in content and source: by confidence, and by pattern if asked for."""
    levels = get_args(Confidence)
    grounds = sorted(key for key in grades if not key.startswith("right ") and key not in levels)
    rows = [
        (
            ground,
            grades.get(f"right {ground}", 0),
            grades[ground],
            100 * grades.get(f"right {ground}", 0) / grades[ground],
        )
        for ground in (*levels, *(grounds if patterns else ()))
        if grades.get(ground)
    ]
    return tabulate(rows, ("confidence", "right", "of", "percent"), tablefmt="plain", floatfmt=".1f")


def describe(error: Error, text: str) -> str:
    """The error, with the paragraphs that it is in."""

    def shown(attribution: Attribution | None) -> str:
        if attribution is None:
            return "-"
        parts = (attribution.source, attribution.cue, attribution.content)
        return " | ".join(" … ".join(text[start:end] for start, end in spans) or "-" for spans in parts)

    where = error.marked or error.found
    assert where is not None
    start, end = where.content[0][0], where.content[-1][1]
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    context = text[first : last if last >= 0 else len(text)]
    lines = [f"{error.article}: {error.kind}", f"marked {shown(error.marked)}", f"found  {shown(error.found)}"]
    return "\n  ".join([*lines, f"in     {context}"])


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table, and the errors that are asked for."""
    command = argparse.ArgumentParser(prog="python -m benchmarks.polnear", description="Score audits on PolNeAR.")
    command.add_argument("split", type=Path, help="a folder with text/ and attributions/")
    command.add_argument("--names", type=Path, metavar="FILE", help="only the articles of these names, one a line")
    command.add_argument("--draw", type=int, metavar="N", help="only N articles, drawn at random")
    command.add_argument("--errors", choices=get_args(ErrorClass), help="list the errors of this class")
    command.add_argument("--sample", type=int, metavar="N", help="of the errors, N drawn at random")
    command.add_argument("--seed", type=int, default=1, help="of the draws; default: 1")
    command.add_argument("--patterns", action="store_true", help="also say for each pattern how often it is right")
    args, rest = command.parse_known_args(argv)
    articles = read(args.split)
    if args.names:
        names = set(args.names.read_text("utf-8").split())
        articles = [article for article in articles if article.name in names]
    if args.draw:
        drawn = random.Random(args.seed).sample(articles, min(args.draw, len(articles)))
        articles = sorted(drawn, key=lambda article: article.name)
    n: Counter[str] = Counter()
    errors: list[Error] = []
    grades: Counter[str] = Counter()
    for marked, (article, audit) in zip(articles, audits(articles, rest), strict=True):
        found = attributions(article, audit)
        counts, wrong, right = count(marked, [attribution for attribution, _ in found])
        n += counts
        errors += wrong
        for attribution, claim in found:
            for ground in (claim.confidence, claim.pattern):
                grades[ground] += 1
                grades[f"right {ground}"] += attribution in right
    if args.errors:
        listed = [error for error in errors if error.kind == args.errors]
        if args.sample:
            listed = random.Random(args.seed).sample(listed, min(args.sample, len(listed)))
        texts = {article.name: article.text for article in articles}
        print(*(describe(error, texts[error.article]) for error in listed), "", sep="\n\n")
    print(table(measures(n)), by_confidence(grades, args.patterns), sep="\n\n")
    classes = Counter(error.kind for error in errors)
    print("\nerrors:", ", ".join(f"{kind} {classes[kind]}" for kind in get_args(ErrorClass)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
