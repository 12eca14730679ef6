from __future__ import annotations

from dataclasses import replace

from kejian.assistant.engine import Assistant
from kejian.assistant.gate import ANSWERED_FROM, Evidence, evidence_of, probability

GOOD = Evidence(covered=1.0, dense_z=3.5, fact_z=4.5)


def test_every_kind_of_evidence_speaks_for_a_passage() -> None:
    assert probability(GOOD) > ANSWERED_FROM
    for weaker in (replace(GOOD, covered=0.2), replace(GOOD, dense_z=1.0), replace(GOOD, fact_z=1.0)):
        assert probability(weaker) < probability(GOOD)


def test_a_passage_need_not_say_the_words_that_only_ask(assistant: Assistant) -> None:
    asked = assistant.inquiry("为什么点位分散，租金有多少")
    assert {"为什么", "多少"} & set(asked.all_words)
    assert not {"为什么", "多少"} & set(asked.told_words)
    assert {"点位", "租金"} <= set(asked.told_words)


def test_a_passage_on_what_is_asked_has_more_evidence_than_another(assistant: Assistant) -> None:
    asked = assistant.inquiry("点位分散为什么租金高")
    chances = [probability(evidence_of(asked, hit)) for hit in asked.hits]
    says = ["租金高" in hit.text for hit in asked.hits]
    assert says[chances.index(max(chances))]
