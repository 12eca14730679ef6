"""How many slides a second are parsed, without embedding: `python benchmarks/parse.py [file …]`.

Each file is read whole, five times; the median counts. Without arguments the bundled decks are read, and a
presentation of 500 slides made of them. Writes one JSON object: slides/s and the peak memory of the process in MB.
"""

from __future__ import annotations

import copy
import json
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

from pptx import Presentation

from kejian.corpus.terms import TermBase
from kejian.ingest.read import read_deck

ROOT = Path(__file__).parents[1]
RUNS = 5
LARGE = 500


def main(arguments: list[str]) -> None:
    """Measure the files named, else the bundled ones."""
    terms = TermBase.bundled()
    bundled = sorted([*(ROOT / "corpus/decks").glob("*.[mp][dp]*"), *(ROOT / "tests/decks").glob("*.[mp][dp]*")])
    paths = [Path(argument) for argument in arguments] or bundled
    result: dict[str, float] = {path.name: slides_per_second(path, terms) for path in paths}
    if not arguments:
        with tempfile.TemporaryDirectory() as folder:
            large = Path(folder) / f"{LARGE} slides.pptx"
            enlarge(ROOT / "corpus/decks/bpr.pptx", large)
            result[large.name] = slides_per_second(large, terms, runs=1)
    result["peak MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=2) + "\n")


def slides_per_second(path: Path, terms: TermBase, runs: int = RUNS) -> float:
    """Median over ``runs``."""
    rates = []
    for _ in range(runs):
        start = time.perf_counter()
        deck = read_deck(path, terms)
        rates.append(len(deck.slides) / (time.perf_counter() - start))
    return round(statistics.median(rates), 1)


def enlarge(source: Path, target: Path) -> None:
    """A presentation of LARGE slides that repeats those of ``source``."""
    presentation = Presentation(str(source))
    originals = list(presentation.slides)
    layout = originals[0].slide_layout
    while len(presentation.slides) < LARGE:
        original = originals[len(presentation.slides) % len(originals)]
        slide = presentation.slides.add_slide(layout)
        tree = slide.shapes._spTree
        for element in list(tree)[2:]:
            tree.remove(element)
        for element in list(original.shapes._spTree)[2:]:
            tree.append(copy.deepcopy(element))
    presentation.save(str(target))


if __name__ == "__main__":
    main(sys.argv[1:])
