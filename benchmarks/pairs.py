"""Pairs the claims of an audit with those of the gold that they stand for."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Group = Literal["quote", "indirect", "figure"]
GROUPS: tuple[Group, ...] = ("quote", "indirect", "figure")
GROUP: dict[str, Group] = {"direct": "quote", "mixed": "quote", "indirect": "indirect", "figure": "figure"}

NUMBER_WORDS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands "
    "million millions billion billions trillion trillions dozen dozens half quarter third fifth scores several".split()
)
TITLES = frozenset("mr mrs ms miss dr prof sir dame lord lady the a an".split())


@dataclass(frozen=True, slots=True)
class Marked:
    """A claim as the gold or an audit has it; `speakers` are the accepted names, or the one that was found."""

    kind: str
    start: int
    end: int
    text: str
    speakers: tuple[str, ...]
    sourcing: str
    optional: bool = False

    @property
    def group(self) -> Group:
        return GROUP[self.kind]

    @property
    def flagged(self) -> bool:
        """Whether an editor must look at it."""
        return self.sourcing != "named"

    def holds(self, other: "Marked") -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


def pair_up(gold: Sequence[Marked], given: Sequence[Marked]) -> list[tuple[Marked, Marked]]:
    """One-to-one pairs of claims of one group, the best overlap first; at a tie, required gold before optional."""
    ranked = sorted(
        (-overlap(wanted, found), wanted.optional, g, f)
        for g, wanted in enumerate(gold)
        for f, found in enumerate(given)
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for score, _, g, f in ranked:
        if score < 0 and g not in pairs and f not in taken:
            pairs[g] = f
            taken.add(f)
    return [(gold[g], given[f]) for g, f in pairs.items()]


def overlap(gold: Marked, given: Marked) -> float:
    """How much two claims of one group cover each other, 0 to 1; 0 when they are not the same claim."""
    shared = min(gold.end, given.end) - max(gold.start, given.start)
    if shared <= 0:
        return 0.0
    characters = shared / (max(gold.end, given.end) - min(gold.start, given.start))
    match gold.group:
        case "quote":
            return characters if characters >= 0.7 else 0.0
        case "figure":
            return characters if _numbers(gold.text) & _numbers(given.text) else 0.0
        case "indirect":
            ours, theirs = set(_words(gold.text)), set(_words(given.text))
            words = len(ours & theirs) / (len(ours | theirs) or 1)
            return words if words >= 0.5 and characters >= 0.35 else 0.0


def same_speaker(gold: Marked, given: Marked) -> bool:
    """Whether the speaker is one that the gold accepts, or both say that there is none."""
    if gold.sourcing == "unattributed":
        return given.sourcing == "unattributed"
    accepted = {name_key(name) for name in gold.speakers}
    return any(key in accepted for name in given.speakers if (key := name_key(name)))


def name_key(name: str) -> tuple[str, ...]:
    """What two spellings of a name share.

    >>> name_key("President Erdoğan’s") == name_key("president Erdogan")
    True
    >>> name_key("The U.N.") == name_key("UN")
    True
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    plain = re.sub(r"'s\b", "", plain.casefold().replace("’", "'").replace(".", ""))
    return tuple(word for word in re.findall(r"\w+", plain) if word not in TITLES)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _numbers(text: str) -> set[str]:
    return set(re.findall(r"\d[\d.,]*\d|\d", text)) | (NUMBER_WORDS & set(_words(text)))
