"""Matches into stretches of text: where a source, a cue and what is reported begin and end."""

from collections.abc import Iterator, Sequence

from audit import tree
from audit.match import Match
from audit.model import Sentence, Span, Word

# What follows a noun phrase and says more about it, without being its name or its shape.
_TRAILERS = ("appos", "acl:relcl", "acl", "parataxis", "conj", "punct", "advcl", "advcl:relcl", "dep", "list")
_PARTING = frozenset({",", ";", ":", "-", "–", "—"})
_WHEN = frozenset({"after", "before"})
_OF_TIME = frozenset({"on", "over", "since"})  # "a report in June" is told from others by its date
_PREPOSITIONS = frozenset({"ADP", "SCONJ"})
_OF_THE_FRAME = frozenset({"about", "against", "as", "for", "from", "of"})  # prepositions that go with a cue
_OF_THE_CUE = _OF_THE_FRAME | {"at", "on", "over", "to", "toward", "with"}  # and those that do before a noun alone


def source_words(sentence: Sentence, noun: Word) -> list[Word]:
    """The noun phrase that names a source: coordinated heads with it, appositions and clauses left out."""
    words = [noun]
    for below in tree.children(sentence, noun):
        after = below.index > noun.index
        if below.deprel == "case" or (below.deprel in ("cc", "mark", "cop", "advmod") and not after):
            if below.deprel == "advmod" and below.upos == "ADV" and below.lemma in _OF_COUNT:
                words.append(below)
            continue
        if below.deprel == "conj" and _same_kind(noun, below):
            words += [w for w in tree.children(sentence, below, "cc", "punct") if w.index < below.index]
            words += source_words(sentence, below)
        elif below.deprel == "acl" and after and below.xpos == "VBN" and not _set_off(sentence, below):
            words += _modifier(sentence, below)  # "people briefed on the matter"
        elif below.deprel != "punct" and not (after and (below.deprel in _TRAILERS or _set_off(sentence, below))):
            words += _modifier(sentence, below)
    if (sibling := _following_subject(sentence, noun)) is not None:
        words += source_words(sentence, sibling)
    return _trimmed(sentence, noun, _contiguous(sentence, noun, sorted(words, key=lambda word: word.index)))


# "almost all residents", "about 20 witnesses": the adverb belongs to the count.
_OF_COUNT = frozenset({"almost", "nearly", "about", "around"})


def _modifier(sentence: Sentence, word: Word) -> list[Word]:
    """A modifier with all below it, without appositions and clauses behind a word."""
    words = [word]
    for at in words:
        below = tree.children(sentence, at)
        for w in below:
            trails = w.deprel in ("appos", "acl:relcl", "parataxis") or (w.deprel == "acl" and _set_off(sentence, w))
            words += [] if trails and w.index > at.index else [w]
    return words


def _set_off(sentence: Sentence, word: Word) -> bool:
    """Whether a comma stands before a modifier, which then says more but names nobody ("Lee, in a statement")."""
    first = tree.subtree(sentence, word)[0]
    before = sentence.words[first.index - 2] if first.index > 1 else None
    return first.form == "," or (before is not None and before.form == ",")


def _same_kind(noun: Word, other: Word) -> bool:
    nominal = ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "X")
    return noun.upos in nominal and other.upos in nominal


def _contiguous(sentence: Sentence, noun: Word, words: list[Word]) -> list[Word]:
    """The run of `words` around `noun`, hyphens between them included, punctuation at the ends not."""
    have = {word.index for word in words}
    low = high = noun.index
    while low - 1 in have or (low - 2 in have and sentence.words[low - 2].upos in ("PUNCT", "SYM")):
        low -= 1
    last = len(sentence.words)
    while high + 1 in have or (high + 2 in have and high + 1 <= last and sentence.words[high].upos in ("PUNCT", "SYM")):
        high += 1
    return list(sentence.words[low - 1 : high])


def _trimmed(sentence: Sentence, noun: Word, words: list[Word]) -> list[Word]:
    """The run without a comma or dash at its beginning, and without the time behind the noun: "the ministry on
    Saturday"."""
    while words[0] != noun and words[0].form in _PARTING:
        words = words[1:]
    for below in tree.children(sentence, noun, "nmod", "obl"):
        marked = tree.child(sentence, below, "case")
        if below.ner[2:] == "Date" and below.index > noun.index and (marked is None or marked.lemma in _OF_TIME):
            time = tree.subtree(sentence, below)
            if time[-1] == words[-1]:
                words = [word for word in words if word.index < time[0].index]
    return words


def cue_words(sentence: Sentence, match: Match) -> list[Word]:
    """The cue with its particle, preposition or predicate: "called for", "according to", "made clear"."""
    cue = match.trigger
    governed = [word for head in match.content for word in tree.children(sentence, head, "case", "mark")]
    behind = [
        word
        for word in governed
        if word.index == cue.index + 1 and word.lemma in (_OF_THE_CUE if word.deprel == "case" else _OF_THE_FRAME)
    ]
    if cue.lemma == "make":  # "made clear", "made it known"
        behind += [word for word in tree.children(sentence, cue, "xcomp") if word.upos == "ADJ"]
    return [cue, *tree.children(sentence, cue, "fixed", "compound:prt"), *behind]


def _following_subject(sentence: Sentence, noun: Word) -> Word | None:
    """The next subject of the same verb when a comma alone parts the two: the parser's form of some lists."""
    above = tree.head(sentence, noun)
    if above is None or noun.deprel != "nsubj":
        return None
    later = [word for word in tree.children(sentence, above, "nsubj") if word.index > noun.index]
    return later[0] if later and tree.first_of_list(sentence, later[0]) == noun else None


def content_words(match: Match, background: frozenset[str]) -> list[Word]:
    """What is reported: the content with all below it, without the cue and its own, the source and the conjunction.

    An infinitive ("vowed to retake the town") stops where words of `background` ("despite", "after") begin.
    """
    sentence, cue = match.sentence, match.trigger
    inside = {word.index for head in match.content for word in tree.subtree(sentence, head)}
    for head in match.content:
        if head.deprel in ("xcomp", "advcl", "obl") and head.index > cue.index:
            for below in _background(sentence, head, background):
                inside -= {word.index for word in tree.subtree(sentence, below)}
    cue_inside = any(tree.dominates(sentence, head, cue) for head in match.content)
    if cue_inside:  # "…, he said, …", "…, according to the ministry": the cue goes with its own, here the source's
        source_inside = match.source and any(tree.dominates(sentence, head, match.source) for head in match.content)
        top = match.source if match.source and source_inside and tree.dominates(sentence, match.source, cue) else cue
        inside -= {word.index for word in tree.subtree(sentence, top)}
    if cue.lemma != "accord":
        inside -= _further_source(sentence, inside)
    inside -= _time_of_saying(match)
    inside |= _opening_clauses(match) | _before_interruption(match)
    inside.discard(cue.index)
    if match.source and not any(tree.dominates(sentence, match.source, head) for head in match.content):
        inside -= {word.index for word in tree.subtree(sentence, match.source)}
        if not cue_inside:
            inside -= _between(match)
    words = [word for word in sentence.words if word.index in inside]
    words = _after_conjunction(match, words)
    while words and _leads(words[0], match):
        words.pop(0)
    while words and ((words[-1].upos == "PUNCT" and words[-1].form not in ")]") or words[-1].deprel in ("cc",)):
        words.pop()
    return words


def without_aside(sentence: Sentence, words: list[Word], quoted: Sequence[Span]) -> list[Word]:
    """The content without what the writer adds to it: a common noun's apposition or a clause with who that ends it
    behind a comma and is longer than all before it ("rejected the offer, a sum that no other town paid"). `quoted` are
    the quotations, in which none is cut.

    Of such appositions 37 of 47 are no part of what is marked in polnear/train, of shorter ones 27 of 58; of clauses
    with who 15 of 20. Those with which and where are as often kept as not in other articles than those counted in.
    """
    have = {word.index for word in words}
    above: Word | None = words[-1]
    while above is not None and above.index in have:
        if _adds(sentence, above):
            aside = [word for word in tree.subtree(sentence, above) if word == above or word.upos != "PUNCT"]
            before = [word for word in words if word.index < aside[0].index - 1]
            said = sum(word.upos != "PUNCT" for word in before)
            ends = aside[-1] == words[-1] and sentence.words[aside[0].index - 2].form == ","
            behind = Span(aside[0].span.start, words[-1].span.end)
            if ends and 0 < said <= len(aside) and not any(span.overlaps(behind) for span in quoted):
                return before
        above = tree.head(sentence, above)
    return words


def _adds(sentence: Sentence, word: Word) -> bool:
    """Whether a word heads a common noun's apposition or a clause that begins with "who"."""
    if word.deprel == "acl:relcl":
        return any(below.lemma == "who" for below in tree.subtree(sentence, word)[:3])
    return word.deprel == "appos" and word.xpos == "NN"


# "Will be handled according to the guidelines" cites nobody.
_NORMS = frozenset(
    "agreement criterion guideline law need norm plan principle procedure regulation requirement rule".split()
)


def _further_source(sentence: Sentence, inside: set[int]) -> set[int]:
    """An "according to …" at the end, which says where the whole report stood: 12 of 12 times on polnear/train, no
    part of what was said."""
    last = max((at for at in inside if sentence.words[at - 1].upos != "PUNCT"), default=0)
    for word in sentence.words:
        says_where = word.lemma == "accord" and word.deprel == "case"
        cites = word.form == "citing" and word.deprel == "advcl" and sentence.words[word.index - 2].form == ","
        if (says_where or cites) and word.index in inside:
            top = word if cites else sentence.words[word.head - 1]
            governed = tree.subtree(sentence, top)
            if says_where and top.lemma in _NORMS and top.upos == "NOUN":
                return set()
            if last in {below.index for below in governed} and governed[0].index > min(inside):
                return {below.index for below in governed}
    return set()


def _background(sentence: Sentence, head: Word, background: frozenset[str]) -> Iterator[Word]:
    """What hangs from an infinitive or demand and says when it was made; of nouns, what is "after" something."""
    nouns = [head] if head.deprel == "obl" else tree.children(sentence, head, "obj")
    for below in tree.children(sentence, head, "obl", "advcl"):
        if head.deprel != "obl" and any(w.lemma in background for w in tree.children(sentence, below, "case", "mark")):
            yield below
    for noun in nouns:
        for below in tree.children(sentence, noun, "nmod"):
            if any(word.lemma == "after" for word in tree.children(sentence, below, "case")):
                yield below


def _opening_clauses(match: Match) -> set[int]:
    """An adverbial clause between cue and content opens the content, though it hangs from the cue: "said if elected,
    he …"."""
    sentence, cue = match.sentence, match.trigger
    first = min(match.content, key=lambda head: head.index)
    if (
        first.deprel != "ccomp"
        or first.index < cue.index
        or any(w.lemma == "that" for w in tree.children(sentence, first, "mark"))
    ):
        return set()
    clauses = [word for word in tree.children(sentence, cue, "advcl") if cue.index < word.index < first.index]
    return {word.index for clause in clauses for word in tree.subtree(sentence, clause)}


def _time_of_saying(match: Match) -> set[int]:
    """A clause behind the cue of what stands before it, with no comma between: "Y, Lee said after the bridge fell"."""
    sentence, cue = match.sentence, match.trigger
    found: set[int] = set()
    goes_on = any(word.form == "," for word in sentence.words[cue.index : cue.index + 1])
    if match.content[0].index < cue.index and not goes_on:
        for word in sentence.words[cue.index :]:
            marks = tree.children(sentence, word, "mark") if word.deprel in ("advcl", "ccomp") else []
            if any(mark.lemma in _WHEN and sentence.words[mark.index - 2].form != "," for mark in marks):
                found |= {below.index for below in tree.subtree(sentence, word)}
    return found


def _before_interruption(match: Match) -> set[int]:
    """What comes before a cue between commas and hangs from it opens the content: "If it rains, Lee said, the bridge
    will fall".

    So it is marked 35 of 47 times on polnear/train, and 21 of 77 times where a quotation mark follows.
    """
    sentence, cue, source = match.sentence, match.trigger, match.source
    behind = sentence.words[cue.index : cue.index + 2]
    if source is None or len(behind) < 2 or behind[0].form != "," or behind[1].upos == "PUNCT":
        return set()
    if source.index > cue.index or any(w.deprel != "ccomp" or w.index < cue.index for w in match.content):
        return set()
    opening = tree.children(sentence, cue, "advcl", "advmod", "obl", "obl:unmarked")
    return {word.index for head in opening if head.index < source.index for word in tree.subtree(sentence, head)}


def _between(match: Match) -> set[int]:
    """The words from a source to its cue: what the parser hung elsewhere still belongs to the source, unless a content
    stands there ("Saying the bridge was closed, Lee left")."""
    if match.source is None:
        return set()
    low, high = sorted((match.source.index, match.trigger.index))
    reported = any(low < head.index < high for head in match.content)
    return set(range(low, high + 1)) if high - low <= 12 and not reported else set()


def _after_conjunction(match: Match, words: list[Word]) -> list[Word]:
    """From the conjunction "that" of the content on: an adverb before it belongs to the cue ("said on Monday that"),
    and all behind it to the content, also what the parser hung from the cue ("said that, as the mayor was ill, …")."""
    sentence, cue = match.sentence, match.trigger
    for head in match.content:
        for mark in tree.children(sentence, head, "mark"):
            before = [word for word in words if word.index < mark.index]
            if mark.lemma == "that" and all(word.index > cue.index for word in before):
                return [word for word in words if word.index > mark.index]
    if words and cue.index < len(sentence.words) and cue.index < words[0].index <= cue.index + 40:
        following = sentence.words[cue.index]
        if following.lemma == "that" and following.deprel == "mark":
            return list(sentence.words[following.index : words[-1].index])
    return words


def _leads(word: Word, match: Match) -> bool:
    """Whether the first word of a content is no part of it: punctuation, "that", "but", a preposition of the cue's
    frame."""
    if word.upos == "PUNCT":
        return word.form not in "([$#" and not word.form.startswith("'")
    if word.deprel == "cc":
        return True
    governed = any(word.head == head.index for head in match.content)
    if governed and word.deprel == "mark":
        return word.lemma == "that" or word.lemma in _OF_THE_FRAME
    return governed and word.deprel == "case" and word.upos in _PREPOSITIONS


def spans(sentence: Sentence, words: list[Word]) -> tuple[Span, ...]:
    """The runs of `words`, gaps of punctuation alone closed, without commas and dashes at their ends."""
    runs: list[list[Word]] = []
    for word in words:
        last = runs[-1][-1].index if runs else None
        beside = last is not None and word.index == last + 1
        if beside or (last is not None and all(gap.upos == "PUNCT" for gap in sentence.words[last : word.index - 1])):
            runs[-1].append(word)
        else:
            runs.append([word])
    return tuple([tree.hull(stripped) for run in runs if (stripped := _stripped(run))])


def _stripped(run: list[Word]) -> list[Word]:
    """The run without commas and dashes at its ends."""
    first, last = 0, len(run)
    while first < last and run[first].form in _PARTING:
        first += 1
    while last > first and run[last - 1].form in _PARTING:
        last -= 1
    return run[first:last]
