"""A model folder is described by its manifest, and every missing or damaged file of it is named."""

import shutil
from pathlib import Path

import pytest

from audit import modelset
from audit.errors import ModelError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of small files that stand for models, with its manifest."""
    for name in (*modelset.FILES, "notes.txt"):
        (tmp_path / name).write_text(f"the weights of {name}")
    modelset.write_manifest(
        tmp_path,
        name="toy",
        licence="CC0-1.0",
        scores=[modelset.Score("dev", "LAS", 89.2)],
        data=[modelset.Corpus("EWT", "CC BY-SA 4.0", "trees")],
    )
    return tmp_path


def test_a_manifest_reads_back(folder: Path) -> None:
    toy = modelset.load(folder)
    assert toy == modelset.write_manifest(
        folder,
        name=toy.name,
        licence=toy.licence,
        scores=toy.scores,
        data=toy.data,
    )
    assert (toy.name, toy.language, toy.licence) == ("toy", "en", "CC0-1.0")
    assert toy.scores == (modelset.Score("dev", "LAS", 89.2),)
    assert modelset.verify(folder) == toy


def test_its_files_are_listed_and_others_left_out(folder: Path) -> None:
    assert modelset.describe(modelset.load(folder)) == [
        ("joint.safetensors", "0.0 MB"),
        ("joint.json", "0.0 MB"),
        ("tokenizer.json", "0.0 MB"),
        ("resources.json", "0.0 MB"),
    ]


def test_every_bad_file_is_named_at_once_with_what_to_do(folder: Path) -> None:
    (folder / "joint.safetensors").unlink()
    (folder / "joint.json").write_text("short")
    (folder / "tokenizer.json").write_text("the weightz of tokenizer.json")
    with pytest.raises(ModelError) as raised:
        modelset.verify(folder)
    first, *middle, last_three, last_two, last = str(raised.value).splitlines()
    assert first.startswith(f"{folder}: models are missing or damaged; copy or download them again")
    assert "modelset.write_manifest(" in middle[0]
    assert (last_three, last_two, last) == (
        "  joint.safetensors: missing",
        "  joint.json: damaged: 5 bytes instead of 25",
        "  tokenizer.json: damaged: its SHA-256 is another",
    )
    assert "resources.json" not in str(raised.value)


def test_a_folder_that_is_not_there() -> None:
    with pytest.raises(ModelError, match=r"nowhere: no such folder of models; .*--models DIR"):
        modelset.load(Path("nowhere"))


def test_a_folder_without_manifest_is_told_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as raised:
        modelset.load(tmp_path)
    message = str(raised.value)
    assert message.startswith(f"{tmp_path}: no manifest.json")
    code = message.partition("python -c '")[2].rpartition("'")[0]
    for name in modelset.FILES:
        (tmp_path / name).write_text("something")
    exec(code)  # what the message says works
    assert len(modelset.load(tmp_path).files) == len(modelset.FILES)


def test_a_manifest_that_lacks_a_file_is_refused(folder: Path) -> None:
    path = folder / "manifest.json"
    path.write_text(path.read_text().replace("joint.json", "other.json"))
    with pytest.raises(ModelError, match=r"manifest\.json: not a manifest of models \(it lists no joint\.json\)"):
        modelset.load(folder)


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ('"files"', '"fils"', "'files' is missing"),
        ('"sha256"', '"sha"', "'sha256' is missing"),
        ('"bytes": 32', '"bytes": "many"', "not a manifest of models (invalid literal for int()"),
        ("89.2", '"good"', "not a manifest of models (could not convert string to float"),
        ("{\n", "[", "not a manifest of models (Expecting"),
    ],
)
def test_a_wrong_manifest_is_named(folder: Path, old: str, new: str, part: str) -> None:
    path = folder / "manifest.json"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(ModelError) as raised:
        modelset.load(folder)
    assert str(raised.value).startswith(f"{path}: ")
    assert part in str(raised.value)


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff\xfe", b"null"])
def test_a_manifest_that_is_none(folder: Path, content: bytes) -> None:
    (folder / "manifest.json").write_bytes(content)
    with pytest.raises(ModelError, match=r"manifest\.json: not a manifest of models"):
        modelset.load(folder)


def test_a_digest_is_that_of_the_files_alone(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    digest = modelset.load(folder).digest
    copy = tmp_path_factory.mktemp("copies") / "copy"
    shutil.copytree(folder, copy)
    (copy / "notes.txt").write_text("other notes")
    assert modelset.write_manifest(copy, name="other").digest == digest
    (copy / "joint.json").write_text("the weightz of joint.json")
    assert modelset.write_manifest(copy, name="toy").digest != digest


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"cannot write manifest\.json"):
        modelset.write_manifest(tmp_path / "nowhere", name="toy")


def test_the_models_of_the_package_are_whole() -> None:
    embedded = modelset.verify(modelset.default_dir())
    assert sum(file.bytes for file in embedded.files) < 60e6
    scores = {(score.data, score.measure): score.value for score in embedded.scores}
    assert scores["EWT dev, words given", "LAS"] > 89.2
    for name in ("LICENSE", "MODEL_CARD.md"):
        assert "CC BY-NC-SA 4.0" in (modelset.default_dir() / name).read_text("utf-8")


def test_the_advice_for_the_models_of_the_package(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(modelset, "default_dir", lambda: folder)
    (folder / "joint.json").unlink()
    with pytest.raises(ModelError, match=r"install quote-audit again .*--models DIR\n  joint\.json: missing"):
        modelset.verify(folder)
