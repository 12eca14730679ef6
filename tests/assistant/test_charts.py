"""Every structure of the library can be looked at, unit by unit, by the code that answers in chat."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kejian.assistant.charts import charts
from kejian.assistant.knowledge import Knowledge
from kejian.corpus.errors import UsageError
from kejian.corpus.terms import TermBase
from kejian.ingest.read import read_deck
from tests_support import assert_sound


def test_charts_are_listed_with_their_place_and_size(assistant):
    (chart,) = charts(assistant.knowledge)
    assert (chart.name, chart.root, chart.slide) == ("仓储中心的组织结构", "仓储中心", 4)
    assert (chart.units, chart.levels, chart.inferred) == (6, 3, True)


def test_a_chart_is_drawn_as_in_chat(assistant, ask):
    (chart,) = charts(assistant.knowledge)
    answer, _ = assistant.chart(chart.id)
    assert_sound(answer)
    asked = ask("仓储中心的组织架构是怎样的")
    assert answer.structure == asked.structure
    assert answer.sentences == asked.sentences
    by_name, _ = assistant.chart(chart.name)
    assert replace(by_name, timing_ms={}) == replace(answer, timing_ms={})


def test_a_unit_has_its_duties_and_its_places(assistant):
    answer, _ = assistant.unit("发运组")
    assert_sound(answer)
    said = [sentence.text for sentence in answer.sentences]
    assert said[:2] == [
        "在“仓储中心的组织结构”中，发运组隶属仓储中心。",
        "在“仓储中心的组织结构”中，下设 2 个单位：装车班、调度班。",
    ]
    assert {"安排车辆和路线", "交接签收单据"} <= set(said)
    assert "**职责（2 项）**" in answer.answer
    assert {citation.slide for citation in answer.citations} == {4}


def test_every_unit_of_every_chart_can_be_opened(assistant):
    names = {name for edge in assistant.knowledge.edges for name in (edge.relation.parent, edge.relation.child)}
    assert len(names) == 6
    for name in names:
        answer, _ = assistant.unit(name)
        assert_sound(answer)


def test_what_is_not_there_is_said(assistant):
    with pytest.raises(UsageError, match="没有叫「财务部」的组织结构"):
        assistant.chart("财务部")
    for name in ("财务部", "中央仓型"):
        with pytest.raises(UsageError, match=f"组织结构里没有「{name}」"):
            assistant.unit(name)


def test_charts_of_one_name_are_told_apart_by_their_place(tmp_path):
    path = tmp_path / "deck.md"
    page = "## 第{}年\n\n### 公司的组织结构\n\n- 公司\n  - 甲部\n  - 乙部{}\n\n"
    path.write_text("# 沿革\n\n" + page.format(1, "") + page.format(2, "\n    - 丙组"), encoding="utf-8")
    terms = TermBase.bundled()
    found = list(charts(Knowledge([read_deck(path, terms)], terms)))
    assert [(chart.name, chart.units) for chart in found] == [("公司的组织结构", 3), ("公司的组织结构", 4)]
    assert len({chart.id for chart in found}) == 2
