"""Rule files into the verdict on their own examples: does each rule find what they mark, and let near misses pass?"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from string import Template

from audit import checks, ingest
from audit.approvalfile import read_approvals
from audit.attributions import attributions
from audit.checks.hit import Hit
from audit.checks.unused_or_bare_suppression import unused_or_bare_suppression
from audit.checks.view import View
from audit.claims import claims
from audit.figures import numerals
from audit.match import match
from audit.matchers import matcher
from audit.model import Article, Declared, Paragraph, Span
from audit.pattern import nearest
from audit.quotes import quoted
from audit.reading import Reading
from audit.rule import OF_APPROVALS, OF_DECLARED, Check, CheckExample, Example, Pattern, Rules
from audit.rulefile import Draft

_DECLARED = re.compile(r"\{([^{}|]+)\|([^{}]*)\}")
_TODAY = date(2026, 1, 1)  # in examples of approvals, which expire
Parse = Callable[[Sequence[Article]], Sequence[Article]]


def articles(rule: Pattern | Check) -> list[Article]:
    """The examples of a rule as articles to parse, named by rule and place: of a pattern, paragraphs of the body."""
    if isinstance(rule, Check):
        read = _declaring if rule.detect == OF_DECLARED else ingest.article
        return [read(f"{rule.code}[{number}]", example.text) for number, example in enumerate(rule.examples)]
    return [
        Article(f"{rule.id}[{number}]", example.text, (Paragraph(Span(0, len(example.text)), "body"),))
        for number, example in enumerate(rule.examples)
    ]


def _declaring(name: str, marked: str) -> Article:
    """The article of a text in which ``{Ann Lee|“Yes.”}`` stands for “Yes.”, words that its file gives to Ann Lee."""
    text, at = "", 0
    declared = []
    for mark in _DECLARED.finditer(marked):
        text += marked[at : mark.start()]
        declared.append(Declared(mark[1], "quote", span=Span(len(text), len(text) + len(mark[2]))))
        text, at = text + mark[2], mark.end()
    return replace(ingest.article(name, text + marked[at:]), declared=tuple(declared))


def verdicts(rule: Pattern | Check, parsed: Sequence[Article], rules: Rules) -> Iterator[tuple[Article, str | None]]:
    """Each parsed example of a rule with what is wrong with it, None when nothing is."""
    if isinstance(rule, Pattern):
        for article, example in zip(parsed, rule.examples, strict=True):
            yield article, _pattern_verdict(rule, example, article, rules)
    else:
        for article, text in zip(parsed, rule.examples, strict=True):
            yield article, _check_verdict(rule, text, article, rules)


def _check_verdict(check: Check, example: CheckExample, article: Article, rules: Rules) -> str | None:
    if check.detect == OF_APPROVALS:
        draft = Draft(check.path, example.text, tomllib.loads(example.text))
        approvals = read_approvals(draft, {one.code for one in rules.checks})
        hits = list(unused_or_bare_suppression(approvals, approvals, _TODAY))
        if draft.errors:
            return "; ".join(draft.errors)
    else:
        # Others may go before it where they report the same place.
        judged_by = replace(rules, checks=(check,)) if example.bad else rules
        reading = Reading(article, judged_by)
        hits = list(View(reading, claims(reading)).hits(checks.DETECTORS[check.detect]))
    if bool(hits) != example.bad:
        return "not reported" if example.bad else "reported, though it is a good example"
    return next((wrong for hit in hits if (wrong := _unfilled(check, hit))), None)


def _unfilled(check: Check, hit: Hit) -> str | None:
    """What is wrong with the message of a check that has blanks for other words than its detector gives."""
    blanks = sorted(set(Template(check.message).get_identifiers()) - hit.words.keys())
    if not blanks:
        return None
    known = ", ".join(f"${name}" for name in sorted(hit.words)) or "none"
    return f"message: nothing fills ${blanks[0]}{nearest(blanks[0], hit.words)}; {check.detect} gives {known}"


def _pattern_verdict(pattern: Pattern, example: Example, article: Article, rules: Rules) -> str | None:
    found = list(_found(pattern, article, rules))
    right = example.spans in found if example.spans else not found
    if example.known_gap:
        return "a known gap that is none any more: drop known_gap" if right else None
    if right:
        return None
    finds = " and ".join(_shown(article, spans) for spans in found) or "nothing"
    return f"finds {finds}; wanted {_shown(article, example.spans) if example.spans else 'nothing'}"


def _found(pattern: Pattern, article: Article, rules: Rules) -> Iterator[dict[str, Span]]:
    """The spans that `pattern` alone finds, by argument."""
    if pattern.trigger == "figure":
        asked = matcher(pattern, rules.lexicons)
        for sentence in article.sentences:
            heads = [head for _, head in numerals(article, sentence)]
            yield from ({"figure": h.span} for h in heads if match(asked, sentence, h))
        return
    alone = replace(rules, patterns=(pattern,))
    stretches = [s for s in quoted(article.text, [p.span for p in article.paragraphs]).stretches if s.depth == 0]
    for found in attributions(article, alone, stretches):
        content = next((s.span for s in stretches if found.covers(s.span)), found.hull)
        spans = {"cue": found.cue, "source": found.source.span if found.source else None, "content": content}
        yield {argument: span for argument, span in spans.items() if span}


def _shown(article: Article, spans: Mapping[str, Span]) -> str:
    return "{" + ", ".join(f"{argument}: {article.slice(span)!r}" for argument, span in spans.items()) + "}"
