"""E-mail (RFC 5322, MIME), or one pasted as text with its headers -> its text, and the articles attached to it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from audit import lines
from audit.blocks import Block, Piece
from audit.decoding import decode
from audit.errors import InputError
from audit.model import Article, Origin, Section, Span
from audit.readers import fragment, traced
from audit.readers.charset import codec
from audit.readers.intake import Intake
from audit.readers.made import check, check_length, check_marks, made
from audit.readers.opening import Opening
from audit.readers.traced import Traced

if TYPE_CHECKING:
    from email.message import EmailMessage, Message

SUFFIXES = (".eml",)
_HEAD = re.compile(r"(?:From [^\r\n]*\r?\n)?((?:[!-9;-~]{1,80}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)+)\r?\n")
_KNOWN = re.compile(
    r"^(?:from|to|cc|subject|date|message-id|received|return-path|reply-to|mime-version|content-type|delivered-to):",
    re.IGNORECASE | re.MULTILINE,
)
_STRUCTURED = re.compile(r"^(?:content-[\w-]{1,40}|mime-version):[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*", re.I | re.M)
# Characters. The library's reader takes a time that grows with the square of their number: 14 s for 20,000 semicolons.
_LONGEST_HEADER = 2_000
_MOST_LINES = 2_000_000  # line feeds and carriage returns; 45 MB of attached files have 1,200,000
_MOST_PARTS = 1_000
_DEEPEST = 10  # parts in each other; a newsletter forwarded twice has five
_PREFIX = re.compile(r"(?:\s*(?:re|fwd?|aw|wg)\s*:)+\s*", re.IGNORECASE)
_FORWARDED = re.compile(
    r"\s*(?:-{2,} ?(?:forwarded|original) message ?-{2,}|begin forwarded message:)\s*$", re.IGNORECASE
)
_HEADER_LINE = re.compile(r"\s*\*?(?:from|to|cc|subject|date|sent|reply-to)\b[^:\n]{0,20}:", re.IGNORECASE)
_WROTE = re.compile(r"\s*On .{4,200}\bwrote:\s*$")
_ENCODED = ("quoted-printable", "base64", "x-uuencode", "uuencode", "uue")
_QUOTED = re.compile(r"=[ \t]*\r?\n|(?P<codes>(?:=[0-9A-Fa-f]{2})+)|(?P<text>[^=]+|=)")
_UNSAFE = re.compile(r"[^\w.,() -]+")


def recognises(opening: Opening) -> bool:
    """Whether it begins with two header lines or more that e-mails have, and an empty line."""
    found = _HEAD.match(opening.text.lstrip())
    return found is not None and len(_KNOWN.findall(found[1])) >= 2


def read(name: str, data: bytes, intake: Intake) -> Iterator[Article]:
    """The e-mail's own text, and each article of another format that is attached to it.

    Raises:
        InputError: it cannot be read, or there is no text in it.
    """
    from email import message_from_string, policy

    try:
        source, back = data.decode("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8"), "utf-8"
    except UnicodeDecodeError:
        source, back = data.decode("latin-1"), "latin-1"  # a character a byte: each part says what its bytes mean
    if source.count("\n") + source.count("\r") > _MOST_LINES:
        raise InputError(f"{name}: more than {_MOST_LINES:,} lines; save its text as a file")
    long = next((found for found in _STRUCTURED.finditer(source) if len(found[0]) > _LONGEST_HEADER), None)
    if long:
        line, column = lines.place(lines.starts(source), long.start())
        raise InputError(
            f"{name}:{line}:{column}: a header of over {_LONGEST_HEADER:,} characters; save the text as a file"
        )
    try:
        message = message_from_string(source.lstrip(), policy=policy.default)
        parts = list(_leaves(message, name))
        texts = [part for part in parts if not part.get_filename() and part.get_content_maintype() == "text"]
        body = next((part for kind in ("plain", "html") for part in texts if part.get_content_subtype() == kind), None)
        attached = [part for part in parts if part.get_filename() and part.get_content_maintype() != "image"]
    except InputError:
        raise
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError) as error:  # of broken MIME
        raise InputError(
            f"{name}: an e-mail that is broken: {type(error).__name__}; save its text as a file"
        ) from error
    failure = None
    if body is not None:
        try:
            yield _Body(name, source, back, intake).article(message, body)
        except InputError as error:
            failure = error
    for part in attached:
        yield from _attached(name, part, intake)
    if failure and attached:
        intake.fail(name, failure)
    elif failure:
        raise failure
    elif body is None and not attached:
        raise InputError(f"{name}: an e-mail without text or attached articles")


def _leaves(message: "Message", name: str, depth: int = 0) -> Iterator["EmailMessage"]:
    """The parts that hold no others, without the e-mails that are attached whole."""
    from email.message import EmailMessage, Message

    if depth > _DEEPEST:
        raise InputError(f"{name}: more than {_DEEPEST} parts of an e-mail in each other; save its text as a file")
    if message.get_content_maintype() == "multipart" and isinstance(held := message.get_payload(), list):
        if len(held) > _MOST_PARTS:
            raise InputError(f"{name}: more than {_MOST_PARTS:,} parts of an e-mail; save its text as a file")
        for part in held:
            if isinstance(part, Message):
                yield from _leaves(part, name, depth + 1)
    elif isinstance(message, EmailMessage) and isinstance(message.get_payload(), str):
        yield message


def _attached(name: str, part: "EmailMessage", intake: Intake) -> Iterator[Article]:
    from audit import readers

    filename = _UNSAFE.sub("_", str(part.get_filename()).replace("\\", "/").rpartition("/")[2])[:100]
    called = f"{name}/{filename}"
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return
    format = readers.format_of(called, data)
    if format.name in ("mail", "zip") or not filename.lower().endswith(tuple(format.suffixes)):
        intake.warn(f"{called}: left out: no article of a format that is read from e-mails; save it as a file")
        return
    try:
        yield from format.read(called, data, intake)
    except InputError as error:
        intake.fail(called, error)


@dataclass(frozen=True, slots=True)
class _Body:
    name: str
    source: str
    back: str  # the encoding in which `source` is the file
    intake: Intake

    def article(self, message: "EmailMessage", part: "EmailMessage") -> Article:
        """The e-mail as an article: subject, sender, and the text of `part`."""
        text, place = self._text(part), f"{part.get_content_type()} part"
        if part.get_content_subtype() == "html":
            check_marks(self.name, text.text)
            check_length(self.name, text.text, self.intake)
            body = fragment.blocks(text, place)
        else:
            check(self.name, self.intake, characters=len(text.text))
            flowed = part.get_param("format") == "flowed"
            body = _plain(_unwrapped(text, delsp=part.get_param("delsp") == "yes") if flowed else text, place)
        subject = _PREFIX.sub("", _header(message, "subject"), count=1)
        head = [Block(subject, "headline", "", "Subject"), Block(_sender(message), "byline", "", "From")]
        found = made(self.name, [*head, *body], self.intake, format="mail", source=self.source)
        # Of text in base64 no character stands in the file.
        return found if found.origin and found.origin.runs else replace(found, origin=Origin("mail"))

    def _text(self, part: "EmailMessage") -> Traced:
        encoding = str(part.get("content-transfer-encoding", "")).strip().lower()
        payload = str(part.get_payload())
        at = self.source.find(payload)
        if encoding not in _ENCODED:
            text = self._decoded(payload.encode(self.back, "replace"), part)
            return traced.of(self.source, at, at + len(payload)) if at >= 0 and text == payload else Traced(text)
        data = part.get_payload(decode=True)
        text = self._decoded(data if isinstance(data, bytes) else b"", part)
        if encoding != "quoted-printable" or at < 0:
            return Traced(text)
        check_marks(self.name, payload, "=")
        written = self._quoted(payload, at, part)
        return written if written.text == text else Traced(text)

    def _quoted(self, payload: str, at: int, part: "EmailMessage") -> Traced:
        """Quoted-printable text that begins at `at`, each character, or stretch of codes, with its place."""
        pieces: list[Piece] = []
        for found in _QUOTED.finditer(payload):
            there = Span(at + found.start(), at + found.end())
            if found["codes"]:
                data = bytes.fromhex(found["codes"].replace("=", ""))
                pieces.append(Piece(data.decode(self._charset(part), "replace"), there))
            elif found["text"]:
                pieces.append(Piece(found["text"], there))
        return traced.joined(pieces)

    def _charset(self, part: "EmailMessage") -> str:
        return codec(str(part.get_content_charset() or "")) or "utf-8"

    def _decoded(self, data: bytes, part: "EmailMessage") -> str:
        charset = self._charset(part)
        if charset != "utf-8":
            try:
                data.decode()
            except UnicodeDecodeError:
                return decode(self.name, data, charset).text
        reading = decode(self.name, data, self.intake.encoding)
        if reading.warning:
            self.intake.warn(reading.warning)
        return reading.text


def _header(message: "EmailMessage", name: str) -> str:
    raw = next((value for key, value in message.raw_items() if key.lower() == name), "")
    if len(str(raw)) > _LONGEST_HEADER:
        return ""
    try:
        return " ".join(str(message[name] or "").split())
    except Exception:  # the library's reader of headers raises of many kinds at broken ones
        return " ".join(str(raw).split())


def _sender(message: "EmailMessage") -> str:
    """The name of whoever sent it, or else the address."""
    said = _header(message, "from")
    return re.sub(r"\s*<[^<>]*>\s*$", "", said).strip("\"' ") or said


def _unwrapped(text: Traced, *, delsp: bool) -> Traced:
    """Text as it was before its paragraphs were broken into lines that end in a space (RFC 3676)."""
    pieces: list[Piece] = []
    at = 0
    for line in text.text.splitlines(keepends=True):
        ink = line.rstrip("\r\n")
        start = at + (1 if ink.startswith(" ") else 0)
        soft = ink.endswith(" ") and ink != "-- "
        end = at + len(ink) - (1 if soft and delsp else 0) if soft else at + len(line)
        pieces.extend(text.cut(start, max(start, end)))
        at += len(line)
    return traced.joined(pieces)


def _plain(text: Traced, place: str) -> Iterator[Block]:
    """The paragraphs of an e-mail in plain text; what others wrote before, and signatures, are no part of it."""
    for start, end, why in _stretches(text.text):
        section: Section | None = "boilerplate" if why else None
        part = traced.joined(text.cut(start, end))
        for block in fragment.plain(part, place):
            yield Block(block.text, section, why, block.place, block.runs)


def _stretches(text: str) -> Iterator[tuple[int, int, str]]:
    """Stretches of lines, each with why it is no prose, ``""`` for what is."""
    at = start = 0
    why, header = "", False
    written = text.splitlines(keepends=True)
    for index, line in enumerate(written):
        following = next((later for later in written[index + 1 : index + 3] if later.strip()), "")
        header = bool(_FORWARDED.match(line[:300])) or (header and (not line.strip() or bool(_HEADER_LINE.match(line))))
        if why == "signature" or line.rstrip("\r\n") == "-- ":
            told = "signature"
        elif line.startswith(">") or (_WROTE.match(line[:300]) and following.startswith(">")):
            told = "quoted reply"
        elif header:
            told = "forwarded message's header"
        else:
            told = ""
        if told != why:
            if at > start:
                yield start, at, why
            start, why = at, told
        at += len(line)
    if at > start:
        yield start, at, why
