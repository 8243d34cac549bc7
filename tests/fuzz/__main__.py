"""python -m tests.fuzz: run the readers on mutated samples and generated articles, and keep what breaks them."""

import argparse
import hashlib
import sys
import time
from pathlib import Path

from audit.readers import FORMATS
from audit.report.cells import grid
from tests.fuzz import child, mutations, samples

_NEW = 5  # of so many inputs one comes from no sample


def main() -> int:
    """Print a table of the readers; 1 when something was found."""
    names = [format.name for format in FORMATS]
    parser = argparse.ArgumentParser("python -m tests.fuzz", description=__doc__)
    parser.add_argument("--reader", action="append", choices=names, help="may be given more than once; default: all")
    parser.add_argument("--inputs", type=int, default=2_000, metavar="N", help="for each reader; default: %(default)s")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="the same seed gives the same inputs")
    parser.add_argument("--seconds", type=float, default=600, metavar="S", help="for each reader at most")
    parser.add_argument("--crashers", type=Path, default=samples.CRASHERS, metavar="DIR", help="where to keep finds")
    args = parser.parse_args()
    rows = []
    found = 0
    for name in args.reader or names:
        rows.append(_row(name, args))
        print(*rows[-1], sep=" | ", file=sys.stderr, flush=True)
        found += int(rows[-1][-1])
    headers = ["reader", "inputs", "seconds", "slowest", "refused", "found"]
    print(grid(rows, headers, numbers=headers[1:]))
    return min(found, 1)


def _row(reader: str, args: argparse.Namespace) -> list[str]:
    own = samples.of(reader)
    tokens = mutations.TOKENS.get(reader, mutations.MARKUP)
    suffix = next(format for format in FORMATS if format.name == reader).suffixes[0]
    name = f"fuzz{suffix}"

    def make(number: int) -> tuple[str, bytes]:
        if not own or number % _NEW == 0:
            return name, mutations.generated(tokens, seed=args.seed, number=number)
        return name, mutations.mutated(list(own.values()), tokens, seed=args.seed, number=number)

    begun = time.monotonic()
    tally = child.run(make, inputs=args.inputs, seconds=args.seconds)
    seconds = time.monotonic() - begun
    for number, wrong in tally.found.items():
        data = make(number)[1]
        path = args.crashers / f"{hashlib.sha256(data).hexdigest()[:12]}{suffix}"
        path.write_bytes(data)
        print(f"{path}: {reader}, input {number} of seed {args.seed}: {wrong}", file=sys.stderr)
    slowest = f"{tally.slowest:.2f}"
    return [reader, f"{tally.inputs}", f"{seconds:.0f}", slowest, f"{tally.refused}", f"{len(tally.found)}"]


if __name__ == "__main__":
    sys.exit(main())
