"""Claims into findings: the functions that the check files name as ``detect``."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import Template
from types import MappingProxyType

from audit import tree
from audit.model import Article, Claim, Finding, Sentence, Span, Word
from audit.rule import Rules, listed


@dataclass(frozen=True, slots=True)
class Hit:
    """Something to report: where, about which claim, and the words that the message needs."""

    span: Span
    claim: Claim
    words: Mapping[str, str]


Detector = Callable[[Article, Sequence[Claim], Rules], Iterator[Hit]]


def findings(article: Article, claims: Sequence[Claim], rules: Rules) -> tuple[Finding, ...]:
    """What every check of `rules` reports of an article, in text order, then by code."""
    found = []
    for check in rules.checks:
        for hit in DETECTORS[check.detect](article, claims, rules):
            message = Template(check.message).safe_substitute(hit.words)
            found.append(Finding(check.code, check.name, check.severity, hit.span, message, hit.claim.id))
    return tuple(sorted(found, key=lambda finding: (finding.span, finding.code)))


def unattributed_quotes(article: Article, claims: Sequence[Claim], rules: Rules) -> Iterator[Hit]:
    """Direct and mixed quotations that nobody is said to have spoken."""
    for claim in claims:
        if claim.kind in ("direct", "mixed") and claim.source.sourcing == "unattributed":
            yield Hit(claim.span, claim, {"words": _short(article, claim.span)})


def unattributed_figures(article: Article, claims: Sequence[Claim], rules: Rules) -> Iterator[Hit]:
    """Figures without a source in their sentence; that of the sentence before is offered."""
    for claim in claims:
        if claim.kind == "figure" and claim.source.sourcing == "unattributed" and claim.cue is None:
            hint = f" ({claim.carry_over}, as in the sentence before?)" if claim.carry_over else ""
            yield Hit(claim.span, claim, {"words": _short(article, claim.span), "hint": hint})


def unexplained_anonymity(article: Article, claims: Sequence[Claim], rules: Rules) -> Iterator[Hit]:
    """Anonymous sources, once each, when no mention of theirs comes with a reason."""
    chains: dict[str, list[Claim]] = {}
    for claim in claims:
        source = claim.source
        if (
            source.sourcing == "anonymous"
            and source.speaker
            and not source.note
            and _is_somebody(article, claim, rules)
        ):
            chains.setdefault(source.speaker.casefold(), []).append(claim)
    for chain in chains.values():
        if any(_explained(article, claim, rules) for claim in chain):
            continue
        first = chain[0]
        if first.source.mention:
            words = {"words": _short(article, first.source.mention), "claims": _count(len(chain), "claim")}
            yield Hit(first.source.mention, first, words)


def vague_anonymity(article: Article, claims: Sequence[Claim], rules: Rules) -> Iterator[Hit]:
    """Anonymous sources of which the article says no more than "officials" or "a senior source"."""
    seen: set[Span] = set()
    for claim in claims:
        mention = claim.source.mention
        if claim.source.detail not in ("role", "group") or mention is None or mention in seen or claim.source.note:
            continue
        seen.add(mention)
        sentence = _sentence_of(article, mention)
        words = [word for word in sentence.words if mention.holds(word.span)]
        head = _head(words)
        if head is None or head.lemma.lower() not in rules.lexicons["vague-source"]:
            continue
        definite = any(
            w.lemma.lower() in ("the", "this", "that", "these", "those") for w in tree.children(sentence, head, "det")
        )
        described_before = definite and (claim.source.speaker or "").casefold() != _bare(article, words).casefold()
        if not described_before and not _narrowed(sentence, head, rules):
            yield Hit(mention, claim, {"words": _short(article, mention)})


def agentless_reports(article: Article, claims: Sequence[Claim], rules: Rules) -> Iterator[Hit]:
    """Passive reports that hide who reported, once a cue."""
    seen: set[Span] = set()
    for claim in claims:
        if claim.source.detail == "agentless" and claim.pattern in _PASSIVES and claim.cue and claim.cue not in seen:
            seen.add(claim.cue)
            yield Hit(claim.cue, claim, {"words": _clause_start(article, claim.cue)})


_PASSIVES = frozenset({"agentless.it-is-reported", "agentless.is-said-to"})

DETECTORS: Mapping[str, Detector] = MappingProxyType(
    {
        function.__name__: function
        for function in (
            unattributed_quotes,
            unattributed_figures,
            unexplained_anonymity,
            vague_anonymity,
            agentless_reports,
        )
    }
)


def _explained(article: Article, claim: Claim, rules: Rules) -> bool:
    """Whether the sentence of an anonymous source gives a reason for the anonymity: because, due to, for fear of, to
    discuss …"""
    if claim.source.detail != "explicit" or claim.source.mention is None:
        return False
    sentence = _sentence_of(article, claim.source.mention)
    forms = " ".join(word.form.lower() for word in sentence.words)
    return any(f" {reason} " in f" {forms} " for reason in rules.lexicons["reason"])


def _is_somebody(article: Article, claim: Claim, rules: Rules) -> bool:
    """Whether an anonymous source can be people, who alone are granted anonymity: not a document, a policy, a law."""
    if claim.source.detail in ("document", "explicit") or claim.source.mention is None:
        return claim.source.detail == "explicit"
    sentence = _sentence_of(article, claim.source.mention)
    head = _head([word for word in sentence.words if claim.source.mention.holds(word.span)])
    if head is None or head.upos != "NOUN":
        return True
    return any(listed(rules.lexicons[name], head.lemma.lower()) for name in ("role", "human", "leader", "body"))


def _narrowed(sentence: Sentence, head: Word, rules: Rules) -> bool:
    """Whether a modifier tells the source from others; "senior", "familiar with the matter" tell nothing."""
    empty = rules.lexicons["empty-modifier"]
    for below in tree.children(sentence, head, "amod", "compound", "nmod:*", "acl", "acl:relcl", "appos"):
        lemmas = {
            word.lemma.lower()
            for word in tree.subtree(sentence, below)
            if word.upos in ("NOUN", "PROPN", "ADJ", "VERB", "NUM")
        }
        if lemmas - empty:
            return True
    return False


def _sentence_of(article: Article, span: Span) -> Sentence:
    return article.sentences[bisect_right(article.sentences, span.start, key=lambda sentence: sentence.span.start) - 1]


def _head(words: Sequence[Word]) -> Word | None:
    inside = {word.index for word in words}
    return next((word for word in words if word.head not in inside), None)


def _bare(article: Article, words: Sequence[Word]) -> str:
    kept = [word for word in words if word.upos != "DET"]
    return " ".join(article.text[kept[0].span.start : kept[-1].span.end].split()) if kept else ""


def _clause_start(article: Article, cue: Span) -> str:
    """The cue with its subject and auxiliaries: "it is feared"."""
    sentence = _sentence_of(article, cue)
    word = next(word for word in sentence.words if cue.holds(word.span))
    before = [
        w
        for w in tree.children(sentence, word, "expl", "nsubj:pass", "nsubj", "aux", "aux:pass", "cop")
        if w.index < word.index
    ]
    start = (
        before[0].span.start if before and before[0].lemma == "it" else (before[-1].span.start if before else cue.start)
    )
    return " ".join(article.text[start : cue.end].split())


def _short(article: Article, span: Span, most: int = 60) -> str:
    text = " ".join(article.slice(span).split())
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + " …"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
