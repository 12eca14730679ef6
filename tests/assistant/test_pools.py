"""Facts found by their aspect are those that a look at every one finds, in the same order."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from kejian.assistant.knowledge import Aspect, Place, Point
from kejian.assistant.pools import Pool
from kejian.corpus.terms import Role
from kejian.ingest.model import Deck, Fact, Slide

SLIDE = Slide("s", 1, 1, "", "")
PLACE = Place(Deck("d", "", "", (SLIDE,)), SLIDE)
ROLES: tuple[Role, ...] = ("other", "risk", "drawback", "feature")
ASPECTS = st.builds(Aspect, st.sampled_from(["", "风险", "缺点", "期限"]), st.sampled_from(ROLES))


def matching(points: Sequence[Point], asked: Aspect, roles: Sequence[Role]) -> list[Point]:
    """What ``Pool.under`` is to find."""

    def matches(found: Aspect) -> bool:
        return found.name == asked.name if "other" in (found.role, asked.role) else found.role in roles

    return [point for point in points if matches(point.aspect)]


@given(st.lists(ASPECTS, max_size=12), ASPECTS, st.sampled_from([(), ("risk",), ("drawback", "risk")]))
def test_a_pool_finds_what_a_scan_finds(aspects: list[Aspect], asked: Aspect, roles: tuple[Role, ...]) -> None:
    points = [Point(Fact("f", "甲", a.name, "", 0, 0), PLACE, 0, a, number) for number, a in enumerate(aspects)]
    points.reverse()  # a pool has an order of its own
    assert Pool.of(points).under(asked, roles) == matching(points, asked, roles)
