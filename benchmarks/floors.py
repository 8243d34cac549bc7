"""The values that no change may fall below, pinned in floors.json together with the texts they were measured on."""

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

ROOT = Path(__file__).parent.parent
PINNED = Path(__file__).with_name("floors.json")


class FloorError(Exception):
    """A measure has fallen below its floor; the text names each and what to do."""


@dataclass(frozen=True, slots=True)
class Floors:
    """The least `values`, 0 to 1, by measure, and the SHA-256 of every article and gold file, by path."""

    values: dict[str, float]
    truth: dict[str, str]

    @classmethod
    def read(cls, path: Path = PINNED) -> Self:
        """The floors as pinned."""
        pinned = json.loads(path.read_text(encoding="utf-8"))
        return cls(values=pinned["floors"], truth=pinned["sha256"])

    def write(self, path: Path = PINNED) -> None:
        """Pin these floors."""
        text = json.dumps({"floors": self.values, "sha256": self.truth}, indent=2)
        path.write_text(text + "\n", encoding="utf-8")

    def fallen(self, values: Mapping[str, float]) -> list[str]:
        """A line for each measure below its floor."""
        return [
            f"{name} is {values[name]:.4f}, below its floor of {floor:.3f}"
            for name, floor in self.values.items()
            if values[name] < floor
        ]


def truth(root: Path = ROOT) -> dict[str, str]:
    """The SHA-256 of the articles and the gold as they are now."""
    paths = sorted([*root.glob("seeds/*.txt"), *root.glob("seeds/gold/*.jsonl")])
    return {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def raise_floors(values: Mapping[str, float], *, path: Path = PINNED, root: Path = ROOT) -> list[str]:
    """Pin the values reached, rounded down to three places; a line for each thing that changed.

    Changed articles and gold are pinned anew, so that the change shows in review. Raises `FloorError`, and pins
    nothing, when a measure is below its floor.
    """
    old = Floors.read(path)
    if fallen := old.fallen(values):
        raise FloorError("\n".join([*fallen, "No floor was changed: floors rise and never fall."]))
    floors = {name: max(old.values.get(name, 0.0), math.floor(value * 1000) / 1000) for name, value in values.items()}
    new = Floors(floors, truth(root))
    new.write(path)
    raised = [
        f"raised {name} from {old.values.get(name, 0.0):.3f} to {floor:.3f}"
        for name, floor in floors.items()
        if floor > old.values.get(name, 0.0)
    ]
    changed = [f"pinned {name} anew" for name in new.truth | old.truth if new.truth.get(name) != old.truth.get(name)]
    return raised + changed or ["no floor rises"]
