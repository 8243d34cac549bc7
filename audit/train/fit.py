"""Windows -> trained weights: the loop, its learning rate, and the checkpoints from which it goes on after a kill."""

import json
import math
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from audit.joint.network import Joint
from audit.train.corpus import Paragraph
from audit.train.examples import Maker, Window, batches
from audit.train.losses import loss, tensors, to
from audit.train.vary import varied


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train. The defaults made the set that comes with the package."""

    steps: int = 3_300
    area: int = 2_048  # pieces of a batch, padding included
    encoder_rate: float = 2e-4  # the highest learning rate of the encoder
    head_rate: float = 1.5e-3
    warm_up: float = 0.06  # of all steps
    decay: float = 0.01  # of the weights
    dropout: float = 0.2
    names_share: float = 0.27  # of the batches
    seed: int = 1
    every: int = 250  # steps from one checkpoint to the next


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

    The word embeddings stay as they are: they are half of all weights, and 330,000 words touch few of them.
    """
    torch.manual_seed(plan.seed)
    network.word.weight.requires_grad_(False)
    network.to(device).train()
    encoder, heads = _parts(network)
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": plan.encoder_rate}, {"params": heads, "lr": plan.head_rate}],
        weight_decay=plan.decay,
        betas=(0.9, 0.98),
        fused=True,
    )
    done = _resume(checkpoint, plan, network, optimizer)
    if done:
        say(f"going on after step {done}")
    mean, since = 0.0, time.monotonic()
    stream = _stream(maker, trees, names, plan)
    for step, windows in enumerate(stream, 1):
        if step <= done:
            continue
        if step > plan.steps:
            break
        for group, highest in zip(optimizer.param_groups, (plan.encoder_rate, plan.head_rate), strict=True):
            group["lr"] = highest * _rate(step - 1, plan)
        value = loss(network, to(device, tensors(windows)))
        value.backward()  # type: ignore[no-untyped-call]  # torch gives it no types
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        mean += (value.item() - mean) / 50 if mean else value.item()
        if step % 50 == 0:
            say(f"step {step} of {plan.steps}, loss {mean:.3f}, {(time.monotonic() - since) / 50:.2f} s a step")
            since = time.monotonic()
        if step % plan.every == 0 or step == plan.steps:
            _save(checkpoint, plan, step, network, optimizer)
    network.eval()


def _parts(network: Joint) -> tuple[list[torch.nn.Parameter], list[torch.nn.Parameter]]:
    encoder: list[torch.nn.Parameter] = []
    heads: list[torch.nn.Parameter] = []
    for name, weight in network.named_parameters():
        if weight.requires_grad:
            (encoder if name.startswith(("position", "norm", "layers")) else heads).append(weight)
    return encoder, heads


def _rate(step: int, plan: Plan) -> float:
    warm = max(1, int(plan.steps * plan.warm_up))
    if step < warm:
        return (step + 1) / warm
    return 0.5 * (1 + math.cos(math.pi * (step - warm) / max(1, plan.steps - warm)))


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


def _save(place: Path, plan: Plan, step: int, network: Joint, optimizer: torch.optim.Optimizer) -> None:
    state: dict[str, torch.Tensor] = {f"network.{name}": weight for name, weight in network.state_dict().items()}
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


def _resume(place: Path, plan: Plan, network: Joint, optimizer: torch.optim.Optimizer) -> int:
    if not place.is_file():
        return 0
    from safetensors import safe_open

    with safe_open(place, "pt") as file:
        about = file.metadata()
    if json.loads(about["plan"]) != asdict(plan):
        return 0
    state = load_file(place)
    network.load_state_dict({name[8:]: tensor for name, tensor in state.items() if name.startswith("network.")})
    record = optimizer.state_dict()
    for name, tensor in state.items():
        if name.startswith("optimizer."):
            _, number, key = name.split(".")
            record["state"].setdefault(int(number), {})[key] = tensor
    step = int(about["step"])
    optimizer.load_state_dict(record)
    torch.set_rng_state(state["random"])
    return step
