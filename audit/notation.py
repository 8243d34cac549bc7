"""Numbers that are no figures, told by how they are written: years, times, ages, designations, scores, list numbers."""

import re

from audit import tree
from audit.model import Article, Sentence, Span, Word

_UNIT = re.compile(r"[%$£€¥₹]|cent|point|illion|thousand|hundred", re.IGNORECASE)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d(?:s|[-–/]\d\d(?:\d\d)?)?")
_CLOCK = re.compile(r"\s*(?::\d\d|[ap]\.?m\b|o['’]clock|(?:h|hrs|GMT|UTC|EST|ET|BST)\b)", re.IGNORECASE)
_DAYTIME = re.compile(r" (?:in the (?:morning|afternoon|evening)|at night)\b")
_HOUR = re.compile(r"[1-9]|1[0-2]")
_IN_ADDRESS = frozenset("/=?&.-_%#@")
_ADDRESS = re.compile(r"\S*(?:\w://|www\.|\w@\w)")  # of a page, or for mail
_LABEL = re.compile(
    r"(?:#|№|\b(?:nos?\.|page|article|section|chapter|room|part|volume|phase|number|(?:grades?|ages?|aged)"
    r"(?: \d+ (?:and|or|to))?))\s*$",
    re.IGNORECASE,
)
_SCORE = re.compile(r"\d{1,3}\s?[-–]\s?\d{1,3}")
_AGE = re.compile(r"[1-9]\d|10\d")
_DIED_AT = re.compile(r"\b(?:die[sd]?|dying|dead|death|retire[sd]?|retiring|married) at $", re.IGNORECASE)
_TO_AGE = re.compile(r"-? (?:to|or|and) \d{1,3}-(?:year|month|week|day)s?-old")
_SHORT = re.compile(r"\d{1,4}")
_BOUND = re.compile(
    r"\b(?:more than|less than|fewer than|at least|at most|up to|as many as|some|nearly|almost|roughly|approximately|"
    r"an estimated)\s+$",
    re.IGNORECASE,
)
_HYPHEN = re.compile(r"\w[-‐‑–]$")
_TOP = re.compile(r"\btop $", re.IGNORECASE)  # "the top 10 towns" rank, and count nothing
_SHARE = re.compile(r"[\w.]+(?: (?:or|to) [\w.]+)? ?(?:%|per ?cent|of\b)")
_DECADE = re.compile(r"\d0 ?s\b")  # "in their 20 s", as news that was taken apart has it
_DIMENSIONS = re.compile(r"[23] ?D\b")
_NO_COUNT = re.compile(r"zero[- ](?:sum|tolerance)\b", re.IGNORECASE)
_IDENTIFIER = re.compile(r"\d{11,}")  # longer than any count that is written without commas: of a post, a phone
_SEPARATED = re.compile(r"\d[:/]$")
_ATTRIBUTE = re.compile(r"\w=[\"'“”]$")  # of markup that was left in the text
_ITEM = re.compile(r"\d+[.)]\s|\d\d? [-–—] [A-Z]")
_LONGEST = 40  # characters, more than any pattern takes before a number, blanks at the end aside


def is_none(article: Article, sentence: Sentence, numeral: Span, head: Word) -> bool:
    """Whether a number, hanging from `head`, is written as what no source is asked for."""
    text = article.slice(numeral)
    before = article.text[sentence.span.start : numeral.start]
    after = article.text[numeral.end : sentence.span.end]
    near = last_words(before)
    if _IDENTIFIER.fullmatch(text) or _HYPHEN.search(before, near) or re.match(r"(?:st|nd|rd|th)\b", after):
        return True
    if _TOP.search(before, near) and not _SHARE.match(text + after):
        return True
    if any(pattern.match(text + after) for pattern in (_DECADE, _DIMENSIONS, _NO_COUNT)):
        return True
    if not before.strip(" \"'“‘([") and _ITEM.match(text + after):  # the number of an item in a list
        return True
    if before[-1:] in _IN_ADDRESS and _ADDRESS.match(before, before.rfind(" ") + 1):
        return True
    if (_HOUR.fullmatch(text) and _DAYTIME.match(after)) or _TO_AGE.match(after):
        return True
    if re.match(r"[:/]\d", after) or _SEPARATED.search(before, near) or _ATTRIBUTE.search(before, near):
        return True
    last = next((w for w in reversed(sentence.words) if w.span.end <= numeral.start and w.upos != "PUNCT"), None)
    if last and _AGE.fullmatch(text) and _is_age(last, before, after, near):
        return True
    if _UNIT.search(text):
        return False
    if _BOUND.search(before, near):  # "more than 2000"
        return False
    if last and _SHORT.fullmatch(text) and _is_designation(last, numeral, head):
        return True
    above = tree.head(sentence, head)
    if above is not None and head.deprel == "nummod" and above.index > head.index and _is_many(sentence, above):
        return False
    named = above is not None and above.upos == "PROPN" and above.index < head.index and head.deprel != "appos"
    part_of_name = head.deprel in ("flat", "nmod:unmarked") and head.upos in ("NUM", "PROPN")
    return named or part_of_name or _is_date_or_label(text, before, after)


def last_words(before: str) -> int:
    """Where to begin to look for what stands at the end of a text, so that the time it takes is that of the end."""
    return max(len(before.rstrip()) - _LONGEST, 0)


def _is_age(last: Word, before: str, after: str, near: int) -> bool:
    """Ann Lee, 34, a nurse; a man, 29, was hurt; at 35 he still plays; dead at 92."""
    if before.endswith(", "):
        person = last.upos == "PROPN" and re.match(r"[,.;)]|\s*$", after)
        return bool(person or (last.xpos == "NN" and re.match(r", [a-z]", after)))
    at_first = before.strip(" \"“'‘") == "At" and re.match(r",? (?:he|she)\b", after)
    return bool(at_first or _DIED_AT.search(before, near))


def _is_designation(last: Word, numeral: Span, head: Word) -> bool:
    """Rule 40, Route 66: a capital right before a number that counts nothing."""
    capital = last.upos in ("PROPN", "NOUN") and last.form[:1].isupper() and last.index > 1
    return capital and last.span.end == numeral.start - 1 and head.deprel != "nummod"


def _is_many(sentence: Sentence, noun: Word) -> bool:
    """Whether digits count the noun behind them: "1800 police", but not "the 2016 primaries", "the 20-13 vote"."""
    plural = noun.xpos == "NNS" or noun.lemma in ("people", "police", "staff")
    return noun.upos == "NOUN" and plural and tree.child(sentence, noun, "det", "nmod:poss") is None


def _is_date_or_label(text: str, before: str, after: str) -> bool:
    """A year, a time of day, what follows "page" or "No.", a score."""
    score = _SCORE.fullmatch(text) and not re.match(r"\s*(?:per ?cent|%|[a-z]+s\b)", after)
    return bool(_YEAR.fullmatch(text) or _CLOCK.match(after) or _LABEL.search(before, last_words(before)) or score)
