"""Question cues (问句线索): how people ask, read from YAML; nothing here is about any deck."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import yaml

from kejian.corpus.normalize import searchable

BUNDLED_CUES = Path(__file__).with_name("cues.yaml")
PAUSES = " ,、:;~…"
CLOSING = PAUSES + ".。!?"
# Kinds of cues that say what is wanted, not what it is about.
ASKING = (
    "who", "which", "superlative", "count", "quantity", "page", "yesno", "explain", "how", "all", "choice", "compare",
    "person", "naming", "greetings", "thanks",
)  # fmt: skip


@dataclass(frozen=True)
class Cues:
    """Spellings by intent and by unit; roles, composites, units asked for and plain forms by spelling; searchable."""

    intents: Mapping[str, tuple[str, ...]]
    roles: Mapping[str, tuple[str, ...]]
    units: Mapping[str, tuple[str, ...]]
    colloquial: Mapping[str, str]
    same_units: Mapping[str, tuple[str, ...]]
    verdicts: Mapping[str, tuple[str, ...]]
    measured_by: Mapping[str, tuple[str, ...]]

    @classmethod
    @cache
    def bundled(cls) -> Cues:
        content = yaml.safe_load(BUNDLED_CUES.read_text(encoding="utf-8"))
        roles = {searchable(text): tuple(names) for text, names in content.pop("composites").items()}
        for role, spellings in content.pop("roles").items():
            roles |= {searchable(text): (role,) for text in spellings}
        units = {searchable(text): tuple(names) for text, names in content.pop("units").items()}
        colloquial = {searchable(text): searchable(plain) for text, plain in content.pop("colloquial").items()}
        same_units = {unit: tuple(others) for unit, others in content.pop("same_units").items()}
        measured_by = {searchable(said): tuple(names) for said, names in content.pop("measured_by").items()}
        verdicts = {moods: tuple(words) for moods, words in content.pop("verdicts").items()}
        intents = {name: tuple(map(searchable, texts)) for name, texts in content.items()}
        return cls(intents, roles, units, colloquial, same_units, verdicts, measured_by)

    @cached_property
    def intents_of(self) -> dict[str, tuple[str, ...]]:
        """Intents by spelling; a spelling may hint at several."""
        found: dict[str, tuple[str, ...]] = {}
        for intent, spellings in self.intents.items():
            for spelling in spellings:
                found[spelling] = (*found.get(spelling, ()), intent)
        return found

    def plain(self, text: str) -> str:
        """``text`` (searchable form) with colloquial spellings replaced by common ones, longest first."""
        for spelling in sorted(self.colloquial, key=len, reverse=True):
            text = text.replace(spelling, self.colloquial[spelling])
        return text

    def unframed(self, question: str) -> str:
        """``question`` without what is said for politeness before and after it, folded; itself where nothing is.

        >>> Cues.bundled().unframed("您好，请问一下病假有几天？谢谢！"), Cues.bundled().unframed("谢谢！")
        ('病假有几天?', '谢谢！')
        """
        folded = text = searchable(question)
        while (bare := self._inside_frame(text)) != text:
            text = bare
        return question if text == folded else text

    def _inside_frame(self, text: str) -> str:
        end = text.rstrip(CLOSING)
        after = self.ends(end, "frames_after")
        inside = end.removesuffix(after).rstrip(PAUSES) if after else text
        inside = inside.removeprefix(self.starts(inside, "frames_before")).lstrip(PAUSES)
        return inside if any(map(str.isalnum, inside)) else text

    def words_of(self, *intents: str) -> frozenset[str]:
        """All spellings of ``intents``."""
        return frozenset(word for intent in intents for word in self.intents[intent])

    @cached_property
    def asking(self) -> frozenset[str]:
        """All spellings that say what is wanted, not what it is about; units asked for are apart."""
        return self.words_of(*ASKING) | self.roles.keys()

    def said(self, text: str, intent: str) -> list[str]:
        """The spellings of ``intent`` that stand anywhere in ``text`` (searchable form)."""
        return [spelling for spelling in self.intents[intent] if spelling in text]

    @cached_property
    def unit_of(self) -> dict[str, str]:
        """The unit that each spelling of one stands for, itself included."""
        return {spelling: unit for unit, others in self.same_units.items() for spelling in (unit, *others)}

    def starts(self, text: str, intent: str) -> str:
        """The longest spelling of ``intent`` that ``text`` begins with, "" where none."""
        return max((s for s in self.intents[intent] if text.startswith(s)), key=len, default="")

    def ends(self, text: str, intent: str) -> str:
        """The longest spelling of ``intent`` that ``text`` ends with, "" where none."""
        return max((s for s in self.intents[intent] if text.endswith(s)), key=len, default="")
