"""Audits -> documents with comments, each article's in a file of its own."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from audit import files
from audit.cli.batches import Failure, failure
from audit.errors import AuditError, InputError
from audit.model import Article, Audit
from audit.readers import Intake, docx
from audit.report import to_docx


def check(output: Path | None, paths: int) -> None:
    """Refuse, before anything is audited, what documents cannot be written to.

    Raises:
        AuditError: saying what to give instead.
    """
    if output is None:
        raise AuditError(
            "--format docx-comments writes Word documents, no text: say where to with -o FILE or -o FOLDER"
        )
    if paths > 1 and not output.is_dir():
        raise AuditError(f"--format docx-comments: {paths} files; give a folder that exists with -o, not {output}")


def write(batches: Iterable[Sequence[Audit]], output: Path, intake: Intake, fail: Callable[[Failure], None]) -> None:
    """Write the document of each article to `output`, a file or, with the articles' own names, a folder.

    What cannot be written is told to `fail`.
    """
    written: set[Path] = set()
    for batch in batches:
        for audit in batch:
            if audit.of_approvals:
                continue
            name = audit.article.name
            try:
                path = _path(output, name)
                if path.resolve() in written:
                    raise InputError(f"{path}: written for another article; give a folder, or the articles one by one")
                if path.resolve() == Path(name).resolve():
                    raise InputError(f"{path}: not written: it is the article; give another folder")
                written.add(path.resolve())
                document = to_docx.render(audit, _original(audit.article, intake))
                path.parent.mkdir(parents=True, exist_ok=True)
                files.write_atomic(path, document)
            except OSError as error:
                fail(failure(name, InputError(f"{path}: cannot be written: {error.strerror}")))
            except Exception as error:
                fail(failure(name, error))


def _path(output: Path, name: str) -> Path:
    if not output.is_dir():
        return output
    return files.inside(output, name if name.lower().endswith(".docx") else f"{name}.docx")


def _original(article: Article, intake: Intake) -> to_docx.Original | None:
    """The document that `article` was read from; None when it was another file, or one in an archive or stream."""
    path = Path(article.name)
    if article.origin is None or article.origin.format != "docx" or not path.is_file():
        return None
    data = files.read(path, megabytes=intake.limits.megabytes)
    document, again, texts = docx.original(article.name, data, intake)
    if again.text != article.text:
        raise InputError(f"{article.name}: changed while it was audited; try again")
    return to_docx.Original(document, again, texts)
