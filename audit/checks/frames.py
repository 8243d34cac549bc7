"""Claims -> those that have a source, by the sentences that they reach into."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from audit.checks.sentences import index_of
from audit.model import Article, Claim, Span


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
    return dict(found)
