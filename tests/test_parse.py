"""Paragraphs become sentences whose every word stands where its offsets say, whatever the text."""

import os
import pickle
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit import modelset, parse
from audit.errors import ModelError
from audit.model import Article, Paragraph, Sentence, Span

model = pytest.mark.model


def article(text: str, name: str = "a.txt") -> Article:
    """An article whose paragraphs are the blocks that blank lines part."""
    blocks = re.finditer(r"\S(?:.*\S)?(?:\n.*\S.*)*", text)
    return Article(name, text, tuple(Paragraph(Span(*block.span()), "body") for block in blocks))


def parsed(parser: parse.Parser, text: str) -> Article:
    (found,) = parse.parse(parser, [article(text)])
    return found


def forms(sentence: Sentence) -> list[str]:
    return [word.form for word in sentence.words]


def check_places(found: Article) -> None:
    """Every word slices to its form, and words, sentences and paragraphs lie in order inside one another."""
    assert list(found.sentences) == sorted(found.sentences, key=lambda sentence: sentence.span)
    for sentence in found.sentences:
        assert found.paragraphs[sentence.paragraph].span.holds(sentence.span)
        assert sentence.span == Span(sentence.words[0].span.start, sentence.words[-1].span.end)
        assert [word.index for word in sentence.words] == list(range(1, len(sentence.words) + 1))
        assert [word.head for word in sentence.words].count(0) == 1
        for word in sentence.words:
            assert found.slice(word.span) == word.form
            assert word.form.strip()
            assert word.lemma
        starts = [word.span.start for word in sentence.words]
        assert starts == sorted(set(starts))


def test_without_the_models_the_module_loads_no_torch() -> None:
    code = "import sys, audit.parse; sys.exit(bool({'torch', 'stanza', 'transformers'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# --- what it finds ---


@model
def test_a_sentence_is_parsed_with_all_its_fields(parser: parse.Parser) -> None:
    found = parsed(parser, "The minister said Ann Lee’s plans don’t help.")
    (sentence,) = found.sentences
    assert [(word.form, word.lemma, word.upos, word.ner) for word in sentence.words] == [
        ("The", "the", "DET", "O"),
        ("minister", "minister", "NOUN", "O"),
        ("said", "say", "VERB", "O"),
        ("Ann", "Ann", "PROPN", "B-Person"),
        ("Lee", "Lee", "PROPN", "E-Person"),
        ("’s", "'s", "PART", "O"),  # which Stanza alone leaves glued to the name
        ("plans", "plan", "NOUN", "O"),
        ("do", "do", "AUX", "O"),
        ("n’t", "not", "PART", "O"),
        ("help", "help", "VERB", "O"),
        (".", ".", "PUNCT", "O"),
    ]
    said, plans, help_ = sentence.words[2], sentence.words[6], sentence.words[9]
    assert (said.head, said.deprel, said.xpos) == (0, "root", "VBD")
    assert (help_.head, help_.deprel) == (said.index, "ccomp")
    assert (plans.head, plans.deprel) == (help_.index, "nsubj")
    assert "Number=Plur" in plans.feats
    assert sentence.words[5].feats == ""
    check_places(found)


@model
def test_no_sentence_crosses_a_paragraph(parser: parse.Parser) -> None:
    found = parsed(parser, "The talks in Geneva\n\nwent on until the evening\n\nShe left.")
    assert [sentence.paragraph for sentence in found.sentences] == [0, 1, 2]
    assert found.slice(found.sentences[1].span) == "went on until the evening"


@model
def test_many_articles_at_once_parse_as_each_alone(parser: parse.Parser) -> None:
    articles = [
        article("“We are closely watching,” he said.\n\nNobody else spoke.", "one.txt"),
        article("", "empty.txt"),
        article("Some 3.7 million Syrians live in Turkey, the U.N. says.", "three.txt"),
    ]
    together = parse.parse(parser, articles)
    assert together == [parse.parse(parser, [one])[0] for one in articles]
    assert [one.name for one in together] == ["one.txt", "empty.txt", "three.txt"]
    assert together[1].sentences == ()


@model
def test_sentences_that_were_there_are_replaced(parser: parse.Parser) -> None:
    once = parse.parse(parser, [article("She left. He stayed.")])
    assert parse.parse(parser, once) == once


def test_nothing_to_parse_needs_no_models() -> None:
    unloaded = parse.Parser(pipeline=None, tokenizer=None, digest="")
    assert parse.parse(unloaded, []) == []
    assert parse.parse(unloaded, [article("")]) == [article("")]


# --- places ---


@model
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He  said\u00a0it can't stop.", ["He", "said", "it", "ca", "n't", "stop", "."]),
        ("She is gonna win,\nthey\r\nsaid.", ["She", "is", "gon", "na", "win", ",", "they", "said", "."]),
        ("\ufeffHe said so.", ["He", "said", "so", "."]),
        ("He said\u200b so\u200b.", ["He", "said", "so", "."]),
        ("Win 😀, he said 𝒂gain.", ["Win", "😀", ",", "he", "said", "𝒂gain", "."]),
        ("He said\ud800 so.", ["He", "said\ud800", "so", "."]),
        ("He\x00 said\x07 so.", ["He", "said", "so", "."]),
        ("He" + " " * 3000 + "said" + "\t\u2003" * 500 + "so.", ["He", "said", "so", "."]),
    ],
    ids=["blanks", "lines", "bom", "zero-width", "astral", "surrogate", "control", "gaps"],
)
def test_words_stand_where_their_offsets_say(parser: parse.Parser, text: str, words: list[str]) -> None:
    found = parsed(parser, text)
    check_places(found)
    assert [form for sentence in found.sentences for form in forms(sentence)] == words


@model
@pytest.mark.parametrize("text", ["\u200b\u200b", "\x00", "\ufeff"])
def test_nothing_to_see_makes_no_sentence(parser: parse.Parser, text: str) -> None:
    alone = Article("a.txt", text, (Paragraph(Span(0, len(text)), "body"),))
    assert parse.parse(parser, [alone]) == [alone]


@model
@pytest.mark.parametrize("text", ["😀😀 🎉", "… — !!", "\u00ad", "\u0301\u0301", "_", "5" * 40, "中文报道。", "\ud800"])
def test_odd_paragraphs_keep_their_places(parser: parse.Parser, text: str) -> None:
    check_places(parsed(parser, f"{text}\n\nHe said so."))


@model
@settings(max_examples=25, deadline=None)
@given(texts=st.lists(st.text(max_size=40), min_size=1, max_size=8))
def test_no_text_at_all_loses_its_places(parser: parse.Parser, texts: Sequence[str]) -> None:
    for found in parse.parse(parser, [article(text) for text in texts]):
        check_places(found)


# --- length ---


@model
def test_an_endless_sentence_is_parsed_in_parts_and_said_to_be(parser: parse.Parser) -> None:
    clauses = ", ".join(f"the man number {number} of the list" for number in range(100))
    warned: list[str] = []
    (found,) = parse.parse(parser, [article(f"It rained.\n\nHe saw {clauses}.")], warn=warned.append)
    check_places(found)
    first, *parts = found.sentences
    assert forms(first) == ["It", "rained", "."]
    assert sum(len(part.words) for part in parts) == 802
    assert all(len(part.words) <= 200 for part in parts)
    assert all(forms(part)[-1] in {",", "."} for part in parts)
    assert warned == [f"a.txt: sentence of 802 words at line 3 was parsed in {len(parts)} pieces"]


@model
@pytest.mark.parametrize(
    "text",
    ['"' * 700, "x" * 5000, "!" * 3000, "https://example.org/" + "a/" * 800, "".join(map(chr, range(0xAC00, 0xAF84)))],
    ids=["marks", "letters", "stops", "address", "hangul"],
)
def test_endless_words_keep_their_places(parser: parse.Parser, text: str) -> None:
    found = parsed(parser, f"He said {text} so.")
    check_places(found)
    assert forms(found.sentences[0])[:2] == ["He", "said"]
    assert found.sentences[-1].span.end >= len(text) + 8


@model
def test_a_very_long_paragraph_is_read_in_blocks(parser: parse.Parser, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "The talks went on. Nobody left! “Why?” she asked. " * 6
    whole = parsed(parser, text)
    monkeypatch.setattr(parse, "_BLOCK", 120)
    monkeypatch.setattr(parse, "_BATCH", 200)
    blocks = list(parse._blocks([article(text)]))
    assert len(blocks) > 2
    assert "".join(text[block.span.start : block.span.end] for block in blocks) == text.strip()
    assert all(len(block.span) <= 120 for block in blocks)
    assert parsed(parser, text) == whole


@given(st.text("ab .!?”\n\u00a0", max_size=200))
def test_blocks_cover_a_paragraph_without_a_gap(text: str) -> None:
    whole = Article("a.txt", text, (Paragraph(Span(0, len(text)), "body"),))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parse, "_BLOCK", 10)
        blocks = [block.span for block in parse._blocks([whole])]
    assert "".join(whole.slice(span) for span in blocks) == text
    assert all(0 < len(span) <= 10 for span in blocks) or not text


def _tokens(words: Sequence[str]) -> list[parse._Token]:
    """As in "a b , c d": one space between any two."""
    starts = [sum(len(word) + 1 for word in words[:index]) for index in range(len(words))]
    return [parse._Token(word, word, Span(at, at + len(word))) for word, at in zip(words, starts, strict=True)]


def test_cuts_prefer_semicolons_then_commas_then_gaps() -> None:
    def sizes(words: list[str]) -> list[int]:
        return [len(part) for part in parse._cut(_tokens(words), [1] * len(words))]

    plain = ["word"] * 199
    assert sizes([*plain, "end"]) == [200]
    assert sizes([*plain, "end", "more"]) == [200, 1]
    assert sizes([*plain[:150], ",", *plain[:100]]) == [151, 100]
    assert sizes([*plain[:120], ";", *plain[:30], ",", *plain[:100]]) == [121, 131]
    assert sizes([*plain[:20], ";", *plain[:199]]) == [200, 20]  # a mark in the first half makes too short a part


def test_parts_of_a_token_stay_together_where_they_can() -> None:
    words = _tokens(["word"] * 250)
    words[200] = words[200]._replace(span=Span(words[199].span.end, words[200].span.end))
    assert [len(part) for part in parse._cut(words, [1] * 250)] == [199, 51]


@given(st.lists(st.tuples(st.sampled_from(["word", ",", ";"]), st.integers(1, 200)), max_size=600))
def test_no_part_is_too_long_and_nothing_is_lost(words: list[tuple[str, int]]) -> None:
    tokens = _tokens([word for word, _ in words])
    costs = [cost for _, cost in words]
    parts = list(parse._cut(tokens, costs))
    assert [token for part in parts for token in part] == tokens
    left = iter(costs)
    for part in parts:
        assert 0 < len(part) <= 200
        assert sum(next(left) for _ in part) <= 480


# --- loading ---


@model
def test_loading_and_parsing_touch_no_network_and_print_nothing(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    tried: list[object] = []

    def refuse(*arguments: object, **options: object) -> None:
        tried.append((arguments, options))
        raise OSError("no network in tests")

    monkeypatch.setattr(socket, "socket", refuse)
    for name in ("create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)
    before = {key: value for key, value in os.environ.items() if key.startswith(("HF_", "TRANSFORMERS_"))}
    fresh = parse.load(threads=2)
    assert parsed(fresh, "He said so.").sentences
    assert fresh.digest == modelset.load(modelset.default_dir()).digest
    assert tried == []
    assert capfd.readouterr() == ("", "")
    assert before == {key: value for key, value in os.environ.items() if key.startswith(("HF_", "TRANSFORMERS_"))}


class Bomb:
    """Unpickled, it would make a folder."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.path),)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The models of the package, in a folder that may be spoilt."""
    shutil.copytree(modelset.default_dir(), tmp_path / "models")
    return tmp_path / "models"


def _remake(folder: Path) -> None:
    old = modelset.load(folder)
    modelset.write_manifest(folder, name=old.name, stanza=old.stanza, encoder=old.encoder)


@model
def test_a_file_that_runs_code_when_unpickled_is_refused_unrun(copy: Path, tmp_path: Path) -> None:
    (copy / "tokenize.pt").write_bytes(pickle.dumps({"model": Bomb(tmp_path / "run")}))
    _remake(copy)
    with pytest.raises(ModelError) as raised:
        parse.load(copy)
    assert str(raised.value).startswith(f"{copy / 'tokenize.pt'}: Stanza cannot load the models (")
    assert not (tmp_path / "run").exists()


@model
def test_a_file_that_is_no_checkpoint_is_named(copy: Path) -> None:
    (copy / "lemma.pt").write_bytes(b"no checkpoint")
    _remake(copy)
    with pytest.raises(ModelError, match=r"lemma\.pt: Stanza cannot load .* trained with Stanza 1\.15\.0: train or"):
        parse.load(copy)


@model
def test_an_encoder_that_does_not_load_is_a_model_error(copy: Path) -> None:
    (copy / "encoder/config.json").write_text("{}")
    _remake(copy)
    with pytest.raises(ModelError, match=r"models: Stanza cannot load the models \("):
        parse.load(copy)


def test_a_damaged_file_is_found_before_anything_loads(copy: Path) -> None:
    with (copy / "pos.pt").open("r+b") as file:
        file.seek(1000)
        file.write(b"!")
    with pytest.raises(ModelError, match=r"are missing or damaged(?s:.*)pos\.pt: damaged: its SHA-256 is another"):
        parse.load(copy)


def test_a_folder_without_a_needed_processor_is_refused(copy: Path) -> None:
    (copy / "ner.pt").unlink()
    (copy / "depparse.pt").unlink()
    _remake(copy)
    with pytest.raises(ModelError, match=r"no model for depparse, ner; name another folder with --models DIR"):
        parse.load(copy)
