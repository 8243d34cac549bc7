"""What the benchmarks measured, kept one file a run, and which of it has become slower.

A figure is judged by its ratio to the reference workload timed just before and after it, so that a slower or busier
machine does not count. It has become slower when its ratio has grown by more than LIMIT, and by more than the spread:
the quickest quarter of the new times is then still slower than the slowest quarter of the old ones.
"""

import json
import statistics
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

FOLDER = Path(__file__).with_name("history")
LIMIT = 1.15
PEER = "peer: "  # how the names of other programs begin, which are measured and not judged
_SAME = ("articles", "reference", "cores")  # without these in common two runs say nothing about each other


class HistoryError(Exception):
    """A run cannot be read; the text names the file and what to do."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One benchmark in one run; times are seconds, and all ratios are to the reference workload."""

    name: str
    size: int  # articles, or words where the name says so; 0 when it reads none
    words: int
    seconds: float  # median
    fast: float  # first quartile
    slow: float  # third quartile
    rounds: int
    reference: float
    low: float  # ratio of `fast` to the slower reference
    high: float  # ratio of `slow` to the quicker reference
    memory: float  # MB, at the peak
    accuracy: Mapping[str, float] = field(default_factory=dict)  # by measure, 0 to 1; peers only

    @property
    def ratio(self) -> float:
        return self.seconds / self.reference

    @property
    def key(self) -> str:
        """What is the same benchmark in another run."""
        return f"{self.name} {self.size}" if self.size else self.name

    @classmethod
    def of(cls, benchmark: Mapping[str, Any]) -> Self:
        """The figure in what pytest-benchmark writes of one benchmark."""
        info, stats = benchmark["extra_info"], benchmark["stats"]
        before, after = info["reference"]
        return cls(
            info["name"],
            info["size"],
            info["words"],
            stats["median"],
            stats["q1"],
            stats["q3"],
            stats["rounds"],
            statistics.mean((before, after)),
            stats["q1"] / max(before, after),
            stats["q3"] / min(before, after),
            info["memory"],
            info.get("accuracy", {}),
        )


@dataclass(frozen=True, slots=True)
class Run:
    """All figures of one run, by key; `setting` is what they were measured on and with."""

    date: str  # "2026-05-04T10:20:30Z"
    commit: str  # short; "+" at its end when files had changed since
    setting: Mapping[str, str]
    figures: Mapping[str, Figure]
    slower: tuple[str, ...] = ()  # keys that had become slower: the run is then no measure for the next

    def comparable(self, other: "Run") -> bool:
        """Whether both were measured on the same articles, reference workload and number of cores."""
        return all(self.setting[name] == other.setting[name] for name in _SAME)


@dataclass(frozen=True, slots=True)
class Change:
    """A benchmark in two runs."""

    old: Figure
    new: Figure

    @property
    def factor(self) -> float:
        """How many times the old ratio the new one is: above 1 is slower."""
        return self.new.ratio / self.old.ratio

    @property
    def regressed(self) -> bool:
        return self.factor > LIMIT and self.new.low > self.old.high and not self.new.name.startswith(PEER)


def changes(old: Run, new: Run) -> list[Change]:
    """The benchmarks that both runs have, in the order of the new one."""
    return [Change(old.figures[key], figure) for key, figure in new.figures.items() if key in old.figures]


def better(one: Iterable[Figure], other: Mapping[str, Figure]) -> dict[str, Figure]:
    """By key, each figure of `one`, or that of `other` where its ratio is lower."""
    return {figure.key: min(figure, other.get(figure.key, figure), key=lambda some: some.ratio) for figure in one}


def base(runs: Iterable[Run], run: Run) -> Run | None:
    """The last of `runs`, which are in order, that `run` is to be held against."""
    fit = [other for other in runs if run.comparable(other) and not other.slower]
    return fit[-1] if fit else None


def read(folder: Path = FOLDER) -> list[Run]:
    """All runs, the oldest first.

    Raises:
        HistoryError: a file is damaged.
    """
    runs = []
    for path in sorted(folder.glob("*.json")):
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
            figures = [Figure(**figure) for figure in record.pop("figures")]
            slower = tuple(record.pop("slower"))
            run = Run(**record, figures={figure.key: figure for figure in figures}, slower=slower)
        except (ValueError, TypeError, KeyError, OSError) as error:
            raise HistoryError(f"{path}: not a run of the benchmarks ({error}); delete it") from error
        runs.append(run)
    return sorted(runs, key=lambda run: run.date)


def write(run: Run, folder: Path = FOLDER) -> Path:
    """The file that now holds `run`, named by its date and commit."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{run.date.replace(':', '').replace('-', '')}-{run.commit.replace('+', '-changed')}.json"
    record = asdict(run) | {"figures": [asdict(figure) for figure in run.figures.values()]}
    path.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    return path
