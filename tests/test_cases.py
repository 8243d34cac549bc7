"""Small articles with all their claims, on frozen parses: what is claimed, of which kind, whose and how we know."""

import pytest

from audit import rules
from audit.model import Claim
from audit.pipeline import audit
from tests import frozen

RULES = rules.load()
CASES = [
    pytest.param(name, number, id=f"{name}: {case['name']}")
    for name in ("quotations", "reports", "speakers", "figures")
    for number, case in enumerate(frozen.cases(name))
]


@pytest.mark.parametrize(("name", "number"), CASES)
def test_case(name: str, number: int) -> None:
    parses, case = frozen.of_cases(name), frozen.cases(name)[number]
    assert not parses.stale, "the cases have changed: run python -m tests.frozen"
    article = parses.read()[number]
    claims = audit(article, RULES).claims
    if name == "figures":
        found = [[article.slice(c.span), *_quantity(c), c.source.sourcing] for c in claims if c.kind == "figure"]
        wanted = case["figures"]
    else:
        found = [
            [c.kind, article.slice(c.span), c.source.speaker or "", c.source.sourcing]
            for c in claims
            if c.kind != "figure"
        ]
        wanted = case["claims"]
    assert found == wanted
    if "reported" in case:
        around = [[article.slice(part) for part in (c.cue, *c.reported)] for c in claims if c.cue and c.kind == "mixed"]
        assert around == case["reported"]


def _quantity(claim: Claim) -> list[object]:
    assert claim.quantity is not None
    numbers = [claim.quantity.value, claim.quantity.low, claim.quantity.high]
    return ["" if part is None else part for part in (*numbers, claim.quantity.unit)]
