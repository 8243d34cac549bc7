"""The arguments of the command. Nothing heavy is imported here: ``--help`` answers at once."""

import argparse
import os
from pathlib import Path
from typing import get_args

from audit import __version__
from audit.cli import policyarguments, reports
from audit.limits import Limits
from audit.model import Severity

# What governs a run and has no option in other commands that ask what governs an article.
_UNUSED = {"format": None, "fail_on": None, "approvals": None, "baseline": None}
_CACHE_SIZE = 500  # MB; at 57 bytes a word the parses of some 15,000 articles of 600 words

_ENVOI = """\
exit code: 0 done, 1 findings at or above --fail-on, 2 wrong arguments, settings, rules or models,
           3 an input could not be read (the others are still audited), 4 internal error"""


def parser() -> argparse.ArgumentParser:
    """The parser of the command line; its result has `command`, the name of a subcommand."""
    top = argparse.ArgumentParser(
        "quote-audit",
        description="Find every quotation and figure of a news article, who each is attributed to, and what has no"
        " source.",
        epilog=_ENVOI,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"quote-audit {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    run = _command(commands, "run", "audit articles and print the report")
    run.add_argument(
        "paths", nargs="+", metavar="PATH", help="an article in any format, a folder of them, or - for stdin"
    )
    run.add_argument(
        "--format",
        choices=[*reports.FORMATS, *reports.DOCUMENTS],
        help=f"default: {reports.DEFAULT}, or as settings say",
    )
    run.add_argument(
        "--statistics", action="store_true", help="counts over all articles instead of the report, as table or json"
    )
    run.add_argument(
        "--annotate", choices=["html"], help="instead of a report, write the web pages with their claims marked"
    )
    where = run.add_mutually_exclusive_group()
    where.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="FILE",
        help="write the report to FILE, all or nothing; documents of several articles to a folder",
    )
    where.add_argument(
        "--out-dir",
        type=Path,
        metavar="DIR",
        help="write results to files in DIR as they come; a run that ends early goes on",
    )
    run.add_argument("--restart", action="store_true", help="begin what is in --out-dir anew")
    run.add_argument("--fail-on", choices=get_args(Severity), help="exit with 1 on a finding this severe or worse")
    run.add_argument("--width", type=_positive, metavar="COLUMNS", help="of the table; default: the terminal's, or 80")
    run.add_argument("--quiet", action="store_true", help="no warnings and no progress, errors only")
    _add_all_cues(run)
    _add_reading(run)
    _add_rules(run)
    policyarguments.add_choice(run)
    policyarguments.add_silence(run)
    _add_parsing(run)
    caching = _add_cache(run)
    caching.add_argument("--no-cache", action="store_true", help="parse everything, and keep no parse")

    cache = _command(commands, "cache", "say what is in the cache of parses, or remove it")
    cache.add_argument("action", choices=["info", "clear"], help="info: where, how much, how old; clear: remove all")
    _add_cache(cache)

    models = _command(
        commands, "models", "list the parser's models and their scores, train new ones, or fetch Stanza's"
    )
    _add_models(models)
    models.add_argument("--verify", action="store_true", help="also hold every file against its SHA-256")
    _add_model_commands(models.add_subparsers(dest="action", metavar="COMMAND"))

    rules = _command(commands, "rules", "list the patterns and checks, explain some, or try their examples")
    which = rules.add_mutually_exclusive_group()
    which.add_argument(
        "names", nargs="*", default=[], metavar="RULE", help="a code such as A004, or the id of a pattern"
    )
    which.add_argument("--test", action="store_true", help="parse the rules' own examples and say which do not hold")
    _add_rules(rules)
    _add_parsing(rules)

    explain = _command(commands, "explain", "say why a claim of an article is what it is")
    explain.add_argument("file", type=Path, metavar="FILE", help="the article, or - for stdin")
    claim = explain.add_mutually_exclusive_group(required=True)
    claim.add_argument("--claim", metavar="ID", help="its id, as in CSV and JSON, or the beginning of it")
    claim.add_argument(
        "--line", type=_positive, metavar="N", help="all claims of this line of the file, or paragraph or page"
    )
    _add_all_cues(explain)
    _add_reading(explain)
    _add_rules(explain)
    policyarguments.add_choice(explain)
    _add_parsing(explain)
    _add_cache(explain).add_argument("--no-cache", action="store_true", help="parse everything, and keep no parse")
    explain.set_defaults(**_UNUSED)

    settings = _command(commands, "settings", "print what governs an article, and which file or option says so")
    settings.add_argument("path", type=Path, metavar="FILE", help="the article, or - for stdin")
    _add_rules(settings)
    policyarguments.add_choice(settings)
    settings.set_defaults(**_UNUSED, all_cues=False, max_characters=None, max_megabytes=None, max_paragraphs=None)

    tree = _command(commands, "tree", "print the parse of an article, as rules see it")
    text = tree.add_mutually_exclusive_group(required=True)
    text.add_argument("file", nargs="?", type=Path, metavar="FILE", help="the article, or - for stdin")
    text.add_argument("--text", help="parse these words instead")
    _add_reading(tree)
    _add_parsing(tree)
    return top


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, what: str
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=what, description=f"{what[0].upper()}{what[1:]}.", allow_abbrev=False)
    command.add_argument("--debug", action="store_true", help="print the traceback of an internal error")
    return command


def _add_all_cues(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--all-cues",
        action="store_true",
        help="also report what people want, back, criticize or bring up, not only what they say",
    )


def _add_reading(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--encoding", type=_encoding, help="of the articles; default: UTF-8, else Windows-1252 if clear"
    )
    command.add_argument(
        "--max-characters",
        type=_positive,
        metavar="N",
        help=f"refuse longer articles; default: {Limits().characters:_}",
    )
    command.add_argument(
        "--max-megabytes",
        type=_positive,
        metavar="N",
        help=f"refuse larger files; default: {Limits().megabytes}",
    )
    command.add_argument(
        "--max-paragraphs",
        type=_positive,
        metavar="N",
        help=f"refuse articles of more; default: {Limits().paragraphs:_}",
    )


def _add_rules(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--rules",
        type=Path,
        action="append",
        default=[],
        metavar="DIR",
        help="add the rules of this folder, which replace those of the same name; may be given more than once",
    )


def _add_models(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--models", type=Path, metavar="DIR", help="use the models of this folder, or stanza:en, Stanza's official ones"
    )


def _add_model_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    _command(commands, "download", "fetch Stanza's official English models, for --models stanza:en")
    train = _command(commands, "train", "train models from treebanks and lists of names")
    train.add_argument("treebanks", type=Path, metavar="DIR", help="CoNLL-U files: *train.conllu, *dev.conllu")
    train.add_argument("output", type=Path, metavar="OUTPUT", help="the folder for the models; a killed run goes on")
    train.add_argument("--names", type=Path, metavar="DIR", help="articles with their names, as TSV: token, BIO tag")
    train.add_argument("--start", type=Path, metavar="DIR", help="models or BERT to start from; default: the package's")
    train.add_argument("--name", default="English, own", help="of the set; default: %(default)s")
    train.add_argument("--steps", type=_positive, metavar="N", help="of training; default: 1250 from models, else 5000")
    train.add_argument(
        "--branches", type=_positive, default=1, metavar="N", help="train so often and take the mean; default: 1"
    )
    train.add_argument("--seed", type=_positive, metavar="N", help="of all that is random; default: 1")
    train.add_argument("--threads", type=_positive, metavar="N", help="that it may use; default: all cores")


def _add_parsing(command: argparse.ArgumentParser) -> None:
    _add_models(command)
    command.add_argument(
        "--threads",
        type=_positive,
        metavar="N",
        help="how many cores may be used; default: all, by `run` on many articles at most 4",
    )


def _add_cache(command: argparse.ArgumentParser) -> "argparse._MutuallyExclusiveGroup":
    command.add_argument(
        "--cache-size",
        type=_megabytes,
        default=os.environ.get("QUOTE_AUDIT_CACHE_SIZE") or str(_CACHE_SIZE),
        metavar="MB",
        help=f"that the cache may have on disk; default: QUOTE_AUDIT_CACHE_SIZE, or {_CACHE_SIZE}",
    )
    which = command.add_mutually_exclusive_group()
    which.add_argument(
        "--cache",
        type=Path,
        metavar="DIR",
        help="keep parses in this folder; default: QUOTE_AUDIT_CACHE, which may be “off”, or the user's cache folder",
    )
    return which


def _megabytes(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text)):
        raise argparse.ArgumentTypeError(
            f"{text!r} (or QUOTE_AUDIT_CACHE_SIZE) is not a number of megabytes, as 500 is"
        )
    return int(text)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a positive number")
    return number


def _encoding(name: str) -> str:
    try:
        b"0000".decode(name)
    except UnicodeError:  # it exists, which is all that is asked here
        pass
    except LookupError:
        raise argparse.ArgumentTypeError(f"unknown encoding {name!r}; try utf-8, utf-16 or windows-1252") from None
    return name
