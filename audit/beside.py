"""Who stands beside a quotation that no pattern attributes: a label, a cue, a lead-in with a colon, a sign-off."""

import re

from audit import tree
from audit.attributions import FIRST_PERSON
from audit.model import Sentence, Span, Word
from audit.phrases import Phrase
from audit.quotedwords import Page, Words
from audit.rule import listed

_SIGN_OFF = re.compile(r"[\s,]*(?:[—–―]|--?)\s*(?=\w)")
_LABEL = re.compile(r"([A-Z][A-Z.'’ -]{1,30}):\s")
_SPEECH = ("say", "tell", "quoting")
_BESIDE = 14  # words between a stretch and its cue: room for a name with its title and an apposition


def label(page: Page, words: Words) -> Phrase | None:
    """“WALLACE: Will she be there?”: the label of a transcript inside the marks."""
    found = _LABEL.match(page.article.text, words.stretch.inner.start, words.stretch.inner.end)
    if not found:
        return None
    index, inside = words.parts[0]
    named = [word for word in inside if word.span.end <= found.end(1) and word.upos != "PUNCT"]
    # A warning or note speaks once, a person of the transcript again.
    if not named or (named[-1].ner[2:] != "Person" and page.article.text.count(found[0]) < 2):
        return None
    return Phrase(index, named[-1], Span(named[0].span.start, named[-1].span.end))


def cue_inside(page: Page, words: Words) -> Phrase | None:
    """Guterres “reminds all parties …”: the quoted words begin with the verb of saying of a subject before them."""
    index, inside = words.parts[0]
    sentence = page.article.sentences[index]
    for word in inside[:3]:
        if word.upos == "VERB" and any(
            word.lemma in page.rules.lexicons[name] for name in ("say", "tell", "condemn", "call-for", "urge")
        ):
            subject = tree.subject(sentence, word)
            if subject is not None and subject.span.end <= words.stretch.span.start:
                return page.phrase(index, subject)
    return None


def cue(page: Page, words: Words) -> tuple[Span, Phrase] | None:
    """A verb of saying with a subject, close before or behind, that reports nothing else."""
    span = words.stretch.span
    first, last = words.parts[0][0], words.parts[-1][0]
    places = {first, last}
    following = last + 1
    if following < len(page.article.sentences):
        between = page.article.text[span.end : page.article.sentences[following].span.start]
        starts = page.article.text[page.article.sentences[following].span.start]
        if not between.strip() and "\n" not in between and starts.islower():
            places.add(following)
    best: tuple[int, Span, Phrase] | None = None
    for index in sorted(places):
        sentence = page.article.sentences[index]
        edge = [i for i, word in enumerate(sentence.words) if span.holds(word.span)]
        for at, word in enumerate(sentence.words):
            if word.upos != "VERB" or page.quoted(word.span) or not _is_speech(page, word):
                continue
            subject = tree.subject(sentence, word) or _name_beside(sentence, word)
            if subject is None or page.quoted(subject.span) or subject.lemma.lower() in FIRST_PERSON | {"it"}:
                continue
            distance = min((abs(at - i) for i in edge), default=at)
            taken = any(a.cue_word == word for a in page.by_sentence.get(index, ()))
            if distance <= _BESIDE and not (taken and index == following) and (best is None or distance < best[0]):
                best = (distance, word.span, page.phrase(index, subject))
    return best[1:] if best else None


def _is_speech(page: Page, word: Word) -> bool:
    return any(listed(page.rules.lexicons[name], word.lemma.lower()) for name in _SPEECH)


def _name_beside(sentence: Sentence, verb: Word) -> Word | None:
    """The proper name that ends right before a verb, or begins right after it, where the parser found no
    subject."""
    for at in (verb.index - 2, verb.index):
        if 0 <= at < len(sentence.words) and sentence.words[at].upos == "PROPN":
            word = sentence.words[at]
            while word.deprel == "flat" and (above := tree.head(sentence, word)):
                word = above
            return word
    return None


def lead_in(page: Page, words: Words) -> Phrase | None:
    """Lee: “Y”. The mayor had one answer: “Y”. Also across paragraphs."""
    start = words.stretch.span.start
    above = page.article.paragraphs[max(0, words.stretch.paragraph - 1)].span.start
    before = page.article.text[above:start].rstrip()
    if not before.endswith(":"):
        return None
    colon = above + len(before) - 1
    index = page.sentence_at(colon)
    if index < 0 or words.stretch.paragraph - page.article.sentences[index].paragraph > 1:
        return None
    sentence = page.article.sentences[index]
    leading = [word for word in sentence.words if word.span.end <= colon]
    subjects = [word for word in leading if word.deprel in ("nsubj", "nsubj:pass")]
    names = [word for word in leading if word.upos == "PROPN" and word.deprel not in ("flat", "compound", "nmod:desc")]
    head = next(iter(subjects), None) or (names[0] if names and len(leading) < 8 else None)
    return page.phrase(index, head) if head else None


def sign_off(page: Page, words: Words) -> Phrase | None:
    """“Y” — Ann Lee."""
    found = _SIGN_OFF.match(page.article.text, words.stretch.span.end)
    index = page.sentence_at(found.end()) if found else -1
    if not found or index < 0 or page.article.sentences[index].paragraph != words.stretch.paragraph:
        return None
    named = (w for w in page.article.sentences[index].words if w.span.start == found.end() and w.upos == "PROPN")
    return next((page.phrase(index, word) for word in named), None)
