"""Claims -> the anonymous sources behind them, and what the article says of each."""

from collections.abc import Sequence

from audit import tree
from audit.checks.sentences import head_of, sentence_of, words_of
from audit.model import Article, Claim, Sentence, Word
from audit.rule import Rules, listed


def chains(article: Article, claims: Sequence[Claim], rules: Rules) -> list[list[Claim]]:
    """The claims of each anonymous source who can be people, those of one description together, in text order."""
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        source = claim.source
        if source.sourcing == "anonymous" and source.speaker and not source.note and somebody(article, claim, rules):
            found.setdefault(source.speaker.casefold(), []).append(claim)
    return list(found.values())


def somebody(article: Article, claim: Claim, rules: Rules) -> bool:
    """Whether an anonymous source can be people, who alone are granted anonymity: not a document, a policy, a law."""
    if claim.source.detail in ("document", "explicit") or claim.source.mention is None:
        return claim.source.detail == "explicit"
    head = head_of(words_of(article, claim.source.mention)[1])
    if head is None or head.upos != "NOUN":
        return True
    return any(listed(rules.lexicons[name], head.lemma.lower()) for name in ("role", "human", "leader", "body"))


def explained(article: Article, claim: Claim, rules: Rules) -> bool:
    """Whether the sentence of an anonymous source gives a reason for the anonymity: because, due to, for fear of, to
    discuss …"""
    if claim.source.detail != "explicit" or claim.source.mention is None:
        return False
    sentence = sentence_of(article, claim.source.mention)
    forms = " ".join(word.form.lower() for word in sentence.words)
    return any(f" {reason} " in f" {forms} " for reason in rules.lexicons["reason"])


def narrowed(sentence: Sentence, head: Word, rules: Rules) -> bool:
    """Whether a modifier tells the source from others; "senior", "familiar with the matter" tell nothing."""
    empty = rules.lexicons["empty-modifier"]
    for below in tree.children(sentence, head, "amod", "compound", "nmod:*", "acl", "acl:relcl", "appos"):
        lemmas = {
            word.lemma.lower()
            for word in tree.subtree(sentence, below)
            if word.upos in ("NOUN", "PROPN", "ADJ", "VERB", "NUM")
        }
        if lemmas - empty:
            return True
    return False


def bare(article: Article, words: Sequence[Word]) -> str:
    """`words` without determiners, as written from the first of them to the last."""
    kept = [word for word in words if word.upos != "DET"]
    return " ".join(article.text[kept[0].span.start : kept[-1].span.end].split()) if kept else ""
