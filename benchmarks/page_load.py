"""Thirty people ask the page at once, each in a window of their own: how long a whole answer takes.

    kejian serve --port 7860 &
    python benchmarks/page_load.py http://127.0.0.1:7860 [PEOPLE] [QUESTIONS]

Each asks QUESTIONS one after the other through the page's own queue, as its script does, and checks that every answer
is the one to its own question. With ``--pid N`` the processor time of the server is given as well.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import secrets
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from kejian.ui.visitors import COOKIE

GOLD = Path(__file__).parents[1] / "corpus" / "gold" / "bpr.jsonl"


@dataclass(frozen=True, slots=True)
class Asked:
    question: str
    html: str
    seconds: float
    bytes: int


@dataclass(frozen=True, slots=True)
class Events:
    """The page's events by their numbers: what fills it when it is opened, and what answers."""

    opening: int
    asking: int


class Visitor:
    """One window: a session of the page's queue."""

    def __init__(self, client: httpx.AsyncClient, events: Events) -> None:
        self._client = client
        self._events = events
        self._session = secrets.token_hex(6)
        self.cookie = {"Cookie": f"{COOKIE}={secrets.token_hex(16)}"}

    async def ask(self, question: str) -> Asked:
        """The turn as it stands at the end, and how long it took from pressing the key."""
        started = time.perf_counter()
        html, size = await self._run(self._events.asking, [question, None], {"question": question})
        return Asked(question, html, time.perf_counter() - started, size)

    async def open(self) -> None:
        """Open the page, as everybody did before asking."""
        await self._run(self._events.opening, [], None)

    async def _run(self, event: int, data: list[Any], event_data: Any) -> tuple[str, int]:
        join = {
            "data": data,
            "event_data": event_data,
            "fn_index": event,
            "session_hash": self._session,
            "trigger_id": None,
        }
        (await self._client.post("/gradio_api/queue/join", json=join, headers=self.cookie)).raise_for_status()
        html, size = "", 0
        address = f"/gradio_api/queue/data?session_hash={self._session}"
        async with self._client.stream("GET", address, headers=self.cookie) as stream:
            async for line in stream.aiter_lines():
                size += len(line)
                message = json.loads(line[5:]) if line.startswith("data:") else {}
                html = _with_changes(html, message)
                if message.get("msg") == "process_completed":
                    break
        return html, size


def _with_changes(html: str, message: dict[str, Any]) -> str:
    """The feed's value after a message: the first one brings it whole, the next ones what changed of it."""
    if message.get("msg") not in ("process_generating", "process_completed"):
        return html
    if not message.get("success", True):
        raise RuntimeError(f"lost: {message}")
    data = message["output"].get("data") or [None]
    value = data[0]
    if isinstance(value, str):
        return value
    for action, path, said in value or []:
        if path == [] and action == "append":
            html += said
        elif path == [] and action == "replace":
            html = said
    return html


async def events_of(client: httpx.AsyncClient) -> Events:
    """The numbers of the events, found by what they start from and write to."""
    config = (await client.get("/config")).json()
    named = {one["id"]: one["props"].get("elem_id") for one in config["components"]}

    def first(target: tuple[str | None, str], output: str) -> int:
        return next(
            int(one["id"])
            for one in config["dependencies"]
            if target in [(named.get(of), event) for of, event in one["targets"]]
            and output in [named.get(written) for written in one["outputs"]]
        )

    return Events(first((None, "load"), "kj-feed"), first(("kj-box", "submit"), "kj-feed"))


async def crowd(url: str, people: int, questions: Sequence[str], rounds: int) -> list[Asked]:
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(base_url=url, timeout=60, limits=limits, trust_env=False) as client:
        events = await events_of(client)
        visitors = [Visitor(client, events) for _ in range(people)]
        for visitor in visitors:
            await visitor.open()

        async def one(number: int, visitor: Visitor) -> list[Asked]:
            return [await visitor.ask(questions[(number * rounds + n) % len(questions)]) for n in range(rounds)]

        answers = await asyncio.gather(*(one(*numbered) for numbered in enumerate(visitors)))
    return [asked for several in answers for asked in several]


def processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("people", type=int, nargs="?", default=30)
    parser.add_argument("rounds", type=int, nargs="?", default=3)
    parser.add_argument("--pid", type=int)
    options = parser.parse_args()
    questions = [json.loads(line)["question"] for line in GOLD.read_text("utf-8").splitlines() if line.strip()]
    before = processor_seconds(options.pid) if options.pid else 0.0
    answers = asyncio.run(crowd(options.url, options.people, questions, options.rounds))
    used = processor_seconds(options.pid) - before if options.pid else 0.0
    seconds = sorted(asked.seconds for asked in answers)
    result = {
        "people": options.people,
        "answers": len(answers),
        "median_s": round(statistics.median(seconds), 3),
        "p95_s": round(seconds[int(0.95 * len(seconds))], 3),
        "longest_s": round(seconds[-1], 3),
        "median_kb": round(statistics.median(asked.bytes for asked in answers) / 1024, 1),
        "server_ms_per_answer": round(1000 * used / len(answers), 1) if options.pid else None,
        "foreign": sum(asked.question not in asked.html for asked in answers),
    }
    print(json.dumps(result, ensure_ascii=False, indent=1))  # noqa: T201


if __name__ == "__main__":
    main()
