"""Claims -> the anonymous sources behind them, and what the article says of each.

Only descriptions are compared with descriptions. That an unnamed source may be somebody who is named elsewhere is
never asked: it would help to unmask them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from audit import tree
from audit.checks.sentences import CONTENT, DISPLAY, POINTING, head_of, words_of
from audit.model import Article, Claim, Sentence, Span, Word
from audit.phrases import PLURAL, withholding
from audit.rule import Rules, listed

_TAKEN_UP = POINTING | {"both"}
_FEW = frozenset("a an another multiple one several some various third two three four five".split())
_MANY = frozenset("all any each every few half hundred many more most much no none percent thousand".split())
_AMOUNTS = frozenset({"couple", "handful", "number", "pair"})
_HEARERS = frozenset({"agency", "journalist", "newspaper", "paper", "reporter"})
_REACH = 5  # sources of one noun among which "the official" finds the one that it takes up


@dataclass(frozen=True, slots=True)
class Mention:
    """An anonymous source as it stands in a sentence; `noun` is "officials" in "two of the officials", too."""

    span: Span
    sentence: Sentence
    head: Word
    noun: Word

    @property
    def determiners(self) -> frozenset[str]:
        """Articles, demonstratives and numbers before the head, as lemmas, and the head where it is one of them."""
        found = tree.children(self.sentence, self.head, "det", "det:predet", "nummod", "amod")
        small = {word.lemma.lower() for word in found} & (_TAKEN_UP | _FEW | _MANY)
        return frozenset(small | ({self.head.lemma.lower()} if self.head != self.noun else set()))

    @property
    def definite(self) -> bool:
        """Whether it takes up what was mentioned before: "the official", not "one of the officials"."""
        return self.head == self.noun and bool(self.determiners & _TAKEN_UP)

    @property
    def plural(self) -> bool:
        """Whether it stands for several people: "sources", "two of the officials", not "one of the officials"."""
        return self.noun.xpos in PLURAL and not (self.head != self.noun and self.determiners & {"one", "another"})


@dataclass(frozen=True, slots=True)
class Chain:
    """One anonymous source of an article, first mention first: "diplomatic sources … the sources … they"."""

    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]  # one for each of `mentions`
    shown: tuple[Claim, ...]  # those of headlines, which come before

    @property
    def first(self) -> Mention:
        """The mention that introduces it."""
        return self.mentions[0]


def attributed(claim: Claim) -> bool:
    """Whether a source is given for a claim."""
    return claim.source.sourcing != "unattributed"


def mention_of(article: Article, span: Span) -> Mention | None:
    """The mention at `span`, None when no word of the article is inside it."""
    sentence, words = words_of(article, span)
    head = head_of(words)
    if head is None:
        return None
    noun = head
    if head.upos in ("DET", "NUM", "PRON", "ADJ") or head.lemma.lower() in _AMOUNTS:
        noun = next((w for w in tree.children(sentence, head, "nmod", "obl") if w.upos in ("NOUN", "PROPN")), head)
    return Mention(span, sentence, head, noun)


def chains(article: Article, claims: Sequence[Claim], rules: Rules, *, thoughts: bool = False) -> list[Chain]:
    """The anonymous sources of an article who are people that told the newsroom something, in text order.

    With `thoughts` also those of whom it says what they think.

    A crowd or a camp (voters, critics, Democrats, "many people") asks for no anonymity and is none, nor is a document.
    Mentions in headlines go with the first of the same noun in the text below them.
    """
    found: dict[str, tuple[list[Mention], list[Claim]]] = {}
    called: dict[str, list[str]] = {}  # the keys of `found` by the noun that introduced each
    shown: list[tuple[Mention, Claim]] = []
    for claim in claims:
        source = claim.source
        if source.sourcing != "anonymous" or source.detail == "document" or not source.mention or not source.speaker:
            continue
        mention = mention_of(article, source.mention)
        if mention is None or source.note:
            continue
        if article.paragraphs[claim.paragraph].section in DISPLAY:
            shown.append((mention, claim))
            continue
        alike = called.setdefault(mention.noun.lemma, [])
        earlier = (key for key in reversed(alike[-_REACH:]) if _takes_up(mention, found[key][0][0]))
        key = next(earlier, source.speaker.casefold())
        if key in found and found[key][0][0].plural and mention.head.lemma.lower() in ("he", "she"):
            continue
        speaks = told(article, claim, rules) or (thoughts and believed(article, claim, rules))
        if key in found or (speaks and confides(mention, rules, explicit=source.detail == "explicit")):
            if key not in found:
                found[key] = ([], [])
                alike.append(key)
            found[key][0].append(mention)
            found[key][1].append(claim)
    above: dict[str, list[Claim]] = {}
    for mention, claim in shown:
        for key in called.get(mention.noun.lemma, [])[:1]:
            above.setdefault(key, []).append(claim)
    return [
        Chain(tuple(mentions), tuple(theirs), tuple(above.get(key, ()))) for key, (mentions, theirs) in found.items()
    ]


def _takes_up(mention: Mention, earlier: Mention) -> bool:
    """Whether "the official", or "the U.S. official", can be who was mentioned: its words all describe that one."""
    return mention.definite and _description(mention) <= _description(earlier)


def _description(mention: Mention) -> set[str]:
    words = tree.subtree(mention.sentence, mention.noun)
    return {w.lemma.lower() for w in words if w.upos in ("NOUN", "PROPN", "ADJ") and mention.span.holds(w.span)}


def confides(mention: Mention, rules: Rules, *, explicit: bool = False) -> bool:
    """Whether a mention introduces one or a few people who can have told the newsroom something in confidence.

    That is anybody who is counted ("a nurse", "one Republican", "two judges"), and several who are not ("officials",
    "aides to the mayor") if they go by a noun that sources go by. Whose office makes them known (the mayor's wife, the
    tax commissioner) are none, nor spokesmen, who speak for a body. Of whom the article says (`explicit`) that they
    asked not to be named are, however they are brought in.
    """
    noun = mention.noun.lemma.lower()
    adherent = mention.noun.ner[2:] == "NORP" or noun in rules.lexicons["adherent"]
    if mention.noun.upos != "NOUN" and not adherent:
        return False
    determiners = mention.determiners
    if noun in rules.lexicons["public-role"] or noun in _MANY or determiners & _MANY or _named(mention):
        return False
    owned = tree.child(mention.sentence, mention.noun, "nmod:poss") is not None
    if explicit and any(listed(rules.lexicons[name], noun) for name in ("informant", "role", "human")):
        return True
    if not mention.plural and mention.definite:
        return False
    if noun in ("person", "people") and not determiners & _FEW:
        return placed(mention, rules)
    if listed(rules.lexicons["informant"], noun):
        return mention.plural or not owned or mention.head != mention.noun
    few = _FEW if mention.head != mention.noun else _FEW - {"some"}  # "some of the evacuees", but not "some voters"
    return (
        bool(determiners & few)
        and not mention.definite
        and not owned
        and (adherent or any(listed(rules.lexicons[name], noun) for name in ("role", "human")))
    )


def told(article: Article, claim: Claim, rules: Rules) -> bool:
    """Whether a claim is what a source said to the newsroom: not "an architect who said", "a neighbor told her", nor
    what was tweeted or shouted for all to hear."""
    if claim.cue is None or claim.cue_class != "speech":
        return False
    sentence, words = words_of(article, claim.cue)
    if not words:
        return False
    cue = words[0]
    if cue.lemma == "tell":
        hearers = tree.children(sentence, cue, "obj", "iobj")
        return all(word.upos == "PROPN" or word.lemma.lower() in _HEARERS for word in hearers)
    if cue.lemma.lower() in rules.lexicons["told-others"] or cue.deprel in ("acl", "acl:relcl"):
        return False
    if cue.upos == "ADP" or cue.lemma in ("accord", "call", "describe"):
        return True
    return cue.lemma.lower() in rules.lexicons["say"]


def believed(article: Article, claim: Claim, rules: Rules) -> bool:
    """Whether a claim is what a source believes, hopes or fears."""
    if claim.cue is None:
        return False
    sentence, words = words_of(article, claim.cue)
    if not words or words[0].lemma.lower() not in rules.lexicons["opinion"]:
        return False
    participle = words[0].xpos == "VBG" and not tree.child(sentence, words[0], "aux")
    return not participle and not words[0].deprel.startswith("acl")


def narrowed(mention: Mention, rules: Rules) -> bool:
    """Whether a modifier tells the source from others; "senior", "familiar with the matter", and that it asked not to
    be named and why, tell nothing."""
    sentence = mention.sentence
    for below in tree.children(sentence, mention.noun, "amod", "compound", "nmod:*", "acl", "acl:relcl", "appos"):
        for word in tree.subtree(sentence, below):
            if withholding(sentence, [word], rules.lexicons):
                break
            if word.upos in CONTENT and word.lemma.lower() not in rules.lexicons["empty-modifier"]:
                return True
            if below.deprel == "nmod:poss":
                return True
    return False


def _named(mention: Mention) -> bool:
    """Whether a name follows: "a pastor, Ann Lee", "a nurse named Emma"."""
    sentence = mention.sentence
    appositions = tree.children(sentence, mention.noun, "appos")
    names = [
        name
        for clause in tree.children(sentence, mention.noun, "acl", "acl:relcl")
        if clause.lemma in ("name", "call")
        for name in tree.children(sentence, clause, "xcomp", "obj")
    ]
    return any(word.ner[2:] == "Person" for word in (*appositions, *names))


def placed(mention: Mention, rules: Rules) -> bool:
    """Whether a mention says that the source is near to a matter: "people familiar with the talks"."""
    words = tree.subtree(mention.sentence, mention.noun)
    return any(word.lemma.lower() in rules.lexicons["familiar"] and mention.span.holds(word.span) for word in words)
