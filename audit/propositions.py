"""Reports with quotations in them -> the propositions that they have of their own."""

from collections.abc import Container, Iterator, Sequence

from audit import extent, spans, tree
from audit.attributions import Attribution
from audit.model import Article, Sentence, Span, Word
from audit.quotations import Quotation

_SHORTEST = 4  # words of a proposition: "he writes" is none
_TERM = 2  # words of a quotation that can be a term in somebody's proposition
_AROUND_TERM = 8  # times as many words as it has stand in that proposition
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
_SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "csubj:pass", "expl")
_SUBORDINATING = frozenset("after although as because before since so though to until when whereas while".split())
_OF_A_NOUN = ("compound", "amod", "nmod:desc", "nsubj", "obj", "obl", "nmod", "conj")


def own_propositions(
    reports: Sequence[Attribution], said: Sequence[Quotation], article: Article
) -> Iterator[tuple[Attribution, tuple[Span, ...]]]:
    """The propositions of the reports in which somebody is quoted, each with its report.

    Of "Lee said the plan is late and that Roe calls it “a mess”" that is: the plan is late; so it is of "Lee said the
    plan is late and that it is “a mess”", and of "Lee said the plan is late because it is “a mess”". A report in which
    a word or two are a term ("Lee said the plan for the “green belt” is a year late") is a proposition as a whole: of
    five such in 104 articles readers marked three so, and the quotation alone in two.
    """
    cues = {a.cue for a in reports}
    spoken = [quotation.span for quotation in said]
    by_span = dict(zip(spoken, said, strict=True))
    quoting = [q.attribution for q in said if q.attribution and q.attribution.cue not in cues]
    claimed: dict[int, list[Span]] = {}  # by sentence
    for outer in dict.fromkeys([*reports, *quoting]):
        quoted = [span for part in outer.content for span in spans.touching(spoken, part)]
        inner = [by_span[span].attribution for span in quoted]
        if not inner or any(a is None or a.sentence != outer.sentence for a in inner):
            continue
        sentence = article.sentences[outer.sentence]
        words = [word for word in sentence.words if any(part.holds(word.span) for part in outer.content)]
        others = [a for a in inner if a and a.cue != outer.cue and outer.covers(a.cue)]
        if len(others) == len(inner):
            found = [_before(sentence, outer, words, others)]
        elif others:
            continue
        elif _has_term(sentence, outer, words, quoted):
            found = [[word for word in sentence.words if any(s.holds(word.span) for s in (*outer.content, *quoted))]]
        else:
            found = list(_beside(sentence, outer, words, quoted))
        for own in found:
            parts = extent.spans(sentence, own)
            led_in = own and ":" in article.text[own[-1].span.end : outer.cue.start]  # Lee was sad: “…,” he said
            taken = claimed.setdefault(outer.sentence, [])
            again = any(part.overlaps(other) for part in parts for other in taken)
            around = any(part.holds(cue) for part in parts for cue in cues)
            if len(own) >= _SHORTEST and not led_in and not again and not around:
                taken += parts
                yield outer, parts


def _before(sentence: Sentence, outer: Attribution, words: Sequence[Word], others: Sequence[Attribution]) -> list[Word]:
    """What a report says before the clause in which somebody else is quoted."""
    first = min(tree.subtree(sentence, _clause(sentence, a.cue_word))[0].index for a in others)
    own = _trimmed([word for word in words if word.index < first])
    have = {word.index for word in own}
    return own if any(head.index in have and _is_whole(sentence, head, have) for head in outer.heads) else []


def _clause(sentence: Sentence, verb: Word) -> Word:
    """The head of the clause that a verb is in or completes: expects, of "expects Roe to call"."""
    while verb.deprel in ("xcomp", "ccomp") and (above := tree.head(sentence, verb)):
        verb = above
    return verb


def _has_term(sentence: Sentence, outer: Attribution, words: Sequence[Word], quoted: Sequence[Span]) -> bool:
    """Whether the quotation in a reported clause is a noun or its modifier, and little beside the rest."""
    finite = any(_is_finite(sentence, head) for head in outer.heads)
    if len(quoted) != 1 or not finite or outer.cue_class == "attitude":
        return False
    inside = [word for word in words if quoted[0].overlaps(word.span) and word.upos != "PUNCT"]
    around = sum(word.upos != "PUNCT" for word in words)
    if not 0 < len(inside) <= _TERM or around < _AROUND_TERM * len(inside):
        return False
    have = {word.index for word in inside}
    tops = [word for word in inside if word.head not in have]
    nominal = all(word.upos in ("NOUN", "PROPN", "ADJ") and word.deprel in _OF_A_NOUN for word in tops)
    return len(tops) == 1 and nominal and not tree.child(sentence, tops[0], "cop")


def _beside(
    sentence: Sentence, outer: Attribution, words: Sequence[Word], quoted: Sequence[Span]
) -> Iterator[list[Word]]:
    """The clauses of a report without its own quotations: coordinated ones each, and what stands before a clause that
    has them."""
    inside = {word.index for word in words if any(span.overlaps(word.span) for span in quoted)}
    have = {word.index for word in words}
    clauses = [head for head in outer.heads if head.index in have]
    for head in clauses:
        clauses += [w for w in tree.children(sentence, head, "conj") if w.index in have and _is_finite(sentence, w)]
    run: list[Word] = []  # clauses beside each other are one proposition
    for head in sorted(clauses, key=lambda word: word.index):
        below = {word.index for word in tree.subtree(sentence, head)} & have
        for other in clauses:
            if other.index in below and other is not head:
                below -= {word.index for word in tree.subtree(sentence, other)}
        own = [word for word in words if word.index in below]
        if not inside & below:
            # what stands before the quotation and its cue may be the writer's
            run += own if head.span.start > outer.cue.start and _is_proposition(sentence, head, own) else []
            continue
        yield _trimmed(run)
        run = []
        own = _without_end(sentence, _trimmed(own), inside)
        if not {word.index for word in own} & inside and _is_proposition(sentence, head, own):
            yield _trimmed(own)
    yield _trimmed(run)


def _is_proposition(sentence: Sentence, head: Word, words: Sequence[Word]) -> bool:
    """Whether `words` are the clause or infinitive of `head` with all that it needs."""
    have = {word.index for word in words}
    clause = _is_finite(sentence, head) or _is_infinitive(sentence, head)
    return clause and head.index in have and _is_whole(sentence, head, have)


def _without_end(sentence: Sentence, words: list[Word], inside: Container[int]) -> list[Word]:
    """The words before the largest clause that has all quoted ones and says something of what stands before it."""
    have = {word.index for word in words}
    quoted = {word.index for word in words if word.index in inside}
    for word in words:
        below = [w.index for w in tree.subtree(sentence, word) if w.index in have] if _is_aside(sentence, word) else []
        if below and quoted <= set(below) and word.head < below[0]:
            return [w for w in words if w.index < below[0]]
    return words


def _is_aside(sentence: Sentence, word: Word) -> bool:
    """Whether a clause can be left out, as no condition can: "…, because it is “a mess”", ", which is “a mess”"."""
    first = tree.subtree(sentence, word)[0]
    parted = first.form == "," or (first.index > 1 and sentence.words[first.index - 2].form == ",")
    if word.deprel == "advcl":
        marks = {mark.lemma for mark in tree.children(sentence, word, "mark", "advmod")}
        if "for" in marks:  # "was waiting for them to go": what one waits for
            return False
        return not marks.isdisjoint(_SUBORDINATING) or (parted and word.xpos in ("VBG", "VBN"))
    return parted and word.deprel == "acl:relcl"


def _is_finite(sentence: Sentence, head: Word) -> bool:
    """Whether a verb or predicate is finite, with a subject of its own, and no adverbial clause."""
    marks = {word.lemma for word in tree.children(sentence, head, "mark")}
    verbs = (head, *tree.children(sentence, head, "aux", "aux:pass", "cop"))
    reported = head.deprel not in ("advcl", "xcomp") or "that" in marks
    return reported and any(v.xpos in _FINITE for v in verbs) and tree.child(sentence, head, *_SUBJECTS) is not None


def _is_infinitive(sentence: Sentence, head: Word) -> bool:
    return head.xpos == "VB" and any(word.lemma == "to" for word in tree.children(sentence, head, "mark"))


def _trimmed(words: list[Word]) -> list[Word]:
    """The words without punctuation and conjunctions at their ends."""
    while words and (words[-1].upos == "PUNCT" or words[-1].deprel in ("mark", "cc")):
        words = words[:-1]
    while words and (words[0].upos == "PUNCT" or words[0].deprel == "cc" or words[0].lemma == "that"):
        words = words[1:]
    return words


def _is_whole(sentence: Sentence, head: Word, have: Container[int]) -> bool:
    """Whether a clause is there with its subject, or an infinitive with its object, none of it cut away."""
    needed = tree.children(sentence, head, *_SUBJECTS, "cop", "obj", "ccomp", "xcomp")
    return bool(needed) and all(word.index in have for word in needed)
