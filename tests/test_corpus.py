"""Treebanks and articles with names, as training reads them; what news prints that they do not have."""

import random
from pathlib import Path

import pytest

from audit.errors import InputError
from audit.train import corpus, vary

TREES = """\
# newdoc id = a
# newpar
# text = Don't go.
1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\t_
1\tDo\tdo\tAUX\tVB\tMood=Imp\t3\taux\t_\t_
2\tn't\tnot\tPART\tRB\t_\t3\tadvmod\t_\t_
3\tgo\tgo\tVERB\tVB\tVerbForm=Inf\t0\troot\t_\tSpaceAfter=No
4\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_

# text = She left the house.
1\tShe\tshe\tPRON\tPRP\t_\t2\tnsubj\t_\t_
2\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_
2.1\tleft\tleave\tVERB\tVBD\t_\t_\t_\t0:root\t_
3\tthe\tthe\tDET\tDT\t_\t4\tdet\t_\t_
4\thouse\thouse\tNOUN\tNN\t_\t2\tobj\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

# newpar
1\tWho\twho\tPRON\tWP\t_\t0\troot\t_\t_
"""


@pytest.fixture
def trees(tmp_path: Path) -> Path:
    path = tmp_path / "x-train.conllu"
    path.write_text(TREES, "utf-8")
    return path


def test_a_treebank_is_read_in_paragraphs(trees: Path) -> None:
    first, second = corpus.treebank(trees)
    assert [[token.form for token in sentence] for sentence in first] == [
        ["Do", "n't", "go", "."],
        ["She", "left", "the", "house", "."],
    ]
    assert [token.blank for token in first[0]] == [False, True, False, True]
    assert [token.head for token in first[1]] == [2, 0, 4, 2, 2]
    assert second[0][0].form == "Who"


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "bad-train.conllu"
    path.write_text("1\tonly three\tcells\n", "utf-8")
    with pytest.raises(InputError, match=r"bad-train\.conllu:1: 3 columns instead of the 10"):
        corpus.treebank(path)


def test_names_are_read_with_the_blanks_of_print(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    rows = [
        "http://x.org\tO",
        "",
        '"\tO',
        "Ann\tB-Person",
        "Lee\tI-Person",
        "'s\tO",
        "here\tO",
        '"\tO',
        ",\tO",
        "UN\tB-Organization",
        "said\tO",
    ]
    path.write_text("\n".join(rows) + "\n", "utf-8")
    ((sentence,),) = corpus.names(path)
    assert "".join(token.form + " " * token.blank for token in sentence) == '"Ann Lee\'s here", UN said '
    assert [token.ner for token in sentence] == [
        "O", "B-Person", "E-Person", "O", "O", "O", "O", "S-Organization", "O",
    ]  # fmt: skip


def test_a_line_without_a_tag_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("Ann\tB-Person\nLee\n", "utf-8")
    with pytest.raises(InputError, match=r"a\.tsv:2: not a token and its tag: 'Lee'"):
        corpus.names(path)


def test_a_headline_keeps_a_tree(trees: Path) -> None:
    sentence = corpus.treebank(trees)[0][1]
    headline = vary._headline(sentence)
    assert [(token.form, token.head) for token in headline] == [("She", 2), ("left", 0), ("house", 2)]


def test_variations_keep_heads_in_reach(trees: Path) -> None:
    chance = random.Random(3)
    paragraphs = corpus.treebank(trees)
    changed = 0
    for _ in range(200):
        for paragraph in paragraphs:
            found = vary.varied(paragraph, chance)
            changed += found != paragraph
            for sentence in found:
                assert sum(token.head == 0 for token in sentence) == 1
                assert all(0 <= token.head <= len(sentence) for token in sentence)
    assert 40 < changed < 160  # of 400: a fifth, less what has nothing to change
