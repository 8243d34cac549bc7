"""A parsed article and the rules into an audit; nothing else enters."""

from audit.checks import findings
from audit.claims import claims
from audit.model import Article, Audit
from audit.reading import Reading
from audit.rule import Rules


def audit(article: Article, rules: Rules) -> Audit:
    """Find the claims of a parsed article, say who stands behind each, and judge them.

    The result depends on nothing but `article` and `rules`.
    """
    reading = Reading(article, rules)
    found = claims(reading)
    return Audit(article, found, findings(reading, found))
