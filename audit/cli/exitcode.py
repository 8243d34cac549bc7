"""What the exit code tells a script."""

from enum import IntEnum


class ExitCode(IntEnum):
    """Of several that apply to one run the highest up to INTERNAL is returned."""

    DONE = 0
    FINDINGS = 1  # at or above --fail-on
    USAGE = 2  # wrong arguments, settings, rules or models
    INPUT = 3  # an article was not read, or the report not written; the other articles are audited
    INTERNAL = 4  # a mistake in this program
    INTERRUPTED = 130  # 128 + SIGINT, as shells count
    PIPE_CLOSED = 141  # 128 + SIGPIPE: who read the report had enough
