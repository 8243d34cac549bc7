"""Training from end to end, on a treebank of three sentences and an encoder of one small layer."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from audit import modelset, parse
from audit.errors import InputError, ModelError
from audit.ingest import article
from audit.joint import predict, store
from audit.train import recipe
from audit.train.fit import Plan
from tests.test_corpus import TREES

PLAN = Plan(steps=160, area=64, every=20, encoder_rate=3e-3, head_rate=3e-2, dropout=0.0, names_share=0.3, hidden=0.0)
WORDS = "do n ' t go . she left the house who ann lee lives in rome and works there".split()


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpora")
    (folder / "x-train.conllu").write_text(TREES, "utf-8")
    (folder / "x-dev.conllu").write_text(TREES, "utf-8")
    (folder / "x-test.conllu").write_text("never read\n", "utf-8")
    (folder / "names").mkdir()
    rows = "Ann\tB-Person\nLee\tI-Person\nlives\tO\nin\tO\nRome\tB-Location\n.\tO\n"
    for number in range(30):
        (folder / "names" / f"{number}.tsv").write_text(rows, "utf-8")
    return folder


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("encoder")
    vocabulary = {piece: number for number, piece in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *WORDS])}
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = BertNormalizer()
    tokenizer.pre_tokenizer = BertPreTokenizer()
    tokenizer.save(str(folder / "tokenizer.json"))
    config = {
        "vocab_size": len(vocabulary), "hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2,
        "intermediate_size": 64, "max_position_embeddings": 300,
    }  # fmt: skip
    (folder / "config.json").write_text(json.dumps(config), "utf-8")
    torch.manual_seed(1)
    shapes = {
        "embeddings.word_embeddings.weight": (len(vocabulary), 32),
        "embeddings.position_embeddings.weight": (300, 32),
        "embeddings.token_type_embeddings.weight": (2, 32),
        "embeddings.LayerNorm.weight": (32,),
        "embeddings.LayerNorm.bias": (32,),
    }
    place = "encoder.layer.0"
    for part, size, inner in (
        ("attention.self.query", 32, 32), ("attention.self.key", 32, 32), ("attention.self.value", 32, 32),
        ("attention.output.dense", 32, 32), ("intermediate.dense", 64, 32), ("output.dense", 32, 64),
    ):  # fmt: skip
        shapes |= {f"{place}.{part}.weight": (size, inner), f"{place}.{part}.bias": (size,)}
    for part in ("attention.output", "output"):
        shapes |= {f"{place}.{part}.LayerNorm.weight": (32,), f"{place}.{part}.LayerNorm.bias": (32,)}
    weights = {name: torch.randn(shape) * 0.3 for name, shape in shapes.items()}
    save_file(weights, folder / "model.safetensors")
    return folder


def trained(
    corpora: Path, encoder: Path, output: Path, said: list[str], plan: Plan = PLAN, *, branches: int = 1
) -> modelset.ModelSet:
    names = corpora / "names"
    return recipe.train(
        corpora, output, articles=names, start=encoder, plan=plan, name="Tiny", say=said.append, branches=branches
    )


@pytest.fixture(scope="module")
def tiny(corpora: Path, encoder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models") / "tiny"
    trained(corpora, encoder, folder, [])
    return folder


def test_a_set_is_trained_that_parses_what_it_learnt(tiny: Path) -> None:
    models = modelset.verify(tiny)
    assert models.name == "Tiny"
    scores = {(score.data, score.measure): score.value for score in models.scores}
    assert scores["x-dev.conllu, words given", "LAS"] > 90
    assert scores["x-dev.conllu, from raw text", "Words"] > 90
    assert {corpus.name for corpus in models.data} >= {"x-train.conllu"}
    assert "# Tiny" in (tiny / "MODEL_CARD.md").read_text("utf-8")
    assert not list(tiny.glob("checkpoint*"))
    (found,) = parse.parse(parse.load(tiny), [article("a", "Don't go. She left the house.")])
    assert [word.upos for word in found.sentences[-1].words] == ["PRON", "VERB", "DET", "NOUN", "PUNCT"]


def test_the_same_seed_trains_the_same_set(corpora: Path, encoder: Path, tiny: Path, tmp_path: Path) -> None:
    again = trained(corpora, encoder, tmp_path / "again", [])
    assert again.digest == modelset.load(tiny).digest


def test_training_goes_on_after_a_kill(
    corpora: Path, encoder: Path, tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from audit.train import fit

    output = tmp_path / "killed"
    save = fit._save

    def save_and_die(place: Path, plan: Plan, step: int, *rest: Any) -> None:
        save(place, plan, step, *rest)
        if step == 40:
            raise KeyboardInterrupt

    monkeypatch.setattr(fit, "_save", save_and_die)
    with pytest.raises(KeyboardInterrupt):
        trained(corpora, encoder, output, [])
    monkeypatch.undo()
    said: list[str] = []
    resumed = trained(corpora, encoder, output, said)
    assert "going on after step 40" in said
    assert resumed.digest == modelset.load(tiny).digest


def test_a_set_is_trained_on_from_another(corpora: Path, tiny: Path, tmp_path: Path) -> None:
    found = trained(corpora, tiny, tmp_path / "on", [], Plan(steps=2, area=64))
    scores = {(score.data, score.measure): score.value for score in found.scores}
    assert scores["x-dev.conllu, words given", "UPOS"] > 50  # after two steps: it began with what it knew


def test_what_is_learnt_is_blended_with_what_was_known(corpora: Path, tiny: Path, tmp_path: Path) -> None:
    plan = Plan(steps=2, area=64, blend=0.0)
    trained(corpora, tiny, tmp_path / "none", [], plan)
    trained(corpora, tiny, tmp_path / "half", [], replace(plan, blend=0.5))
    trained(corpora, tiny, tmp_path / "all", [], replace(plan, blend=1.0))
    folders = [tiny, *(tmp_path / name for name in ("none", "half", "all"))]
    before, none, half, all_ = (load_file(folder / store.WEIGHTS)["layers.0.up.weight"].float() for folder in folders)
    assert torch.equal(none, before)
    assert torch.allclose(half, (before + all_) / 2, atol=1e-3)
    assert not torch.allclose(all_, before, atol=1e-5)


def test_the_mean_of_branches_is_taken(corpora: Path, tiny: Path, tmp_path: Path) -> None:
    plan = Plan(steps=6, area=64, seed=5, encoder_rate=1e-2)
    folders = [tmp_path / name for name in ("first", "second", "both")]
    said: list[str] = []
    trained(corpora, tiny, folders[0], [], plan)
    trained(corpora, tiny, folders[1], [], replace(plan, seed=6))
    trained(corpora, tiny, folders[2], said, plan, branches=2)
    first, second, both = (load_file(folder / store.WEIGHTS)["layers.0.up.weight"].float() for folder in folders)
    assert (first - second).abs().max() > 5e-3
    assert torch.allclose(both, (first + second) / 2, atol=1e-3)
    assert "branch 2 of 2" in said
    assert not list(folders[2].glob("checkpoint*"))


def test_what_is_missing_is_named(corpora: Path, encoder: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no treebank to train on"):
        trained(tmp_path, encoder, tmp_path / "out", [])
    with pytest.raises(ModelError, match=r"tokenizer\.json: missing"):
        trained(corpora, tmp_path, tmp_path / "out", [])


def test_a_paragraph_is_read_alike_alone_and_among_others(tiny: Path) -> None:
    reader = store.load(tiny)
    texts = ["She left the house.", "Who?", "Ann Lee lives in Rome. She works there and she left. " * 9]
    together = predict.read(reader, texts)
    assert together == [predict.read(reader, [text])[0] for text in texts]
