"""The one place where settings become a library and an assistant."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kejian.corpus.errors import SetupError
from kejian.ui import terminal
from kejian.ui.settings import Settings

if TYPE_CHECKING:
    from kejian.index.home import Home
    from kejian.index.snapshot import Snapshot


def opened_home(settings: Settings) -> Home:
    """The library of ``settings.home``, to be used in ``with``. The model is loaded when it is first needed.

    Raises:
        SetupError: the home, its index or its model cannot be used.
    """
    from kejian.index.encoder import open_encoder
    from kejian.index.home import Home

    return Home.open(
        settings.home,
        encoder=partial(open_encoder, settings.embedding_model, on_message=terminal.say),
        database_url=settings.database_url,
        chroma_url=settings.chroma_url,
        on_message=terminal.say,
    )


def filled_snapshot(home: Home, settings: Settings) -> Snapshot:
    """What the library holds now.

    Raises:
        SetupError: it holds nothing; says how to fill it.
    """
    snapshot = home.snapshot()
    if snapshot.search is None:
        raise SetupError(
            f"资料库 {settings.home} 是空的;请先收入课件:kejian ingest 文件…,或 kejian ingest --bundled 收入自带课件"
        )
    return snapshot
