"""Sentences -> the same as news prints them: headlines, capitals, no full stop. Treebanks have few of these."""

import random
from collections.abc import Callable
from dataclasses import replace

from audit.train.corpus import Paragraph, Sentence, Token

# How often each is done, of all paragraphs.
_UPPER = 0.03
_LOWER = 0.02
_TITLE = 0.05
_HEADLINE = 0.05
_UNSTOPPED = 0.05


def varied(paragraph: Paragraph, chance: random.Random) -> Paragraph:
    """`paragraph`, now and then otherwise written; what is annotated stays true."""
    drawn = chance.random()
    for share, change in (
        (_UPPER, lambda sentence: _cased(sentence, str.upper)),
        (_LOWER, lambda sentence: _cased(sentence, str.lower)),
        (_TITLE, lambda sentence: _cased(sentence, _title)),
        (_HEADLINE, _headline),
        (_UNSTOPPED, _unstopped),
    ):
        if drawn < share:
            return tuple(map(change, paragraph))
        drawn -= share
    return paragraph


def _cased(sentence: Sentence, case: Callable[[str], str]) -> Sentence:
    return tuple(replace(token, form=case(token.form)) for token in sentence)


def _title(form: str) -> str:
    return form[:1].upper() + form[1:] if len(form) > 3 else form


def _headline(sentence: Sentence) -> Sentence:
    """Without articles, forms of "be" and the full stop, as far as nothing hangs on them."""
    dropped = {"a", "an", "the", "is", "are", "was", "were", "."}
    return _without(sentence, lambda token: token.form.lower() in dropped and token.upos in ("DET", "AUX", "PUNCT"))


def _unstopped(sentence: Sentence) -> Sentence:
    last = len(sentence) - 1
    return _without(sentence, lambda token: token is sentence[last] and token.form == ".")


def _without(sentence: Sentence, unwanted: Callable[[Token], bool]) -> Sentence:
    governors = {token.head for token in sentence}
    kept = [
        index
        for index, token in enumerate(sentence, 1)
        if index in governors or token.head == 0 or not unwanted(token) or not token.upos
    ]
    if len(kept) == len(sentence):
        return sentence
    place = {0: 0} | {old: new for new, old in enumerate(kept, 1)}
    return tuple(replace(sentence[old - 1], head=place[sentence[old - 1].head]) for old in kept)
