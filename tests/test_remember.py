"""Parsing with a memory: what the parser is given, and that nobody can tell whether a parse is new or remembered."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit import ingest, remember
from audit.cache import Cache
from audit.model import NOT_PROSE, Article, Sentence, Span, Word
from tests import test_imports


def parse(articles, warn):
    """Every word a sentence of its own; those that shout are too long."""
    return [replace(article, sentences=tuple(sentences(article, warn))) for article in articles]


def sentences(article, warn):
    for index, paragraph in enumerate(article.paragraphs):
        if paragraph.section in NOT_PROSE:
            continue
        at = paragraph.span.start
        for form in article.slice(paragraph.span).split():
            at = article.text.index(form, at)
            span = Span(at, at + len(form))
            yield Sentence(span, (Word(1, span, form, form.lower(), "X", "", "", 0, "root", "O"),), index)
            if form.isupper():
                line = article.text.count("\n", 0, at) + 1
                warn(f"{article.name}: sentence of 300 words at line {line} was parsed in 2 pieces")
            at = span.end


@pytest.fixture
def given_() -> list[list[str]]:
    """The texts that the parser was given, call by call."""
    return []


@pytest.fixture
def audit_(tmp_path, given_):
    """Parses as a run of the command does: with the cache opened anew. Returns articles and warnings."""

    def parser(articles, warn):
        given_.append([article.text for article in articles])
        return parse(articles, warn)

    def run(*articles: Article, identity: str = "models", cached: bool = True) -> tuple[list[Article], list[str]]:
        warnings: list[str] = []
        with Cache(tmp_path / "parses.sqlite3", 10**7, pytest.fail) as cache:
            done = remember.parse(
                articles, lambda: parser, identity=identity, cache=cache if cached else None, warn=warnings.append
            )
        return done, warnings

    return run


def long_article(words: int = 2000) -> list[str]:
    return [f"Paragraph {n} has the words " + " ".join(f"w{n}x{m}" for m in range(45)) for n in range(words // 50)]


def test_after_a_change_in_one_paragraph_that_one_alone_is_parsed(audit_, given_):
    paragraphs = long_article()
    audit_(ingest.article("a.txt", "\n\n".join(paragraphs)))
    assert [len(texts) for texts in given_] == [40]
    paragraphs[17] += " and is now longer"
    changed = ingest.article("a.txt", "\n\n".join(paragraphs))
    done, _ = audit_(changed)
    assert given_[1:] == [[paragraphs[17]]]
    assert done == parse([changed], pytest.fail)


def test_all_that_is_known_needs_no_parser(audit_, given_):
    article = ingest.article("a.txt", "One two.\n\nThree four.\n")
    assert audit_(article) == audit_(article)
    assert len(given_) == 1
    assert audit_(replace(article, name="b.txt"))[0][0].name == "b.txt"
    assert audit_(ingest.article("c.txt", "")) == ([ingest.article("c.txt", "")], [])
    assert len(given_) == 1


@pytest.mark.parametrize("cached", [True, False])
def test_a_paragraph_that_comes_back_is_parsed_once(audit_, given_, cached):
    articles = [ingest.article(f"{n}.txt", f"News {n}.\n\nIt rained.\n\nNews {n}.") for n in range(3)]
    done, _ = audit_(*articles, cached=cached)
    assert given_ == [["News 0.", "It rained.", "News 1.", "News 2."]]
    assert done == parse(articles, pytest.fail)


def test_what_is_no_prose_is_not_parsed(audit_, given_):
    (read,), _ = audit_(ingest.article("a.txt", "One two.\n\nAll rights reserved here."))
    assert given_ == [["One two."]]
    assert {sentence.paragraph for sentence in read.sentences} == {0}


def test_other_models_parse_anew(audit_, given_):
    article = ingest.article("a.txt", "One two.")
    audit_(article)
    audit_(article, identity="other models")
    assert len(given_) == 2


def test_a_remembered_warning_names_this_article_and_this_line(audit_, given_):
    wrapped = "a wrapped line of a paragraph that goes on here\nand is TOO LONG to be read at once, they say\n"
    audit_(ingest.article("a.txt", wrapped))
    expected = [f"b.txt: sentence of 300 words at line {line} was parsed in 2 pieces" for line in (4, 4, 7, 7)]
    for cached in (True, False):
        assert audit_(ingest.article("b.txt", f"Head.\n\n{wrapped}\n{wrapped}"), cached=cached)[1] == expected
    assert [len(texts) for texts in given_] == [1, 1, 2]


def test_what_the_parser_says_of_no_paragraph_is_passed_on(audit_):
    def parser(articles, warn):
        warn("models: they are old")
        return parse(articles, warn)

    said: list[str] = []
    remember.parse([ingest.article("a.txt", "One.")], lambda: parser, identity="", warn=said.append)
    assert said == ["models: they are old"]


def test_nothing_is_kept_of_a_batch_that_fails(audit_, given_, monkeypatch):
    def broken(*_):
        raise IndexError

    good, bad = ingest.article("good.txt", "One two."), ingest.article("bad.txt", "Three four.")
    with monkeypatch.context() as patch:
        patch.setitem(globals(), "parse", broken)
        with pytest.raises(IndexError):
            audit_(good, bad)
    audit_(good)
    assert given_[1:] == [["One two."]]


words = st.sampled_from(
    ["One", "two", "SHOUT", "“quoted”", "😀", "\ud800", "\ud83d\ude00", "Two.", "\n\n", "\n\n", "\n"]
)
texts = st.lists(words, max_size=12).map(" ".join)


@settings(max_examples=50)
@given(st.lists(texts, min_size=1, max_size=3), st.lists(texts, min_size=1, max_size=3))
def test_nobody_can_tell_whether_a_parse_is_remembered(tmp_path_factory, before, now):
    path = tmp_path_factory.mktemp("cache") / "parses.sqlite3"
    said: list[str] = []
    expected: list[str] = []
    articles = [ingest.article(f"{number}.txt", text) for number, text in enumerate(now)]
    with Cache(path, 10**7, pytest.fail) as cache:
        for batch in ([ingest.article("before.txt", text) for text in before], articles):
            said.clear()
            done = remember.parse(batch, lambda: parse, identity="", cache=cache, warn=said.append)
    assert done == parse(articles, expected.append)
    assert said == expected


def test_what_the_cache_depends_on_covers_all_code_that_parses():
    from audit.cli.caching import PARSING

    values_only = {"model", "errors", "modelset", "lines", "__init__"}
    reached, todo = set(), ["parse"]
    while todo:
        part = todo.pop()
        reached.add(part)
        below = {p for m in test_imports.MODULES if test_imports.part_of(m) == part for p in test_imports.our_parts(m)}
        todo += below - reached - values_only
    assert reached <= {name.removesuffix(".py") for name in PARSING}, "name them in audit.cli.caching.PARSING"


def test_a_run_that_finds_everything_loads_no_torch(tmp_path):
    (tmp_path / "a.txt").write_text("Some 300 drivers wait.\n\nThe bridge was closed.\n")
    program = f"""
import sys
from audit import parse
from audit.cli import main

run = ["run", "--cache", {str(tmp_path / "cache")!r}, "--format", "csv", {str(tmp_path / "a.txt")!r}]
real = parse.load
parse.load = lambda *_, **__: None
parse.parse = lambda _, articles, warn: articles
assert main(run) == 0
parse.load = real
assert main(run) == 0
print(*sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1]
    )
    *reports, modules = done.stdout.splitlines()
    assert reports[: len(reports) // 2] == reports[len(reports) // 2 :] != []
    assert not test_imports.PARSER & set(modules.split())
