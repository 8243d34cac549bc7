"""The cache as users meet it: what `run` keeps and where, the options and settings, `cache info` and `cache clear`."""

import re
import sqlite3
from dataclasses import replace

import pytest

from audit import modelset, parse, pipeline, rules
from audit.errors import ModelError
from audit.model import Audit, Sentence, Span, Word
from tests.build import NO_RULES


@pytest.fixture(autouse=True)
def parsed(monkeypatch) -> list[str]:
    """The paragraphs that went to the parser, which takes each for a sentence of one word and the models as given."""
    texts: list[str] = []

    def parse_(_, articles, *, warn):
        texts.extend(article.text for article in articles)
        return [replace(article, sentences=tuple(sentences(article))) for article in articles]

    monkeypatch.setattr(parse, "load", lambda models=None, *, threads=None: None)
    monkeypatch.setattr(parse, "parse", parse_)
    monkeypatch.setattr(modelset, "load", lambda folder: modelset.ModelSet(folder, "", "en", "", (), (), ()))
    monkeypatch.setattr(rules, "load", lambda folders=(), *, all_cues=False: NO_RULES)
    monkeypatch.setattr(pipeline, "audit", lambda article, _: Audit(article, (), ()))
    monkeypatch.delenv("QUOTE_AUDIT_CACHE_SIZE", raising=False)
    return texts


def sentences(article):
    form = article.text.split()[0]
    yield Sentence(Span(0, len(form)), (Word(1, Span(0, len(form)), form, form, "X", "", "", 0, "root", "O"),), 0)


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "cache"


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("The bridge was closed.\n\nSome 300 drivers wait.\n")
    return path


def test_a_second_run_parses_nothing_and_says_the_same(run, article, cache, parsed):
    first = run("run", "--cache", cache, article)
    assert first[::2] == (0, "") and len(parsed) == 2
    assert run("run", "--cache", cache, article) == first and len(parsed) == 2
    article.write_text(article.read_text().replace("300", "400"))
    assert run("run", "--cache", cache, article)[0] == 0
    assert parsed[2:] == ["Some 400 drivers wait."]


def test_no_cache_keeps_and_finds_nothing(run, article, cache, parsed, monkeypatch):
    monkeypatch.setenv("QUOTE_AUDIT_CACHE", str(cache))
    run("run", "--no-cache", article)
    assert not cache.exists()
    run("run", article)
    assert cache.exists() and len(parsed) == 4
    run("run", "--no-cache", article)
    assert len(parsed) == 6
    monkeypatch.setenv("QUOTE_AUDIT_CACHE", "off")
    run("run", article)
    assert len(parsed) == 8
    run("run", "--cache", cache, article)
    assert len(parsed) == 8, "the option goes before the setting"


def test_without_option_or_setting_it_is_in_the_users_cache_folder(run, article, tmp_path, monkeypatch):
    monkeypatch.setenv("QUOTE_AUDIT_CACHE", "")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    run("run", article)
    (file,) = tmp_path.rglob("parses.sqlite3")
    assert file.parent.name == "quote-audit" or file.parent.parent.name == "quote-audit"
    assert str(file) in run("cache", "info")[1]


def test_other_models_and_other_code_parse_anew(run, article, cache, parsed, monkeypatch, tmp_path):
    run("run", "--cache", cache, article)
    other = (modelset.ModelFile("joint.json", 1, "another"),)
    monkeypatch.setattr(modelset, "load", lambda folder: modelset.ModelSet(folder, "", "en", "", other, (), ()))
    run("run", "--cache", cache, article)
    assert len(parsed) == 4
    from audit.cli import caching

    monkeypatch.setattr(caching, "PARSING", ("parse.py",))
    run("run", "--cache", cache, article)
    assert len(parsed) == 6


def test_other_words_of_english_parse_anew(monkeypatch, tmp_path):
    from audit.cli import caching

    monkeypatch.setattr(caching.audit, "__file__", str(tmp_path / "__init__.py"))
    verbs = tmp_path / "joint/verbs.txt"
    verbs.parent.mkdir()
    verbs.write_text("say said\n", "utf-8")
    before = caching.identity(None)
    verbs.write_text("say said\nvow\n", "utf-8")
    assert caching.identity(None) != before


def test_models_that_are_not_there_are_refused(run, article, cache, monkeypatch):
    def missing(folder):
        raise ModelError(f"{folder}: no such folder of models")

    monkeypatch.setattr(modelset, "load", missing)
    code, out, err = run("run", "--cache", cache, "--models", "none", article)
    assert (code, out, err) == (2, "", "error: none: no such folder of models\n")


def test_damaged_models_are_refused_when_something_must_be_parsed(run, article, cache, monkeypatch):
    run("run", "--cache", cache, article)

    def damaged(*_, **__):
        raise ModelError("models: damaged")

    monkeypatch.setattr(parse, "load", damaged)
    assert run("run", "--cache", cache, article)[0] == 0
    article.write_text("Something new.")
    assert run("run", "--cache", cache, article) == (2, "", "error: models: damaged\n")


def test_a_damaged_cache_is_a_warning(run, article, cache):
    first = run("run", "--cache", cache, article)
    (cache / "parses.sqlite3").write_bytes(b"no database at all" * 1000)
    code, out, err = run("run", "--cache", cache, article)
    assert (code, out) == first[:2]
    assert err == (
        f"warning: {cache / 'parses.sqlite3'}: the cache was damaged and has been begun anew; what it held is parsed"
        " again\n"
    )
    assert run("run", "--cache", cache, article) == first
    (cache / "parses.sqlite3").write_bytes(b"no database at all" * 1000)
    assert run("run", "--quiet", "--cache", cache, article) == first


def test_a_cache_that_cannot_be_used_is_a_warning(run, article, cache):
    cache.write_text("a file")
    code, out, err = run("run", "--cache", cache, article)
    assert code == 0 and "a.txt" in out
    assert err.startswith(f"warning: {cache / 'parses.sqlite3'}: the cache cannot be used (") and err.count("\n") == 1


def test_info_and_clear(run, article, cache):
    file = cache / "parses.sqlite3"
    assert run("cache", "info", "--cache", cache) == (0, f"{file}: nothing is cached yet; may have 500 MB\n", "")
    assert run("cache", "clear", "--cache", cache) == (0, f"{file}: there was nothing to remove\n", "")
    assert not cache.exists()
    run("run", "--cache", cache, article)
    code, out, err = run("cache", "info", "--cache", cache, "--cache-size", "70")
    assert (code, err) == (0, "")
    place, amount, use = out.splitlines()
    assert place == str(file) and re.fullmatch(r"2 paragraphs, 0\.\d MB; may have 70 MB", amount)
    assert use.startswith("last used between 2") and use.count(":") == 2
    code, out, err = run("cache", "clear", "--cache", cache)
    assert (code, err) == (0, "") and re.fullmatch(r".*sqlite3: removed 2 paragraphs, 0\.\d MB\n", out)
    assert list(cache.iterdir()) == []


def test_info_and_clear_of_a_damaged_cache(run, cache):
    cache.mkdir()
    file = cache / "parses.sqlite3"
    file.write_bytes(b"no database at all" * 100_000)
    code, out, err = run("cache", "info", "--cache", cache)
    assert (code, out) == (0, "") and err.startswith(f"warning: {file}: the cache was damaged")
    file.write_bytes(b"no database at all" * 100_000)
    assert run("cache", "clear", "--cache", cache) == (0, f"{file}: removed 1.8 MB\n", "")
    assert not file.exists()


def test_a_cache_that_cannot_be_removed(run, cache):
    (cache / "parses.sqlite3").mkdir(parents=True)
    (cache / "parses.sqlite3-wal").write_text("x")
    code, out, err = run("cache", "clear", "--cache", cache)
    assert (code, out) == (2, "") and err.startswith(f"error: {cache / 'parses.sqlite3'}: cannot be removed (")


def test_the_bound_is_kept(run, cache, tmp_path, monkeypatch):
    monkeypatch.setenv("QUOTE_AUDIT_CACHE_SIZE", "1")
    for batch in range(4):
        paragraphs = "\n\n".join(f"{batch}-{number}-{'x' * 400} is long." for number in range(1000))
        (tmp_path / "a.txt").write_text(paragraphs)
        assert run("run", "--cache", cache, tmp_path / "a.txt")[::2] == (0, "")
    assert 500_000 < (cache / "parses.sqlite3").stat().st_size < 1_100_000
    with sqlite3.connect(cache / "parses.sqlite3") as connection:
        (count,) = connection.execute("SELECT count(*) FROM parse").fetchone()
    connection.close()
    assert 500 < count < 2500


@pytest.mark.parametrize("size", ["0", "-5", "much", "1.5"])
def test_a_size_that_is_none(run, size, monkeypatch):
    code, out, err = run("cache", "info", "--cache-size", size)
    assert (code, out) == (2, "") and f"{size!r} (or QUOTE_AUDIT_CACHE_SIZE) is not a number of megabytes" in err
    monkeypatch.setenv("QUOTE_AUDIT_CACHE_SIZE", size)
    assert run("cache", "info")[0] == 2


@pytest.mark.parametrize("arguments", [["cache"], ["cache", "shrink"], ["run", "--cache", "d", "--no-cache", "a.txt"]])
def test_usage(run, arguments):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "") and err.startswith("usage: quote-audit")
