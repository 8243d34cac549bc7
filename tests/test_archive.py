"""Archives into the articles in them; hostile ones into messages, and nothing on the disk."""

import gzip
import io
import zipfile

import pytest

from audit import readers
from audit.errors import InputError
from audit.readers import Intake, Limits
from tests import office, samples
from tests.office import zipped

TEXT = "Bridge shut\n\nThe mayor said so on Monday.\n"
SAMPLES = office.archives()


def read(data: bytes, name: str = "a.zip", limits: Limits | None = None) -> tuple[list[str], dict[str, str]]:
    """The names of the articles in an archive, and why the other files were not read."""
    failed: dict[str, str] = {}
    intake = Intake(limits=limits or Limits(), fail=lambda member, error: failed.update({member: str(error)}))
    return [article.name for article in readers.read(name, data, intake)], failed


def refused(data: bytes, name: str = "a.zip", limits: Limits | None = None) -> str:
    with pytest.raises(InputError) as error:
        read(data, name, limits)
    return str(error.value)


def changed(data: bytes, old: bytes, new: bytes) -> bytes:
    assert old in data
    return data.replace(old, new)


# what is in an archive


def test_articles_are_named_by_their_places_and_sorted():
    assert read(SAMPLES["zip/day.zip"]) == (
        ["a.zip/news/columns.pdf", "a.zip/news/council.docx", "a.zip/news/plain.txt"],
        {},
    )
    assert read(SAMPLES["zip/week.zip"]) == (["a.zip/monday.zip/tracked.docx", "a.zip/tuesday/short.pdf"], {})


def test_the_rest_is_read_where_a_file_is_damaged():
    found, failed = read(SAMPLES["zip/damaged.zip"])
    assert found == ["a.zip/ferry.pdf"]
    assert failed.keys() == {"a.zip/a.docx", "a.zip/../short.txt"}
    assert "a damaged Word document" in failed["a.zip/a.docx"] and "leads out" in failed["a.zip/../short.txt"]


def test_a_gzipped_file_is_the_file():
    assert read(SAMPLES["zip/plain.txt.gz"], "plain.txt.gz") == (["plain.txt.gz"], {})
    assert read(gzip.compress(office.COUNCIL), "a.gz") == (["a.gz"], {})


@pytest.mark.parametrize(
    ("path", "twins"),
    [
        ("zip/day.zip", ["pdf/columns.txt", "docx/council.txt", "docx/plain.txt"]),
        ("zip/week.zip", ["docx/tracked.txt", "pdf/short.txt"]),
        ("zip/plain.txt.gz", ["docx/plain.txt"]),
    ],
)
@pytest.mark.model
def test_the_claims_of_a_sample_are_those_of_its_plain_texts(path, twins):
    articles = samples.read(samples.FOLDER / path)
    plain = [article for twin in twins for article in samples.read(samples.FOLDER / twin)]
    assert list(map(samples.claims, articles)) == list(map(samples.claims, plain))


def test_an_archive_without_articles_is_a_message():
    assert "no articles in this archive" in refused(zipped({"a.png": b"x", "b/.c.txt": "x"}))
    assert "no articles in this archive" in refused(zipped({}))


def test_a_link_is_no_article():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        info = zipfile.ZipInfo("link.txt")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
        archive.writestr("a.txt", TEXT)
    assert read(data.getvalue()) == (["a.zip/a.txt"], {})


# names that lead out


@pytest.mark.parametrize(
    "name",
    [
        "../../x.txt",
        "/etc/x.txt",
        "a/../../x.txt",
        "..\\..\\x.txt",
        "C:\\x.txt",
        "c:x.txt",
        "\\\\host\\share\\x.txt",
        "a\\..\\x.txt",
    ],
)
def test_a_name_that_leads_out_is_refused_and_nothing_is_written(name, tmp_path, monkeypatch):
    (tmp_path / "in").mkdir()
    monkeypatch.chdir(tmp_path / "in")
    found, failed = read(zipped({name: TEXT, "good.txt": TEXT}))
    assert found == ["a.zip/good.txt"]
    (said,) = failed.values()
    assert "its name leads out of the archive" in said
    assert [path.name for path in tmp_path.rglob("*")] == ["in"]


def test_names_are_clean():
    (found,), _ = read(zipped({"a\\b\n\u202e\x1bc.txt": TEXT}))
    assert found == "a.zip/a/b\ufffd\ufffd\ufffdc.txt"


def test_of_two_files_of_one_name_the_first_is_read():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("a.txt", TEXT)
        archive.writestr("a.txt", TEXT)
    found, failed = read(data.getvalue())
    assert found == ["a.zip/a.txt"] and "twice" in failed["a.zip/a.txt"]


# bombs


def test_a_bomb_is_not_unpacked():
    found, failed = read(zipped({"a.txt": TEXT, "bomb.txt": " " * 40_000_000}))
    assert found == ["a.zip/a.txt"] and "more than 100 times its size" in failed["a.zip/bomb.txt"]
    assert "more than 100 times its size" in refused(gzip.compress(bytes(40_000_000)), "a.txt.gz")


def test_files_have_a_size_at_most_alone_and_together():
    noise = bytes(range(32, 127)) * 12_000  # 1.1 MB that packs less than 100 times
    members = {f"{number}.txt": bytes([97 + number]) + noise for number in range(4)}
    members = {
        name: b"".join(content[at : at + 90] + bytes([65 + at % 26]) for at in range(0, len(content), 91))
        for name, content in members.items()
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    _, failed = read(data.getvalue(), limits=Limits(megabytes=1))
    assert all("more than 1 MB unpacked" in said for said in failed.values()) and len(failed) == 4
    assert "more is packed in this file than is ever unpacked" in refused(data.getvalue(), limits=Limits(unpacked=2))


def test_files_are_counted_in_all_archives_together():
    inner = zipped({f"{number}.txt": TEXT for number in range(6)})
    assert "more than 5 files" in refused(inner, limits=Limits(files=5))
    found, failed = read(zipped({"1.zip": inner, "2.zip": inner}), limits=Limits(files=9))
    assert len(found) == 6 and "files in it" in failed["a.zip/2.zip"]


def test_archives_in_each_other_have_a_depth_at_most():
    data = zipped({"a.txt": TEXT})
    for _ in range(3):
        data = zipped({"deep.zip": data, "a.txt": TEXT})
    found, failed = read(data)
    assert found == ["a.zip/a.txt", "a.zip/deep.zip/a.txt"]
    assert "2 deep in each other" in failed["a.zip/deep.zip/deep.zip"]


def test_documents_in_an_archive_count_for_it():
    document = office.docx(office.paragraph("The mayor said so. " * 30_000))
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for number in range(9):
            archive.writestr(f"{number}.docx", document)
    assert "than is ever unpacked" in refused(data.getvalue(), limits=Limits(unpacked=3))


def test_files_that_share_their_bytes_are_a_bomb():
    data = zipped({"a.txt": TEXT, "b.txt": TEXT})
    table = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", table + 4)
    shared = data[: second + 42] + bytes(4) + data[second + 46 :]
    assert "share their bytes" in refused(shared)


def test_gzip_of_an_archive_is_a_message():
    assert "an archive packed by gzip" in refused(gzip.compress(zipped({"a.txt": TEXT})), "a.gz")
    assert "an archive packed by gzip" in refused(gzip.compress(gzip.compress(b"x")), "a.gz")
    assert "an archive packed by gzip" in refused(gzip.compress(bytes(257) + b"ustar" + bytes(300)), "a.tar.gz")


# damage


def test_a_file_that_is_not_what_the_archive_says_is_refused():
    data = zipped({"a.txt": TEXT, "b.txt": TEXT.upper()})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        crc = archive.getinfo("a.txt").CRC.to_bytes(4, "little")
    found, failed = read(changed(data, crc, bytes(4)))
    assert found == ["a.zip/b.txt"] and "damaged in its archive" in failed["a.zip/a.txt"]


def test_a_file_with_a_lying_size_is_refused():
    data = zipped({"a.txt": TEXT, "b.txt": TEXT.upper()})
    size = len(TEXT).to_bytes(4, "little")
    table = data.index(b"PK\x01\x02")
    lying = data[:table] + data[table:].replace(size, (7).to_bytes(4, "little"), 1)
    found, failed = read(lying)
    assert found == ["a.zip/b.txt"] and "damaged in its archive" in failed["a.zip/a.txt"]


def test_a_password_is_a_message():
    data = bytearray(zipped({"a.txt": TEXT, "b.txt": TEXT}))
    for at in (data.index(b"PK\x03\x04") + 6, data.index(b"PK\x01\x02") + 8):
        data[at] |= 1
    found, failed = read(bytes(data))
    assert found == ["a.zip/b.txt"] and "protected by a password" in failed["a.zip/a.txt"]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_rare_packing_is_a_message(method):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as archive:
        archive.writestr("a.txt", TEXT)
    _, failed = read(data.getvalue())
    assert "packed in a way" in failed["a.zip/a.txt"]


def test_damaged_archives_are_messages():
    assert "a damaged ZIP file" in refused(zipped({"a.txt": TEXT})[:-5])
    assert "damaged gzip data" in refused(gzip.compress(TEXT.encode())[:-9], "a.gz")
    assert "damaged gzip data" in refused(b"\x1f\x8b\x08" + bytes(20), "a.gz")
