"""The figures of the evaluation: what each is called, how it is counted on one question, and where it comes from.

Every figure is Σ part / Σ whole over questions, so that one bootstrap serves all of them. A question on which a
figure says nothing counts (0, 0).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kejian.assistant.evaluation.cases import Case, sentences_of
from kejian.assistant.evaluation.ranking import DEPTHS, Ranked
from kejian.assistant.evaluation.support import Supported

Part = tuple[float, float]
NOTHING: Part = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Figure:
    """``key`` is its name in JSON, ``title`` and ``definition`` what a reader sees, ``count`` (part, whole) of a case.

    ``yes_no``: each question is right or wrong, so McNemar's test applies. ``least`` is better for rates of faults.
    """

    key: str
    title: str
    definition: str
    count: Callable[[Case], Part]
    yes_no: bool = False
    less_is_better: bool = False


def _yes(value: bool | None) -> Part:
    return NOTHING if value is None else (float(value), 1.0)


def _right(case: Case) -> Part:
    return _yes(case.right)


def _point_coverage(case: Case) -> Part:
    """Credit of the key points (1 right, ½ partly) over their number."""
    return sum(point.credit for point in case.points), len(case.points)


def _points_contradicted(case: Case) -> Part:
    return float(sum(bool(point.contradiction) and point.grade == "wrong" for point in case.points)), len(case.points)


def _forbidden_absent(case: Case) -> Part:
    return _yes(not case.forbidden if case.gold.forbid else None)


def _slide_cited(case: Case) -> Part:
    return _yes(not case.uncited_slides if case.scored_as_answer and case.relevant else None)


def _citation_validity(case: Case) -> Part:
    whole = len(case.answer.citations) + len(case.dangling)
    return float(whole - len(case.invalid) - len(case.dangling)), float(whole)


def _sentence_support(case: Case) -> Part:
    whole = 0 if case.refused else len(sentences_of(case.answer))
    return float(whole - len(case.unsupported)), float(whole)


def _unsupported_rate(case: Case) -> Part:
    return float(case.by_slide.sentences - case.by_slide.borne_out), float(case.by_slide.sentences)


def _recalled(supported: Supported) -> Part:
    return float(supported.borne_out), float(supported.sentences)


def _precise(supported: Supported) -> Part:
    return float(supported.needed), float(supported.citations)


def _refusal_precision(case: Case) -> Part:
    counted = case.refusal_expected is not None and case.refused
    return _yes(bool(case.refusal_expected) if counted else None)


def _refusal_recall(case: Case) -> Part:
    return _yes(case.refused if case.refusal_expected else None)


def _cell_precision(case: Case) -> Part:
    return (
        NOTHING
        if case.cells is None
        else (float(case.cells.filled - len(case.cells.invented)), float(case.cells.filled))
    )


def _cell_coverage(case: Case) -> Part:
    cells = case.cells
    return NOTHING if cells is None else (float(cells.fillable - len(cells.left_empty)), float(cells.fillable))


def _ranked(value: Callable[[Ranked], float], of: Callable[[Case], Ranked | None]) -> Callable[[Case], Part]:
    def count(case: Case) -> Part:
        ranked = of(case)
        return NOTHING if ranked is None else (value(ranked), 1.0)

    return count


def _retrieval(prefix: str, level: str, of: Callable[[Case], Ranked | None]) -> tuple[Figure, ...]:
    def recall_at(k: int) -> Callable[[Ranked], float]:
        return lambda ranked: ranked.recall[k]

    what = f"{level}检索"
    recalls = (
        Figure(
            f"{prefix}recall_at_{k}",
            f"{what}召回@{k}",
            f"应找到的{level}有多大一部分在前 {k} 个里",
            _ranked(recall_at(k), of),
        )
        for k in DEPTHS
    )
    return (
        *recalls,
        Figure(
            f"{prefix}mrr",
            f"{what} MRR",
            f"第一个应找到的{level}的名次的倒数",
            _ranked(lambda r: r.reciprocal_rank, of),
        ),
        Figure(
            f"{prefix}ndcg_at_10",
            f"{what} nDCG@10",
            "名次越后折扣越大的累计收益,与最好的次序相比",
            _ranked(lambda r: r.ndcg, of),
        ),
    )


FIGURES: tuple[Figure, ...] = (
    Figure("right", "全对", "没有任何缺失的题", _right, yes_no=True),
    *_retrieval("", "页", lambda case: case.slides_ranked),
    *_retrieval("block_", "块", lambda case: case.blocks_ranked),
    Figure("point_coverage", "要点覆盖率", "说对的要点(部分对算一半)占应有要点", _point_coverage),
    Figure(
        "points_contradicted",
        "要点说反",
        "说成相反、数量不同或对象不同的要点",
        _points_contradicted,
        less_is_better=True,
    ),
    Figure("forbidden_absent", "无禁语", "没有说不该说的话的题", _forbidden_absent, yes_no=True),
    Figure("slide_cited", "应引页已引", "应引的页全部引到的题", _slide_cited, yes_no=True),
    Figure("citation_validity", "引文属实", "引文与原文逐字相符,标记都有引文", _citation_validity),
    Figure("sentence_support", "句有出处", "带有引文的句子", _sentence_support),
    Figure("unsupported_rate", "无据句", "所引的整页也撑不住的句子", _unsupported_rate, less_is_better=True),
    Figure("citation_recall", "引文召回(原文)", "所引的原文撑得住的句子(ALCE)", lambda c: _recalled(c.by_span)),
    Figure(
        "citation_precision", "引文精确(原文)", "少了就撑不住、或自己撑得住的引文(ALCE)", lambda c: _precise(c.by_span)
    ),
    Figure("slide_citation_recall", "引文召回(页)", "所引的整页撑得住的句子(ALCE)", lambda c: _recalled(c.by_slide)),
    Figure("slide_citation_precision", "引文精确(页)", "同上,以整页为据", lambda c: _precise(c.by_slide)),
    Figure(
        "kind_right",
        "形式对",
        "回答的形式是应有的一种",
        lambda c: _yes(c.kind_right if c.gold.kinds and not c.refused else None),
        yes_no=True,
    ),
    Figure("refusal_precision", "拒答准确率", "拒答里应当拒答的", _refusal_precision, yes_no=True),
    Figure("refusal_recall", "拒答召回率", "应当拒答的题里拒答的", _refusal_recall, yes_no=True),
    Figure(
        "useful_refusals", "拒答有用", "对的拒答里理由对、说出相关内容或页码的", lambda c: _yes(c.useful), yes_no=True
    ),
    Figure("cell_precision", "格子准确率", "填了的格子里有出处、出处属于该对象的", _cell_precision),
    Figure("cell_coverage", "格子覆盖率", "课件能填的格子里填了的", _cell_coverage),
    Figure("edge_f1", "结构边 F1", "上下级的边与课件相比", lambda c: NOTHING if c.edges is None else (c.edges.f1, 1.0)),
    Figure(
        "resolution", "追问理解", "补全后的问题说到了应说的对象与方面", lambda c: _yes(c.resolved_right), yes_no=True
    ),
)
BY_KEY = {figure.key: figure for figure in FIGURES}
