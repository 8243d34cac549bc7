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
from hypothesis import example, given, settings
from hypothesis import strategies as st

from audit import modelset, official, parse, pipeline, rules
from audit.errors import ModelError
from audit.model import Article, Paragraph, Sentence, Span
from audit.shown import UNSEEN

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
    """Every word slices to its form, but for characters that nobody sees, and words, sentences and paragraphs lie in
    order inside one another."""
    assert list(found.sentences) == sorted(found.sentences, key=lambda sentence: sentence.span)
    for sentence in found.sentences:
        assert found.paragraphs[sentence.paragraph].span.holds(sentence.span)
        assert sentence.span == Span(sentence.words[0].span.start, sentence.words[-1].span.end)
        assert [word.index for word in sentence.words] == list(range(1, len(sentence.words) + 1))
        assert [word.head for word in sentence.words].count(0) == 1
        for word in sentence.words:
            written = found.slice(word.span)
            assert word.form in (written, re.sub(f"[{UNSEEN}]", "", written))
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
        ("’s", "'s", "PART", "O"),
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
    unloaded = parse.Parser(pipeline=None, digest="")
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
        ("He said\ud800 so.", ["He", "said", "\ud800", "so", "."]),
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
@settings(max_examples=25)
@given(texts=st.lists(st.text(max_size=40), min_size=1, max_size=8))
@example(texts=["Gov\u00adernor"])
def test_no_text_at_all_loses_its_places(parser: parse.Parser, texts: Sequence[str]) -> None:
    for found in parse.parse(parser, [article(text) for text in texts]):
        check_places(found)


# --- length ---


@model
def test_an_endless_sentence_is_parsed_in_parts_joined_again_and_said_to_be(parser: parse.Parser) -> None:
    clauses = ", ".join(f"the man number {number} of the list" for number in range(100))
    warned: list[str] = []
    (found,) = parse.parse(parser, [article(f"It rained.\n\nHe saw {clauses}.")], warn=warned.append)
    check_places(found)
    first, second = found.sentences
    assert forms(first) == ["It", "rained", "."]
    assert len(second.words) == 802
    assert [word.deprel for word in second.words if not word.head] == ["root"]
    (said,) = warned
    assert said.startswith("a.txt: sentence of 802 words at line 3 was parsed in ")


@model
@pytest.mark.parametrize("words", [300, 1_200, 5_000])
def test_what_is_claimed_before_behind_and_across_cuts_is_found(parser: parse.Parser, words: int) -> None:
    endless = ", ".join(["and the tall man by the old bridge waited there"] * (words // 10))
    text = f"The mayor said that the bridge was closed, {endless}, and “the road is lost too,” Ann Lee said"
    across = f"“We wait, {endless},” Bob Ray said"
    (found,) = parse.parse(parser, [article(f"{text}\n\n{across}")])
    check_places(found)
    assert [len(sentence.words) > words for sentence in found.sentences] == [True, True]
    claims = pipeline.audit(found, rules.load()).claims
    assert [claim.source.speaker for claim in claims] == ["mayor", "Ann Lee", "Bob Ray"]
    assert found.slice(claims[2].span) == f"“We wait, {endless},”"


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
def test_a_very_long_paragraph_is_read_in_windows_that_end_with_sentences(parser: parse.Parser) -> None:
    text = "The talks in Geneva went on. Nobody left the room! She said that they were close to the end. "
    warned: list[str] = []
    (found,) = parse.parse(parser, [article(text * 40)], warn=warned.append)
    check_places(found)
    assert [found.slice(sentence.span) for sentence in found.sentences] == [
        "The talks in Geneva went on.",
        "Nobody left the room!",
        "She said that they were close to the end.",
    ] * 40
    assert warned == []


@model
def test_a_dateline_is_a_sentence_of_its_own(parser: parse.Parser) -> None:
    found = parsed(parser, "GENEVA (Reuters) - The talks went on, the minister said.")
    assert [found.slice(sentence.span) for sentence in found.sentences][-1] == "The talks went on, the minister said."


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


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The models of the package, in a folder that may be spoilt."""
    shutil.copytree(modelset.default_dir(), tmp_path / "models")
    return tmp_path / "models"


@model
def test_weights_that_are_a_program_are_refused_unrun(copy: Path, tmp_path: Path) -> None:
    class Bomb:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.mkdir, (str(tmp_path / "run"),)

    (copy / "joint.safetensors").write_bytes(pickle.dumps({"model": Bomb()}))
    modelset.write_manifest(copy, name="bomb")
    with pytest.raises(ModelError, match=r"models: the models cannot be loaded \("):
        parse.load(copy)
    assert not (tmp_path / "run").exists()


@model
@pytest.mark.parametrize("name", ["joint.safetensors", "joint.json", "tokenizer.json"])
@pytest.mark.parametrize("content", [b"no model", b"{}", b""])
def test_files_that_are_no_models_are_a_model_error(copy: Path, name: str, content: bytes) -> None:
    (copy / name).write_bytes(content)
    modelset.write_manifest(copy, name="spoilt")
    with pytest.raises(ModelError, match=r"models: the models cannot be loaded \(.*--models DIR"):
        parse.load(copy)


def test_a_damaged_file_is_found_before_anything_loads(copy: Path) -> None:
    with (copy / "joint.safetensors").open("r+b") as file:
        file.seek(1000)
        file.write(b"!")
    with pytest.raises(ModelError, match=r"are missing or damaged(?s:.*)joint\.safetensors: damaged: its SHA-256"):
        parse.load(copy)


# --- Stanza's official models ---


def test_official_models_that_are_not_there_are_said_to_be_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(official, "folder", lambda: tmp_path / "none")
    with pytest.raises(ModelError, match=r"stanza:en: .* are not in .*none; fetch them with `quote-audit models down"):
        parse.load("stanza:en")


def test_only_english_is_audited() -> None:
    with pytest.raises(ModelError, match=r"stanza:de: only English is audited; write --models stanza:en"):
        parse.load("stanza:de")


def test_a_host_that_cannot_be_reached_is_said_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    import stanza

    def unreachable(*_: object, **__: object) -> None:
        raise OSError("Network is unreachable")

    monkeypatch.setattr(stanza, "download", unreachable)
    with pytest.raises(ModelError, match=r"could not be fetched \(Network is unreachable\)\. .* need no download"):
        official.download()


def test_a_parse_of_the_official_pipeline_keeps_its_places() -> None:
    """Its multi-word tokens have words without offsets of their own, and its lemmas may be empty."""
    from stanza.models.common.doc import Document

    text = "Gimme it."
    document = Document(
        [
            [
                {"id": (1, 2), "text": "Gimme", "start_char": 0, "end_char": 5, "ner": "O"},
                {"id": 1, "text": "Give", "lemma": "give", "upos": "VERB", "head": 0, "deprel": "root"},
                {"id": 2, "text": "me", "lemma": None, "upos": "PRON", "head": 1, "deprel": "iobj"},
                {
                    "id": 3, "text": "it", "lemma": "it", "upos": "PRON", "head": 1, "deprel": "obj",
                    "start_char": 6, "end_char": 8, "ner": "S-Person",
                },
                {
                    "id": 4, "text": ".", "lemma": ".", "upos": "PUNCT", "head": 1, "deprel": "punct",
                    "start_char": 8, "end_char": 9, "ner": "O",
                },
            ]
        ],
        text=text,
    )  # fmt: skip

    class Pipeline:
        def bulk_process(self, texts: Sequence[str]) -> list[Document]:
            return [document]

    (found,) = parse.parse(parse.Parser(Pipeline(), ""), [article(text)])
    words = found.sentences[0].words
    assert [(word.form, word.lemma, word.span, word.ner) for word in words] == [
        ("Give", "give", Span(0, 5), "O"),
        ("me", "me", Span(0, 5), "O"),
        ("it", "it", Span(6, 8), "S-Person"),
        (".", ".", Span(8, 9), "O"),
    ]
