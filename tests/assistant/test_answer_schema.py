"""The JSON Schema of the Answer object: examples of every kind fit, and nothing else does."""

from __future__ import annotations

import dataclasses
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator

from kejian.assistant.answer import (
    Answer,
    Cell,
    Citation,
    Kind,
    Matrix,
    Nearest,
    Refusal,
    RefusalReason,
    Row,
    Sentence,
    Structure,
    answer_schema,
)

CITATION = Citation(1, "d1", "培训资料", 16, "选型", "决策快", 3, 6, True)
FIELDS: dict[str, dict[str, Any]] = {
    "compare": {"matrix": Matrix(("甲", "乙"), (Row("优点", (Cell("快", (1,)), Cell("材料未提及"))),))},
    "structure": {"structure": Structure("总部", ("统筹",), (Structure("分部", citations=(1,)),), (1,))},
}


def example(kind: Kind) -> Answer:
    if kind == "refusal":
        refusal = Refusal("not_in_material", ("优点",), "预算", (Nearest("d1", 17, "培训资料", "架构"),))
        return Answer("q", "q", kind, "材料没有提到预算。", (Sentence("材料没有提到预算。", ()),), (), refusal=refusal)
    sentences = (Sentence("决策快", (1,)),)
    return Answer("q", "q", kind, "决策快[1]", sentences, (CITATION,), timing_ms={"total": 1.5}, **FIELDS.get(kind, {}))


def faults(value: dict[str, Any]) -> list[str]:
    return [error.message for error in Draft202012Validator(answer_schema()).iter_errors(value)]


def test_it_is_a_valid_schema() -> None:
    Draft202012Validator.check_schema(answer_schema())


@pytest.mark.parametrize("kind", get_args(Kind))
def test_every_kind_fits(kind: Kind) -> None:
    assert faults(example(kind).to_json()) == []


@pytest.mark.parametrize(("confidence", "fits"), [(None, True), (0.93, True), (1.2, False)])
def test_a_citation_may_be_recognised(confidence: float | None, fits: bool) -> None:
    answer = dataclasses.replace(example("list"), citations=(dataclasses.replace(CITATION, confidence=confidence),))
    assert (faults(answer.to_json()) == []) is fits


def test_enumerations_are_those_of_the_code() -> None:
    schema = answer_schema()
    assert schema["properties"]["kind"]["enum"] == list(get_args(Kind))
    assert schema["$defs"]["refusal"]["properties"]["reason"]["enum"] == list(get_args(RefusalReason))


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        (None, Answer),
        ("sentence", Sentence),
        ("citation", Citation),
        ("matrix", Matrix),
        ("structure", Structure),
        ("refusal", Refusal),
    ],
)
def test_every_field_is_required_and_no_other_allowed(name: str | None, type_: Any) -> None:
    schema = answer_schema()["$defs"][name] if name else answer_schema()
    fields = {field.name for field in dataclasses.fields(type_)}
    optional = {"confidence"} if type_ is Citation else set()  # added later: stored answers are without it
    assert set(schema["properties"]) == {*schema["required"], *optional} == fields
    assert not optional & set(schema["required"])
    assert schema["additionalProperties"] is False


def damaged(**changes: Any) -> dict[str, Any]:
    value = example("list").to_json()
    for name, change in changes.items():
        if change is None:
            del value[name]
        else:
            value[name] = change
    return value


@pytest.mark.parametrize(
    "value",
    [
        damaged(kind="essay"),
        damaged(extra=1),
        damaged(trace=None),
        damaged(confidence=1.5),
        damaged(citations=[]),
        damaged(citations=[{**example("list").to_json()["citations"][0], "quote": ""}]),
        damaged(citations=[{**example("list").to_json()["citations"][0], "n": 0}]),
        damaged(sentences=[{"text": "x"}]),
        damaged(sentences=[{"text": "x", "citations": [1, 1]}]),
        damaged(refusal={"reason": "ambiguous", "covered": [], "missing": "", "nearest": []}),
        damaged(kind="compare"),
        damaged(kind="structure"),
        damaged(kind="refusal"),
        damaged(timing_ms={"total": "fast"}),
        {**example("refusal").to_json(), "citations": example("list").to_json()["citations"]},
        {**example("refusal").to_json(), "refusal": None},
    ],
)
def test_a_damaged_answer_does_not_fit(value: dict[str, Any]) -> None:
    assert faults(value)
