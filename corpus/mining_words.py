"""Words of term mining (挖掘用语): how decks say that something has another name, read from YAML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

import yaml

from kejian.corpus.normalize import searchable
from kejian.corpus.terms import Role

BUNDLED = Path(__file__).with_name("mining_words.yaml")


@dataclass(frozen=True)
class MiningWords:
    """Marks as patterns over the text as written; plain words in their searchable form.

    A match of ``lead_ins`` without its group is a word that only looks like one.
    """

    other_names: re.Pattern[str]
    whole_names: re.Pattern[str]
    lead_ins: re.Pattern[str]
    short_heads: frozenset[str]
    no_names: frozenset[str]
    common: frozenset[str]
    roles: Mapping[str, tuple[str, ...]]

    @classmethod
    @cache
    def bundled(cls) -> MiningWords:
        """The words that ship with the product."""
        content = yaml.safe_load(BUNDLED.read_text(encoding="utf-8"))
        return cls(
            other_names=_any_of(content["other_names"]),
            whole_names=_any_of(content["whole_names"]),
            lead_ins=re.compile(f"{_any_of(content['kept_whole']).pattern}|({_any_of(content['lead_ins']).pattern})"),
            short_heads=frozenset(map(searchable, content["short_heads"])),
            no_names=frozenset(map(searchable, content["no_names"])),
            common=frozenset(map(searchable, content["common"])),
            roles={role: tuple(texts) for role, texts in content["roles"].items()},
        )

    def role_of(self, aspect: str) -> Role:
        """The role that the wording of an unknown aspect suggests.

        >>> MiningWords.bundled().role_of("应急处置"), MiningWords.bundled().role_of("数量")
        ('procedure', 'other')
        """
        found = (role for role, signs in self.roles.items() if any(sign in aspect for sign in signs))
        return cast(Role, next(found, "other"))


def _any_of(words: list[str]) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")")
