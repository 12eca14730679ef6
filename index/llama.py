"""Our search as a LlamaIndex retriever. ``llama_index.core.Settings`` is never touched: it would reach for OpenAI."""

from __future__ import annotations

from typing import Any

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from kejian.index.entry import Entry, metadata_of
from kejian.index.search import HybridSearch

DEFAULT_TOP_K = 10


class KejianRetriever(BaseRetriever):  # type: ignore[misc]  # an untyped library
    """Hybrid search; nodes carry deck, deck_title, slide, title, start and end, and scores are the fused ones."""

    def __init__(self, search: HybridSearch, similarity_top_k: int = DEFAULT_TOP_K, **kwargs: Any) -> None:
        self._search = search
        self._similarity_top_k = similarity_top_k
        super().__init__(**kwargs)

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        hits = self._search.search(query_bundle.query_str, self._similarity_top_k)
        return [NodeWithScore(node=_node(self._search.entry(hit)), score=hit.score) for hit in hits]


def _node(entry: Entry) -> TextNode:
    metadata = metadata_of(entry)
    return TextNode(
        id_=entry.key,
        text=entry.passage.text,
        metadata=metadata,
        excluded_embed_metadata_keys=list(metadata),
        start_char_idx=entry.passage.start,
        end_char_idx=entry.passage.end,
    )
