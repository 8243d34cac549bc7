"""Hypothesis strategies: any tree, any sentence, any article, any pattern."""

from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

from hypothesis import strategies as st

from audit import pattern, rules, tree
from audit.model import Article, Audit, Finding, Paragraph, Section, Sentence, Severity, Span, Word
from audit.pattern import CLAUSE, KEYS, RELATIONS, SUBJECT, UPOS, Path, Step

# form, lemma, UPOS, XPOS, features, class of name
_COMMON = [
    tuple("" if value == "_" else value for value in row.split("/"))
    for row in """
    He/he/PRON/PRP/Case=Nom/O she/she/PRON/PRP/Case=Nom/O they/they/PRON/PRP/Number=Plur/O it/it/PRON/PRP/_/O
    I/I/PRON/PRP/_/O who/who/PRON/WP/PronType=Rel/O which/which/PRON/WDT/PronType=Rel/O that/that/SCONJ/IN/_/O
    said/say/VERB/VBD/VerbForm=Fin/O says/say/VERB/VBZ/VerbForm=Fin/O told/tell/VERB/VBD/VerbForm=Fin/O
    saying/say/VERB/VBG/VerbForm=Part/O quoted/quote/VERB/VBN/Voice=Pass|VerbForm=Part/O
    believed/believe/VERB/VBN/Voice=Pass/O is/be/AUX/VBZ/VerbForm=Fin/O been/be/AUX/VBN/_/O will/will/AUX/MD/_/O
    according/accord/VERB/VBG/_/O to/to/ADP/IN/_/O to/to/PART/TO/_/O by/by/ADP/IN/_/O of/of/ADP/IN/_/O
    not/not/PART/RB/_/O the/the/DET/DT/Definite=Def/O a/a/DET/DT/Definite=Ind/O and/and/CCONJ/CC/_/O
    but/but/CCONJ/CC/_/O as/as/SCONJ/IN/_/O Ann/Ann/PROPN/NNP/Number=Sing/B-Person
    Lee/Lee/PROPN/NNP/Number=Sing/E-Person Lee/Lee/PROPN/NNP/Number=Sing/S-Person Mr./Mr./PROPN/NNP/_/O
    Erdoğan/Erdoğan/PROPN/NNP/Number=Sing/S-Person Ankara/Ankara/PROPN/NNP/_/S-GPE
    Kremlin/Kremlin/PROPN/NNP/_/S-Organization U.N./U.N./PROPN/NNP/_/S-ORG Syrian/Syrian/ADJ/JJ/_/S-NORP
    officials/official/NOUN/NNS/Number=Plur/O spokesman/spokesman/NOUN/NN/_/O director/director/NOUN/NN/_/O
    statement/statement/NOUN/NN/_/O report/report/NOUN/NN/_/O group/group/NOUN/NN/_/O people/people/NOUN/NNS/_/O
    senior/senior/ADJ/JJ/_/O anonymity/anonymity/NOUN/NN/_/O bridge/bridge/NOUN/NN/_/O reportedly/reportedly/ADV/RB/_/O
    fell/fall/VERB/VBD/VerbForm=Fin/O closed/close/VERB/VBN/_/O 12/12/NUM/CD/NumType=Card/O
    31,000/31,000/NUM/CD/NumType=Card/O two/two/NUM/CD/NumType=Card/O million/million/NUM/CD/_/O
    dozens/dozen/NOUN/NNS/_/O more/more/ADJ/JJR/_/O than/than/ADP/IN/_/O $/$/SYM/$/_/O %/%/SYM/NN/_/O
    percent/percent/NOUN/NN/_/O 2019/2019/NUM/CD/_/S-Date May/May/PROPN/NNP/_/S-Date estimated/estimate/VERB/VBN/_/O
    years/year/NOUN/NNS/_/O 's/'s/PART/POS/_/O n't/not/PART/RB/_/O
    """.split()
]
_MARKS = ["“", "”", '"', "‘", "’", "'", "«", "»", ",", ".", ":", "—", "–", "-", "(", ")", "[", "]", "?", "…", "/"]
_QUOTES = ["“", "”", '"', "‘", "’", "'", "«", "»", "“ ", " ”", ": “"]
relations = st.sampled_from(
    "nsubj nsubj:pass obj obl ccomp xcomp advcl acl acl:relcl conj parataxis nmod case mark punct appos flat compound "
    "nummod amod det cc expl aux:pass nmod:poss obl:agent obl:unmarked csubj advmod".split()
) | st.sampled_from(sorted(RELATIONS))
_SECTIONS: list[Section] = ["headline", "standfirst", "byline", "body", "body", "body", "caption", "boilerplate"]

_KINDS = [("VERB", "VBD", "VerbForm=Fin"), ("VERB", "VBN", "Voice=Pass"), ("NOUN", "NNS", ""), ("ADP", "IN", "")]
_LEMMAS = sorted({entry for lexicon in rules.load().lexicons.values() for entry in lexicon if " " not in entry})

ink = st.text(st.characters(exclude_categories=["Zs", "Zl", "Zp", "Cc"]), min_size=1, max_size=6)
names = st.sampled_from(["O", "O", "S-Person", "B-Person", "E-Person", "S-Organization", "S-GPE"])
tokens = st.one_of(
    st.sampled_from(_COMMON),
    st.sampled_from(_MARKS).map(lambda mark: (mark, mark, "PUNCT", mark, "", "O")),
    st.builds(lambda lemma, kind: (lemma, lemma, *kind, "O"), st.sampled_from(_LEMMAS), st.sampled_from(_KINDS)),
    st.builds(lambda form, upos, name: (form, form, upos, "", "", name), ink, st.sampled_from(sorted(UPOS)), names),
)
"""Form, lemma, UPOS, XPOS, features and class of a word: mostly one that rules look for."""


@st.composite
def heads(draw: st.DrawFn, size: int) -> list[int]:
    """The heads of any tree of `size` words with one root, projective or not."""
    order = draw(st.permutations(range(1, size + 1)))
    above = {order[0]: 0}
    for place in range(1, size):
        above[order[place]] = order[draw(st.integers(0, place - 1))]
    return [above[index] for index in range(1, size + 1)]


@st.composite
def sentences(draw: st.DrawFn, start: int = 0, paragraph: int = 0) -> tuple[str, Sentence]:
    """A text and its parse: any words, in any tree; `start` is its offset in the article."""
    rows = draw(st.lists(tokens, min_size=1, max_size=12))
    above = draw(heads(len(rows)))
    text, words = "", []
    for index, ((form, lemma, upos, xpos, feats, name), head) in enumerate(zip(rows, above, strict=True), 1):
        text += draw(st.sampled_from([" ", " ", ""])) if text else ""
        span = Span(start + len(text), start + len(text) + len(form))
        deprel = draw(relations) if head else "root"
        words.append(Word(index, span, form, lemma, upos, xpos, feats, head, deprel, name))
        text += form
    return text, Sentence(Span(start, start + len(text)), tuple(words), paragraph)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """An article of up to four paragraphs in any sections, each of up to three sentences."""
    text, paragraphs, parsed = "", [], []
    for index in range(draw(st.integers(0, 4))):
        text += "\n\n" if text else ""
        begin = len(text)
        for number in range(draw(st.integers(1, 3))):
            text += " " if number else ""
            more, sentence = draw(sentences(len(text), index))
            text += more
            parsed.append(sentence)
        paragraphs.append(Paragraph(Span(begin, len(text)), draw(st.sampled_from(_SECTIONS))))
    return Article("any.txt", text, tuple(paragraphs), tuple(parsed))


@st.composite
def mistaken(draw: st.DrawFn, sentence: Sentence) -> Sentence:
    """`sentence` as a worse parser would have it: some words hang elsewhere, by other relations."""
    for at in draw(st.lists(st.integers(1, len(sentence.words)), max_size=4)):
        words = list(sentence.words)
        word = words[at - 1]
        below = tree.subtree(sentence, word)
        elsewhere = [other.index for other in words if other not in below]
        if word.head and elsewhere:
            head = draw(st.sampled_from([word.head, *elsewhere]))
            words[at - 1] = replace(word, head=head, deprel=draw(relations))
            sentence = replace(sentence, words=tuple(words))
    return sentence


@st.composite
def collages(draw: st.DrawFn, parsed: Sequence[Article]) -> Article:
    """An article of sentences from anywhere in `parsed`, some mistaken, with quotation marks strewn in."""
    text, paragraphs, sentences = "", [], []
    every = [(article, sentence) for article in parsed for sentence in article.sentences]
    for number in range(draw(st.integers(1, 5))):
        article, sentence = draw(st.sampled_from(every))
        breaks = number == 0 or draw(st.booleans())
        text += ("\n\n" if breaks else " ") if text else ""
        marks = dict(
            draw(st.lists(st.tuples(st.integers(0, len(sentence.words)), st.sampled_from(_QUOTES)), max_size=3))
        )
        begin, end, words = len(text), sentence.span.start, []
        for word in draw(mistaken(sentence)).words:
            text += article.text[end : word.span.start] + marks.get(word.index, "")
            end = word.span.end
            words.append(replace(word, span=Span(len(text), len(text) + len(word.span))))
            text += article.slice(word.span)
        sentences.append(Sentence(Span(words[0].span.start, len(text)), tuple(words), len(paragraphs) - (not breaks)))
        text += marks.get(0, "")
        if breaks:
            paragraphs.append(Paragraph(Span(begin, len(text)), draw(st.sampled_from(_SECTIONS))))
        else:
            paragraphs[-1] = replace(paragraphs[-1], span=Span(paragraphs[-1].span.start, len(text)))
    return Article("collage.txt", text, tuple(paragraphs), tuple(sentences))


_values = st.text(st.characters(codec="utf-8", exclude_categories=["Z", "C", "Lu", "Lt"], exclude_characters="|<>@"),
                  min_size=1, max_size=5).filter(lambda value: value == value.lower())  # fmt: skip
_subtyped = st.sampled_from(sorted(RELATIONS) + [f"{name}:*" for name in sorted(RELATIONS) if ":" not in name])


@st.composite
def word_tests(draw: st.DrawFn) -> pattern.Test:
    """A test that the pattern language can write."""
    key = draw(st.sampled_from(KEYS))
    value = {
        "upos": st.sampled_from(sorted(UPOS)),
        "deprel": _subtyped,
        "feat": st.builds("{}={}".format, _values, _values),
        "lemma": _values | _values.map("@{}".format),
        "form": _values | _values.map("@{}".format),
    }.get(key, _values)
    return pattern.Test(key, tuple(draw(st.lists(value, min_size=1, max_size=3))), draw(st.booleans()))


_listed = st.lists(word_tests(), max_size=2).map(tuple)
steps = st.builds(Step, st.booleans(), st.lists(_subtyped, min_size=1, max_size=3).map(tuple) | st.just(("*",)),
                  st.booleans(), _listed) | st.builds(
    lambda way, optional, asked: Step(*way, optional, asked),
    st.sampled_from([(True, (SUBJECT,)), (False, (CLAUSE,))]), st.booleans(), _listed,
)  # fmt: skip
paths = st.builds(Path, st.sampled_from(["cue", "source", "content"]), st.lists(steps, max_size=4).map(tuple), _listed)
"""Paths that the pattern language can write."""

_odd = st.text(
    st.sampled_from("\r\n\t \u2028\x85\x0b\x00\x1b\ufeff\ufffe\u200b|`*_[](){}<>&@#:,%;=+-\"'“\\~$!/aé漢😀"),
    max_size=20,
) | st.text(st.characters(codec="utf-8"), max_size=20)
_inked = _odd.filter(lambda text: any(not c.isspace() and c != "\ufeff" for c in text))


@st.composite
def judged(draw: st.DrawFn) -> Audit:
    """An article of any text and name, with any findings in it: what a report may be given."""
    text = draw(st.sampled_from(["", "\ufeff"])) + draw(_inked) + draw(_odd) + draw(_inked)
    places = [at for at, character in enumerate(text) if not character.isspace() and character != "\ufeff"]
    findings = []
    for _ in range(draw(st.integers(0, 4))):
        start, end = sorted((draw(st.sampled_from(places)), draw(st.sampled_from(places))))
        code, name = draw(st.sampled_from([("A001", "no-reason"), ("F001", "no-source"), ("V002", "nobody-says")]))
        severity = draw(st.sampled_from(get_args(Severity)))
        findings.append(Finding(code, name, severity, Span(start, end + 1), draw(_inked), None))
    findings.sort(key=lambda finding: (finding.span, finding.code))
    whole = Span(places[0], places[-1] + 1)
    return Audit(Article(draw(_inked), text, (Paragraph(whole, "body"),)), (), tuple(findings))
