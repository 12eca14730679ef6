"""The checks of ``kejian doctor`` that need the model and the library: do they work, and do they fit together?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kejian.corpus.errors import KejianError, SetupError
from kejian.ui import terminal
from kejian.ui.commands.checks import Check
from kejian.ui.commands.open import opened_home
from kejian.ui.settings import Settings

if TYPE_CHECKING:
    from kejian.index.home import Home
    from kejian.index.model import Encoder
    from kejian.index.snapshot import Snapshot

REBUILD = "请重新收入课件:kejian ingest 文件…"


def library_checks(settings: Settings) -> Iterator[Check]:
    """Model, library, index and a question put to them; what depends on a fault is left out."""
    from kejian.index.encoder import open_encoder

    try:
        encoder = open_encoder(settings.embedding_model, on_message=terminal.say)
        yield Check("向量模型", True, f"{encoder.fingerprint}({encoder.dimension} 维)")
    except KejianError as error:
        yield Check("向量模型", False, str(error))
        return
    if not settings.home.exists():
        yield Check("资料库", True, "还没有建立;收入课件用 kejian ingest 文件…,自带的用 kejian ingest --bundled")
        return
    try:
        home = opened_home(settings)
    except KejianError as error:
        yield Check("资料库", False, str(error))
        return
    with home:
        yield from _checks_inside(home, settings, encoder)


def _checks_inside(home: Home, settings: Settings, encoder: Encoder) -> Iterator[Check]:
    yield writer(settings)
    decks = home.decks()
    passages = sum(deck.passages for deck in decks)
    empty = "" if decks else ";收入课件用 kejian ingest 文件…,自带的用 kejian ingest --bundled"
    yield Check("资料库", True, f"{len(decks)} 份课件,{passages} 个片段{empty}")
    try:
        snapshot = home.snapshot()
    except KejianError as error:
        yield Check("索引", False, str(error))
        return
    yield counts(snapshot, len(decks), passages)
    if snapshot.search is not None:
        yield fit(snapshot.search.generation.manifest.fingerprint, encoder.fingerprint)
        yield self_search(snapshot)


def writer(settings: Settings) -> Check:
    """Whether another process writes the library just now; that is no fault."""
    from kejian.index.lock import owner_lock

    try:
        with owner_lock(settings.home, patience=0):
            return Check("写入锁", True, "空闲")
    except SetupError as error:
        return Check("写入锁", True, str(error))


def counts(snapshot: Snapshot, decks: int, passages: int) -> Check:
    """Whether the index holds what the library holds."""
    indexed = sum(len(slide.passages) for deck in snapshot.decks for slide in deck.slides)
    apart = len(snapshot.search.generation.manifest.apart) if snapshot.search else 0
    found = f"{snapshot.revision or '无'}:{len(snapshot.decks)} 份课件,{indexed} 个片段"
    found += f",其中 {apart} 个近邻图找不到,改为逐一比较" if apart else ""
    ok = (len(snapshot.decks), indexed) == (decks, passages)
    return Check("索引", ok, found, "" if ok else f"与资料库不一致,{REBUILD}")


def fit(indexed_with: str, installed: str) -> Check:
    """Whether the index was built with the model in use."""
    if indexed_with == installed:
        return Check("索引与模型", True, "相符")
    remedy = f"请把 KEJIAN_EMBEDDING_MODEL 改回原来的模型,或{REBUILD.removeprefix('请')}"
    return Check("索引与模型", False, f"索引用的是 {indexed_with},现在的是 {installed}", remedy)


def self_search(snapshot: Snapshot) -> Check:
    """Whether a passage is found by its own text."""
    assert snapshot.search is not None
    passage = next(p for deck in snapshot.decks for slide in deck.slides for p in slide.passages)
    try:
        hits = snapshot.search.search(passage.text, 10)
    except KejianError as error:
        return Check("检索", False, str(error))
    ok = passage.text in {hit.text for hit in hits}
    return Check("检索", ok, "正常" if ok else "找不到库里的片段", "" if ok else REBUILD)
