"""The whole way on real decks: files in, gold questions asked, gates held; and nothing leaves the machine."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kejian.assistant.engine import Assistant
from kejian.assistant.evaluation.baseline import BUNDLED_BASELINE, read_baseline
from kejian.assistant.evaluation.gold_run import GoldReport, evaluate_gold
from kejian.assistant.evaluation.judging import Judge
from kejian.assistant.evaluation.regression import compared
from kejian.assistant.evaluation.report import as_json
from kejian.corpus.gold_questions import read_gold
from kejian.index.encoder import open_encoder
from kejian.index.home import Home

ROOT = Path(__file__).parents[2]
# What the product reaches on decks it is not written for, rounded down: a lower figure is a regression.
# (key points covered, expected slide cited, refusal precision, refusal recall)
OTHER_DECKS = {"handbook": (0.85, 0.85, 0.6, 0.9), "products": (0.95, 0.95, 0.9, 0.9)}


@contextmanager
def filled_home(path: Path, deck: Path) -> Iterator[Home]:
    with Home.open(path, encoder=lambda: open_encoder(None)) as home:
        report = home.ingest([deck])
        assert not any(file.error for file in report.files)
        yield home


def gold_report(home: Home, gold: Path) -> GoldReport:
    snapshot = home.snapshot()
    assert snapshot.search is not None
    assistant = Assistant(snapshot, home.terms)
    return evaluate_gold(assistant, snapshot.search, Judge(snapshot.decks, home.terms), read_gold(gold))


def test_the_bundled_deck_holds_every_gate_and_the_baseline(bundled_home: Home) -> None:
    report = gold_report(bundled_home, ROOT / "corpus/gold/bpr.jsonl")
    assert {gate.name: gate.value(report.total) for gate in report.fallen} == {}
    assert len(report.cases) >= 120
    changes = compared(read_baseline(BUNDLED_BASELINE), as_json(report))
    assert changes.holds, "\n".join(changes.lines())


@pytest.mark.parametrize("name", OTHER_DECKS)
def test_decks_of_other_fields_are_answered_too(tmp_path: Path, name: str) -> None:
    with filled_home(tmp_path, ROOT / f"tests/decks/{name}.pptx") as home:
        scores = gold_report(home, ROOT / f"tests/decks/{name}.jsonl").total
    reached = [scores[key] for key in ("point_coverage", "slide_cited", "refusal_precision", "refusal_recall")]
    assert all(value is not None and value >= floor for value, floor in zip(reached, OTHER_DECKS[name], strict=True))
    assert scores["citation_validity"] == 1.0


def test_both_formats_of_a_deck_in_one_library_say_nothing_twice(tmp_path: Path) -> None:
    with filled_home(tmp_path, ROOT / "corpus/decks") as home:
        answer = Assistant(home.snapshot(), home.terms).ask("前后端型有哪些优点?")
    assert len(answer.sentences) == 3


CLOSED = """
import socket, sys
real = socket.socket.connect
def connect(self, address):
    if isinstance(address, tuple) and not str(address[0]).startswith(("127.", "::1")):
        raise SystemExit(f"connected to {address}")
    return real(self, address)
def look_up(host, *rest, **named):
    raise SystemExit(f"looked up {host}")
socket.socket.connect = connect
socket.getaddrinfo = look_up
from kejian.ui.cli import main
sys.exit(main(sys.argv[1:]))
"""


def test_a_fresh_process_answers_with_every_socket_but_loopback_closed(tmp_path: Path) -> None:
    with filled_home(tmp_path, ROOT / "corpus/decks/bpr.pptx"):
        pass
    command = [sys.executable, "-c", CLOSED, "ask", "哪个部门负责投诉?", "--json", "--home", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    assert "呼叫中心" in answer["answer"]
    assert all(citation["verified"] for citation in answer["citations"])
