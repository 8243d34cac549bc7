"""The command ``quote-audit``: arguments in, reports to standard output, words to standard error, an exit code back."""

import os
import sys
from contextlib import suppress

from audit.cli import commands, console
from audit.cli.arguments import parser
from audit.cli.exitcode import ExitCode
from audit.errors import AuditError, InputError, in_words

__all__ = ["main"]

_COMMANDS = {
    "run": commands.run,
    "cache": commands.cache,
    "models": commands.models,
    "rules": commands.rules,
    "explain": commands.explain,
    "settings": commands.settings,
    "tree": commands.tree,
}


def main(argv: list[str] | None = None) -> int:
    """Run the command with `argv`, or with the arguments of the process, and return its exit code."""
    console.speak_utf8()
    if not (sys.argv[1:] if argv is None else argv):
        console.say(parser().format_help())
        return ExitCode.USAGE
    try:
        args = parser().parse_args(argv)
    except SystemExit as stop:  # argparse has answered --help or said what is wrong
        return int(stop.code or ExitCode.DONE)
    try:
        code = _COMMANDS[args.command](args)
        sys.stdout.flush()
        return code
    except InputError as error:
        console.say(f"error: {error}")
        return ExitCode.INPUT
    except AuditError as error:
        console.say(f"error: {error}")
        return ExitCode.USAGE
    except KeyboardInterrupt:
        console.say("interrupted")
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        with suppress(OSError):  # else what is still in the buffer raises again when Python exits
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.PIPE_CLOSED
    except Exception as error:
        console.confess("quote-audit", *in_words(error), debug=args.debug)
        return ExitCode.INTERNAL
