"""Anonymous sources -> the reasons that the article gives for their anonymity."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit import tree
from audit.checks.anonymity import Chain, Mention
from audit.checks.sentences import sentence_of
from audit.model import Article, Claim, Sentence, Span, Word
from audit.phrases import withholding
from audit.rule import Rules

_ONE = frozenset({"he", "she"})
_SEVERAL = frozenset({"all", "both", "neither", "they"})
_REACH = 8  # mentions before a sentence among which it finds whose anonymity it speaks of


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a source is not named, from the words that open the reason to the next conjunction or mark."""

    span: Span
    stock: bool


def reasons(article: Article, claims: Sequence[Claim], chains: Sequence[Chain], rules: Rules) -> list[list[Reason]]:
    """For each of `chains` the reasons that belong to it, wherever in the article they stand."""
    found: list[list[Reason]] = [[] for _ in chains]
    if not chains:
        return found
    said: dict[Span, list[Span]] = {}
    for claim in claims:
        for span in (*claim.spans, *claim.reported):
            said.setdefault(sentence_of(article, span).span, []).append(span)
    quoted = sorted(span for claim in claims if claim.kind in ("direct", "mixed") for span in claim.spans)
    known = _Known.of(chains)
    withheld: set[Span] = set()
    everyones: list[Reason] = []
    for sentence in article.sentences:
        keeping = [w for w in withholding(sentence, sentence.words, rules.lexicons) if not _inside(w, quoted)]
        if keeping:
            withheld.add(sentence.span)
            given = list(_opened(sentence, _beside(sentence, keeping, said.get(sentence.span, ())), rules))
            if any(word.lemma.lower() == "other" for word in sentence.words):  # "who, like others in this article, …"
                everyones += given
            for at in known.meant(sentence) if given else ():
                found[at] += given
    everyones = sorted(everyones, key=lambda reason: reason.stock)[:1]
    for at, chain in enumerate(chains):
        for mention, claim in zip(chain.mentions, chain.claims, strict=True):
            if mention.sentence.span not in withheld:
                found[at] += _opened(mention.sentence, _around(mention, claim), rules)
        found[at] += everyones
    return found


@dataclass(frozen=True, slots=True)
class _Known:
    """Where the sources of an article are mentioned and what they are called; an integer is a place among them."""

    places: tuple[tuple[Mention, int], ...]  # in text order
    called: dict[str, list[int]]

    @classmethod
    def of(cls, chains: Sequence[Chain]) -> "_Known":
        places = [(mention, at) for at, chain in enumerate(chains) for mention in chain.mentions]
        called: dict[str, list[int]] = {}
        for at, chain in enumerate(chains):
            called.setdefault(chain.first.noun.lemma.lower(), []).append(at)
        return cls(tuple(sorted(places, key=lambda place: place[0].span)), called)

    def meant(self, sentence: Sentence) -> list[int]:
        """Whose anonymity a sentence speaks of: who is mentioned in it, was called by a noun of it, or is "they"."""
        behind = bisect_right(self.places, sentence.span.end, key=lambda place: place[0].span.start)
        near: dict[int, None] = {}
        here: dict[int, None] = {}
        for mention, at in reversed(self.places[max(0, behind - _REACH) : behind]):
            if mention.sentence.span == sentence.span:
                here[at] = None
            elif mention.sentence.paragraph >= sentence.paragraph - 1:
                near[at] = None
        lemmas = {word.lemma.lower() for word in sentence.words}
        alike = [at for lemma in lemmas for at in self.called.get(lemma, [])[-_REACH:]]
        if here or alike:
            return list(here) or alike
        if lemmas & _SEVERAL:
            return list(near)
        return list(near)[:1] if lemmas & _ONE else []


def _inside(word: Word, spans: Sequence[Span]) -> bool:
    at = bisect_right(spans, word.span.start, key=lambda span: span.start) - 1
    return at >= 0 and spans[at].holds(word.span)


def _beside(sentence: Sentence, keeping: Sequence[Word], said: Sequence[Span]) -> list[Word]:
    """The words of a sentence that keeps an identity back that are not what its source says, and those from there to
    the next comma, wherever the parser put them."""
    first = keeping[0].index
    end = next((w.index for w in sentence.words if w.index > first and w.form in (",", ";")), len(sentence.words))
    return [
        word for word in sentence.words if not any(span.holds(word.span) for span in said) or first <= word.index <= end
    ]


def _around(mention: Mention, claim: Claim) -> list[Word]:
    """The words that say more of the source of a claim, or of how it spoke, and are not what it said."""
    sentence = mention.sentence
    words = tree.subtree(sentence, mention.head)
    cue = next((word for word in sentence.words if claim.cue and claim.cue.holds(word.span)), None)
    for below in tree.children(sentence, cue, "advcl", "obl") if cue else ():
        words += tree.subtree(sentence, below)
    said = (*claim.spans, *claim.reported)
    kept = {word.index: word for word in words if not any(span.overlaps(word.span) for span in said)}
    return [kept[index] for index in sorted(kept)]


def _opened(sentence: Sentence, words: Sequence[Word], rules: Rules) -> Iterator[Reason]:
    """The reasons that begin at one of `words`."""
    allowed = {word.index for word in words}
    last = 0
    for word in words:
        if word.index <= last:
            continue
        forms = [w.form.lower() for w in sentence.words[word.index - 1 : word.index + 5]]
        if not any(" ".join(forms[:length]) in rules.lexicons["reason"] for length in range(1, 5)):
            continue
        clause = [word]
        for following in sentence.words[word.index :]:
            if following.upos in ("PUNCT", "CCONJ") or following.index not in allowed:
                break
            clause.append(following)
        text = f" {' '.join(w.form.lower() for w in clause)} "
        last = clause[-1].index
        stock = any(f" {formula} " in text for formula in rules.lexicons["stock-reason"])
        yield Reason(tree.hull(clause), stock)
