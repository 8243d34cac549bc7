"""What the targets of atheris (https://github.com/google/atheris) share."""

import shutil
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["audit"]):  # whatever imports a part of it must stand here
    from tests.fuzz import samples
    from tests.fuzz.invariants import hold


def main(*readers: str) -> None:
    """Let libFuzzer try inputs, beginning with the samples of `readers`; a crash is written to tests/crashers/.

    The arguments of the command are libFuzzer's (https://llvm.org/docs/LibFuzzer.html#options).
    """
    corpus = Path(tempfile.mkdtemp())
    names: dict[str, bytes] = {}
    for reader in readers:
        names |= samples.of(reader)
    for name, data in names.items():
        (corpus / name).write_bytes(data)
    limits = ["-timeout=10", "-rss_limit_mb=1500", "-max_len=20000", f"-artifact_prefix={samples.CRASHERS}/"]
    atheris.Setup([sys.argv[0], *limits, *sys.argv[1:], str(corpus)], lambda data: hold("a", data) and None)
    try:
        atheris.Fuzz()
    finally:
        shutil.rmtree(corpus, ignore_errors=True)
