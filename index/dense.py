"""Dense vectors in Chroma, embedded in a folder or on a server: the one file that talks to it.

Vectors are always passed in and no embedding function is ever stored or used: Chroma's default one downloads its
model, and a stored one is code that a poisoned collection would run. The graph settings find nearly all neighbours
(0.998 of the ten nearest among random vectors; Chroma's own settings 0.71).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from kejian.corpus.errors import KejianError, SetupError
from kejian.index.entry import Entry, metadata_of
from kejian.index.memory import filled_allocations
from kejian.index.model import Vectors
from kejian.index.report import OnProgress, Progress, silent


class DamagedIndex(SetupError):
    """A derived index is missing, incomplete or damaged (``what`` says how); the library can build it again."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what},请重新执行 kejian ingest")
        self.what = what


HNSW = {"space": "cosine", "ef_construction": 400, "ef_search": 400, "max_neighbors": 32}
UPSERT_BATCH = 5_000  # Chroma takes at most 5,461 at once
SERVER_SECONDS = 60.0  # for one answer of a server
LEAST_SYNC_THRESHOLD = 2  # what Chroma accepts


@dataclass(frozen=True, slots=True)
class Place:
    """Where a collection is: called ``name``, in ``folder``, or on the server at ``url``."""

    folder: Path
    name: str
    url: str | None = None


class DenseIndex:
    """The passages of one generation by their vectors. Safe to use from several threads."""

    def __init__(self, place: Place, client: Any, collection: Any) -> None:
        self.collection = collection
        self._place = place
        self._client = client

    @classmethod
    def build(
        cls, place: Place, entries: Sequence[Entry], vectors: Vectors, on_progress: OnProgress = silent
    ) -> DenseIndex:
        """Make a collection of ``entries``, at least one, with their vectors.

        Raises:
            SetupError: the server does not answer, or the collection cannot be written.
        """
        # Chroma flushes its graph to the files at this many records: once, at the end. It was seen to break
        # when killed while flushing, but nobody reads this folder before it is complete.
        threshold = max(len(entries), LEAST_SYNC_THRESHOLD)
        settings = {"hnsw": {**HNSW, "sync_threshold": threshold, "batch_size": threshold}}
        with filled_allocations(), _connected(place) as client:
            collection = client.create_collection(place.name, embedding_function=None, configuration=settings)
            for start in range(0, len(entries), UPSERT_BATCH):
                batch = entries[start : start + UPSERT_BATCH]
                collection.upsert(
                    ids=[entry.key for entry in batch],
                    embeddings=vectors[start : start + len(batch)],
                    documents=[entry.passage.text for entry in batch],
                    metadatas=[_metadata(entry) for entry in batch],
                )
                on_progress(Progress("index", start + len(batch), len(entries)))
            return cls(place, client, collection)

    @classmethod
    def open(cls, place: Place) -> DenseIndex:
        """Open the collection. Chroma writes to the folder even when it only reads.

        Raises:
            DamagedIndex: the collection is missing or damaged.
            SetupError: the server does not answer.
        """
        with _connected(place) as client:
            return cls(place, client, client.get_collection(place.name, embedding_function=None))

    def count(self) -> int:
        """How many passages are in the collection."""
        with _reported(self._place):
            return int(self.collection.count())

    def nearest(self, vector: NDArray[np.float32], k: int) -> list[tuple[str, float]]:
        """The ``k`` nearest passages as (key, cosine), best first.

        Raises:
            DamagedIndex: the collection is damaged.
            SetupError: the server does not answer.
        """
        with _reported(self._place):
            found = self.collection.query(query_embeddings=[vector], n_results=k, include=["distances"])
        return [(key, 1.0 - distance) for key, distance in zip(found["ids"][0], found["distances"][0], strict=True)]

    def nearest_each(self, vectors: Vectors) -> list[str]:
        """The key of the nearest passage of each vector.

        Raises:
            DamagedIndex: the collection is damaged.
            SetupError: the server does not answer.
        """
        with _reported(self._place):
            found = self.collection.query(query_embeddings=vectors, n_results=1, include=[])
            return [keys[0] for keys in found["ids"]]

    def stored(self, keys: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The vectors that the collection holds of ``keys``; of those that it does not hold none.

        Raises:
            DamagedIndex: the collection is damaged.
            SetupError: the server does not answer.
        """
        with _reported(self._place):
            found = self.collection.get(ids=list(keys), include=["embeddings"])
        return dict(zip(found["ids"], found["embeddings"], strict=True))

    def close(self) -> None:
        """Let go of the files; closing twice is harmless."""
        _close(self._client)


def delete_collections(place: Place, prefix: str, keep: Sequence[str]) -> None:
    """Delete the collections whose names begin with ``prefix``, except those to ``keep``."""
    with _connected(place) as client:
        for collection in client.list_collections():
            if collection.name.startswith(prefix) and collection.name not in keep:
                client.delete_collection(collection.name)
        _close(client)


def _metadata(entry: Entry) -> dict[str, str | int]:
    """What LlamaIndex's stock ChromaVectorStore makes its nodes of, and filters by."""
    shown = metadata_of(entry)
    node = {
        "id_": entry.key,
        "metadata": shown,
        "excluded_embed_metadata_keys": list(shown),
        "relationships": {"1": {"node_id": entry.deck.id, "node_type": "4", "metadata": {}}},  # 1: source, 4: document
        "start_char_idx": entry.passage.start,
        "end_char_idx": entry.passage.end,
        "class_name": "TextNode",
    }
    content = json.dumps(node, ensure_ascii=False)
    return {**shown, "_node_content": content, "_node_type": "TextNode", "document_id": entry.deck.id}


@contextmanager
def _connected(place: Place) -> Iterator[Any]:
    """A client, which is left open unless something fails."""
    with _reported(place):
        client = _client(place)
        try:
            yield client
        except BaseException:
            _close(client)
            raise


def _client(place: Place) -> Any:
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if place.url is None:
        return chromadb.PersistentClient(path=str(place.folder), settings=settings)
    url = urlsplit(place.url)
    if url.scheme not in ("http", "https") or not url.hostname:
        raise SetupError(f"KEJIAN_CHROMA_URL 应当像 http://127.0.0.1:8000,现在是 {place.url}")
    port = url.port or (443 if url.scheme == "https" else 80)
    client = chromadb.HttpClient(host=url.hostname, port=port, ssl=url.scheme == "https", settings=settings)
    for session in _sessions(client):
        session.timeout = SERVER_SECONDS
    return client


def _close(client: Any) -> None:
    sessions = _sessions(client)
    client.close()
    for session in sessions:
        session.close()


def _sessions(client: Any) -> list[Any]:
    """The HTTP sessions of a client and its administration, which Chroma gives no timeout and never closes."""
    servers = (client._server, client._admin_client._server)
    return [server._session for server in servers if hasattr(server, "_session")]


@contextmanager
def _reported(place: Place) -> Iterator[None]:
    """Chroma's errors as ours. It raises plain Exception, ValueError, its own and its HTTP client's errors."""
    from chromadb.errors import NotFoundError

    try:
        yield
    except KejianError:
        raise
    except Exception as error:
        cause = (str(error) or type(error).__name__).splitlines()[0]
        if place.url is None or isinstance(error, NotFoundError):
            where = place.url or place.folder
            raise DamagedIndex(f"向量索引 {where} 缺失或已损坏({cause})") from error
        raise SetupError(
            f"Chroma 服务 {place.url} 不可用({cause}),请检查它是否在运行、KEJIAN_CHROMA_URL 是否正确"
        ) from error
