"""Turns claims into the counts of a sourcing profile: how they are sourced, who speaks, what rests on whom."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from audit.model import Claim, Kind, Sourcing


@dataclass(frozen=True, slots=True)
class Speaker:
    """How many claims of each sort are attributed to one name or description."""

    name: str
    sourcing: Sourcing
    quotes: int  # direct and mixed
    reports: int
    figures: int

    @property
    def all(self) -> int:
        """The number of claims."""
        return self.quotes + self.reports + self.figures


def sourcing(claims: Iterable[Claim]) -> Mapping[Kind, Mapping[Sourcing, int]]:
    """For each kind that occurs, the number of claims of each sourcing."""
    seen = Counter((claim.kind, claim.source.sourcing) for claim in claims)
    counts = {kind: {sort: seen[kind, sort] for sort in get_args(Sourcing)} for kind in get_args(Kind)}
    return {kind: sorts for kind, sorts in counts.items() if any(sorts.values())}


def speakers(claims: Iterable[Claim]) -> Sequence[Speaker]:
    """Those with most claims first, of equals who speaks first; all that are unresolved count as one."""
    spoken: dict[tuple[str, Sourcing], Counter[Kind]] = defaultdict(Counter)
    for claim in claims:
        if claim.source.sourcing != "unattributed":
            known = claim.source.speaker is not None
            spoken[claim.source.speaker or "(unresolved)", claim.source.sourcing if known else "named"][claim.kind] += 1
    found = [
        Speaker(name, sort, kinds["direct"] + kinds["mixed"], kinds["indirect"], kinds["figure"])
        for (name, sort), kinds in spoken.items()
    ]
    return sorted(found, key=lambda speaker: -speaker.all)


def anonymous(claims: Sequence[Claim]) -> Mapping[str, Sequence[int]]:
    """For each anonymous source, the indices of the claims that rest on it alone."""
    resting: dict[str, list[int]] = defaultdict(list)
    for index, claim in enumerate(claims):
        if claim.source.sourcing == "anonymous":
            resting[claim.source.speaker or "(unresolved)"].append(index)
    return resting
