"""A trained network <-> its files.

``joint.safetensors`` holds the weights in float16 and how to round to 8-bit integers, ``joint.json`` the network's size
and the labels, ``tokenizer.json`` the encoder's vocabulary. None of them can hold a program.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from safetensors.torch import load_file, save_file
from torch.nn import init
from torch.overrides import TorchFunctionMode

from audit.joint import int8, labels, names, pieces
from audit.joint.network import Joint, Size
from audit.joint.predict import Reader

WEIGHTS = "joint.safetensors"
ABOUT = "joint.json"
VOCABULARY = "tokenizer.json"
_ROUNDING = "rounding."  # before the name of a layer
_DRAWS = frozenset({init.kaiming_uniform_, init.normal_, init.uniform_})


def save(folder: Path, network: Joint, own: labels.Labels, roundings: int8.Roundings) -> None:
    """Write weights and labels of a network in float32; the vocabulary is copied by whoever has it."""
    tensors = {name: weight.half() for name, weight in network.state_dict().items()}
    tensors |= {f"{_ROUNDING}{name}": rounding for name, rounding in roundings.items()}
    save_file({name: tensor.detach().cpu().contiguous() for name, tensor in tensors.items()}, folder / WEIGHTS)
    about = {"size": network.size.record(), "labels": own.record()}
    (folder / ABOUT).write_text(json.dumps(about, ensure_ascii=False) + "\n", "utf-8")


class _Unfilled(TorchFunctionMode):
    """Makes layers without the random weights that training starts from, which a file of weights replaces: to draw them
    takes 0.07 s of the 0.24 that loading takes."""

    def __torch_function__(
        self, func: Callable[..., Any], types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        return None if func in _DRAWS else func(*args, **(kwargs or {}))


def load(folder: Path, *, exact: bool = False) -> Reader:
    """The network in `folder`, ready to read.

    Args:
        exact: in float32 throughout, also where the processor could multiply 8-bit integers.

    Raises:
        Exception: of whatever type the library that reads a file has for one that it cannot read.
    """
    about = json.loads((folder / ABOUT).read_text("utf-8"))
    with _Unfilled():  # on the device "meta" it takes 2 s more: torch then loads its compiler
        network = Joint(Size(**about["size"]))
    tensors = load_file(folder / WEIGHTS)
    roundings = {
        name.removeprefix(_ROUNDING): tensors.pop(name) for name in list(tensors) if name.startswith(_ROUNDING)
    }
    network.load_state_dict({name: weight.float() for name, weight in tensors.items()}, assign=True)
    network.requires_grad_(False).eval()
    if not exact and int8.supported():
        int8.apply(network, roundings)
    own = labels.from_record(about["labels"])
    return Reader(network, own, pieces.load(folder / VOCABULARY), names.follows(own.ner))
