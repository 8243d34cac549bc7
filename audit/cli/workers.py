"""Batches of articles -> what became of them, in order; several at once, each in a process of its own.

A parse is matrix products, which torch shares out among threads, and Python, which runs in one: with one process, the
other cores wait for nearly half of the time. So each core gets a process of one thread.
"""

import argparse
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from itertools import chain, islice
from multiprocessing import connection, get_context, parent_process

from audit import heap, parse
from audit.cli import batches, caching, plans
from audit.cli.batches import Batch, Done
from audit.cli.plans import Plan
from audit.remember import Warn
from audit.rule import Rules

_MOST = 4  # processes, each some 400 MB besides what they share: more are for those to ask for who know their machine
_AHEAD = 2  # batches given out for each process, so that none waits for the slowest
_FORKS = sys.platform.startswith("linux")  # elsewhere a process begins with nothing, and loads the models itself


def audited(
    given: Iterable[Batch], args: argparse.Namespace, every: Sequence[Plan], loaded: Sequence[Rules], warn: Warn
) -> Generator[Done, None, None]:
    """What became of each batch; a batch alone, on one core, or in a program that has torch already, is worked on in
    this process.

    Args:
        every: the plans that govern the articles.
        loaded: the rules of each.

    Raises:
        ModelError: no article could be parsed.
    """
    rest = iter(given)
    first = list(islice(rest, 2))
    whole = chain(first, rest)
    count = args.threads or min(_cores(), _MOST)
    # A process forked from one that has used torch's threads waits for ever, for threads that it does not have.
    if len(first) < 2 or count < 2 or (_FORKS and "torch" in sys.modules):
        yield from _here(whole, args, loaded, warn)
    else:
        parser = parse.load(args.models, threads=1) if _lacking(first[0], args, warn) and _FORKS else None
        yield from _apart(whole, args, every, loaded, warn, parser, count)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _lacking(batch: Batch, args: argparse.Namespace, warn: Warn) -> bool:
    """Whether the parser will be wanted at once, so that it is loaded before the processes part and have it in
    common."""
    with caching.opened(args, warn) as cache:
        return caching.remembering(lambda: _load(args), cache, args.models).lacks(batch.articles)


def _load(args: argparse.Namespace) -> parse.Parser:
    return parse.load(args.models, threads=args.threads)


def _here(given: Iterable[Batch], args: argparse.Namespace, loaded: Sequence[Rules], warn: Warn) -> Iterator[Done]:
    with caching.opened(args, warn) as cache:
        remembering = caching.remembering(lambda: _load(args), cache, args.models)
        for batch in given:
            yield batches.audited(batch, loaded, remembering.parse)
            heap.give_back()


def _apart(
    given: Iterator[Batch],
    args: argparse.Namespace,
    every: Sequence[Plan],
    loaded: Sequence[Rules],
    warn: Warn,
    parser: parse.Parser | None,
    count: int,
) -> Iterator[Done]:
    common = (parser, loaded) if _FORKS else (None, None)
    context = get_context("fork" if _FORKS else "spawn")
    batches_out: deque[Batch] = deque()
    results: deque[Future[Done]] = deque()
    with ProcessPoolExecutor(count, context, _begin, (args, every, *common)) as pool:
        try:
            for batch in given:
                batches_out.append(batch)
                results.append(pool.submit(_work, _light(batch)))
                if len(results) > _AHEAD * count:
                    yield _first(batches_out, results)
            while results:
                yield _first(batches_out, results)
            return
        except BrokenProcessPool:
            warn("a process of the audit was ended from outside, perhaps for want of memory; going on with one alone")
        except BaseException:  # whoever gives up waits for nothing; otherwise all results are in, and leaving waits
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    yield from _here(chain(batches_out, given), args, loaded, warn)


def _first(batches_out: deque[Batch], results: deque[Future[Done]]) -> Done:
    """The result of the first batch that is out, which then is no longer."""
    done = results[0].result()
    batch = batches_out.popleft()
    results.popleft()
    origins = {(article.name, article.text): article.origin for article in batch.articles}
    audits = [
        replace(audit, article=replace(audit.article, origin=origins[audit.article.name, audit.article.text]))
        for audit in done.audits
    ]
    return replace(done, audits=audits)


def _light(batch: Batch) -> Batch:
    """A batch without the files that its articles were read from: an audit needs them not, and a feed of 5 MB would go
    to a process and back with every few of its items."""
    return replace(batch, articles=[replace(article, origin=None) for article in batch.articles])


@dataclass(frozen=True, slots=True)
class _Process:
    """What a process of the pool works with. Its cache stays open until the process ends."""

    rules: Sequence[Rules]
    parse: batches.Parse


_process: _Process | None = None


def _begin(
    args: argparse.Namespace, every: Sequence[Plan], parser: parse.Parser | None, loaded: Sequence[Rules] | None
) -> None:
    global _process  # noqa: PLW0603  # the only thing that the tasks of a pool's process have in common
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that all others belong to ends them
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if parser:
        parse.use_threads(1)
    cache = caching.opened(args, _unsaid).__enter__()
    remembering = caching.remembering(lambda: parser or parse.load(args.models, threads=1), cache, args.models)
    load = plans.loader()
    _process = _Process(loaded or [plan.rules(load) for plan in every], remembering.parse)


def _end_with_parent() -> None:
    """Otherwise a process whose parent is killed waits for its next task for ever."""
    parent = parent_process()
    assert parent
    connection.wait([parent.sentinel])
    os._exit(1)


def _work(batch: Batch) -> Done:
    assert _process
    done = batches.audited(batch, _process.rules, _process.parse)
    heap.give_back()
    return done


def _unsaid(_: str) -> None:
    """What is wrong with the cache is told by the process that all others belong to."""
