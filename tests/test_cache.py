"""The cache of parses: what goes in comes out, or nothing does, whatever happens to the file and whoever shares it."""

import os
import random
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit import entries, store
from audit.cache import Cache
from audit.model import Article, Paragraph, Sentence, Span, Word

ROOT = Path(__file__).parent.parent
MOST = 10_000_000
ENTRY = b"some parse"


def key(number: int) -> bytes:
    return number.to_bytes(16, "big")


def entry(number: int) -> bytes:
    """A recognizable entry of some size."""
    return random.Random(number).randbytes(1000)


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "cache" / "parses.sqlite3"


@pytest.fixture
def said() -> list[str]:
    """What the cache warned of."""
    return []


@pytest.fixture
def open_(path, said):
    """Opens the cache; a test closes it with `with`."""
    return lambda most=MOST: Cache(path, most, said.append)


# Entries

# Quotation marks, an emoji and the halves of one, controls, what JSON escapes, and no text at all.
anything = st.text('ab “”’"\\/\x00\n\x7f\u2028é\u0301😀\ud83d\ude00', max_size=6)


offsets = st.integers(0, 20)
spans = st.tuples(offsets, offsets).map(lambda two: Span(*sorted(two)))
rows = st.tuples(spans, st.booleans(), anything, anything, anything, anything, anything, offsets, anything, anything)


@st.composite
def parsed(draw: st.DrawFn) -> Article:
    """A paragraph parsed into sentences whose fields are any text, some forms being other than what is written."""
    text = draw(anything) + draw(anything) + draw(anything)
    sentences = []
    for listed in draw(st.lists(st.lists(rows, max_size=4), max_size=2)):
        words = tuple(
            Word(
                index,
                span,
                text[span.start : span.end] if written else other,
                *fields,
                head % (len(listed) + 1),
                deprel,
                ner,
            )
            for index, (span, written, other, *fields, head, deprel, ner) in enumerate(listed, 1)
        )
        sentences.append(Sentence(draw(spans), words, 0))
    return Article("0", text, (Paragraph(Span(0, len(text)), "body"),), tuple(sentences))


@given(parsed(), st.lists(anything, max_size=2), anything, st.integers(0, 9))
def test_what_is_packed_comes_back_wherever_the_paragraph_stands(article, warnings, before, paragraph):
    packed = entries.pack(article.text, article.sentences, warnings)
    assert entries.unpack(packed, article.text, 0, 0) == (list(article.sentences), warnings)

    there, _ = entries.unpack(packed, before + article.text, len(before), paragraph)
    by = len(before)
    assert there == [
        Sentence(
            Span(s.span.start + by, s.span.end + by),
            tuple(replace(w, span=Span(w.span.start + by, w.span.end + by)) for w in s.words),
            paragraph,
        )
        for s in article.sentences
    ]


@given(anything, anything, anything, anything)
def test_a_key_is_of_one_text_and_one_identity(text, identity, other_text, other_identity):
    same = (text, identity) == (other_text, other_identity)
    if "\0" not in identity + other_identity:
        assert (entries.key(text, identity) == entries.key(other_text, other_identity)) is same


# The store


def test_what_is_put_is_found_in_another_run(open_, said):
    with open_() as cache:
        assert cache.get([key(1)]) == {}
        cache.put({key(1): ENTRY, key(2): b""})
    with open_() as cache:
        assert cache.get([key(2), key(3), key(1)]) == {key(1): ENTRY, key(2): b""}
        cache.put({key(1): b"another"})
        assert cache.get([key(1)]) == {key(1): b"another"}
    assert said == []


def test_many_keys_at_once(open_):
    new = {key(number): entry(number) for number in range(1234)}
    with open_() as cache:
        cache.put(new)
        assert cache.get([*new, key(5000)]) == new


@pytest.mark.skipif(os.name != "posix", reason="permissions are of POSIX")
def test_only_its_user_can_read_it(open_, path):
    old = os.umask(0)
    try:
        with open_() as cache:
            cache.put({key(1): ENTRY})
            files = list(path.parent.iterdir())
            assert len(files) == 3  # with the log and its index
            assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
            assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    finally:
        os.umask(old)
    assert list(path.parent.iterdir()) == [path]


def test_the_least_recently_used_go_first_and_the_file_stays_small(open_, path, monkeypatch):
    most = 1_000_000
    clock = iter(range(10**9, 2 * 10**9, 7200))
    monkeypatch.setattr(store.time, "time", lambda: next(clock))
    with open_(most) as cache:
        cache.put({key(number): entry(number) for number in range(100)})
        for batch in range(1, 30):
            cache.put({key(number): entry(number) for number in range(100 * batch, 100 * batch + 100)})
            assert cache.get([key(7)])  # is used all the time
            assert store.size(path) < 1.1 * most + store._LOG
        found = {int.from_bytes(k, "big") for k in cache.get([key(number) for number in range(3000)])}
        kept = sorted(found - {7})
        assert 7 in found and 600 < len(found) < 1000
        assert kept == list(range(kept[0], 3000)), "of the others the newest"
    assert store.size(path) <= 1.05 * most


def test_a_lower_bound_makes_the_file_smaller(open_, path):
    with open_() as cache:
        cache.put({key(number): entry(number) for number in range(2000)})
    assert store.size(path) > 2_000_000
    with open_(500_000) as cache:
        cache.put({key(5000): ENTRY})
        assert cache.get([key(5000)])
    assert store.size(path) <= 510_000


def test_a_bound_below_one_entry_keeps_none(open_, said):
    with open_(1) as cache:
        cache.put({key(1): ENTRY})
        assert cache.get([key(1)]) == {}
    assert said == []


def test_reading_what_was_just_read_writes_nothing(open_, path):
    with open_() as cache:
        cache.put({key(1): ENTRY})
    before = path.read_bytes()
    with open_() as cache:
        cache.get([key(1)])
    assert path.read_bytes() == before


def test_content(open_, monkeypatch):
    with open_() as cache:
        assert cache.content() == (0, None, None)
        monkeypatch.setattr(store.time, "time", lambda: 1e9)
        cache.put({key(1): ENTRY})
        monkeypatch.setattr(store.time, "time", lambda: 1.1e9)
        cache.put({key(2): ENTRY})
        assert cache.content() == (2, 1e9, 1.1e9)


# What can be wrong with it


def fill(path: Path, count: int = 300) -> None:
    with Cache(path, MOST, pytest.fail) as cache:
        cache.put({key(number): entry(number) for number in range(count)})


def right(found: dict[bytes, bytes]) -> bool:
    return all(found[k] == entry(int.from_bytes(k, "big")) for k in found)


@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_file_never_gives_anything_wrong_and_is_begun_anew(open_, path, said, seed):
    fill(path)
    draw = random.Random(seed)
    data = bytearray(path.read_bytes())
    match seed % 4:
        case 0:  # some bytes anywhere, one of them for certain in the entries
            for _ in range(draw.choice([1, 20, 2000])):
                data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
            data[data.index(entry(77)[500:700])] ^= 1
        case 1:  # the end is missing
            del data[draw.randrange(100, len(data)) :]
        case 2:  # a page of another kind
            at = draw.randrange(len(data) // 4096) * 4096
            data[at : at + 4096] = draw.randbytes(4096)
        case 3:
            data = bytearray(draw.randbytes(20_000))
    path.write_bytes(data)

    every = [key(number) for number in range(300)]
    with open_() as cache:
        found = cache.get(every)
        assert right(found)
        assert len(found) == 300 or said or cache.get(every) == found
        if said:
            assert found == {}
        cache.put({k: entry(int.from_bytes(k, "big")) for k in every if k not in found})
    assert len(said) <= 2
    assert all("parses.sqlite3: the cache " in message for message in said)
    if seed % 4 == 3 or (seed % 4 == 0):
        assert said and "damaged" in said[0]

    with open_() as cache:  # whatever was met, the next run or the one after has a whole cache again
        found = cache.get(every)
        cache.put({k: entry(int.from_bytes(k, "big")) for k in every if k not in found})
    said.clear()
    with open_() as cache:
        assert right(cache.get(every))


def test_an_entry_under_the_key_of_another_is_not_taken_for_its_own(open_, path, said):
    fill(path, 2)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE parse SET stored = (SELECT stored FROM parse WHERE key = ?)", [key(0)])
    connection.close()
    with open_() as cache:
        assert cache.get([key(1)]) == {}
    assert "damaged" in said[0]


@pytest.mark.parametrize("statement", ["UPDATE parse SET stored = 7", "DROP TABLE parse; CREATE TABLE parse (a)"])
def test_rows_of_another_program_are_no_entries(open_, path, said, statement):
    fill(path, 2)
    connection = sqlite3.connect(path)
    connection.executescript(statement)
    connection.close()
    with open_() as cache:
        assert cache.get([key(1)]) == {}
        cache.put({key(1): ENTRY})
        assert cache.get([key(1)]) == {key(1): ENTRY}
    assert len(said) == 1 and "damaged" in said[0]


def test_a_time_that_is_none_is_damage(open_, path, said):
    fill(path, 2)
    connection = sqlite3.connect(path)
    connection.execute("UPDATE parse SET used = 'yesterday'")
    connection.commit()
    connection.close()
    with open_() as cache:
        assert cache.content() is None
    assert "damaged" in said[0]


@pytest.mark.parametrize("what", ["folder is a file", "file is a folder", "unwritable folder", "unwritable file"])
def test_a_place_that_cannot_be_used_is_told_once(open_, path, said, what):
    match what:
        case "folder is a file":
            path.parent.write_text("x")
        case "file is a folder":
            path.mkdir(parents=True)
        case "unwritable folder":
            path.parent.mkdir(mode=0o500)
        case "unwritable file":
            fill(path, 1)
            path.chmod(0o400)
    if what.startswith("unwritable") and os.access(path if "file" in what else path.parent, os.W_OK):
        pytest.skip("this user may write everywhere")
    with open_() as cache:
        for number in range(3):
            assert cache.get([key(number)]) == {}
            cache.put({key(number): ENTRY})
        assert cache.content() is None
    assert len(said) == 1 and str(path) in said[0] and "cannot be used (" in said[0] and "--no-cache" in said[0]


def test_a_disk_that_is_full(open_, path, said, monkeypatch):
    def full(*_, **__):
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    monkeypatch.setattr(store, "_make_room", full)
    with open_() as cache:
        cache.put({key(1): ENTRY})
        assert cache.get([key(1)]) == {}
    assert len(said) == 1 and "disk is full" in said[0]
    monkeypatch.undo()
    with open_() as cache:
        assert cache.get([key(1)]) == {}, "nothing of a batch that failed was kept"


def test_a_cache_that_is_locked_for_long_is_done_without(open_, path, said, monkeypatch):
    monkeypatch.setattr(store, "_PATIENCE", 0.1)
    fill(path, 1)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with open_() as cache:
            assert cache.get([key(0)])
            cache.put({key(1): ENTRY})
            assert cache.get([key(0)]) == {}
    finally:
        other.close()
    assert len(said) == 1 and "locked" in said[0]


# Several processes

WRITER = """
import random
import sys
from pathlib import Path
from audit.cache import Cache

def key(number):
    return number.to_bytes(16, "big")

def entry(number):
    return random.Random(number).randbytes(1000)

seed, path, rounds, most = int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
with Cache(path, most, lambda message: sys.exit(message)) as cache:
    for batch in range(rounds):
        numbers = [(seed * 17 + batch * 13 + n * 7) % 1000 for n in range(40)]
        found = cache.get([key(number) for number in numbers])
        assert all(found[key(n)] == entry(n) for n in numbers if key(n) in found)
        cache.put({key(number): entry(number) for number in numbers if key(number) not in found})
        print(batch, flush=True)
"""


def writer(path: Path, seed: int, rounds: int, most: int = MOST) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", WRITER, str(seed), str(path), str(rounds), str(most)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_processes_that_share_it_find_what_the_others_put(open_, path, said):
    running = [writer(path, seed, 40, 600_000) for seed in range(4)]
    for process in running:
        _, errors = process.communicate(timeout=120)
        assert (process.returncode, errors) == (0, b"")
    with open_() as cache:
        found = cache.get([key(number) for number in range(1000)])
        assert right(found) and len(found) > 300
    assert said == []


def test_a_process_killed_while_it_writes_leaves_a_whole_cache(open_, path, said):
    for delay in (0.0, 0.01, 0.03):
        process = writer(path, 1, 100_000, 600_000)
        process.stdout.readline()  # it is at work
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        with sqlite3.connect(path) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.close()
    with open_() as cache:
        found = cache.get([key(number) for number in range(1000)])
        assert found and right(found)
        cache.put({key(1): ENTRY})
        assert cache.get([key(1)]) == {key(1): ENTRY}
    assert said == []
