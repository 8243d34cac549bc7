"""Windows -> trained weights: the loop, its learning rate, and the checkpoints from which it goes on after a kill."""

import json
import math
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch.nn.attention import SDPBackend, sdpa_kernel

from audit.joint.network import Joint
from audit.train.corpus import Paragraph
from audit.train.examples import Maker, Window, batches
from audit.train.losses import Tensors, loss, tensors, to
from audit.train.vary import varied


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train; the defaults are for an encoder that has learnt none of this."""

    steps: int = 5_000
    area: int = 2_048  # pieces of a batch, padding included
    encoder_rate: float = 2e-4  # the highest learning rate of the encoder
    head_rate: float = 1.5e-3
    word_rate: float = 5e-5  # of the word embeddings
    warm_up: float = 0.06  # of all steps
    fall: float = 1.0  # of the way down that the rate goes afterwards, along a cosine
    decay: float = 0.01  # of the weights
    dropout: float = 0.25
    names_share: float = 0.13  # of the batches
    hidden: float = 0.12  # of the pieces, so that a word is also known by its context (Kondratyuk and Straka, 2019)
    average: float = 0.998  # what remains at each step of the running mean of the weights, which is what is kept
    blend: float = 1.0  # how much of what is kept is learnt; the rest is the weights that training started from
    seed: int = 1
    every: int = 250  # steps from one checkpoint to the next


FURTHER = Plan(steps=1_250, encoder_rate=1.6e-4, head_rate=1.2e-3, warm_up=0.29, fall=0.16, blend=0.5)
"""For a set that has learnt all of this: away from it at a high rate, and back to the middle of the way (Wortsman et
al., 2022, https://arxiv.org/abs/2109.01903). LAS on EWT dev: 90.6 before, 90.7 at the end of the way, 90.8 in its
middle."""


def fit(
    network: Joint,
    maker: Maker,
    trees: list[Paragraph],
    names: list[Paragraph],
    plan: Plan,
    *,
    checkpoint: Path,
    device: torch.device,
    say: Callable[[str], None],
) -> None:
    """Train `network` in place; goes on from `checkpoint` when there is one of the same plan.

    What it ends with is the running mean of the weights (Polyak and Juditsky, 1992), blended with those that it began
    with. Where the processor can multiply in bfloat16 it does. Word embeddings learn slowly and do not decay: 330,000
    words touch few of them.
    """
    torch.manual_seed(plan.seed)
    network.to(device).train()
    start = {name: weight.detach().clone() for name, weight in network.named_parameters()} if plan.blend < 1 else {}
    encoder, heads = _parts(network)
    rates = (plan.encoder_rate, plan.head_rate, plan.word_rate)
    optimizer = torch.optim.AdamW(
        [
            {"params": encoder, "lr": plan.encoder_rate},
            {"params": heads, "lr": plan.head_rate},
            {"params": [network.word.weight], "lr": plan.word_rate, "weight_decay": 0.0},
        ],
        weight_decay=plan.decay,
        betas=(0.9, 0.98),
        fused=True,
    )
    means = {name: weight.detach().clone() for name, weight in network.named_parameters()}
    done = _resume(checkpoint, plan, network, optimizer, means)
    if done:
        say(f"going on after step {done}")
    recent, since = 0.0, time.monotonic()
    unseen = maker.pieces.unseen
    stream = _stream(maker, trees, names, plan)
    for step, windows in enumerate(stream, 1):
        if step <= done:
            continue
        if step > plan.steps:
            break
        for group, highest in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = highest * _rate(step - 1, plan)
        with _fast(device):
            value = loss(network, _hidden(to(device, tensors(windows)), unseen, plan.hidden))
        value.backward()  # type: ignore[no-untyped-call]  # torch gives it no types
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        _average(means, network, min(plan.average, step / (step + 10)))
        recent += (value.item() - recent) / 50 if recent else value.item()
        if step % 50 == 0:
            say(f"step {step} of {plan.steps}, loss {recent:.3f}, {(time.monotonic() - since) / 50:.2f} s a step")
            since = time.monotonic()
        if step % plan.every == 0 or step == plan.steps:
            _save(checkpoint, plan, step, network, optimizer, means)
    for name, weight in start.items():
        means[name] = weight.lerp(means[name], plan.blend)
    network.load_state_dict(means)
    network.eval()


@contextmanager
def _fast(device: torch.device) -> Iterator[None]:
    """Matrix products in bfloat16 where the processor has them; on a CPU, attention without torch's fused kernel.

    On 2 cores with AVX512-BF16 a step of 2,048 pieces takes 1.07 s as it is, 0.77 s with bfloat16, and 0.60 s with
    both: the fused kernel's way back is slower than the products and the softmax that it replaces.
    """
    found: dict[str, object] = getattr(torch.cpu, "get_capabilities", dict)()
    half = device.type == "cuda" or found.get("avx512_bf16") or found.get("amx_bf16")
    with torch.autocast(device.type, torch.bfloat16, enabled=bool(half)):
        if device.type == "cpu":
            with sdpa_kernel(SDPBackend.MATH):
                yield
        else:
            yield


def _hidden(inputs: Tensors, unseen: int, share: float) -> Tensors:
    ids = inputs.batch.ids
    drawn = torch.rand(ids.shape, device=ids.device) < share
    return inputs._replace(batch=inputs.batch._replace(ids=ids.masked_fill(drawn, unseen)))


def _average(means: dict[str, torch.Tensor], network: Joint, remains: float) -> None:
    with torch.no_grad():
        weights = dict(network.named_parameters())
        torch._foreach_lerp_([means[name] for name in weights], list(weights.values()), 1 - remains)


def _parts(network: Joint) -> tuple[list[torch.nn.Parameter], list[torch.nn.Parameter]]:
    encoder: list[torch.nn.Parameter] = []
    heads: list[torch.nn.Parameter] = []
    for name, weight in network.named_parameters():
        if name != "word.weight":
            (encoder if name.startswith(("position", "norm", "layers")) else heads).append(weight)
    return encoder, heads


def _rate(step: int, plan: Plan) -> float:
    warm = max(1, int(plan.steps * plan.warm_up))
    if step < warm:
        return (step + 1) / warm
    return 0.5 * (1 + math.cos(math.pi * plan.fall * (step - warm) / max(1, plan.steps - warm)))


def _stream(maker: Maker, trees: list[Paragraph], names: list[Paragraph], plan: Plan) -> Iterator[list[Window]]:
    """Batches without end: trees and names, each in epochs of its own, drawn as `plan` says."""
    chance = random.Random(plan.seed)
    sources = {"trees": _epochs(maker, trees, plan, 1)} | ({"names": _epochs(maker, names, plan, 2)} if names else {})
    while True:
        kind = "names" if names and chance.random() < plan.names_share else "trees"
        yield next(sources[kind])


def _epochs(maker: Maker, paragraphs: list[Paragraph], plan: Plan, salt: int) -> Iterator[list[Window]]:
    chance = random.Random(plan.seed * 1_000 + salt)
    while True:
        windows = [window for paragraph in paragraphs for window in maker.windows(varied(paragraph, chance), chance)]
        yield from batches(windows, area=plan.area, chance=chance)


def _save(
    place: Path,
    plan: Plan,
    step: int,
    network: Joint,
    optimizer: torch.optim.Optimizer,
    means: dict[str, torch.Tensor],
) -> None:
    state: dict[str, torch.Tensor] = {f"network.{name}": weight for name, weight in network.state_dict().items()}
    state |= {f"mean.{name}": weight for name, weight in means.items()}
    for number, values in optimizer.state_dict()["state"].items():
        state |= {f"optimizer.{number}.{name}": torch.as_tensor(value) for name, value in values.items()}
    state["random"] = torch.get_rng_state()
    place.parent.mkdir(parents=True, exist_ok=True)
    temporary = place.with_suffix(".tmp")
    save_file(
        {name: tensor.detach().cpu().contiguous() for name, tensor in state.items()},
        temporary,
        {"step": str(step), "plan": json.dumps(asdict(plan))},
    )
    temporary.replace(place)


def _resume(
    place: Path, plan: Plan, network: Joint, optimizer: torch.optim.Optimizer, means: dict[str, torch.Tensor]
) -> int:
    if not place.is_file():
        return 0
    from safetensors import safe_open

    with safe_open(place, "pt") as file:
        about = file.metadata()
    if json.loads(about["plan"]) != asdict(plan):
        return 0
    state = load_file(place)
    network.load_state_dict({name[8:]: tensor for name, tensor in state.items() if name.startswith("network.")})
    for name, weight in means.items():
        weight.copy_(state[f"mean.{name}"])
    record = optimizer.state_dict()
    for name, tensor in state.items():
        if name.startswith("optimizer."):
            _, number, key = name.split(".")
            record["state"].setdefault(int(number), {})[key] = tensor
    step = int(about["step"])
    optimizer.load_state_dict(record)
    torch.set_rng_state(state["random"])
    return step
