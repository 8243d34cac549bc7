"""Forms of English words, in lower case -> the lemmas that they may be of, by how English inflects.

``verbs.txt`` holds verbs with their irregular forms, ``irregular.txt`` other words that have such forms.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import simplemma

_VOWEL = re.compile("[aeiouy]")
_DOUBLED = re.compile(r"([b-df-hj-np-tvz])\1$")
_DOUBLING = re.compile(r"(?:[^aeiou]|qu)*[aeiou][^aeiouwxy]")  # whole: "hop", of which "hoping" is no form
_PREFIX = re.compile(r"(?:(?:de|dis|fore|in|mis|out|over|pre|re|sub|un|under|up|with)-?|\w+-)(?=...)")


def of_verb(form: str) -> list[str]:
    """The verbs that are spelt so when they are inflected: those of the list, or else all that the ending allows."""
    verbs, irregular = _verbs()
    if form in irregular:
        return irregular[form]
    stems = list(_stems_of_verb(form))
    listed = [stem for stem in stems if stem in verbs]
    prefix = _PREFIX.match(form)
    if prefix and not listed:
        rest = form[prefix.end() :]
        listed = [prefix.group() + verb for verb in irregular.get(rest, _stems_of_verb(rest)) if verb in verbs]
    return listed or _known(stems)


def is_verb(form: str) -> bool:
    """Whether the list of verbs has this one, or has it without its prefix."""
    verbs = _verbs()[0]
    prefix = _PREFIX.match(form)
    return form in verbs or (prefix is not None and form[prefix.end() :] in verbs)


def of_plural(form: str) -> list[str]:
    """The nouns that have such a plural."""
    return _known(list(_stems_of_plural(form)))


def of_comparison(form: str) -> list[str]:
    """The adjectives and adverbs that have such a regular comparative or superlative."""
    return [stem for stem in _stems_of_comparison(form) if is_word(stem)]


def irregular(form: str, upos: str) -> list[str]:
    """The lemmas of which this is an irregular form or an abbreviation; not those of verbs."""
    return _others().get((upos, form), [])


def is_word(lemma: str) -> bool:
    """Whether there is such an English word."""
    return simplemma.is_known(lemma, lang="en")


def is_lemma(form: str) -> bool:
    """Whether a form is a word that is no inflected form of another one."""
    return is_word(form) and simplemma.lemmatize(form, lang="en") == form


@cache
def _others() -> Mapping[tuple[str, str], list[str]]:
    found = defaultdict(list)
    for upos, lemma, *forms in _lines("irregular.txt"):
        for form in forms:
            found[upos, form].append(lemma)
    return dict(found)


@cache
def _verbs() -> tuple[frozenset[str], Mapping[str, list[str]]]:
    """The list of verbs, and the verbs of each irregular form."""
    verbs = set()
    found = defaultdict(list)
    for verb, *forms in _lines("verbs.txt"):
        verbs.add(verb)
        for form in forms:
            found[form].append(verb)
    return frozenset(verbs), dict(found)


def _lines(name: str) -> Iterator[list[str]]:
    for line in Path(__file__).with_name(name).read_text("utf-8").splitlines():
        if line[0] != "#":
            yield line.split()


def _known(stems: list[str]) -> list[str]:
    return [stem for stem in stems if is_word(stem)] or stems


def _stems_of_verb(form: str) -> Iterator[str]:
    if form.endswith("ied"):
        yield form[:-3] + "y"
    if form.endswith("ying"):
        yield form[:-4] + "ie"
    yield from _before_vowel(form, ("ed", "ing"))
    yield from _before_s(form)


def _stems_of_comparison(form: str) -> Iterator[str]:
    if form.endswith(("ier", "iest")):
        yield form.removesuffix("er").removesuffix("est")[:-1] + "y"
    yield from _before_vowel(form, ("er", "est"))


def _stems_of_plural(form: str) -> Iterator[str]:
    if form.endswith("ves"):
        yield form[:-3] + "f"
        yield form[:-3] + "fe"
    yield from _before_s(form)
    if re.search(".men$", form):
        yield form[:-2] + "an"
    elif not form.endswith("s"):
        yield simplemma.lemmatize(form, lang="en") if len(form) > 3 else form  # "km"


def _before_s(form: str) -> Iterator[str]:
    if form.endswith("ies"):
        yield form[:-3] + "y"
    if re.search("(?:[sxzo]|[cs]h)es$", form):
        yield form[:-2]
    if form.endswith("zzes"):
        yield form[:-3]
    if re.search("[^s]s$", form) and not form.endswith(("sses", "shes")):
        yield form.removesuffix("s").removesuffix("'")


def _before_vowel(form: str, endings: tuple[str, str]) -> Iterator[str]:
    """The words that are so before an ending that begins with a vowel: of "planning", "plan" and "planne"."""
    stem = next((form.removesuffix(ending) for ending in endings if form.endswith(ending)), "")
    if not _VOWEL.search(stem):
        return
    double = _DOUBLED.search(stem)
    if double:
        yield stem[:-1]
    if stem.endswith(("ll", "ss", "ff", "zz")) or not (double or _DOUBLING.fullmatch(stem)):
        yield stem
    if stem.endswith("ck"):
        yield stem[:-1]  # "panicked"
    yield stem + "e"
