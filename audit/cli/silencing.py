"""Findings of a run -> those that are left: an editor's approvals and the baseline silence the others.

An approvals file is reported on as an article of its own, whose text is the file: each format then gives path, line
and words of an entry as it does those of an article, and no article shows a finding about another file.
"""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from audit import approvals, baseline, checks, files, ingest, rules
from audit.approvalfile import read_approvals
from audit.approvals import Approval
from audit.cli.plans import Load, Plan
from audit.errors import SettingsError
from audit.model import Article, Audit
from audit.rule import Rules

_STDIN = "stdin"  # the name of an article without a file


@dataclass(frozen=True, slots=True)
class _File:
    """An approvals file, and the rules that judge it: those of the first article that it governs."""

    article: Article
    approvals: tuple[Approval, ...]
    plan: int
    named: Mapping[Approval, Path]  # the whole path of the article that an approval names, if it does

    def reaching(self, article: str) -> list[Approval]:
        """Those that may silence a finding of the article of that name: all of them, if it stands in no file.

        One that names an article which is no longer there may be of this one, moved or renamed.
        """
        path = Path(article).resolve()
        return [
            one
            for one in self.approvals
            if article == _STDIN or (named := self.named.get(one, path)) == path or not named.exists()
        ]


@dataclass(slots=True)
class Silencing:
    """What a run leaves out, counted as its audits come."""

    plans: Sequence[Plan]
    rules: Sequence[Rules]  # of each plan
    load: Load
    today: date
    write: Path | None = None  # the baseline to write
    approved: int = 0
    known: int = 0
    _files: dict[Path, _File] = field(default_factory=dict)  # these three by their whole path, without links
    _used: set[tuple[Path, Approval]] = field(default_factory=set)
    _baselines: dict[Path, baseline.Known] = field(default_factory=dict)
    _written: Counter[baseline.Entry] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """Read the files that the plans name.

        Raises:
            SettingsError: listing every error of every file, one a line.
        """
        errors: list[str] = []
        for at, plan in enumerate(self.plans):
            if plan.approvals and (whole := plan.approvals.resolve()) not in self._files:
                self._files[whole] = _read_approvals(plan.approvals, self._codes(at), at, errors)
            if plan.baseline and not self.write and (whole := plan.baseline.resolve()) not in self._baselines:
                self._baselines[whole] = _read_baseline(plan.baseline, errors)
        if errors:
            raise SettingsError("\n".join(errors))

    def left(self, audit: Audit, plan: int) -> Audit:
        """`audit`, made under that plan, with the findings that are left."""
        if approved := self.plans[plan].approvals:
            path = approved.resolve()
            before = len(audit.findings)
            audit, used = approvals.approved(audit, self._files[path].reaching(audit.article.name), self.today)
            self._used.update((path, approval) for approval in used)
            self.approved += before - len(audit.findings)
        return self._unknown(audit, self.plans[plan].baseline)

    def of_approvals(
        self, audited: Iterable[Path], given: Iterable[str | Path], *, complete: bool
    ) -> Iterator[tuple[Audit, int]]:
        """Each approvals file with what is wrong in it, as an audit, and its plan.

        Args:
            audited: the articles of the run. An approval that names another one may be of use there, and one of a
                check that is not used when it is.
            given: the paths that the run was given; what is gone from a folder among them is in no other place.
            complete: whether all of them could be audited; otherwise no approval is called unused.
        """
        here = {path.resolve() for path in audited}
        folders = [path.resolve() for path in map(Path, given) if path.is_dir()]
        for path, file in self._files.items():
            used = {approval for of, approval in self._used if of == path}
            on = {check.code for check in self.rules[file.plan].checks}
            used.update(
                one
                for one in file.approvals
                if not complete or one.check not in on or _elsewhere(file.named.get(one), here, folders)
            )
            found = checks.of_approvals(file.article, file.approvals, used, self.rules[file.plan], today=self.today)
            audit = self._unknown(Audit(file.article, (), found, of_approvals=True), self.plans[file.plan].baseline)
            if audit.findings:
                yield audit, file.plan

    def finish(self, *, complete: bool) -> str | None:
        """Write the baseline, if one is wanted; and what there is to say, if anything.

        Args:
            complete: whether all articles could be audited; otherwise no baseline is written.

        Raises:
            InputError: it cannot be written.
        """
        said = []
        if self.write and complete:
            files.write_atomic(self.write, baseline.render(self._written))
            said.append(f"{self.write}: {_count(self._written.total())} written, which runs with --baseline leave out")
        if self.approved or self.known:
            total = _count(self.approved + self.known)
            said.append(f"{total} silenced ({self.approved} approved, {self.known} in the baseline)")
        return "\n".join(said) or None

    def _codes(self, plan: int) -> set[str]:
        """Of all checks that a plan chooses from."""
        return {check.code for check in self.load(self.plans[plan].folders).checks}

    def _unknown(self, audit: Audit, path: Path | None) -> Audit:
        if self.write:
            self._written.update(baseline.entries(audit))
            return replace(audit, findings=())
        if path is None:
            return audit
        left = baseline.unknown(audit, self._baselines[path.resolve()])
        self.known += len(audit.findings) - len(left.findings)
        return left


def _count(number: int) -> str:
    return f"{number} finding{'' if number == 1 else 's'}"


def _elsewhere(article: Path | None, here: set[Path], folders: Sequence[Path]) -> bool:
    """Whether an approval names another article than those audited, and not one that is gone from `folders`."""
    if article is None:
        return False
    return article not in here and (article.exists() or not any(map(article.is_relative_to, folders)))


def _read_approvals(path: Path, codes: set[str], plan: int, errors: list[str]) -> _File:
    draft = rules.drafted(path, errors)
    if draft is None:
        return _File(Article(str(path), "", ()), (), plan, {})
    found = read_approvals(draft, codes)
    named = {one: (path.parent / one.article).resolve() for one in found if one.article}
    for at, one in enumerate(found):
        if one in named and named[one].is_dir():
            draft.wrong(f"approval[{at}].article", f"{one.article} is a folder: name one article, or leave this out")
    errors += draft.in_order
    name = os.path.normpath(path).encode(errors="surrogateescape").decode(errors="replace")
    return _File(ingest.article(name, draft.text), found, plan, named)


def _read_baseline(path: Path, errors: list[str]) -> baseline.Known:
    try:
        return baseline.parse(os.fspath(path), path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        errors.append(f"{path}: there is no such baseline: make it with --write-baseline {path}")
    except (OSError, UnicodeDecodeError) as error:
        errors.append(f"{path}: cannot be read ({error.strerror if isinstance(error, OSError) else 'not UTF-8'})")
    except SettingsError as error:
        errors.append(str(error))
    return Counter()
