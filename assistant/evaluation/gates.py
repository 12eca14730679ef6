"""What must hold for a library and an assistant to be let out."""

from __future__ import annotations

from dataclasses import dataclass

from kejian.assistant.evaluation.scores import Scores


@dataclass(frozen=True, slots=True)
class Gate:
    """``score``, the key of a figure, is at least ``least``. Where it was not measured the gate holds."""

    score: str
    name: str
    least: float

    def value(self, scores: Scores) -> float | None:
        return scores[self.score]

    def holds(self, scores: Scores) -> bool:
        value = self.value(scores)
        return value is None or value >= self.least


GATES = (
    Gate("point_coverage", "要点覆盖率", 0.95),
    Gate("slide_cited", "应引页已引", 0.97),
    Gate("citation_validity", "引文属实", 1.0),
    Gate("refusal_precision", "拒答准确率", 0.95),
    Gate("refusal_recall", "拒答召回率", 0.95),
)
