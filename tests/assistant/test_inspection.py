"""The inspector shows what the answer was looked for in: same hits, same scores, and a reason for each left out."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest

from kejian.assistant.compose.quoting import PASSAGES
from kejian.assistant.gate import ANSWERED_FROM

FACTS, PASSAGE, SILENT = "中央仓型有哪些优点?", "本页数据来自哪里", "仓库里可以养猫吗"


@pytest.mark.parametrize("question", [FACTS, PASSAGE, SILENT])
def test_the_answer_is_that_of_chat_and_the_hits_are_those_of_search(assistant, question):
    found = assistant.inspect(question)
    chat = assistant.ask(question)
    assert found.answer.sentences == chat.sentences
    assert found.answer.citations == chat.citations
    hits = assistant.snapshot.search.search(found.trace.wordings[0], 50)
    shown = {(hit.text, hit.dense_rank, hit.lexical_rank) for hit in found.hits}
    assert shown <= {(hit.text, hit.dense_rank, hit.lexical_rank) for hit in hits}
    assert [hit.rank for hit in found.hits] == list(range(1, len(found.hits) + 1))


@pytest.mark.parametrize("question", [FACTS, PASSAGE, SILENT])
def test_scores_are_the_sum_of_their_parts_and_fall(assistant, question):
    hits = assistant.inspect(question).hits
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    for hit in hits:
        assert sum(asdict(hit.parts).values()) == pytest.approx(hit.score, abs=0.001)


def test_what_is_quoted_says_by_which_citation(assistant):
    found = assistant.inspect(PASSAGE)
    assert found.answer.kind == "passage"
    cited = [hit for hit in found.hits if hit.cited]
    assert {n for hit in cited for n in hit.cited} == {citation.n for citation in found.answer.citations}
    assert all(hit.outcome == "已引用:" + "".join(f"[{n}]" for n in hit.cited) for hit in cited)
    assert all(hit.probability >= ANSWERED_FROM for hit in cited)


def test_every_passage_left_out_has_its_reason(assistant):
    for hit in assistant.inspect(FACTS).hits:
        assert hit.cited or "回答取自事实" in hit.outcome
    silent = assistant.inspect(SILENT)
    assert silent.answer.kind == "refusal"
    for hit in silent.hits:
        assert hit.outcome == (
            f"没有用到:只在综合前 {PASSAGES} 名里摘句"
            if hit.rank > PASSAGES
            else f"没有用到:够回答的概率 {hit.probability:.2f},低于门槛 {ANSWERED_FROM}"
        )


def test_follow_ups_are_inspected_as_understood(assistant):
    found = assistant.inspect("那它的缺点呢", (FACTS,))
    assert "中央仓型" in found.trace.resolved
    assert found.answer.citations[0].quote == "离门店远，配送时间长"


def test_as_json(assistant):
    found = json.loads(json.dumps(assistant.inspect(PASSAGE, k=3).to_json(), ensure_ascii=False))
    assert len(found["hits"]) == 3
    assert set(found["hits"][0]["parts"]) == {"nearness", "wording", "borne_out", "fullness"}
    assert found["threshold"] == ANSWERED_FROM
    assert "hits" not in found["trace"]
