"""Audits of web pages -> the pages with their claims marked, each in a file of its own."""

import argparse
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from audit import files, writing
from audit.cli import batches, reading
from audit.cli.batches import Failure
from audit.errors import AuditError, InputError
from audit.model import Audit


def outputs(args: argparse.Namespace, articles: Sequence[Path]) -> list[Path]:
    """Where the pages at `articles` will be written; makes the folder if there are several and there is none.

    Raises:
        AuditError: the arguments do not say where, or ask for a report too.
        InputError: the folder cannot be made.
    """
    if args.format or args.statistics or args.write_baseline:
        raise AuditError("--annotate writes pages and no report: leave out --format, --statistics and --write-baseline")
    if not args.output:
        raise AuditError("--annotate needs -o FILE, or -o FOLDER for several pages")
    if not _is_folder(args, articles):
        return [args.output]
    try:
        args.output.mkdir(exist_ok=True)
    except OSError as error:
        raise InputError(f"{args.output}: cannot be made a folder: {(error.strerror or str(error)).lower()}") from error
    return [args.output / _file_name(reading.name_of(path)) for path in articles]


def written(
    audited: Iterable[Sequence[Audit]],
    args: argparse.Namespace,
    articles: Sequence[Path],
    fail: Callable[[Failure], None],
) -> Iterator[str]:
    """Write each page, and say where; `fail` is told of what is no page, or cannot be written."""
    from audit.report import to_annotated_html

    folder = _is_folder(args, articles)
    taken: set[str] = set()
    for audit in (audit for batch in audited for audit in batch if not audit.of_approvals):
        name = audit.article.name
        output = args.output / _file_name(name) if folder else args.output
        try:
            origin = audit.article.origin
            if origin is None or origin.format != "html":
                what = origin.format if origin else "text"
                raise InputError(f"{name}: not marked: --annotate html is for web pages, and this is {what}")
            if output.name.casefold() in taken:
                raise InputError(
                    f"{name}: not marked: {output} is another page of this run; give it a folder of its own"
                )
            taken.add(output.name.casefold())
            page = to_annotated_html.render(audit)
            writing.write_atomic(output, page.encode(origin.encoding, "xmlcharrefreplace"))
        except InputError as error:
            fail(batches.failure(name, error))
        else:
            yield f"{output}\n"


def _is_folder(args: argparse.Namespace, articles: Sequence[Path]) -> bool:
    return len(articles) > 1 or args.output.is_dir()


def _file_name(name: str) -> str:
    """The last part of a name, which leads out of no folder."""
    last = os.path.basename(name.replace("\\", "/"))  # noqa: PTH119  # of an article in an archive, which is no path
    return last if last.strip(".") else "page.html"
