"""Files that mean harm among good ones, taken in by one library: the good are found, each bad one has its reason."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

import numpy as np
import pytest
from hostile_maker import Hostile, cases, large, sheet
from pdf_maker import line, pdf
from slide_maker import TITLE_AND_BODY, make

from kejian.index.home import Home
from kejian.index.report import IngestReport, Progress

MOST_GROWTH = 100 << 20  # bytes of the process that takes the files in
WARM_UP = "## 预备\n\n- 先读一页\n"
GOOD = {
    "门卫.md": "## 门卫\n\n- 夜班巡逻每两小时一次\n".encode(),
    "食堂.txt": "食堂\n\n午餐供应到一点半\n".encode(),
    "车队.html": "<h1>车队</h1><p>轮胎每半年更换</p>".encode(),
    "仓库.pptx": make(("仓库", lambda s: s.text((20, 100, 300, 40), "叉车限速五公里") and None), layout=TITLE_AND_BODY),
    "部门.xlsx": sheet(),
    "leave.pdf": pdf(line("Visitors register downstairs", 40, 500)),
}
ASKED = {
    "夜班多久巡逻": "夜班巡逻每两小时一次",
    "午餐供应到几点": "午餐供应到一点半",
    "轮胎多久更换": "轮胎每半年更换",
    "叉车限速多少": "叉车限速五公里",
    "市场部职责": "推广",
    "Where do visitors register": "Visitors register downstairs",
}
SLOW = {case.name for case in large()} | {"deep.html", "shown.pptx", "picture.pptx"}
ALL = tuple(case for case in cases() if not case.name.startswith("."))  # hidden files of a folder are left alone
SOME = tuple(case for case in ALL if case.name not in SLOW)[::2]


class HashingEncoder:
    """Characters hashed into vectors: real, small and the same in every run."""

    fingerprint = "hashing-32"
    dimension = 32

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        return np.stack([self._vector(text) for text in texts])

    def encode_passages(self, texts: Sequence[str]) -> np.ndarray:
        return self.encode_queries(texts) if texts else np.empty((0, self.dimension), np.float32)

    def _vector(self, text: str) -> np.ndarray:
        vector = np.full(self.dimension, 1e-3, dtype=np.float32)
        for char in text[:500]:
            vector[hashlib.blake2b(char.encode("utf-8", "replace"), digest_size=1).digest()[0] % self.dimension] += 1
        return vector / np.linalg.norm(vector)


def memory() -> int:
    """Bytes of this process in memory."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * 4096


def written(hostile: Sequence[Hostile], folder: Path) -> None:
    """All files in one folder, good ones between bad ones: they are taken in by name."""
    folder.mkdir()
    for number, (case, good) in enumerate(zip_longest(hostile, GOOD.items())):
        if case:
            place = folder / f"{number:03}"
            place.mkdir()
            (place / case.name).write_bytes(case.make())
        if good:
            place = folder / f"{number:03} good"
            place.mkdir()
            (place / good[0]).write_bytes(good[1])


def check(report: IngestReport, hostile: Sequence[Hostile], home: Home) -> None:
    told = {str(Path(file.path).relative_to(Path(file.path).parents[1])): file for file in report.files}
    skipped = {str(Path(name).relative_to(Path(name).parents[1])) for name in report.skipped}
    for number, case in enumerate(hostile):
        name = f"{number:03}/{case.name}"
        if name in skipped:
            assert "格式不支持" in case.refused
        elif case.refused:
            assert case.refused in (told[name].error or ""), name
            assert "\n" not in (told[name].error or ""), name
        else:
            assert told[name].error is None, name
            assert any(case.warned in warning for warning in told[name].warnings) or not case.warned, name
    assert len(told) + len(skipped) == len(hostile) + len(GOOD)
    assert all(file.error is None for name, file in told.items() if " good/" in name)
    search = home.snapshot().search
    assert search
    for question, answer in ASKED.items():
        assert any(answer in hit.text for hit in search.search(question, 5)), question


def survive(hostile: Sequence[Hostile], folder: Path) -> None:
    written(hostile, folder / "files")
    (folder / "预备.md").write_text(WARM_UP, "utf-8")
    with Home.open(folder / "home", encoder=HashingEncoder) as home:
        home.ingest([folder / "预备.md"])  # loads what the library needs, which is no growth
        before, grown = memory(), [0]

        def measured(_: Progress) -> None:
            grown.append(memory() - before)

        check(home.ingest([folder / "files"], measured), hostile, home)
        assert max(grown) <= MOST_GROWTH
        assert len(grown) > len(hostile)


pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits and figures of the Linux kernel")


def test_good_files_among_bad_ones(tmp_path: Path) -> None:
    assert len(SOME) >= 20
    survive(SOME, tmp_path)


@pytest.mark.slow
def test_good_files_among_all_bad_ones(tmp_path: Path) -> None:
    survive(ALL, tmp_path)
