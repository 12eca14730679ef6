"""What tells which group of things a question speaks of, for all groups of a library at once."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

import numpy as np
from numpy.typing import NDArray

from kejian.corpus.normalize import searchable
from kejian.index.grams import GramIndex

Numbers = NDArray[np.float64]
TITLED = 0.25  # more for a group whose title says the kind


@dataclass(frozen=True)
class GroupSigns:
    """Of each group its title and the ending its members' names share, both in searchable form, and more.

    ``texts`` are all words that may stand for it: the title, what the names begin and end with, the aspects.
    """

    titles: Sequence[str]
    endings: Sequence[str]
    texts: Sequence[str]
    kinds: Sequence[str]
    sizes: NDArray[np.int64]
    aspects: Sequence[tuple[str, ...]]

    @classmethod
    def of(cls, groups: Sequence[tuple[str, tuple[str, ...], Sequence[str], str]]) -> GroupSigns:
        """Of (title, names of aspects, names of members, what the rows are called)."""
        titles = [searchable(title) for title, _, _, _ in groups]
        folded = [[searchable(name) for name in names] for _, _, names, _ in groups]
        endings = [shared_ending(names) for names in folded]
        aspects = [aspects for _, aspects, _, _ in groups]
        kinds = [searchable(kind) for _, _, _, kind in groups]
        texts = [
            f"{title}{ending} {shared_beginning(names)} {kind} {searchable(' '.join(under))}"
            for title, ending, names, kind, under in zip(titles, endings, folded, kinds, aspects, strict=True)
        ]
        sizes = np.array([len(names) for _, _, names, _ in groups], dtype=np.int64)
        return cls(titles, endings, texts, kinds, sizes, aspects)

    @cached_property
    def pairs(self) -> GramIndex:
        """The pairs of characters of each text."""
        return GramIndex.build(self.texts)

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

    def of_kind(self, kinds: Sequence[str], general: Container[str], loose: float) -> Numbers:
        """1 for groups whose names end in one of ``kinds`` or whose rows are called so; ``loose`` for some others.

        Those are groups whose title says the kind, and where one of ``general`` (模式, 方案) is asked for all whose
        names end alike. A title that says it counts a little more: a group without may be of quite another kind.
        """
        found = np.zeros(len(self.titles))
        if not kinds:
            return found
        likely = any(kind in general for kind in kinds)
        for ending, rows in self._ending_in.items():
            named = any(kind.endswith(ending) or ending.endswith(kind) for kind in kinds)
            found[rows] = 1.0 if named else loose * likely
        for kind in kinds:
            said = self.pairs.holding(kind).tolist()
            found[[row for row in said if kind == self.kinds[row]]] = 1.0
            titled = [row for row in said if kind in self.titles[row]]
            found[titled] = np.maximum(found[titled], loose) + TITLED
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
