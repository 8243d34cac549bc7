"""Files packed together (ZIP) or alone (gzip) -> the articles in them. Names in an archive are names, never paths."""

import re
import stat
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from audit.errors import InputError, NoArticleError
from audit.model import Article
from audit.readers import unpacking
from audit.readers.intake import Intake
from audit.readers.opening import Opening

if TYPE_CHECKING:
    from zipfile import ZipInfo

_DEPTH = 2  # archives in each other: a month of days
_OUTWARD = re.compile(r"[/\\]|[A-Za-z]:|(?:.*[/\\])?\.\.(?:[/\\]|$)", re.DOTALL)
_TAR = slice(257, 262), b"ustar"


def recognises(opening: Opening) -> bool:
    """Whether it is a ZIP archive; documents that are ones too have been asked for before."""
    return opening.data.startswith((unpacking.ZIP, unpacking.EMPTY_ZIP))


def recognises_gzip(opening: Opening) -> bool:
    """Whether it is packed by gzip."""
    return opening.data.startswith(unpacking.GZIP)


def read(name: str, data: bytes, intake: Intake) -> Iterator[Article]:
    """The articles in the archive, by their names in it; those that cannot be read are given to `intake.fail`.

    Hidden files and files with endings of no format are left out.

    Raises:
        InputError: it is damaged or a bomb, or there are no articles in it.
    """
    yield from _members(name, data, replace(intake, quota=intake.unpacking()), depth=1)


def _members(name: str, data: bytes, intake: Intake, *, depth: int) -> Iterator[Article]:
    from audit import readers

    assert intake.quota is not None
    packed = unpacking.opened(name, data, files=intake.quota.files)
    infos = sorted(filter(_is_article, packed.infolist()), key=lambda info: info.filename)
    if not infos:
        endings = ", ".join(sorted(readers.SUFFIXES))
        raise NoArticleError(f"{name}: no articles in this archive: no file in it ends in {endings}")
    seen: set[str] = set()
    for info in infos:
        inner = f"{name}/{unpacking.shown(info.orig_filename)}"
        intake.quota.files -= 1
        if intake.quota.files < 0:
            unpacking.too_many(name, intake.limits.files)
        try:
            if _OUTWARD.match(info.orig_filename):
                raise InputError(f"{inner}: its name leads out of the archive, as only an attack's does; not read")
            if inner in seen:
                raise InputError(f"{inner}: twice in the archive; the first is read")
            seen.add(inner)
            content = unpacking.member(inner, packed, info, intake.quota, most=intake.limits.megabytes)
            format = readers.format_of(inner, content)
            if format.read is not read:
                yield from format.read(inner, content, intake)
            elif depth < _DEPTH:
                yield from _members(inner, content, intake, depth=depth + 1)
            else:
                raise InputError(f"{inner}: archives more than {_DEPTH} deep in each other; unpack the outer one first")
        except InputError as error:
            if intake.quota.bytes < 0:  # nothing more of it is unpacked
                raise
            intake.fail(inner, error)


def read_gzip(name: str, data: bytes, intake: Intake) -> Iterator[Article]:
    """The articles in the file that is packed.

    Raises:
        InputError: it is damaged or a bomb, or an archive is packed in it.
    """
    from audit import readers

    quota = intake.unpacking()
    content = unpacking.gunzipped(name, data, quota, most=intake.limits.megabytes)
    format = readers.format_of(name.removesuffix(".gz"), content)
    place, mark = _TAR
    if format.read in (read, read_gzip) or content[place] == mark:
        raise InputError(f"{name}: an archive packed by gzip; unpack it and give its files, or pack them as ZIP")
    yield from format.read(name, content, replace(intake, quota=quota))


def _is_article(info: "ZipInfo") -> bool:
    from audit import readers

    parts = info.filename.replace("\\", "/").split("/")
    hidden = any(part.startswith((".", "__MACOSX")) and part not in (".", "..") for part in parts)
    link = stat.S_ISLNK(info.external_attr >> 16)
    return not (hidden or link) and parts[-1].lower().endswith(tuple(readers.SUFFIXES))
