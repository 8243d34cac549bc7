"""Turns audits into CSV: one claim a row, for spreadsheets and for the programs that read them."""

from collections.abc import Iterable

from audit.model import Audit
from audit.report import record, spreadsheet

FIELDS = (
    "doc id kind start end text section paragraph cue_start cue_end cue source_start source_end source speaker sourcing"
    " detail carry_over value low high unit spans reported cue_class pattern confidence findings"
    " place file_start file_end"
).split()


def render(audits: Iterable[Audit], *, header: bool = True) -> str:
    """The claims of `audits` (RFC 4180), under a row of `FIELDS` if `header`.

    A missing value is an empty cell. `spans` and `reported` are written ``12..25 40..61``, findings as codes with
    blanks between; `place`, `file_start` and `file_end` say where in a file that is more than its text.
    Text that a spreadsheet would take for a formula has an apostrophe put before it.
    """
    rows = (_flat(claim) for audit in audits for claim in record.claims(audit))
    return spreadsheet.write(FIELDS, rows, header=header)


def _flat(claim: record.Record) -> record.Record:
    row: record.Record = {}
    for field, value in claim.items():
        match field, value:
            case "cue" | "source", _:
                row[f"{field}_start"], row[f"{field}_end"], row[field] = _parts(value)
            case "spans" | "reported", list():
                row[field] = " ".join(f"{span['start']}..{span['end']}" for span in value)
            case "origin", dict():
                row["place"] = value["place"]
                if value["spans"]:
                    row["file_start"] = min(span["start"] for span in value["spans"])
                    row["file_end"] = max(span["end"] for span in value["spans"])
            case "origin", None:
                pass
            case "findings", list():
                row[field] = " ".join(value)
            case _:
                row[field] = value
    return row


def _parts(span: object) -> tuple[object, object, object]:
    return (span["start"], span["end"], span["text"]) if isinstance(span, dict) else (None, None, None)
