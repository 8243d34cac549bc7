"""Word form and lemma <-> the edit that turns one into the other, so that finding a lemma is choosing an edit.

An edit is a letter for the case (``l`` lower, ``t`` title, ``k`` as it is), the number of letters to take off the end,
and what to put there: ``l3y`` makes "Cities" into "city". This is the lemma rule of UDPipe 2 (Straka, 2018,
https://aclanthology.org/K18-2020) without its prefixes, which English does not need. A lemma that shares no letter with
its form ("was", "be") is ``=be``.
"""

import re
from collections.abc import Callable, Sequence

from audit.joint import inflection

_CASES: dict[str, Callable[[str], str]] = {"l": str.lower, "t": str.title, "k": str}
OPEN = frozenset({"VERB", "AUX", "NOUN", "PROPN", "ADJ", "ADV"})
"""The UPOS of words that have a lemma by their inflection."""

_VERBS = frozenset({"VERB", "AUX"})
_INFLECTED = frozenset({"VBD", "VBN", "VBG", "VBZ"})
_UNINFLECTED = frozenset({"NN", "NNP", "JJ", "RB", "FW"})
_PLURAL = frozenset({"NNS", "NNPS"})
_PROPER = frozenset({"NNP", "NNPS"})
_COMPARED = frozenset({"JJR", "JJS", "RBR", "RBS"})
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"\d")


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


def choose(form: str, upos: str, xpos: str, edits: Sequence[str]) -> str:
    """The lemma of a word.

    The network judges well what kind of form a word is, and badly how English spells its lemma: of "vowed" it makes
    "vowe", of "need" "know". So it chooses among the lemmas that English has for such a form (`inflection`), and says
    whether they are capitalized.

    Args:
        edits: what the network would do, best first.
    """
    if xpos == "ADD" or _DIGIT.search(form):  # "example.org", "1990s"
        return form.replace(",", "") if _THOUSANDS.fullmatch(form) else form
    low = form.lower()
    irregular = inflection.irregular(low, upos)
    possible = _possible(low, upos, xpos, irregular)
    # An edit that puts another word in the place of the form was learnt for few forms; the network has it for many.
    known = {*irregular, *possible}
    fit = [edit for edit in edits if edit[0] != "=" or edit[1:] in known or not _LETTER.search(form)]
    ranked = [apply(edit, form) for edit in fit]
    if not possible:
        free = upos not in OPEN or not _LETTER.search(form)
        return next((lemma for lemma in ranked if free or lemma.lower() == low or inflection.is_word(lemma)), form)
    whole = xpos == "NNPS" or (xpos == "NNS" and (low in irregular or inflection.is_lemma(low)))
    if whole and ranked and ranked[0].lower() == low:
        return ranked[0]  # "Netherlands", "troops", "species"
    lemma = next((lemma.lower() for lemma in ranked if lemma.lower() in possible), possible[0])
    if upos in _VERBS:
        return _capitalized(lemma, form) if xpos == "NNP" else lemma
    case = fit[0][0] if fit else "k"
    if case == "t" and (form.islower() or (form.isupper() and xpos in _PROPER)):
        return lemma.title()
    return _capitalized(lemma, form) if case in "kt" else lemma


def _possible(form: str, upos: str, xpos: str, irregular: list[str]) -> list[str]:
    """The lemmas that English has for a form in lower case; none where that is for the network to say."""
    if upos not in OPEN or xpos == "MD" or not _LETTER.search(form):
        return []
    if upos in _VERBS:
        itself = xpos not in _INFLECTED and inflection.is_verb(form)
        return [form] if itself else inflection.of_verb(form.strip("'‘’")) or [form]
    if xpos in _PLURAL:
        return [noun for noun in irregular if noun != form] or inflection.of_plural(form)
    if xpos in _COMPARED:
        return irregular or inflection.of_comparison(form)
    return irregular or [form] if xpos in _UNINFLECTED else []


def _capitalized(lemma: str, form: str) -> str:
    """A lemma in lower case with the capitals of its form."""
    shared = 0
    while shared < min(len(form), len(lemma)) and form[shared].lower() == lemma[shared]:
        shared += 1
    return form[:shared] + lemma[shared:]
