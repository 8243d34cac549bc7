"""The heap of the process -> the same without what is free in it."""

import ctypes
from collections.abc import Callable
from functools import cache


def give_back() -> None:
    """Give memory that is free back to the system, where the C library is glibc.

    Once a large block has been freed, glibc takes blocks of its size from the heap (M_MMAP_THRESHOLD adjusts itself),
    and tensors of ever new sizes leave that full of holes: a process that audits grew by 1.6 MB an article, and no
    longer does.
    """
    _trim()(0)


@cache
def _trim() -> Callable[[int], object]:
    try:
        found: Callable[[int], object] = ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError, TypeError):  # another C library, which has no such function
        return lambda _: None
    return found
