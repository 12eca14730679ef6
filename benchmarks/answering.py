"""How fast, and in how much memory, questions are answered: `python benchmarks/answering.py`.

Measured for the bundled library and for one of 100,000 passages (see made_library.py; it takes an hour to make, and is
kept in the folder given with `--home`): what opening takes, resident memory, and whole answers to the 308 gold
questions and to other wordings of them, by stage. Nothing is answered from the memory of an earlier answer. Writes
one JSON object; `--out` keeps it in a file. Processor time is what other work on the machine disturbs least.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import made_library

from kejian.assistant.engine import Assistant
from kejian.assistant.evaluation.metrics import percentile
from kejian.assistant.evaluation.variants import Variants
from kejian.corpus.gold_questions import GoldQuestion, bundled_gold
from kejian.index.encoder import open_encoder
from kejian.index.home import Home

ROOT = Path(__file__).parents[1]
BENCH = ROOT.parent / "shared/bench"
VARIANTS = 3  # of a question
STAGES = ("resolve", "retrieve", "compose")
Figures = dict[str, float]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure every size in a process of its own, so that memory is that of one library."""
    options = _options(arguments)
    if options.measured is not None:
        sys.stdout.write(json.dumps(measured(options.measured, options.questions)))
        return
    found: dict[str, Any] = {}
    with TemporaryDirectory() as folder:
        for passages in options.passages:
            home = Path(folder) / "bundled" if not passages else options.home or Path(folder) / "made"
            made_library.fill(home, open_encoder(None), passages, BENCH)
            command = [sys.executable, __file__, "--measured", str(home), "--questions", str(options.questions)]
            answered = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
            found[f"{passages} passages" if passages else "bundled"] = json.loads(answered)
    text = json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    sys.stdout.write(text)
    if options.out:
        options.out.write_text(text, encoding="utf-8")


def measured(folder: Path, most: int) -> dict[str, Any]:
    """Figures of the library in ``folder``: seconds of opening, MB, milliseconds of answers."""
    encoder = open_encoder(None)
    encoder.encode_queries(["预热"])
    before, clock, used = _resident(), time.perf_counter(), time.process_time()
    with Home.open(folder, encoder=lambda: encoder) as home:
        assistant = Assistant(home.snapshot(), home.terms)
        opened = {"wall s": round(time.perf_counter() - clock, 2), "cpu s": round(time.process_time() - used, 2)}
        clock = time.process_time()
        assistant.get_ready()
        opened["tables of first use cpu s"] = round(time.process_time() - clock, 2)
        clock = time.process_time()
        for question in assistant.examples(6):
            assistant.ask(question)
        opened["first six answers cpu s"] = round(time.process_time() - clock, 2)
        knowledge = assistant.knowledge
        questions = list(asked(bundled_gold(), Variants({*_names(assistant)}, knowledge.says)))[:most]
        answers = answered(assistant, questions)
        return {
            "passages": len(home.snapshot().search.generation.entries),  # type: ignore[union-attr]
            "slides": len(knowledge.places),
            "facts": len(knowledge.points),
            "names": len(knowledge.entities),
            "opening": opened,
            "resident MB": {"model alone": before, "with the library": _resident(), "mapped from files": _mapped()},
            "questions": len(questions),
            "answer ms": answers,
        }


def answered(assistant: Assistant, questions: Sequence[GoldQuestion]) -> dict[str, Figures]:
    """Whole answers in wall and processor time, and their stages in wall time."""
    spent: dict[str, list[float]] = {name: [] for name in ("wall", "cpu", *STAGES)}
    for question in questions:
        assistant._drafted.cache_clear()
        clock, used = time.perf_counter(), time.process_time()
        answer = assistant.ask(question.question, question.turns)
        spent["wall"].append(1000 * (time.perf_counter() - clock))
        spent["cpu"].append(1000 * (time.process_time() - used))
        for stage in STAGES:
            spent[stage].append(answer.timing_ms[stage])
    return {name: _spread(values) for name, values in spent.items()}


def asked(gold: Sequence[GoldQuestion], variants: Variants) -> Iterator[GoldQuestion]:
    """Each question, then other wordings of it where it stands alone."""
    for question in gold:
        yield question
        if not question.turns:
            for variant in list(variants.of(question.question))[:VARIANTS]:
                yield replace(question, question=variant.question)


def _names(assistant: Assistant) -> Iterator[str]:
    """Names of the bundled decks: slips are made of them alone."""
    return (name for name in assistant.knowledge.terms.words if len(name) > 1)


def _spread(values: Sequence[float]) -> Figures:
    found = {
        "median": statistics.median(values),
        "p95": percentile(values, 95) or 0.0,
        "p99": percentile(values, 99) or 0.0,
    }
    return {name: round(value, 1) for name, value in found.items()}


def _resident() -> int:
    """Resident memory of this process in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 >> 20


def _mapped() -> int:
    """What of it are pages of mapped files in MB: they make way where memory is short."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[2])
    return pages * 4096 >> 20


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, nargs="*", default=[0, 100_000], help="sizes; 0 is the bundled library")
    parser.add_argument("--home", type=Path, help="where the made library is, or is to be kept")
    parser.add_argument("--questions", type=int, default=1_000, help="at most so many")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--measured", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
