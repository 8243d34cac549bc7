"""Nouns for bodies into the bodies: "the ministry", "police", "the Sabah newspaper", "the firm"."""

from audit import tree
from audit.context import Context
from audit.gazetteer import fold
from audit.model import Source
from audit.names import Name
from audit.phrases import Phrase
from audit.pronouns import pronoun
from audit.salience import body_called, salient, salient_body


def named_body(context: Context, phrase: Phrase) -> Name | None:
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


def body_ending_in(context: Context, phrase: Phrase) -> Name | None:
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


def body(context: Context, phrase: Phrase) -> Source:
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
        if called := called_so_far(context, phrase):
            return Source(phrase.span, called.canonical, "named", "organization")
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


def _stands_for_any(context: Context, phrase: Phrase) -> bool:
    """Whether "the group", "this organization" can stand for whichever body was named before; "the army", "the Korean
    company" cannot."""
    definite = bool(context.reader.determiners(phrase) & {"the", "this"})
    modifiers = tree.children(context.reader.sentence(phrase), phrase.head, "amod")
    foreign = any(context.gazetteer.demonym(word.form) for word in modifiers)
    return definite and not foreign and context.reader.one_of(phrase.head, "generic-body")


def _campaigner(context: Context, phrase: Phrase) -> Name | None:
    """The person the sentences are about, for "the campaign" that is not said to be anybody else's."""
    sentence, head = context.reader.sentence(phrase), phrase.head
    if head.lemma.lower() not in ("campaign", "camp") or "the" not in context.reader.determiners(phrase):
        return None
    modified = tree.child(sentence, head, "amod", "compound", "nmod", "nmod:poss", "acl")
    return None if modified else salient(context, phrase)


def called_so_far(context: Context, phrase: Phrase) -> Name | None:
    """The one body named so far that has the noun in its name."""
    named = context.cast.bodies.get(fold(phrase.head.lemma), ())
    bearers = [name for name in named if name.mentions[0].sentence <= phrase.sentence]
    return bearers[0] if len(bearers) == 1 else None


def force(context: Context, phrase: Phrase) -> Source:
    """Police: the one force named before, or that of a place; else a collective that nobody could ask again."""
    reader, head = context.reader, phrase.head
    if any(word.upos == "PROPN" for word in tree.subtree(reader.sentence(phrase), head)):
        return Source(phrase.span, reader.described(phrase), "named", "organization")
    if called := called_so_far(context, phrase):
        return Source(phrase.span, called.canonical, "named", "organization")
    return Source(phrase.span, reader.described(phrase), "anonymous", "group")
