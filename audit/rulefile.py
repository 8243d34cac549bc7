"""One TOML file into a `Pattern` or a `Check`; what is wrong with it is collected, with its line, in the draft."""

import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any, get_args

from audit.model import Confidence, CueClass, Severity, Span
from audit.pattern import Path, PatternError, Test, nearest, parse_path, parse_tests
from audit.rule import Check, CheckExample, Detect, Example, Pattern, PatternKind, Reference

_TRIGGERS = {"no-figure": "figure"}  # every other kind is set off by its cue
_PATTERN_KEYS = ("id", "summary", "why", "kind", "class", "confidence", "optional", "priority", "match", "example")
_MATCH_KEYS = ("source", "content", "agentless", "needs", "unless")
_EXAMPLE_KEYS = ("text", "expect", "note", "known_gap")
_CHECK_KEYS = ("code", "name", "severity", "summary", "why", "references", "message", "detect", "bad", "good")
_TESTS = {"cue": "VERB lemma:@say", "figure": "NUM"}
_MARK = re.compile(r"\{(\w+)\|")


@dataclass(frozen=True, slots=True)
class Draft:
    """A parsed TOML file and the errors found in it so far, each as ``path:line: key: message``."""

    path: FilePath
    text: str
    data: Mapping[str, Any]
    errors: list[str] = field(default_factory=list)

    def wrong(self, key: str, message: str, value: str = "") -> None:
        """Note an error at the line of `key` or, where its value takes many lines, at that of `value`.

        A key is written with its tables, ``match.cue`` or ``example[0].text``; a missing one counts as its table.
        """
        lines = self.lines(key)
        rows = self.text.split("\n")
        forms = [f'"{value}"', f"'{value}'", value] if value else []
        line = next((line for form in forms for line in lines if form in rows[line - 1]), lines[0])
        shown = re.sub(r"\[\d+\]", "", key)
        self.errors.append(f"{self.path}:{line}: {shown}: {message}")

    def lines(self, key: str) -> range:
        """The lines, from 1, of `key` with its value; of the table that it is missing from, else the first."""
        places = _places(self.text)
        while key not in places and (outer := re.sub(r"(?:\[\d+\]|\.[^.]*)$", "", key)) != key:
            key = outer
        return places.get(key, range(1, 2))

    @property
    def in_order(self) -> list[str]:
        """The errors, by line."""
        places = [re.search(r":(\d+): ", error) for error in self.errors]
        order = sorted(zip(places, self.errors, strict=True), key=lambda pair: int(pair[0][1]) if pair[0] else 0)
        return [error for _, error in order]

    def known(self, table: Mapping[str, Any], keys: tuple[str, ...], prefix: str = "") -> None:
        """Refuse keys that nothing reads."""
        for key in table:
            if key not in keys:
                self.wrong(f"{prefix}{key}", f"unknown key{nearest(key, keys)}")

    def string(self, key: str, default: str | None = None) -> str:
        """The text at `key`; an error without one, unless there is a default."""
        value = self.data.get(key, default)
        if isinstance(value, str) and value.strip():
            return value
        self.wrong(key, "missing" if value is None else "is empty" if isinstance(value, str) else "must be a text")
        return ""

    def choice(self, key: str, choices: tuple[str, ...], default: str | None = None) -> Any:
        """The text at `key`, one of `choices`."""
        value = self.string(key, default)
        if value and value not in choices:
            self.wrong(key, f'"{value}" is none of {", ".join(choices)}{nearest(value, choices)}')
        return value


def _places(text: str) -> dict[str, range]:
    """The lines, from 1, of every key and table of a TOML text: ``match``, ``match.cue``, ``example[0].text``."""
    places: dict[str, range] = {}
    rows = text.split("\n")
    table, tables, begin = "", Counter[str](), 0
    for end in range(1, len(rows) + 1):
        try:
            statement = tomllib.loads("\n".join(rows[begin:end]))
        except tomllib.TOMLDecodeError:
            continue  # its value goes on in the next line
        lines, header = range(begin + 1, end + 1), rows[begin].lstrip().startswith("[")
        begin = end
        names = _names(statement)
        if header:
            table = names[-1]
            if rows[lines[0] - 1].lstrip().startswith("[["):
                places.setdefault(table, lines)
                tables[table] += 1
                table = f"{table}[{tables[table] - 1}]"
            places[table] = lines
        else:
            places |= {f"{table}.{name}" if table else name: lines for name in names}
    return places


def _names(table: Mapping[str, Any]) -> list[str]:
    """The keys of a table and, with dots, of the tables in it."""
    names = []
    for key, value in table.items():
        names += [key, *(f"{key}.{name}" for name in _names(value))] if isinstance(value, dict) else [key]
    return names


def read_pattern(draft: Draft, name: str, lexicons: Mapping[str, frozenset[str]]) -> Pattern | None:
    """The pattern that a file declares; None, with the errors in `draft`, when it is wrong."""
    draft.known(draft.data, _PATTERN_KEYS)
    if draft.string("id") not in ("", name):
        draft.wrong("id", f'must be "{name}", as the file is called')
    kind = draft.choice("kind", get_args(PatternKind))
    table = draft.data.get("match", {})
    if not isinstance(table, dict):
        draft.wrong("match", "must be one [match] table")
        table = {}
    trigger = _TRIGGERS.get(kind, "cue")
    if kind not in get_args(PatternKind) and "figure" in table:
        trigger = "figure"  # what was meant, so that the rest is judged by it
    draft.known(table, (trigger, *_MATCH_KEYS), "match.")
    reader = _Reader(draft, table, lexicons)
    tests = reader.tests(trigger)
    bound = [trigger]
    source = reader.paths("source", bound)
    bound += ["source"] if table.get("source") else []
    content = reader.choices("content", bound)
    bound += ["content"] if table.get("content") else []
    agentless = table.get("agentless", False)
    if not isinstance(agentless, bool):
        draft.wrong("match.agentless", "must be true or false")
    optional = draft.data.get("optional", False)
    if not isinstance(optional, bool):
        draft.wrong("optional", "must be true or false")
    priority = draft.data.get("priority", 50)
    if not isinstance(priority, int) or isinstance(priority, bool):
        draft.wrong("priority", "must be a whole number")
        priority = 50
    pattern = Pattern(
        id=name,
        summary=draft.string("summary"),
        why=draft.string("why").strip(),
        kind=kind,
        cue_class=draft.choice("class", get_args(CueClass), "speech"),
        confidence=draft.choice("confidence", get_args(Confidence), "high"),
        optional=bool(optional),
        priority=priority,
        trigger=trigger,
        tests=tests,
        source=source,
        content=content,
        agentless=bool(agentless),
        needs=reader.paths("needs", bound),
        unless=reader.paths("unless", bound),
        examples=_examples(draft, ("figure",) if trigger == "figure" else ("cue", "source", "content")),
        path=draft.path,
    )
    return None if draft.errors else pattern


@dataclass(frozen=True, slots=True)
class _Reader:
    """The [match] table of a pattern."""

    draft: Draft
    table: Mapping[str, Any]
    lexicons: Mapping[str, frozenset[str]]

    def tests(self, key: str) -> tuple[Test, ...]:
        text = self.table.get(key)
        if not isinstance(text, str) or not text.strip():
            what = "missing" if text is None else "must be tests"
            self.draft.wrong(f"match.{key}", f'{what}: say which words are a {key}, as in {key} = "{_TESTS[key]}"')
            return ()
        try:
            tests = parse_tests(text)
        except PatternError as error:
            self.draft.wrong(f"match.{key}", str(error), text)
            return ()
        self._names_known(key, text, tests, [])
        return tests

    def paths(self, key: str, bound: list[str]) -> tuple[Path, ...]:
        return self._paths(key, self._listed(key), bound)

    def choices(self, key: str, bound: list[str]) -> tuple[tuple[Path, ...], ...]:
        return tuple(self._paths(key, text.split(" + "), bound) for text in self._listed(key))

    def _listed(self, key: str) -> list[str]:
        value = self.table.get(key, [])
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list) or not all(isinstance(text, str) for text in listed):
            self.draft.wrong(f"match.{key}", "must be a path or a list of paths")
            return []
        return listed

    def _paths(self, key: str, texts: list[str], bound: list[str]) -> tuple[Path, ...]:
        paths = []
        for text in texts:
            try:
                path = parse_path(text)
            except PatternError as error:
                self.draft.wrong(f"match.{key}", str(error), text)
                continue
            self._bound(key, text, path.start, bound)
            tests = (*path.tests, *(test for step in path.steps for test in step.tests))
            self._names_known(key, text, tests, bound)
            paths.append(path)
        return tuple(paths)

    def _names_known(self, key: str, text: str, tests: Sequence[Test], bound: Sequence[str]) -> None:
        for test in tests:
            for name in test.lexicons:
                if name not in self.lexicons:
                    self.draft.wrong(f"match.{key}", f'no lexicon "{name}"{nearest(name, self.lexicons)}', text)
            for name in test.values if test.key in ("before", "after") else ():
                self._bound(key, text, name, bound)

    def _bound(self, key: str, text: str, name: str, bound: Sequence[str]) -> None:
        if name not in bound:
            hint = nearest(name, bound) or (f": only {' and '.join(bound)}" if bound else ": nothing is yet")
            self.draft.wrong(f"match.{key}", f'"{name}" is not bound here{hint}', text)


def _examples(draft: Draft, arguments: tuple[str, ...]) -> tuple[Example, ...]:
    tables = draft.data.get("example", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        draft.wrong("example", "must be [[example]] tables")
        return ()
    examples = []
    for number, table in enumerate(tables):
        here = f"example[{number}]"
        draft.known(table, _EXAMPLE_KEYS, f"{here}.")
        for key in _EXAMPLE_KEYS:
            value = table.get(key, "-" if key != "text" else None)
            if not isinstance(value, str) or not value.strip():
                draft.wrong(f"{here}.{key}", "missing" if value is None else "must be a text, not empty")
                break
        else:
            try:
                text, spans = _unmark(table["text"], arguments)
            except PatternError as error:
                draft.wrong(f"{here}.text", str(error))
                continue
            if table.get("expect", "none") != "none":
                draft.wrong(f"{here}.expect", 'the only value is "none"')
            elif not spans and "expect" not in table:
                mark = f"{{{arguments[0]}|…}}"
                draft.wrong(f"{here}.text", f'mark what the pattern finds, as in {mark}, or add expect = "none"')
            elif spans and "expect" in table:
                draft.wrong(f"{here}.text", 'marked, although expect = "none": drop one of the two')
            examples.append(Example(text, spans, table.get("note"), table.get("known_gap")))
    if draft.errors and len(examples) < len(tables):
        return ()  # one of the wrong ones may be what would be missed
    if not any(example.spans for example in examples):
        draft.wrong("example", "a pattern needs an example that it finds")
    if all(example.spans for example in examples):
        draft.wrong("example", 'a pattern needs a near miss, with expect = "none"')
    return tuple(examples)


def _unmark(marked: str, arguments: tuple[str, ...]) -> tuple[str, dict[str, Span]]:
    """``{cue|said}`` into ``said`` and its span; marks may stand inside marks.

    Raises:
        PatternError: for a mark that is unknown, given twice or never closed.
    """
    text = ""
    spans: dict[str, Span] = {}
    opened: list[tuple[str, int]] = []
    at = 0
    while at < len(marked):
        if mark := _MARK.match(marked, at):
            name = mark[1]
            if name not in arguments:
                raise PatternError(f'unknown mark "{{{name}|": write one of {", ".join(arguments)}')
            if name in spans or any(name == other for other, _ in opened):
                raise PatternError(f'"{{{name}|" is marked twice: give each mark once an example')
            opened.append((name, len(text)))
            at = mark.end()
        elif marked[at] == "}" and opened:
            name, start = opened.pop()
            spans[name] = Span(start, len(text))
            at += 1
        else:
            text += marked[at]
            at += 1
    if opened:
        raise PatternError(f'"{{{opened[-1][0]}|" is never closed: add a }}')
    return text, spans


def read_check(draft: Draft, stem: str) -> Check | None:
    """The check that a file declares; None, with the errors in `draft`, when it is wrong."""
    draft.known(draft.data, _CHECK_KEYS)
    code, name = draft.string("code"), draft.string("name")
    if code and not re.fullmatch(r"[A-Z][0-9]{3}", code):
        draft.wrong("code", "must be a capital letter and three digits, such as A004")
    elif code and name and f"{code}-{name}" != stem:
        draft.wrong("name", f'the file is called "{stem}.toml", not "{code}-{name}.toml"')
    check = Check(
        code=code,
        name=name,
        severity=draft.choice("severity", get_args(Severity)),
        summary=draft.string("summary"),
        why=draft.string("why").strip(),
        references=_references(draft),
        message=draft.string("message"),
        detect=draft.choice("detect", get_args(Detect)),
        examples=(
            *(CheckExample(text, bad=True) for text in _texts(draft, "bad")),
            *(CheckExample(text, bad=False) for text in _texts(draft, "good")),
        ),
        path=draft.path,
    )
    return None if draft.errors else check


def _references(draft: Draft) -> tuple[Reference, ...]:
    value = draft.data.get("references")
    if not isinstance(value, list) or not value or not all(isinstance(table, dict) for table in value):
        draft.wrong("references", 'must be a list, at least one, of tables such as { name = "…", url = "https://…" }')
        return ()
    found = []
    for table in value:
        for key in table:
            if key not in ("name", "url"):
                draft.wrong("references", f"unknown key{nearest(key, ('name', 'url'))}", key)
        name, url = table.get("name"), table.get("url")
        if not isinstance(name, str) or not name.strip():
            draft.wrong("references", "each needs a name")
        elif url is not None and not (isinstance(url, str) and re.fullmatch(r"https?://[^\s\"<>]+", url)):
            draft.wrong("references", "a url begins with https:// and has no blanks", name)
        else:
            found.append(Reference(name, url))
    return tuple(found)


def _texts(draft: Draft, key: str) -> tuple[str, ...]:
    value = draft.data.get(key)
    if not isinstance(value, list) or not value or not all(isinstance(text, str) and text.strip() for text in value):
        draft.wrong(key, "must be a list of texts, at least one")
        return ()
    return tuple(value)
