"""CoNLL-U treebanks and files of named entities -> paragraphs of annotated sentences."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from audit.errors import InputError

_NO_BLANK_BEFORE = re.compile(r"[,.;:!?%)\]}…]+|['’](?:s|re|ve|ll|d|m)|n['’]t|''|”", re.IGNORECASE)
_NO_BLANK_AFTER = re.compile(r"[(\[{$#]|``|“")


@dataclass(frozen=True, slots=True)
class Token:
    """A syntactic word with what an annotator said of it; "" or 0 where nothing was said."""

    form: str
    blank: bool  # whether white space follows
    upos: str = ""
    xpos: str = ""
    feats: str = ""
    lemma: str = ""
    head: int = 0
    deprel: str = ""
    ner: str = ""  # BIOES


Sentence = tuple[Token, ...]
Paragraph = tuple[Sentence, ...]


def treebank(path: Path) -> list[Paragraph]:
    """The paragraphs of a CoNLL-U file, as its ``# newpar`` and ``# newdoc`` lines divide it.

    Multi-word tokens are taken apart, without a blank between their words; empty nodes are left out.

    Raises:
        InputError: the file cannot be read, or a line of it is no CoNLL-U.
    """
    paragraphs: list[list[Sentence]] = []
    tokens: list[Token] = []
    inside = 0  # the last word of the multi-word token that is being read
    blank_after = True
    for number, line in enumerate(_lines(path), 1):
        if line.startswith(("# newpar", "# newdoc")) or not paragraphs:
            paragraphs.append([])
        if not line:
            if tokens:
                paragraphs[-1].append(tuple(tokens))
            tokens, inside = [], 0
        elif not line.startswith("#"):
            cells = line.split("\t")
            if len(cells) != 10:
                raise InputError(f"{path}:{number}: {len(cells)} columns instead of the 10 of CoNLL-U")
            blank = "SpaceAfter=No" not in cells[9].split("|")
            if "-" in cells[0]:
                inside, blank_after = int(cells[0].split("-")[1]), blank
            elif cells[0].isdecimal():
                index = int(cells[0])
                blank = (blank_after if index == inside else False) if index <= inside else blank
                feats = "" if cells[5] == "_" else cells[5]
                tokens.append(Token(cells[1], blank, cells[3], cells[4], feats, cells[2], int(cells[6]), cells[7]))
    if tokens:
        paragraphs[-1].append(tuple(tokens))
    return [tuple(paragraph) for paragraph in paragraphs if paragraph]


def names(path: Path) -> list[Paragraph]:
    """One article with its names: a token and its tag (BIO) a line, an empty line behind each sentence.

    Blanks between tokens are put where English has them. What is no token (the address in the first line) is left out.

    Raises:
        InputError: the file cannot be read, or a line has no tag.
    """
    sentences: list[Sentence] = []
    rows: list[tuple[str, str]] = []
    for number, line in enumerate([*_lines(path), ""], 1):
        if line.strip():
            cells = line.split("\t") if "\t" in line else line.split()  # a few lines of the newswire have blanks
            if len(cells) < 2 or not re.fullmatch(r"O|[BIES]-\w+", cells[1]):
                raise InputError(f"{path}:{number}: not a token and its tag: {line[:60]!r}")
            if cells[0].strip() and not cells[0].startswith(("http://", "https://")):
                rows.append(("".join(cells[0].split()), cells[1]))
        elif rows:
            sentences.append(tuple(_spaced(rows)))
            rows = []
    return [tuple(sentences)] if sentences else []


def _spaced(rows: list[tuple[str, str]]) -> Iterator[Token]:
    tags = list(_bioes([tag for _, tag in rows]))
    quoted = False
    for index, (form, _) in enumerate(rows):
        following = rows[index + 1][0] if index + 1 < len(rows) else ""
        opens = form == '"' and not quoted
        quoted ^= form == '"'
        closes = following == '"' and quoted
        blank = not (opens or closes or _NO_BLANK_BEFORE.fullmatch(following) or _NO_BLANK_AFTER.fullmatch(form))
        yield Token(form, blank, ner=tags[index])


def _bioes(tags: list[str]) -> Iterator[str]:
    for index, tag in enumerate(tags):
        if tag == "O":
            yield tag
            continue
        kind = tag[2:]
        before = tags[index - 1] if index else "O"
        after = tags[index + 1] if index + 1 < len(tags) else "O"
        first = tag[0] in "BS" or before[2:] != kind
        last = after == "O" or after[0] in "BS" or after[2:] != kind
        yield f"{'S' if first and last else 'B' if first else 'E' if last else 'I'}-{kind}"


def _lines(path: Path) -> Iterable[str]:
    try:
        return path.read_text("utf-8").split("\n")
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 ({error})") from error
