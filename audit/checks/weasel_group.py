"""V004."""

from collections.abc import Iterator

from audit import tree
from audit.checks.hit import Hit
from audit.checks.sentences import DISPLAY, head_of, index_of, words_of
from audit.checks.view import View
from audit.checks.wording import short
from audit.model import Sentence, Span, Word
from audit.phrases import PLURAL
from audit.rule import Rules

_INSTANCE_WITHIN = 2  # sentences in which a group is given a name
_NOT_BARE = frozenset("the these those few no his her its their".split())  # taken up, or nobody at all
_NARROWING = ("compound", "nmod:*", "acl", "acl:relcl", "appos", "nummod")


def weasel_group(view: View) -> Iterator[Hit]:
    """Critics, experts or "some", of whom none is named in the same sentence or the next two."""
    article, claims, rules = view.article, view.claims, view.rules
    cited = view.cited
    seen: set[Span] = set()
    for claim in claims:
        mention = claim.source.mention
        hopes = claim.cue is not None and article.slice(claim.cue).lower().startswith("hop")  # is no statement
        if claim.source.sourcing != "anonymous" or mention is None or mention in seen or hopes:
            continue
        seen.add(mention)
        sentence, words = words_of(article, mention)
        head = head_of(words)
        headline = article.paragraphs[sentence.paragraph].section in DISPLAY
        if head is None or headline or not _bare_group(sentence, head, rules):
            continue
        at = index_of(article, mention.start)
        near = (other for index in range(at, at + _INSTANCE_WITHIN + 1) for other in cited.get(index, ()))
        if not any(other.source.sourcing == "named" and other.source.detail != "document" for other in near):
            yield Hit(mention, claim, {"words": short(article, mention)})


def _bare_group(sentence: Sentence, head: Word, rules: Rules) -> bool:
    """Whether a source is a collective of which nothing is said but what it is: "critics", "many experts"."""
    if head.lemma.lower() not in rules.lexicons["weasel-group"]:
        return False
    if head.upos == "NOUN" and head.xpos not in PLURAL:
        return False
    if any(word.lemma.lower() in _NOT_BARE for word in tree.children(sentence, head, "det", "nmod:poss", "amod")):
        return False
    below = tree.children(sentence, head, *_NARROWING)
    return not below and not any(word.upos == "PROPN" for word in tree.subtree(sentence, head))
