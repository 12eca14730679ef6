import json
import math
from collections.abc import Mapping
from pathlib import Path

import pytest

from kejian.assistant.evaluation.beir import evaluate_beir, ndcg
from kejian.corpus.errors import UsageError
from kejian.index.encoder import open_encoder
from kejian.index.model import Encoder

CORPUS = {
    "d1": ("请假制度", "员工请病假须提交医院证明,经部门主管批准后生效。"),
    "d2": ("差旅报销", "出差回来后十个工作日内,凭发票填写报销单。"),
    "d3": ("培训考核", "考试不合格者可在两周内补考一次。"),
    "long": ("新员工手册", "公司欢迎您。" * 200 + "食堂的晚餐供应到七点半。"),
}
QUERIES = {"q1": "病假要什么证明", "q2": "考试没过怎么办", "q3": "食堂晚餐几点结束", "unjudged": "年会在哪里"}
GRADES = "query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td3\t2\nq2\td2\t0\nq3\tlong\t1\n"


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return open_encoder()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "qrels").mkdir()
    write_lines(
        tmp_path / "corpus.jsonl", {key: {"title": title, "text": text} for key, (title, text) in CORPUS.items()}
    )
    write_lines(tmp_path / "queries.jsonl", {key: {"text": text} for key, text in QUERIES.items()})
    (tmp_path / "qrels" / "test.tsv").write_text(GRADES, encoding="utf-8")
    return tmp_path


def write_lines(path: Path, lines: Mapping[str, Mapping[str, str]]) -> None:
    text = "".join(json.dumps({"_id": key, **line}, ensure_ascii=False) + "\n" for key, line in lines.items())
    path.write_text(text, encoding="utf-8")


def test_every_leg_is_scored_and_long_documents_are_found_by_their_best_passage(folder: Path, encoder: Encoder) -> None:
    result = evaluate_beir(folder, encoder)
    assert (result["documents"], result["queries"]) == (4, 3)
    assert result["passages"] > 4
    for leg in ("fused", "dense", "lexical"):
        assert set(result[leg]) == {"hit@1", "hit@5", "hit@10", "recall@10", "mrr@10", "ndcg@10"}
    assert result["fused"] == dict.fromkeys(result["fused"], 1.0)
    assert result["passages_per_s"] > 0
    assert result["queries_per_s"] > 0


def test_only_the_first_questions_are_asked(folder: Path, encoder: Encoder) -> None:
    assert evaluate_beir(folder, encoder, 2)["queries"] == 2


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
def test_a_missing_file_is_named(folder: Path, encoder: Encoder, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(UsageError, match=f"缺少文件 {folder / name}"):
        evaluate_beir(folder, encoder)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("corpus.jsonl", '{"_id": "d1"}\n', "第 1 行"),
        ("corpus.jsonl", "\n[1]\n", "第 2 行"),
        ("queries.jsonl", "not json\n", "第 1 行"),
        ("queries.jsonl", "", "没有带答案的问题"),
        ("corpus.jsonl", "", "没有文档"),
        ("qrels/test.tsv", "q1\td1\n", "制表符"),
        ("qrels/test.tsv", "q1\td1\tyes\n", "制表符"),
    ],
)
def test_a_bad_file_is_named(folder: Path, encoder: Encoder, name: str, content: str, message: str) -> None:
    (folder / name).write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=message):
        evaluate_beir(folder, encoder)


def test_a_file_that_is_not_utf8_is_named(folder: Path, encoder: Encoder) -> None:
    (folder / "queries.jsonl").write_bytes("病假".encode("gbk"))
    with pytest.raises(UsageError, match=r"queries\.jsonl"):
        evaluate_beir(folder, encoder)


def test_ndcg_worked_by_hand() -> None:
    ideal = 3 / math.log2(2) + 1 / math.log2(3)
    assert ndcg(["x", "b", "a"], {"a": 3, "b": 1}) == pytest.approx((1 / math.log2(3) + 3 / math.log2(4)) / ideal)
    assert ndcg(["a", "b"], {"a": 3, "b": 1}) == 1
    assert ndcg([], {"a": 3}) == 0
