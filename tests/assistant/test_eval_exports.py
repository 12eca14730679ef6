"""Reports for other programs: JUnit XML, the field names of ragas and deepeval, and the plots of the page."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree as Xml

from hand_made import answered, cite, refused, report_of

from kejian.assistant.evaluation.exports import as_deepeval, as_ragas
from kejian.assistant.evaluation.html import as_html
from kejian.assistant.evaluation.junit import as_junit
from kejian.assistant.evaluation.regression import compared
from kejian.assistant.evaluation.report import as_json


def rows(text: str) -> dict[str, dict[str, Any]]:
    return {row.get("name", row.get("user_input")): row for row in map(json.loads, text.splitlines())}


def test_junit_has_a_suite_a_slice_and_a_failure_a_wrong_answer() -> None:
    report = report_of(q1=answered("规模大[1]", cite(1, 16, "规模大")))
    root = Xml.fromstring(as_junit(report))
    assert [suite.get("name") for suite in root] == ["优点", "结构", "不可答", "错误前提", "门槛"]
    failed = [case.get("name") for case in root.iter("testcase") if case.find("failure") is not None]
    assert failed == ["q1 问题 q1", "要点覆盖率"]
    failure = next(root.iter("failure"))
    assert failure.get("message") == "缺要点:决策快"
    assert "[1] 第 16 页:规模大" in (failure.text or "")
    assert (root.get("tests"), root.get("failures")) == (str(len(list(root.iter("testcase")))), "2")


def test_junit_holds_the_comparison_and_survives_what_xml_cannot_hold() -> None:
    report = report_of(q3=answered("丙型\x00\x1b[1][7]", cite(1, 18, "丙型")))
    root = Xml.fromstring(as_junit(report, compared(as_json(report_of()), as_json(report))))
    suite = next(suite for suite in root if suite.get("name") == "与基线相比")
    assert [case.find("failure") is None for case in suite] == [True, False]


def test_ragas_samples() -> None:
    found = rows(as_ragas(report_of()))
    sample = found["问题 q2"]
    assert sample["response"] == "甲型决策快[1],乙型反应快[2]"
    assert sample["retrieved_contexts"] == ["决策快", "反应快"]
    assert sample["reference_contexts"] == ["甲型\n优点\n决策快\n规模大", "乙型\n优点\n反应快"]
    assert sample["reference"] == "决策快；反应快。"
    assert set(sample) == {
        "user_input",
        "retrieved_contexts",
        "reference_contexts",
        "response",
        "reference",
        "retrieved_context_ids",
        "reference_context_ids",
    }


def test_deepeval_test_cases() -> None:
    found = rows(as_deepeval(report_of(q4=refused())))
    assert len(found) == 6
    case = found["q4"]
    assert case["expected_output"] == "材料没有写。应说到:优点。"
    assert (case["retrieval_context"], case["additional_metadata"]["slice"]) == ([], "不可答")
    assert {"input", "actual_output", "expected_output", "context", "retrieval_context"} <= set(case)


def test_the_page_has_every_plot_and_each_failed_case_whole() -> None:
    page = as_html(report_of(q1=answered("规模大[1]", cite(1, 16, "规模大"), trace="t1")))
    for title in ("全对", "要点覆盖率", "召回率随名次的变化", "应当怎样(行)与实际怎样(列)", "回答用时的分布"):
        assert f"<title>{title}</title>" in page
    case = page[page.index("<details><summary>q1") :]
    for part in ("✗ 决策快 / 决策迅速", "✓ 规模大", "[1] 第 16 页", "经过(t1)", "应引第 16 页"):
        assert part in case
