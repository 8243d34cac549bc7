"""Turns audits into JUnit's XML, which continuous integration shows as tests: a suite an article, a case a check."""

import re
from collections import defaultdict
from collections.abc import Sequence
from xml.etree import ElementTree

from audit.model import Audit
from audit.report import places
from audit.rule import Check

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # in XML 1.0


def render(audits: Sequence[Audit], *, checks: Sequence[Check], failures: Sequence[tuple[str, str]]) -> str:
    """A check that found nothing is a case that passed, but of an approvals file; each finding is one that failed.

    `failures` are the name and the message of each article that could not be audited: a case with an error.
    """
    suites = [_suite(audit, checks) for audit in audits]
    suites += [_unaudited(name, said) for name, said in sorted(failures)]
    root = _element("testsuites", name="quote-audit", **{
        count: str(sum(int(suite.attrib[count]) for suite in suites)) for count in ("tests", "failures", "errors")
    })  # fmt: skip
    root.extend(suites)
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _suite(audit: Audit, checks: Sequence[Check]) -> ElementTree.Element:
    name, file = audit.article.name, places.file(audit.article)
    titles = {} if audit.of_approvals else {check.code: check.name for check in checks}
    titles |= {finding.code: finding.name for finding in audit.findings}
    found = defaultdict(list)
    for finding, at in places.said_once(audit):
        found[finding.code].append((finding, at))
    cases = []
    for code, title in sorted(titles.items()):
        if not found[code]:
            cases.append(_element("testcase", classname=name, name=f"{code} {title}", file=file))
        for finding, at in found[code]:
            line = {} if at.named else {"line": str(at.line)}
            case = _element("testcase", classname=name, name=f"{code} {title} at {at.where}", file=file, **line)
            failure = _element("failure", type=finding.severity, message=finding.message)
            failure.text = _legal(f"{file}:{at.where}: {code} {finding.severity} {finding.message}")
            case.append(failure)
            cases.append(case)
    failed = sum(map(len, found.values()))
    suite = _element("testsuite", name=name, tests=str(len(cases)), failures=str(failed), errors="0")
    suite.extend(cases)
    return suite


def _unaudited(name: str, said: str) -> ElementTree.Element:
    name = name or "quote-audit"  # a path that leads to no article
    suite = _element("testsuite", name=name, tests="1", failures="0", errors="1")
    case = _element("testcase", classname=name, name="can be audited")
    case.append(_element("error", type="error", message=said))
    suite.append(case)
    return suite


def _element(tag: str, **attributes: str) -> ElementTree.Element:
    return ElementTree.Element(tag, {key: _legal(value) for key, value in attributes.items()})


def _legal(text: str) -> str:
    """`text` with U+FFFD for characters that XML cannot hold."""
    return _ILLEGAL.sub("\ufffd", text)
