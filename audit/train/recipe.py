"""Folders of annotated text -> a folder of models: weights, labels, vocabulary, scores, card, manifest.

Data are divided by name. Of treebanks, files that end in ``train.conllu`` are learnt from and those that end in
``dev.conllu`` are scored on; others, those named test above all, are not opened. Of articles with names one in ten is
scored on and one in ten is left alone, chosen by the hash of the file's name.
"""

import hashlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import torch

from audit import modelset
from audit.errors import InputError
from audit.joint import int8, pieces, store
from audit.joint.network import Batch
from audit.joint.predict import Reader
from audit.train import beginning, card, corpus, examples, score
from audit.train.corpus import Paragraph
from audit.train.fit import Plan, fit
from audit.train.losses import tensors

_CHECKPOINT = "checkpoint-{}.safetensors"  # with the number of the branch
_SAMPLE = 2_000  # sentences from which the ranges for 8-bit integers are measured


def train(
    treebanks: Path,
    output: Path,
    *,
    articles: Path | None,
    start: Path,
    plan: Plan,
    name: str,
    say: Callable[[str], None],
    branches: int = 1,
    threads: int | None = None,
) -> modelset.ModelSet:
    """Train a model set into `output`; called again after a kill, go on from the last checkpoint there.

    Args:
        treebanks: a folder of CoNLL-U files.
        articles: a folder of articles with their names, as TSV; without it the set finds no names.
        start: what the encoder starts from: a folder of models, or of a BERT (``model.safetensors``,
            ``tokenizer.json``).
        branches: how often to train from there, with seeds from that of `plan` on; the set is the mean of what comes
            of it (Wortsman et al., 2022, https://arxiv.org/abs/2203.05482).
        threads: how many torch may use from now on in this process; None leaves it as it is.

    Raises:
        InputError: of treebanks or articles there are none, or one cannot be read.
        ModelError: `start` is neither, or `output` cannot be written.
    """
    if threads:
        torch.set_num_threads(threads)
    trees, tree_files = _treebanks(treebanks, "train")
    held_out = {path.name: corpus.treebank(path) for path in sorted(treebanks.rglob("*dev.conllu"))}
    learnt, checked = _articles(articles) if articles else ([], [])
    vocabulary = pieces.load(beginning.vocabulary(start))
    labels = examples.collect(trees, learnt)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    words = sum(len(sentence) for paragraph in trees for sentence in paragraph)
    say(f"{words:,} words of trees, {len(learnt)} articles with names; on {device}")
    output.mkdir(parents=True, exist_ok=True)
    maker = examples.Maker(labels, vocabulary)
    mean: dict[str, torch.Tensor] = {}
    for number in range(branches):
        if branches > 1:
            say(f"branch {number + 1} of {branches}")
        torch.manual_seed(plan.seed)
        network = beginning.network(start, labels, plan.dropout)
        own = replace(plan, seed=plan.seed + number)
        fit(network, maker, trees, learnt, own, checkpoint=output / _CHECKPOINT.format(number), device=device, say=say)
        network.to("cpu").eval()
        for part, weight in network.state_dict().items():
            mean[part] = mean[part].lerp(weight, 1 / (number + 1)) if number else weight
    network.load_state_dict(mean)
    store.save(output, network, labels, int8.measured(network, _sample(maker, trees)))
    shutil.copyfile(beginning.vocabulary(start), output / store.VOCABULARY)
    (output / modelset.INDEX).write_text("{}\n", "utf-8")
    say("scoring")
    scores = _scores(store.load(output), held_out, checked)
    data = [modelset.Corpus(path.name, "see its source", "trees") for path in tree_files]
    if articles:
        data.append(modelset.Corpus(f"{articles.name}, {len(learnt)} articles", "see its source", "names"))
    (output / card.FILE).write_text(
        card.render(name, scores, data, asdict(plan) | {"branches": branches}, start.name), "utf-8"
    )
    for number in range(branches):
        (output / _CHECKPOINT.format(number)).unlink(missing_ok=True)
    return modelset.write_manifest(output, name=name, licence="see MODEL_CARD.md", scores=scores, data=data)


def _treebanks(folder: Path, part: str) -> tuple[list[Paragraph], list[Path]]:
    files = sorted(folder.rglob(f"*{part}.conllu"))
    if not files:
        raise InputError(f"{folder}: no treebank to train on; give a folder with files that end in {part}.conllu")
    return [paragraph for path in files for paragraph in corpus.treebank(path)], files


def _articles(folder: Path) -> tuple[list[Paragraph], list[Paragraph]]:
    """Those to learn from and those to score on."""
    files = sorted(folder.rglob("*.tsv"))
    if not files:
        raise InputError(f"{folder}: no articles with names; give a folder with files that end in .tsv")
    parts: dict[int, list[Paragraph]] = {}
    for path in files:
        tenth = int(hashlib.sha256(path.name.encode()).hexdigest(), 16) % 10
        if tenth:
            parts.setdefault(min(tenth, 2), []).extend(corpus.names(path))
    return parts.get(2, []), parts.get(1, [])


def _sample(maker: examples.Maker, trees: Sequence[Paragraph]) -> Iterator[Batch]:
    step = max(1, sum(map(len, trees)) // _SAMPLE)
    sentences = [sentence for paragraph in trees for sentence in paragraph][::step]
    for windows in examples.batches([maker.window([sentence]) for sentence in sentences], area=4_096):
        yield tensors(windows).batch


def _scores(reader: Reader, held_out: dict[str, list[Paragraph]], checked: Sequence[Paragraph]) -> list[modelset.Score]:
    found: list[modelset.Score] = []
    for name, paragraphs in held_out.items():
        given = score.on_words(reader, paragraphs)
        found += (modelset.Score(f"{name}, words given", measure, round(value, 1)) for measure, value in given.items())
        raw = score.on_text(reader, paragraphs)
        found += (modelset.Score(f"{name}, from raw text", measure, round(value, 1)) for measure, value in raw.items())
    if checked:
        f1 = score.on_names(reader, checked)
        found.append(modelset.Score(f"{len(checked)} articles held out", "names F1", round(f1, 1)))
    return found
