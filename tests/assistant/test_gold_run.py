"""Gold evaluation with answers made by hand: every figure below can be counted on the page."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hand_made import DECK, GOOD, QUESTIONS, answered, case_of, cite, gold, refused, report_of
from rich.console import Console

from kejian.assistant.answer import Cell, Citation, Matrix, Row, Sentence, Structure
from kejian.assistant.evaluation.baseline import read_baseline
from kejian.assistant.evaluation.cases import said_text
from kejian.assistant.evaluation.gates import GATES
from kejian.assistant.evaluation.gold_run import GoldReport
from kejian.assistant.evaluation.html import as_html
from kejian.assistant.evaluation.judging import Judge
from kejian.assistant.evaluation.regression import compared
from kejian.assistant.evaluation.report import as_json, faults, shown
from kejian.assistant.evaluation.tables import print_report
from kejian.corpus.errors import UsageError
from kejian.corpus.terms import TermBase
from kejian.ingest.model import Slide


def test_everything_right() -> None:
    report = report_of()
    assert report.holds
    assert report.wrong == ()
    total = report.total
    assert (total.questions, total["right"], total["point_coverage"], total["slide_cited"]) == (6, 1.0, 1.0, 1.0)
    assert (total["citation_validity"], total["sentence_support"], total["forbidden_absent"]) == (1.0, 1.0, 1.0)
    assert (total["refusal_precision"], total["refusal_recall"], total["useful_refusals"]) == (1.0, 1.0, 1.0)


def test_retrieval_is_of_distinct_slides() -> None:
    total = report_of().total
    # q1: rank 1 of 1; q2: {16, 17} at ranks 3 and 1; q3: not found; q6: rank 1. Refusals do not count.
    assert total["recall_at_1"] == (1 + 0.5 + 0 + 1) / 4
    assert total["recall_at_3"] == total["recall_at_10"] == (1 + 1 + 0 + 1) / 4
    assert total["mrr"] == (1 + 1 + 0 + 1) / 4


def test_slices_are_in_order_of_appearance() -> None:
    slices = report_of().slices
    assert list(slices) == ["优点", "结构", "不可答", "错误前提"]
    assert [scores.questions for scores in slices.values()] == [2, 1, 2, 1]
    assert slices["不可答"]["point_coverage"] is None
    assert slices["结构"]["refusal_recall"] is None


def test_a_missed_point_counts() -> None:
    report = report_of(q1=answered("规模大[1]", cite(1, 16, "规模大")))
    assert list(faults(case_of(report, "q1"))) == ["缺要点:决策快"]
    assert report.total["point_coverage"] == 4 / 5
    assert [gate.score for gate in report.fallen] == ["point_coverage"]


def test_an_uncited_slide_counts() -> None:
    report = report_of(q2=answered("决策快,反应快[1]", cite(1, 16, "决策快")))
    assert list(faults(case_of(report, "q2"))) == ["没有引第 17 页"]
    assert report.total["slide_cited"] == 2 / 3  # q6 was refused, as it may be


def test_a_false_quotation_counts_whatever_it_says_of_itself() -> None:
    shifted = replace(cite(1, 18, "丙型"), start=1, end=3)
    assert shifted.verified
    report = report_of(q3=answered("丙型[1]", shifted))
    assert list(faults(case_of(report, "q3"))) == ["引文 [1] 与原文不符"]
    assert report.total["citation_validity"] == 4 / 5
    assert [gate.score for gate in report.fallen] == ["citation_validity"]


def test_a_mark_without_a_citation_counts() -> None:
    report = report_of(q3=answered("丙型[1][7]", cite(1, 18, "丙型")))
    assert list(faults(case_of(report, "q3"))) == ["标记 [7] 没有引文"]
    assert report.total["citation_validity"] == 5 / 6


def test_a_sentence_without_support_counts() -> None:
    bare = replace(GOOD["问题 q3"], sentences=(Sentence("丙型", (1,)), Sentence("凭空说的", ())))
    report = report_of(q3=bare)
    assert list(faults(case_of(report, "q3"))) == ["这句没有引文:凭空说的"]
    assert report.total["sentence_support"] == 3 / 4


def test_a_forbidden_phrase_counts() -> None:
    report = report_of(q2=replace(GOOD["问题 q2"], answer="决策快,反应快,反应 慢"))
    assert list(faults(case_of(report, "q2"))) == ["说了不该说的:反应慢"]
    assert report.total["forbidden_absent"] == 0.0


def test_a_wrong_refusal_costs_points_slides_and_precision() -> None:
    report = report_of(q1=refused())
    assert list(faults(case_of(report, "q1"))) == [
        "应当回答却拒答了",
        "缺要点:决策快",
        "缺要点:规模大",
        "没有引第 16 页",
    ]
    assert report.total["refusal_precision"] == 2 / 3
    assert report.total["refusal_recall"] == 1.0
    assert report.total["point_coverage"] == 3 / 5


def test_an_answer_that_should_be_a_refusal_costs_recall() -> None:
    report = report_of(q5=answered("决策快[1]", cite(1, 16, "决策快")))
    assert list(faults(case_of(report, "q5"))) == ["应当拒答却作了回答"]
    assert (report.total["refusal_precision"], report.total["refusal_recall"]) == (1.0, 1 / 2)


def test_a_false_premise_may_be_corrected_in_an_answer() -> None:
    report = report_of(q6=answered("决策快[1]", cite(1, 16, "决策快")))
    assert report.holds
    assert case_of(report, "q6").right
    assert report_of(q6=answered("规模大[1]", cite(1, 16, "规模大"))).total["point_coverage"] == 5 / 6


def test_a_refusal_for_another_reason_than_allowed_is_wrong() -> None:
    report = report_of(q6=refused("ambiguous"))
    assert list(faults(case_of(report, "q6"))) == ["应当回答却拒答了", "缺要点:决策快", "没有引第 16 页"]
    assert report.total["refusal_precision"] == 2 / 3


def test_a_refusal_that_does_not_help() -> None:
    report = report_of(q4=refused(text="不知道。"))
    assert list(faults(case_of(report, "q4"))) == ["拒答没有帮助:理由不对,或没有说到应说的内容"]
    assert report.total["useful_refusals"] == 2 / 3
    assert report.holds


def test_matrix_and_structure_are_part_of_what_is_said() -> None:
    matrix = Matrix(("甲型",), (Row("优点", (Cell("决策快", (1,)),)),))
    structure = Structure("总部", ("统筹",), (Structure("分部"),))
    said = said_text(answered("见下", matrix=matrix, structure=structure))
    assert [word for word in ("见下", "决策快", "总部", "统筹", "分部") if word not in said] == []


def test_a_number_in_brackets_of_the_source_is_no_mark() -> None:
    deck = replace(DECK, slides=(Slide("s1", 1, 1, "", "见文献[12]"),))
    citation = Citation(1, "d1", "", 1, "", "见文献[12]", 0, 7, True)
    case = Judge((deck,), TermBase()).case(gold("q"), answered("见文献[12][1]", citation))
    assert (case.invalid, case.dangling) == ((), ())


def test_two_runs_are_equal_but_for_the_run() -> None:
    first, second = (as_json(report_of(q1=refused())) for _ in range(2))
    assert first.pop("run").keys() == second.pop("run").keys() == {"seconds", "answer_ms", "search_ms", "traces"}
    assert json.dumps(first) == json.dumps(second)


def test_the_json_tells_why_a_question_was_wrong() -> None:
    result = as_json(report_of(q3=refused()))
    assert result["holds"] is False
    assert {gate["score"] for gate in result["gates"] if not gate["holds"]} == {
        "point_coverage",
        "slide_cited",
        "refusal_precision",
    }
    wrong = [case for case in result["cases"] if not case["right"]]
    assert [case["id"] for case in wrong] == ["q3"]
    assert wrong[0]["faults"][0] == "应当回答却拒答了"
    assert len(result["cases"]) == len(QUESTIONS)


def test_gates_are_those_of_the_contract() -> None:
    assert {gate.score: gate.least for gate in GATES} == {
        "point_coverage": 0.95,
        "slide_cited": 0.97,
        "citation_validity": 1.0,
        "refusal_precision": 0.95,
        "refusal_recall": 0.95,
    }


@pytest.mark.parametrize(("value", "text"), [(0.9996, "0.999"), (1.0, "1.000"), (0.95, "0.950"), (0.29, "0.290")])
def test_a_share_is_never_shown_better_than_it_is(value: float, text: str) -> None:
    assert shown(value) == text


def printed(report: GoldReport, baseline: dict[str, Any] | None = None) -> str:
    out = io.StringIO()
    changes = compared(baseline, as_json(report)) if baseline else None
    print_report(report, changes, Console(file=out, width=120, markup=False, emoji=False, highlight=False))
    return out.getvalue()


def test_the_terminal_report_names_slices_gates_and_faults() -> None:
    text = printed(report_of(q1=refused()))
    expected = (
        "优点",
        "拒答有用",
        "不可答",
        "合计",
        "要点覆盖率",
        "✗ q1〔优点〕问题 q1",
        "应当回答却拒答了",
        "没达标:",
    )
    assert [part for part in expected if part not in text] == []
    assert "…" not in text.split("门槛")[0]  # no column is cut


def test_comparison_with_a_baseline() -> None:
    before = as_json(report_of(q2=refused()))
    changes = compared(before, as_json(report_of(q1=refused())))
    assert changes.worse == (("q1", "问题 q1"),)
    assert changes.better == ("q2",)
    assert ("合计", "slide_cited") not in {(m.slice, m.score) for m in changes.moved}
    assert ("优点", "forbidden_absent") not in {(m.slice, m.score) for m in changes.moved}
    assert "由对变错:q1 问题 q1" in printed(report_of(q1=refused()), before)


def test_comparison_of_equal_runs() -> None:
    result = as_json(report_of())
    assert list(compared(result, as_json(report_of())).lines()) == ["与基线相比:没有变化"]


def test_questions_that_came_and_went() -> None:
    before, after = as_json(report_of()), as_json(report_of())
    before["cases"] = before["cases"][1:]
    after["cases"] = after["cases"][:-1]
    changes = compared(before, after)
    assert (changes.added, changes.gone) == (("q1",), ("q6",))


def test_a_baseline_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    result = as_json(report_of())
    path.write_text(json.dumps(result), encoding="utf-8")
    assert read_baseline(path) == result


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b'{"format": "kejian-eval-1"}', b"\xff"])
def test_something_else_is_no_baseline(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=r"kejian eval --save-baseline"):
        read_baseline(path)
    with pytest.raises(UsageError, match="没有这个文件"):
        read_baseline(tmp_path / "missing.json")


class Page(HTMLParser):
    """Collects the tags and the addresses of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [name for name, _ in attrs if name in ("src", "href", "action", "data")]


def test_the_html_report_is_one_file_and_escapes_what_it_shows() -> None:
    hostile = "<script>alert(1)</script><img src=http://x/>"
    report = report_of(q1=answered(hostile, cite(1, 16, "决策快")))
    page = as_html(report, compared(as_json(report_of()), as_json(report)))
    seen = Page(page)
    assert seen.addresses == []
    assert {"script", "img", "link", "iframe"} & set(seen.tags) == set()
    assert seen.tags.count("details") == len(report.wrong) == 1
    assert "&lt;script&gt;" in page
    assert "由对变错:q1" in page
