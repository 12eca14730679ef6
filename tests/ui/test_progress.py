"""Bars on a terminal: what they count, how fast it goes, and how long it will take."""

from __future__ import annotations

import io
import time

import pytest
from rich.console import Console
from rich.progress import Progress

from kejian.ui.terminal import Bars


def test_every_stage_has_its_own_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    bar = Progress(console=Console(file=io.StringIO()))
    bars = Bars(bar, "准备")

    def after(seconds: float, what: str, done: int, total: int) -> list[tuple[str, float, str]]:
        now[0] += seconds
        bars.show(what, done, total)
        return [(task.description, task.completed, task.fields["pace"]) for task in bar.tasks if task.visible]

    assert [task.description for task in bar.tasks] == ["准备"]
    assert after(1, "算向量", 0, 640) == [("算向量", 0, "")]
    assert after(10, "算向量", 320, 640) == [("算向量", 320, "32.0/秒 剩余约 10 秒")]
    assert after(30, "读课件", 1, 9)[1] == ("读课件", 1, "")
    assert after(1, "算向量", 0, 100)[0] == ("算向量", 0, ""), "the vectors of the next file"
    assert after(2, "算向量", 100, 100)[0] == ("算向量", 100, "50.0/秒")
    assert after(7, "读课件", 2, 9)[1] == ("读课件", 2, "0.1/秒 剩余约 70 秒")
