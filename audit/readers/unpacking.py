"""Packed bytes from strangers -> what is in them, or why they are refused. Nothing is ever written to a disk.

What an archive says of itself is believed nowhere: bytes are counted as they are unpacked, and names are never paths.
The format: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT; its attacks: Fifield, A better zip bomb, 2019.
"""

import unicodedata
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, NoReturn

from audit.errors import InputError
from audit.readers.intake import Quota

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
GZIP = b"\x1f\x8b"

_ENTRY = b"PK\x01\x02"  # of the table of contents
_LOCAL_HEADER = 30  # bytes before each member, its name aside
_ENCRYPTED = 0x1
_STORED, _DEFLATED = 0, 8  # the methods in use; of the others Python unpacks as much at once as a bomb has

# Unpacked bytes for a packed one: XML packs 5 to 25 times, zeros 1,030 times. Small files may be of blanks alone.
_RATIO = 100
_SMALL = 1_000_000
_CHUNK = 65_536


class DamagedError(InputError):
    """A ZIP file whose table of contents cannot be read; `why` says it in the words of the library."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}: a damaged ZIP file ({why}); pack it again")
        self.why = why


def opened(name: str, data: bytes, *, files: int) -> "ZipFile":
    """A ZIP archive, of which the table of contents alone has been looked at.

    Raises:
        InputError: it is damaged, has more than so many `files`, or files that share their bytes.
    """
    from zipfile import ZipFile

    # Ten, as archives and documents lie in archives: it only has to be few enough for the table to fit in memory.
    if data.count(_ENTRY) > 10 * files:
        too_many(name, files)
    try:
        archive = ZipFile(BytesIO(data))
    except Exception as error:  # of a damaged table zipfile raises half a dozen kinds
        raise DamagedError(name, str(error) or type(error).__name__) from error
    infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
    if len(infos) > files:
        too_many(name, files)
    for one, following in pairwise(infos):
        if one.header_offset + _LOCAL_HEADER + one.compress_size > following.header_offset:
            raise InputError(f"{name}: files in it share their bytes, which no archive has but a bomb; not unpacked")
    return archive


def too_many(name: str, files: int) -> NoReturn:
    """Refuse an archive of more than so many files."""
    raise InputError(f"{name}: more than {files:,} files in it; pack them as several archives")


def member(name: str, archive: "ZipFile", info: "ZipInfo", quota: Quota, *, most: int) -> bytes:
    """The bytes of one file of an archive, which reports call `name`; they are taken from `quota`.

    Args:
        most: megabytes that it may have.

    Raises:
        InputError: it is encrypted, damaged, or too large.
    """
    if info.flag_bits & _ENCRYPTED:
        raise InputError(f"{name}: protected by a password; pack it without one")
    if info.compress_type not in (_STORED, _DEFLATED):
        raise InputError(f"{name}: packed in a way that is not read here; pack it as an ordinary ZIP file")
    try:
        with archive.open(info) as file:
            return _counted(name, iter(lambda: file.read(_CHUNK), b""), info.compress_size, quota, most)
    except InputError:
        raise
    except Exception as error:  # zlib.error, BadZipFile, EOFError, struct.error ...
        raise InputError(f"{name}: damaged in its archive ({error or type(error).__name__})") from error


def gunzipped(name: str, data: bytes, quota: Quota, *, most: int) -> bytes:
    """The bytes of a file that is packed by gzip (RFC 1952).

    Raises:
        InputError: it is damaged, or has more than `most` megabytes.
    """
    from gzip import GzipFile

    try:
        with GzipFile(fileobj=BytesIO(data)) as file:
            return _counted(name, iter(lambda: file.read(_CHUNK), b""), len(data), quota, most)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{name}: damaged gzip data ({error}); pack it again") from error


def shown(name: str) -> str:
    """A file's name in an archive as reports give it: on one line and with one kind of strokes."""
    return "".join(
        "\ufffd" if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") else character
        for character in name.replace("\\", "/")
    )


def _counted(name: str, chunks: Iterator[bytes], packed: int, quota: Quota, most: int) -> bytes:
    found = bytearray()
    for chunk in chunks:
        found += chunk
        quota.bytes -= len(chunk)
        if quota.bytes < 0:
            raise InputError(f"{name}: more is packed in this file than is ever unpacked; pack it as several")
        if len(found) > most * 1_000_000:
            raise InputError(
                f"{name}: more than {most:,} MB unpacked, which is hardly one article; raise the limit with"
                " --max-megabytes"
            )
        if len(found) > max(_SMALL, _RATIO * packed):
            raise InputError(f"{name}: unpacks to more than {_RATIO} times its size, which is a bomb; not unpacked")
    return bytes(found)
