"""Stanza's official English models: whether they are on this machine, fetching them, loading them.

They are larger and more accurate than those that come with the package, lie on a model hub that many newsrooms cannot
reach, and are read from where Stanza keeps them (``STANZA_RESOURCES_DIR``, else a folder in the user's home).
"""

import hashlib
from pathlib import Path
from typing import Any

from audit.errors import ModelError

NAME = "stanza:en"
_PROCESSORS = "tokenize,mwt,pos,lemma,depparse,ner"


def named(models: Path | str | None) -> bool:
    """Whether `models` means the official models.

    Raises:
        ModelError: it means those of a language that is not audited.
    """
    if models is None or not str(models).startswith("stanza:"):
        return False
    if str(models) != NAME:
        raise ModelError(f"{models}: only English is audited; write --models {NAME}")
    return True


def folder() -> Path:
    """Where Stanza keeps its models."""
    from stanza.resources.common import DEFAULT_MODEL_DIR

    return Path(DEFAULT_MODEL_DIR)


def digest() -> str:
    """SHA-256, in hexadecimal, of Stanza's version and of its index, which holds the hash of every model.

    Raises:
        ModelError: there are none on this machine.
    """
    from stanza import __version__

    index = folder() / "resources.json"
    if not (folder() / "en").is_dir() or not index.is_file():
        raise ModelError(_absent())
    return hashlib.sha256(__version__.encode() + index.read_bytes()).hexdigest()


def pipeline() -> Any:
    """The official models, loaded as a `stanza.Pipeline`.

    Raises:
        ModelError: there are none on this machine, or they do not load.
    """
    digest()
    import stanza

    try:
        return stanza.Pipeline("en", processors=_PROCESSORS, download_method=None, device="cpu", logging_level="ERROR")
    except Exception as error:
        lines = str(error).strip().splitlines() or [type(error).__name__]
        raise ModelError(
            f"{folder()}: Stanza's official models do not load ({lines[0]}); "
            "fetch them again with `quote-audit models download`"
        ) from error


def download() -> Path:
    """Fetch the official models into `folder()`, as `stanza.download` does, and return it.

    Raises:
        ModelError: the host cannot be reached, or what came is damaged.
    """
    import stanza

    try:
        stanza.download("en", processors=_PROCESSORS, logging_level="ERROR")
    except KeyboardInterrupt:
        raise
    except Exception as error:
        lines = str(error).strip().splitlines() or [type(error).__name__]
        raise ModelError(
            f"Stanza's models could not be fetched ({lines[0][:200]}). If this machine may not reach the host, fetch "
            f"them on another with `quote-audit models download` and copy its folder here, to {folder()}; the models "
            "that come with quote-audit need no download"
        ) from error
    return folder()


def _absent() -> str:
    return (
        f"{NAME}: Stanza's official English models are not in {folder()}; fetch them with `quote-audit models download`"
    )
