"""Finding, reading and writing files, however odd they are."""

import contextlib
import inspect
import io
import os
import resource
import signal
import socket
import stat
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit import files, writing
from audit.decoding import decode
from audit.errors import InputError
from audit.files import STDIN
from audit.readers import Intake, Limits, plain
from audit.writing import check_writable, replacing, write_atomic

needs_permissions = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read and write everything"
)


def write(path: Path, data: bytes | str = "The bridge was closed.\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def discover(paths):
    return files.discover(paths, [".txt"])


def read(path: Path, *, warn=lambda _: None, characters: int = 1_000_000, encoding: str | None = None) -> str:
    intake = Intake(encoding, Limits(characters=characters), warn)
    name = "stdin" if path == STDIN else str(path)
    (article,) = plain.read(name, files.read(path, megabytes=50), intake)
    return article.text


def refused(data: bytes, **options) -> str:
    with pytest.raises(InputError) as error:
        decode("a.txt", data, **options)
    return str(error.value)


# discover


def test_files_are_taken_as_given_and_once(tmp_path):
    odd, plain = write(tmp_path / "b.html"), write(tmp_path / "a.txt")
    assert discover([odd, str(plain), tmp_path / "." / "b.html", "-", "-", tmp_path]) == ([odd, plain, STDIN], [])


def test_a_folder_stands_for_its_texts_sorted(tmp_path):
    texts = [write(tmp_path / name) for name in ("a.txt", "b/c.TXT", "b/d/e.txt", "f.txt")]
    for name in ("a.jsonl", "gold/a.jsonl", ".hidden.txt", ".git/x.txt", "notxt", "b/x.txt~"):
        write(tmp_path / name)
    assert discover([tmp_path]) == (texts, [])


def test_what_is_missing_does_not_stop_the_rest(tmp_path):
    text = write(tmp_path / "a.txt")
    write(tmp_path / "empty" / "picture.png")
    paths, errors = discover([tmp_path / "none.txt", tmp_path / "empty", text])
    assert paths == [text]
    missing, empty = map(str, errors)
    assert "none.txt: there is no such file" in missing
    assert "empty: no articles in this folder" in empty and ".txt" in empty


def test_links_that_go_round_in_circles(tmp_path):
    text = write(tmp_path / "a" / "a.txt")
    (tmp_path / "a" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "again.txt").symlink_to(text)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    (tmp_path / "dead.txt").symlink_to(tmp_path / "gone.txt")
    assert discover([tmp_path]) == ([text], [])
    _, (error,) = discover([tmp_path / "self.txt"])
    assert "self.txt" in str(error)


@needs_permissions
def test_a_folder_that_may_not_be_read(tmp_path):
    text = write(tmp_path / "a.txt")
    closed = write(tmp_path / "closed" / "b.txt").parent
    closed.chmod(0)
    try:
        paths, (error,) = discover([closed, text])
    finally:
        closed.chmod(0o700)
    assert paths == [text] and "closed: cannot be read: no permission" in str(error)


@needs_permissions
def test_a_folder_in_a_folder_that_may_not_be_read_loses_nothing_else(tmp_path):
    texts = [write(tmp_path / name) for name in ("a.txt", "z.txt")]
    closed = write(tmp_path / "closed" / "b.txt").parent
    closed.chmod(0)
    try:
        paths, (error,) = discover([tmp_path])
    finally:
        closed.chmod(0o700)
    assert paths == texts and "closed: cannot be read: no permission" in str(error)


def test_what_is_no_file_is_never_opened(tmp_path):
    text = write(tmp_path / "a.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "device.txt").symlink_to(os.devnull)
    with socket.socket(socket.AF_UNIX) as server, contextlib.chdir(tmp_path):
        server.bind("socket.txt")
        assert discover([tmp_path]) == ([text], [])
    assert discover([tmp_path / "pipe.txt"]) == ([tmp_path / "pipe.txt"], [])


def test_a_pipe_that_is_named_is_read(tmp_path):
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=[b"The bridge was closed."])
    writer.start()
    assert read(pipe) == "The bridge was closed."
    writer.join()


def test_folders_deeper_than_calls(tmp_path):
    depth = 200
    text = write(tmp_path.joinpath(*["d"] * depth) / "a.txt")
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + depth)
    try:
        found = discover([tmp_path])
    finally:
        sys.setrecursionlimit(before)
    assert found == ([text], [])


def test_a_folder_is_resolved_once_and_not_for_each_of_its_files(tmp_path, monkeypatch):
    for number in range(200):
        write(tmp_path / str(number % 10) / f"{number}.txt")
    resolved, resolve = [], os.path.realpath
    monkeypatch.setattr(os.path, "realpath", lambda path: resolved.append(path) or resolve(path))
    assert len(discover([tmp_path])[0]) == 200 and len(resolved) == 1


# read


def test_newlines_and_byte_order_mark_stay(tmp_path):
    text = "\ufeffOne.\r\nTwo.\rThree — “four”.\u2028"
    warnings = []
    assert (read(write(tmp_path / "a.txt", text), warn=warnings.append), warnings) == (text, [])


def test_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("“Närrisch”\r\n".encode())))
    assert read(STDIN) == "“Närrisch”\r\n"
    with pytest.raises(InputError, match=r"^stdin: empty"):
        read(STDIN)


@pytest.mark.parametrize("data", ["", " \n\t\u00a0", "\ufeff", "\ufeff \n"])
def test_nothing_to_read(tmp_path, data):
    with pytest.raises(InputError, match=r"a\.txt: empty"):
        read(write(tmp_path / "a.txt", data))


def test_a_folder_or_nothing_where_a_file_should_be(tmp_path):
    with pytest.raises(InputError, match="cannot be read: it is a folder"):
        read(tmp_path)
    with pytest.raises(InputError, match=r"gone\.txt: cannot be read: there is no such file"):
        read(tmp_path / "gone.txt")


@needs_permissions
def test_a_file_that_may_not_be_read(tmp_path):
    path = write(tmp_path / "a.txt")
    path.chmod(0)
    with pytest.raises(InputError, match="no permission"):
        read(path)


@pytest.mark.parametrize("character", ["a", "é", "€", "😀"])
@pytest.mark.parametrize("encoding", [None, "utf-8", "utf-16"])
def test_too_long(tmp_path, character, encoding):
    path = write(tmp_path / "a.txt", (character * 100).encode(encoding or "utf-8"))
    assert len(read(path, encoding=encoding, characters=100)) == 100
    with pytest.raises(InputError, match=r"more than 99 characters.*--max-characters"):
        read(path, encoding=encoding, characters=99)
    with pytest.raises(InputError, match="more than 3 characters"):
        read(path, encoding=encoding, characters=3)


def test_a_line_of_two_megabytes(tmp_path):
    path = write(tmp_path / "a.txt", "word " * 400_000)
    with pytest.raises(InputError, match="more than 1,000,000 characters"):
        read(path)
    assert len(read(path, characters=2_000_000)) == 2_000_000


def test_too_large(tmp_path):
    path = write(tmp_path / "a.txt", b"a" * 1_000_000)
    assert len(files.read(path, megabytes=1)) == 1_000_000
    with pytest.raises(InputError, match=r"a\.txt: more than 1 MB.*--max-megabytes"):
        files.read(write(tmp_path / "a.txt", b"a" * 1_000_001), megabytes=1)


# decode


def test_windows_1252_is_read_with_a_warning():
    text = "“We can’t,” said Erdoğan’s aide Mevlüt Çavus – or so it’s said… £5".replace("ğ", "g")
    reading = decode("a.txt", text.encode("cp1252"))
    assert reading.text == text
    assert reading.warning.startswith("a.txt: not UTF-8; read as Windows-1252")


def test_what_is_neither_utf_8_nor_windows_1252_names_its_place():
    message = refused("One.\nTwo “three”: ".encode() + b"\x93no\x94.")
    assert message.startswith("a.txt:2:14: invalid UTF-8: byte 0x93 at offset 22;")
    assert "--encoding windows-1252" in message
    assert refused(b"He said \xff.").startswith("a.txt:1:9: invalid UTF-8: byte 0xFF")
    assert refused("Он сказал, что мост закрыт.".encode("koi8-r")).startswith("a.txt:1:1: invalid UTF-8")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_wide_text_is_read_by_its_byte_order_mark(encoding):
    text = "The bridge “was” closed.\r\n"
    reading = decode("a.txt", text.encode(encoding))
    assert (reading.text, reading.warning) == (text, None)
    big = "\ufeff".encode(f"{encoding}-be") + text.encode(f"{encoding}-be")
    assert decode("a.txt", big).text == text
    assert decode("a.txt", text.encode(encoding), encoding).text == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_wide_text_without_a_mark_is_read_with_a_warning(encoding):
    reading = decode("a.txt", "The bridge “was” closed.".encode(encoding))
    assert reading.text == "The bridge “was” closed."
    assert reading.warning.startswith(f"a.txt: not UTF-8; read as {encoding.upper()}")


def test_a_byte_order_mark_that_lies_is_not_believed():
    assert "but is not in it" in refused(b"\xff\xfeThe bridge was closed.")
    assert "but is not in it" in refused(b"\xff\xfe\0\0The bridge was closed.")
    assert "invalid UTF-16: byte" in refused("The bridge".encode("utf-16") + b"\0\xd8a\0")


@pytest.mark.parametrize("data", [b"\xc0\xafetc", b"\xed\xa0\x80 he said", b"\xf4\x90\x80\x80", b"\xe0\x80\xaf"])
def test_overlong_forms_and_surrogates_are_no_utf_8(data):
    assert refused(data).startswith("a.txt:1:1: invalid UTF-8")


def test_an_encoding_that_does_not_fit():
    assert "invalid ASCII: byte 0xE2" in refused("“Yes”".encode(), encoding="ascii")
    assert "a.txt: cannot be read as nonsense" in refused(b"Yes", encoding="nonsense")


def test_nul_characters_are_named_by_place():
    assert refused(b"One.\r\nTwo \0three.").startswith("a.txt:2:5: a NUL character")
    assert refused(b"One.\r\nTwo \0three.", encoding="latin-1").startswith("a.txt:2:5: a NUL character")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\x06", "binary"),
        (bytes(range(256)) * 4, "binary"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "PDF"),
        (b"PK\x03\x04\x14\0\x06\0", "Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word"),
        (b"{\\rtf1\\ansi Bridge}", "RTF"),
    ],
)
def test_what_is_no_text(data, what):
    assert what in refused(data)


@given(st.binary(max_size=60), st.sampled_from([None, "utf-8", "utf-16", "windows-1252", "utf-7"]))
def test_bytes_are_text_or_refused(data, encoding):
    try:
        reading = decode("a.txt", data, encoding)
    except InputError as error:
        assert str(error).startswith("a.txt:")
    else:
        told = encoding or reading.warning or data.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff"))
        assert told or reading.text.encode("utf-8", "surrogatepass") == data


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"], include_characters="\r\n\t"), max_size=60))
def test_utf_8_is_read_as_it_is(text):
    try:
        assert decode("a.txt", text.encode()).text == text
    except InputError as error:
        assert "PDF" in str(error)


# write_atomic, replacing


def test_a_report_is_written_as_it_is(tmp_path):
    path = tmp_path / "report.csv"
    write_atomic(path, "a,“b”\r\n")
    assert path.read_bytes() == "a,“b”\r\n".encode()
    write_atomic(path, "")
    assert path.read_bytes() == b""
    assert list(tmp_path.iterdir()) == [path]


def test_permissions_are_those_of_any_new_file_or_of_the_old_one(tmp_path):
    before = os.umask(0o027)
    try:
        write_atomic(tmp_path / "new", "x")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640
    (tmp_path / "new").chmod(0o600)
    write_atomic(tmp_path / "new", "y")
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o600


def test_a_link_stays_one(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "target")
    write_atomic(tmp_path / "link", "x")
    assert (tmp_path / "link").is_symlink() and (tmp_path / "target").read_text() == "x"


def test_a_device_is_not_replaced(tmp_path):
    write_atomic(Path(os.devnull), "x")
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_what_fails_leaves_the_old_file_and_no_other(tmp_path, monkeypatch, error):
    path = write(tmp_path / "report.csv", "old")

    def fail(_):
        raise error

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(InputError if isinstance(error, OSError) else KeyboardInterrupt) as raised:
        write_atomic(path, "new")
    if isinstance(error, OSError):
        assert str(raised.value) == f"{path}: cannot be written: no space left on device"
    assert path.read_text() == "old" and list(tmp_path.iterdir()) == [path]


def test_pieces_are_on_disk_as_they_come_and_at_their_place_at_the_end(tmp_path):
    path = write(tmp_path / "report.csv", "old")
    with replacing(path) as put:
        put("a")
        (beside,) = set(tmp_path.iterdir()) - {path}
        assert beside.read_text() == "a" and path.read_text() == "old"
        put("“b”")
    assert path.read_text() == "a“b”" and list(tmp_path.iterdir()) == [path]


def test_what_a_killed_run_has_left_goes_and_what_another_writes_stays(tmp_path):
    path, other = tmp_path / "report.csv", tmp_path / "other.csv"
    with replacing(path) as put:
        (made,) = tmp_path.iterdir()
        left = write(made.with_name(f"{made.name.rpartition('-')[0]}-left.tmp"))
        with replacing(path) as again:
            assert not left.exists() and made.exists()
            again("second")
        put("first")
    assert path.read_text() == "first"
    with replacing(other):
        assert len(list(tmp_path.iterdir())) == 2
    assert set(tmp_path.iterdir()) == {path, other}


def test_where_files_cannot_be_locked_none_is_taken_away(tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(95, "Operation not supported")

    path = tmp_path / "report.csv"
    with replacing(path):
        (made,) = tmp_path.iterdir()
        left = write(made.with_name(f"{made.name.rpartition('-')[0]}-left.tmp"))
        monkeypatch.setattr("fcntl.flock", refuse)
        write_atomic(path, "x")
        assert made.exists() and left.exists() and path.read_text() == "x"


def test_a_full_disk_in_the_middle(tmp_path):
    path = write(tmp_path / "report.csv", "old")
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handled = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        with pytest.raises(InputError, match="cannot be written: file too large"), replacing(path) as put:
            resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
            put("a" * 1001)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        signal.signal(signal.SIGXFSZ, handled)
    assert path.read_text() == "old" and list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(("name", "why"), [("none/report.csv", "there is no folder"), (".", "it is a folder")])
def test_where_nothing_can_be_written(tmp_path, name, why):
    for attempt in (lambda path: write_atomic(path, "x"), check_writable):
        with pytest.raises(InputError, match=f"cannot be written: {why}"):
            attempt(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@needs_permissions
def test_a_folder_that_may_not_be_written(tmp_path):
    tmp_path.chmod(0o500)
    try:
        for attempt in (lambda path: write_atomic(path, "x"), check_writable):
            with pytest.raises(InputError, match="cannot be written: no permission"):
                attempt(tmp_path / "report.csv")
    finally:
        tmp_path.chmod(0o700)


def test_where_something_can_be_written(tmp_path):
    check_writable(tmp_path / "new.csv")
    check_writable(write(tmp_path / "old.csv"))
    check_writable(Path(os.devnull))


# names that lead nowhere else


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("a.txt", "a.txt"),
        ("day.zip/news/a.txt", "day.zip/news/a.txt"),
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\Windows\\x.txt", "C_/Windows/x.txt"),
        ("..\\x", "x"),
        ("a/./b/../c", "a/b/c"),
        (" . / .. ", "article"),
        ("", "article"),
        ("a\x00b\nc?.txt", "a_b_c_.txt"),
        ("NUL.txt", "_NUL.txt"),
        ("x" * 300 + ".txt", "x" * 56 + ".txt"),
    ],
)
def test_a_name_stays_inside_its_folder(tmp_path, name, kept):
    assert writing.inside(tmp_path, name) == tmp_path / kept


@given(st.text())
def test_every_name_stays_inside(name):
    folder = Path("/some/folder")
    path = writing.inside(folder, name)
    assert path != folder and path.is_relative_to(folder) and ".." not in path.parts


def test_no_link_leads_out_of_a_folder(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out/link").symlink_to(tmp_path)
    with pytest.raises(InputError, match="leads out"):
        writing.inside(tmp_path / "out", "link/x.txt")


def test_who_asks_for_an_article_in_a_file_is_told_which_file_to_give(tmp_path):
    feed, archive = write(tmp_path / "feed.xml"), write(tmp_path / "day.zip")
    for path, holder in ((tmp_path / "feed.xml#2", feed), (archive / "news" / "a.txt", archive)):
        said = f"; it is an article in {holder}: give that"
        _, (error,) = discover([path])
        assert str(error) == f"{path}: there is no such file or folder{said}"
        with pytest.raises(InputError, match="there is no such file") as refused:
            files.read(path, megabytes=1)
        assert str(refused.value).endswith(said)
