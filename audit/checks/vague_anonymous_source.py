"""A004."""

from collections.abc import Iterator, Sequence

from audit import tree
from audit.checks.anonymity import bare, narrowed
from audit.checks.hit import Hit
from audit.checks.sentences import head_of, words_of
from audit.checks.wording import short
from audit.model import Article, Claim, Span
from audit.rule import Rules


def vague_anonymous_source(article: Article, claims: Sequence[Claim], rules: Rules) -> Iterator[Hit]:
    """Anonymous sources of which the article says no more than "officials" or "a senior source"."""
    seen: set[Span] = set()
    for claim in claims:
        mention = claim.source.mention
        if claim.source.detail not in ("role", "group") or mention is None or mention in seen or claim.source.note:
            continue
        seen.add(mention)
        sentence, words = words_of(article, mention)
        head = head_of(words)
        if head is None or head.lemma.lower() not in rules.lexicons["vague-source"]:
            continue
        definite = any(
            w.lemma.lower() in ("the", "this", "that", "these", "those") for w in tree.children(sentence, head, "det")
        )
        described_before = definite and (claim.source.speaker or "").casefold() != bare(article, words).casefold()
        if not described_before and not narrowed(sentence, head, rules):
            yield Hit(mention, claim, {"words": short(article, mention)})
