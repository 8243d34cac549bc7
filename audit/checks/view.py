"""An article with its claims -> what several checks ask of them, found once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from audit.checks.anonymity import Chain, chains
from audit.checks.frames import sourced
from audit.checks.hit import Hit
from audit.checks.marked import Marked, marked
from audit.checks.reasons import Reason, reasons
from audit.checks.stated import Stated, stated
from audit.model import Article, Claim, Sentence, Word
from audit.names import Cast
from audit.reading import Reading
from audit.rule import Rules


@dataclass(frozen=True, eq=False)
class View:
    """An article as checks see it; each part is made when it is first asked for."""

    reading: Reading
    claims: Sequence[Claim]
    _hits: "dict[Detector, tuple[Hit, ...]]" = field(default_factory=dict, init=False, repr=False)

    @property
    def article(self) -> Article:
        """The parsed article."""
        return self.reading.article

    @property
    def rules(self) -> Rules:
        """What it is judged by."""
        return self.reading.rules

    @property
    def cast(self) -> Cast:
        """The names of the article."""
        return self.reading.cast

    @cached_property
    def marks(self) -> Marked:
        """The quotation marks of the article."""
        return marked(self.reading)

    @cached_property
    def cited(self) -> Mapping[int, list[Claim]]:
        """The claims with a source, by the sentences that they reach into (`frames.sourced`)."""
        return sourced(self.article, self.claims)

    @cached_property
    def chains(self) -> list[Chain]:
        """The anonymous sources of the article."""
        return chains(self.article, self.claims, self.rules)

    @cached_property
    def reasons(self) -> list[list[Reason]]:
        """For each of `chains` the reasons that the article gives for its anonymity."""
        return reasons(self.article, self.claims, self.chains, self.rules)

    @property
    def unexplained(self) -> list[Chain]:
        """The anonymous sources for whose anonymity no sentence of the article gives a reason."""
        return [chain for chain, given in zip(self.chains, self.reasons, strict=True) if not given]

    @cached_property
    def verbs(self) -> list[tuple[Sentence, Word]]:
        """The verbs of the article, each with its sentence."""
        return [
            (sentence, word) for sentence in self.article.sentences for word in sentence.words if word.upos == "VERB"
        ]

    @cached_property
    def stated(self) -> Mapping[int, list[Stated]]:
        """The amounts of each sentence, by its index."""
        return stated(self.article, self.claims)

    def hits(self, detector: "Detector") -> tuple[Hit, ...]:
        """All that a check finds: some ask what others find of the same place."""
        if detector not in self._hits:
            self._hits[detector] = tuple(detector(self))
        return self._hits[detector]


Detector = Callable[[View], Iterator[Hit]]
