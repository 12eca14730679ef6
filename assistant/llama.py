"""The assistant as a LlamaIndex query engine: stock pipelines can ask it and keep the citations."""

from __future__ import annotations

from collections.abc import Sequence

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.response.schema import Response
from llama_index.core.prompts.mixin import PromptMixinType
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from kejian.assistant.answer import Answer, Citation
from kejian.assistant.engine import Assistant


class KejianQueryEngine(BaseQueryEngine):  # type: ignore[misc]  # LlamaIndex is not followed by mypy
    """Answers through ``Assistant``; ``Response.metadata["answer"]`` is the Answer object of the contract."""

    def __init__(self, assistant: Assistant, turns: Sequence[str] = ()) -> None:
        super().__init__(callback_manager=None)
        self._assistant = assistant
        self._turns = tuple(turns)

    def _query(self, query_bundle: QueryBundle) -> Response:
        answer = self._assistant.ask(query_bundle.query_str, self._turns)
        return Response(answer.answer, source_nodes=_nodes(answer), metadata={"answer": answer.to_json()})

    async def _aquery(self, query_bundle: QueryBundle) -> Response:
        return self._query(query_bundle)

    def _get_prompt_modules(self) -> PromptMixinType:
        return {}


def _nodes(answer: Answer) -> list[NodeWithScore]:
    return [NodeWithScore(node=_node(citation), score=answer.confidence) for citation in answer.citations]


def _node(citation: Citation) -> TextNode:
    """The quoted passage as a node; metadata says where it stands and is kept out of what models see."""
    place = {
        "deck": citation.deck,
        "deck_title": citation.deck_title,
        "slide": citation.slide,
        "title": citation.title,
        "start": citation.start,
        "end": citation.end,
    }
    return TextNode(
        id_=f"{citation.deck}:{citation.slide}:{citation.start}-{citation.end}",
        text=citation.quote,
        metadata=place,
        excluded_embed_metadata_keys=list(place),
        excluded_llm_metadata_keys=list(place),
    )
