"""PDF files -> articles, as well as it goes: a page has letters at places, and no paragraphs."""

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

_MAGIC = b"%PDF-"
_PAGES = 500
# What draws the pages: one of a newspaper takes up to 5,000 operators in 100 KB. A megabyte takes some two seconds.
_OPERATORS = 100_000
_DRAWING = 4_000_000  # bytes
_FORMS = 100  # drawings used on a page, such as its head; pictures are none
_UNPACKED = 10_000_000  # bytes of a stream: a page's text has 10,000, its fonts and pictures are not looked at


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
            pages = _pages(name, pypdf.PdfReader(BytesIO(data)))
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

    def count(*_: object) -> None:
        nonlocal drawn
        drawn += 1
        if drawn > _OPERATORS:
            raise _TooMuchError

    for page in reader.pages:
        pieces: list[tuple[str, float, float, float]] = []

        def keep(text: str, cm: Sequence[float], tm: Sequence[float], _: object, size: float | None) -> None:
            # Text space to page: ISO 32000-1, 9.4.4; size is that before both are applied.
            across = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            up = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            scale = abs(tm[3] * cm[3]) or 1.0
            pieces.append((text, across, up, float(size or 0) * scale))  # noqa: B023  # called in this round only

        contents = page.get_contents()
        size += len(contents.get_data()) if contents else 0
        if size > _DRAWING:
            raise _TooMuchError
        page.extract_text(visitor_operand_before=count, visitor_text=keep)
        found.append(lines(pieces))
    return found
