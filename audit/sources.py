"""Source phrases into speakers and sourcing: who it is that is named, or how it is that nobody is.

The kind of sourcing is told from the shape of the noun phrase, as an editor would: its head, its determiner, the names
inside it. What needs the rest of the article is asked of `antecedents`.
"""

from collections.abc import Sequence

from audit import tree
from audit.antecedents import (
    PERSONAL,
    Context,
    body_called,
    both,
    chained,
    cited_before,
    described,
    epithet,
    issuer,
    pronoun,
    salient,
    salient_body,
)
from audit.gazetteer import fold
from audit.mentions import HONORIFICS
from audit.model import Detail, Sentence, Source, Word
from audit.names import Name
from audit.phrases import PLURAL, Phrase

_PRONOUNS = frozenset({*PERSONAL, "it", "its", "they", "their", "them"})
_QUANTIFIERS = frozenset(
    "all another any both dozen each few half hundred least lot majority many minority more most none one other "
    "per percent cent percentage plenty quarter rest several share some third those thousand".split()
)
_SINGULAR = frozenset({"the", "this", "a", "an", "another", "one"})

_MADE_BY = ("by", "from", "of")
_TITLE_LINKS = ("flat", "appos", "nmod:desc", "compound", "conj", "nsubj", "nmod:unmarked", "dep")

UNKNOWN = Source(None, None, "unattributed", "bare")
AGENTLESS = Source(None, None, "unattributed", "agentless")


def resolve(context: Context, phrase: Phrase) -> Source:
    """The source behind a phrase. The phrases of an article are asked for in text order: each is told to `context`."""
    heads = context.reader.coordinated(phrase)
    source = _one(context, phrase) if len(heads) == 1 or _titled(context, phrase) else _several(context, phrase, heads)
    context.said.append((phrase, source))
    return source


def _several(context: Context, phrase: Phrase, heads: Sequence[Word]) -> Source:
    parts = [_one(context, Phrase(phrase.sentence, head, phrase.span)) for head in heads]
    names = list(dict.fromkeys(part.speaker for part in parts if part.sourcing == "named" and part.speaker))
    if not names:
        return Source(phrase.span, context.reader.described(phrase), "anonymous", parts[0].detail)
    detail = next(part.detail for part in parts if part.sourcing == "named")
    return Source(phrase.span, _listed(names), "named", detail)


def _one(context: Context, phrase: Phrase) -> Source:
    reader, head = context.reader, phrase.head
    if head.upos == "PRON" and head.form.lower() in _PRONOUNS:
        return pronoun(context, phrase)
    member = _is_member(context, phrase)
    if name := _titled(context, phrase) or (_beside(context, phrase) if member else _name(context, phrase)):
        return _of_name(context, phrase, name)
    if reader.withheld(phrase):
        return Source(phrase.span, chained(context, phrase) or reader.described(phrase), "anonymous", "explicit")
    if body := _body_called(context, phrase):
        return Source(phrase.span, body.canonical, "named", "organization")
    if reader.one_of(head, "document") and head.upos != "PROPN":
        return _document(context, phrase)
    if reader.one_of(head, "leader", "role") and (person := _taken_up(context, phrase)):
        return Source(phrase.span, person.canonical, "named", "person")
    if (head.upos == "PROPN" or head.form.isupper()) and (bearer := context.cast.bearer(head.form)):
        return _of_name(context, phrase, bearer)
    named = head.upos == "PROPN" and head.xpos not in PLURAL and not member
    if named and not _is_rank(context, phrase):
        personal = head.ner[2:] == "Person" or tree.child(reader.sentence(phrase), head, "nmod:desc", "flat")
        return Source(phrase.span, reader.bare(phrase), "named", "person" if personal else "organization")
    if head.lemma.lower() in _QUANTIFIERS or head.upos in ("NUM", "DET", "ADJ", "PRON", "SYM"):
        if pair := both(context, phrase):  # "the two"
            return Source(phrase.span, _listed([name.canonical for name in pair]), "named", "person")
        quantified: Detail = "role" if member or head.lemma.lower() in ("one", "another") else "group"
        return Source(phrase.span, reader.described(phrase), "anonymous", quantified)
    if person := _taken_up(context, phrase):
        return Source(phrase.span, person.canonical, "named", "person")
    if head.xpos in PLURAL:
        return _plural(context, phrase)
    if reader.one_of(head, "body") and not reader.one_of(head, "role"):
        return _body(context, phrase)
    return Source(phrase.span, chained(context, phrase) or reader.described(phrase), "anonymous", "role")


def _taken_up(context: Context, phrase: Phrase) -> Name | None:
    """The person whom a description takes up."""
    return described(context, phrase) or epithet(context, phrase) or cited_before(context, phrase)


def _name(context: Context, phrase: Phrase) -> Name | None:
    """The name that the phrase is, or that stands in apposition to it."""
    reader, head, sentence = context.reader, phrase.head, context.reader.sentence(phrase)
    if fold(head.form) in HONORIFICS and head.index < len(sentence.words):
        return context.cast.at(phrase.sentence, sentence.words[head.index])
    name = context.cast.at(phrase.sentence, head)
    if name and name.kind == "organization" and _is_rank(context, phrase):
        return None  # "US President says": a title, whatever the tagger makes of its capitals
    if name and (head.upos in ("PROPN", "X") or name.kind == "person"):
        return name
    if other := _beside(context, phrase):
        return other
    if head.upos in ("NOUN", "PROPN") and reader.one_of(head, "body"):
        return _named_body(context, phrase)
    return name


def _is_rank(context: Context, phrase: Phrase) -> bool:
    """Whether the head is what somebody is, not who: "the Chairman", "the MP", "Bishop" where nobody is called so."""
    reader, head = context.reader, phrase.head
    before = reader.sentence(phrase).words[head.index - 2].form if head.index > 1 else ""
    if _is_outlet(context, head) or (before == "-" and head.ner[2:] == "Organization"):  # the Directorate-General
        return False
    if reader.one_of(head, "leader", "role"):
        return True
    called = not reader.determiners(phrase) and context.cast.bearer(head.form)
    alone = not tree.child(reader.sentence(phrase), head, "flat", "compound", "nmod:desc")
    return reader.one_of(head, "title") and alone and not called


def _is_outlet(context: Context, head: Word) -> bool:
    """Whether it is a paper that is called so: "The Economist", "The Independent"."""
    return head.upos == "PROPN" and context.gazetteer.organization_type(head.form) == "outlet"


def _beside(context: Context, phrase: Phrase) -> Name | None:
    """The person whose name stands in apposition to the phrase."""
    for below in tree.children(context.reader.sentence(phrase), phrase.head, "appos", "flat"):
        name = context.cast.at(phrase.sentence, below)
        if name and name.kind == "person":
            return name
    return _set_off(context, phrase)


def _set_off(context: Context, phrase: Phrase) -> Name | None:
    """The person whose name stands between commas right behind a title, wherever the parser hangs it: "the head of the
    venture Havana Club, Ann Lee, said"."""
    reader, sentence, head = context.reader, context.reader.sentence(phrase), phrase.head
    if head.xpos in PLURAL or not reader.one_of(head, "leader", "role", "title"):
        return None
    behind = [word for word in sentence.words if word.span.start >= phrase.span.end]
    name = context.cast.at(phrase.sentence, behind[1]) if len(behind) > 1 and behind[0].form == "," else None
    if name is None or name.kind != "person":
        return None
    mention = next(m for m in name.mentions if behind[1] in m.words)
    after = [word for word in behind if word.index > mention.words[-1].index]
    closed = not after or after[0].form in (",", ".", ";", "”", '"')
    return name if closed and len(mention.tokens) > 1 and mention.words[0] == behind[1] else None


def _is_member(context: Context, phrase: Phrase) -> bool:
    """Whether the phrase is one person of a party, nation or faith: "a senior Republican", "one American", "the
    Texas Democrat". "The Taliban" is many."""
    reader, head = context.reader, phrase.head
    counted = tree.children(reader.sentence(phrase), head, "det", "nummod")
    if head.xpos in PLURAL or _is_outlet(context, head) or not {word.lemma.lower() for word in counted} & _SINGULAR:
        return False
    nation = context.gazetteer.demonym(head.form) and context.gazetteer.demonym(f"{head.form}s")
    return bool(nation) or reader.one_of(head, "adherent")


def _titled(context: Context, phrase: Phrase) -> Name | None:
    """The person whose name follows a title that the parser made the head: "general secretary and minister Obaidul
    Quader", "director of prosecutions (NPA) Shamila Batohi"."""
    reader, sentence, head = context.reader, context.reader.sentence(phrase), phrase.head
    if head.xpos in PLURAL or not reader.one_of(head, "leader", "role", "human", "title"):
        return None
    verb = tree.head(sentence, head)
    twins = tree.children(sentence, verb, "nsubj") if verb is not None and head.deprel == "nsubj" else []
    below = [word for word in tree.subtree(sentence, head) if word.index > head.index]
    for word in [*below, *(twin for twin in twins if twin.index > head.index)]:
        name = context.cast.at(phrase.sentence, word)
        if name and name.kind == "person" and not _governed(context, sentence, word, head):
            return name
    return None


def _governed(context: Context, sentence: Sentence, word: Word, head: Word) -> bool:
    """Whether a preposition, a possessive, a clause or a noun stands between a word and the head above it: "a
    spokesman for X", "Lee, an X adviser"."""
    while word != head:
        above = tree.head(sentence, word)
        if above is not None and _ends_title(context, sentence, word, above):
            above = tree.head(sentence, above)
        elif word.deprel not in _TITLE_LINKS or tree.child(sentence, word, "case") is not None:
            return True
        if above is None or above.upos in ("VERB", "AUX"):
            return word.deprel != "nsubj" or above != tree.head(sentence, head)
        if above.upos == "NOUN" and word.deprel == "compound" and word.index < above.index:
            return True
        word = above
    return False


def _ends_title(context: Context, sentence: Sentence, name: Word, noun: Word) -> bool:
    """Whether a name right behind a noun belongs to the title that the noun ends: "director general of police (DGP) Li
    Ba"."""
    of = tree.child(sentence, noun, "case")
    ends = noun.upos == "NOUN" and noun.deprel == "nmod" and of is not None and of.lemma.lower() == "of"
    beside = name.deprel in ("appos", "flat") and sentence.words[name.index - 2].form != ","
    return ends and beside and not context.reader.one_of(noun, "human", "role", "leader")


def _named_body(context: Context, phrase: Phrase) -> Name | None:
    """The name around or behind the noun for a body: "Response Coordination Group", "the UN humanitarian agency
    OCHA", "the rebel group Hayat Tahrir al-Sham"."""
    reader, head, sentence = context.reader, phrase.head, context.reader.sentence(phrase)
    beside = tree.children(sentence, head, "compound", "appos", "amod", "nmod:desc")
    if head.index < len(sentence.words):
        following = sentence.words[head.index]
        if following.upos == "PROPN" and following.head == head.head:
            beside.append(following)
    names = [(word, context.cast.at(phrase.sentence, word)) for word in beside]
    if reader.one_of(head, "media") and head.index > 1:  # Turkey's Sabah newspaper
        title = next((word for word in reversed(sentence.words[: head.index - 1]) if word.lemma.upper() != "TV"), None)
        called = context.cast.at(phrase.sentence, title) if title is not None and title.upos == "PROPN" else None
        if called is not None and title is not None and not context.gazetteer.government(title.form):
            return called
    for word, name in names:
        around = name is not None and any(head in mention.words for mention in name.mentions)
        if name is not None and (around or word.index > head.index):
            return name
    return None


def _of_name(context: Context, phrase: Phrase, name: Name) -> Source:
    if name.kind == "person":
        return Source(phrase.span, name.canonical, "named", "person")
    if phrase.head.xpos == "NNPS" and phrase.head.ner[2:] == "NORP":
        return Source(phrase.span, context.reader.described(phrase), "anonymous", "group")
    return Source(phrase.span, name.canonical, "named", "organization")


def _body_called(context: Context, phrase: Phrase) -> Name | None:
    """The one body named before that ends in, or begins with, the noun of a definite phrase: "the archives" of the
    Presidential Archives, "the city" of the City of Iqaluit."""
    reader, head = context.reader, phrase.head
    if head.upos != "NOUN" or "the" not in reader.determiners(phrase) or reader.one_of(head, "role", "human", "leader"):
        return None
    if tree.child(reader.sentence(phrase), head, "amod", "compound", "nmod"):
        return None
    noun = fold(head.form)
    bearers = []
    for name in context.cast.bodies.get(noun, ()):
        words = fold(name.canonical).split()
        called = len(words) > 1 and (words[-1] == noun or words[:2] == [noun, "of"])
        if called and name.mentions[0].sentence <= phrase.sentence:
            bearers.append(name)
    return bearers[0] if len(bearers) == 1 else None


def _plural(context: Context, phrase: Phrase) -> Source:
    """Several people by role, or a collective; "both leaders" are two names, "the leaders of Turkey and Russia" two
    states."""
    reader, head, sentence = context.reader, phrase.head, context.reader.sentence(phrase)
    if pair := both(context, phrase):
        return Source(phrase.span, _listed([name.canonical for name in pair]), "named", "person")
    below = [w for w in tree.subtree(sentence, head) if w.upos == "PROPN" and w != head]
    names = [context.cast.at(phrase.sentence, word) for word in below]
    states = [name for name in names if name and name.kind == "organization"]
    if states and reader.one_of(head, "leader"):
        return Source(phrase.span, reader.described(phrase), "named", "organization")
    if reader.one_of(head, "body") and not reader.one_of(head, "role"):
        if head.form.lower() == head.lemma:  # police
            return _force(context, phrase)
        modifiers = tree.children(sentence, head, "amod", "compound")
        called = all(context.gazetteer.demonym(word.form) for word in modifiers)  # "the striking unions" are any
        called = called and bool(modifiers or head.lemma.lower() != "authority")
        if reader.determiners(phrase) & {"the", "both"} and called:
            return Source(phrase.span, reader.described(phrase), "named", "organization")
    office = f"{fold(head.form)}' office"
    for name in context.cast.bodies.get("office", ()):
        if office in fold(name.canonical) and name.mentions[0].sentence <= phrase.sentence:
            return Source(phrase.span, name.canonical, "named", "organization")  # prosecutors of a Prosecutors' Office
    detail: Detail = "role" if reader.one_of(head, "role") else "group"
    return Source(phrase.span, chained(context, phrase) or reader.described(phrase), "anonymous", detail)


def _called(context: Context, phrase: Phrase) -> list[Name]:
    """The bodies named so far that have the noun in their name."""
    named = context.cast.bodies.get(fold(phrase.head.lemma), ())
    return [name for name in named if name.mentions[0].sentence <= phrase.sentence]


def _force(context: Context, phrase: Phrase) -> Source:
    """Police: the one force named before, or that of a place; else a collective that nobody could ask again."""
    reader, head = context.reader, phrase.head
    if any(word.upos == "PROPN" for word in tree.subtree(reader.sentence(phrase), head)):
        return Source(phrase.span, reader.described(phrase), "named", "organization")
    bearers = _called(context, phrase)
    if len(bearers) == 1:
        return Source(phrase.span, bearers[0].canonical, "named", "organization")
    return Source(phrase.span, reader.described(phrase), "anonymous", "group")


def _body(context: Context, phrase: Phrase) -> Source:
    """A body by its kind: "Assad's regime", "the ministry" of one named before, "police"; "a company" is anonymous."""
    reader, head = context.reader, phrase.head
    determiners = reader.determiners(phrase)
    counted = tree.child(reader.sentence(phrase), head, "nummod")
    if determiners & {"a", "an", "some", "another"} or (counted is not None and counted.lemma == "one"):
        return Source(phrase.span, reader.described(phrase), "anonymous", "role")
    owners = tree.children(reader.sentence(phrase), head, "nmod:poss")
    if owners and owners[0].upos == "PRON":
        owner = pronoun(context, Phrase(phrase.sentence, owners[0], owners[0].span))
        if owner.sourcing == "named" and owner.speaker and owner.detail == "person":  # his campaign
            return Source(phrase.span, f"{owner.speaker} {head.form.lower()}", "named", "organization", owner.note)
    if not any(word.upos == "PROPN" for word in tree.subtree(reader.sentence(phrase), head)):
        bearers = _called(context, phrase)
        if len(bearers) == 1:
            return Source(phrase.span, bearers[0].canonical, "named", "organization")
        if "the" in determiners:
            for earlier, source in reversed(context.said):
                if earlier.head.lemma == head.lemma and source.detail == "organization" and source.speaker:
                    return Source(phrase.span, source.speaker, "named", "organization")
        if candidate := _campaigner(context, phrase):
            return Source(phrase.span, f"{candidate.canonical} {head.form.lower()}", "named", "organization")
        if _stands_for_any(context, phrase) and (body := _any_body(context, phrase)):
            return Source(phrase.span, body, "named", "organization")
    return Source(phrase.span, reader.described(phrase), "named", "organization")


def _any_body(context: Context, phrase: Phrase) -> str | None:
    """The body that "the group", "the company" is."""
    called = body_called(context, phrase)
    for earlier, source in reversed(context.said):
        if not context.near(earlier.sentence, phrase.sentence):
            break
        if source.detail == "organization" and source.speaker:
            since = range(earlier.span.end, phrase.span.start)
            fresh = called is not None and any(mention.head.span.start in since for mention in called.mentions)
            return called.canonical if called is not None and fresh else source.speaker
    body = called or salient_body(context, phrase)
    return body.canonical if body else None


def _campaigner(context: Context, phrase: Phrase) -> Name | None:
    """The person the sentences are about, for "the campaign" that is not said to be anybody else's."""
    sentence, head = context.reader.sentence(phrase), phrase.head
    if head.lemma.lower() not in ("campaign", "camp") or "the" not in context.reader.determiners(phrase):
        return None
    modified = tree.child(sentence, head, "amod", "compound", "nmod", "nmod:poss", "acl")
    return None if modified else salient(context, phrase)


def _stands_for_any(context: Context, phrase: Phrase) -> bool:
    """Whether "the group", "this organization" can stand for whichever body was named before; "the army", "the Korean
    company" cannot."""
    definite = bool(context.reader.determiners(phrase) & {"the", "this"})
    modifiers = tree.children(context.reader.sentence(phrase), phrase.head, "amod")
    foreign = any(context.gazetteer.demonym(word.form) for word in modifiers)
    return definite and not foreign and context.reader.one_of(phrase.head, "generic-body")


def _document(context: Context, phrase: Phrase) -> Source:
    """A document speaks for whom it names; one already cited speaks for the same again."""
    reader, sentence, head = context.reader, context.reader.sentence(phrase), phrase.head
    owners = tree.children(sentence, head, "nmod:poss")
    if owners and owners[0].upos == "PRON":
        owner = pronoun(context, Phrase(phrase.sentence, owners[0], owners[0].span))
        if owner.sourcing == "named" and owner.speaker:
            return Source(phrase.span, owner.speaker, "named", "document")
    words = [word for word in tree.subtree(sentence, head) if word.span.end <= phrase.span.end and word != head]
    makers = [word for word in words if (case := tree.child(sentence, word, "case")) and case.lemma in _MADE_BY]
    words += [name for word in makers for name in tree.children(sentence, word, "appos") if name not in words]
    words = [word for word in words if not _of_people(context, phrase, word)]
    named = [name for name in (context.cast.at(phrase.sentence, word) for word in words) if name]
    if named:
        persons = [name for name in named if name.kind == "person"]
        return Source(phrase.span, (persons or named)[0].canonical, "named", "document")
    if reader.determiners(phrase):
        for earlier, source in reversed(context.said):
            if source.sourcing == "named" and earlier.head.lemma == head.lemma:
                return Source(phrase.span, source.speaker, "named", "document")
            if reader.one_of(head, "communique") and "the" in reader.determiners(phrase) and source.speaker:
                if not context.near(earlier.sentence, phrase.sentence):
                    break
                return Source(phrase.span, source.speaker, source.sourcing, "document")
        if "the" in reader.determiners(phrase) and (maker := issuer(context, phrase)):
            return Source(phrase.span, maker.canonical, "named", "document")
    return Source(phrase.span, reader.described(phrase), "anonymous", "document")


def _of_people(context: Context, phrase: Phrase, word: Word) -> bool:
    """Whether `word` says whose or which people they are who made a document: "a report by U.S. prosecutors"."""
    above = tree.head(context.reader.sentence(phrase), word)
    modifies = word.deprel in ("compound", "amod", "nmod:poss") and above is not None and above.xpos in PLURAL
    return modifies and above is not None and above != phrase.head and context.reader.one_of(above, "role", "human")


def _listed(names: Sequence[str]) -> str:
    """ "A", "A and B", "A, B and C"."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
