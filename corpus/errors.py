"""Errors a user can meet: each is one decision of the caller, and its message says in Chinese what to do.

KejianError
├── UsageError       a wrong command, option, question or input line (exit 2)
├── SetupError       a home, model, index or setting that cannot be used (exit 2)
└── RefusedFile      a file that is not taken in, with the reason (exit 1)
"""

from __future__ import annotations

from kejian.corpus.visible import visible


class KejianError(Exception):
    """One clear Chinese line for the user. ``exit_code`` is what the command line ends with."""

    exit_code = 2

    def __init__(self, message: str) -> None:
        super().__init__(visible(message))


class UsageError(KejianError):
    """The caller asked for something that cannot be asked."""


class SetupError(KejianError):
    """The set-up (home, model, index, setting) cannot be used; the message names the remedy."""


class RefusedFile(KejianError):
    """A file is not taken in; the message names the file and the reason."""

    exit_code = 1
