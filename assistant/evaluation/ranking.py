"""Rankings measured by trec_eval itself (through pytrec_eval): by slide, and by the blocks that say the points."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

DEPTHS = (1, 3, 5, 10)
MEASURES = ("recall.1,3,5,10", "ndcg_cut.10", "recip_rank")


@dataclass(frozen=True, slots=True)
class Ranked:
    """One question's ranking measured.

    ``recall``: share of the relevant items among the first k (Manning, Raghavan, Schütze 2008, §8.4).
    ``reciprocal_rank``: 1 / rank of the first relevant item (Voorhees 1999). ``ndcg``: gain discounted by log₂ of the
    rank, of the first ten, against the best possible (Järvelin & Kekäläinen 2002).
    """

    recall: Mapping[int, float]
    reciprocal_rank: float
    ndcg: float


def measured(
    rankings: Mapping[str, Sequence[Hashable]], relevant: Mapping[str, Iterable[Hashable]]
) -> dict[str, Ranked]:
    """Every question that has relevant items, by its key; items are known by their equality.

    >>> measured({"q": ["b", "a"]}, {"q": ["a"]})["q"].reciprocal_rank
    0.5
    """
    import pytrec_eval  # 0.6 s

    wanted = {key: {_name(item): 1 for item in items} for key, items in relevant.items()}
    wanted = {key: items for key, items in wanted.items() if items}
    # trec_eval orders by score alone: places become scores, and a question that found nothing gets one wrong item.
    runs = {
        key: {_name(item): float(-place) for place, item in enumerate(dict.fromkeys(rankings[key]))} or {"": 0.0}
        for key in wanted
    }
    found = pytrec_eval.RelevanceEvaluator(wanted, set(MEASURES)).evaluate(runs) if wanted else {}
    return {
        key: Ranked({k: of[f"recall_{k}"] for k in DEPTHS}, of["recip_rank"], of["ndcg_cut_10"])
        for key, of in found.items()
    }


def _name(item: Hashable) -> str:
    return repr(item)
