"""World names: a folder of tab-separated files becomes look-ups from a name as written to its canonical name.

The files, their columns and how a row is added: rules/gazetteer/README.md.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from audit.errors import RuleError

Gender = Literal["m", "f"]

GOVERNMENTS = ("name", "aliases", "demonyms", "capitals", "seats")
ORGANIZATIONS = ("name", "type", "aliases")
GIVEN_NAMES = ("name", "gender")
TYPES = ("agency", "company", "group", "international", "ngo", "office", "outlet", "party", "sport")
GENDERS: Mapping[str, Gender | None] = {"f": "f", "m": "m", "u": None}
SHARED = "?"  # before a word of several rows: it stands for none of them

_MARKS = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201b\u02bb\u02bc\u02bd\u02be\u02bf\u00b4", "'")  # curly marks, ayin and hamza
    | dict.fromkeys("\u2010\u2011\u2012\u2013", "-")
    | {"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "æ": "ae", "Æ": "AE", ".": ""}
)
_STRAY = ("  ", "\u00a0", "\t ", " \t", "| ", " |", "||", "|\t", "\t|", "|\n", "\n ", " \n")


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """What the files say, as dictionaries; ask through the methods, which fold the name first.

    A leading "the", dots, accents and the shape of apostrophes make no difference. Case makes two: acronyms match
    only as listed ("WHO" but not "who"), and a name without any capital ("us", "turkey", "polish") is none.
    """

    governments: Mapping[str, str]  # key to canonical name
    demonyms: Mapping[str, str]  # key to the canonical name of a government
    organizations: Mapping[str, str]  # key to canonical name
    types: Mapping[str, str]  # canonical name of an organization to one of TYPES
    genders: Mapping[str, Gender]  # folded given name to gender; names of both genders are not in it

    def government(self, name: str) -> str | None:
        """The country that `name` stands for, be it the country's name or alias, a capital or a seat ("Kremlin")."""
        return _find(self.governments, name)

    def demonym(self, word: str) -> str | None:
        """The country of an adjective or noun of nationality, or of an acronym used as one ("Syrian", "U.S.")."""
        return _find(self.demonyms, word)

    def organization(self, name: str) -> str | None:
        """The canonical name of the organization known by `name`."""
        return _find(self.organizations, name)

    def organization_type(self, name: str) -> str | None:
        """One of TYPES for the organization known by `name`."""
        canonical = self.organization(name)
        return None if canonical is None else self.types[canonical]

    def gender(self, name: str) -> Gender | None:
        """The gender of those who bear the given name in `name`, a given or a full name; None for both or unknown.

        Asks the first word that is no initial ("J. Michael"), then, in a full name, its part before a hyphen
        ("Anna-Lena"), then hyphenated words further on, for names with the family first ("Moon Jae-in").
        """
        first, *others = [word for word in fold(name).split() if len(word) > 1] or [""]
        candidates = [first]
        if others:  # alone, a hyphenated word is more likely a surname ("James-Collier")
            candidates += [first.partition("-")[0], *(word for word in others if "-" in word)]
        return next((self.genders[word] for word in candidates if word in self.genders), None)


def fold(text: str) -> str:
    """`text` for comparing names: no case, accents or dots, straight apostrophes and hyphens, single blanks.

    >>> fold("  Élysée’s U.S.\\u00a0visit of ERDOĞAN ")
    "elysee's us visit of erdogan"
    """
    if text.isascii():  # most names are, and loading spends its time here
        return text.lower() if text.isalpha() else _plain(text).lower()
    return _plain(_plain(text).casefold())


def load(folder: Path) -> Gazetteer:
    """Read the three files of `folder`; raises RuleError with every error at once, one a line."""
    errors: list[str] = []
    countries: list[_Entry] = []
    nationalities: list[_Entry] = []
    bodies: list[_Entry] = []
    types: dict[str, str] = {}
    genders: dict[str, Gender] = {}
    given_names: dict[str, str] = {}  # to their places

    for place, (name, aliases, demonyms, capitals, seats) in _rows(folder / "governments.tsv", GOVERNMENTS, errors):
        if not capitals:
            errors.append(f"{place}: {name} has no capital: name the city that newspapers use for its government")
        # A city state is its own capital ("Singapore"): the set keeps that from being two entries.
        countries += {_entry(word, name, place) for word in (name, *_list(aliases), *_list(capitals), *_list(seats))}
        nationalities += [_entry(word, name, place) for word in _list(demonyms)]
    for place, (name, kind, aliases) in _rows(folder / "organizations.tsv", ORGANIZATIONS, errors):
        if kind not in TYPES:
            errors.append(f'{place}: unknown type "{kind}": write one of {", ".join(TYPES)}')
        types[name] = kind
        bodies += [_entry(word, name, place) for word in (name, *_list(aliases))]
    for place, (name, letter) in _rows(folder / "given-names.tsv", GIVEN_NAMES, errors):
        if letter not in GENDERS:
            errors.append(f'{place}: unknown gender "{letter}": write one of {", ".join(GENDERS)}')
        elif (first := given_names.setdefault(key := fold(name), place)) is not place:
            errors.append(f'{place}: "{name}" already stands at {first}: keep one row, of gender u if both bear it')
        elif gender := GENDERS[letter]:
            genders[key] = gender

    errors += [*_clashes(countries + bodies), *_clashes(nationalities)]
    if errors:
        raise RuleError("\n".join(errors))
    return Gazetteer(_table(countries), _table(nationalities), _table(bodies), types, genders)


class _Entry(NamedTuple):
    key: str
    name: str  # where the key leads
    shared: bool
    place: str  # file:line
    word: str  # as the file has it, without the mark


def _entry(word: str, name: str, place: str) -> _Entry:
    bare = word.removeprefix(SHARED)
    plain = _without_the(_plain(bare))
    return _Entry(plain if _is_acronym(plain) else fold(plain), name, word != bare, place, bare)


def _find(table: Mapping[str, str], name: str) -> str | None:
    plain = _without_the(_plain(name))
    if plain == plain.lower():
        return None
    return table.get(plain) or table.get(plain.lower() if plain.isascii() else fold(plain))


def _is_acronym(plain: str) -> bool:
    """Whether case tells it from a word: "WHO", "C-SPAN" and "MoD" are, "JPMorgan" is not."""
    return (plain.isupper() or len(plain) <= 4) and sum(map(str.isupper, plain)) > 1


def _plain(text: str) -> str:
    """`fold` with case kept."""
    if text.isascii():
        return " ".join(text.replace(".", "").split())
    decomposed = unicodedata.normalize("NFKD", text.translate(_MARKS))
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(bare.translate(_MARKS).split())


def _without_the(plain: str) -> str:
    return plain[4:] if plain[:4].casefold() == "the " else plain


def _list(field: str) -> list[str]:
    return field.split("|") if field else []


def _rows(path: Path, columns: tuple[str, ...], errors: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Each row with its place ("file:line"); what is wrong goes to `errors`."""
    try:
        text = f"\n{path.read_text(encoding='utf-8-sig')}\n"
    except OSError as error:
        errors.append(f"{path}: cannot be read ({error.strerror}): put it back, or give the folder that has it")
        return
    except UnicodeDecodeError as error:
        errors.append(f"{path}: byte {error.start} is not UTF-8: save the file as UTF-8")
        return
    untidy = _has_stray(text)
    rows = ((number, line) for number, line in enumerate(text.split("\n")) if line and line[0] != "#")
    first, header = next(rows, (1, ""))
    if header.split("\t") != list(columns):
        errors.append(f"{path}:{first}: no header: the first line must be {' <tab> '.join(columns)}")
        return
    shown = str(path)
    for number, line in rows:
        place = f"{shown}:{number}"
        fields = line.split("\t")
        if len(fields) != len(columns):
            errors.append(f"{place}: {len(fields)} columns, not {len(columns)}: write {' <tab> '.join(columns)}")
        elif not fields[0] or fields[0][0] == SHARED or "|" in fields[0]:
            errors.append(f'{place}: "{fields[0]}" is no name: write one name, without "|" or "{SHARED}"')
        elif untidy and _has_stray(f"\n{line}\n"):
            errors.append(f'{place}: stray white space or an empty item: write items as "one|two words"')
        else:
            yield place, fields


def _has_stray(text: str) -> bool:
    return any(stray in text for stray in _STRAY)


def _clashes(entries: Iterable[_Entry]) -> Iterator[str]:
    """What is wrong with words that lead to two rows, or are marked as if they did."""
    by_key: defaultdict[str, list[_Entry]] = defaultdict(list)
    for entry in entries:
        by_key[entry.key].append(entry)
    for first, *others in by_key.values():
        elsewhere = [entry for entry in others if entry.place != first.place]
        if first.shared and not elsewhere:
            yield f'{first.place}: "{first.word}" is marked {SHARED} but stands in no other row: remove the mark'
        for entry in elsewhere:
            if not (entry.shared and first.shared):
                yield (
                    f'{entry.place}: "{entry.word}" already stands at {first.place}: '
                    f'remove one, or write "{SHARED}{entry.word}" in both so that it leads to neither'
                )


def _table(entries: Iterable[_Entry]) -> dict[str, str]:
    return {entry.key: entry.name for entry in entries if not entry.shared}
