"""Atoms -> the word pieces that the encoder reads, each with the shape of its atom."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from audit.joint import atoms

FEATURES = atoms.SHAPES * 4  # shape of the atom * 4 + whether a blank stands before it * 2 + whether the piece opens it
_MOST_PIECES = 12  # of one atom: what follows in a hash or a run of letters says nothing more
_REMEMBERED = 100_000  # atoms whose pieces are kept; in news 20,000 cover 98 % of the words


class Entry(NamedTuple):
    """What the encoder is given for an atom."""

    ids: tuple[int, ...]
    apart: tuple[int, ...]  # the feature of each piece where a blank stands before the atom
    close: tuple[int, ...]  # and where none does


@dataclass(frozen=True, slots=True)
class Pieces:
    """The encoder's vocabulary; remembers what it made of an atom, so that most words cost one look-up."""

    tokenizer: Any  # tokenizers.Tokenizer
    opening: int  # the id of the piece that stands before every text
    closing: int  # and behind it
    unseen: int  # the id of the piece that stands for one that is hidden
    known: dict[str, Entry] = field(default_factory=dict, repr=False)

    def entry(self, atom: str) -> Entry:
        """An atom's pieces, at least one, and their features."""
        found = self.known.get(atom)
        if found is None:
            if len(self.known) >= _REMEMBERED:
                self.known.clear()
            encoded = self.tokenizer.encode(atoms.plain(atom), add_special_tokens=False).ids[:_MOST_PIECES]
            ids = tuple(encoded) or (self.tokenizer.token_to_id("[UNK]"),)
            shape = atoms.shape(atom) * 4
            apart, close = ((shape + blank * 2 + 1, *[shape + blank * 2] * (len(ids) - 1)) for blank in (True, False))
            found = self.known[atom] = Entry(ids, apart, close)
        return found


def load(file: Path) -> Pieces:
    """The vocabulary in a ``tokenizer.json``.

    Raises:
        Exception: `file` is no such vocabulary (the library has no type of its own for it).
    """
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(file))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    vocabulary = tokenizer.get_vocab()
    return Pieces(tokenizer, vocabulary["[CLS]"], vocabulary["[SEP]"], vocabulary.get("[MASK]", vocabulary["[UNK]"]))
