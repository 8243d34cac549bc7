"""What one file may be at most."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may be at most. Beyond it the file is refused: it is hardly an article, or it is an attack."""

    megabytes: int = 50  # of a file; a page with its pictures in it, or a newsroom's day in one archive, is smaller
    characters: int = 1_000_000  # of an article
    paragraphs: int = 20_000  # of an article
    files: int = 10_000  # in an archive; articles in a feed or a message
    unpacked: int = 500  # megabytes of all files of an archive together
    depth: int = 200  # of elements, or of objects, in each other
