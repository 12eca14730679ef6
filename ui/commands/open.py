"""The one place where settings become a library and an assistant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from kejian.corpus.errors import SetupError
from kejian.ui import terminal
from kejian.ui.settings import Settings

if TYPE_CHECKING:
    from kejian.assistant.engine import Assistant
    from kejian.assistant.trace import Trace
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


@contextmanager
def opened_assistant(settings: Settings) -> Iterator[tuple[Assistant, Callable[[Trace], None]]]:
    """The assistant over what the library holds now, and a function that keeps the trace of an answer.

    Raises:
        SetupError: the library is empty, or cannot be used.
    """
    from kejian.assistant.engine import Assistant

    with opened_home(settings) as home:
        assistant = Assistant(filled_snapshot(home, settings), home.terms)
        if home.read_only:
            terminal.say(f"注意:资料库 {settings.home} 是只读的,照常回答,但不保存答案的记录")

        def keep(trace: Trace) -> None:
            if not home.read_only:
                home.save_trace(trace.id, trace.to_json())

        yield assistant, keep
