"""Documents into whom they speak for."""

from dataclasses import replace

from audit import tree
from audit.bodies import called_so_far
from audit.context import Context
from audit.model import Source, Word
from audit.names import Name
from audit.phrases import PLURAL, Phrase
from audit.pronouns import pronoun
from audit.salience import person_of

_MADE_BY = ("by", "from", "of")
_OF_PAPERS = frozenset({"article", "report", "story"})  # which a paper just cited has made
_LONG = 30  # sentences back in which whoever issued a document is looked for


def document(context: Context, phrase: Phrase) -> Source:
    """A document speaks for whom it names; one already cited speaks for the same again."""
    reader, sentence, head = context.reader, context.reader.sentence(phrase), phrase.head
    owners = tree.children(sentence, head, "nmod:poss")
    if owners and owners[0].upos == "PRON":
        whose = pronoun(context, Phrase(phrase.sentence, owners[0], owners[0].span))
        if whose.sourcing == "named" and whose.speaker:
            return Source(phrase.span, whose.speaker, "named", "document")
    if owners and owners[0].upos == "NOUN" and reader.one_of(owners[0], "document"):  # the report's summary
        return replace(document(context, Phrase(phrase.sentence, owners[0], owners[0].span)), mention=phrase.span)
    body = tree.child(sentence, head, "compound")
    if body is not None and reader.one_of(body, "body") and reader.one_of(head, "communique"):  # the ministry statement
        name = called_so_far(context, Phrase(phrase.sentence, body, body.span))
        if name is not None:
            return Source(phrase.span, name.canonical, "named", "document")
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
            if head.lemma in _OF_PAPERS and reader.one_of(earlier.head, "media") and source.detail == "organization":
                return Source(phrase.span, source.speaker, "named", "document")
        if "the" in reader.determiners(phrase) and (maker := _issuer(context, phrase)):
            return Source(phrase.span, maker.canonical, "named", "document")
    return Source(phrase.span, reader.described(phrase), "anonymous", "document")


def _of_people(context: Context, phrase: Phrase, word: Word) -> bool:
    """Whether `word` says whose or which people they are who made a document: "a report by U.S. prosecutors"."""
    above = tree.head(context.reader.sentence(phrase), word)
    modifies = word.deprel in ("compound", "amod", "nmod:poss") and above is not None and above.xpos in PLURAL
    return modifies and above is not None and above != phrase.head and context.reader.one_of(above, "role", "human")


def _issuer(context: Context, phrase: Phrase) -> Name | None:
    """Who made or issued the document that "the report" takes up: Lee, of "Lee unveiled a report on the shooting"."""
    lemma = phrase.head.lemma
    for index in range(phrase.sentence - 1, max(phrase.sentence - _LONG, 0) - 1, -1):
        sentence = context.reader.article.sentences[index]
        for word in sentence.words:
            if word.lemma != lemma or word.deprel != "obj":
                continue
            verb = tree.head(sentence, word)
            subject = tree.subject(sentence, verb) if verb is not None and tree.issues(verb) else None
            if subject is not None:
                return context.cast.at(index, subject) or person_of(context, index, subject)
    return None
