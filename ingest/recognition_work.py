"""The inside of the process that recognises text in pictures: one engine, loaded once, no network, nothing fetched."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from kejian.ingest.picture_preparation import prepared, tiles
from kejian.ingest.pictures import Edges, Seen, SeenLine, View
from kejian.ingest.plain import to_plain
from kejian.ingest.typed import typed

MODELS = {
    "Det.model_path": "PP-OCRv6_det_small.onnx",
    "Rec.model_path": "PP-OCRv6_rec_small.onnx",
    "Cls.model_path": "ch_ppocr_mobile_v2.0_cls_mobile.onnx",
}
MOST_THREADS = 4
MOST_RULES = 400
MOST_PIECES = 4_000
THICKEST = 12  # pixels of a drawn line with the seams that its edges are given
LYING = 10  # characters: so long on average are no columns of vertical writing, but lines of a page on its side


class Engine:
    """The models in memory."""

    def __init__(self, threads: int = 0) -> None:
        import rapidocr

        logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
        folder = Path(rapidocr.__file__).parent / "models"
        self._read: Any = rapidocr.RapidOCR(
            params={
                "Global.log_level": "critical",
                "Global.text_score": 0.0,
                "Global.max_side_len": 2_600,
                "EngineConfig.onnxruntime.intra_op_num_threads": threads or min(MOST_THREADS, os.cpu_count() or 1),
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                # Named, they are taken from there; else the library would look whether to download them.
                **{name: str(folder / file) for name, file in MODELS.items()},
            }
        )

    def recognise(self, content: bytes, view: View) -> Seen:
        """What a picture says.

        Raises:
            ValueError: it cannot be decoded.
        """
        image = prepared(content, view)
        lines = list(self._lines(image))
        if _lies_on_its_side(lines):
            turned = [image.rotate(angle, expand=True) for angle in (90, 270)]
            image, lines = max(((way, list(self._lines(way, use_cls=False))) for way in turned), key=_certainty)
        return Seen(image.width, image.height, tuple(lines), tuple(_rules(image, lines)))

    def _lines(self, image: Any, **options: bool) -> Iterator[SeenLine]:
        import numpy

        down = image.height >= image.width
        for tile, left, top, (low, high) in tiles(image):
            pixels = numpy.ascontiguousarray(numpy.asarray(tile)[:, :, ::-1])
            found = self._read(pixels, **{"use_cls": True, **options})
            if getattr(found, "boxes", None) is None or not found.txts:
                continue
            for corners, text, confidence in zip(found.boxes, found.txts, found.scores, strict=True):
                xs, ys = [float(x) + left for x, _ in corners], [float(y) + top for _, y in corners]
                line = SeenLine(text, round(float(confidence), 4), *_rounded(min(xs), min(ys), max(xs), max(ys)))
                middle = (line.top + line.bottom if down else line.left + line.right) / 2
                if low <= middle < high:
                    yield line


def _certainty(found: tuple[Any, list[SeenLine]]) -> float:
    return sum(line.confidence * len(line.text) for line in found[1])


def _lies_on_its_side(lines: list[SeenLine]) -> bool:
    upright = [line for line in lines if line.upright]
    characters = sum(len(line.text) for line in upright)
    total = sum(len(line.text) for line in lines)
    return bool(upright) and characters * 5 >= total * 4 and characters >= LYING * len(upright)


def _rules(image: Any, lines: Sequence[SeenLine]) -> Iterator[Edges]:
    """The straight lines drawn level and upright outside of the text, as their middles; of panels the edges."""
    import cv2
    import numpy

    grey = numpy.asarray(image.convert("L"))
    edges = cv2.dilate(cv2.Canny(grey, 40, 120), numpy.ones((3, 3), numpy.uint8))
    found: list[Edges] = []
    for size in ((max(50, image.width // 25), 1), (1, max(30, image.height // 25))):
        kept = cv2.morphologyEx(edges, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, size))
        count, _, stats, _ = cv2.connectedComponentsWithStats(kept)
        boxes = (tuple(map(float, stats[n][:4])) for n in range(1, min(count, MOST_PIECES)))
        found += [_middle(*box) for box in boxes if min(box[2:]) <= THICKEST]
    rules = [rule for rule in found if not any(_is_in(rule, line) for line in lines)]
    yield from rules if len(rules) <= MOST_RULES else ()


def _is_in(rule: Edges, line: SeenLine) -> bool:
    """Whether a rule is a stroke of the characters of a line."""
    level = line.left - 2 <= rule[0] and rule[2] <= line.right + 2
    return level and line.top - 2 <= rule[1] and rule[3] <= line.bottom + 2


def _middle(left: float, top: float, width: float, height: float) -> Edges:
    if width >= height:
        return _rounded(left, top + height / 2, left + width, top + height / 2)
    return _rounded(left + width / 2, top, left + width / 2, top + height)


def _rounded(left: float, top: float, right: float, bottom: float) -> Edges:
    return round(left, 1), round(top, 1), round(right, 1), round(bottom, 1)


def prepare(_setup: Any) -> Callable[[Any, bytes], Any]:
    """What the limited child does with each picture."""
    engine = Engine()

    def work(request: Any, payload: bytes) -> Any:
        view = typed(View, request)
        try:
            return to_plain(engine.recognise(payload, view))
        except ValueError:
            return None

    return work


if __name__ == "__main__":
    from kejian.ingest.limited_work import serve

    serve(prepare)
