"""One generation of the index: a folder that holds all that a question needs, written once and then only read.

MANIFEST.json, decks.jsonl, names.json, texts.npy, vectors.npy, facts*.npy, grams/, words/ (BM25), chroma/. Decks and
index are of one revision, whatever happens to the library meanwhile.
"""

from __future__ import annotations

import json
import random
import shutil
import tempfile
import weakref
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kejian.corpus.normalize import searchable
from kejian.index import durable
from kejian.index.deck_file import read_decks, write_decks
from kejian.index.dense import HNSW, DamagedIndex, DenseIndex, Place
from kejian.index.entry import FactEntry, digest_of, entries_of, facts_of
from kejian.index.grams import GramIndex
from kejian.index.lexical import LexicalIndex
from kejian.index.manifest import Contents, Manifest, words_digest
from kejian.index.model import Vectors
from kejian.index.names import LibraryNames
from kejian.index.near import NearVectors
from kejian.index.reach import apart, missed, verify
from kejian.index.report import OnProgress, silent
from kejian.index.segment import Segmenter
from kejian.ingest.model import Deck

DECKS, VECTORS, FACTS = "decks.jsonl", "vectors.npy", "facts"
NAMES, TEXTS = "names.json", "texts.npy"
WORDS, CHROMA, GRAMS = "words", "chroma", "grams"
PASSAGES, SLIDES = "passages", "slides"
# Chroma writes into its SQLite file even when it only reads: no checksum of it stays true.
UNCHECKED = "chroma.sqlite3"
SELF_SEARCHES = 100
OPENING_SEARCHES = 3
TextNumbers = NDArray[np.int32]


class Generation:
    """An open generation. ``lexical`` and ``dense`` are None where there is no passage to find."""

    def __init__(
        self, name: str, manifest: Manifest, decks: tuple[Deck, ...], vectors: Vectors, near_facts: NearVectors
    ) -> None:
        self.name = name
        self.manifest = manifest
        self.decks = decks
        self.vectors = vectors
        self.near_facts = near_facts
        self.entries = entries_of(decks)
        self.lexical: LexicalIndex | None = None
        self.dense: DenseIndex | None = None
        self.passage_grams = self.slide_grams = GramIndex.build(())
        self.names = LibraryNames(())
        self.fact_texts: TextNumbers = np.empty(0, np.int32)

    @classmethod
    def open(cls, folder: Path, chroma_url: str | None = None, *, read_only: bool = False) -> Generation:
        """Open what ``write`` wrote, the files checked first: Chroma answers wrongly from damaged ones.

        ``read_only`` leaves the folder as it is and works on a copy of Chroma's files.

        Raises:
            DamagedIndex: a file is missing or damaged, or the parts do not belong together.
            SetupError: the Chroma server does not answer.
        """
        manifest = Manifest.read(folder)
        if damaged := durable.first_damaged(folder, manifest.files):
            raise DamagedIndex(f"索引文件 {folder / damaged} 缺失或已损坏")
        decks = _read_decks(folder)
        vectors = np.load(folder / VECTORS, mmap_mode="r")
        generation = cls(folder.name, manifest, decks, vectors, NearVectors.load(folder, FACTS))
        if digest_of(generation.entries) != manifest.keys:
            raise _other_version(folder)
        if generation.entries:
            generation.lexical = LexicalIndex.load(folder / WORDS)
            generation.passage_grams = GramIndex.load(folder / GRAMS, PASSAGES)
            generation.slide_grams = GramIndex.load(folder / GRAMS, SLIDES)
            generation.names = _read_names(folder / NAMES, generation.lexical.segmenter.words)
            generation.fact_texts = np.load(folder / TEXTS)
            generation._open_dense(Place(folder / CHROMA, manifest.collection, chroma_url), read_only)
        return generation

    @cached_property
    def rows(self) -> dict[str, int]:
        """The row of each key in ``entries`` and ``vectors``."""
        return {entry.key: row for row, entry in enumerate(self.entries)}

    @cached_property
    def facts(self) -> tuple[FactEntry, ...]:
        """The facts that the rows of ``near_facts`` stand for."""
        return facts_of(self.decks)

    def close(self) -> None:
        """Let go of Chroma's files; closing twice is harmless."""
        if self.dense:
            self.dense.close()

    def _open_dense(self, place: Place, read_only: bool) -> None:
        if place.url is not None:
            return self._connect(place)
        if read_only:
            return self._connect(self._copy_of(place))
        try:
            self._connect(place)
        except DamagedIndex as damage:
            # Chroma writes even when it only reads: a full disk looks like damage too.
            try:
                self._connect(self._copy_of(place))
            except (DamagedIndex, OSError):
                raise damage from None

    def _connect(self, place: Place) -> None:
        self.dense = DenseIndex.open(place)
        weakref.finalize(self, self.dense.close)
        sample = _sample(len(self.entries), OPENING_SEARCHES)
        verify(self.dense, self.entries, self.vectors, sample)
        missed(self.dense, self.entries, self.vectors, sample)  # that the graph answers; what it misses is no damage

    def _copy_of(self, place: Place) -> Place:
        """Chroma's files in a temporary folder that goes with this generation."""
        copy = Path(tempfile.mkdtemp(prefix="kejian-"))
        weakref.finalize(self, shutil.rmtree, copy, ignore_errors=True)
        _copy_files(place.folder, copy)
        return replace(place, folder=copy)


def write(folder: Path, contents: Contents, place: Place, on_progress: OnProgress = silent) -> None:
    """Write a generation into the empty ``folder``; its collection becomes ``place``. Verified, and on the disk.

    Raises:
        DamagedIndex: passages are missing or have other vectors.
        SetupError: the Chroma server does not answer.
    """
    write_decks(folder / DECKS, contents.decks)
    np.save(folder / VECTORS, contents.vectors)
    NearVectors.build(contents.fact_vectors).save(folder, FACTS)
    unreached: tuple[int, ...] = ()
    if contents.entries:
        _write_grams(folder / GRAMS, contents)
        _write_names(folder / NAMES, contents.names)
        np.save(folder / TEXTS, text_numbers(contents.decks))
        (folder / WORDS).mkdir()
        texts = (entry.passage.indexed_text for entry in contents.entries)
        LexicalIndex.build(texts, Segmenter(contents.names.words)).save(folder / WORDS)
        unreached = _write_dense(place, contents, on_progress)
    Manifest(
        library=contents.library,
        revision=contents.revision,
        fingerprint=contents.model.fingerprint,
        words=words_digest(contents.names.words),
        collection=place.name,
        decks=len(contents.decks),
        passages=len(contents.entries),
        canaries=contents.model.canaries,
        keys=digest_of(contents.entries),
        settings={"hnsw": HNSW},
        files=durable.checksums(folder, leave_out=UNCHECKED),
        apart=unreached,
    ).write(folder)
    durable.sync_tree(folder)


def _write_grams(folder: Path, contents: Contents) -> None:
    """Of passages with their context the counts, of slides with their titles where each pair stands."""
    folder.mkdir()
    passages = (searchable(entry.passage.indexed_text) for entry in contents.entries)
    GramIndex.build(passages, with_rows=False).save(folder, PASSAGES)
    slides = (searchable(slide.said) for deck in contents.decks for slide in deck.slides)
    GramIndex.build(slides).save(folder, SLIDES)


def text_numbers(decks: Iterable[Deck]) -> TextNumbers:
    """A number for the text of each fact, in the order of the decks; texts that read the same have the same."""
    numbers: dict[str, int] = {}
    facts = (fact for deck in decks for slide in deck.slides for fact in slide.facts)
    return np.array([numbers.setdefault(searchable(fact.text), len(numbers)) for fact in facts], dtype=np.int32)


def _write_names(path: Path, names: LibraryNames) -> None:
    path.write_text(json.dumps({"terms": names.terms, "aliases": names.aliases}, ensure_ascii=False), encoding="utf-8")


def _read_names(path: Path, words: tuple[str, ...]) -> LibraryNames:
    content = json.loads(path.read_text(encoding="utf-8"))
    return LibraryNames(words, tuple((name, alias) for name, alias in content["aliases"]), content["terms"])


def _write_dense(place: Place, contents: Contents, on_progress: OnProgress) -> tuple[int, ...]:
    index = DenseIndex.build(place, contents.entries, contents.vectors, on_progress)
    try:
        sample = _sample(len(contents.entries), SELF_SEARCHES)
        verify(index, contents.entries, contents.vectors, sample)
        return apart(index, contents.entries, contents.vectors, sample)
    finally:
        index.close()


def _read_decks(folder: Path) -> tuple[Deck, ...]:
    try:
        return read_decks(folder / DECKS)
    except KeyError as error:
        raise _other_version(folder) from error


def _other_version(folder: Path) -> DamagedIndex:
    return DamagedIndex(f"索引 {folder} 由另一版本的程序建立")


def _copy_files(source: Path, target: Path) -> None:
    for path in source.rglob("*"):
        if path.is_file():
            copy = target / path.relative_to(source)
            copy.parent.mkdir(exist_ok=True)
            shutil.copyfile(path, copy)  # without its permissions, which forbid writing


def _sample(rows: int, size: int) -> list[int]:
    return random.Random(0).sample(range(rows), min(size, rows))
