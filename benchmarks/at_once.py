"""How long 30 people wait who ask at the same moment: `python benchmarks/at_once.py`.

Starts `kejian serve` over the bundled library on a free port of this machine, lets 30 threads ask a question each at
once, in some rounds with other questions every time, and stops it. Loopback only, a fixed number of requests. Writes
one JSON object: how many answers, how many lost or given to somebody else, and seconds of waiting.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Barrier

from kejian.assistant.evaluation.metrics import percentile
from kejian.corpus.gold_questions import bundled_gold

PEOPLE, ROUNDS = 30, 8
SECONDS = 60.0  # before an answer counts as lost
KEJIAN = Path(sys.executable).with_name("kejian")
ADDRESS = re.compile(r"http://([\d.]+):(\d+)")


def main() -> None:
    """Ask, and write what it took."""
    options = _options()
    with TemporaryDirectory() as folder:
        home = options.home or Path(folder)
        if not options.home:
            subprocess.run([KEJIAN, "--home", home, "ingest", "--bundled"], check=True, stdout=subprocess.DEVNULL)
        with serving(home) as address:
            _ask(address, "前后端型有哪些优点?")
            waited = [wait for number in range(options.rounds) for wait in round_of(address, number)]
    answered = [seconds for seconds, right in waited if right]
    figures = {"median": percentile(answered, 50), "p95": percentile(answered, 95), "longest": max(answered, default=0)}
    found = {"people": PEOPLE, "answers": len(answered), "lost": len(waited) - len(answered)}
    sys.stdout.write(
        json.dumps({**found, "seconds": {k: round(v or 0, 2) for k, v in figures.items()}}, indent=2) + "\n"
    )


def round_of(address: tuple[str, int], number: int) -> list[tuple[float, bool]]:
    """(seconds, whether the answer came and is to what was asked) of everybody's question."""
    gold = bundled_gold()
    questions = [gold[(PEOPLE * number + person) % len(gold)].question for person in range(PEOPLE)]
    together = Barrier(PEOPLE)

    def ask(question: str) -> tuple[float, bool]:
        together.wait()
        started = time.perf_counter()
        try:
            right = _ask(address, question) == question.strip()
        except OSError:
            right = False
        return time.perf_counter() - started, right

    with ThreadPoolExecutor(PEOPLE) as people:
        return list(people.map(ask, questions))


def _ask(address: tuple[str, int], question: str) -> str:
    """The question that the answer says it is to."""
    connection = HTTPConnection(*address, timeout=SECONDS)
    try:
        body = json.dumps({"question": question}).encode()
        connection.request("POST", "/api/ask", body, {"Content-Type": "application/json"})
        return str(json.loads(connection.getresponse().read()).get("question", ""))
    finally:
        connection.close()


@contextmanager
def serving(home: Path) -> Iterator[tuple[str, int]]:
    """A server over ``home``, stopped afterwards."""
    command = [KEJIAN, "--home", home, "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            found = next(match for line in server.stderr if (match := ADDRESS.search(line)))
            yield found[1], int(found[2])
        finally:
            server.terminate()


def _options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, help="another library than the bundled one")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
