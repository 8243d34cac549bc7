"""Q006."""

import re
from collections.abc import Iterator

from audit.checks.hit import Hit
from audit.checks.marked import certainty
from audit.checks.view import View
from audit.checks.wording import short

_MARKS = "\"'“”„‟«»‘’‚‛`"
_NOTES = r"(?!\W{0,3}(?i:sic|emphasis|laugh\w*|applause|cheer\w*|crosstalk|inaudible|unintelligible|ph)\b)"
_SQUARE = re.compile(rf"\[{_NOTES}(?=[^\[\]#]*[^\W\d_]{{2}})[^\[\]#]*\]")
_GLOSS = re.compile(rf"(?<=\s)\({_NOTES}[A-Z][a-z][\w.'’-]*(?: [A-Z][\w.'’-]*){{0,2}}\)")  # (Clinton), (Obama's)
_ELLIPSIS = re.compile(r"…|\.(?:\s?\.){2,3}")


def altered_quote(view: View) -> Iterator[Hit]:
    """Direct quotations with words put in or left out: brackets, an ellipsis at an end, more than one ellipsis."""
    article, claims = view.article, view.claims
    marks = view.marks
    for claim in claims:
        if claim.kind == "direct" and (changes := _changes(article.slice(claim.span).strip(_MARKS))):
            words = {"words": short(article, claim.span), "changes": " and ".join(changes)}
            yield Hit(claim.span, claim, words, confidence=certainty(marks, claim.paragraph))


def _changes(spoken: str) -> list[str]:
    put_in = [" ".join(found[0].split()) for pattern in (_SQUARE, _GLOSS) for found in pattern.finditer(spoken)]
    left_out = list(_ELLIPSIS.finditer(spoken))
    at_an_end = left_out and not (spoken[: left_out[0].start()].strip() and spoken[left_out[-1].end() :].strip())
    if at_an_end or len(left_out) > 1:
        put_in.append("an ellipsis" if len(left_out) == 1 else f"{len(left_out)} ellipses")
    return put_in
