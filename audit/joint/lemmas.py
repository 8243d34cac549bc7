"""Word form and lemma <-> the edit that turns one into the other, so that finding a lemma is choosing an edit.

An edit is a letter for the case (``l`` lower, ``t`` title, ``k`` as it is), the number of letters to take off the end,
and what to put there: ``l3y`` makes "Cities" into "city". This is the lemma rule of UDPipe 2 (Straka, 2018,
https://aclanthology.org/K18-2020) without its prefixes, which English does not need. A lemma that shares no letter with
its form ("was", "be") is ``=be``.
"""

import re
from collections.abc import Callable, Iterable

import simplemma

_REGULAR = re.compile(r"(?:ed|ing|[^s]s)$", re.IGNORECASE)
_ODD = re.compile(r"(?:[cln]k|[ae]w|ow|x|sh|[ncpr]t|nd|rm|[lm]p|ft|sk|ll|tt|ff)e$")
_VOWEL = re.compile("[aeiouy]", re.IGNORECASE)
_CASES: dict[str, Callable[[str], str]] = {"l": str.lower, "t": str.title, "k": str}


def edit(form: str, lemma: str) -> str:
    """The edit with ``apply(edit(form, lemma), form) == lemma``."""
    for letter, case in _CASES.items():
        base = case(form)
        shared = 0
        while shared < min(len(base), len(lemma)) and base[shared] == lemma[shared]:
            shared += 1
        rest = lemma[shared:]
        if shared and not rest[:1].isdigit() and (not rest or rest.islower() or letter == "k"):
            return f"{letter}{len(base) - shared}{rest}"
    return f"={lemma}"


def apply(edit: str, form: str) -> str:
    """The lemma of `form` under `edit`; `form` in lower case where the edit takes more letters than there are."""
    if edit[0] == "=":
        return edit[1:]
    base = _CASES[edit[0]](form)
    digits = 1
    while digits < len(edit) and edit[digits].isdigit():
        digits += 1
    cut = int(edit[1:digits])
    return base[: len(base) - cut] + edit[digits:] if cut < len(base) else form.lower()


def choose(form: str, edits: Iterable[str], *, verb: bool) -> str:
    """The lemma of an inflected word: of what `edits` make of it, best first, the first that is an English word.

    The network judges well what kind of form a word is, and badly how English spells its lemma: of "vowed" it makes
    "vowe". The words are those of simplemma (https://github.com/adbar/simplemma), which also knows the lemmas of
    regular forms of verbs.
    """
    ranked = [apply(edit, form) for edit in edits]
    lemmas = ranked
    if verb and form.isalpha():
        low = form.lower()
        known = _of_verb(low)
        if _REGULAR.search(form):
            if known != low and known in ranked:
                return known
            # Of "warning" simplemma gives the noun; "bring" and "string" are what they seem.
            lemmas = [lemma for lemma in ranked if lemma != low and _VOWEL.search(lemma)] + ranked
        elif known == low and low in ranked and len(ranked[0]) < len(low):
            return low  # "read", "hit": not "rea"
        elif low not in (known, ranked[0]) and simplemma.is_known(known, lang="en"):
            return known  # "sought", "stolen": no edit that the network knows makes "seek" or "steal"
    return next((lemma for lemma in lemmas if simplemma.is_known(lemma, lang="en")), ranked[0])


def _of_verb(form: str) -> str:
    """The lemma that simplemma gives for a form, without the "e" of words that there are hardly any of: "thanke"."""
    known = simplemma.lemmatize(form, lang="en")
    return known[:-1] if _ODD.search(known) else known
