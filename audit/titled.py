"""Titles with a name beside or behind them -> whose name that is."""

from audit import tree
from audit.context import Context
from audit.model import Sentence, Word
from audit.names import Name
from audit.phrases import PLURAL, Phrase

_TITLE_LINKS = ("flat", "appos", "nmod:desc", "compound", "conj", "nsubj", "nmod:unmarked", "dep")


def titled(context: Context, phrase: Phrase) -> Name | None:
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


def beside(context: Context, phrase: Phrase) -> Name | None:
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
