"""Thirty people ask through the page's own queue, with the client of benchmarks/page_load.py."""

from __future__ import annotations

import asyncio
import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest

PROGRAM = Path(__file__).parents[2] / "benchmarks" / "page_load.py"
PEOPLE, ROUNDS = 30, 3


@pytest.fixture(scope="module")
def page_load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("page_load", PROGRAM)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["page_load"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def test_thirty_people_at_once_each_get_their_own_answers_and_keep_their_own_conversation(
    site: str, page_load: ModuleType
) -> None:
    async def all_of_them() -> tuple[list[list[Any]], list[list[str]]]:
        async with httpx.AsyncClient(base_url=site, timeout=120, limits=httpx.Limits(max_connections=None)) as client:
            events = await page_load.events_of(client)
            visitors = [page_load.Visitor(client, events) for _ in range(PEOPLE)]
            answers = await asyncio.gather(*(asks(number, one) for number, one in enumerate(visitors)))
            return answers, [await kept(client, one) for one in visitors]

    async def asks(number: int, visitor: Any) -> list[Any]:
        await visitor.open()
        return [await visitor.ask(f"第{number}人第{n}问") for n in range(ROUNDS)]

    async def kept(client: httpx.AsyncClient, visitor: Any) -> list[str]:
        listed = (await client.get("/api/conversations", headers=visitor.cookie)).json()["conversations"]
        return [f"{one['title']} {one['turns']}" for one in listed]

    answers, conversations = asyncio.run(all_of_them())
    for number, mine in enumerate(answers):
        for n, asked in enumerate(mine):
            assert f'<h2 class="kj-question">第{number}人第{n}问</h2>' in asked.html
            assert 'aria-busy="false"' in asked.html
            assert asked.html.count("kj-sentence") == 3
    assert conversations == [[f"第{number}人第0问 {ROUNDS}"] for number in range(PEOPLE)]
