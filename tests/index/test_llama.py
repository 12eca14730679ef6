import asyncio

import pytest
from decks import make_deck, make_slide
from fake_encoder import HashingEncoder
from llama_index.core import VectorStoreIndex
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.vector_stores import MetadataFilter, MetadataFilters
from llama_index.vector_stores.chroma import ChromaVectorStore

from kejian.index.llama import KejianRetriever
from kejian.index.transient import transient_search

WORDS = ["收款", "付款", "培训", "合同", "仓储", "采购", "招聘", "审计"]
LINES = [f"第{at}部:负责{WORDS[at % 8]}与{WORDS[at // 8 % 8]},编号{at}" for at in range(64)]


class Embedding(BaseEmbedding):
    encoder: HashingEncoder

    def _get_query_embedding(self, query):
        return self.encoder.encode_queries([query])[0].tolist()

    def _get_text_embedding(self, text):
        return self.encoder.encode_passages([text])[0].tolist()

    async def _aget_query_embedding(self, query):
        return self._get_query_embedding(query)


@pytest.fixture
def search(encoder):
    decks = [make_deck("部门", make_slide(7, *LINES)), make_deck("食堂", make_slide(2, "午餐:十一点半开始"))]
    with transient_search(decks, encoder) as search:
        yield search


@pytest.fixture
def stock(search, encoder):
    store = ChromaVectorStore(chroma_collection=search.collection)
    return VectorStoreIndex.from_vector_store(store, embed_model=Embedding(encoder=encoder))


def test_our_retriever(search):
    nodes = KejianRetriever(search, similarity_top_k=3).retrieve("午餐几点")
    hits = search.search("午餐几点", 3)
    assert [(node.node_id, node.text, node.score) for node in nodes] == [
        (hit.passage_id, hit.text, hit.score) for hit in hits
    ]
    assert nodes[0].metadata["deck_title"] == "食堂"
    assert (nodes[0].metadata["deck"], nodes[0].metadata["slide"]) == (hits[0].deck_id, 2)
    assert (nodes[0].metadata["start"], nodes[0].metadata["end"]) == (hits[0].start, hits[0].end)
    assert nodes[0].node.get_content(metadata_mode="embed") == hits[0].text


def test_our_retriever_without_waiting(search):
    retriever = KejianRetriever(search, similarity_top_k=2)
    assert [node.node_id for node in asyncio.run(retriever.aretrieve("付款"))] == [
        node.node_id for node in retriever.retrieve("付款")
    ]


@pytest.mark.parametrize("query", ["谁负责采购", "午餐", *WORDS])
def test_stock_llama_index_finds_what_our_dense_leg_finds(search, stock, query):
    nodes = stock.as_retriever(similarity_top_k=10).retrieve(query)
    hits, _ = search.legs(query, 10)
    cosines = {hit.passage_id: hit.dense_score for hit in search.search(query, 65)}
    found = [cosines[node.node_id] for node in nodes]
    assert found == pytest.approx([hit.dense_score for hit in hits], abs=1e-6)  # equal ones in any order
    above = hits[-1].dense_score + 1e-6
    assert {node.node_id for node in nodes} >= {hit.passage_id for hit in hits if hit.dense_score > above}


def test_stock_nodes_are_whole(search, stock):
    (node,) = stock.as_retriever(similarity_top_k=1).retrieve("午餐:十一点半开始")
    entry = search.entry(search.search("午餐", 1)[0])
    assert node.text == entry.passage.text
    assert node.metadata["deck_title"] == "食堂"
    assert node.metadata["slide"] == 2
    assert (node.node.start_char_idx, node.node.end_char_idx) == (entry.passage.start, entry.passage.end)
    assert node.node.ref_doc_id == entry.deck.id


def test_stock_filters_work(search, stock):
    only = MetadataFilters(filters=[MetadataFilter(key="deck_title", value="食堂")])
    nodes = stock.as_retriever(similarity_top_k=5, filters=only).retrieve("负责采购")
    assert [node.metadata["deck_title"] for node in nodes] == ["食堂"]
