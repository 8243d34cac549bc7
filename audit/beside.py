"""Who stands beside a quotation that no pattern attributes: a label, a cue, a lead-in with a colon, a sign-off."""

import re
from collections.abc import Sequence

from audit import extent, tree
from audit.attributions import FIRST_PERSON
from audit.model import Sentence, Span, Word
from audit.phrases import Phrase
from audit.quotedwords import Page, Words
from audit.rule import listed

_SIGN_OFF = re.compile(r"[\s,]*(?:[—–―]|--?)\s*(?=\w)")
_LABEL = re.compile(r"([A-Z][A-Z.'’ -]{1,30}):\s")
_SPEECH = ("say", "tell", "quoting")
_LONGEST_SIGNATURE = 80  # characters of a paragraph that only names who said what stands above it
_BESIDE = 14  # words between a stretch and its cue: room for a name with its title and an apposition
_CLOSING = "'’”\" "  # of a quotation inside the quotation
_CLOSE = 8  # words between a verb and the comma before a quotation


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


def clause(page: Page, words: Words) -> tuple[Span, Phrase] | None:
    """The verb and the subject of a clause right behind a quotation, or right before it, that has nothing else to
    report: “We lost,” an angry Lee shot back. Lee shot back, “We lost.” The verb need be none of saying."""
    return _clause_behind(page, words) or _clause_before(page, words)


def _clause_behind(page: Page, words: Words) -> tuple[Span, Phrase] | None:
    """The clause that begins where the quotation ends, in the same line, also where the parser takes its ! or ? for
    the end of the sentence."""
    inner = page.article.slice(words.stretch.inner).rstrip()
    ends = inner.rstrip(_CLOSING)[-1:]
    if ends not in (",", "!", "?") or not _begins_sentence(inner):
        return None
    index, tail = page.behind(words)
    if not tail or tail[0].upos == "PUNCT":
        return None
    sentence = page.article.sentences[index]
    verb = next((w for w in tail[:_BESIDE] if _is_finite(sentence, w) and not page.quoted(w.span)), None)
    if verb is None or (ends != "," and _reports_another(page, index, verb)):
        return None
    if verb == tail[0]:
        after = [w for w in tree.children(sentence, verb, "nsubj", "obj") if w.index > verb.index]
        subject = after[0] if after else _name_beside(sentence, verb)
        finds_object = False
    else:
        subject = tree.subject(sentence, verb) or _name_beside(sentence, verb)
        finds_object = _has_object(page, sentence, verb, tail)
    if subject is None or subject.span.start < tail[0].span.start or _is_no_speaker(page, subject):
        return None
    first = min(tree.hull(extent.source_words(sentence, subject)).start, verb.span.start)
    opening = [w for w in tail if w.span.end <= first]
    if any(w.upos not in ("ADV", "CCONJ", "DET", "ADJ") for w in opening) or finds_object:
        return None
    return verb.span, page.phrase(index, subject)


def _reports_another(page: Page, index: int, verb: Word) -> bool:
    """Whether a verb has a clause to report right behind it, and not after a comma: “Safe?” Lee said it was not."""
    found = [a for a in page.by_sentence.get(index, ()) if a.cue_word == verb]
    return any("," not in page.article.text[a.cue.end : a.hull.start] for a in found)


def _clause_before(page: Page, words: Words) -> tuple[Span, Phrase] | None:
    """The clause that ends with a comma before a quotation that is a clause itself."""
    start = words.stretch.span.start
    end = page.before(words)
    if page.article.text[end - 1] not in ",:" or (
        page.article.text[end - 1] == "," and "\n" in page.article.text[end:start]
    ):
        return None
    if not words.finite or not _begins_sentence(page.article.slice(words.stretch.inner)):
        return None
    index = page.sentence_at(end - 1)
    sentence = page.article.sentences[index]
    leading = [w for w in sentence.words if w.span.end < end]
    verb = next((w for w in reversed(leading[-_CLOSE:]) if _is_finite(sentence, w) and not page.quoted(w.span)), None)
    if verb is None or (verb != leading[-1] and any(a.cue_word == verb for a in page.by_sentence.get(index, ()))):
        return None
    subject = tree.subject(sentence, verb) or _name_beside(sentence, verb)
    if _says_of_its_object(sentence, verb):
        return None
    if subject is None or subject.index > verb.index or _is_no_speaker(page, subject):
        return None
    if _has_object(page, sentence, verb, [word for word in leading if word.index > verb.index]):
        return None
    return verb.span, page.phrase(index, subject)


def _says_of_its_object(sentence: Sentence, verb: Word) -> bool:
    """Whether the verb ends a relative clause about what is done: a threat many people make."""
    while verb.deprel == "conj" and (above := tree.head(sentence, verb)):
        verb = above
    subjects = tree.children(sentence, verb, "nsubj")
    return verb.deprel == "acl:relcl" and not any(word.xpos in ("WDT", "WP") for word in subjects)


def _begins_sentence(quoted: str) -> bool:
    return not quoted.lstrip("(['‘.… ")[:1].islower()


def _is_finite(sentence: Sentence, word: Word) -> bool:
    return word.upos == "VERB" and (
        word.xpos in ("VBD", "VBZ", "VBP") or bool(tree.children(sentence, word, "aux", "aux:pass"))
    )


def _is_no_speaker(page: Page, subject: Word) -> bool:
    return page.quoted(subject.span) or subject.lemma.lower() in FIRST_PERSON | {"it"} or subject.xpos in ("WDT", "WP")


def _has_object(page: Page, sentence: Sentence, verb: Word, outside: Sequence[Word]) -> bool:
    """Whether the words outside the quotation hold what a verb says or does, and not whom it asks or tells."""
    asks = verb.lemma == "ask" or verb.lemma in page.rules.lexicons["tell"]
    found = tree.children(sentence, verb, "ccomp", "xcomp", *(() if asks else ("obj",)))
    words = [word for word in found if word in outside and word.lemma != "it"]
    return any(word.lemma not in page.rules.lexicons["statement"] for word in words)


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
    colon = page.before(words) - 1
    if page.article.text[colon] != ":":
        return None
    index = page.sentence_at(colon)
    if index < 0 or words.stretch.paragraph - page.article.sentences[index].paragraph > 1:
        return None
    sentence = page.article.sentences[index]
    leading = [word for word in sentence.words if word.span.end <= colon]
    subjects = [
        word
        for clause in _clauses(sentence, leading)
        for word in tree.children(sentence, clause, "nsubj", "nsubj:pass")
        if word in leading
    ]
    names = [word for word in leading if word.upos == "PROPN" and word.deprel not in ("flat", "compound", "nmod:desc")]
    head = next(reversed(subjects), None) or (names[0] if names and len(leading) < 8 else None)
    return page.phrase(index, head) if head else None


def _clauses(sentence: Sentence, leading: Sequence[Word]) -> list[Word]:
    """The heads of the main clauses of the words that lead in: no subordinate ones."""
    have = {word.index for word in leading}
    tops = [w for w in leading if w.head not in have and w.upos != "PUNCT"]
    return sorted((w for top in tops for w in (top, *tree.children(sentence, top, "conj"))), key=lambda w: w.index)


def sign_off(page: Page, words: Words) -> Phrase | None:
    """“Y” — Ann Lee. Also in a paragraph of its own, where the dash may be left out: Ann Lee, the mayor."""
    end, paragraph = words.stretch.span.end, words.stretch.paragraph
    dash = _SIGN_OFF.match(page.article.text, end)
    following = page.article.paragraphs[paragraph + 1 : paragraph + 2]
    start = dash.end() if dash else following[0].span.start if following else end
    index = page.sentence_at(start)
    if index < 0:
        return None
    sentence = page.article.sentences[index]
    named = next((word for word in sentence.words if word.span.start == start and word.upos == "PROPN"), None)
    if named is None:
        return None
    if sentence.paragraph == paragraph:
        return page.phrase(index, named) if dash else None
    if not _signs(page, words, sentence) or not (dash or _is_full_name(sentence, named)):
        return None
    return page.phrase(index, _head_of_name(sentence, named))


def _signs(page: Page, words: Words, sentence: Sentence) -> bool:
    """Whether a sentence without a verb stands below a quotation that fills its paragraph."""
    above, own = (page.article.paragraphs[at].span for at in (words.stretch.paragraph, sentence.paragraph))
    next_to_it = sentence.paragraph == words.stretch.paragraph + 1 and words.stretch.span == above
    return next_to_it and len(own) <= _LONGEST_SIGNATURE and not any("VerbForm=Fin" in w.feats for w in sentence.words)


def _is_full_name(sentence: Sentence, first: Word) -> bool:
    """Whether a person's name of two words or more begins here, with nothing but a comma or full stop behind it."""
    family = tree.children(sentence, first, "flat")
    behind = sentence.words[family[-1].index :][:1] if family else ()
    return first.ner[2:] == "Person" and bool(family) and all(word.upos == "PUNCT" for word in behind)


def _head_of_name(sentence: Sentence, word: Word) -> Word:
    """The head of the name that begins with a word: Obama, of President Obama."""
    while word.deprel in ("nmod:desc", "compound", "flat") and (above := tree.head(sentence, word)):
        word = above
    return word
