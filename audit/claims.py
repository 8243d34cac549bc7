"""Quotations, reports and figures into claims: overlaps settled, sources resolved, in text order."""

import hashlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from audit import spans, tree
from audit.attributions import Attribution, attributions, is_another
from audit.confidence import graded
from audit.context import Context
from audit.declarations import Quoted, over, same_person
from audit.figures import PATTERN, Figure, figures
from audit.gazetteer import fold
from audit.matchers import Lexicons
from audit.model import AS_DECLARED, NOT_PROSE, Article, Claim, Confidence, CueClass, Kind, Sentence, Source, Span
from audit.names import Cast
from audit.phrases import Phrase, Reader
from audit.propositions import own_propositions
from audit.quotations import Quotation, quotations
from audit.quotes import Stretch
from audit.reading import Reading
from audit.rule import listed
from audit.sources import AGENTLESS, UNKNOWN, resolve

_SHORTEST_LEFT = 10  # characters of a content that a later cue of the same speaker cuts short
# What follows one speaker's report under these is that speaker's too, whatever the parser hung it from.
_GOES_ON = frozenset("add assert emphasise emphasize note point remark reiterate state stress underline warn".split())


@dataclass(frozen=True, slots=True)
class _Draft:
    """A claim before its source is resolved."""

    kind: Kind
    spans: tuple[Span, ...]
    sentence: int
    cue: Span | None
    cue_class: CueClass | None
    phrase: Phrase | None
    agentless: bool
    pattern: str
    confidence: Confidence
    reported: tuple[Span, ...] = ()
    figure: Figure | None = None

    @property
    def start(self) -> int:
        return self.spans[0].start


def claims(reading: Reading) -> tuple[Claim, ...]:
    """The claims of a parsed article, in text order.

    A quotation or report inside another one is not claimed again; a figure takes the source of the innermost
    quotation or report around it.
    """
    article, rules = reading.article, reading.rules
    skipped = {index for index, paragraph in enumerate(article.paragraphs) if paragraph.section in NOT_PROSE}
    found = [
        a for a in attributions(article, rules, reading.outer) if article.sentences[a.sentence].paragraph not in skipped
    ]
    stretches = _without_mistyped(reading.outer, found)
    marked = [stretch.span for stretch in stretches]
    reports = _parted([a for a in found if not spans.any_holds(marked, a.cue)], article, rules.lexicons)
    said = quotations(article, rules, stretches, reports)
    spoken = [quotation.span for quotation in said]
    reports = _outermost(reports, spoken)
    quoted = [_of_quotation(quotation, article) for quotation in said]
    around = _by_sentence(article, [*quoted, *(_of_attribution(a, article) for a in reports)])
    counted = [
        _of_figure(figure, around.get(figure.sentence, ()))
        for figure in figures(article, rules)
        if article.sentences[figure.sentence].paragraph not in skipped
    ]
    figured = sorted(draft.spans[0] for draft in counted)
    reported = [
        _of_attribution(a, article)
        for a in reports
        if (a.kind == "indirect" or rules.all_cues or _reports_unquoted(a, rules.lexicons))
        and not any(spans.touching(spoken, part) for part in a.content)
        # most of it is a title in quotation marks: wrote “The Bridge of Sighs” in 1990
        and spans.shared(marked, a.content) * 2 <= sum(map(len, a.content))
        # it is no more than a figure
        and not (len(a.content) == 1 and spans.any_holds(figured, a.content[0]))
    ]
    reported += [
        replace(_of_attribution(a, article), spans=own, reported=a.content)
        for a, own in own_propositions(reports, said, article)
    ]
    return _resolved(reading, [*quoted, *reported, *counted])


def _reports_unquoted(a: Attribution, lexicons: Lexicons) -> bool:
    """Whether the cue of a pattern for quotations reports without them, too, where they turned out to be another cue's:
    "noted her years as mayor, saying “…”", not "defended the mayor, saying “…”"."""
    return any(listed(lexicons[name], a.cue_word.lemma) for name in ("call-for", "condemn", "say", "urge", "warn-of"))


def _by_sentence(article: Article, drafts: Sequence[_Draft]) -> dict[int, list[_Draft]]:
    """The drafts that reach into each sentence."""
    inside: dict[int, list[_Draft]] = {}
    for draft in drafts:
        end = max(part.end for part in draft.spans)
        last = bisect_left(article.starts, end)
        for index in range(draft.sentence, max(last, draft.sentence + 1)):
            inside.setdefault(index, []).append(draft)
    return inside


def _without_mistyped(stretches: Sequence[Stretch], found: Sequence[Attribution]) -> list[Stretch]:
    """The stretches but those whose closing mark was lost before the cue: “The bridge is closed, Ann Lee said."""
    carried = {stretch.paragraph - 1 for stretch in stretches if stretch.continues}
    reported = {a.hull.start for a in found if a.hull.end < a.cue.start}
    return [
        stretch
        for stretch in stretches
        if stretch.closed
        or stretch.continues
        or stretch.paragraph in carried
        or reported.isdisjoint((stretch.inner.start, stretch.inner.start + 1))
    ]


def _parted(found: Sequence[Attribution], article: Article, lexicons: Lexicons) -> list[Attribution]:
    """The attributions of one speaker told apart: a participle or coordinated verb inside a content ("…, adding
    that …"), or beside the verb that is reported ("said the council sued, saying that …"), ends it; unless its own
    subject can speak, it has the outer speaker."""
    parted: list[Attribution] = []
    for _, group in groupby(found, key=lambda a: a.sentence):
        own: list[Attribution] = []
        for attribution in _longest_first(group):
            inner = attribution
            for place, outer in enumerate(own):
                cut = _cut_short(outer, inner, article.sentences[outer.sentence]) if _is_in(inner, outer) else None
                if cut:
                    own[place] = cut
                    goes_on = inner.cue_word.lemma in _GOES_ON or not is_another(inner, lexicons)
                    inner = replace(inner, source=outer.source) if goes_on else inner
            own.append(inner)
        parted += own
    return parted


def _outermost(found: Sequence[Attribution], spoken: Sequence[Span]) -> list[Attribution]:
    """The attributions that stand in no other one's content; `spoken` are the quotations.

    Inside a report that is claimed by its quotations alone, another report stands on its own. A report goes before one
    that an adverb makes ("was reportedly struck, the doctor said").
    """
    kept: list[Attribution] = []
    for _, group in groupby(found, key=lambda a: a.sentence):
        own: list[Attribution] = []
        for inner in _longest_first(group):
            around = [outer for outer in own if _is_in(inner, outer)]
            if not all(_claimed_by_quotes(outer, inner, spoken) or _is_relayed(outer, inner) for outer in around):
                continue
            is_pronoun = inner.source is not None and inner.source.head.upos == "PRON"
            own.append(replace(inner, source=around[-1].source) if around and is_pronoun else inner)
        kept += own
    return kept


def _longest_first(group: Iterable[Attribution]) -> list[Attribution]:
    return sorted(group, key=lambda a: (a.cue_word.upos == "ADV", -len(a.hull)))


def _is_in(inner: Attribution, outer: Attribution) -> bool:
    return outer.covers(inner.cue) or any(outer.covers(part) for part in inner.content)


def _cut_short(outer: Attribution, inner: Attribution, sentence: Sentence) -> Attribution | None:
    """`outer` up to the cue of `inner`, when `inner` goes on with the same speaker's words or stands beside what
    `outer` reports, and enough is left of it."""
    if outer.source is None or inner.source is None or inner.nominal:
        return None
    cue = inner.cue_word
    added = cue.xpos == "VBG" and inner.cue_class == "speech" and sentence.words[cue.index - 2].form == ","
    if outer.source.head != inner.source.head and tree.head(sentence, cue) not in outer.heads and not added:
        return None
    if not outer.cue.start < inner.cue.start or inner.cue.start <= outer.hull.start:
        return None
    if not _says_again(outer, inner, sentence) and not _is_beside(inner, sentence):
        return None
    words = [word for word in sentence.words if word.span.end <= inner.cue.start]
    while words and (words[-1].upos in ("PUNCT", "CCONJ") or words[-1].head == inner.cue_word.index):
        words.pop()
    end = words[-1].span.end if words else inner.cue.start
    content = tuple(Span(p.start, min(p.end, end)) for p in outer.content if p.start < end)
    return replace(outer, content=content) if sum(map(len, content)) > _SHORTEST_LEFT else None


def _says_again(outer: Attribution, inner: Attribution, sentence: Sentence) -> bool:
    """Whether a pronoun says something more beside what `outer` reports: "said the plan failed, but he also said"."""
    cue = inner.cue_word
    subject = tree.child(sentence, cue, "nsubj")
    if subject is None or subject.upos != "PRON" or tree.child(sentence, cue, "mark"):
        return False
    also = any(word.lemma == "also" for word in tree.children(sentence, cue, "advmod"))
    return also and cue.deprel == "conj" and tree.head(sentence, cue) in outer.heads


def _is_beside(inner: Attribution, sentence: Sentence) -> bool:
    """Whether the cue is a participle or finite verb without a subject or conjunction of its own: "…, adding that",
    not "for adding that"."""
    cue = inner.cue_word
    leading = [word for word in tree.children(sentence, cue) if word.index < cue.index and word.upos != "PUNCT"]
    if any(tree.is_one_of(word.deprel, ("mark", "case", "nsubj:*")) for word in leading):
        return False
    speaks = inner.cue_class != "attitude"
    if cue.deprel == "conj":
        return speaks and cue.xpos in ("VBD", "VBG", "VBZ", "VBP")
    first = min((cue, *leading), key=lambda word: word.index)
    return cue.deprel == "advcl" and cue.xpos == "VBG" and (speaks or sentence.words[first.index - 2].form == ",")


def _is_relayed(outer: Attribution, inner: Attribution) -> bool:
    """Whether `outer` tells which paper had the report `inner`: "Lee said the bridge was closed, state media
    reported"."""
    behind = outer.cue_word.lemma == "report" and outer.hull.end <= outer.cue.start
    return behind and inner.cue_word in outer.heads and inner.source is not None and inner.cue.end <= inner.hull.start


def _claimed_by_quotes(outer: Attribution, inner: Attribution, spoken: Sequence[Span]) -> bool:
    quoted = any(spans.touching(spoken, part) for part in outer.content)
    if inner.cue_class == "attitude" and outer.cue_class != "attitude":
        return False
    return outer.covers(inner.cue) and quoted and not any(spans.touching(spoken, part) for part in inner.content)


def _of_quotation(q: Quotation, article: Article) -> _Draft:
    agentless = q.attribution is not None and q.attribution.source is None
    # What follows “Y,” X said, with the cue behind the quotation, is the parser's guess and seldom reported.
    led = q.kind == "mixed" or (q.cue is not None and q.cue.start < q.span.start)
    reported = q.attribution.content if q.attribution and led else ()
    a = q.attribution
    confidence = graded(a, q.kind, article.sentences[a.sentence], article.slice(q.span)) if a else q.confidence
    return _Draft(
        q.kind, (q.span,), q.sentence, q.cue, q.cue_class, q.source, agentless, q.pattern, confidence, reported
    )


def _of_attribution(a: Attribution, article: Article) -> _Draft:
    confidence = graded(a, "indirect", article.sentences[a.sentence], article.slice(a.hull))
    return _Draft(
        "indirect", a.content, a.sentence, a.cue, a.cue_class, a.source, a.source is None, a.pattern, confidence
    )


def _of_figure(figure: Figure, around: Sequence[_Draft]) -> _Draft:
    holding = [draft for draft in around if any(part.overlaps(figure.span) for part in draft.spans)]
    best = min(holding, key=lambda draft: (sum(map(len, draft.spans)), draft.start), default=None)
    if best is None:
        return _Draft(
            "figure",
            (figure.span,),
            figure.sentence,
            figure.cue,
            None,
            None,
            figure.cue is not None,
            PATTERN,
            figure.confidence,
            figure=figure,
        )
    return replace(best, kind="figure", spans=(figure.span,), sentence=figure.sentence, figure=figure)


def _resolved(reading: Reading, drafts: list[_Draft]) -> tuple[Claim, ...]:
    article, rules, names, declared = reading.article, reading.rules, reading.cast, reading.declared
    drafts.sort(key=lambda draft: (draft.start, -draft.spans[-1].end, draft.kind))
    marked = tuple(draft.spans[0] for draft in drafts if draft.kind in ("direct", "mixed"))
    context = Context(Reader(article, rules.lexicons), names, marked, [], rules.gazetteer, reading.unnamed)
    sources: dict[Span, Source] = {}
    for phrase in sorted({d.phrase.span: d.phrase for d in drafts if d.phrase}.values(), key=lambda p: p.span.start):
        sources[phrase.span] = resolve(context, phrase)
    speakers: dict[int, str | None] = {}
    for draft in drafts:
        if draft.phrase and draft.cue_class != "attitude":
            speakers[draft.sentence] = sources[draft.phrase.span].speaker
    made: list[Claim] = []
    seen: Counter[tuple[str, str, str]] = Counter()
    for draft in drafts:
        source = sources[draft.phrase.span] if draft.phrase else AGENTLESS if draft.agentless else UNKNOWN
        span = Span(draft.spans[0].start, max(part.end for part in draft.spans))
        sentence = article.sentences[draft.sentence]
        key = (draft.kind, _plain(article.slice(span)), _plain(article.slice(sentence.span)))
        seen[key] += 1
        stated = _stated(source, over(declared, span), names) if declared else None
        candidate = _carried(article, draft, speakers) if source is UNKNOWN and draft.figure and not stated else None
        if stated:
            source = stated
        elif candidate:
            source = Source(None, None, "unattributed", "carry-over")
        made.append(
            Claim(
                id=hashlib.sha256("\0".join((*key, str(seen[key]))).encode("utf-8", "surrogatepass")).hexdigest()[:12],
                kind=draft.kind,
                span=span,
                spans=draft.spans,
                reported=draft.reported or draft.spans,
                paragraph=sentence.paragraph,
                cue=draft.cue,
                cue_class=draft.cue_class,
                source=source,
                pattern=draft.pattern,
                confidence=_confidence(source, draft),
                quantity=draft.figure.quantity if draft.figure else None,
                carry_over=candidate,
            )
        )
    return tuple(made)


def _stated(source: Source, words: Quoted | None, names: Cast) -> Source | None:
    """The one source that the file gives to words to which the prose gives none, or none that it makes out."""
    if words is None or len(words.names) > 1 or not (source.sourcing == "unattributed" or source.note):
        return None
    ((name, sort),) = words.names
    bearers = {other.canonical for other in names.last_named.get(fold(name.split()[-1]), ()) if sort == "person"}
    alike = [other for other in sorted(bearers) if same_person(other, name, frozenset())]
    return Source(source.mention, alike[0] if len(alike) == 1 else name, "named", sort, AS_DECLARED)


def _confidence(source: Source, draft: _Draft) -> Confidence:
    if source.note == AS_DECLARED:
        return "medium"
    return "low" if source.note else draft.confidence


def _carried(article: Article, figure: _Draft, speakers: Mapping[int, str | None]) -> str | None:
    """The speaker of the sentence before, of the same section, whom a reader may take a figure's source to be."""
    before = figure.sentence - 1
    if before not in speakers:
        return None
    one, other = (article.paragraphs[article.sentences[at].paragraph].section for at in (before, figure.sentence))
    return speakers[before] if one == other else None


def _plain(text: str) -> str:
    return " ".join(text.split())
