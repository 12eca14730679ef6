"""Facts in an order of their own, found by their aspect."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kejian.corpus.terms import Role

if TYPE_CHECKING:
    from kejian.assistant.knowledge import Aspect, Point

Placed = tuple[int, "Point"]  # a fact with its place among the others


@dataclass(frozen=True, slots=True)
class Pool:
    """Facts by the name of their aspect, and by its role where it has one."""

    named: dict[str, list[Placed]]
    of_role: dict[Role, list[Placed]]

    @classmethod
    def of(cls, points: Iterable[Point]) -> Pool:
        """``points`` in their order."""
        pool = cls({}, {})
        for placed in enumerate(points):
            aspect = placed[1].aspect
            pool.named.setdefault(aspect.name, []).append(placed)
            if aspect.role != "other":
                pool.of_role.setdefault(aspect.role, []).append(placed)
        return pool

    def under(self, asked: Aspect, roles: Sequence[Role]) -> list[Point]:
        """Facts under an aspect of one of ``roles``; under one of the name of ``asked`` where either has no role."""
        named = self.named.get(asked.name, [])
        if asked.role == "other":
            return [point for _, point in named]
        found = [placed for role in roles for placed in self.of_role.get(role, ())]
        found += [placed for placed in named if placed[1].aspect.role == "other"]
        return [point for _, point in sorted(found, key=lambda placed: placed[0])]
