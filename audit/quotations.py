"""Quoted stretches and attributions into quotations: which words in quotation marks are speech, and whose.

A stretch goes to the attribution that reports it. One that none reports goes, in this order, to a cue beside it, to a
lead-in with a colon, to a sign-off after a dash, to the speaker of the quotation it continues, or to nobody. Words in
quotation marks that nobody can have said (titles, nicknames, terms, scare quotes) are none.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from audit import extent, spans, tree
from audit.attributions import FIRST_PERSON, Attribution, is_another
from audit.model import Article, Confidence, CueClass, Sentence, Span, Word
from audit.phrases import Phrase
from audit.quotes import Stretch
from audit.rule import Rules, listed

_SIGN_OFF = re.compile(r"[\s,]*(?:[—–―]|--?)\s*(?=\w)")
_LABEL = re.compile(r"([A-Z][A-Z.'’ -]{1,30}):\s")
_SMALL = frozenset("a an and at but by for from in of on or the to vs with".split())
_SPEECH = ("say", "tell", "quoting")
_BESIDE = 14  # words between a stretch and its cue: room for a name with its title and an apposition
_LONG_TITLE = 8  # words from which on capitals alone no longer make a title
_SHORT = 5  # words below which a quoted part of a sentence that nobody reports is a term, not speech


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch that is speech, with what is known of who said it."""

    kind: Literal["direct", "mixed"]
    span: Span
    sentence: int  # in which it begins
    paragraph: int
    attribution: Attribution | None
    cue: Span | None
    cue_class: CueClass | None
    source: Phrase | None
    pattern: str
    confidence: Confidence


def quotations(
    article: Article, rules: Rules, stretches: Sequence[Stretch], attributions: Sequence[Attribution]
) -> list[Quotation]:
    """The quotations among the outer `stretches`, in text order."""
    by_sentence: dict[int, list[Attribution]] = {}
    for attribution in attributions:
        by_sentence.setdefault(attribution.sentence, []).append(attribution)
    reader = _Reader(article, rules, stretches, by_sentence)
    found: list[Quotation] = []
    for stretch in stretches:
        if quotation := reader.read(stretch, found):
            found.append(quotation)
    return found


@dataclass(frozen=True, slots=True)
class _Words:
    """A stretch with its words, sentence by sentence."""

    stretch: Stretch
    parts: tuple[tuple[int, tuple[Word, ...]], ...]  # (sentence, words inside the marks)

    @property
    def all(self) -> list[Word]:
        return [word for _, words in self.parts for word in words if word.upos != "PUNCT"]

    @property
    def finite(self) -> bool:
        """Whether a finite verb stands inside, as in speech and seldom in a name or term."""
        return any("VerbForm=Fin" in word.feats.split("|") or word.xpos == "MD" for word in self.all)

    @property
    def titled(self) -> bool:
        """Whether every word that counts has a capital, as in a title."""
        counted = [word for word in self.all if word.form.lower() not in _SMALL]
        return len(self.all) > 1 and all(word.form[:1].isupper() or word.form[:1].isdigit() for word in counted)


@dataclass(frozen=True, slots=True)
class _By:
    """Who a stretch is given to, and on what grounds."""

    pattern: str
    confidence: Confidence
    source: Phrase | None
    cue: Span | None = None
    attribution: Attribution | None = None


def _quotation(words: _Words, kind: Literal["direct", "mixed"], by: _By) -> Quotation:
    cue_class: CueClass | None = by.attribution.cue_class if by.attribution else "speech" if by.cue else None
    return Quotation(
        kind=kind,
        span=words.stretch.span,
        sentence=words.parts[0][0],
        paragraph=words.stretch.paragraph,
        attribution=by.attribution,
        cue=by.cue,
        cue_class=cue_class,
        source=by.source,
        pattern=by.pattern,
        confidence=by.confidence,
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    article: Article
    rules: Rules
    stretches: Sequence[Stretch]
    by_sentence: Mapping[int, Sequence[Attribution]]

    def read(self, stretch: Stretch, before: Sequence[Quotation]) -> Quotation | None:
        words = self._words(stretch)
        if not words.all or self._named_or_meant(words):
            return None
        if attribution := self._attribution(words):
            if words.titled and not words.finite and len(words.all) < _LONG_TITLE and attribution.kind != "indirect":
                return None
            by = _By(attribution.pattern, attribution.confidence, attribution.source, attribution.cue, attribution)
            return _quotation(words, self._kind(words, attribution), by)
        if label := self._label(words):
            return _quotation(words, "direct", _By("quotes.label", "medium", label))
        if inside := self._cue_inside(words):
            return _quotation(words, "mixed", _By("quotes.cue-inside", "low", inside))
        alone = self._alone(words)
        speech = words.finite and len(words.all) > 2 and not (words.titled and len(words.all) < _LONG_TITLE)
        if (speech or self._exclaims(words)) and (beside := self._beside(words)):
            cue, phrase = beside
            return _quotation(words, alone, _By("quotes.beside-cue", "low", phrase, cue))
        whole = alone == "direct" or stretch.continues or self._begins_paragraph(stretch)
        if (speech or whole) and (led := self._lead_in(words) or self._sign_off(words)):
            return _quotation(words, "direct", _By("quotes.lead-in", "low", led))
        if not speech and not (before and (stretch.continues or self._is_sentence(words))):
            return None
        if whole and (previous := self._continued(words, before)):
            return _quotation(words, "direct", previous)
        if not speech or (alone == "mixed" and len(words.all) < _SHORT):
            return None
        return _quotation(words, alone, _By("quotes.unattributed", "low", None))

    def _words(self, stretch: Stretch) -> _Words:
        parts = []
        for index in range(max(0, self._sentence_at(stretch.span.start)), len(self.article.sentences)):
            sentence = self.article.sentences[index]
            if sentence.span.start >= stretch.span.end:
                break
            if inside := spans.words_in(stretch.inner, sentence.words):
                parts.append((index, tuple(inside)))
        return _Words(stretch, tuple(parts))

    def _sentence_at(self, offset: int) -> int:
        """The last sentence that begins at or before `offset`, -1 when none does."""
        return bisect_right(self.article.starts, offset) - 1

    # what is no speech

    def _named_or_meant(self, words: _Words) -> bool:
        """Nicknames, and words that a verb or noun of naming introduces: known as "X", the so-called "X"."""
        sentence = self.article.sentences[words.parts[0][0]]
        before = [word for word in sentence.words if word.span.end <= words.stretch.span.start]
        after = [word for word in sentence.words if word.span.start >= words.stretch.span.end]
        if not before or words.finite:
            return False
        last = before[-1]
        if after and len(words.all) < 4 and last.upos == after[0].upos == "PROPN" and last.ner[2:] == "Person":
            return True
        if last.lemma in ("as", "the", "a", "an") and len(before) > 1:
            last = before[-2]
        names = any(listed(self.rules.lexicons["naming"], form) for form in (last.lemma.lower(), last.form.lower()))
        return names and not self._names_it_so(sentence, last, words)

    def _names_it_so(self, sentence: Sentence, before: Word, words: _Words) -> bool:
        """Whether somebody chose those words: whom Lee called “a crook”, and not a man called “the Crook”; or the word
        before is no noun that they name: Lee called the program “a fraud”."""
        if before.upos == "VERB":
            return tree.subject(sentence, before) is not None and not tree.children(sentence, before, "aux:pass")
        inside = {word.index for word in words.parts[0][1]}
        heads = [word for word in words.parts[0][1] if word.head not in inside and word.upos != "PUNCT"]
        return all(word.head != before.index and before.head != word.index for word in heads)

    # who said it

    def _attribution(self, words: _Words) -> Attribution | None:
        """The attribution whose content the stretch is or stands in: the one that reports most of it, then the
        nearest."""
        near = [a for index, _ in words.parts for a in self.by_sentence.get(index, ())]
        fitting = [a for a in near if a.covers(words.stretch.span) and not self._quoted(a.cue)]
        if not fitting:
            return None
        quoted = (words.stretch.span,)
        # In "Lee says she hopes for “peace”" it is the saying that reports the hope.
        said = [a for a in fitting if a.cue_class != "attitude"] or fitting
        # In "Lee said a bill would demand “peace”", or she would, it is the saying, too.
        best = min(
            said,
            key=lambda a: (
                a.nominal,
                -spans.shared(quoted, a.content),
                a.confidence == "low" and not is_another(a, self.rules.lexicons),
                len(a.hull),
                _gap(a.cue, quoted[0]),
            ),
        )
        # A later verb of the same speaker leads the quotation in: noted the delay, saying “…”.
        later = [
            a for a in said if a.shares_source(best) and best.cue.end <= a.cue.start and a.cue.end <= quoted[0].start
        ]
        return max(later, key=lambda a: a.cue.start, default=best)

    def _quoted(self, span: Span) -> bool:
        at = bisect_right(self.stretches, span.start, key=lambda stretch: stretch.span.start) - 1
        return at >= 0 and self.stretches[at].span.holds(span)

    def _kind(self, words: _Words, attribution: Attribution) -> Literal["direct", "mixed"]:
        """Direct: a whole sentence, or the whole reported clause from its first word, with a verb of its own."""
        if len(words.parts) > 1 or attribution.sentence != words.parts[0][0]:
            return self._alone(words) if len(words.parts) == 1 else "direct"
        inside = {word.index for word in words.parts[0][1]}
        sentence = self.article.sentences[attribution.sentence]
        if self._opens(words, sentence):
            return "direct"
        heads = {head.index for head in attribution.heads}
        # The second half of a quotation around its cue may hang from the first: “We asked,” she said, “and he came.”
        heads |= {w.index for w in sentence.words if w.head in heads and w.deprel in ("conj", "parataxis")}
        governs = not heads.isdisjoint(inside)
        outside = [
            word
            for word in sentence.words
            if word.index not in inside
            and word.upos != "PUNCT"
            and any(part.holds(word.span) for part in attribution.content)
            and not self._quoted(word.span)
        ]
        leading = any(word.span.start < words.stretch.span.start for word in outside)
        if attribution.kind == "mixed" or not governs or leading:
            return "mixed"
        span = words.stretch.span
        led = self.article.text[: span.start].rstrip()[-1:] in (",", ":") or attribution.cue.start > span.start
        return "direct" if words.finite or (led and not outside) else "mixed"

    def _alone(self, words: _Words) -> Literal["direct", "mixed"]:
        """Direct when the stretch makes up a sentence, but for what introduces or signs it."""
        index, inside = words.parts[0]
        sentence = self.article.sentences[index]
        root = sentence.dependents[0][0] if sentence.dependents[0] else 0
        whole = len(words.parts) > 1 or any(word.index == root for word in inside) or self._opens(words, sentence)
        return "direct" if whole else "mixed"

    def _opens(self, words: _Words, sentence: Sentence) -> bool:
        """Whether a clause in quotation marks begins the sentence and ends with a mark of its own, or is the other half
        of one that does: “We lost,” he said, “and they won.” That it is speech of its own shows, whatever the parser
        hangs it from."""
        span = words.stretch.span
        ends = self.article.slice(words.stretch.inner).rstrip()[-1:]
        first = any(stretch.span.start == sentence.span.start for stretch in self.stretches)
        resumes = span.end >= sentence.span.end and first and ends != ","
        return words.finite and ends in (",", ".", "!", "?") and (span.start <= sentence.span.start or resumes)

    def _is_sentence(self, words: _Words) -> bool:
        """Whether the stretch is a sentence by itself, however short, with its own full stop: “Possibly more.”"""
        sentence = self.article.sentences[words.parts[0][0]]
        marks = self.article.slice(words.stretch.inner).rstrip()[-1:]
        return marks in (".", "!", "?", "…") and sentence.span.start >= words.stretch.span.start

    def _exclaims(self, words: _Words) -> bool:
        """Whether words without a verb begin a sentence and end with a mark of speech: “Absolutely not,” he said."""
        sentence = self.article.sentences[words.parts[0][0]]
        first = words.stretch.span.start <= sentence.span.start
        return first and self.article.slice(words.stretch.inner).rstrip()[-1:] in (",", "!", "?", ".")

    def _cue_inside(self, words: _Words) -> Phrase | None:
        """Guterres “reminds all parties …”: the quoted words begin with the verb of saying of a subject before them."""
        index, inside = words.parts[0]
        sentence = self.article.sentences[index]
        for word in inside[:3]:
            if word.upos == "VERB" and any(
                word.lemma in self.rules.lexicons[name] for name in ("say", "tell", "condemn", "call-for", "urge")
            ):
                subject = tree.subject(sentence, word)
                if subject is not None and subject.span.end <= words.stretch.span.start:
                    return self._phrase(index, subject)
        return None

    def _label(self, words: _Words) -> Phrase | None:
        """“WALLACE: Will she be there?”: the label of a transcript inside the marks."""
        found = _LABEL.match(self.article.text, words.stretch.inner.start, words.stretch.inner.end)
        if not found:
            return None
        index, inside = words.parts[0]
        named = [word for word in inside if word.span.end <= found.end(1) and word.upos != "PUNCT"]
        # A warning or note speaks once, a person of the transcript again.
        if not named or (named[-1].ner[2:] != "Person" and self.article.text.count(found[0]) < 2):
            return None
        return Phrase(index, named[-1], Span(named[0].span.start, named[-1].span.end))

    def _beside(self, words: _Words) -> tuple[Span, Phrase] | None:
        """A verb of saying with a subject, close before or behind, that reports nothing else."""
        span = words.stretch.span
        first, last = words.parts[0][0], words.parts[-1][0]
        places = {first, last}
        following = last + 1
        if following < len(self.article.sentences):
            between = self.article.text[span.end : self.article.sentences[following].span.start]
            starts = self.article.text[self.article.sentences[following].span.start]
            if not between.strip() and "\n" not in between and starts.islower():
                places.add(following)
        best: tuple[int, Span, Phrase] | None = None
        for index in sorted(places):
            sentence = self.article.sentences[index]
            edge = [i for i, word in enumerate(sentence.words) if span.holds(word.span)]
            for at, word in enumerate(sentence.words):
                if word.upos != "VERB" or self._quoted(word.span) or not self._is_speech(word):
                    continue
                subject = tree.subject(sentence, word) or self._name_beside(sentence, word)
                if subject is None or self._quoted(subject.span) or subject.lemma.lower() in FIRST_PERSON | {"it"}:
                    continue
                distance = min((abs(at - i) for i in edge), default=at)
                taken = any(a.cue_word == word for a in self.by_sentence.get(index, ()))
                if distance <= _BESIDE and not (taken and index == following) and (best is None or distance < best[0]):
                    best = (distance, word.span, self._phrase(index, subject))
        return best[1:] if best else None

    def _is_speech(self, word: Word) -> bool:
        return any(listed(self.rules.lexicons[name], word.lemma.lower()) for name in _SPEECH)

    def _name_beside(self, sentence: Sentence, verb: Word) -> Word | None:
        """The proper name that ends right before a verb, or begins right after it, where the parser found no
        subject."""
        for at in (verb.index - 2, verb.index):
            if 0 <= at < len(sentence.words) and sentence.words[at].upos == "PROPN":
                word = sentence.words[at]
                while word.deprel == "flat" and (above := tree.head(sentence, word)):
                    word = above
                return word
        return None

    def _lead_in(self, words: _Words) -> Phrase | None:
        """Lee: “Y”. The mayor had one answer: “Y”. Also across paragraphs."""
        start = words.stretch.span.start
        above = self.article.paragraphs[max(0, words.stretch.paragraph - 1)].span.start
        before = self.article.text[above:start].rstrip()
        if not before.endswith(":"):
            return None
        colon = above + len(before) - 1
        index = self._sentence_at(colon)
        if index < 0 or words.stretch.paragraph - self.article.sentences[index].paragraph > 1:
            return None
        sentence = self.article.sentences[index]
        leading = [word for word in sentence.words if word.span.end <= colon]
        subjects = [word for word in leading if word.deprel in ("nsubj", "nsubj:pass")]
        names = [
            word for word in leading if word.upos == "PROPN" and word.deprel not in ("flat", "compound", "nmod:desc")
        ]
        head = next(iter(subjects), None) or (names[0] if names and len(leading) < 8 else None)
        return self._phrase(index, head) if head else None

    def _sign_off(self, words: _Words) -> Phrase | None:
        """“Y” — Ann Lee."""
        found = _SIGN_OFF.match(self.article.text, words.stretch.span.end)
        index = self._sentence_at(found.end()) if found else -1
        if not found or index < 0 or self.article.sentences[index].paragraph != words.stretch.paragraph:
            return None
        named = (w for w in self.article.sentences[index].words if w.span.start == found.end() and w.upos == "PROPN")
        return next((self._phrase(index, word) for word in named), None)

    def _continued(self, words: _Words, before: Sequence[Quotation]) -> _By | None:
        """Whom a reader gives a quotation without a cue to: the speaker of the paragraph so far, or of the quotation
        that the paragraph before closed with; failing that, whoever was last reported, or last acted, right before."""
        stretch, first = words.stretch, words.parts[0][0]
        last = before[-1] if before else None
        if last and last.source:
            follows = self._begins_paragraph(stretch) and last.paragraph == stretch.paragraph - 1
            if last.paragraph == stretch.paragraph or follows:
                return _By("quotes.continued", "medium", last.source)
        reported = [a for index in (first - 2, first - 1) for a in self.by_sentence.get(index, ())]
        for attribution in reversed(reported):
            if attribution.source and not self._quoted(attribution.cue):
                return _By("quotes.after-report", "low", attribution.source)
        previous = self.article.sentences[first - 1] if first > 0 else None
        if previous is None or previous.paragraph < stretch.paragraph - 1:
            return None
        root = next((previous.words[index - 1] for index in previous.dependents[0]), None)
        subject = tree.subject(previous, root) if root else None
        if subject is None or self._quoted(subject.span):
            return None
        acted = subject.ner[2:] == "Person" or subject.lemma.lower() in ("he", "she")
        return _By("quotes.after-subject", "low", self._phrase(first - 1, subject)) if acted else None

    def _begins_paragraph(self, stretch: Stretch) -> bool:
        return self.article.paragraphs[stretch.paragraph].span.start == stretch.span.start

    def _phrase(self, index: int, head: Word) -> Phrase:
        return Phrase(index, head, tree.hull(extent.source_words(self.article.sentences[index], head)))


def _gap(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end, 0)
