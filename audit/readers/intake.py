"""How files are read: what a run asks for, the limits that it sets, and whom it tells of what goes wrong."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from audit.errors import InputError
from audit.limits import Limits
from audit.model import Article


@dataclass(slots=True)
class Quota:
    """What may still be unpacked of a file that the user names, of all archives in it together; it is used up."""

    files: int
    bytes: int


def _ignore(_: object, __: object = None) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Intake:
    """How a run reads.

    Attributes:
        encoding: of files that are text, where the user says so.
        warn: is told in a whole message how something was read.
        fail: is told the name of an article, of several in one file, that cannot be read, and why; the others are.
        quota: of the archive that the file lies in, None where it lies in none.
    """

    encoding: str | None = None
    limits: Limits = field(default_factory=Limits)
    warn: Callable[[str], None] = _ignore
    fail: Callable[[str, InputError], None] = _ignore
    quota: Quota | None = None

    def unpacking(self) -> Quota:
        """What may still be unpacked."""
        return self.quota or Quota(self.limits.files, self.limits.unpacked * 1_000_000)


Read = Callable[[str, bytes, Intake], Iterator[Article]]
"""The articles in the bytes of a file of that name; raises InputError when the file as a whole cannot be read."""
