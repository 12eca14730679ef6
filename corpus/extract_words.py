"""Words of extracts (摘录用语): what sites that share documents add, and how flattened text can be told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from kejian.corpus.normalize import searchable

BUNDLED_EXTRACT_WORDS = Path(__file__).with_name("extract_words.yaml")


@dataclass(frozen=True)
class ExtractWords:
    """``edition``, ``opening`` and ``heading`` match as they are written in a file; ``site`` anywhere in a sentence of
    the site, ``stamp`` in a line that is the site's wherever it stands, ``fringe`` in one that is above or below the
    document, ``closing`` where the document has ended."""

    edition: re.Pattern[str]
    opening: re.Pattern[str]
    heading: re.Pattern[str]
    progress: re.Pattern[str]
    site: re.Pattern[str]
    stamp: re.Pattern[str]
    fringe: re.Pattern[str]
    closing: re.Pattern[str]
    title_ending: re.Pattern[str]
    dangling: tuple[str, ...]
    measures: frozenset[str]

    @classmethod
    @cache
    def bundled(cls) -> ExtractWords:
        """The words that ship with the product."""
        content = yaml.safe_load(BUNDLED_EXTRACT_WORDS.read_text(encoding="utf-8"))
        edition = rf"[(（]\s*(?:{_any_of(content['editions'])})\s*[)）]"
        return cls(
            edition=re.compile(edition),
            opening=re.compile(
                rf"\A\s*(?P<title>[^\n•]{{0,80}}?)\s*(?:{edition})?\s*(?:{_any_of(content['openings'])})\s*[:：]"
            ),
            heading=re.compile(rf"\A\s*(?P<title>[^\n•]{{2,60}}?)\s*[-_—–|]+\s*(?:{content['stamps'][0]})[^\n]*"),
            progress=re.compile("|".join(content["progress"])),
            site=re.compile("|".join(content["site"])),
            stamp=re.compile("|".join(content["stamps"]), re.IGNORECASE),
            fringe=re.compile("|".join(content["fringes"]), re.IGNORECASE),
            closing=re.compile("|".join(content["closings"])),
            title_ending=re.compile(rf".+(?:{_any_of(content['titles'])})"),
            dangling=tuple(content["dangling"]),
            measures=frozenset(content["measures"]),
        )

    def ends_like_title(self, text: str) -> bool:
        """Whether ``text`` ends like the title of a slide.

        >>> ExtractWords.bundled().ends_like_title("仓库的岗位与职责"), ExtractWords.bundled().ends_like_title("仓库")
        (True, False)
        """
        return bool(self.title_ending.fullmatch(searchable(text)))


def _any_of(words: list[str]) -> str:
    return "|".join(map(re.escape, words))
