"""The encoder's matrix products in 8-bit integers: about twice as fast as in float32 on a processor without an
accelerator, and a quarter of the memory.

Inputs are rounded to 7 bits of a range that was measured in training. It does not depend on what else is in a batch,
so that a paragraph is parsed alike alone and among a thousand; 7, because products of 8 by 8 bits overflow the 16-bit
sums of processors that lack VNNI. Weights are rounded to 8 bits of each output's own range. A few features of a
transformer are ten times as large as all others, and would have all but a few bits to themselves; so before they are
rounded, features are scaled down and their weights up (SmoothQuant: Xiao et al., 2023,
https://arxiv.org/abs/2211.10438).
"""

import warnings
from collections.abc import Iterable, Mapping

import torch
from torch import Tensor, nn

from audit.joint.network import Batch, Joint

_LEVELS = 127
_PRODUCT = "linear_with_input_q_dq_qweight_dq_output_fp32"

# On EWT dev the encoder's output moves by 0.21 of its size with the whole range and no scaling, by 0.13 with 99.99 % of
# the range, and with scaling as well by 0.15, 0.10 and 0.07 at strengths of 0.3, 0.5 and 0.7.
_STRENGTH = 0.7
_WITHIN = 0.9999  # of all values lie in the range
_LARGE = 0.999  # of a feature's values are below what it is scaled by
_SAMPLE = 7  # every how many-th word piece is looked at
_WIDE = 128  # outputs; narrower layers take no time

Roundings = Mapping[str, Tensor]
"""For each linear layer, by name: its lowest and highest input, then what each feature is divided by before."""


class Int8Linear(nn.Module):
    """A linear layer that rounds its inputs; twice their range still fits, what is beyond is cut off."""

    def __init__(self, linear: nn.Linear, rounding: Tensor) -> None:
        super().__init__()
        low, high = float(rounding[0]), float(rounding[1])
        self.shrink = 1 / rounding[2:]
        weight = linear.weight.detach() * rounding[2:]
        scales = weight.abs().amax(1).clamp(min=1e-8) / _LEVELS
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of torch's, that its quantized tensors will move
            rounded = torch.quantize_per_channel(weight, scales, torch.zeros_like(scales).long(), 0, torch.qint8)
            bias = None if linear.bias is None else linear.bias.detach()
            self.packed = torch.ops.quantized.linear_prepack(rounded, bias)
        self.scale = (high - low) / _LEVELS
        self.zero = round(-low / self.scale)

    def forward(self, x: Tensor) -> Tensor:
        return getattr(torch.ops.quantized, _PRODUCT)(x * self.shrink, self.scale, self.zero, self.packed)


def supported() -> bool:
    """Whether this torch on this processor multiplies 8-bit integers, and faster than floats."""
    return torch.backends.quantized.engine in ("x86", "fbgemm") and hasattr(torch.ops.quantized, _PRODUCT)


def apply(network: Joint, roundings: Roundings) -> None:
    """Replace those linear layers of `network` that `roundings` names."""
    for name, rounding in roundings.items():
        place, _, own = name.rpartition(".")
        parent = network.get_submodule(place)
        setattr(parent, own, Int8Linear(getattr(parent, own), rounding))


def measured(network: Joint, batches: Iterable[Batch]) -> dict[str, Tensor]:
    """How to round the inputs of the linear layers that take most of the time, seen when the network reads `batches`,
    some 50,000 words.

    The heads are shown all pieces instead of words, which are means of two of them.
    """
    inputs: dict[str, list[Tensor]] = {}
    hooks = []
    linears = {
        name: one for name, one in network.named_modules() if isinstance(one, nn.Linear) and one.out_features >= _WIDE
    }
    for name, linear in linears.items():

        def note(_: nn.Module, given: tuple[Tensor, ...], *, name: str = name) -> None:
            inputs.setdefault(name, []).append(given[0].flatten(0, -2)[::_SAMPLE].half())

        hooks.append(linear.register_forward_pre_hook(note))
    try:
        with torch.inference_mode():
            for batch in batches:
                pieces = network.encode(batch)
                pieces = pieces.flatten(0, 1) if batch.mask is None else pieces[batch.mask]
                network.tags(pieces)
                network.names(pieces)
                network.relation(network.parts(pieces)[2])
    finally:
        for hook in hooks:
            hook.remove()
    return {name: _rounding(linear, torch.cat(inputs.pop(name)).float()) for name, linear in linears.items()}


def _rounding(linear: nn.Linear, inputs: Tensor) -> Tensor:
    large = inputs.abs().sort(0).values[int(_LARGE * (len(inputs) - 1))].clamp(min=1e-3)
    weights = linear.weight.detach().abs().amax(0).clamp(min=1e-3)
    smooth = large**_STRENGTH / weights ** (1 - _STRENGTH)
    smooth = smooth / smooth.mean()
    values = (inputs / smooth).flatten().sort().values
    last = len(values) - 1
    low, high = values[int((1 - _WITHIN) * last)], values[int(_WITHIN * last)]
    return torch.cat([low.clamp(max=0)[None], high.clamp(min=1e-3)[None], smooth])
