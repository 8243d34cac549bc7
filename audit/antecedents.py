"""Pronouns and descriptions into the names, or the sources, that they stand for.

Each question has one answer or none: where two candidates are equally near, the caller is told so.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from audit import extent, tree
from audit.gazetteer import Gazetteer, fold
from audit.mentions import Mention
from audit.model import Detail, Sentence, Source, Span, Word
from audit.names import Cast, Name
from audit.phrases import PLURAL, Phrase, Reader

PERSONAL = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}
_THEY = frozenset({"they", "their", "them"})
_THINGS = ("document", "statement")  # comments, arguments: no people, though their nouns end like theirs
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "its", "their", "his", "her"})
_OF_TENURE = frozenset({"acting", "current", "ex", "former", "incoming", "late", "new", "outgoing", "then"})
_WHERE = frozenset({"after", "at", "before", "during", "following", "from", "in", "on", "with"})
_WRITTEN_OUT = {"pm": ("minister", "prime"), "fm": ("minister", "foreign")}
_REACH = 3  # sentences back, quoted ones not counted, in which a pronoun finds what it stands for
_ENOUGH = 4  # points from which on a description is given a name
_MARGIN = 2  # points by which the first candidate must lead
_LONG = 30  # sentences back in which whoever issued a document is looked for
_OFTEN = 3  # mentions that make a body the one that an article is about
_LATE = 6  # sentences ahead in which a description may still be given its name


@dataclass(frozen=True, slots=True)
class Context:
    """What an antecedent is looked for in: the names of the article, its outer quotations, and who has spoken so
    far."""

    reader: Reader
    cast: Cast
    quoted: tuple[Span, ...]
    said: list[tuple[Phrase, Source]]
    gazetteer: Gazetteer
    unnamed: Mapping[str, Sequence[int]]  # the lemmas of nouns that begin with "a", and where each of these stands

    def introduced(self, phrase: Phrase, since: int = 0) -> bool:
        """Whether somebody or something unnamed is called by the noun of `phrase` before it and behind the offset
        `since`: "a nurse", and then "the nurse"."""
        return any(since <= at < phrase.span.start for at in self.unnamed.get(phrase.head.lemma, ()))

    def near(self, earlier: int, later: int) -> bool:
        """Whether one sentence is close enough behind another for a pronoun: in its paragraph, or few unquoted ones
        away."""
        sentences = self.reader.article.sentences
        if sentences[earlier].paragraph == sentences[later].paragraph:
            return True
        unquoted = 0
        for index in range(later - 1, earlier - 1, -1):
            unquoted += not self.is_quoted(sentences[index].span)
            if unquoted > _REACH:
                return False
        return True

    def is_quoted(self, span: Span) -> bool:
        """Whether `span` begins inside a quotation."""
        at = bisect_right(self.quoted, span.start, key=lambda quote: quote.start) - 1
        return at >= 0 and span.start < self.quoted[at].end

    def before(self, phrase: Phrase, kind: Literal["person", "organization"]) -> list[tuple[Name, Mention]]:
        """The unquoted mentions of that kind before `phrase` and near it, nearest sentence last."""
        mentions = self.cast.of_kind[kind]
        found: list[tuple[Name, Mention]] = []
        for at in range(
            bisect_left(mentions, phrase.span.start, key=lambda pair: pair[1].words[0].span.start) - 1, -1, -1
        ):
            name, mention = mentions[at]
            if not self.near(mention.sentence, phrase.sentence):
                break
            if mention.head.span.end <= phrase.span.start and not self.is_quoted(mention.words[0].span):
                found.append((name, mention))
        return found[::-1]


def pronoun(context: Context, phrase: Phrase) -> Source:
    """The source that a personal pronoun stands for: who spoke last, if it agrees, or whom a whole sentence was about
    since; else the one subject, or the one name, of the nearest sentence that has any."""
    form = phrase.head.form.lower()
    gender = PERSONAL.get(form)
    if gender and (name := _topic(context, phrase, gender)):
        return Source(phrase.span, name.canonical, "named", "person")
    if form in _THEY and (pair := _pair(context, phrase, 0)):
        return Source(phrase.span, " and ".join(name.canonical for name in pair), "named", "person")
    others = _others(context, phrase)
    for earlier, source in reversed(context.said):
        if not context.near(earlier.sentence, phrase.sentence):
            break
        if (
            earlier.span.end <= phrase.span.start
            and source.speaker
            and not any(source.speaker == other.canonical for other in others)
            and _agrees(context, source, form, earlier)
        ):
            if gender and (name := _about_since(context, earlier, phrase, others)):
                return Source(phrase.span, name.canonical, "named", "person")
            return Source(phrase.span, source.speaker, source.sourcing, source.detail)
    if form in _THEY:
        return _several(context, phrase)
    candidates = _nearest(context, phrase, gender, "person" if gender else "organization", others)
    if len(candidates) == 1:
        return Source(phrase.span, candidates[0].canonical, "named", "person" if gender else "organization")
    if candidates:
        names = ", ".join(name.canonical for name in candidates[:4])
        detail: Detail = "person" if gender else "organization"
        return Source(phrase.span, None, "named", detail, f"{len(candidates)} candidates: {names}")
    return Source(phrase.span, form, "anonymous", "role", "nobody before it fits")


def _topic(context: Context, phrase: Phrase, gender: str) -> Name | None:
    """The person whom the sentence sets out with: "As for Lee, he said"."""
    words = context.reader.sentence(phrase).words
    lead = 2 if [word.form.lower() for word in words[:2]] == ["as", "for"] else words[0].form.lower() == "for"
    name = context.cast.at(phrase.sentence, words[lead]) if lead and len(words) > lead else None
    if name is None or name.kind != "person" or name.gender not in (gender, None):
        return None
    mention = next(m for m in name.mentions if words[lead] in m.words and m.sentence == phrase.sentence)
    behind = words[mention.words[-1].index : phrase.head.index - 1]
    return name if [word.form for word in behind] == [","] else None


def _several(context: Context, phrase: Phrase) -> Source:
    """Who "they" are that have not been cited: the people who are the last subject, here or in the sentence before."""
    reader, sentences = context.reader, context.reader.article.sentences
    for index in range(phrase.sentence, max(phrase.sentence - 2, -1), -1):
        for word in reversed(sentences[index].words):
            if not word.deprel.startswith("nsubj") or word.span.end > phrase.span.start or context.is_quoted(word.span):
                continue
            if word.xpos in PLURAL and reader.one_of(word, "role", "human") and not reader.one_of(word, *_THINGS):
                people = Phrase(index, word, tree.hull(extent.source_words(sentences[index], word)))
                detail: Detail = "role" if reader.one_of(word, "role") else "group"
                return Source(phrase.span, reader.described(people), "anonymous", detail)
    return Source(phrase.span, phrase.head.form.lower(), "anonymous", "group", "nobody before it fits")


def _pair(context: Context, phrase: Phrase, back: int) -> list[Name]:
    """The two persons who are the last subject before `phrase`, in its sentence or up to so many before."""
    for index in range(phrase.sentence, max(phrase.sentence - back, 0) - 1, -1):
        sentence = context.reader.article.sentences[index]
        for word in reversed(sentence.words):
            if word.deprel.startswith("nsubj") and word.span.end <= phrase.span.start:
                both = [word, *tree.children(sentence, word, "conj")]
                names = [_who(context, index, one) for one in both] if len(both) == 2 else []
                if None not in names and len(set(names)) == 2 and not context.is_quoted(word.span):
                    return [name for name in names if name]
    return []


def _who(context: Context, index: int, word: Word) -> Name | None:
    """The person that a noun of a sentence names, or is the title of."""
    sentence = context.reader.article.sentences[index]
    names = [context.cast.at(index, one) for one in (word, *tree.children(sentence, word, "flat", "appos"))]
    return next((name for name in names if name and name.kind == "person"), None)


def _about_since(context: Context, earlier: Phrase, phrase: Phrase, others: Container[Name]) -> Name | None:
    """The person who is the main subject of a sentence behind `earlier`, the last such: Lee, where Bo is cited, then
    "Lee runs the town", and then he. Of 40 pronouns of PolNeAR that this gives to somebody else, 36 are right."""
    gender = PERSONAL[phrase.head.form.lower()]
    for name, mention in reversed(context.before(phrase, "person")):
        if mention.head.span.start < earlier.span.end:
            break
        sentence = context.reader.article.sentences[mention.sentence]
        verb = tree.head(sentence, mention.head)
        main = verb is not None and not verb.head and _is_subject(sentence, mention)
        before = mention.sentence < phrase.sentence or (verb is not None and _subordinate(sentence, phrase.head, verb))
        if main and before and name not in others and name.is_known:
            return name if name.gender in (gender, None) else None
    return None


def _subordinate(sentence: Sentence, word: Word, verb: Word) -> bool:
    """Whether a word is in a clause under `verb` that is no remark beside it: "Lee left after he lost"."""
    above = [word, *tree.ancestors(sentence, word)]
    below = above[: above.index(verb)] if verb in above else []
    return any(w.deprel.startswith(("advcl", "acl", "ccomp")) for w in below) and not any(
        w.deprel.startswith(("parataxis", "conj")) for w in below
    )


def _others(context: Context, phrase: Phrase) -> frozenset[Name]:
    """Whom the pronoun cannot be, as its clause is about what it does to them: Lee, of "he told Lee" and "Lee, whom he
    mocked"."""
    sentence = context.reader.sentence(phrase)
    verb = tree.head(sentence, phrase.head) if phrase.head.deprel == "nsubj" else None
    if verb is None:
        return frozenset()
    words = tree.children(sentence, verb, "obj", "iobj", "obl")
    noun = tree.head(sentence, verb) if verb.deprel == "acl:relcl" else None
    words += [noun] if noun else []
    names = [context.cast.at(phrase.sentence, word) for word in words]
    names += [context.cast.bearer(word.form) for word in words if word.upos == "PROPN"]  # whatever the tagger saw there
    return frozenset(filter(None, names))


def _agrees(context: Context, source: Source, form: str, earlier: Phrase) -> bool:
    plural = earlier.head.xpos in PLURAL or earlier.head.form.lower() in _THEY or " and " in (source.speaker or "")
    if form in PERSONAL:
        if source.detail not in ("person", "role", "explicit") or plural:
            return False
        if source.detail == "role" and earlier.head.upos == "NOUN":
            return context.reader.one_of(earlier.head, "role", "human")
        name = context.cast.called.get(source.speaker or "")
        return name is None or name.gender in (PERSONAL[form], None)
    if form in _THEY:
        return source.detail in ("group", "organization") or plural
    return source.detail in ("organization", "document")


def _nearest(
    context: Context,
    phrase: Phrase,
    gender: str | None,
    kind: Literal["person", "organization"],
    others: Container[Name],
) -> list[Name]:
    """Of the nearest sentence with a name, `others` apart, that agrees: its subject, else all its persons, or the
    bodies of the pronoun's own sentence; failing that, the only such person."""
    everyone = [
        (name, mention)
        for name, mention in context.before(phrase, kind)
        if name not in others
        and (kind == "organization" or (name.is_known and (gender is None or name.gender in (gender, None))))
    ]
    if everyone:
        nearest = everyone[-1][1].sentence
        here = [(name, mention) for name, mention in everyone if mention.sentence == nearest]
        subjects = [name for name, mention in here if _is_subject(context.reader.article.sentences[nearest], mention)]
        # Of 31 times that "it" was a body named beside the subject, 6 were right, two of them in its own sentence.
        rest = [n for n, m in here if gender or (nearest == phrase.sentence and m.head.ner[2:] == "Organization")]
        return list(dict.fromkeys(subjects or rest))
    known = [
        name
        for name in context.cast.names
        if name.kind == "person"
        and name not in others
        and name.is_known
        and name.gender in (gender, None)
        and name.mentions[0].words[0].span.start < phrase.span.start
    ]
    return known if gender and len(known) == 1 else []


def _is_subject(sentence: Sentence, mention: Mention) -> bool:
    """Whether a name is the subject of its sentence, or one of its subjects, or stands behind a title that is: "team
    captain José Chilavert launched"."""
    top: Word | None = mention.head
    while top is not None and top.deprel in ("conj", "flat"):
        top = tree.head(sentence, top)
    return top is not None and top.deprel.startswith("nsubj")


def described(context: Context, phrase: Phrase) -> Name | None:
    """The person whom a description points to: "the minister", "US President", and "a White House spokesman" whose name
    comes a few sentences later."""
    reader, sentence, head = context.reader, context.reader.sentence(phrase), phrase.head
    if head.xpos in PLURAL:
        return None
    rank, before = _WRITTEN_OUT.get(fold(head.lemma), (fold(head.lemma), ""))
    leads = reader.lexicons["leader"]
    below = [word for word in _title(sentence, head) if phrase.span.holds(word.span)]
    said = {fold(w.lemma) for w in below if w.upos in ("NOUN", "PROPN", "ADJ")} | set(before.split())
    determiners = reader.determiners(phrase)
    bare = not determiners and tree.child(sentence, head, "nummod") is None
    definite = bare or bool(determiners & _DEFINITE)
    distance: dict[Name, int] = {}
    ranked = context.cast.ranked.get(rank, [])
    opening = phrase.sentence <= _REACH and reader.one_of(head, "leader", "public-role")
    alone = opening and len({name for name, _ in ranked}) == 1 and not _introduced(context, phrase)
    short = head.form if head.form.isupper() and 1 < len(head.form) < 5 else ""
    alike = _around(context, phrase) if rank in leads or short else []
    for name, mention in (*ranked, *alike):
        back = phrase.sentence - mention.sentence
        if back == 0 and mention.head.span.start > phrase.span.start:
            continue
        if short and definite and back >= 0 and _abbreviates(short, mention.titles):
            fits = True
        elif rank not in mention.ranks:
            of = said - _OF_TENURE
            fits = bool(mention.ranks & leads) and bool(of <= mention.titles if back >= 0 else of & mention.titles)
            fits = fits and bool(of)
        elif back >= 0:
            fits = definite and (said <= mention.titles or ("the" in determiners and bool(said & mention.titles)))
        else:
            # "The Bangkok governor", and two sentences on "Governor Chadchart": the first to bear the rank has it.
            soon = definite and -back <= _REACH and mention is ranked[0][1]
            fits = -back <= _LATE and (soon or (bool(said) and said <= mention.titles))
            fits = fits or (alone and definite and said <= mention.titles)
        if fits:
            # once somebody has borne the rank, it is as near as their name
            named = [phrase.sentence - m.sentence for m in name.mentions if m.head.span.end <= phrase.span.start]
            distance[name] = min(abs(back), *named, distance.get(name, abs(back)))
    nearest = sorted(distance, key=lambda name: distance[name])
    if not nearest and definite:
        return _declared(context, phrase, rank, said)
    if not nearest or (len(nearest) > 1 and distance[nearest[0]] == distance[nearest[1]]):
        return None
    return nearest[0]


def _abbreviates(short: str, titles: frozenset[str]) -> bool:
    """Whether capitals can stand for a title: the SP, for a superintendent of police."""
    if short.lower() in titles:
        return True
    left = list(titles)
    for letter in short.lower():
        word = next((title for title in left if title.startswith(letter)), None)
        if word is None:
            return False
        left.remove(word)
    return True


def _title(sentence: Sentence, head: Word) -> list[Word]:
    """The words under a title that are part of it, not of where or when its bearer spoke: "the minister in a meeting
    with farmers"."""
    aside: set[int] = set()
    for top in tree.children(sentence, head, "nmod", "acl:relcl"):
        case = tree.child(sentence, top, "case")
        if top.deprel == "acl:relcl" or (case is not None and case.lemma.lower() in _WHERE):
            aside |= {word.index for word in tree.subtree(sentence, top)}
    return [word for word in tree.subtree(sentence, head) if word != head and word.index not in aside]


def _declared(context: Context, phrase: Phrase, rank: str, said: set[str]) -> Name | None:
    """The one person of whom the file says that they are this, where the article itself says it of nobody, and of
    nobody unnamed."""
    fitting = [one for one in context.cast.known if one.rank == rank and said <= one.title]
    if len({one.words for one in fitting}) != 1 or _introduced(context, phrase):
        return None
    (one, *_) = fitting
    gender = context.gazetteer.gender(one.name)
    return context.cast.called.get(one.name) or Name(one.name, "person", gender, ())


def _around(context: Context, phrase: Phrase) -> list[tuple[Name, Mention]]:
    """The mentions of persons in the few sentences before and behind `phrase`."""
    mentions = context.cast.of_kind["person"]
    first = bisect_left(mentions, phrase.sentence - _REACH, key=lambda pair: pair[1].sentence)
    return mentions[first : bisect_right(mentions, phrase.sentence + _LATE, key=lambda pair: pair[1].sentence)]


def epithet(context: Context, phrase: Phrase) -> Name | None:
    """Whom "the Vermont senator", "the former first lady" takes up again: the person whom the text is about there."""
    reader, sentence, head = context.reader, context.reader.sentence(phrase), phrase.head
    if "the" not in reader.determiners(phrase) or head.xpos in PLURAL or not reader.one_of(head, "epithet", "leader"):
        return None
    if _defined(sentence, head) or _introduced(context, phrase):
        return None  # it says itself who is meant: "the head of the union", or somebody new: "a senator"
    modifiers = tree.children(sentence, head, "amod", "compound", "nmod:desc")
    said = {fold(word.lemma) for word in modifiers}
    proper = {fold(word.lemma) for word in modifiers if word.form[:1].isupper()}
    shared = {fold(word.lemma) for word in modifiers if context.gazetteer.demonym(word.form)}
    shared |= proper if reader.one_of(head, "adherent") else set()  # "the Utah Republican" is of no other state
    shared |= {word for name in context.cast.names if proper for m in name.mentions for word in proper & m.titles}
    gender = _gender_of(head.lemma.lower())
    rank = fold(head.lemma)
    borne = reader.one_of(head, "title", "leader") and rank in context.cast.ranked
    other_roles = (reader.lexicons["role"] | reader.lexicons["human"]) - reader.lexicons["epithet"]
    points: dict[Name, int] = {}
    for name, weight in _salient(context, phrase).items():
        titles = frozenset().union(*(mention.titles for mention in name.mentions))
        if (gender and name.gender not in (gender, None)) or not shared <= titles:
            continue
        ranks = frozenset().union(*(mention.ranks for mention in name.mentions))
        other = bool(ranks & other_roles) and rank not in ranks
        if borne and rank not in titles:
            continue
        points[name] = weight + 2 * (rank in titles) + bool(said & titles) - 2 * other
    return _ahead(points)


def cited_before(context: Context, phrase: Phrase) -> Name | None:
    """Whom "the official", "the specialist" takes up again: the person cited last, in a sentence before, if nobody else
    was named since."""
    reader, head = context.reader, phrase.head
    if not context.said or head.xpos in PLURAL or "the" not in reader.determiners(phrase):
        return None
    if not reader.one_of(head, "human", "role", "title") or _is_thing(reader, head):
        return None
    if _defined(reader.sentence(phrase), head) or _introduced(context, phrase):
        return None
    earlier, source = context.said[-1]
    name = context.cast.called.get(source.speaker or "")
    if source.detail != "person" or name is None or earlier.sentence >= phrase.sentence:
        return None
    if not context.near(earlier.sentence, phrase.sentence) or context.introduced(phrase, earlier.span.start):
        return None
    since = {other for other, mention in context.before(phrase, "person") if mention.head.span.start > earlier.span.end}
    gender = _gender_of(head.lemma.lower())
    if since - {name} or name in _others(context, phrase) or (gender and name.gender not in (gender, None)):
        return None
    ranks = frozenset().union(*(mention.ranks for mention in name.mentions))
    office = reader.one_of(head, "title", "leader", "public-role") and not head.lemma.lower().startswith("spokes")
    other = fold(head.lemma) not in ranks and bool(ranks & (reader.lexicons["role"] | reader.lexicons["title"]))
    return None if office and other else name


def _is_thing(reader: Reader, noun: Word) -> bool:
    """Whether a noun that ends as those for people do stands for something else ("agreement"), or for several."""
    several = noun.lemma.lower() in ("family", "couple", "pair")
    return several or noun.lemma.lower().endswith("ment") or reader.one_of(noun, "body", *_THINGS)


def _defined(sentence: Sentence, noun: Word) -> bool:
    """Whether it is said behind a noun which one is meant: "the head of the union". Commas set off what is said
    besides."""
    behind = tree.children(sentence, noun, "nmod", "nmod:poss", "acl", "acl:relcl")
    firsts = [tree.subtree(sentence, word)[0].index for word in behind]
    return not all("," in (sentence.words[first - 1].form, sentence.words[first - 2].form) for first in firsts)


def salient(context: Context, phrase: Phrase) -> Name | None:
    """The person whom the sentences before `phrase` are about, if one is ahead of all others."""
    return _ahead(_salient(context, phrase))


def issuer(context: Context, phrase: Phrase) -> Name | None:
    """Who made or issued the document that "the report" takes up: Lee, of "Lee unveiled a report on the shooting"."""
    lemma = phrase.head.lemma
    for index in range(phrase.sentence - 1, max(phrase.sentence - _LONG, 0) - 1, -1):
        sentence = context.reader.article.sentences[index]
        for word in sentence.words:
            if word.lemma != lemma or word.deprel != "obj":
                continue
            verb = tree.head(sentence, word)
            subject = tree.subject(sentence, verb) if verb is not None and tree.issues(verb) else None
            if subject is not None:
                return context.cast.at(index, subject) or _who(context, index, subject)
    return None


def salient_body(context: Context, phrase: Phrase) -> Name | None:
    """The body, no place or state, that is the subject of a sentence near before `phrase`, the last such; else the one
    that the article so far names far more often than any other."""
    sentences = context.reader.article.sentences
    bodies = [
        (name, mention) for name, mention in _bodies_before(context, phrase) if mention.head.ner[2:] == "Organization"
    ]
    for name, mention in reversed(bodies):
        if phrase.sentence - mention.sentence > 1:
            break
        if _is_subject(sentences[mention.sentence], mention) and not context.is_quoted(mention.head.span):
            return name
    ranked = Counter(name for name, _ in bodies).most_common(2)
    if not ranked or ranked[0][1] < _OFTEN or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
        return None
    return ranked[0][0]


def body_called(context: Context, phrase: Phrase) -> Name | None:
    """The body that was last named with the noun of `phrase`: the firm, of "the polling firm ForwardKeys"."""
    noun = fold(phrase.head.lemma)
    return next((name for name, mention in reversed(_bodies_before(context, phrase)) if noun in mention.ranks), None)


def _bodies_before(context: Context, phrase: Phrase) -> list[tuple[Name, Mention]]:
    mentions = context.cast.of_kind["organization"]
    return mentions[: bisect_left(mentions, phrase.span.start, key=lambda pair: pair[1].head.span.start)]


def _salient(context: Context, phrase: Phrase) -> dict[Name, int]:
    """How present each person near before `phrase` is in the reader's mind: by how near the last mention is, whether it
    is a subject, whether the person spoke last, and whether the article so far names them once or often."""
    sentences = context.reader.article.sentences
    points: dict[Name, int] = {}
    about: dict[Name, int] = {}  # whom the sentence itself is about it rather takes up by a pronoun
    for name, mention in context.before(phrase, "person"):
        if mention.sentence == phrase.sentence and _is_subject(sentences[mention.sentence], mention):
            about[name] = 2
        between = sum(not context.is_quoted(s.span) for s in sentences[mention.sentence + 1 : phrase.sentence])
        weight = _REACH - between + 2 * _is_subject(sentences[mention.sentence], mention)
        points[name] = max(weight, points.get(name, 0))
    last = context.said[-1][1].speaker if context.said else None
    for name in points:
        times = sum(mention.head.span.end <= phrase.span.start for mention in name.mentions)
        points[name] += (name.canonical == last) + (times > 2) - (times < 2) - about.get(name, 0)
    return points


def _ahead(points: Mapping[Name, int]) -> Name | None:
    """The one with the most points, if it has enough and the next has fewer by the margin."""
    ranked = sorted(points, key=lambda name: -points[name])
    if not ranked or points[ranked[0]] < _ENOUGH:
        return None
    alone = len(ranked) == 1 or points[ranked[0]] - points[ranked[1]] >= _MARGIN
    return ranked[0] if alone else None


def _introduced(context: Context, phrase: Phrase) -> bool:
    """Whether somebody unnamed bears the noun: "a senator said", and then "the senator"."""
    return any(
        source.sourcing == "anonymous" and earlier.head.lemma == phrase.head.lemma for earlier, source in context.said
    )


def _gender_of(noun: str) -> str | None:
    if noun.endswith("woman") or noun in ("lady", "actress"):
        return "f"
    return "m" if noun.endswith("man") and not noun.endswith("chairman") else None


def both(context: Context, phrase: Phrase) -> list[Name]:
    """The two persons whom "both leaders" or "the two" are, if the sentences before name just two, or have two as their
    subject."""
    words = tree.children(context.reader.sentence(phrase), phrase.head, "det", "nummod", "det:predet")
    if len(context.reader.article.slice(phrase.span).split()) <= 2:  # "the two", not "two of them"
        words.append(phrase.head)
    if not {word.lemma.lower() for word in words} & {"both", "two"}:
        return []
    named = context.before(phrase, "person")
    recent = list(
        dict.fromkeys(name for name, mention in named if mention.head.deprel != "compound")
    )  # the Assad regime
    return recent if len(recent) == 2 else _pair(context, phrase, _REACH)


def chained(context: Context, phrase: Phrase) -> str | None:
    """The fuller description under which the same anonymous source was cited before: "the sources", first "diplomatic
    sources"."""
    if not context.reader.determiners(phrase) & {"the", "this", "that", "these", "those"}:
        return None
    if tree.child(context.reader.sentence(phrase), phrase.head, "amod", "compound", "nmod"):
        return None
    for earlier, source in reversed(context.said):
        if source.sourcing == "anonymous" and source.speaker and earlier.head.lemma == phrase.head.lemma:
            return source.speaker
    return None
