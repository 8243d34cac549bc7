"""Turns audits into a collection of W3C Web Annotations, one for each claim and each finding, as JSON-LD.

https://www.w3.org/TR/annotation-model/ has the model; speakers are in the words of https://schema.org/Quotation.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from uuid import NAMESPACE_URL, uuid5

from audit.model import Article, Audit, Claim, Detail, Finding, Span
from audit.report import of_claims, places, summary
from audit.report.to_sarif import uri

_AROUND = 32  # characters of the text before and behind a quotation, as annotation tools have it
_MOST_AROUND = 512  # where the words come again in the same surroundings; beyond this the position alone tells
_BEARERS: Mapping[Detail, str] = MappingProxyType({"person": "schema:Person", "organization": "schema:Organization"})
_Object = dict[str, object]


def render(audits: Sequence[Audit], *, version: str) -> str:
    """All of `audits`, as version `version` of this program made them; the same audits give the same bytes.

    Positions count the characters of the article's text, of which each target names the SHA-256 in UTF-8.
    """
    items = [annotation for audit in audits for annotation in _annotations(audit)]
    key = "\n".join(str(item["id"]) for item in items)
    document = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": _id("collection", key),
        "type": "AnnotationCollection",
        "label": f"Sourcing, by quote-audit {version}",
        "total": len(items),
        "first": {"id": _id("page", key), "type": "AnnotationPage", "startIndex": 0, "items": items},
    }
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def _annotations(audit: Audit) -> Iterator[_Object]:
    article = audit.article
    text_hash = hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()
    for claim in audit.claims:
        targets = [_target(article, part, text_hash) for part in claim.spans]
        yield {
            "id": _id(article.name, "claim", claim.id),
            "type": "Annotation",
            "motivation": "identifying",
            "body": _of_claim(audit, claim),
            "target": targets if len(targets) > 1 else targets[0],
        }
    seen: Counter[str] = Counter()
    for finding in audit.findings:
        seen[finding.id] += 1
        yield {
            "id": _id(article.name, "finding", finding.id, str(seen[finding.id])),
            "type": "Annotation",
            "motivation": "assessing",
            "body": _of_finding(finding),
            "target": _target(article, finding.span, text_hash),
        }


def _of_claim(audit: Audit, claim: Claim) -> list[_Object]:
    """The claim as a thing, in words, and as tags."""
    quotation = claim.kind in ("direct", "mixed")
    thing: _Object = {
        "type": "schema:Quotation" if quotation else "schema:Claim",
        "schema:text": " ".join(audit.article.slice(part) for part in claim.spans),
    }
    source = claim.source
    if source.sourcing == "named" and source.speaker and source.detail in _BEARERS:
        who = {"type": _BEARERS[source.detail], "schema:name": source.speaker}
        thing["schema:spokenByCharacter" if quotation else "schema:author"] = who
    said = f"{summary.NOUNS[claim.kind]}; {of_claims.speaker(audit, claim)}; {source.sourcing} ({source.detail})"
    tags = (claim.kind, source.sourcing, source.detail)
    return [thing, _words(said, "describing"), *(_words(tag, "tagging") for tag in tags)]


def _of_finding(finding: Finding) -> list[_Object]:
    tags = (finding.code, finding.name, finding.severity)
    return [_words(finding.message, "assessing"), *(_words(tag, "tagging") for tag in tags)]


def _words(text: str, purpose: str) -> _Object:
    return {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "language": "en", "value": text}


def _target(article: Article, span: Span, text_hash: str) -> _Object:
    """`span`, chosen in each way by itself; in files with elements also by the one that it stands in."""
    quote = _quote(article.text, span)
    selectors: list[_Object] = [quote, {"type": "TextPositionSelector", "start": span.start, "end": span.end}]
    place = places.paragraph(article, span)
    if place and article.origin and article.origin.text.lstrip("\ufeff \t\r\n").startswith("<"):
        selectors.append({"type": "XPathSelector", "value": place, "refinedBy": quote})
    return {
        "source": uri(places.file(article)),
        "state": {
            "type": "schema:TextDigitalDocument",
            "schema:encodingFormat": "text/plain; charset=utf-8",
            "schema:sha256": text_hash,
        },
        "selector": selectors,
    }


def _quote(text: str, span: Span) -> _Object:
    """The words with as much before and behind as tells them from all others."""
    around = _AROUND
    while True:
        start, end = max(span.start - around, 0), span.end + around
        whole = text[start:end]
        alone = text.find(whole) == start and text.find(whole, start + 1) < 0
        if alone or around >= _MOST_AROUND:
            break
        around *= 2
    return {
        "type": "TextQuoteSelector",
        "exact": text[span.start : span.end],
        "prefix": text[start : span.start],
        "suffix": text[span.end : end],
    }


def _id(*parts: str) -> str:
    name = "\0".join(("quote-audit", *parts))
    return uuid5(NAMESPACE_URL, name.encode("utf-8", "replace").decode()).urn
