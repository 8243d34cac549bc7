"""Markup and JSON of a sample -> the same with parts of it moved, doubled, renamed or replaced, still well-formed."""

import json
import random
import re
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

_TAG = re.compile(r"<(?P<slash>/?)(?P<name>[A-Za-z][\w.:-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?(?P<empty>/?)>")
_VALUE = re.compile(r"(?<==)(?:\"[^\"<]*\"|'[^'<]*')(?=[^<>]*>)")
_WORDS = (
    "", " ", "\n\n", "\r\n", "a", "“", "”", "\"", "''", "’", "He said so.", "By Ann Lee", "Ann Lee, mayor",
    "1,200 people", "\u00a0", "\u200b", "\u202e", "\ufeff", "\u2028", "\x85", "\u00ad", "é", "😀", "\U0010ffff",
    "e\u0301" * 40, "x" * 3_000, "a b " * 1_000, "<p>A.</p>", "</p>", "<!--", "&amp;", "&nbsp;", "&#0;", "&#xD800;",
    "]]", "%s", "{}", "=1+1", "-- ", "> a", "http://a.example/", "javascript:x", "text/html", "application/xhtml+xml",
    "2026-05-04T09:30:00Z", "9" * 5_000, "-1", "withheld", "stat:usable", "cpnat:person", "utf-16",
)  # fmt: skip
_NAMES = (
    "p b q br a div span table tr td ul li h1 h2 pre blockquote figure figcaption img aside article main header footer"
    " nav title script style template svg body head html cite time section hl1 hl2 hedline byline bq block credit"
    " person org function note media caption nitf inlineXML newsItem item entry content summary description x:y"
).split()
_VALUES: tuple[Any, ...] = (
    None, True, 0, 1.5, -0.0, "", "a", [], {}, [[]], [{}], {"a": 1}, {"value": "<p>He said so.</p>", "role": "main"},
    {"body_text": "He said so."}, "<p>He said so.</p>", ["a", "a"],
)  # fmt: skip


def markup(chance: random.Random, text: str, others: Sequence[str]) -> str:
    """`text` with some of its elements, texts and values of attributes changed; others are whence some come."""
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        found = _elements(text)
        if not found:
            return text
        start, end, inner, name = chance.choice(found)
        whole = text[start:end]
        match chance.randrange(9):
            case 0:
                text = text[:start] + text[end:]
            case 1:
                text = text[:end] + whole * chance.choice((1, 2, 30)) + text[end:]
            case 2:
                around = chance.choice(_NAMES)
                text = f"{text[:start]}<{around}>{whole}</{around}>{text[end:]}"
            case 3:
                text = f"{text[:start]}{whole[inner[0] - start : inner[1] - start]}{text[end:]}"
            case 4:
                other = chance.choice(others)
                if of_other := _elements(other):
                    at, until, *_ = chance.choice(of_other)
                    text = text[:end] + other[at:until] + text[end:]
            case 5 if inner[1] > inner[0]:
                renamed = chance.choice(_NAMES)
                opening = whole[: inner[0] - start].replace(name, renamed, 1)
                text = f"{text[:start]}{opening}{text[inner[0] : inner[1]]}</{renamed}>{text[end:]}"
            case 6 | 7:
                at = chance.choice((inner[0], inner[1], end))
                words = chance.choice(_WORDS)
                words = words if chance.randrange(8) == 0 else escape(words)
                text = text[:at] + words + text[at:]
            case _:
                values = list(_VALUE.finditer(text, start, end))
                if values:
                    value = chance.choice(values)
                    text = text[: value.start()] + quoteattr(chance.choice(_WORDS)) + text[value.end() :]
    return text


def _elements(text: str) -> list[tuple[int, int, tuple[int, int], str]]:
    """Begin and end of each element that is closed, those of what is in it, and its name."""
    found = []
    opened: list[tuple[int, int, str]] = []
    for tag in _TAG.finditer(text):
        name = tag["name"]
        if tag["empty"]:
            found.append((*tag.span(), (tag.end(), tag.end()), name))
        elif not tag["slash"]:
            opened.append((*tag.span(), name))
        elif any(name == one[2] for one in opened):
            while opened[-1][2] != name:
                opened.pop()
            start, inner, _ = opened.pop()
            found.append((start, tag.end(), (inner, tag.start()), name))
    return found


def values(chance: random.Random, text: str, others: Sequence[str]) -> str:
    """JSON with some of its values, keys and the words of its strings changed; the text itself where it is none."""
    try:
        documents = [json.loads(text)]
        elsewhere = [value for other in others for _, _, value in _held(json.loads(other))]
    except ValueError:
        return text
    for _ in range(chance.choice((1, 2, 4, 8))):
        at = _held(documents)
        holder, key, value = chance.choice(at)
        match chance.randrange(7):
            case 0 if holder is not documents:
                del holder[key]
            case 1:
                holder[key] = chance.choice(_VALUES)
            case 2:
                holder[key] = json.loads(json.dumps(chance.choice(elsewhere)))
            case 3 if isinstance(holder, dict):
                holder[chance.choice((*holder, "body_html", "bodies", "associations", "items", "people"))] = value
            case 4:
                holder[key] = [value] * chance.choice((1, 2, 20))
            case _ if isinstance(value, str):
                cut = chance.randint(0, len(value))
                marked = markup(chance, value, [value]) if "<" in value else value
                holder[key] = chance.choice((marked, value[:cut] + chance.choice(_WORDS) + value[cut:]))
        documents = json.loads(json.dumps(documents))  # what stands twice is two
    return json.dumps(documents[0], ensure_ascii=bool(chance.randrange(2)), indent=chance.choice((None, 1)))


def _held(value: Any) -> list[tuple[Any, Any, Any]]:
    """What holds each value in `value`, under what, and the value."""
    found: list[tuple[Any, Any, Any]] = []
    waiting = [value]
    while waiting:
        one = waiting.pop()
        held = list(one.items()) if isinstance(one, dict) else list(enumerate(one)) if isinstance(one, list) else []
        found += [(one, key, inner) for key, inner in held]
        waiting += [inner for _, inner in held]
    return found
