"""Answers of any system judged: Answer objects and the minimal form; bad lines are named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hand_made import DECK, GOOD, QUESTIONS

from kejian.assistant.evaluation.answers_file import evaluate_answers
from kejian.assistant.evaluation.gold_run import GoldReport
from kejian.assistant.evaluation.judging import Judge
from kejian.corpus.errors import UsageError
from kejian.corpus.terms import TermBase

JUDGE = Judge((DECK,), TermBase())
MINIMAL: dict[str, dict[str, Any]] = {
    "q1": {
        "answer": "决策快[1],规模大[2]",
        "citations": [{"slide": 16, "quote": "决策快"}, {"slide": 16, "quote": "规模大"}],
    },
    "q2": {"answer": "甲型决策快，乙型反应快", "citations": [16, 17]},
    "q3": {"answer": "丙型", "citations": [{"slide": 18, "quote": "丙型", "deck": "培训资料"}]},
    "q4": {"answer": "材料里没有找到预算，写到的有优点。", "citations": []},
    "q5": {"answer": "这个问题我回答不了。", "refused": True},
    "q6": {"answer": "决策快", "citations": [16]},
}


def evaluated(path: Path, lines: dict[str, Any]) -> GoldReport:
    path.write_text(
        "\n".join(json.dumps({"id": id, **line}, ensure_ascii=False) for id, line in lines.items()), "utf-8"
    )
    return evaluate_answers(path, JUDGE, QUESTIONS)


def test_minimal_answers(tmp_path: Path) -> None:
    report = evaluated(tmp_path / "a.jsonl", MINIMAL)
    total = report.total
    assert (total["point_coverage"], total["slide_cited"], total["citation_validity"]) == (1.0, 1.0, 1.0)
    assert (total["refusal_precision"], total["refusal_recall"]) == (1.0, 1.0)
    assert total["recall_at_1"] is None  # how they were found is not known


def test_a_quotation_that_is_not_in_the_deck_is_invalid(tmp_path: Path) -> None:
    lines = MINIMAL | {"q3": {"answer": "丙型", "citations": [{"slide": 18, "quote": "丁型"}, {"slide": 99}]}}
    report = evaluated(tmp_path / "a.jsonl", lines)
    assert next(case.invalid for case in report.cases if case.gold.id == "q3") == (1, 2)


def test_answer_objects_score_as_they_did_when_they_were_asked(tmp_path: Path) -> None:
    lines = {question.id: GOOD[question.question].to_json() | {"id": question.id} for question in QUESTIONS}
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines.values()), encoding="utf-8")
    report = evaluate_answers(path, JUDGE, QUESTIONS)
    assert report.wrong == ()
    assert report.holds


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "第 2 行不是 JSON"),
        ("[]", "第 2 行没有 answer"),
        ('{"id": "q1"}', "第 2 行没有 answer"),
        ('{"answer": "话"}', "第 2 行没有 id"),
        ('{"id": "q1", "answer": "话", "citations": "16"}', "第 2 行没有 id,或 citations 不是列表"),
        ('{"id": "x9", "answer": "话"}', "第 2 行:标准问题里没有 id「x9」"),
        ('{"id": "q5", "answer": "话"}', "第 2 行:id「q5」前面已经有了"),
        ('{"id": "q1", "answer": "话", "citations": [{"quote": "决策快"}]}', "第 2 行的内容不完整"),
        ('{"id": "q1", "answer": "话", "citations": ["一"]}', "第 2 行的内容不完整"),
        ('{"id": "q1", "answer": "话", "kind": "list", "sentences": [{}], "citations": []}', "第 2 行的内容不完整"),
    ],
)
def test_a_bad_line_is_named(line: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "q5", "answer": "不知道"}\n' + line, encoding="utf-8")
    with pytest.raises(UsageError, match=message):
        evaluate_answers(path, JUDGE, QUESTIONS)


def test_questions_without_an_answer_are_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"缺 5 题的回答:q1、q2、q3、q4、q6;请补上"):
        evaluated(tmp_path / "a.jsonl", {"q5": MINIMAL["q5"]})
    (tmp_path / "empty.jsonl").write_text("\n", encoding="utf-8")
    with pytest.raises(UsageError, match="里没有一个回答"):
        evaluate_answers(tmp_path / "empty.jsonl", JUDGE, QUESTIONS)
