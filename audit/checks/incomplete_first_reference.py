"""H002."""

from collections.abc import Iterator

from audit import tree
from audit.checks.hit import Hit
from audit.checks.sentences import head_of, index_of, words_of
from audit.checks.view import View
from audit.checks.wording import short
from audit.mentions import Mention
from audit.model import Article, Claim, Sentence, Word
from audit.names import Cast
from audit.rule import Rules, listed

_ROLES = ("epithet", "human", "leader", "role", "title")
_BEFORE, _AFTER = 2, 1  # sentences in which a role without a name is taken for that of the one who speaks
_INSTANCE = frozenset({"like", "such", "including", "include"})
_SUFFIXES = frozenset({"Jr.", "Sr.", "Jr", "Sr", "II", "III", "IV"})
_OPENS_A_DESCRIPTION = frozenset({",", "(", "-", "--", "–", "—"})
_DESCRIBES = ("acl", "acl:relcl", "appos", "nmod", "nmod:desc", "parataxis")


def incomplete_first_reference(view: View) -> Iterator[Hit]:
    """Persons who speak before the article has said who they are, once each. Headlines and captions do not count."""
    article, claims, rules = view.article, view.claims, view.rules
    names = view.cast
    seen: set[str] = set()
    for claim in claims:
        speaker, mention = claim.source.speaker, claim.source.mention
        if speaker is None or mention is None or speaker in seen or not _speaks(article, claim):
            continue
        name = names.called.get(speaker)
        if name is None or name.kind != "person" or not name.is_known:
            continue
        seen.add(speaker)
        head = head_of(words_of(article, mention)[1])
        if head is None or head.upos in ("NOUN", "PRON"):
            continue  # "the senator", "she": what the name is to the reader has been said
        at = index_of(article, mention.start)
        until = [other for other in name.mentions if other.sentence <= at]
        if until and not any(described(article, names, o) for o in until) and not _role_beside(article, at, rules):
            yield Hit(mention, claim, {"name": short(article, mention)})


def _speaks(article: Article, claim: Claim) -> bool:
    told = claim.kind != "figure" and claim.cue is not None and claim.cue_class != "attitude"
    return told and claim.source.detail == "person" and article.paragraphs[claim.paragraph].section == "body"


def _role_beside(article: Article, at: int, rules: Rules) -> bool:
    """Whether a sentence beside has a role alone for its subject, which a reader joins with the name: "The director
    makes this clear."; or says what "he" or "she" is; or one of them speaks "as a lawyer"."""
    paragraph = article.sentences[at].paragraph
    near = [s for s in article.sentences[max(at - _BEFORE, 0) : at + _AFTER + 1] if abs(s.paragraph - paragraph) < 2]
    return any(_is_role(sentence, subject, rules) for sentence in near for subject in sentence.words)


def _is_role(sentence: Sentence, word: Word, rules: Rules) -> bool:
    if word.xpos != "NN" or not any(listed(rules.lexicons[name], word.lemma.lower()) for name in _ROLES):
        return False
    if tree.child(sentence, word, "cop"):
        subject = tree.child(sentence, word, "nsubj")
        return subject is not None and subject.form.lower() in ("he", "she")
    if any(below.lemma.lower() == "as" for below in tree.children(sentence, word, "case", "mark")):
        return True  # "As a young lawyer, Lee said"
    definite = any(
        below.lemma.lower() == "the" or below.deprel == "nmod:poss"
        for below in tree.children(sentence, word, "det", "nmod:poss")
    )
    named = any(below.ner[2:] == "Person" and below.deprel != "nmod:poss" for below in tree.subtree(sentence, word))
    return word.deprel.startswith("nsubj") and definite and not named


def described(article: Article, names: Cast, mention: Mention) -> bool:
    """Whether something beside a name, or beside the first name of its list, says who bears it."""
    if mention.titles:
        return True
    sentence = article.sentences[mention.sentence]
    first, last = mention.words[0].index, mention.words[-1].index
    inside = range(first, last + 1)
    if any(below.index not in inside for below in tree.children(sentence, mention.head, *_DESCRIBES)):
        return True
    before = sentence.words[first - 2] if first > 1 else None
    behind = [word for word in sentence.words[last : last + 2] if word.form not in _SUFFIXES]
    after = behind[0] if behind else None
    if before is not None and (before.form in ("'s", "’s") or before.upos in ("NOUN", "PROPN")):
        return True
    if after is not None and (after.form in _OPENS_A_DESCRIPTION or after.lemma in ("of", "for", "from", "at", "with")):
        return True
    above = tree.head(sentence, mention.head)
    if any(word.lemma.lower() in _INSTANCE for word in tree.children(sentence, mention.head, "case")):
        return above is not None and above.xpos == "NNS"  # candidates such as Lee
    listed_with = names.at(mention.sentence, above) if above is not None and mention.head.deprel == "conj" else None
    same = [other for other in (listed_with.mentions if listed_with else ()) if other.sentence == mention.sentence]
    return any(other.head.index < mention.head.index and described(article, names, other) for other in same)
