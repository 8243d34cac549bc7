"""The gold of newswire: articles out of tokens, and claims that their offsets fit."""

import csv
import hashlib

import pytest

from benchmarks import newswire
from benchmarks.pairs import GROUP

TOKENS = (
    'Doha\tS-Location\n:\tO\nAnn\tB-Person\nLee\tE-Person\nsaid\tO\n"\tO\nno\tO\n"\tO\n,\tO\nand\tO\nthat\tO\nit\tO\n’\tO\n'
    "s\tO\nUS\tO\n$\tO\n3\tO\n.\tO\n\nhttps://example.org\tO\n\nIt\tO\nrained\tO\n(\tO\nhard\tO\n)\tO\n.\tO\n"
)


def test_an_article_is_made_of_its_tokens():
    assert newswire.text(TOKENS.split("\n")) == 'Doha: Ann Lee said "no", and that it’s US$3.\n\nIt rained (hard).\n'


def table(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_every_article_of_the_gold_is_in_one_set():
    articles = table(newswire.ARTICLES)
    assert len({row["article"] for row in articles}) == len(articles) == 128
    assert {row["set"] for row in articles} == {"read", "apart"}
    assert {row["article"] for row in table(newswire.GOLD)} <= {row["article"] for row in articles}


def test_claims_of_the_gold_are_of_the_kinds_there_are_and_have_speakers_where_they_have_sources():
    rows = table(newswire.GOLD)
    assert {row["kind"] for row in rows} == set(GROUP)
    assert all(0 <= int(row["start"]) < int(row["end"]) for row in rows)
    assert all(bool(row["speakers"]) or row["sourcing"] == "unattributed" for row in rows)


def test_an_article_that_is_not_the_one_marked_is_refused(tmp_path, monkeypatch):
    corpus, articles, gold = tmp_path / "corpus", tmp_path / "articles.tsv", tmp_path / "gold.tsv"
    (corpus / "processed_annotated").mkdir(parents=True)
    (corpus / "processed_annotated" / "a.txt.tsv").write_text(TOKENS, encoding="utf-8")
    marked = newswire.text(TOKENS.split("\n"))
    columns = "article\tkind\tstart\tend\tsourcing\tdetail\toptional\tspeakers"
    gold.write_text(f"{columns}\na\tmixed\t19\t23\tnamed\tperson\tno\tAnn Lee|Lee\n", encoding="utf-8")
    articles.write_text(
        f"article\tset\tsha256\na\tread\t{hashlib.sha256(marked.encode()).hexdigest()}\n", encoding="utf-8"
    )
    monkeypatch.setattr(newswire, "ARTICLES", articles)
    monkeypatch.setattr(newswire, "GOLD", gold)
    texts = newswire.read(corpus)
    assert texts == {"read": {"a": marked}, "apart": {}}
    (claim,) = newswire.gold(texts["read"])["a"]
    assert (claim.text, claim.speakers) == ('"no"', ("Ann Lee", "Lee"))
    articles.write_text("article\tset\tsha256\na\tread\tff\n", encoding="utf-8")
    with pytest.raises(RuntimeError, match="not the article that was marked"):
        newswire.read(corpus)
