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
from typing import Any

from audit import approvals, baseline, checks, ingest, rules, writing
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
class Note:
    """What has been left out. Files are counted from 0 in the order in which the plans name them."""

    approved: int = 0
    known: int = 0
    used: set[tuple[int, int]] = field(default_factory=set)  # approvals files, and approvals in them
    taken: Counter[tuple[int, str]] = field(default_factory=Counter)  # baselines, and the ids of findings in them

    def record(self) -> dict[str, object]:
        """The same as JSON can hold it."""
        taken = [[file, id_, count] for (file, id_), count in sorted(self.taken.items())]
        return {"approved": self.approved, "known": self.known, "used": sorted(map(list, self.used)), "taken": taken}

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> "Note":
        """What `record` gave."""
        used = {(file, one) for file, one in record["used"]}
        taken = Counter({(file, id_): count for file, id_, count in record["taken"]})
        return cls(record["approved"], record["known"], used, taken)


@dataclass(slots=True)
class Silencing:
    """What a run leaves out, counted as its audits come."""

    plans: Sequence[Plan]
    rules: Sequence[Rules]  # of each plan
    load: Load
    today: date
    write: Path | None = None  # the baseline to write
    total: Note = field(default_factory=Note)
    _since: Note = field(default_factory=Note)  # it was last noted
    _files: dict[Path, _File] = field(default_factory=dict)  # these two by their whole path, without links
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
            file = self._files[path]
            audit, used = approvals.approved(audit, file.reaching(audit.article.name), self.today)
            at = list(self._files).index(path)
            self._add(Note(before - len(audit.findings), used={(at, file.approvals.index(one)) for one in used}))
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
        if not self._files:
            return
        here = {path.resolve() for path in audited}
        folders = [path.resolve() for path in map(Path, given) if path.is_dir()]
        for at, file in enumerate(self._files.values()):
            used = {file.approvals[one] for of, one in self.total.used if of == at}
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
            writing.write_atomic(self.write, baseline.render(self._written))
            said.append(f"{self.write}: {_count(self._written.total())} written, which runs with --baseline leave out")
        if self.total.approved or self.total.known:
            count = _count(self.total.approved + self.total.known)
            said.append(f"{count} silenced ({self.total.approved} approved, {self.total.known} in the baseline)")
        return "\n".join(said) or None

    def noted(self) -> Note:
        """What has been left out since this was last asked, for `recall` in a run that goes on where this one ended."""
        since, self._since = self._since, Note()
        return since

    def recall(self, note: Note) -> None:
        """Count in what an earlier run has left out."""
        self._add(note)
        self._since = Note()
        for (at, id_), count in note.taken.items():
            list(self._baselines.values())[at][id_] -= count

    def _add(self, note: Note) -> None:
        for sum_ in (self.total, self._since):
            sum_.approved += note.approved
            sum_.known += note.known
            sum_.used |= note.used
            sum_.taken.update(note.taken)

    def _codes(self, plan: int) -> set[str]:
        """Of all checks that a plan chooses from."""
        return {check.code for check in self.load(self.plans[plan].folders).checks}

    def _unknown(self, audit: Audit, path: Path | None) -> Audit:
        if self.write:
            self._written.update(baseline.entries(audit))
            return replace(audit, findings=())
        if path is None:
            return audit
        whole = path.resolve()
        left = baseline.unknown(audit, self._baselines[whole])
        gone = Counter(finding.id for finding in audit.findings) - Counter(finding.id for finding in left.findings)
        at = list(self._baselines).index(whole)
        self._add(Note(known=gone.total(), taken=Counter({(at, id_): count for id_, count in gone.items()})))
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
