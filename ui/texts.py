"""The fixed texts of the interface, written in Chinese where they are used, and their English."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Literal, get_args

import yaml

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
ENGLISH = Path(__file__).with_name("static") / "english.yaml"

Say = Callable[..., str]


def speaker(language: Language) -> Say:
    """A function that says an interface text in ``language``; names in braces are filled from its arguments.

    >>> speaker("zh")("第{n}页", n=16), speaker("en")("第{n}页", n=16)
    ('第16页', 'p. 16')
    """
    known: Mapping[str, str] = english() if language == "en" else {}

    def say(text: str, **values: object) -> str:
        said = known.get(text, text)
        return said.format(**values) if values else said

    return say


@cache
def english() -> Mapping[str, str]:
    """English by the Chinese text; a test holds that every text that is said has its English."""
    found: dict[str, str] = yaml.safe_load(ENGLISH.read_text(encoding="utf-8"))
    return found


CHINESE = speaker("zh")
