"""Which paths a pattern names."""

import pytest

from audit import globs


@pytest.mark.parametrize(
    ("pattern", "path", "named"),
    [
        ("opinion/", "opinion/a.txt", True),
        ("opinion", "news/opinion/2026/a.txt", True),
        ("opinion/", "opinions/a.txt", False),
        ("./opinion/", "opinion/a.txt", True),
        ("*.draft.txt", "news/a.draft.txt", True),
        ("*.draft.txt", "news/a.draft.txt.old", False),
        ("news/*.txt", "news/a.txt", True),
        ("news/*.txt", "news/2026/a.txt", False),
        ("news/*.txt", "old/news/a.txt", False),
        ("./news/*.txt", "news/a.txt", True),
        ("./a.txt", "a.txt", True),
        ("./a.txt", "news/a.txt", False),
        ("news/**/live-*.txt", "news/live-1.txt", True),
        ("news/**/live-*.txt", "news/2026/11/live-1.txt", True),
        ("news/**", "news/2026/11/a.txt", True),
        ("?.txt", "a.txt", True),
        ("?.txt", "ab.txt", False),
        ("a+b(1).txt", "a+b(1).txt", True),
        ("a.txt", "abtxt", False),
        ("**", "a.txt", True),
        ("a.txt", "../elsewhere/a.txt", True),
    ],
)
def test_matches(pattern, path, named):
    assert globs.matches(pattern, path) is named
