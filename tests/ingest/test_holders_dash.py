"""A post and its holder with a dash between them, as lists of an organisation have them."""

from __future__ import annotations

import pytest

from kejian.ingest.holders import Held, held


@pytest.mark.parametrize("text", ["厂长 — 雷广源", "厂长—雷广源", "厂长 – 雷广源", "厂长 雷广源"])
def test_a_dash_parts_post_and_person(text: str) -> None:
    found = held(text)
    assert isinstance(found, Held)
    assert (found.name, found.person) == ("厂长", "雷广源")


@pytest.mark.parametrize("text", ["品控部 — 化验室", "第一步—收货"])
def test_no_person_no_holder(text: str) -> None:
    assert held(text) is None
