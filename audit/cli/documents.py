"""Audits -> documents, each article's in a file of its own: a page with its claims marked, or a Word document with
comments."""

import argparse
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from audit import files, writing
from audit.cli.batches import Failure, failure
from audit.errors import AuditError, InputError
from audit.model import Article, Audit
from audit.readers import Intake

if TYPE_CHECKING:
    from audit.report import to_docx


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document.

    Attributes:
        option: by which it is asked for.
        suffixes: of its files; a name that has none of them gets the first.
        render: makes one; raises InputError when there is none of such an article.
    """

    option: str
    suffixes: tuple[str, ...]
    render: Callable[[Audit, Intake], bytes]


def _page(audit: Audit, _: Intake) -> bytes:
    from audit.report import to_annotated_html

    origin = audit.article.origin
    if origin is None or origin.format != "html":
        what = origin.format if origin else "text"
        raise InputError(f"{audit.article.name}: not marked: --annotate html is for web pages, and this is {what}")
    return to_annotated_html.render(audit).encode(origin.encoding, "xmlcharrefreplace")


def _comments(audit: Audit, intake: Intake) -> bytes:
    from audit.report import to_docx

    return to_docx.render(audit, _original(audit.article, intake))


PAGES = Kind("--annotate html", (".html", ".htm", ".xhtml"), _page)
COMMENTS = Kind("--format docx-comments", (".docx",), _comments)


def asked_for(args: argparse.Namespace, form: str) -> Kind | None:
    """The kind of documents that a run writes instead of a report of the format `form`.

    Raises:
        AuditError: the arguments ask for a report, too.
    """
    if args.annotate:
        if args.format or args.statistics or args.write_baseline:
            raise AuditError(
                "--annotate writes pages and no report: leave out --format, --statistics and --write-baseline"
            )
        return PAGES
    return COMMENTS if form == "docx-comments" and not args.statistics else None


def outputs(kind: Kind, args: argparse.Namespace, articles: Sequence[Path]) -> list[Path]:
    """Where the documents of the files at `articles` will be written; makes the folder if they need one.

    Raises:
        AuditError: the arguments do not say where.
        InputError: the folder cannot be made, or a link in it leads out.
    """
    output: Path | None = args.output
    if output is None:
        raise AuditError(f"{kind.option} writes a file for each article: say where with -o FILE or -o FOLDER")
    if len(articles) > 1 and not output.is_dir():
        if output.suffix.lower() in kind.suffixes or output.exists():
            raise AuditError(f"{kind.option}: {len(articles)} files; name a folder with -o, not {output}")
        try:
            output.mkdir()
        except OSError as error:
            raise files.refusal(output, error, doing="written") from error
    elif output.suffix and output.suffix.lower() not in kind.suffixes and not output.is_dir():
        raise AuditError(f"{kind.option} writes {kind.suffixes[0]} files; name one with -o, or a folder, not {output}")
    return [_path(kind, output, files.name(path), args.paths) for path in articles]


def written(
    kind: Kind,
    audits: Iterable[Sequence[Audit]],
    args: argparse.Namespace,
    intake: Intake,
    fail: Callable[[Failure], None],
) -> Iterator[str]:
    """Write the document of each article, and give its path in a line; `fail` is told of each that cannot be."""
    taken: set[str] = set()
    for audit in (audit for batch in audits for audit in batch if not audit.of_approvals):
        name = audit.article.name
        try:
            path = _path(kind, args.output, name, args.paths)
            if str(path).casefold() in taken:
                raise InputError(f"{name}: not written: {path} is another article of this run; name a folder with -o")
            if path.resolve() == Path(name).resolve():
                raise InputError(f"{path}: not written: it is the article; name another folder with -o")
            document = kind.render(audit, intake)
            taken.add(str(path).casefold())
            path.parent.mkdir(parents=True, exist_ok=True)
            writing.write_atomic(path, document)
        except OSError as error:
            fail(failure(name, files.refusal(path, error, doing="written")))
        except Exception as error:  # also a mistake of ours loses no other document
            fail(failure(name, error))
        else:
            yield f"{path}\n"


def _path(kind: Kind, output: Path, name: str, arguments: Sequence[str | Path]) -> Path:
    """The file for the article called `name`: `output`, or in that folder as the article lies in what was asked for."""
    if not output.is_dir():
        return output
    within = _within(name, arguments)
    return writing.inside(output, within if within.lower().endswith(kind.suffixes) else within + kind.suffixes[0])


def _within(name: str, arguments: Sequence[str | Path]) -> str:
    """The name from the folder on that was asked for, or from the file on."""
    for path in map(Path, arguments):
        base = files.name(path if path.is_dir() else path.parent)
        if PurePath(name).is_relative_to(base):
            return str(PurePath(name).relative_to(base))
    return name


def _original(article: Article, intake: Intake) -> "to_docx.Original | None":
    """The document that `article` was read from; None when it was another file, or one in an archive or stream."""
    from audit.readers import docx
    from audit.report import to_docx

    path = Path(article.name)
    if article.origin is None or article.origin.format != "docx" or not path.is_file():
        return None
    data = files.read(path, megabytes=intake.limits.megabytes)
    document, again, texts = docx.original(article.name, data, intake)
    if again.text != article.text:
        raise InputError(f"{article.name}: changed while it was audited; try again")
    return to_docx.Original(document, again, texts)
