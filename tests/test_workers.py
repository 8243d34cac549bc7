"""Many articles by several processes: what a user sees is what one process gives."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace

import psutil
import pytest

from audit import modelset, parse, pipeline, rules
from audit.cli import workers
from audit.errors import ModelError
from audit.model import Audit, Sentence, Span, Word
from tests.build import NO_RULES

WORDS = "word " * 3000  # three articles of these are two batches


@pytest.fixture(autouse=True)
def fakes(monkeypatch):
    """No models and no rules: each paragraph is a sentence of one word, and what the text says happens."""

    def load(models=None, *, threads=None):
        if os.environ.get("UNFIT"):
            raise ModelError("models: cannot be loaded")
        return "parser"

    def parse_(parser, articles, *, warn):
        for article in articles:
            if "KILL" in article.text and os.getpid() != parent:
                os.kill(os.getpid(), signal.SIGKILL)
            if "BREAK" in article.text:
                raise IndexError("list index out of range")
            if "LONG" in article.text:
                warn(f"{article.name}: sentence of 600 words at line 1")
            time.sleep(0.01)
        return [replace(article, sentences=tuple(sentences(article))) for article in articles]

    parent = os.getpid()
    monkeypatch.delitem(sys.modules, "torch", raising=False)  # other tests may have loaded it
    monkeypatch.setattr(parse, "load", load)
    monkeypatch.setattr(parse, "use_threads", lambda count: None)
    monkeypatch.setattr(parse, "parse", parse_)
    monkeypatch.setattr(modelset, "load", lambda folder: modelset.ModelSet(folder, "", "en", "", (), (), ()))
    monkeypatch.setattr(rules, "load", lambda folders=(), *, all_cues=False: NO_RULES)
    monkeypatch.setattr(pipeline, "audit", lambda article, _: Audit(article, (), ()))


def sentences(article):
    for index, paragraph in enumerate(article.paragraphs):
        form = article.slice(paragraph.span).split()[0]
        span = Span(paragraph.span.start, paragraph.span.start + len(form))
        yield Sentence(span, (Word(1, span, form, form, "NOUN", "NN", "", 0, "root", "O"),), index)


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(12):
        (folder / f"{number:02}.txt").write_text(f"Article {number}. {WORDS}")
    return folder


@pytest.mark.parametrize("cached", [False, True])
def test_the_report_is_that_of_one_process(run, folder, tmp_path, cached):
    cache = ["--cache", tmp_path / "cache"] if cached else ["--no-cache"]
    (folder / "03.txt").write_text(f"LONG {WORDS}")
    (folder / "05.txt").write_text(f"BREAK {WORDS}")
    (folder / "07.txt").write_bytes(b"\x00\xff\xfe" * 9)
    alone = run("run", "--threads", "1", *cache, folder)
    assert alone[0] == 4 and alone[1].count("Article") == 0 and alone[1].count(".txt\n") == 10
    assert "sentence of 600 words" in alone[2] and "05.txt: internal error (IndexError" in alone[2]
    apart = run("run", "--threads", "3", *cache, folder)
    assert apart[:2] == alone[:2]
    assert sorted(apart[2].splitlines()) == sorted(alone[2].splitlines())  # files are read ahead of what is parsed
    assert run("run", "--threads", "3", *cache, folder) == apart


def test_articles_of_one_file_keep_it_and_their_places(run, tmp_path):
    feed = tmp_path / "feed.rss"
    item = "<item><title>News {}</title><description>The bridge is closed. {}</description></item>"
    items = "".join(item.format(number, WORDS) for number in range(8))
    feed.write_text(f"<rss version='2.0'><channel><title>x</title>{items}</channel></rss>")
    args = ("run", "--no-cache", "--format", "json", "--quiet")
    alone = run(*args, "--threads", "1", feed)
    assert alone[0] == 0 and alone[1].count('"format": "feed"') == 8 and alone[1].count('"sections"') == 8
    assert run(*args, "--threads", "3", feed) == alone


def test_the_processes_have_ended_when_all_results_are_in(run, folder, monkeypatch):
    waits = []

    class Pool(workers.ProcessPoolExecutor):
        def shutdown(self, wait=True, *, cancel_futures=False):
            waits.append(wait)
            super().shutdown(wait, cancel_futures=cancel_futures)

    monkeypatch.setattr(workers, "ProcessPoolExecutor", Pool)
    assert run("run", "--threads", "2", "--no-cache", folder)[0::2] == (0, "")
    assert waits == [True]


def test_a_process_that_is_killed_costs_no_article(run, folder):
    (folder / "06.txt").write_text(f"KILL {WORDS}")
    code, out, err = run("run", "--threads", "2", "--no-cache", folder)
    assert code == 0 and out.count(".txt\n") == 12
    assert "a process of the audit was ended from outside" in err and "Traceback" not in err


def test_models_that_do_not_load_end_the_run(run, folder, monkeypatch):
    monkeypatch.setenv("UNFIT", "1")
    code, out, err = run("run", "--threads", "2", "--no-cache", folder)
    assert (code, out) == (2, "") and err == "error: models: cannot be loaded\n"


def test_a_program_that_has_torch_is_not_forked(run, folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", object())
    (folder / "06.txt").write_text(f"KILL {WORDS}")
    assert run("run", "--threads", "2", "--no-cache", folder)[0::2] == (0, "")


ALONE = """
import threading, time
from multiprocessing import get_context
from audit.cli import workers

def work():
    threading.Thread(target=workers._end_with_parent, daemon=True).start()
    time.sleep(60)

processes = [get_context("fork").Process(target=work) for _ in range(2)]
for process in processes:
    process.start()
print(*(process.pid for process in processes), flush=True)
time.sleep(60)
"""


def test_processes_end_with_the_one_that_began_them():
    with subprocess.Popen([sys.executable, "-c", ALONE], stdout=subprocess.PIPE, text=True) as parent:
        workers_ = [psutil.Process(int(pid)) for pid in parent.stdout.readline().split()]
        parent.kill()
        assert len(workers_) == 2 and psutil.wait_procs(workers_, timeout=10)[1] == []
