"""How much memory a piece of work takes at its peak, and how long, by looking at it from beside."""

import threading
import time
from collections.abc import Callable

import psutil

_EVERY = 0.01  # seconds


def watched(work: Callable[[], object]) -> tuple[float, float]:
    """Do `work` once; the seconds it took, and the most memory resident at once, in MB.

    The memory is that of the processes which `work` starts, or, while it starts none, of this process. It is looked at
    a hundred times a second: shorter peaks are missed.
    """
    own = psutil.Process()
    most = {"own": own.memory_info().rss, "started": 0}
    done = threading.Event()

    def look() -> None:
        while not done.wait(_EVERY):
            started = sum(_resident(child) for child in own.children(recursive=True))
            most["started"] = max(most["started"], started)
            most["own"] = max(most["own"], own.memory_info().rss)

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    start = time.perf_counter()
    try:
        work()
    finally:
        took = time.perf_counter() - start
        done.set()
        watcher.join()
    return took, (most["started"] or most["own"]) / 1e6


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:  # it has just ended
        return 0
