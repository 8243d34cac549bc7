"""Descriptions into the persons that they stand for: the minister, the former footballer, the two."""

from bisect import bisect_left, bisect_right

from audit import tree
from audit.context import REACH, Context
from audit.gazetteer import fold
from audit.mentions import Mention
from audit.model import Sentence, Word
from audit.names import Name
from audit.phrases import PLURAL, Phrase, Reader
from audit.pronouns import excluded
from audit.salience import ahead, pair, salience

_THINGS = ("document", "statement")  # comments, arguments: no people, though their nouns end like theirs
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "its", "their", "his", "her"})
_OF_TENURE = frozenset({"acting", "current", "ex", "former", "incoming", "late", "new", "outgoing", "then"})
_WHERE = frozenset({"after", "at", "before", "during", "following", "from", "in", "on", "with"})
_WRITTEN_OUT = {"pm": ("minister", "prime"), "fm": ("minister", "foreign")}
_LATE = 6  # sentences ahead in which a description may still be given its name


def described(context: Context, phrase: Phrase) -> Name | None:
    """The person whom a description points to: "the minister", "US President", and "a White House spokesman" whose name
    comes a few sentences later."""
    reader, sentence, head = context.reader, context.reader.sentence(phrase), phrase.head
    if head.xpos in PLURAL:
        return None
    rank, before = _WRITTEN_OUT.get(fold(head.lemma), (fold(head.lemma), ""))
    leads = reader.lexicons["leader"]
    below = [word for word in _title(sentence, head) if phrase.span.holds(word.span)]
    said = {_of_state(context, w) for w in below if w.upos in ("NOUN", "PROPN", "ADJ")} | set(before.split())
    states = {_of_state(context, w) for w in below if _state(context, w)}
    determiners = reader.determiners(phrase)
    bare = not determiners and tree.child(sentence, head, "nummod") is None
    definite = bare or bool(determiners & _DEFINITE)
    distance: dict[Name, int] = {}
    ranked = context.cast.ranked.get(rank, [])
    opening = phrase.sentence <= REACH and reader.one_of(head, "leader", "public-role")
    alone = opening and len({name for name, _ in ranked}) == 1 and not _introduced(context, phrase)
    short = head.form if head.form.isupper() and 1 < len(head.form) < 5 else ""
    alike = _around(context, phrase) if rank in leads or short else []
    for name, mention in (*ranked, *alike):
        back = phrase.sentence - mention.sentence
        if back == 0 and mention.head.span.start > phrase.span.start:
            continue
        if short and definite and back >= 0 and _abbreviates(short, mention.titles):
            fits = True
        elif rank not in mention.ranks:
            of = said - _OF_TENURE
            fits = bool(mention.ranks & leads) and bool(of <= mention.titles if back >= 0 else of & mention.titles)
            fits = fits and bool(of - states)  # "the Cambodian leader" directs no institute of Cambodia
        elif back >= 0:
            fits = definite and (said <= mention.titles or ("the" in determiners and bool(said & mention.titles)))
        else:
            # "The Bangkok governor", and two sentences on "Governor Chadchart": the first to bear the rank has it.
            soon = definite and -back <= REACH and mention is ranked[0][1]
            fits = -back <= _LATE and (soon or (bool(said) and said <= mention.titles))
            fits = fits or (alone and definite and said <= mention.titles)
        if fits:
            # once somebody has borne the rank, it is as near as their name
            named = [phrase.sentence - m.sentence for m in name.mentions if m.head.span.end <= phrase.span.start]
            distance[name] = min(abs(back), *named, distance.get(name, abs(back)))
    nearest = sorted(distance, key=lambda name: distance[name])
    if not nearest and definite:
        return _declared(context, phrase, rank, said)
    if not nearest or (len(nearest) > 1 and distance[nearest[0]] == distance[nearest[1]]):
        return None
    return nearest[0]


def _title(sentence: Sentence, head: Word) -> list[Word]:
    """The words under a title that are part of it, not of where or when its bearer spoke: "the minister in a meeting
    with farmers"."""
    aside: set[int] = set()
    for top in tree.children(sentence, head, "nmod", "acl:relcl"):
        case = tree.child(sentence, top, "case")
        if top.deprel == "acl:relcl" or (case is not None and case.lemma.lower() in _WHERE):
            aside |= {word.index for word in tree.subtree(sentence, top)}
    return [word for word in tree.subtree(sentence, head) if word != head and word.index not in aside]


def _of_state(context: Context, word: Word) -> str:
    """A word of a title as titles are compared: a state by its name, whether noun or adjective."""
    return fold(_state(context, word) or word.lemma)


def _state(context: Context, word: Word) -> str | None:
    return context.gazetteer.demonym(word.form) or context.gazetteer.government(word.form)


def _abbreviates(short: str, titles: frozenset[str]) -> bool:
    """Whether capitals can stand for a title: the SP, for a superintendent of police."""
    if short.lower() in titles:
        return True
    left = list(titles)
    for letter in short.lower():
        word = next((title for title in left if title.startswith(letter)), None)
        if word is None:
            return False
        left.remove(word)
    return True


def _declared(context: Context, phrase: Phrase, rank: str, said: set[str]) -> Name | None:
    """The one person of whom the file says that they are this, where the article itself says it of nobody, and of
    nobody unnamed."""
    fitting = [one for one in context.cast.known if one.rank == rank and said <= one.title]
    if len({one.words for one in fitting}) != 1 or _introduced(context, phrase):
        return None
    (one, *_) = fitting
    gender = context.gazetteer.gender(one.name)
    return context.cast.called.get(one.name) or Name(one.name, "person", gender, ())


def _around(context: Context, phrase: Phrase) -> list[tuple[Name, Mention]]:
    """The mentions of persons in the few sentences before and behind `phrase`."""
    mentions = context.cast.of_kind["person"]
    first = bisect_left(mentions, phrase.sentence - REACH, key=lambda pair: pair[1].sentence)
    return mentions[first : bisect_right(mentions, phrase.sentence + _LATE, key=lambda pair: pair[1].sentence)]


def epithet(context: Context, phrase: Phrase) -> Name | None:
    """Whom "the Vermont senator", "the former first lady" takes up again: the person whom the text is about there."""
    reader, sentence, head = context.reader, context.reader.sentence(phrase), phrase.head
    if "the" not in reader.determiners(phrase) or head.xpos in PLURAL or not reader.one_of(head, "epithet", "leader"):
        return None
    if _defined(sentence, head) or _introduced(context, phrase):
        return None  # it says itself who is meant: "the head of the union", or somebody new: "a senator"
    modifiers = tree.children(sentence, head, "amod", "compound", "nmod:desc")
    said = {fold(word.lemma) for word in modifiers}
    proper = {fold(word.lemma) for word in modifiers if word.form[:1].isupper()}
    shared = {fold(word.lemma) for word in modifiers if context.gazetteer.demonym(word.form)}
    shared |= proper if reader.one_of(head, "adherent") else set()  # "the Utah Republican" is of no other state
    shared |= {word for name in context.cast.names if proper for m in name.mentions for word in proper & m.titles}
    gender = _gender_of(head.lemma.lower())
    rank = fold(head.lemma)
    borne = reader.one_of(head, "title", "leader") and rank in context.cast.ranked
    other_roles = (reader.lexicons["role"] | reader.lexicons["human"]) - reader.lexicons["epithet"]
    points: dict[Name, int] = {}
    for name, weight in salience(context, phrase).items():
        titles = frozenset().union(*(mention.titles for mention in name.mentions))
        if (gender and name.gender not in (gender, None)) or not shared <= titles:
            continue
        ranks = frozenset().union(*(mention.ranks for mention in name.mentions))
        other = bool(ranks & other_roles) and rank not in ranks
        if borne and rank not in titles:
            continue
        points[name] = weight + 2 * (rank in titles) + bool(said & titles) - 2 * other
    return ahead(points)


def cited_before(context: Context, phrase: Phrase) -> Name | None:
    """Whom "the official", "the specialist" takes up again: the person cited last, in a sentence before, if nobody else
    was named since."""
    reader, head = context.reader, phrase.head
    if not context.said or head.xpos in PLURAL or "the" not in reader.determiners(phrase):
        return None
    if not reader.one_of(head, "human", "role", "title") or _is_thing(reader, head):
        return None
    if _defined(reader.sentence(phrase), head) or _introduced(context, phrase):
        return None
    cited = ((one, said) for one, said in reversed(context.said) if said.detail not in ("organization", "document"))
    earlier, source = next(cited, (phrase, None))
    name = context.cast.called.get(source.speaker or "") if source and source.detail == "person" else None
    if name is None or earlier.sentence >= phrase.sentence:
        return None
    if not context.near(earlier.sentence, phrase.sentence) or context.introduced(phrase, earlier.span.start):
        return None
    since = {other for other, mention in context.before(phrase, "person") if mention.head.span.start > earlier.span.end}
    gender = _gender_of(head.lemma.lower())
    if since - {name} or name in excluded(context, phrase) or (gender and name.gender not in (gender, None)):
        return None
    ranks = frozenset().union(*(mention.ranks for mention in name.mentions))
    anybody = head.lemma.lower().startswith("spokes") or head.lemma == "leader"
    office = reader.one_of(head, "title", "leader", "public-role") and not anybody
    other = fold(head.lemma) not in ranks and bool(ranks & (reader.lexicons["role"] | reader.lexicons["title"]))
    return None if office and other else name


def _is_thing(reader: Reader, noun: Word) -> bool:
    """Whether a noun that ends as those for people do stands for something else ("agreement"), or for several."""
    several = noun.lemma.lower() in ("family", "couple", "pair")
    return several or noun.lemma.lower().endswith("ment") or reader.one_of(noun, "body", *_THINGS)


def _defined(sentence: Sentence, noun: Word) -> bool:
    """Whether it is said behind a noun which one is meant: "the head of the union". Commas set off what is said
    besides."""
    behind = tree.children(sentence, noun, "nmod", "nmod:poss", "acl", "acl:relcl")
    behind = [word for word in behind if word.form != "state"]  # a secretary of state is one by that title
    firsts = [tree.subtree(sentence, word)[0].index for word in behind]
    return not all("," in (sentence.words[first - 1].form, sentence.words[first - 2].form) for first in firsts)


def _introduced(context: Context, phrase: Phrase) -> bool:
    """Whether somebody unnamed bears the noun: "a senator said", and then "the senator"."""
    return any(
        source.sourcing == "anonymous" and earlier.head.lemma == phrase.head.lemma for earlier, source in context.said
    )


def _gender_of(noun: str) -> str | None:
    if noun.endswith("woman") or noun in ("lady", "actress"):
        return "f"
    return "m" if noun.endswith("man") and not noun.endswith("chairman") else None


def both(context: Context, phrase: Phrase) -> list[Name]:
    """The two persons whom "both leaders" or "the two" are, if the sentences before name just two, or have two as their
    subject."""
    words = tree.children(context.reader.sentence(phrase), phrase.head, "det", "nummod", "det:predet")
    if len(context.reader.article.slice(phrase.span).split()) <= 2:  # "the two", not "two of them"
        words.append(phrase.head)
    if not {word.lemma.lower() for word in words} & {"both", "two"}:
        return []
    named = context.before(phrase, "person")
    recent = list(
        dict.fromkeys(name for name, mention in named if mention.head.deprel != "compound")
    )  # the Assad regime
    return recent if len(recent) == 2 else pair(context, phrase, REACH)


def chained(context: Context, phrase: Phrase) -> str | None:
    """The fuller description under which the same anonymous source was cited before: "the sources", first "diplomatic
    sources"."""
    if not context.reader.determiners(phrase) & {"the", "this", "that", "these", "those"}:
        return None
    if tree.child(context.reader.sentence(phrase), phrase.head, "amod", "compound", "nmod"):
        return None
    for earlier, source in reversed(context.said):
        if source.sourcing == "anonymous" and source.speaker and earlier.head.lemma == phrase.head.lemma:
            return source.speaker
    return None
