"""Claims -> those that have a source, by the sentences that they reach into."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence

from audit.model import Article, Claim, Span


def index_of(article: Article, offset: int) -> int:
    """The index of the sentence in which `offset` lies, or of the last one before it."""
    return max(bisect_right(article.sentences, offset, key=lambda sentence: sentence.span.start) - 1, 0)


def sourced(article: Article, claims: Sequence[Claim]) -> Mapping[int, list[Claim]]:
    """The claims with a source by the indices of the sentences in which they, their cue or their source stand."""
    found: defaultdict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.source.sourcing != "unattributed":
            parts: list[Span] = [claim.span, *(part for part in (claim.cue, claim.source.mention) if part)]
            reached = {
                index
                for part in parts
                for index in range(index_of(article, part.start), index_of(article, part.end - 1) + 1)
            }
            for index in sorted(reached):
                found[index].append(claim)
    return found
