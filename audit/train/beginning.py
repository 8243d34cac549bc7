"""A folder of models, or of a BERT -> the network that training begins with."""

import json
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor

from audit.errors import ModelError
from audit.joint import store
from audit.joint.labels import Labels, from_record
from audit.joint.network import Joint, Size, starting_from_bert

# The parts of the network with something for each label, the kinds of labels, and the dimension that they lie along.
_OF_LABELS = {
    "tag.weight": (("upos", "xpos", "feats", "edit"), 0),
    "tag.bias": (("upos", "xpos", "feats", "edit"), 0),
    "ner.weight": (("ner",), 0),
    "ner.bias": (("ner",), 0),
    "relation_each.weight": (("deprel",), 0),
    "relation_each.bias": (("deprel",), 0),
    "relation.weight": (("deprel",), 0),
}


def network(start: Path, labels: Labels, dropout: float) -> Joint:
    """As wide and deep as what is in `start`, with its weights; of other labels, those of the labels that both have.

    Raises:
        ModelError: `start` holds neither models nor a BERT.
    """
    made = Joint(_size(start, labels), dropout)
    own, bert = start / store.WEIGHTS, start / "model.safetensors"
    try:
        if own.is_file():
            before = from_record(json.loads((start / store.ABOUT).read_text("utf-8"))["labels"])
            _carry(made, load_file(own), before, labels)
        elif bert.is_file():
            starting_from_bert(made, load_file(bert))
        else:
            raise ModelError(f"{start}: neither {own.name} nor {bert.name} is there, so there is nothing to start from")
    except (OSError, KeyError, RuntimeError, ValueError, TypeError) as error:
        raise ModelError(f"{start}: not an encoder that can be started from ({error})") from error
    return made


def trained(start: Path) -> bool:
    """Whether `start` holds models, and not only an encoder to begin with."""
    return (start / store.WEIGHTS).is_file()


def vocabulary(start: Path) -> Path:
    """The vocabulary of word pieces in `start`.

    Raises:
        ModelError: there is none.
    """
    path = start / store.VOCABULARY
    if not path.is_file():
        raise ModelError(f"{path}: missing; start from a folder of models or of a BERT with its {store.VOCABULARY}")
    return path


def _size(start: Path, labels: Labels) -> Size:
    counts = {name: len(values) for name, values in labels.record().items()}
    own, bert = start / store.ABOUT, start / "config.json"
    try:
        if own.is_file():
            return Size(**{**json.loads(own.read_text("utf-8"))["size"], **counts})
        config = json.loads(bert.read_text("utf-8"))
        return Size(
            **counts,
            vocabulary=config["vocab_size"],
            width=config["hidden_size"],
            layers=config["num_hidden_layers"],
            heads=config["num_attention_heads"],
            inner=config["intermediate_size"],
            positions=config["max_position_embeddings"],
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"{start}: neither a folder of models ({own.name}) nor of a BERT ({bert.name}) to start from ({error})"
        ) from error


def _carry(made: Joint, known: dict[str, Tensor], before: Labels, now: Labels) -> None:
    with torch.no_grad():
        for name, weight in made.state_dict().items():
            if name in _OF_LABELS:
                kinds, dimension = _OF_LABELS[name]
                places, olds = _shared(before, now, kinds)
                # The weights of a label are a row, or in `relation` a block of columns.
                blocks = torch.unflatten(weight, dimension, (len(_all(now, kinds)), -1))
                old = torch.unflatten(known[name].float(), dimension, (len(_all(before, kinds)), -1))
                blocks.index_copy_(dimension, places, old.index_select(dimension, olds))
            elif name in known and known[name].shape == weight.shape:
                weight.copy_(known[name])


def _all(labels: Labels, kinds: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(kind, label) for kind in kinds for label in getattr(labels, kind)]


def _shared(before: Labels, now: Labels, kinds: tuple[str, ...]) -> tuple[Tensor, Tensor]:
    """The numbers, now and before, of the labels that are in both."""
    old = {label: number for number, label in enumerate(_all(before, kinds))}
    pairs = [(number, old[label]) for number, label in enumerate(_all(now, kinds)) if label in old]
    return torch.tensor([new for new, _ in pairs]), torch.tensor([number for _, number in pairs])
