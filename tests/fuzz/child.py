"""A process that may die: tries inputs one after another under limits, and says what was wrong with which."""

import ctypes
import logging
import resource
import signal
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from tests.fuzz.invariants import hold

_SPACE = 1 << 30  # bytes that an input may take
_SECONDS = 10  # of computing; time in which others compute on the same cores does not count

Make = Callable[[int], tuple[str, bytes]]
"""The name and the bytes of the input of a number."""


@dataclass(slots=True)
class Tally:
    """What came of inputs: how many there were, how many of them were refused, and by number what was found."""

    inputs: int
    refused: int
    slowest: float  # seconds
    found: dict[int, str]


def run(make: Make, *, inputs: int, seconds: float) -> Tally:
    """Try inputs until there were so many or so much time has gone. After one that kills it, a new child goes on."""
    context = get_context("fork")
    number, refused, longest = (context.Value(kind, 0) for kind in (ctypes.c_long, ctypes.c_long, ctypes.c_double))
    found: dict[int, str] = {}
    until = time.monotonic() + seconds
    while number.value < inputs and time.monotonic() < until:
        here, there = context.Pipe(duplex=False)
        child = context.Process(target=_work, args=(make, number, refused, longest, inputs, until, there))
        child.start()
        there.close()
        while True:
            try:
                at, wrong = here.recv()
            except EOFError:
                break
            found[at] = wrong
        child.join()
        if child.exitcode:
            signalled = -child.exitcode if child.exitcode < 0 else 0
            what = f"took more than {_SECONDS} s" if signalled == signal.SIGPROF else f"died ({child.exitcode})"
            found[number.value] = what
            number.value += 1
    return Tally(number.value, refused.value, longest.value, found)


def _work(make: Make, number: Any, refused: Any, longest: Any, inputs: int, until: float, report: Connection) -> None:
    logging.disable()  # pypdf logs what it repairs
    with open("/proc/self/statm") as pages:  # noqa: PTH123
        start = int(pages.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (start + _SPACE, resource.RLIM_INFINITY))
    while number.value < inputs and time.monotonic() < until:
        name, data = make(number.value)
        begun = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, _SECONDS)  # ends the process, also inside of C
        try:
            refused.value += not hold(name, data)
        except Exception as error:
            last = traceback.extract_tb(error.__traceback__)[-1]
            report.send((number.value, f"{type(error).__name__}: {str(error)[:200]} ({last.filename}:{last.lineno})"))
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        longest.value = max(longest.value, time.process_time() - begun)
        number.value += 1
