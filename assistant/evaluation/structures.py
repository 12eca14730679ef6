"""Structures held against the relations of the decks: F1 over edges."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kejian.assistant.answer import Structure
from kejian.assistant.evaluation.subjects import Subjects
from kejian.assistant.evaluation.wording import plain
from kejian.corpus.terms import TermBase
from kejian.ingest.model import Deck, Relation

Edge = tuple[str, str]  # parent, child


@dataclass(frozen=True, slots=True)
class Edges:
    """Edges of an answer that stand in the deck, that do not, and that the answer leaves out."""

    right: frozenset[Edge]
    wrong: frozenset[Edge]
    missing: frozenset[Edge]

    @property
    def f1(self) -> float:
        """2 · right / (given + expected): harmonic mean of precision and recall over edges (van Rijsbergen 1979)."""
        whole = 2 * len(self.right) + len(self.wrong) + len(self.missing)
        return 2 * len(self.right) / whole if whole else 1.0


@dataclass(frozen=True)
class Structures:
    """Judges structures against ``decks``, chart by chart: boxes of one name may stand in several."""

    decks: Sequence[Deck]
    subjects: Subjects
    terms: TermBase

    def edges(self, given: Structure) -> Edges:
        """``given`` against the chart in which its root stands and that it fits best, as deep as it goes itself."""
        mine = set(_edges(given, self._name))
        depth = _depth(given)
        charts = [set(self._below(self._name(given.name), chart, depth)) for chart in self._charts()]
        expected = max((chart for chart in charts if chart), key=lambda c: len(c & mine) - len(c ^ mine), default=set())
        return Edges(frozenset(mine & expected), frozenset(mine - expected), frozenset(expected - mine))

    def _charts(self) -> Iterator[dict[str, list[str]]]:
        for deck in self.decks:
            for slide in deck.slides:
                charts: dict[tuple[object, ...], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
                for relation in slide.relations:
                    charts[_chart(relation)][self._name(relation.parent)].append(self._name(relation.child))
                yield from charts.values()

    def _below(self, root: str, chart: dict[str, list[str]], depth: int, seen: tuple[str, ...] = ()) -> Iterator[Edge]:
        if depth and root not in seen:
            for child in chart.get(root, ()):
                yield root, child
                yield from self._below(child, chart, depth - 1, (*seen, root))

    def _name(self, box: str) -> str:
        bare = self.terms.without_mark(box)
        found = self.subjects.named_in(plain(bare))
        return found[0] if len(found) == 1 and not self.subjects.without(plain(bare)).strip() else plain(bare)


def _chart(relation: Relation) -> tuple[object, ...]:
    return relation.path, relation.chain[:1]


def _edges(given: Structure, name: Callable[[str], str]) -> Iterator[Edge]:
    for child in given.children:
        yield name(given.name), name(child.name)
        yield from _edges(child, name)


def _depth(given: Structure) -> int:
    return 1 + max((_depth(child) for child in given.children), default=0) if given.children else 0


def edges_named(edges: Iterable[Edge]) -> list[str]:
    """Edges as they are shown."""
    return [f"{parent} → {child}" for parent, child in sorted(edges)]
