"""Walking a dependency tree: heads, children, yields and the subject a reader would supply."""

from collections.abc import Iterator
from functools import lru_cache

from audit.model import Sentence, Span, Word

_TIMES = frozenset({"yesterday", "today", "tomorrow", "tonight"})
_SHARES_SUBJECT = frozenset({"conj", "xcomp", "advcl", "parataxis"})
_ISSUES = frozenset(
    "adopt air append circulate deliver distribute draft file fire give issue launch make offer pen plant post print "
    "prepare present produce publish put release revise run send spend submit take tweet unleash unveil write".split()
)  # verbs of which the subject says what stands in the object: "issued a statement saying", not "read a letter saying"
_NO_SPEAKERS = ("nsubj:pass", "csubj", "csubj:pass", "expl")  # what is done to, a deed, nothing
_CITES = frozenset({"cite", "quote"})
_SERIES = frozenset({"flurry", "number", "round", "series", "set", "string"})  # of statements
_LONGEST_BRACKET = 8  # words between a name and its verb, as in "Lee (R-Texas)"


def head(sentence: Sentence, word: Word) -> Word | None:
    """The governor of `word`, None for the root."""
    return sentence.words[word.head - 1] if word.head else None


def ancestors(sentence: Sentence, word: Word) -> Iterator[Word]:
    """The governor of `word`, its governor, and so on up to the root."""
    above = head(sentence, word)
    while above is not None:
        yield above
        above = head(sentence, above)


def children(sentence: Sentence, word: Word, *relations: str) -> list[Word]:
    """The dependents of `word` in text order, of those relations only if any are given.

    A relation stands for itself and, written ``rel:*``, for all its subtypes too.
    """
    below = sentence.dependents[word.index]
    if not below:
        return []
    words = sentence.words
    if not relations:
        return [words[index - 1] for index in below]
    names, kinds = parted(relations)
    if kinds:
        return [at for index in below if (at := words[index - 1]).deprel in names or _kind(at.deprel) in kinds]
    return [at for index in below if (at := words[index - 1]).deprel in names]


def child(sentence: Sentence, word: Word, *relations: str) -> Word | None:
    """The first of `children`, or None."""
    found = children(sentence, word, *relations)
    return found[0] if found else None


def is_one_of(deprel: str, relations: tuple[str, ...]) -> bool:
    """Whether a word's `deprel` is one of those `relations`; ``obl:*`` covers obl, obl:agent, obl:unmarked, …"""
    names, kinds = parted(relations)
    return deprel in names or _kind(deprel) in kinds


@lru_cache(maxsize=4096)  # each list of relations in code and in rules is one
def parted(relations: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """Relations that stand for themselves, and those, without the mark, that take all their subtypes too."""
    kinds = frozenset(relation[:-2] for relation in relations if relation.endswith(":*"))
    return frozenset(relations), kinds


def _kind(deprel: str) -> str:
    return deprel.partition(":")[0]


def subtree(sentence: Sentence, word: Word) -> list[Word]:
    """`word` and all that it governs, directly or not, in text order."""
    below = sentence.dependents
    if not below[word.index]:
        return [word]
    indices = [word.index]
    for index in indices:
        indices += below[index]
    indices.sort()
    words = sentence.words
    return [words[index - 1] for index in indices]


def dominates(sentence: Sentence, upper: Word, lower: Word) -> bool:
    """Whether `lower` is `upper` or stands somewhere below it."""
    return upper.index == lower.index or any(above.index == upper.index for above in ancestors(sentence, lower))


def hull(words: list[Word]) -> Span:
    """From the first character of `words` to the last."""
    if len(words) == 1:
        return words[0].span
    return Span(min([word.span.start for word in words]), max([word.span.end for word in words]))


def subject(sentence: Sentence, verb: Word) -> Word | None:
    """Whose doing `verb` is: its own active subject, or the one it shares.

    Coordinated verbs, infinitives and participles without a subject take that of the verb they depend on
    ("went on to say", "has called for a halt, warning that"); a relative pronoun gives way to its antecedent,
    and a participle on a noun to that noun ("read a statement saying that"), unless another makes or issues what the
    noun stands for ("issued a statement saying that", "an effort to deny"). A finite verb that is left without one
    takes the name right before it (a comma or a bracket may stand between), which the parser then hung elsewhere; one
    that ends a sentence, the noun phrase between it and the comma behind what is said. Whoever is quoted "as saying" it
    says it.
    """
    marks = {word.lemma for word in children(sentence, verb, "mark")}
    above = head(sentence, verb)
    if above is not None and above.lemma in _CITES and verb.deprel == "advcl" and "as" in marks:
        passive = child(sentence, above, "nsubj:pass")
        behind = (word for word in children(sentence, above, "obj", "nsubj") if word.index > above.index)
        return passive or next(behind, None)
    return _shared_subject(sentence, verb) or _name_before(sentence, verb) or _phrase_before(sentence, verb)


def issues(verb: Word) -> bool:
    """Whether the subject of a verb is behind what its object says: "issued a statement"."""
    return verb.lemma in _ISSUES


def _shared_subject(sentence: Sentence, verb: Word) -> Word | None:
    start = verb
    while True:
        own = children(sentence, verb, "nsubj", "nsubj:outer")
        # "The Congress Monday warned", "the mayor yesterday said"
        own = [word for word in own if word.ner[2:] != "Date" and word.lemma.lower() not in _TIMES] or own
        if verb.xpos == "VBG" and _set_off(sentence, verb) and not child(sentence, verb, "aux"):
            own = []  # "called for the truce to hold, warning that": the truce is no subject of warning
        above = head(sentence, verb)
        again = above is not None and above.lemma == start.lemma and not child(sentence, start, "mark")
        if own and above and again and verb is not start and verb.deprel == "ccomp":
            verb = above  # "said the plan had failed and said that": the plan says nothing
            continue
        if own:
            near = min(own, key=lambda word: (word.index > verb.index, abs(word.index - verb.index)))
            if verb.deprel == "acl:relcl" and near.xpos in ("WP", "WDT"):
                return above
            return first_of_list(sentence, near)
        # "She said the bridge was closed, adding that": what is done to does not add; whoever speaks does.
        if above and verb is not start and verb.deprel == "ccomp" and child(sentence, verb, *_NO_SPEAKERS):
            verb = above
            continue
        if above is None or child(sentence, verb, *_NO_SPEAKERS):
            return None
        fronted = verb.xpos == "VBD" and verb.deprel == "advcl" and verb.index < above.index  # a participle, mistagged
        predicate = verb.deprel == "conj" and above.upos != "VERB" and child(sentence, above, "cop")
        passive = fronted or (verb.xpos == "VBN" and (verb.deprel in ("acl", "advcl") or predicate))
        if passive and not child(sentence, verb, "aux"):
            return None  # "a group called X", "asked about it, Lee left", "is old and said to be ill": done to the noun
        if verb.deprel in ("acl", "acl:relcl") and above.upos in ("NOUN", "PROPN", "PRON"):
            return _doer(sentence, verb, above) if verb.deprel == "acl" else above
        if verb.deprel == "xcomp" and (controller := child(sentence, above, "obj")):
            return controller
        if verb.deprel not in _SHARES_SUBJECT:
            return None
        verb = above


def _doer(sentence: Sentence, verb: Word, noun: Word) -> Word | None:
    """Whose doing a participle or infinitive on a noun is: of the noun itself, its owner, or whoever does what is done
    with it."""
    marked = child(sentence, verb, "mark")
    infinitive = verb.xpos == "VB" and marked is not None
    above = head(sentence, noun)
    if (infinitive or (marked and verb.xpos == "VBG")) and (owner := child(sentence, noun, "nmod:poss")):
        return owner  # "her attempt to deny", "his reasons for backing"
    if infinitive:
        another = noun.upos == "NOUN" and noun.deprel in ("obj", "obl")
    elif marked is not None:
        another = verb.xpos == "VBG"  # "on suspicion of supporting"
    elif verb.xpos == "VBG" and _set_off(sentence, verb):
        another = not noun.deprel.startswith(("nsubj", "appos"))  # "was upfront about her distaste, saying"
    else:
        issued = noun  # "a series of tweets criticizing Lee"
        if noun.deprel == "nmod" and above is not None and above.lemma in _SERIES:
            issued, above = above, head(sentence, above)
        another = issued.deprel == "obj" and above is not None and issues(above) and noun.upos == "NOUN"
    if not another:
        return noun
    around = (noun, *ancestors(sentence, noun))
    predicate = next((word for word in around if word.upos == "VERB" or child(sentence, word, "cop")), None)
    if predicate is None:
        return None if verb.xpos == "VBG" and marked is not None else noun
    given = child(sentence, predicate, "iobj") if infinitive else None  # "gave them a chance to deny"
    return given or _shared_subject(sentence, predicate) or child(sentence, predicate, "nsubj:pass")


def _set_off(sentence: Sentence, verb: Word) -> bool:
    """Whether a comma stands before a verb and its adverbs: ", recently telling"."""
    first = min([verb, *children(sentence, verb, "advmod")], key=lambda word: word.index)
    return first.index > 1 and sentence.words[first.index - 2].form == ","


def first_of_list(sentence: Sentence, subject: Word) -> Word:
    """Of several subjects of one verb, the first that a comma alone keeps from `subject`: Turkey in "Turkey, Russia
    and Iran".

    Other subjects of the same verb are slips of the parser, and the nearest one is the verb's: "an area Damascus has
    vowed".
    """
    above = head(sentence, subject)
    for other in reversed(children(sentence, above, subject.deprel) if above else []):
        if other.index < subject.index:
            end = max((word.index for word in subtree(sentence, other) if word.upos != "PUNCT"), default=other.index)
            start = min(
                (word.index for word in subtree(sentence, subject) if word.upos != "PUNCT"), default=subject.index
            )
            if [word.form for word in sentence.words[end : start - 1]] == [","]:
                subject = other
    return subject


def _name_before(sentence: Sentence, verb: Word) -> Word | None:
    finite = verb.xpos in ("VBD", "VBZ", "VBP") and not child(sentence, verb, "nsubj:*", "csubj:*", "expl", "aux:pass")
    at = verb.index - 2
    if at > 0 and sentence.words[at].form == ",":
        at -= 1
    elif at > 0 and sentence.words[at].form == ")":  # Elizabeth Warren (D-MA) said
        opening = [word.index for word in sentence.words[max(at - _LONGEST_BRACKET, 0) : at] if word.form == "("]
        at = opening[-1] - 2 if opening else -1
    if not finite or at < 0 or sentence.words[at].upos != "PROPN":
        return None
    name = sentence.words[at]
    if at < verb.index - 2 and name.ner[2:] != "Person":
        return None
    while name.deprel in ("flat", "compound") and (above := head(sentence, name)) and above.upos == "PROPN":
        name = above
    return name if name.index < verb.index else None


def _phrase_before(sentence: Sentence, verb: Word) -> Word | None:
    """The notice in "The trial was held for Lee, a court notice said", which the parser made an apposition of Lee."""
    if child(sentence, verb, "nsubj:*", "csubj:*", "expl", "aux:pass") or verb.xpos not in ("VBD", "VBZ", "VBP"):
        return None
    said = child(sentence, verb, "ccomp")
    if said is None or said.index > verb.index:
        return None
    for start in range(verb.index - 2, said.index, -1):
        if sentence.words[start - 1].form != ",":
            continue
        phrase = [word for word in sentence.words[start : verb.index - 1] if word.upos != "PUNCT"]
        tops = [word for word in phrase if not start < word.head < verb.index]
        if len(tops) == 1 and tops[0].upos in ("NOUN", "PROPN", "PRON") and not child(sentence, tops[0], "case"):
            return tops[0]
    return None


def clause(sentence: Sentence, word: Word) -> Word:
    """The head of the clause that a phrase such as "according to the ministry" vouches for.

    That is the independent or reported clause around `word`; modifiers, adverbial and relative clauses and
    coordinated clauses belong to it.
    """
    while word.head and word.deprel not in ("ccomp", "csubj", "csubj:pass"):
        if word.deprel == "parataxis" and children(sentence, word, "nsubj:*", "csubj:*"):
            return word
        word = sentence.words[word.head - 1]
    return word
