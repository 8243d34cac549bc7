"""Audits into tables, CSV, JSON and JSON lines."""

import csv
import io
import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from audit.ingest import article
from audit.model import Article, Audit, Claim, Finding, Paragraph, Quantity, Sentence, Source, Span, Word
from audit.report import summary, to_csv, to_json, to_jsonl, to_table, to_tree

TEXT = """\
Bridge closed for the winter

Some 300 drivers must take the ferry, a city official said on Monday.

“We will repair it,” Mayor Ann Lee said, “before May.” He agreed that the money was there.

Rents rose by 12%.
"""


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def claim(id_: str, kind: str, *words: str, paragraph: int, source: Source, **fields) -> Claim:
    spans = tuple(map(span, words))
    defaults = {"cue": None, "cue_class": None, "pattern": f"test.{kind}", "confidence": "high"} | fields
    return Claim(id_, kind, Span(spans[0].start, spans[-1].end), spans, paragraph, source=source, **defaults)


OFFICIAL = Source(span("a city official"), "city official", "anonymous", "role")
LEE = Source(span("Mayor Ann Lee"), "Ann Lee", "named", "person")
HE = Source(span("He"), None, "named", "person", "2 candidates")
NOBODY = Source(None, None, "unattributed", "carry-over")
DRIVERS = Quantity(300, None, None, "drivers")
RISE = Quantity(12, 12, None, "%")
SAID = {"cue": span("said"), "cue_class": "speech"}
AGREED = {"cue": span("agreed"), "cue_class": "attitude"}

AUDIT = Audit(
    article("seeds/bridge.txt", TEXT),
    (
        claim("c1", "indirect", "Some 300 drivers must take the ferry", paragraph=1, source=OFFICIAL, **SAID),
        claim("c2", "figure", "Some 300 drivers", paragraph=1, source=OFFICIAL, quantity=DRIVERS),
        claim("c3", "direct", "“We will repair it,”", "“before May.”", paragraph=2, source=LEE, **SAID),
        claim("c4", "indirect", "the money was there", paragraph=2, source=HE, **AGREED),
        claim("c5", "figure", "12%", paragraph=3, source=NOBODY, carry_over="Ann Lee", quantity=RISE),
    ),
    (
        Finding("H001", "headline", "info", span("Bridge closed"), "The headline says more than the text.", None,
                id="f1"),
        Finding("A001", "no-reason", "error", span("a city official"), "“city official” is anonymous.", "c1", id="f2"),
        Finding("A001", "no-reason", "error", span("a city official"), "“city official” is anonymous.", "c2", id="f3"),
        Finding("F001", "unattributed-figure", "warning", span("12%"), "Say who counted “12%”.", "c5", id="f4"),
        Finding("F009", "round-figure", "warning", span("12%"), "A round figure.", "c5", id="f5"),
    ),
)  # fmt: skip
EMPTY = Audit(article("empty.txt", "Nothing here."), (), ())

TABLE = """\
seeds/bridge.txt
================
39 words, 5 claims (1 direct quote, 2 indirect reports, 2 figures)

line  claim                    speaker         sourcing      cue     finding
----  -----------------------  --------------  ------------  ------  -------
   3  indirect: Some 300       city official   anonymous     said    A001
      drivers must take the                    (role)
      ferry
   3  figure: Some 300         city official   anonymous             A001
      drivers                                  (role)
   5  direct: “We will repair  Ann Lee         named         said
      it,” Mayor Ann Lee                       (person)
      said, “before May.”
   5  indirect: the money was  He: unresolved  named         agreed
      there                    — 2 candidates  (person)
   7  figure: 12%              (carry-over:    unattributed          F001
                               Ann Lee?)       (carry-over)          F009

What to look at first
    3:39  A001  error    “city official” is anonymous.
    7:15  F001  warning  Say who counted “12%”.
    7:15  F009  warning  A round figure.
     1:1  H001  info     The headline says more than the text.

kind      named  anonymous  unattributed  all
--------  -----  ---------  ------------  ---
direct        1          0             0    1
indirect      1          1             0    2
figure        0          1             1    2
all           2          2             1    5

who speaks                 quotes  reports  figures  all
-------------------------  ------  -------  -------  ---
city official (anonymous)                1        1    2
Ann Lee                         1                      1
(unresolved)                             1             1
"""


# The table


def test_the_table_as_an_editor_sees_it():
    assert to_table.render(AUDIT, width=76) == TABLE


def test_a_wide_table_has_details_on_one_line():
    rows = to_table.render(AUDIT, width=160).splitlines()
    (row,) = [row for row in rows if "before May" in row]
    assert re.search(
        r"5  direct: “We will repair it,” Mayor Ann Lee said, “before May.” +Ann Lee +named \(person\) +said", row
    )
    assert any("(carry-over: Ann Lee?)" in row and "unattributed (carry-over)" in row for row in rows)


def test_an_article_without_claims():
    assert to_table.render(EMPTY) == (
        "empty.txt\n=========\n2 words, 0 claims\n\nNo check found anything to look at.\n"
    )


def test_totals():
    report = summary.totals([AUDIT, EMPTY, AUDIT], width=80)
    assert report.startswith(
        "All 3 articles\n==============\n10 claims (2 direct quotes, 4 indirect reports, 4 figures),"
    )
    assert re.search(r"^error +A001  no-reason +4$", report, re.M)
    assert report.index("A001") < report.index("F001") < report.index("H001")
    assert re.search(r"^all +4 +4 +2 +10$", report, re.M)
    assert re.search(r"^Ann Lee +2 +2$", report, re.M)
    assert summary.totals([EMPTY, EMPTY], width=80).endswith("0 claims, 0 findings\n")


def test_only_the_most_frequent_speakers_are_listed():
    speakers = [Source(None, f"Speaker {number}", "named", "person") for number in range(13)]
    claims = tuple(replace(AUDIT.claims[0], source=source) for source in [*speakers, speakers[12]])
    report = summary.render([replace(AUDIT, claims=claims)], width=80)
    listed = re.findall(r"^Speaker \d+", report, re.M)
    assert listed == ["Speaker 12", *(f"Speaker {number}" for number in range(9))]
    assert report.endswith("… and 3 others")


@pytest.mark.parametrize("width", [60, 80, 100, 119, 120, 160])
@pytest.mark.parametrize(
    "words",
    [
        "word " * 60,
        "w" * 300,
        "漢字仮名交じり文。" * 20,
        "e\u0301\u0302\u0303" * 100,
        "👩‍👩‍👧‍👦 and 🇺🇳 " * 20,
        "\x1b[31mred\x1b[0m\x07\x00 \x9b2J \u202egnort\u2066 " * 9,
        "\u200b",
        "a\nb\tc\r\nd\u2028e " * 20,
    ],
)
def test_no_line_is_wider_than_asked_for_and_none_is_a_command(words, width):
    text = f"{words}."
    whole = Span(0, len(text))
    source = Source(whole, words, "named", "organization", words)
    unresolved = replace(source, speaker=None)
    claims = tuple(
        Claim(f"c{number}", "indirect", whole, (whole,), 0, whole, "speech", who, "test.x", "low")
        for number, who in enumerate((source, unresolved))
    )
    audit = Audit(
        Article("a.txt", text, (Paragraph(whole, "body"),)),
        claims,
        (Finding("A001", "no-reason", "error", whole, words, "c0"),),
    )
    for report in (to_table.render(audit, width=width), summary.totals([audit, audit], width=width)):
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", report)
        for line in report.split("\n"):
            assert 0 <= wcswidth(line) <= width, line


# The records


def test_jsonl_has_the_fields_of_the_design():
    lines = to_jsonl.render([AUDIT, EMPTY]).splitlines()
    records = [json.loads(line) for line in lines]
    assert [record["id"] for record in records] == ["c1", "c2", "c3", "c4", "c5"]
    assert records[2] == {
        "doc": "seeds/bridge.txt",
        "id": "c3",
        "kind": "direct",
        "start": 101,
        "end": 155,
        "text": "“We will repair it,” Mayor Ann Lee said, “before May.”",
        "section": "body",
        "paragraph": 2,
        "cue": {"start": 84, "end": 88, "text": "said"},
        "source": {"start": 122, "end": 135, "text": "Mayor Ann Lee"},
        "speaker": "Ann Lee",
        "sourcing": "named",
        "detail": "person",
        "carry_over": None,
        "value": None,
        "low": None,
        "high": None,
        "unit": None,
        "spans": [{"start": 101, "end": 121}, {"start": 142, "end": 155}],
        "reported": [],
        "cue_class": "speech",
        "pattern": "test.direct",
        "confidence": "high",
        "findings": [],
        "origin": None,
    }
    assert list(records[2]) == list(records[4])
    assert records[4]["source"] is records[4]["cue"] is records[4]["speaker"] is None
    assert [records[4][name] for name in ("value", "low", "high", "unit", "carry_over")] == [
        12,
        12,
        None,
        "%",
        "Ann Lee",
    ]
    assert records[4]["findings"] == ["F001", "F009"]
    assert "“We will" in lines[2]


def test_json_wraps_the_same_records():
    document = json.loads(to_json.render([AUDIT, EMPTY], version="9.9"))
    assert list(document) == ["version", "articles", "totals"]
    assert document["version"] == "9.9"
    bridge, empty = document["articles"]
    assert list(bridge) == [
        "doc", "format", "characters", "sections", "skipped", "declared", "claims", "findings", "counts"
    ]  # fmt: skip
    assert (bridge["format"], bridge["skipped"], bridge["declared"]) == ("text", [], [])
    assert {section: number for section, number in bridge["sections"].items() if number} == {"headline": 1, "body": 3}
    assert bridge["claims"] == [json.loads(line) for line in to_jsonl.render([AUDIT]).splitlines()]
    assert bridge["findings"][0] == {
        "id": "f1",
        "code": "H001",
        "name": "headline",
        "severity": "info",
        "start": 0,
        "end": 13,
        "text": "Bridge closed",
        "message": "The headline says more than the text.",
        "claim": None,
        "confidence": "high",
        "origin": None,
    }
    assert bridge["characters"] == len(TEXT)
    assert empty["claims"] == empty["findings"] == []
    assert document["totals"] == {"articles": 2, **bridge["counts"]}
    assert bridge["counts"] == {
        "claims": 5,
        "kinds": {"direct": 1, "mixed": 0, "indirect": 2, "figure": 2},
        "sourcing": {"named": 2, "anonymous": 2, "unattributed": 1},
        "findings": 5,
        "severities": {"error": 2, "warning": 2, "info": 1},
        "codes": {"A001": 2, "F001": 1, "F009": 1, "H001": 1},
    }


def rows(report: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(report, newline=""), strict=True))


def test_csv_has_one_row_a_claim():
    report = to_csv.render([AUDIT])
    assert report.count("\r\n") == 6 and "\n" not in report.replace("\r\n", "")
    direct, figure = rows(report)[2], rows(report)[4]
    assert list(direct) == list(to_csv.FIELDS)
    assert (direct["start"], direct["cue_start"], direct["cue_end"], direct["cue"]) == ("101", "84", "88", "said")
    assert (direct["source_start"], direct["source_end"], direct["source"]) == ("122", "135", "Mayor Ann Lee")
    assert (direct["place"], direct["file_start"], direct["file_end"]) == ("", "", "")
    assert direct["spans"] == "101..121 142..155"
    assert (figure["value"], figure["low"], figure["high"], figure["unit"]) == ("12", "12", "", "%")
    assert (figure["source_start"], figure["source"], figure["cue"], figure["speaker"]) == ("", "", "", "")
    assert figure["findings"] == "F001 F009"


def test_csv_of_batches_has_one_header():
    assert to_csv.render([AUDIT]) + to_csv.render([EMPTY, AUDIT], header=False) == to_csv.render([AUDIT, EMPTY, AUDIT])
    assert to_csv.render([]) == ",".join(to_csv.FIELDS) + "\r\n"


def unguarded(cell: str) -> str:
    return cell[1:] if re.match(r"'+[=+\-@\t\r]", cell) else cell


TEXTS = st.text(alphabet=st.sampled_from("=+-@\t\r\n\u2028'\",; a1é“😀"), min_size=1, max_size=12)


@given(TEXTS, TEXTS, st.one_of(st.none(), st.integers(), st.floats(allow_nan=False, allow_infinity=False)))
def test_csv_reads_back_and_holds_no_formula(text, speaker, value):
    whole = Span(0, len(text))
    source = Source(whole, speaker, "named", "person")
    figure = Claim(
        "c", "figure", whole, (whole,), 0, None, None, source, "x", "low", Quantity(value, None, None, speaker)
    )
    audit = Audit(Article(text, text, (Paragraph(whole, "body"),)), (figure,), ())
    (row,) = rows(to_csv.render([audit]))
    for name, expected in {"doc": text, "text": text, "source": text, "speaker": speaker, "unit": speaker}.items():
        assert not re.match(r"[=+\-@\t\r]", row[name])
        assert unguarded(row[name]) == expected
    assert (type(value)(row["value"]) if row["value"] else None) == value
    (record,) = map(json.loads, to_jsonl.render([audit]).splitlines())
    assert (record["text"], record["speaker"], record["value"]) == (text, speaker, value)


def test_the_same_audit_gives_the_same_bytes():
    for render in (to_csv.render, to_jsonl.render, lambda audits: to_json.render(audits, version="1")):
        assert render([AUDIT, EMPTY]) == render([AUDIT, EMPTY])
    assert to_table.render(AUDIT) == to_table.render(AUDIT)


# The tree


def test_tree():
    words = ("We", "will", "repair", "it")
    heads, tags, relations = (3, 3, 0, 3), ("PRON", "AUX", "VERB", "PRON"), ("nsubj", "aux", "root", "obj")
    start = TEXT.index("We will")
    parsed = tuple(
        Word(i, Span(start, start + 2), w, w.lower(), tag, "X", "", head, relation, "B-Person" if i == 1 else "O")
        for i, (w, head, tag, relation) in enumerate(zip(words, heads, tags, relations, strict=True), 1)
    )
    sentence = Sentence(Span(start, start + len("We will repair it")), parsed, 2)
    assert (
        to_tree.render(replace(AUDIT.article, sentences=(sentence,)))
        == """\
# 2 body: We will repair it
   form    lemma   upos  xpos  head  deprel  ner
-  ------  ------  ----  ----  ----  ------  --------
1  · We    we      PRON  X        3  nsubj   B-Person
2  · will  will    AUX   X        3  aux
3  repair  repair  VERB  X        0  root
4  · it    it      PRON  X        3  obj
"""
    )
