"""What holds for the audit of any article, however it is parsed."""

from dataclasses import replace
from itertools import pairwise
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from audit import conllu, rules
from audit.model import Article, Audit, Span
from audit.pipeline import audit
from tests import frozen, strategies

RULES = rules.load(all_cues=True)
PATTERNS = {pattern.id for pattern in RULES.patterns}
EXAMPLES = [
    article for rule in (*RULES.patterns, *RULES.checks) for article in frozen.of_rule(rule).read() if article.sentences
]

articles = strategies.articles() | strategies.collages(EXAMPLES)
WITHOUT_CLAIM = {"H001", "Q005", "Q007"}  # checks of what is no claim: a mark, words that nobody said
OF_WORDS = {"F004", "V001", "V002", "V003", "V006", "V007"}  # and those of words that a claim may stand around, or not
unhurried = settings(max_examples=60)


def is_printed(article: Article, span: Span) -> bool:
    """Whether a span lies in the text, and on more than white space, with none at its ends."""
    return 0 <= span.start < span.end <= len(article.text) and article.slice(span).strip() == article.slice(span)


@unhurried
@given(articles)
def test_claims_and_findings_keep_their_promises(article: Article) -> None:
    audited = audit(article, RULES)
    for claim in audited.claims:
        place = article.paragraphs[claim.paragraph].span
        assert all(place.holds(span) and is_printed(article, span) for span in claim.spans)
        assert all(one.end <= other.start for one, other in pairwise(claim.spans))
        assert claim.span == Span(claim.spans[0].start, claim.spans[-1].end)
        assert all(is_printed(article, span) for span in (claim.cue, claim.source.mention) if span)
        assert claim.quantity is None or claim.kind == "figure"
        assert (claim.carry_over is not None) == (claim.source.detail == "carry-over")
        assert claim.source.mention is None or claim.source.sourcing != "unattributed"
        assert claim.pattern in PATTERNS or claim.pattern.startswith(("quotes.", "figures."))
    for finding in audited.findings:
        assert is_printed(article, finding.span)
        ids = {claim.id for claim in audited.claims}
        about = {None} if finding.code in WITHOUT_CLAIM else ids | {None} if finding.code in OF_WORDS else ids
        assert finding.claim in about
        assert "$" not in finding.message or "$" in article.text  # every blank of the message is filled in


@unhurried
@given(articles)
def test_claims_and_findings_stand_in_text_order_each_once(article: Article) -> None:
    audited = audit(article, RULES)
    starts = [claim.span.start for claim in audited.claims]
    assert starts == sorted(starts)
    assert len({claim.id for claim in audited.claims}) == len(audited.claims)
    assert list(audited.findings) == sorted(audited.findings, key=lambda finding: (finding.span, finding.code))
    assert len(set(audited.findings)) == len(audited.findings)


@unhurried
@given(articles)
def test_the_same_article_gives_the_same_audit(article: Article) -> None:
    again = conllu.read(conllu.write(article), article.text)
    assert audit(again, RULES) == audit(article, RULES)


@unhurried
@given(articles, st.randoms(use_true_random=False))
def test_the_order_of_checks_and_of_patterns_of_one_priority_does_not_matter(article: Article, random: Random) -> None:
    patterns, checks = list(RULES.patterns), list(RULES.checks)
    random.shuffle(patterns)
    random.shuffle(checks)
    patterns.sort(key=lambda pattern: -pattern.priority)
    shuffled = replace(RULES, patterns=tuple(patterns), checks=tuple(checks))
    assert audit(article, shuffled) == audit(article, RULES)


@unhurried
@given(articles)
def test_unparsed_articles_have_no_claims(article: Article) -> None:
    bare = replace(article, sentences=())
    audited = audit(bare, RULES)
    assert audited == Audit(bare, (), audited.findings)
    assert {finding.code for finding in audited.findings} <= WITHOUT_CLAIM
