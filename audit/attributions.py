"""Matches over an article into attributions: who said what, as stretches of the article."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from audit import extent, tree
from audit.match import Match, match
from audit.model import Article, Confidence, CueClass, Span, Word
from audit.phrases import Phrase
from audit.quotes import Stretch
from audit.rule import PatternKind, Rules, listed
from audit.subjects import told_apart
from audit.triggers import Triggers, triggers

FIRST_PERSON = frozenset({"i", "my", "our", "we", "you", "your"})  # the writer and the reader, who are no sources
_SPEAKERS = ("leader", "role", "human", "vague-source", "body", "document", "statement")  # lexicons
_SHORTEST = 2  # words of an unquoted report: "said so" and "thinks it" report nothing that can be checked
_IN_ONE_WORD = frozenset({"accuse", "demand"})  # "accused of corruption", "demanding justice" do


@dataclass(frozen=True, slots=True)
class Attribution:
    """One match of one pattern. `content` has the runs of words that are reported, without marks at their ends."""

    pattern: str
    kind: PatternKind
    cue_class: CueClass
    confidence: Confidence
    sentence: int  # index into Article.sentences
    cue_word: Word
    cue: Span
    source: Phrase | None  # None: the report is agentless
    content: tuple[Span, ...]
    heads: tuple[Word, ...]  # the words that govern the content

    @property
    def hull(self) -> Span:
        """From the beginning of the content to its end."""
        return Span(self.content[0].start, self.content[-1].end)

    @property
    def nominal(self) -> bool:
        """Whether the cue is no verb: "in his opinion", "a claim that", "reportedly"."""
        return self.cue_word.upos in ("NOUN", "ADV") and self.cue_word.deprel != "conj"

    def covers(self, span: Span) -> bool:
        """Whether a part of the content lies in `span`."""
        return any(part.overlaps(span) for part in self.content)

    def shares_source(self, other: "Attribution") -> bool:
        """Whether both are of one mention of a source."""
        return self.source is not None and other.source is not None and self.source.head == other.source.head


def is_another(found: Attribution, lexicons: Mapping[str, frozenset[str]]) -> bool:
    """Whether the source is somebody of its own, or a body or document: no pronoun and no mere thing."""
    if found.source is None or found.source.head.upos == "PRON":
        return False
    word = found.source.head
    return word.upos == "PROPN" or any(listed(lexicons[name], word.lemma.lower()) for name in _SPEAKERS)


def attributions(article: Article, rules: Rules, stretches: Sequence[Stretch]) -> list[Attribution]:
    """Every attribution, one a cue (that of the pattern with the highest priority), in text order.

    Patterns of the kinds direct and mixed count only where quotation marks (`stretches`, outer ones) stand in the
    content.
    """
    found = []
    cues = _cues(rules)
    quoted = _by_sentence(article, stretches)
    for index, sentence in enumerate(article.sentences):
        for word, matchers in cues.within(sentence):
            for matcher in matchers:
                if matcher.pattern.kind != "indirect" and not quoted[index]:
                    continue
                matched = match(matcher, sentence, word)
                attribution = _attribution(index, matched, quoted[index], rules) if matched else None
                if attribution:
                    found.append(attribution)
                    break
    return sorted(found, key=lambda a: (a.sentence, a.cue.start))


@lru_cache(maxsize=8)
def _cues(rules: Rules) -> Triggers:
    return triggers([pattern for pattern in rules.patterns if pattern.trigger == "cue"], rules.lexicons)


def _attribution(index: int, match: Match, quoted: Sequence[Stretch], rules: Rules) -> Attribution | None:
    """What a match in the sentence at `index`, into which the stretches `quoted` reach, comes to."""
    sentence = match.sentence
    if match.source and match.source.lemma.lower() in FIRST_PERSON and not match.pattern.optional:
        return None
    match, limit = told_apart(match)
    words = extent.content_words(match, rules.lexicons["background"])
    if limit is not None:
        words = [word for word in words if word.index < limit.index]
        while words and words[-1].upos == "PUNCT":
            words.pop()
    if not words:
        return None
    words = extent.without_aside(sentence, words, [stretch.span for stretch in quoted])
    content = extent.spans(sentence, words)
    cue = match.trigger.span
    outside = [s for s in quoted if not s.span.holds(cue) and any(s.span.overlaps(c) for c in content)]
    if match.pattern.kind != "indirect" and not outside:
        return None
    shortest = 1 if match.pattern.optional or match.trigger.lemma in _IN_ONE_WORD else _SHORTEST
    if not outside and (len(words) < shortest or not _is_report(match, words)):
        return None
    source = None
    if match.source:
        source = Phrase(index, match.source, tree.hull(extent.source_words(sentence, match.source)))
    return Attribution(
        match.pattern.id,
        match.pattern.kind,
        match.pattern.cue_class,
        match.pattern.confidence,
        index,
        match.trigger,
        tree.hull(extent.cue_words(sentence, match)),
        source,
        content,
        match.content,
    )


def _is_report(match: Match, words: Sequence[Word]) -> bool:
    """Whether unquoted words can be a reported clause: "said, looking up" and "said it over and over" hold none.

    Of what stands before its cue, a verb may be taken for a participle: "Work on cells aligned with goals, Lee said".
    """
    if any(head.deprel not in ("ccomp", "parataxis") for head in match.content):
        return True
    before = match.content[0].deprel == "ccomp" and match.content[0].index < match.trigger.index
    if before and any(word.upos in ("AUX", "VERB") for word in words):
        return True
    subject = any(word.deprel.startswith(("nsubj", "csubj", "expl")) for word in words)
    finite = any(word.upos == "AUX" or word.xpos in ("VBD", "VBP", "VBZ", "MD", "VB") for word in words)
    return subject or finite or match.content[0].xpos == "VBN"


def _by_sentence(article: Article, stretches: Sequence[Stretch]) -> list[list[Stretch]]:
    """For each sentence the stretches that reach into it."""
    inside: list[list[Stretch]] = [[] for _ in article.sentences]
    at = 0
    for stretch in stretches:
        while at < len(article.sentences) and article.sentences[at].span.end <= stretch.span.start:
            at += 1
        for index in range(at, len(article.sentences)):
            if article.sentences[index].span.start >= stretch.span.end:
                break
            inside[index].append(stretch)
    return inside
