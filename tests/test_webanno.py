"""Audits into W3C Web Annotations, each target found again by each of its selectors."""

import hashlib
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from audit.model import Article, Audit, Paragraph, Source, Span
from audit.report import to_webanno
from tests import origin, strategies
from tests.test_report import AUDIT, EMPTY

STORY = origin.audit(origin.feed())


def items(*audits: Audit) -> list[dict]:
    """The annotations of a collection that has all that the model asks for."""
    collection = json.loads(to_webanno.render(audits, version="9.9"))
    assert collection["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert (collection["type"], collection["first"]["type"]) == ("AnnotationCollection", "AnnotationPage")
    found = collection["first"]["items"]
    assert collection["total"] == len(found)
    assert all({"id", "type", "body", "target"} <= set(one) and one["type"] == "Annotation" for one in found)
    return found


def targets(annotation: dict) -> list[dict]:
    found = annotation["target"]
    return found if isinstance(found, list) else [found]


def resolved(text: str, quote: dict) -> list[int]:
    """Where the words stand with what the selector has before and behind them."""
    whole, found, at = quote["prefix"] + quote["exact"] + quote["suffix"], [], -1
    while (at := text.find(whole, at + 1)) >= 0:
        found.append(at + len(quote["prefix"]))
    return found


def spans(text: str, annotations: Sequence[dict]) -> Iterator[list[tuple[int, int]]]:
    """The spans of each annotation, by position, which the quotation must lead to as well."""
    for annotation in annotations:
        places = []
        for target in targets(annotation):
            quote, position, *_ = target["selector"]
            assert (quote["type"], position["type"]) == ("TextQuoteSelector", "TextPositionSelector")
            start, end = position["start"], position["end"]
            assert quote["exact"] == text[start:end]
            assert text[:start].endswith(quote["prefix"]) and text[end:].startswith(quote["suffix"])
            assert resolved(text, quote) == [start]
            assert target["state"]["schema:sha256"] == hashlib.sha256(text.encode()).hexdigest()
            places.append((start, end))
        yield places


def test_each_claim_and_each_finding_is_an_annotation_of_its_words():
    found = items(AUDIT, EMPTY)
    claims = [[(part.start, part.end) for part in claim.spans] for claim in AUDIT.claims]
    findings = [[(finding.span.start, finding.span.end)] for finding in AUDIT.findings]
    assert list(spans(AUDIT.article.text, found)) == claims + findings
    assert [one["motivation"] for one in found] == ["identifying"] * 5 + ["assessing"] * 5
    assert len({one["id"] for one in found}) == 10 and all(one["id"].startswith("urn:uuid:") for one in found)
    assert {target["source"] for one in found for target in targets(one)} == {"seeds/bridge.txt"}


def test_who_speaks_is_said_in_the_words_of_schema_org():
    report, figure, quotation, unresolved, bare, *rest = items(AUDIT)
    assert quotation["body"][0] == {
        "type": "schema:Quotation",
        "schema:text": "“We will repair it,” “before May.”",
        "schema:spokenByCharacter": {"type": "schema:Person", "schema:name": "Ann Lee"},
    }
    assert quotation["body"][1]["value"] == "direct quote; Ann Lee; named (person)"
    assert [tag["value"] for tag in quotation["body"][2:]] == ["direct", "named", "person"]
    for claim in (report, figure, unresolved, bare):  # of an anonymous source, of nobody known, or of none
        assert set(claim["body"][0]) == {"type", "schema:text"} and claim["body"][0]["type"] == "schema:Claim"
    assert [body["value"] for body in rest[1]["body"]] == [
        "“city official” is anonymous.", "A001", "no-reason", "error"
    ]  # fmt: skip
    indirect = replace(AUDIT.claims[0], source=Source(None, "City Council", "named", "organization"))
    (one,) = items(Audit(AUDIT.article, (indirect,), ()))
    assert one["body"][0]["schema:author"] == {"type": "schema:Organization", "schema:name": "City Council"}


def test_in_a_file_with_elements_the_one_is_named_that_the_words_stand_in():
    (claim, finding) = items(STORY)
    (target,) = targets(claim)
    assert target["source"] == "news/feed.xml"
    assert target["selector"][2] == {
        "type": "XPathSelector", "value": "/story/p[1]", "refinedBy": target["selector"][0]
    }  # fmt: skip
    assert len(list(spans(STORY.article.text, [claim, finding]))) == 2
    (claim, _) = items(origin.audit(origin.document()))
    assert len(claim["target"]["selector"]) == 2


def test_words_that_come_again_are_told_apart_by_what_stands_around_them():
    text = "He said “no” again. " * 12 + "Enough."
    places = [Span(at, at + 4) for at in range(len(text)) if text.startswith("“no”", at)]
    claims = tuple(
        replace(
            AUDIT.claims[2],
            id=str(number),
            spans=(span,),
            span=span,
            cue=None,
            source=Source(None, None, "unattributed", "bare"),
        )
        for number, span in enumerate(places)
    )
    article = Article("a.txt", text, (Paragraph(Span(0, len(text)), "body"),))
    found = items(Audit(article, claims, ()))
    assert list(spans(text, found)) == [[(span.start, span.end)] for span in places]


def test_a_text_of_nothing_but_repetition_takes_no_time():
    text = "“no” " * 20_000
    article = Article("a.txt", text, (Paragraph(Span(0, len(text)), "body"),))
    claims = tuple(
        replace(
            AUDIT.claims[2],
            id=str(at),
            spans=(Span(at, at + 4),),
            span=Span(at, at + 4),
            source=Source(None, None, "unattributed", "bare"),
        )
        for at in range(0, 5_000, 5)
    )
    start = time.process_time()
    to_webanno.render([Audit(article, claims, ())], version="1")
    assert time.process_time() - start < 5


@settings(max_examples=40)
@given(st.lists(strategies.judged(), max_size=3))
def test_any_finding_is_found_again(audited):
    found = iter(items(*audited))
    for audit in audited:
        mine = [next(found) for _ in audit.findings]
        assert list(spans(audit.article.text, mine)) == [
            [(finding.span.start, finding.span.end)] for finding in audit.findings
        ]
    assert to_webanno.render(audited, version="1") == to_webanno.render(audited, version="1")
