"""What can go wrong, as the user is told it.

AuditError
├── InputError     an article that cannot be read or written (exit code 3)
│   └── NoArticleError   a file without an article in it
├── RuleError      a rule file, lexicon or folder of rules that is wrong (exit code 2)
├── SettingsError  settings, approvals or a baseline that are wrong (exit code 2)
└── ModelError     a model folder that is missing, damaged or unfit (exit code 2)
"""

import traceback


class AuditError(Exception):
    """The base of every error this package raises on purpose.

    Its text is a whole message for the user: what is wrong, where, and what to do about it.
    """


class InputError(AuditError):
    """An article cannot be read, or a report cannot be written."""


class NoArticleError(InputError):
    """A file of a kind that articles come in has none in it: JSON that is no ninjs. In a folder it is passed over."""


class RuleError(AuditError):
    """Rule files are wrong; the text lists every error at once, one a line."""


class SettingsError(AuditError):
    """Settings, approvals or a baseline are wrong; the text lists every error at once, one a line."""


class ModelError(AuditError):
    """A model folder is missing, damaged or unfit."""


def in_words(error: Exception) -> tuple[str, str]:
    """What went wrong in one line, and the traceback."""
    return f"{type(error).__name__}: {error}".splitlines()[0], "".join(traceback.format_exception(error)).rstrip()
