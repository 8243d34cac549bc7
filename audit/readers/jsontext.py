"""JSON -> its values, whose strings know where in the source they stand."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from json import scanner
from json.decoder import scanstring  # type: ignore[attr-defined]  # the stubs leave it out
from typing import Any, NoReturn

from audit import lines
from audit.blocks import Piece
from audit.errors import InputError
from audit.model import Span
from audit.readers.intake import Intake
from audit.readers.traced import Traced, joined

_PART = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u.{4}|\\.|[^\\]+", re.DOTALL)
_INK = re.compile(r"[^ \t\r\n\ufeff]")
_UNFIT = re.compile("[\0\ud800-\udfff]")  # no report could be written with them


class Located(str):
    """A string in JSON, and the place of what stands between its quotation marks."""

    __slots__ = ("there",)
    there: Span


def traced(value: Located, source: str) -> Traced:
    """`value`, each of its characters with its place in `source`; what no text can hold becomes U+FFFD."""
    pieces = []
    for part in _PART.finditer(source, value.there.start, value.there.end):
        written = part[0]
        text = scanstring(f'{written}"', 0, False)[0] if written.startswith("\\") else written
        pieces.append(Piece(_UNFIT.sub("\ufffd", text), Span(*part.span())))
    return joined(pieces)


def values(name: str, source: str, intake: Intake) -> Iterator[Any]:
    """The values that stand in `source`, one behind another: of JSON one, of JSON lines any number.

    Strings are `Located`, keys of objects are plain; numbers are None, since no text is in them. Of two values of one
    key the last counts, and the user is told.

    Raises:
        InputError: it is no JSON, or is nested too deeply.
    """
    reader = _Reader(name, intake)
    at = _ink(source, 0)
    while at < len(source):
        try:
            value, at = reader.scan_once(source, at)
        except StopIteration as error:
            _refuse(name, source, error.value, "a value is missing")
        except json.JSONDecodeError as error:
            _refuse(name, source, error.pos, error.msg[:1].lower() + error.msg[1:])
        except RecursionError:
            raise InputError(f"{name}: JSON with hundreds of objects in each other, which is no article") from None
        yield value
        at = _ink(source, at)


class _Reader(json.JSONDecoder):
    """The library's own reader in Python, which lets strings be read in another way, as the one in C does not."""

    def __init__(self, name: str, intake: Intake) -> None:
        told: list[str] = []

        def gathered(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
            found = dict(pairs)
            if len(found) < len(pairs) and not told:
                twice, _ = Counter(key for key, _ in pairs).most_common(1)[0]
                told.append(twice)
                intake.warn(f"{name}: {json.dumps(twice[:40])} stands twice in one object; the last is read")
            return found

        # Numbers are not read: int() refuses long ones.
        super().__init__(object_pairs_hook=gathered, parse_int=_nothing, parse_float=_nothing, parse_constant=_nothing)
        self.parse_string = _string
        self.scan_once = scanner.py_make_scanner(self)  # type: ignore[attr-defined]  # the stubs leave it out


def _string(source: str, at: int, strict: bool) -> tuple[Located, int]:
    text, end = scanstring(source, at, False)
    value = Located(text)
    value.there = Span(at, end - 1)
    return value, end


def _nothing(_: str) -> None:
    return None


def _ink(source: str, at: int) -> int:
    found = _INK.search(source, at)
    return found.start() if found else len(source)


def _refuse(name: str, source: str, at: int, why: str) -> NoReturn:
    line, column = lines.place(lines.starts(source), at)
    raise InputError(f"{name}:{line}:{column}: no well-formed JSON: {why.removesuffix(' at')}; export it again")
