"""Source phrases into speakers and sourcing: who it is that is named, or how it is that nobody is.

The kind of sourcing is told from the shape of the noun phrase, as an editor would: its head, its determiner, the names
inside it. What needs the rest of the article is asked of the modules for pronouns, descriptions, bodies and documents.
"""

from collections.abc import Sequence

from audit import tree
from audit.bodies import body, body_ending_in, force, named_body
from audit.context import Context
from audit.descriptions import both, chained, cited_before, described, epithet
from audit.documents import document
from audit.gazetteer import fold
from audit.mentions import HONORIFICS
from audit.model import Detail, Source, Word
from audit.names import Name
from audit.phrases import PLURAL, Phrase
from audit.pronouns import PERSONAL, pronoun
from audit.titled import beside, titled

_PRONOUNS = frozenset({*PERSONAL, "it", "its", "they", "their", "them"})
_QUANTIFIERS = frozenset(
    "all another any both dozen each few half hundred least lot majority many minority more most none one other "
    "per percent cent percentage plenty quarter rest several share some third those thousand".split()
)
_SINGULAR = frozenset({"the", "this", "a", "an", "another", "one"})


UNKNOWN = Source(None, None, "unattributed", "bare")
AGENTLESS = Source(None, None, "unattributed", "agentless")


def resolve(context: Context, phrase: Phrase) -> Source:
    """The source behind a phrase. The phrases of an article are asked for in text order: each is told to `context`."""
    heads = context.reader.coordinated(phrase)
    one = len(heads) == 1 or titled(context, phrase) is not None or _are_one(context, phrase, heads)
    source = _one(context, phrase) if one else _several(context, phrase, heads)
    context.said.append((phrase, source))
    return source


def _are_one(context: Context, phrase: Phrase, heads: Sequence[Word]) -> bool:
    """Whether two roles are one person's whom the text has named: "the former senator and current nominee"."""
    sentence = context.reader.sentence(phrase)
    roles = all(head.upos == "NOUN" and head.xpos not in PLURAL for head in heads)
    again = any(tree.child(sentence, head, "det", "nmod:poss", "nummod") for head in heads[1:])
    return roles and not again and _taken_up(context, phrase) is not None


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
    if name := titled(context, phrase) or (beside(context, phrase) if member else _name(context, phrase)):
        return _of_name(context, phrase, name)
    if reader.withheld(phrase):
        return Source(phrase.span, chained(context, phrase) or reader.described(phrase), "anonymous", "explicit")
    if ending := body_ending_in(context, phrase):
        return Source(phrase.span, ending.canonical, "named", "organization")
    if reader.one_of(head, "document") and head.upos != "PROPN":
        return document(context, phrase)
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
        return body(context, phrase)
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
    if other := beside(context, phrase):
        return other
    if head.upos in ("NOUN", "PROPN") and reader.one_of(head, "body"):
        return named_body(context, phrase)
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


def _is_member(context: Context, phrase: Phrase) -> bool:
    """Whether the phrase is one person of a party, nation or faith: "a senior Republican", "one American", "the
    Texas Democrat". "The Taliban" is many."""
    reader, head = context.reader, phrase.head
    counted = tree.children(reader.sentence(phrase), head, "det", "nummod")
    if head.xpos in PLURAL or _is_outlet(context, head) or not {word.lemma.lower() for word in counted} & _SINGULAR:
        return False
    nation = context.gazetteer.demonym(head.form) and context.gazetteer.demonym(f"{head.form}s")
    return bool(nation) or reader.one_of(head, "adherent")


def _of_name(context: Context, phrase: Phrase, name: Name) -> Source:
    if name.kind == "person":
        return Source(phrase.span, name.canonical, "named", "person")
    if phrase.head.xpos == "NNPS" and phrase.head.ner[2:] == "NORP":
        return Source(phrase.span, context.reader.described(phrase), "anonymous", "group")
    return Source(phrase.span, name.canonical, "named", "organization")


def _plural(context: Context, phrase: Phrase) -> Source:
    """Several people by role, or a collective; "both leaders" are two names, "the leaders of Turkey and Russia" two
    states."""
    reader, head, sentence = context.reader, phrase.head, context.reader.sentence(phrase)
    if pair := both(context, phrase):
        return Source(phrase.span, _listed([name.canonical for name in pair]), "named", "person")
    below = [w for w in tree.subtree(sentence, head) if w.upos == "PROPN" and w != head]
    names = [context.cast.at(phrase.sentence, word) for word in below]
    states = [name for name in names if name and context.gazetteer.government(name.canonical)]
    if states and reader.one_of(head, "leader"):
        return Source(phrase.span, reader.described(phrase), "named", "organization")
    if reader.one_of(head, "body") and not reader.one_of(head, "role"):
        if head.form.lower() == head.lemma:  # police
            return force(context, phrase)
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


def _listed(names: Sequence[str]) -> str:
    """ "A", "A and B", "A, B and C"."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
