"""Which cache a command uses, what its parses depend on besides the text, and what there is to say about it."""

import argparse
import functools
import hashlib
import os
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import audit
from audit import modelset, official, parse, remember, store
from audit.cache import FILE, Cache
from audit.errors import AuditError
from audit.model import Article

PARSING = (
    "parse.py",
    "shown.py",
    "torn.py",
    "official.py",
    "joint",
)  # modules and packages of audit: with another text of theirs a parse may be another
_MEGABYTE = 1_000_000
_OFF = "off"


def opened(args: argparse.Namespace, warn: remember.Warn) -> AbstractContextManager[Cache | None]:
    """The cache that `args` and the environment name, to be closed at the end; None where they want none."""
    if args.no_cache or (args.cache is None and os.environ.get("QUOTE_AUDIT_CACHE") == _OFF):
        return nullcontext()
    return Cache(_folder(args) / FILE, args.cache_size * _MEGABYTE, warn)


@dataclass(frozen=True, slots=True)
class Remembering:
    """A parser that looks into a cache first, and is loaded as soon as there is something that the cache lacks."""

    load: Callable[[], parse.Parser]
    cache: Cache | None
    identity: str

    def parse(self, articles: Sequence[Article], warn: remember.Warn) -> Sequence[Article]:
        """The same articles with their sentences."""
        return remember.parse(articles, self._parser, identity=self.identity, cache=self.cache, warn=warn)

    def lacks(self, articles: Sequence[Article]) -> bool:
        """Whether there is something in the articles that must be parsed."""
        return remember.lacks(articles, identity=self.identity, cache=self.cache)

    def _parser(self) -> remember.Parse:
        loaded = self.load()
        return lambda articles, warn: parse.parse(loaded, articles, warn=warn)


def remembering(load: Callable[[], parse.Parser], cache: Cache | None, models: Path | None) -> Remembering:
    """What parses articles, with the parser that `load` gives as soon as there is something that `cache` lacks.

    Raises:
        ModelError: there are no such `models`.
    """
    return Remembering(functools.cache(load), cache, identity(models) if cache else "")


def info(args: argparse.Namespace, warn: remember.Warn) -> str:
    """Where the cache is, how much it holds and may hold, and when that was last used."""
    path = _folder(args) / FILE
    bound = f"may have {args.cache_size} MB"
    if not store.size(path):
        return f"{path}: nothing is cached yet; {bound}\n"
    with Cache(path, args.cache_size * _MEGABYTE, warn) as cache:
        found = cache.content()
    if not found:
        return ""
    lines = [f"{path}", f"{found.entries:,} paragraphs, {_megabytes(store.size(path))}; {bound}"]
    if found.oldest is not None and found.newest is not None:
        lines.append(f"last used between {_local(found.oldest)} and {_local(found.newest)}")
    return "\n".join(lines) + "\n"


def clear(args: argparse.Namespace) -> str:
    """Remove the cache, and say what that was.

    Raises:
        AuditError: it cannot be removed.
    """
    path = _folder(args) / FILE
    if not (size := store.size(path)):
        return f"{path}: there was nothing to remove\n"
    with Cache(path, args.cache_size * _MEGABYTE, lambda _: None) as cache:
        found = cache.content()
    try:
        store.remove(path)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise AuditError(
            f"{path}: cannot be removed ({reason}); end the audits that use it, or remove it yourself"
        ) from error
    paragraphs = f"{found.entries:,} paragraphs, " if found else ""
    return f"{path}: removed {paragraphs}{_megabytes(size)}\n"


def _folder(args: argparse.Namespace) -> Path:
    if args.cache:
        return Path(args.cache)
    named = os.environ.get("QUOTE_AUDIT_CACHE")
    if named and named != _OFF:
        return Path(named)
    import platformdirs

    return platformdirs.user_cache_path("quote-audit", appauthor=False)


def identity(models: Path | None) -> str:
    """What names the models and the code that parses with them.

    Raises:
        ModelError: there are no such models.
    """
    package = Path(audit.__file__).parent
    sources = [path for name in PARSING for path in (package / name, *sorted((package / name).glob("*.*")))]
    code = hashlib.sha256(b"\0".join(path.read_bytes() for path in sources if path.is_file())).hexdigest()
    if official.named(models):
        return f"{official.digest()} {code}"
    return f"{modelset.load(models or modelset.default_dir()).digest} {code}"


def _megabytes(size: int) -> str:
    return f"{size / _MEGABYTE:.1f} MB"


def _local(seconds: int) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(seconds))
