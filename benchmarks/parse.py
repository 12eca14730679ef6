"""How many slides a second are parsed, without embedding: `python benchmarks/parse.py [file …]`.

Each file is read whole, once to warm up and then five times; the median counts. Without arguments the bundled decks
are read, and made ones: a presentation of 500 slides, slides of 60 connectors, slides of 300 groups, 60 tables.
Writes one JSON object: by file, slides a second of the wall clock and slides a second of processor time (which other
work on the machine disturbs less), and the peak memory of the process in MB.
"""

from __future__ import annotations

import copy
import json
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.util import Pt

from kejian.corpus.terms import TermBase
from kejian.ingest.read import read_deck

ROOT = Path(__file__).parents[1]
RUNS = 5
LARGE = 500
Rates = dict[str, float]


def main(arguments: list[str]) -> None:
    """Measure the files named, else the bundled ones and those made here."""
    terms = TermBase.bundled()
    bundled = sorted([*(ROOT / "corpus/decks").glob("*.[mp][dp]*"), *(ROOT / "tests/decks").glob("*.[mp][dp]*")])
    paths = [Path(argument) for argument in arguments] or bundled
    result: dict[str, Rates | float] = {path.name: slides_per_second(path, terms) for path in paths}
    if not arguments:
        with tempfile.TemporaryDirectory() as folder:
            for path, runs in made(Path(folder)):
                result[path.name] = slides_per_second(path, terms, runs)
    result["peak MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=2) + "\n")


def slides_per_second(path: Path, terms: TermBase, runs: int = RUNS) -> Rates:
    """Medians over ``runs``: ``wall`` and ``cpu``."""
    slides = len(read_deck(path, terms).slides) if runs > 1 else 0
    wall, cpu = [], []
    for _ in range(runs):
        clock, used = time.perf_counter(), time.process_time()
        slides = len(read_deck(path, terms).slides)
        wall.append(slides / (time.perf_counter() - clock))
        cpu.append(slides / (time.process_time() - used))
    return {"wall": round(statistics.median(wall), 1), "cpu": round(statistics.median(cpu), 1)}


def made(folder: Path) -> Iterator[tuple[Path, int]]:
    """(file, how often it is to be read) of large presentations."""
    large = folder / f"{LARGE} slides.pptx"
    enlarge(ROOT / "corpus/decks/bpr.pptx", large)
    yield large, 1
    for name, slides, draw in (("60 connectors", 20, connectors), ("300 groups", 8, groups), ("60 tables", 60, table)):
        presentation = Presentation()
        for number in range(slides):
            slide = presentation.slides.add_slide(presentation.slide_layouts[5])
            slide.shapes.title.text = f"第{number}讲 组织结构"
            draw(slide.shapes)
        presentation.save(str(folder / f"{name}.pptx"))
        yield folder / f"{name}.pptx", 3


def connectors(shapes: Any) -> None:
    """A root, six units under it, and nine under each of them, joined by elbows."""
    root = box(shapes, (310, 100), "总部")
    for column in range(6):
        unit = box(shapes, (10 + 118 * column, 160), f"部门{column}")
        join(shapes, root, unit, (2, 0))
        for row in range(9):
            join(shapes, unit, box(shapes, (30 + 118 * column, 200 + 36 * row), f"科室{column}{row}"), (1, 1))


def box(shapes: Any, place: tuple[float, float], text: str) -> Any:
    """A rectangle with a name."""
    shape = shapes.add_shape(1, *map(Pt, (*place, 80, 26)))
    shape.text_frame.text = text
    return shape


def join(shapes: Any, begin: Any, end: Any, sites: tuple[int, int]) -> None:
    """An elbow that is glued to two boxes."""
    connector = shapes.add_connector(2, 0, 0, 0, 0)
    connector.begin_connect(begin, sites[0])
    connector.end_connect(end, sites[1])


def groups(shapes: Any) -> None:
    """A box and a word in each of 300 groups."""
    for number in range(300):
        left, top = 10 + 35 * (number % 20), 100 + 28 * (number // 20)
        inside = shapes.add_group_shape().shapes
        inside.add_shape(1, *map(Pt, (left, top, 12, 20)))
        inside.add_textbox(*map(Pt, (left + 13, top, 20, 20))).text_frame.text = f"项{number}"


def table(shapes: Any) -> None:
    """Eight departments with what they do."""
    grid = shapes.add_table(9, 4, *map(Pt, (20, 100, 680, 400))).table
    for row in range(9):
        for column, head in enumerate(("部门", "职责", "负责人", "编制")):
            grid.cell(row, column).text = f"{head}{row}" if row else head


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
