"""A parsed article and the rules into an audit; nothing else enters."""

from audit.checks import findings
from audit.claims import claims
from audit.model import Article, Audit
from audit.rule import Rules


def audit(article: Article, rules: Rules) -> Audit:
    """Find the claims of a parsed article, say who stands behind each, and judge them.

    The result depends on nothing but `article` and `rules`.
    """
    found = claims(article, rules)
    return Audit(article, found, findings(article, found, rules))
