"""Turns a claim into the reasons for it: the words, the tree between them, the pattern, the sourcing, the findings."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from audit.model import AS_DECLARED, Audit, Claim, Confidence, Finding, Sentence, Span
from audit.report import arcs, marked, places
from audit.report.cells import clean
from audit.report.places import Find
from audit.report.to_rule import entry, reference, unwrapped
from audit.rule import Check, Pattern

_CONFIDENCE: Mapping[Confidence, str] = MappingProxyType(
    {
        "high": "high: the tree and the word lists agree",
        "medium": "medium: only one of tree and word lists says so, or it is told from the quotation marks",
        "low": "low: a guess that may well be wrong",
    }
)
WITHOUT_FILE = MappingProxyType(
    {
        "quotes.label": "a name or role with a colon stands before the quotation",
        "quotes.cue-inside": "the quoted words hold the cue themselves",
        "quotes.beside-clause": "somebody does something right beside the quotation, and it has nothing else to report",
        "quotes.beside-cue": "a verb of saying with a subject stands right beside the quotation",
        "quotes.lead-in": "somebody is named right before the quotation, or right after it behind a dash",
        "quotes.continued": "no cue of its own: it goes on from the quotation before, and keeps its source",
        "quotes.after-subject": "no cue of its own: it is given to whoever acts in the sentence before",
        "quotes.after-report": "no cue of its own: it is given to whoever was last reported above its paragraph",
        "quotes.unattributed": "quotation marks around speech, with no cue and no source nearby",
        "figures.number": "a number with its unit or the noun that it counts, in no report or quotation",
    }
)
"""What finds claims without a rule file, by what `Claim.pattern` then says."""


def render(audit: Audit, claim: Claim, *, patterns: Sequence[Pattern], checks: Sequence[Check], width: int = 80) -> str:
    """Why `claim` is in the audit of a parsed article, in lines of at most `width` columns where the words allow it."""
    place = places.finder(audit.article)
    parts = [
        f"{clean(places.file(audit.article))}:{place(claim.span).where}: {claim.kind} {claim.id}",
        _sentences(audit, claim, place, width),
        "\n".join(
            [
                *_arcs(audit, claim, width),
                *_pattern(claim, patterns, width),
                entry("sourcing", _sourcing(audit, claim, place), width=width),
                entry("sure?", _CONFIDENCE[claim.confidence], width=width),
            ]
        ),
        *_findings(audit, claim, checks, width),
    ]
    return "\n\n".join(parts) + "\n"


def of_finding(audit: Audit, finding: Finding, *, checks: Sequence[Check], width: int = 80) -> str:
    """Why a finding that is about no claim is in the audit."""
    at = places.finder(audit.article)(finding.span)
    heading = f"{clean(places.file(audit.article))}:{at.where}: {finding.name}, about no claim"
    return f"{heading}\n\n{_reason(finding, checks, width)}\n"


def listed(audit: Audit, *, width: int) -> str:
    """The claims of an article, one a line, with the ids by which they can be asked for."""
    place = places.finder(audit.article)
    rows = []
    for claim in audit.claims:
        lead = f"  {claim.id}  {place(claim.span).said}, {claim.kind}: "
        words = clean(audit.article.slice(claim.span))
        room = max(width - len(lead), 20)
        rows.append(lead + (words if len(words) <= room else f"{words[: room - 1]}…"))
    return "\n".join(rows)


def _sentences(audit: Audit, claim: Claim, place: Find, width: int) -> str:
    """The sentences of claim, cue and source, with marks, and what those mean."""
    cue = [claim.cue] if claim.cue else []
    source = [claim.source.mention] if claim.source.mention else []
    reported = [span for span in claim.reported if not any(part.holds(span) for part in claim.spans)]
    legend = [
        ("=", "cue", cue), ("~", "source", source), ("^", "claim", claim.spans), (".", "also reported", reported)
    ]  # fmt: skip
    rows = [
        marked.render(
            audit.article.text,
            sentence.span,
            [(mark, spans) for mark, _, spans in legend],
            lead=f"{place(sentence.span).row:>4}  ",
            width=width,
        )
        for sentence in audit.article.sentences
        if any(sentence.span.overlaps(span) for _, _, spans in legend for span in spans)
    ]
    meanings = "   ".join(f"{mark * 3} {name}" for mark, name, spans in legend if spans)
    return "\n".join([*rows, f"      {meanings}"])


def _arcs(audit: Audit, claim: Claim, width: int) -> Iterator[str]:
    """The ways through the tree from the cue to the source and to what is reported."""
    sentence = _around(audit, claim.cue)
    cue = arcs.head(sentence, claim.cue) if sentence and claim.cue else None
    if sentence is None or cue is None:
        yield entry("tree", "no cue, so no way through the tree from it", width=width)
        return
    ends = {"source": [claim.source.mention] if claim.source.mention else [], "content": claim.reported or claim.spans}
    for label, spans in ends.items():
        end = arcs.head(sentence, *spans)
        if end:
            yield entry(label, arcs.between(sentence, cue, end), width=width)
        elif spans:
            yield entry(label, "in another sentence than the cue", width=width)


def _around(audit: Audit, span: Span | None) -> Sentence | None:
    return next((s for s in audit.article.sentences if span and s.span.overlaps(span)), None)


def _pattern(claim: Claim, patterns: Sequence[Pattern], width: int) -> Iterator[str]:
    pattern = next((pattern for pattern in patterns if pattern.id == claim.pattern), None)
    if pattern is None:
        yield entry("found by", f"{claim.pattern}: {WITHOUT_FILE[claim.pattern]}", width=width)
        return
    yield entry("found by", f"{pattern.id} (priority {pattern.priority}): {pattern.summary}", width=width)
    yield unwrapped("file", str(pattern.path))


def _sourcing(audit: Audit, claim: Claim, place: Find) -> str:
    source = claim.source
    words = f"“{clean(audit.article.slice(source.mention))}”" if source.mention else "nobody"
    if source.note == AS_DECLARED:
        return f"named ({source.detail}): {words} in the text, {source.speaker} {AS_DECLARED}"
    match source.sourcing, source.detail:
        case "named", detail:
            said = f"named ({detail}): {words} {_named(audit, source.speaker, words, place)}"
        case "anonymous", "explicit":
            said = f"anonymous (explicit): of {words} the article says that the name is withheld"
        case "anonymous", "document":
            said = f"anonymous (document): nobody is named for {words}"
        case "anonymous", "group":
            said = f"anonymous (group): {words} are several, none of them named"
        case "anonymous", detail:
            said = f"anonymous ({detail}): {words} says what the source is, not who"
        case _, "agentless":
            cue = f"“{audit.article.slice(claim.cue)}”" if claim.cue else "the report"
            said = f"unattributed (agentless): {cue} leaves out who says so"
        case _, "carry-over":
            said = (
                f"unattributed (carry-over): no source in its sentence; readers would take it to be {claim.carry_over},"
                " the source of the sentence before"
            )
        case _:
            said = "unattributed (bare): nobody is cited for it"
    return f"{said}; open: {source.note}" if source.note else said


def _named(audit: Audit, speaker: str | None, words: str, place: Find) -> str:
    if speaker is None:
        return "is somebody whom the article names, but it does not say whom"
    if speaker in words:
        return f"names {speaker}"
    first = audit.article.text.find(speaker)
    there = f", named in {place(Span(first, first + len(speaker))).said}" if first >= 0 else ""
    return f"points to {speaker}{there}"


def _findings(audit: Audit, claim: Claim, checks: Sequence[Check], width: int) -> Iterator[str]:
    found = [finding for finding in audit.findings if finding.claim == claim.id]
    if not found:
        yield "No check found anything about it."
    yield from (_reason(finding, checks, width) for finding in found)


def _reason(finding: Finding, checks: Sequence[Check], width: int) -> str:
    parts = [entry(finding.code, f"{finding.severity}: {finding.message}", width=width)]
    for check in checks:
        if check.code == finding.code:
            parts += [entry("why", check.why, width=width)]
            parts += [reference(link, width=width) for link in check.references]
    return "\n".join(parts)
