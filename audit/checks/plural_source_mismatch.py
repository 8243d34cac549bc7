"""A008."""

from collections.abc import Iterator

from audit import tree
from audit.checks.anonymity import Chain, Mention
from audit.checks.hit import Hit
from audit.checks.view import View
from audit.checks.wording import short
from audit.model import Article
from audit.phrases import PLURAL


def plural_source_mismatch(view: View) -> Iterator[Hit]:
    """Sources brought in as several who go on as one: "sources said … the source added"."""
    article = view.article
    for chain in view.chains:
        if not chain.first.plural:
            continue
        single = next(
            (at for at, mention in enumerate(chain.mentions) if mention.definite and not mention.plural), None
        )
        if single is not None and not _singled_out(article, chain, chain.mentions[single]):
            mention = chain.mentions[single]
            words = {"words": short(article, mention.span), "before": short(article, chain.first.span)}
            yield Hit(mention.span, chain.claims[single], words)


def _singled_out(article: Article, chain: Chain, single: Mention) -> bool:
    """Whether one of them, or another such person, is brought in before: "one of the officials", "an official"."""
    for sentence in article.sentences:
        for word in sentence.words:
            if word.span.start >= single.span.start:
                return False
            if word.lemma == single.noun.lemma and word.span.start > chain.first.span.start:
                above = tree.head(sentence, word)
                if word.xpos not in PLURAL or (above is not None and above.lemma.lower() in ("one", "another")):
                    return True
    return False
