"""H004."""

from collections.abc import Iterator

from audit.checks.hit import Hit
from audit.checks.view import View
from audit.checks.wording import listed_in_words, short
from audit.declarations import Quoted, over, same_body, same_person
from audit.model import Claim
from audit.reading import titles
from audit.rule import Rules


def declared_source_differs(view: View) -> Iterator[Hit]:
    """Quotations and reports that the text gives to one name and the markup of its file to another.

    A person may speak for a body, and nobody who is left unnamed is held against a name: that would help to unmask.
    """
    article, claims, rules = view.article, view.claims, view.rules
    declared = view.reading.declared
    for claim in claims if declared else ():
        words = over(declared, claim.span) if claim.kind != "figure" else None
        speaker = claim.source.speaker
        if words and speaker and claim.source.sourcing == "named" and _differ(claim, speaker, words, rules):
            said = {"words": short(article, claim.span), "speaker": speaker}
            said["declared"] = listed_in_words([name for name, _ in words.names])
            yield Hit(claim.span, claim, said, confidence="low" if claim.confidence == "low" else "high")


def _differ(claim: Claim, speaker: str, words: Quoted, rules: Rules) -> bool:
    if any(sort != claim.source.detail for _, sort in words.names):
        return False
    if claim.source.detail == "organization":
        return not any(same_body(speaker, name, rules.gazetteer) for name, _ in words.names)
    ours = titles(rules)
    return not any(same_person(one, name, ours) for name, _ in words.names for one in speaker.split(" and "))
