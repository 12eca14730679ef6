"""Makes the Markdown and the PowerPoint form of each deck source: ``python -m kejian.corpus.build_decks [YAML…]``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from kejian.corpus.deck_source import read_source
from kejian.corpus.errors import KejianError
from kejian.corpus.write_markdown import markdown
from kejian.corpus.write_pptx import write_pptx

DECKS = Path(__file__).with_name("decks")


def build(source: Path) -> tuple[Path, Path]:
    """Write ``source``'s deck beside it as ``.md`` and ``.pptx``; the same source gives the same bytes."""
    deck = read_source(source)
    text, slides = source.with_suffix(".md"), source.with_suffix(".pptx")
    text.write_text(markdown(deck), encoding="utf-8", newline="\n")
    write_pptx(deck, slides)
    return text, slides


def main(arguments: Sequence[str]) -> int:
    try:
        for source in [Path(argument) for argument in arguments] or sorted(DECKS.glob("*.yaml")):
            build(source)
    except KejianError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
