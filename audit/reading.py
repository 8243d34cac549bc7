"""A parsed article and the rules -> what claims and checks both ask of them, found once: quoted stretches and names."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from audit import declarations, names, quotes, tree
from audit.declarations import Quoted
from audit.model import NOT_PROSE, Article, Span
from audit.names import Cast
from audit.quotes import Quotations, Stretch
from audit.rule import Rules


@dataclass(frozen=True, eq=False)
class Reading:
    """A parsed article and the rules that it is read by; each part is made when it is first asked for."""

    article: Article
    rules: Rules

    @cached_property
    def prose(self) -> tuple[Span, ...]:
        """The paragraphs; one that is no prose as an empty span where it begins."""
        return tuple(
            Span(p.span.start, p.span.start) if p.section in NOT_PROSE else p.span for p in self.article.paragraphs
        )

    @cached_property
    def quotations(self) -> Quotations:
        """The quoted stretches of the prose, and the marks that pair with nothing."""
        return quotes.quoted(self.article.text, self.prose)

    @cached_property
    def outer(self) -> tuple[Stretch, ...]:
        """The quoted stretches that stand in no other."""
        return tuple(stretch for stretch in self.quotations.stretches if stretch.depth == 0)

    @cached_property
    def cast(self) -> Cast:
        """The names of the article."""
        return names.cast(self.article, self.rules.gazetteer, titles(self.rules))

    @cached_property
    def unnamed(self) -> dict[str, list[int]]:
        """The lemmas of the nouns that begin with "a", "another" or "one" and have no name beside them, each with where
        it stands."""
        found: dict[str, list[int]] = {}
        for sentence in self.article.sentences:
            for word in sentence.words:
                if word.deprel in ("det", "nummod") and word.lemma in ("a", "another", "one"):
                    noun = tree.head(sentence, word)
                    if noun is not None and not tree.child(sentence, noun, "appos", "flat", "nmod:desc"):
                        found.setdefault(noun.lemma, []).append(noun.span.start)
        return found

    @cached_property
    def declared(self) -> tuple[Quoted, ...]:
        """What the article's file gives to whom."""
        rules = self.rules
        return declarations.quoted(self.article, rules.gazetteer, titles(rules), rules.lexicons["body"])


@lru_cache(maxsize=8)
def titles(rules: Rules) -> frozenset[str]:
    """What stands before a name without being part of it."""
    titles = frozenset().union(*(rules.lexicons[name] for name in ("title", "leader", "role", "human")))
    return frozenset(title for title in titles if not title.startswith("-")) - rules.lexicons["kept-title"]
