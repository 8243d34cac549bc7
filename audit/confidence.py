"""An attribution and the sentence it stands in into how sure its claims are.

A pattern states the best that its claims can be, by how often they are right (see benchmarks/README.md). Those of one
that can be `high` are `medium` where what is reported is hard to delimit, or who reports it may be somebody else.
"""

from audit.attributions import Attribution
from audit.model import Confidence, Kind, Sentence

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_SHORT = 20  # words of a sentence in which an unquoted report is seldom cut wrongly
_BRIEF = 6  # words below which a quotation is often but a part of what is reported


def graded(found: Attribution, kind: Kind, sentence: Sentence, claimed: str) -> Confidence:
    """How sure a claim of that kind and text is: of a `high` pattern, `medium` unless the cue is a finite verb that
    heads its sentence, right beside its source, with a whole quotation that is not brief, or a short sentence."""
    if found.confidence != "high":
        return found.confidence
    cue, source = found.cue_word, found.source
    plain = cue.xpos in _FINITE and cue.deprel in ("root", "parataxis")
    beside = source is not None and max(source.span.start - found.cue.end, found.cue.start - source.span.end) < 2
    if kind == "direct":
        delimited = len(claimed.split()) >= _BRIEF
    else:
        delimited = kind == "indirect" and len(sentence.words) <= _SHORT
    return "high" if plain and beside and delimited else "medium"
