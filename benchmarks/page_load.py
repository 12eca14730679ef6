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


class Visitor:
    """One window: a session of the page's queue."""

    def __init__(self, client: httpx.AsyncClient, event: int) -> None:
        self._client = client
        self._event = event
        self._session = secrets.token_hex(6)
        self._cookie = {"Cookie": f"{COOKIE}={secrets.token_hex(16)}"}

    async def ask(self, question: str) -> Asked:
        """The turn as it stands at the end, and how long it took from pressing the key."""
        started = time.perf_counter()
        join = {
            "data": [question, None],
            "event_data": {"question": question},
            "fn_index": self._event,
            "session_hash": self._session,
            "trigger_id": None,
        }
        (await self._client.post("/gradio_api/queue/join", json=join, headers=self._cookie)).raise_for_status()
        html, size = "", 0
        address = f"/gradio_api/queue/data?session_hash={self._session}"
        async with self._client.stream("GET", address, headers=self._cookie) as stream:
            async for line in stream.aiter_lines():
                size += len(line)
                message = json.loads(line[5:]) if line.startswith("data:") else {}
                html = _with_changes(html, message)
                if message.get("msg") == "process_completed":
                    break
        return Asked(question, html, time.perf_counter() - started, size)


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


async def event_of(client: httpx.AsyncClient) -> int:
    """The number of the event that answers, found by what it reads: the box and the feed's question."""
    config = (await client.get("/config")).json()
    named = {one["id"]: one["props"].get("elem_id") for one in config["components"]}
    asking = [
        one["id"]
        for one in config["dependencies"]
        if {named.get(target) for target, _ in one["targets"]} >= {"kj-box", "kj-feed"}
    ]
    return int(asking[0])


async def crowd(url: str, people: int, questions: Sequence[str], rounds: int) -> list[Asked]:
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(base_url=url, timeout=60, limits=limits, trust_env=False) as client:
        event = await event_of(client)

        async def one(number: int) -> list[Asked]:
            visitor = Visitor(client, event)
            return [await visitor.ask(questions[(number * rounds + n) % len(questions)]) for n in range(rounds)]

        answers = await asyncio.gather(*(one(number) for number in range(people)))
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
