"""Search over decks without a home: the index lives in a temporary folder, as long as the ``with`` block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from kejian.index.entry import entries_of, facts_of
from kejian.index.manifest import Contents
from kejian.index.model import Encoder
from kejian.index.names import LibraryNames
from kejian.index.query import QueryEncoder, model_of
from kejian.index.report import OnProgress, silent
from kejian.index.search import HybridSearch
from kejian.index.shelf import Shelf
from kejian.ingest.model import Deck


@contextmanager
def transient_search(
    decks: Sequence[Deck], encoder: Encoder, words: Sequence[str] = (), on_progress: OnProgress = silent
) -> Iterator[HybridSearch]:
    """The search of a home with these decks, at least one passage among them; ``words`` stay whole in segmentation."""
    entries = entries_of(decks)
    vectors = encoder.encode_passages([entry.passage.indexed_text for entry in entries])
    fact_vectors = encoder.encode_passages([entry.fact.indexed_text for entry in facts_of(decks)])
    names = LibraryNames(tuple(words))
    contents = Contents("", 0, model_of(encoder), tuple(decks), entries, vectors, fact_vectors, names)
    with TemporaryDirectory(prefix="kejian-") as folder:
        shelf = Shelf(Path(folder), "transient")
        with closing(shelf.open(shelf.publish(contents, on_progress))) as generation:
            yield HybridSearch(generation, QueryEncoder(lambda: encoder))
