"""Matches whose source is the subject of what is reported -> the same with the two told apart.

In a long sentence that ends in its cue ("The town was, Ann Lee, its mayor, said") the parser now and then hangs the
first subject from the cue. The clause between the two then has none, and whose it is shows: a clause with a finite
verb has a subject, and a source stands beside its cue.
"""

from dataclasses import replace

from audit import tree
from audit.match import Match
from audit.model import Sentence, Word

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
_SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "expl")


def told_apart(match: Match) -> tuple[Match, Word | None]:
    """`match`, its source beside its cue and its subject part of the content, if it was another's; and then the first
    word of the phrase around the source, where the content ends at the latest."""
    sentence, cue = match.sentence, match.trigger
    clause = min(match.content, key=lambda word: word.index, default=None)
    subject = next(iter(tree.children(sentence, cue, "nsubj")), None)
    if clause is None or subject is None or not subject.index < clause.index < cue.index:
        return match, None
    if not _is_finite(sentence, clause) or tree.child(sentence, clause, *_SUBJECTS):
        return match, None
    source = _beside(sentence, cue, clause) if match.source == subject else match.source
    if source is None or source.index < clause.index:
        return match, None
    first = tree.subtree(sentence, _around(sentence, source, clause))[0]
    return replace(match, source=source, content=(subject, *match.content)), first if first.index < cue.index else None


def _is_finite(sentence: Sentence, clause: Word) -> bool:
    return any(word.xpos in _FINITE for word in (clause, *tree.children(sentence, clause, "aux", "aux:pass", "cop")))


def _beside(sentence: Sentence, cue: Word, clause: Word) -> Word | None:
    """The head of the noun phrase right before the cue."""
    before = [word for word in sentence.words[clause.index : cue.index - 1] if word.upos != "PUNCT"]
    if not before or before[-1].upos not in _NOMINAL:
        return None
    found = before[-1]
    while (above := tree.head(sentence, found)) is not None and above.upos in _NOMINAL:
        parted = any(word.form == "," for word in sentence.words[above.index : found.index - 1])
        if not clause.index < above.index < cue.index or parted or found.deprel == "appos":
            break
        found = above
    return found


def _around(sentence: Sentence, source: Word, clause: Word) -> Word:
    """What the source is said to be, with it: "the mayor of the town, Ann Lee"."""
    top = at = source
    while at.deprel in ("appos", "nmod", "flat") and at.index > clause.index:
        if at.deprel == "appos":
            top = at
        above = tree.head(sentence, at)
        if above is None:
            break
        at = above
    return top
