"""What tells which group of things a question speaks of, for all groups of a library at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

import numpy as np
from numpy.typing import NDArray

from kejian.corpus.normalize import searchable
from kejian.index.grams import GramIndex

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class GroupSigns:
    """Of each group its title and the ending its members' names share, both in searchable form, and more."""

    titles: Sequence[str]
    endings: Sequence[str]
    sizes: NDArray[np.int64]
    aspects: Sequence[tuple[str, ...]]

    @classmethod
    def of(cls, groups: Sequence[tuple[str, tuple[str, ...], Sequence[str]]]) -> GroupSigns:
        """Of (title, names of aspects, names of members)."""
        endings = [shared_ending([searchable(name) for name in names]) for _, _, names in groups]
        sizes = np.array([len(names) for _, _, names in groups], dtype=np.int64)
        return cls([searchable(title) for title, _, _ in groups], endings, sizes, [aspects for _, aspects, _ in groups])

    @cached_property
    def pairs(self) -> GramIndex:
        """The pairs of characters of each title with its ending."""
        return GramIndex.build(map("".join, zip(self.titles, self.endings, strict=True)))

    def having(self, asked: Iterable[str]) -> NDArray[np.int64]:
        """How many of the aspects ``asked`` each group has."""
        found = np.zeros(len(self.titles), dtype=np.int64)
        for name in asked:
            found[self._under.get(name, [])] += 1
        return found

    @cached_property
    def _under(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for row, aspects in enumerate(self.aspects):
            for name in dict.fromkeys(aspects):
                found.setdefault(name, []).append(row)
        return found

    def of_kind(self, kinds: Sequence[str], loose: float) -> Numbers:
        """1 for groups whose ending says one of ``kinds``; ``loose`` for others with an ending or a title that does."""
        found = np.zeros(len(self.titles))
        if not kinds:
            return found
        for kind in kinds:
            found[[row for row in self.pairs.holding(kind).tolist() if kind in self.titles[row]]] = loose
        for ending, rows in self._ending_in.items():
            named = any(kind.endswith(ending) or ending.endswith(kind) for kind in kinds)
            found[rows] = 1.0 if named else loose
        return found

    @cached_property
    def _ending_in(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for row, ending in enumerate(self.endings):
            if ending:
                found.setdefault(ending, []).append(row)
        return found


def shared_beginning(names: Sequence[str]) -> str:
    """The longest beginning that all names have.

    >>> shared_beginning(["极光轻量版", "极光专业版"])
    '极光'
    """
    same = (len(set(characters)) == 1 for characters in zip(*names, strict=False))
    return names[0][: sum(takewhile(bool, same))] if names else ""


def shared_ending(names: Sequence[str]) -> str:
    """The longest ending that all names have.

    >>> shared_ending(["产品主导型", "客户主导型"])
    '主导型'
    """
    return shared_beginning([name[::-1] for name in names])[::-1]
