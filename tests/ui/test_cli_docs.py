"""docs/cli.md shows the help of every command as it is; run this file as a program to bring it up to date."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

from kejian.ui.cli import COMMANDS, main

DOCUMENT = Path(__file__).parents[2] / "docs" / "cli.md"
SECTION = re.compile(r"(^## (kejian[^\n]*)\n.*?^```text\n)(.*?)(^```$)", re.MULTILINE | re.DOTALL)


def help_of(command: str) -> str:
    with contextlib.redirect_stdout(io.StringIO()) as shown:
        assert main([*command.split()[1:], "--help"]) == 0
    return shown.getvalue()


def brought_up_to_date(document: str) -> str:
    return SECTION.sub(lambda found: found[1] + help_of(found[2]) + found[4], document)


def test_every_command_has_its_section() -> None:
    assert len(SECTION.findall(DOCUMENT.read_text(encoding="utf-8"))) == len(COMMANDS) + 1


def test_the_help_in_the_document_is_true() -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    assert document == brought_up_to_date(document), f"run: python {Path(__file__).name}"


if __name__ == "__main__":
    DOCUMENT.write_text(brought_up_to_date(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
