"""A library that changes while it is asked: nobody waits for the new assistant, and nobody is told what was removed."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from studio_samples import LEAVE, encoder

from kejian.corpus.errors import SetupError
from kejian.index.home import Home
from kejian.index.model import Encoder, Vectors
from kejian.index.query import CANARY_TEXTS
from kejian.ui.commands.live_assistant import LiveAssistant
from kejian.ui.commands.live_studio import LiveStudio

OVERTIME = "# 加班制度\n\n## 加班费\n\n- 周末加班按两倍工资计发\n"
ON_LEAVE, ON_OVERTIME = "年假有几天?", "加班费是多少?"
LONG = 60  # seconds that nothing here takes


class HeldEncoder:
    """The real encoder; while ``free`` is not set, whoever holds the model against a new index waits."""

    def __init__(self) -> None:
        self.real: Encoder = encoder()
        self.fingerprint, self.dimension = self.real.fingerprint, self.real.dimension
        self.free, self.reached = threading.Event(), threading.Event()
        self.free.set()

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        if tuple(texts) == CANARY_TEXTS and not self.free.is_set():
            self.reached.set()
            assert self.free.wait(LONG)
        return self.real.encode_queries(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self.real.encode_passages(texts)


@pytest.fixture
def held() -> HeldEncoder:
    return HeldEncoder()


@pytest.fixture
def home(tmp_path: Path, held: HeldEncoder) -> Iterator[Home]:
    """With one deck on leave."""
    (tmp_path / "请假.md").write_text(LEAVE, encoding="utf-8")
    (tmp_path / "加班.md").write_text(OVERTIME, encoding="utf-8")
    with Home.open(tmp_path / "home", encoder=lambda: held) as home:
        home.ingest([tmp_path / "请假.md"])
        yield home
        held.free.set()


@pytest.fixture
def other(home: Home) -> Iterator[Home]:
    """The same library as another process has it."""
    with Home.open(home.path, encoder=encoder) as other:
        yield other


@pytest.fixture
def live(home: Home) -> LiveAssistant:
    """Has answered before: the model is held against the index."""
    live = LiveAssistant(home)
    live.current().get_ready()
    return live


def says(live: LiveAssistant, question: str) -> str:
    return live.current().ask(question).answer


def test_questions_are_answered_while_a_new_assistant_is_made(
    live: LiveAssistant, other: Home, held: HeldEncoder, tmp_path: Path
) -> None:
    assert "五天" in says(live, ON_LEAVE)
    held.free.clear()
    other.ingest([tmp_path / "加班.md"])
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: says(live, ON_LEAVE), range(8)))
    assert held.reached.wait(LONG)
    assert all("五天" in answer for answer in answers)
    assert "两倍" not in says(live, ON_OVERTIME)
    held.free.set()
    live.renew()
    assert "两倍" in says(live, ON_OVERTIME)
    assert "五天" in says(live, ON_LEAVE)


def test_what_is_reported_as_taken_in_is_answered_from(home: Home, live: LiveAssistant, tmp_path: Path) -> None:
    assert "两倍" not in says(live, ON_OVERTIME)
    before = weakref.ref(live.current())
    LiveStudio(home, live).ingest([tmp_path / "加班.md"])
    assert "两倍" in says(live, ON_OVERTIME)
    assert before() is None  # a large library is in memory twice no longer than it has to be


def test_a_removal_is_reported_when_nothing_is_answered_from_it(
    home: Home, live: LiveAssistant, held: HeldEncoder, tmp_path: Path
) -> None:
    LiveStudio(home, live).ingest([tmp_path / "加班.md"])
    assert "两倍" in says(live, ON_OVERTIME)
    held.free.clear()
    with ThreadPoolExecutor(1) as threads:
        removal = threads.submit(LiveStudio(home, live).remove, "加班制度")
        assert held.reached.wait(LONG)
        assert "五天" in says(live, ON_LEAVE)  # questions do not wait, and the removal is not reported yet
        assert not removal.done()
        held.free.set()
        assert removal.result(LONG).title == "加班制度"
    assert "两倍" not in says(live, ON_OVERTIME)
    assert "五天" in says(live, ON_LEAVE)


def test_what_another_process_removed_is_not_answered(live: LiveAssistant, other: Home, tmp_path: Path) -> None:
    other.ingest([tmp_path / "加班.md"])
    live.renew()
    removed = threading.Event()

    def ask_until_after() -> Iterator[tuple[bool, bool]]:
        """Whether each question was asked after the removal, and whether it was answered from the deck."""
        after = False
        while not after:
            after = removed.is_set()
            yield after, "两倍" in says(live, ON_OVERTIME)

    with ThreadPoolExecutor(4) as threads:
        asked = [threads.submit(lambda: list(ask_until_after())) for _ in range(4)]
        other.remove("加班制度")
        removed.set()
        told = [pair for answers in asked for pair in answers.result(LONG)]
    assert (False, True) in told
    assert (True, True) not in told
    assert (True, False) in told


def test_an_emptied_library_says_how_to_fill_it(home: Home, live: LiveAssistant) -> None:
    assert live.if_any() is not None
    LiveStudio(home, live).remove("请假制度")
    assert live.if_any() is None
    with pytest.raises(SetupError, match="资料库是空的"):
        live.current()
