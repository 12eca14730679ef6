"""The regression gate on results whose losses are known: noise passes, faults are named."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hand_made import answered, cite, report_of

from kejian.assistant.answer import Cell, Matrix, Row
from kejian.assistant.evaluation.baseline import BUNDLED_BASELINE, baseline_text, read_baseline
from kejian.assistant.evaluation.regression import compared
from kejian.assistant.evaluation.report import as_json
from kejian.corpus.gold_questions import bundled_gold

SLICES = ("优点", "结构", "多轮")


def result(**lost: set[int]) -> dict[str, Any]:
    """Twenty questions a slice, all right but those named in ``lost`` by slice."""
    cases = []
    for name in SLICES:
        for number in range(20):
            good = number not in lost.get(name, set())
            values = {"right": float(good), "point_coverage": 1.0 if good else 0.5, "citation_validity": 1.0}
            cases.append({"id": f"{name}-{number}", "slice": name, "right": good, "values": values, "question": "?"})
    return {"total": {}, "slices": {name: {} for name in SLICES}, "cases": cases}


def test_nothing_changed() -> None:
    changes = compared(result(), result())
    assert changes.holds
    assert list(changes.lines()) == ["与基线相比:没有变化"]


def test_noise_does_not_fail_it() -> None:
    draw = Random(1)
    for _ in range(200):
        before, after = ({name: {draw.randrange(20)} for name in SLICES} for _ in range(2))
        assert compared(result(**before), result(**after)).holds


def test_a_fault_in_one_slice_is_named_with_questions_and_slides() -> None:
    lost = set(range(8))
    slides = {f"结构-{number}": (17,) for number in lost} | {"优点-1": (16,)}
    changes = compared(result(), result(结构=lost), slides)
    assert not changes.holds
    assert {(loss.slice, loss.figure) for loss in changes.losses} == {
        (name, figure) for name in ("合计", "结构") for figure in ("right", "point_coverage")
    }
    loss = next(loss for loss in changes.losses if (loss.slice, loss.figure) == ("结构", "right"))
    assert (loss.before, loss.after, loss.p, loss.slides) == (1.0, 0.6, 1 / 256, (17,))
    assert loss.questions == tuple(f"结构-{number}" for number in range(8))
    assert "涉及第 17 页" in loss.line
    assert "✗ 退步了" in next(changes.lines())


def test_a_gain_is_no_loss() -> None:
    changes = compared(result(结构=set(range(8))), result())
    assert changes.holds
    assert len(changes.better) == 8


def test_a_rate_of_faults_is_better_when_it_falls() -> None:
    before, after = result(), result()
    for number, case in enumerate(before["cases"]):
        case["values"]["unsupported_rate"] = 0.5
        after["cases"][number]["values"]["unsupported_rate"] = 0.0
    assert compared(before, after).holds
    assert {loss.figure for loss in compared(after, before).losses} == {"unsupported_rate"}


def test_a_citation_that_does_not_verify_fails_it_without_a_test() -> None:
    shifted = replace(cite(1, 18, "丙型"), start=1, end=3)
    after = as_json(report_of(q3=answered("丙型[1]", shifted)))
    changes = compared(as_json(report_of()), after)
    assert (changes.holds, changes.losses) == (False, ())
    assert changes.broken == ("引文与原文不符:q3(所引第 18 页)",)


def test_an_invented_cell_fails_it_without_a_test() -> None:
    matrix = Matrix(("甲型",), (Row("优点", (Cell("什么都好", (1,)),)),))
    given = answered("决策快,规模大[1][2]", cite(1, 16, "决策快"), cite(2, 16, "规模大"), matrix=matrix)
    changes = compared(as_json(report_of()), as_json(report_of(q1=given)))
    assert changes.broken == ("表格里有没有根据的格子:q1(所引第 16 页)",)


def test_a_baseline_holds_one_question_a_line_and_reads_back(tmp_path: Path) -> None:
    now = as_json(report_of())
    text = baseline_text(now)
    assert sum(line.startswith('{"id"') for line in text.split("\n")) == len(now["cases"])
    path = tmp_path / "baseline.json"
    path.write_text(text, encoding="utf-8")
    assert compared(read_baseline(path), now).holds
    assert not compared(read_baseline(path), now).moved


def test_a_broken_line_of_a_baseline_is_named(tmp_path: Path) -> None:
    from kejian.corpus.errors import UsageError

    path = tmp_path / "baseline.json"
    path.write_text('{"format": "kejian-baseline-1",\n"cases": [}', encoding="utf-8")
    with pytest.raises(UsageError, match="第 2 行不是 JSON"):
        read_baseline(path)


def test_the_bundled_baseline_is_of_the_bundled_questions() -> None:
    baseline = read_baseline(BUNDLED_BASELINE)
    assert [case["id"] for case in baseline["cases"]] == [question.id for question in bundled_gold()]
    assert json.loads(BUNDLED_BASELINE.read_text("utf-8"))["total"]["citation_validity"] == 1.0
