"""Times other programs that find quotations beside ours, on the same texts, with the accuracy of each: ``PEERS=1``."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from audit import parse
from benchmarks import articles, peers, score
from benchmarks.conftest import Measure
from benchmarks.floors import ROOT
from benchmarks.history import PEER


@pytest.fixture
def peer(request: pytest.FixtureRequest) -> peers.Peer:
    """The program that the test is about; the test is skipped, with the reason, where it is not installed."""
    option = request.config.getoption
    try:
        match request.param:
            case "textacy":
                return peers.textacy(option("--spacy-model"))
            case "GenderGapTracker":
                return peers.gendergaptracker(option("--gendergaptracker"), option("--spacy-model"))
            case _:
                parser: parse.Parser = request.getfixturevalue("parser")
                return peers.quote_audit(parser)
    except peers.PeerMissingError as error:
        pytest.skip(str(error))


@pytest.mark.parametrize("peer", ["quote-audit", "textacy", "GenderGapTracker"], indirect=True)
def test_peer(
    peer: peers.Peer, request: pytest.FixtureRequest, benchmark: BenchmarkFixture, texts: list[str], measure: Measure
) -> None:
    polnear: Path | None = request.config.getoption("--polnear")
    scorer: Path | None = request.config.getoption("--scorer")
    paths = sorted((polnear / "text").glob("*.txt")) if polnear else []
    chosen = [path.read_bytes().decode() for path in paths] or texts
    found: list[list[peers.Attribution]] = []

    def work() -> None:
        found[:] = peer(chosen)

    name = request.node.callspec.params["peer"]
    measure(work, name=f"{PEER}{name}", size=len(chosen), words=articles.words(chosen))
    accuracy = _on_the_seeds(peer)
    if polnear and scorer:
        rows = [{"doc": p.stem, "attributions": some} for p, some in zip(paths, found, strict=True)]
        accuracy |= _on_polnear(rows, polnear, scorer, request.getfixturevalue("tmp_path"))
    benchmark.extra_info["accuracy"] = accuracy


def _on_the_seeds(peer: peers.Peer) -> dict[str, float]:
    paths = sorted((ROOT / "seeds").glob("*.txt"))
    texts = [path.read_bytes().decode() for path in paths]
    given = {path.stem: peers.marked(text, found) for path, text, found in zip(paths, texts, peer(texts), strict=True)}
    measures = score.score(score.read_gold(ROOT / "seeds/gold"), given).measures()
    return {f"seeds {group} F1": measures[group].value for group in ("quote", "indirect")}


def _on_polnear(rows: Sequence[Mapping[str, object]], split: Path, scorer: Path, scratch: Path) -> dict[str, float]:
    predictions, scores = scratch / "peer.jsonl", scratch / "scores.json"
    predictions.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    command = [sys.executable, *map(str, (scorer, split, predictions, "--json", scores))]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    reached = json.loads(scores.read_text(encoding="utf-8"))["peer"]
    return {"PolNeAR content F1": reached["strict"]["f"], "PolNeAR content and source F1": reached["strict_e2e"]["f"]}
