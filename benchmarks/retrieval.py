"""Retrieval on the data sets under ../shared/bench (or the folders given): each leg alone, RRF and our fusion.

Writes retrieval.json beside this file and prints a Markdown table for benchmarks/README.md:

    python benchmarks/retrieval.py [--queries 600] [FOLDER ...]

Vectors are kept under build/vectors, so that a second run only searches.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from kejian.assistant.evaluation.beir import evaluate_beir
from kejian.index.encoder import open_encoder
from kejian.index.model import Encoder, Vectors
from kejian.ingest.model import content_id

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "bench"
LEGS = ("dense", "lexical", "rrf", "fused")
SHOWN = ("hit@1", "hit@5", "hit@10", "mrr@10", "ndcg@10")


class KeepingEncoder:
    """An encoder that keeps the vectors of passages on disk."""

    def __init__(self, encoder: Encoder, folder: Path) -> None:
        self._encoder, self._folder = encoder, folder
        self.fingerprint, self.dimension = encoder.fingerprint, encoder.dimension

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encoder.encode_queries(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        path = self._folder / f"{self.fingerprint}-{content_id(*texts)}.npy"
        if not path.exists():
            self._folder.mkdir(parents=True, exist_ok=True)
            np.save(path, self._encoder.encode_passages(texts))
        kept: Vectors = np.load(path)
        return kept


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--queries", type=int, help="only the first so many questions of each set")
    options = parser.parse_args()
    folders = options.folders or sorted(path.parent for path in SHARED.glob("*/corpus.jsonl"))
    if not folders:
        sys.stderr.write(f"no data sets: {SHARED} is not there; name folders in BEIR layout\n")
        return 2
    encoder = KeepingEncoder(open_encoder(), ROOT / "build" / "vectors")
    results = [evaluate_beir(folder, encoder, options.queries, compare=True) for folder in folders]
    for result in results:
        del result["passages_per_s"]  # means nothing where vectors were kept; embedding.py measures it
    Path(__file__).with_suffix(".json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(table(results))
    return 0


def table(results: Sequence[dict[str, Any]]) -> str:
    """The figures as a Markdown table."""
    rows = [
        "| data set | passages / questions | scorer | " + " | ".join(SHOWN) + " |",
        "| --- " * (3 + len(SHOWN)) + "|",
    ]
    for result in results:
        for leg in LEGS:
            size = f"{result['passages']:,} / {result['queries']:,}"
            figures = " | ".join(f"{result[leg][name]:.3f}" for name in SHOWN)
            rows.append(f"| {result['dataset']} | {size} | {leg} | {figures} |")
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
