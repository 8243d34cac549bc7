"""A folder of models -> what is in it, and whether each file is the one that was meant. Loads no torch.

A model folder has a ``manifest.json``: its name and language, each file with its size and SHA-256, the licence, and the
scores and training data of the set. The parser opens no file that the manifest does not list or whose hash differs.

No file of a folder can run a program: weights are in safetensors, a format that holds tensors only, and all else is
JSON. So a folder from a stranger can parse badly, and that is all.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from audit.errors import ModelError

MANIFEST = "manifest.json"
INDEX = "resources.json"  # Stanza's index of models, here an empty one
FILES = ("joint.safetensors", "joint.json", "tokenizer.json", INDEX)
_MAKE = 'python -c \'from audit import modelset; modelset.write_manifest("{}", name="NAME")\''


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file of a model folder; `path` is relative to the folder, with ``/``."""

    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Score:
    """How well the set did `measure` on `data`, in per cent."""

    data: str
    measure: str
    value: float


@dataclass(frozen=True, slots=True)
class Corpus:
    """Data that the set was trained on."""

    name: str
    licence: str
    used_for: str


@dataclass(frozen=True, slots=True)
class ModelSet:
    """What a model folder holds, as its manifest says."""

    folder: Path
    name: str
    language: str
    licence: str
    files: tuple[ModelFile, ...]
    scores: tuple[Score, ...]
    data: tuple[Corpus, ...]

    @property
    def digest(self) -> str:
        """SHA-256 of all files' hashes, in hexadecimal: two sets with the same digest parse alike."""
        lines = sorted(f"{file.path} {file.sha256}\n" for file in self.files)
        return hashlib.sha256("".join(lines).encode()).hexdigest()


def default_dir() -> Path:
    """The folder of the English models that come with the package."""
    return Path(__file__).with_name("models") / "en"


def load(folder: Path) -> ModelSet:
    """Read the manifest of `folder`; the files themselves are not looked at.

    Raises:
        ModelError: there is no such folder, no manifest in it, or one that lacks something.
    """
    path = folder / MANIFEST
    if not folder.is_dir():
        raise ModelError(f"{folder}: no such folder of models; name one that exists with --models DIR")
    if not path.is_file():
        raise ModelError(
            f"{folder}: no {MANIFEST}, so it is no folder of models; write one with\n  {_MAKE.format(str(folder))}"
        )
    try:
        return _modelset(folder, json.loads(path.read_text("utf-8")))
    except KeyError as error:
        raise ModelError(f"{path}: {error} is missing; {_remedy(folder)}") from error
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise ModelError(f"{path}: not a manifest of models ({error}); {_remedy(folder)}") from error


def verify(folder: Path) -> ModelSet:
    """`load`, after which every listed file is known to be there and, by size and SHA-256, undamaged.

    Raises:
        ModelError: as `load`, or naming every missing and damaged file.
    """
    modelset = load(folder)
    wrong = [f"  {file.path}: {problem}" for file in modelset.files if (problem := _problem(folder, file))]
    if wrong:
        raise ModelError("\n".join((f"{folder}: models are missing or damaged; {_remedy(folder)}", *wrong)))
    return modelset


def write_manifest(
    folder: str | Path,
    *,
    name: str,
    language: str = "en",
    licence: str = "unknown",
    scores: Iterable[Score] = (),
    data: Iterable[Corpus] = (),
) -> ModelSet:
    """Write the manifest of the models that lie in `folder`, replacing one that is there, and return what it says.

    Args:
        licence: that of the set as a whole.

    Raises:
        ModelError: a file is missing, or `folder` cannot be read or written.
    """
    folder = Path(folder)
    try:
        files = tuple(ModelFile(path, (folder / path).stat().st_size, _sha256(folder / path)) for path in FILES)
        modelset = ModelSet(folder, name, language, licence, files, tuple(scores), tuple(data))
        record = asdict(modelset)
        del record["folder"]
        (folder / MANIFEST).write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", "utf-8")
    except OSError as error:
        raise ModelError(f"{folder}: cannot write {MANIFEST} ({error})") from error
    return modelset


def describe(modelset: ModelSet) -> list[tuple[str, str]]:
    """Each file and its size in megabytes (10^6 bytes), in the order of the manifest."""
    return [(file.path, f"{file.bytes / 1e6:.1f} MB") for file in modelset.files]


def _modelset(folder: Path, record: Any) -> ModelSet:
    files = tuple(ModelFile(str(file["path"]), int(file["bytes"]), file["sha256"]) for file in record["files"])
    if missing := sorted(set(FILES) - {file.path for file in files}):
        raise ValueError(f"it lists no {', '.join(missing)}")
    return ModelSet(
        folder,
        name=str(record["name"]),
        language=str(record["language"]),
        licence=str(record["licence"]),
        files=files,
        scores=tuple(Score(score["data"], score["measure"], float(score["value"])) for score in record["scores"]),
        data=tuple(Corpus(corpus["name"], corpus["licence"], corpus["used_for"]) for corpus in record["data"]),
    )


def _problem(folder: Path, file: ModelFile) -> str | None:
    path = folder / file.path
    try:
        size = path.stat().st_size
        if size != file.bytes:
            return f"damaged: {size:,} bytes instead of {file.bytes:,}"
        return None if _sha256(path) == file.sha256 else "damaged: its SHA-256 is another"
    except FileNotFoundError:
        return "missing"
    except OSError as error:
        return f"cannot be read ({error.strerror})"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _remedy(folder: Path) -> str:
    if folder.resolve() == default_dir().resolve():
        return "install quote-audit again (in a checkout: git checkout audit/models), or use others with --models DIR"
    return (
        "copy or download them again; if you changed them on purpose, write the manifest anew with\n  "
        + _MAKE.format(str(folder))
    )
