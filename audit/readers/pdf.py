"""PDF files -> articles, as well as it goes: a page has letters at places, and no paragraphs."""

from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from audit.errors import InputError
from audit.model import Article
from audit.readers.intake import Intake
from audit.readers.made import made
from audit.readers.opening import Opening
from audit.readers.typeset import Line, lines, paragraphs

if TYPE_CHECKING:
    from pypdf import PdfReader
    from pypdf.generic import DictionaryObject

_MAGIC = b"%PDF-"
_PAGES = 200
# What draws the pages: one of a newspaper takes up to 5,000 operators in 100 KB. A megabyte takes some two seconds.
_OPERATORS = 100_000
_DRAWING = 3_000_000  # bytes, those of a form as often as it is used, and the codes of fonts
_FORMS = 100  # drawings used on a page, such as its head; pictures are none
_UNPACKED = 5_000_000  # bytes of a stream: a page's text has 10,000, its fonts and pictures are not looked at
_READS = 3_000_000  # of what is in no stream: 200 pages of text take 30,000, and a million take a second


class _TooMuchError(Exception):
    """More is drawn than any article is."""


def recognises(opening: Opening) -> bool:
    """Whether it is a PDF file; some programs write blanks or a byte order mark before it."""
    return opening.data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(_MAGIC)


def read(name: str, data: bytes, intake: Intake) -> Iterator[Article]:
    """The article whose lines the pages have.

    Raises:
        InputError: it is damaged, protected, or has no text, as scanned pages have none, or no reader is installed.
    """
    try:
        import pypdf
    except ImportError as error:
        raise InputError(f'{name}: a PDF file; to read these: pip install "quote-audit[pdf]"') from error
    file = _Counted(data)
    try:
        with pypdf.apply_configuration(
            zlib_maximum_output_length=_UNPACKED,
            lzw_maximum_output_length=_UNPACKED,
            run_length_maximum_output_length=_UNPACKED,
            array_based_stream_maximum_output_length=_UNPACKED,
            stream_decoding_work_maximum_length=4 * _UNPACKED,
            stream_parsing_work_maximum_count=4 * _OPERATORS,
            xform_maximum_invocations_per_extraction=_FORMS,
            jbig2dec_binary=None,  # no program is run
        ):
            pages = _pages(name, pypdf.PdfReader(file))
        if file.left < 0:  # what it was told then, pypdf may have passed over
            raise _TooMuchError
    except (InputError, MemoryError):
        raise
    except (_TooMuchError, pypdf.errors.LimitReachedError) as error:
        raise InputError(f"{name}: more is in its pages than an article has; export the text alone") from error
    except Exception as error:  # of a damaged file pypdf raises whatever comes of it
        raise InputError(
            f"{name}: a damaged PDF file ({str(error) or type(error).__name__}); export it again, or save it as text"
        ) from error
    blocks = list(paragraphs(pages))
    if not blocks:
        raise InputError(f"{name}: no text in this PDF file, only pictures of pages; run text recognition (OCR) on it")
    article = made(name, blocks, intake, format="pdf")
    intake.warn(
        f"{name}: where paragraphs of a PDF file begin and end is guessed; check what is reported, or give the document"
        " that it was made from"
    )
    yield article


def _pages(name: str, reader: "PdfReader") -> list[list[Line]]:
    """The lines of each page."""
    if reader.is_encrypted and not reader.decrypt(""):
        raise InputError(f"{name}: protected by a password; save it without one")
    if len(reader.pages) > _PAGES:
        raise InputError(f"{name}: more than {_PAGES} pages, which is hardly one article; split it")
    drawn = size = 0
    found: list[list[Line]] = []
    forms = _Forms()

    def within() -> None:
        if drawn > _OPERATORS or size > _DRAWING:
            raise _TooMuchError

    def count(operator: bytes, operands: Sequence[object], *_: object) -> None:
        nonlocal drawn, size
        drawn += 1
        if operator == b"Do" and operands:
            size += forms.sizes[str(operands[0])]
        within()

    for page in reader.pages:
        pieces: list[tuple[str, float, float, float]] = []

        def keep(text: str, cm: Sequence[float], tm: Sequence[float], _: object, size: float | None) -> None:
            # Text space to page: ISO 32000-1, 9.4.4; size is that before both are applied.
            across = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            up = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            scale = abs(tm[3] * cm[3]) or 1.0
            pieces.append((text, across, up, float(size or 0) * scale))  # noqa: B023  # called in this round only

        contents = page.get_contents()
        size += _codes(page) + (len(contents.get_data()) if contents else 0)
        forms.look_through(page)
        within()
        page.extract_text(visitor_operand_before=count, visitor_text=keep)
        within()  # what is raised inside of a form pypdf passes over
        found.append(lines(pieces))
    return found


class _Counted(BytesIO):
    """A file that is not read without end: pypdf reads what is in no stream by single bytes."""

    left = _READS

    def read(self, size: int | None = -1, /) -> bytes:
        self.left -= 1
        if self.left < 0:
            raise _TooMuchError
        return super().read(size)


class _Forms:
    """How much is drawn by each form that pages use, by its name; of forms of one name by the largest.

    pypdf reads a form, and its fonts, each time that it is used, and counts its operators alone: what is none takes
    time as well.
    """

    def __init__(self) -> None:
        self.sizes: Counter[str] = Counter()
        self._seen: dict[int, object] = {}
        self._bytes = 0

    def look_through(self, holder: "DictionaryObject") -> None:
        """Take up the forms that a page or a form uses, and those that these use."""
        from pypdf.generic import StreamObject

        waiting = [holder]
        while waiting:
            resources = _within(waiting.pop(), "/Resources")
            for name, reference in _within(resources, "/XObject").items():
                form = reference.get_object()
                if not isinstance(form, StreamObject) or id(form) in self._seen or form.get("/Subtype") == "/Image":
                    continue
                self._seen[id(form)] = form
                size = len(form.get_data()) + _codes(form)
                self.sizes[str(name)] = max(self.sizes[str(name)], size)
                self._bytes += size
                if self._bytes > _DRAWING:
                    raise _TooMuchError
                waiting.append(form)


def _codes(holder: "DictionaryObject") -> int:
    """How many codes the fonts of a page or of a form say the letters of; each takes as long as a byte that draws."""
    from pypdf.generic import StreamObject

    count = 0
    for reference in _within(_within(holder, "/Resources"), "/Font").values():
        font = reference.get_object()
        codes = font.get("/ToUnicode") if hasattr(font, "get") else None
        codes = None if codes is None else codes.get_object()
        count += codes.get_data().count(b"<") if isinstance(codes, StreamObject) else 0
    return count


def _within(holder: "DictionaryObject", name: str) -> "DictionaryObject":
    """The dictionary of that name in another; an empty one where there is none."""
    from pypdf.generic import DictionaryObject

    found = holder.get(name)
    found = None if found is None else found.get_object()
    return found if isinstance(found, DictionaryObject) else DictionaryObject()
