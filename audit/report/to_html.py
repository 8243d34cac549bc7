"""Turns audits into one page for a browser: the articles as written, their claims marked, findings in the margin."""

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar, get_args

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from audit.model import SEVERITIES, Audit, Sourcing
from audit.report import sheet, summary
from audit.report.cells import clean, count
from audit.rule import Check

# What no HTML document may hold: control characters, halves of pairs, and code points that are no characters.
_UNHELD = re.compile(
    "[\0-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane | 0xFFFE)}{chr(plane | 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)

_Sort = TypeVar("_Sort", bound=str)

_ENVIRONMENT = Environment(
    loader=PackageLoader("audit.report", "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
_ENVIRONMENT.filters["clean"] = clean


def render(audits: Sequence[Audit], checks: Sequence[Check], *, version: str) -> str:
    """The page for `audits`, with what is behind those of `checks` that found something.

    It loads nothing from anywhere. Without its tags an article's element is the text of the article, but for the
    characters that HTML cannot hold: the page says how many of these it shows as others. The same audits give the
    same bytes.
    """
    sheets = [sheet.of(audit, _UNHELD) for audit in audits]
    claims = [claim for audit in audits for claim in audit.claims]
    sourcings = [claim.source.sourcing for claim in claims]
    found = [note.finding for one in sheets for note in one.notes]
    codes = {code: f"{code} {name}" for code, name in sorted({(finding.code, finding.name) for finding in found})}
    rows = max((len(audit.article.paragraphs) for audit in audits), default=0)
    style = _asset("style.css") + "".join(f".r{row}{{--r:{row}}}\n" for row in range(1, rows + 1))
    script = _asset("page.js")
    page = _ENVIRONMENT.get_template("page.html").render(
        version=version,
        title=sheets[0].name if len(sheets) == 1 else count(summary.articles(audits), "article"),
        style=Markup(style),
        script=Markup(script),
        hashes={"style": _hash(style), "script": _hash(script)},
        sheets=sheets,
        summary=f"{summary.sentence(claims)}, {count(len(found), 'finding')}",
        profile=sheet.profiled(claims),
        filters={
            "kind": _counted(summary.NOUNS, (claim.kind for claim in claims)),
            "sourcing": _counted({sort: sort for sort in get_args(Sourcing)}, sourcings),
            "check": _counted(codes, (finding.code for finding in found)),
            "severity": _counted({sort: sort for sort in SEVERITIES}, (finding.severity for finding in found)),
        },
        checks=[check for check in checks if check.code in codes],
        explained={check.code for check in checks},
    )
    return _UNHELD.sub(_shown, page).replace("\r", "&#13;")


def _asset(name: str) -> str:
    return _ENVIRONMENT.get_template(name).render()


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _shown(unheld: re.Match[str]) -> str:
    """The picture of a control character where there is one (``␇``), else the replacement character."""
    code = ord(unheld[0])
    return chr(0x2400 + code) if code < 0x20 else "\u2421" if code == 0x7F else "\ufffd"


def _counted(labels: Mapping[_Sort, str], seen: Iterable[_Sort]) -> list[tuple[_Sort, str, int]]:
    """Each sort of `labels` that occurs, its label, and how often it does."""
    counts = Counter(seen)
    return [(sort, label, counts[sort]) for sort, label in labels.items() if counts[sort]]
