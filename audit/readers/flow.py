"""Elements of NITF and XHTML -> the blocks of an article, as their names tell what each is."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from audit.blocks import Block, Piece, block
from audit.errors import InputError
from audit.model import NOT_PROSE, Section
from audit.readers import fragment
from audit.readers.elements import Element
from audit.readers.intake import Intake
from audit.readers.made import too_long
from audit.readers.traced import joined


@dataclass(frozen=True, slots=True)
class Kind:
    """What the words in an element are; those that say nothing are what the element around them is."""

    section: Section | None = None
    why: str = ""  # see audit.blocks.Block


_ANY = Kind()  # the words tell
_PARAGRAPHS = """
    p block bq blockquote div section article main header body html body.head body.content body.end hedline media figure
    ul ol dl li dt dd table nitf-table caption thead tbody tfoot tr table-row td th hr pre fn address details summary
    aside center
""".split()

FLOW: Mapping[str, Kind] = {
    **dict.fromkeys(_PARAGRAPHS, _ANY),
    **dict.fromkeys("hl1 hl2 h2 h3 h4 h5 h6".split(), Kind("subheading")),
    **dict.fromkeys("media-caption figcaption".split(), Kind("caption")),
    **dict.fromkeys("media-producer credit distributor".split(), Kind("credit")),
    "h1": Kind("headline"),
    **dict.fromkeys(("byline", "byttl"), Kind("byline")),
    "dateline": Kind("dateline"),
    "note": Kind("boilerplate", "editor's note"),
    "tagline": Kind("boilerplate", "tagline"),
    "rights": Kind("boilerplate", "rights"),
    "datasource": Kind("boilerplate", "source of what is above it"),
    "bibliography": Kind("boilerplate", "bibliography"),
    "nav": Kind("boilerplate", "navigation"),
    "footer": Kind("boilerplate", "footer"),
}
"""The elements that stand on lines of their own, in the text of an article; all others are inside a line."""

_NO_TEXT = frozenset(
    """
    head ed-msg del alt-code media-reference media-metadata media-object nitf-table-metadata custom-table nitf-col
    nitf-colgroup script style template noscript iframe object svg math form button input select textarea title
    """.split()
)

_QUOTATION_MARKS = frozenset("\"'“”„‟«»‹›‘’‚`")


class Flow:
    """Takes the words of an article's elements into blocks, as many as an article may have."""

    def __init__(self, name: str, intake: Intake) -> None:
        self._blocks: list[Block] = []
        self._name = name
        self._intake = intake
        self._left = intake.limits.characters
        self._line: list[Piece] = []
        self._broken = True  # nothing since the last line break

    def take(
        self, element: Element, kinds: Mapping[str, Kind] = FLOW, without: Collection[Element] = frozenset()
    ) -> list[Block]:
        """The blocks in an element, but for those in the elements `without`.

        Raises:
            InputError: there is more text than the intake allows.
        """
        before = len(self._blocks)
        kind = kinds.get(element.name, _ANY)
        self._into(element, kind, element, kinds, without)
        self._finish(kind, element)
        return self._blocks[before:]

    def written(self, pieces: Iterable[Piece], place: str) -> list[Block]:
        """The blocks of text in which HTML is written as text, or line breaks alone part paragraphs; as `take`."""
        before = len(self._blocks)
        for made in fragment.blocks(joined(self._counted(pieces)), place):
            self._append(made)
        return self._blocks[before:]

    def _into(
        self, element: Element, kind: Kind, at: Element, kinds: Mapping[str, Kind], without: Collection[Element]
    ) -> None:
        for child in element.children:
            if isinstance(child, Piece):
                self._add(child)
            elif child.name in _NO_TEXT or child in without:
                continue
            elif child.name == "br":
                if self._broken:
                    self._finish(kind, at)
                else:
                    self._line.append(Piece("\n"))
                    self._broken = True
            elif child.name == "pre":
                self._finish(kind, at)
                for made in fragment.plain(joined(self._counted(child.pieces(_NO_TEXT))), child.path):
                    self._append(replace(made, section=kind.section, why=kind.why))
            elif child.name in kinds:
                self._finish(kind, at)
                inner = kinds[child.name]
                if kind.section in NOT_PROSE or not inner.section:
                    inner = kind
                self._into(child, inner, child, kinds, without)
                self._finish(inner, child)
            elif child.name == "q" and not self._is_marked(child):
                self._add(Piece("“"))
                self._into(child, kind, at, kinds, without)
                self._add(Piece("”"))
            else:
                self._into(child, kind, at, kinds, without)

    def _is_marked(self, quotation: Element) -> bool:
        """Whether a quotation has its quotation marks, which files may leave to what shows them."""
        before = self._line[-1].text.rstrip()[-1:] if self._line else ""
        first: Element | Piece = quotation
        while isinstance(first, Element) and first.children:
            first = first.children[0]
        after = first.text.lstrip()[:1] if isinstance(first, Piece) else ""
        return any(mark in _QUOTATION_MARKS for mark in before + after)

    def _add(self, piece: Piece) -> None:
        self._line.append(piece)
        self._broken = self._broken and not piece.text.strip()

    def _counted(self, pieces: Iterable[Piece]) -> Iterator[Piece]:
        for piece in pieces:
            self._left -= len(piece.text.strip())
            if self._left < 0:
                raise too_long(self._name, self._intake)
            yield piece

    def _finish(self, kind: Kind, at: Element) -> None:
        if any(piece.text.strip() for piece in self._line):
            self._append(block(self._counted(self._line), kind.section, why=kind.why, place=at.path))
        self._line = []
        self._broken = True

    def _append(self, made: Block) -> None:
        most = self._intake.limits.paragraphs
        if len(self._blocks) == most:
            raise InputError(
                f"{self._name}: more than {most:,} paragraphs, which is hardly one article;"
                " split it, or raise the limit with --max-paragraphs"
            )
        self._blocks.append(made)


def repeats(blocks: Sequence[Block], others: Iterable[Block], why: str) -> list[Block]:
    """`blocks`, those that say what one of `others` says as what is skipped for that."""
    said = {_key(other) for other in others}
    return [replace(one, section="boilerplate", why=why) if _key(one) in said else one for one in blocks]


def _key(block: Block) -> str:
    return block.text.casefold().rstrip(".")
