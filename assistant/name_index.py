"""Names found by what stands in them, and names that stand in a text, without going through all names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kejian.corpus.normalize import searchable
from kejian.index.grams import GramIndex


@dataclass(frozen=True)
class NameIndex:
    """Spellings in searchable form, each with its owner, in the order given."""

    owners: Sequence[int]
    spellings: Sequence[str]

    @classmethod
    def of(cls, names: Iterable[tuple[int, str]]) -> NameIndex:
        """Of (owner, spelling)."""
        found = [(owner, searchable(spelling)) for owner, spelling in names]
        return cls([owner for owner, _ in found], [spelling for _, spelling in found])

    def items(self) -> Iterator[tuple[int, str]]:
        """(owner, spelling)."""
        return zip(self.owners, self.spellings, strict=True)

    @cached_property
    def pairs(self) -> GramIndex:
        """The pairs of characters of each spelling."""
        return GramIndex.build(self.spellings)

    @cached_property
    def _owners_of(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for owner, spelling in self.items():
            found.setdefault(spelling, []).append(owner)
        return found

    def containing(self, parts: Iterable[str]) -> Iterator[int]:
        """Owners of spellings in which one of ``parts`` stands, in their order."""
        return (self.owners[row] for row in sorted({row for part in parts for row in self.rows_with(part)}))

    def rows_with(self, part: str) -> list[int]:
        """Places of the spellings in which ``part`` stands, ascending."""
        rows = self.pairs.holding(part).tolist() if part else range(len(self.spellings))
        return [row for row in rows if part in self.spellings[row]]

    def within(self, text: str) -> set[int]:
        """Owners of spellings that stand in ``text`` (searchable form)."""
        longest = min(len(text), self._longest)
        pieces = (text[start : start + n] for n in range(longest + 1) for start in range(len(text) - n + 1))
        return {owner for piece in dict.fromkeys(pieces) for owner in self._owners_of.get(piece, ())}

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self.spellings), default=0)
