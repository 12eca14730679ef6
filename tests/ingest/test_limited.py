"""A limited child: whatever it is made to do, the parent gets one clear answer and the next request a child."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kejian.corpus.errors import RefusedFile, SetupError
from kejian.ingest.limited import Failed, LimitedChild, Limits, Stopped

LIMITS = Limits(memory=300 << 20, cpu_seconds=1, wall_seconds=60.0, reply=1 << 20)
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="limits of the Linux kernel")


@pytest.fixture
def child(monkeypatch: pytest.MonkeyPatch) -> Iterator[LimitedChild]:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    monkeypatch.setenv("KEJIAN_LLM_KEY", "secret")
    with LimitedChild("limited_sample", LIMITS) as started:
        yield started


def test_values_and_bytes_go_there_and_back(child: LimitedChild) -> None:
    value = {"文": [1, None, True, "\udc80"]}
    assert child.ask({"do": "echo", "value": value}, b"\x00\xff") == [value, "00ff"]
    assert child.ask({"do": "print"}) is None
    assert child.ask({"do": "echo", "value": ""}, b"") == ["", ""]


def test_one_child_does_all_requests(child: LimitedChild) -> None:
    first = child.ask({"do": "pid"})
    with pytest.raises(RefusedFile, match=r"^不收$"):
        child.ask({"do": "refuse"})
    with pytest.raises(Failed, match=r"^KeyError,limited_sample\.py:\d+$"):
        child.ask({"do": "fail"})
    assert child.ask({"do": "pid"}) == first != os.getpid()


def test_secrets_stay_outside(child: LimitedChild) -> None:
    assert not [name for name in child.ask({"do": "environment"}) if name.startswith("KEJIAN")]


@pytest.mark.parametrize(
    ("request_", "cause", "said"),
    [
        pytest.param({"do": "memory", "value": 1 << 30}, "memory", "300 MB", marks=LINUX),
        pytest.param({"do": "spin"}, "cpu", "器超过 1 秒", marks=LINUX),
        ({"do": "die"}, "crash", "SIGSEGV"),
        ({"do": "long", "value": 1 << 20}, "reply", "1 MB"),
    ],
)
def test_limits(child: LimitedChild, request_: dict[str, object], cause: str, said: str) -> None:
    before = child.ask({"do": "pid"})
    with pytest.raises(Stopped, match=said) as caught:
        child.ask(request_)
    assert caught.value.cause == cause
    after = child.ask({"do": "pid"})
    assert after != before
    assert not Path(f"/proc/{before}").exists(), "a zombie"


def test_the_wall_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    with LimitedChild("limited_sample", Limits(wall_seconds=0.5)) as child, pytest.raises(Stopped, match="用时"):
        child.ask({"do": "sleep"})


def test_what_an_earlier_request_left_behind_is_not_blamed_on_the_next(child: LimitedChild) -> None:
    child.ask({"do": "pid"})
    process = child.ready()
    process.kill()
    process.wait()
    assert child.ask({"do": "echo", "value": 1}) == [1, ""]


def test_a_garbled_reply_is_a_crash(child: LimitedChild) -> None:
    causes = []
    for descriptor in range(3, 6):
        try:
            child.ask({"do": "garble", "value": descriptor})
        except (Stopped, Failed) as error:
            causes.append(getattr(error, "cause", None))
    assert {"crash", "reply"} & set(causes)
    assert child.ask({"do": "echo", "value": 1}) == [1, ""]


@LINUX
def test_a_used_child_has_less_memory_and_a_new_one_does_what_needs_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    with LimitedChild("limited_sample", replace(LIMITS, memory_again=100 << 20)) as child:
        first = child.ask({"do": "pid"})
        assert child.ask({"do": "memory", "value": 20 << 20}) == 20 << 20
        assert child.ask({"do": "pid"}) == first, "what is small is done by the same child"
        assert child.ask({"do": "memory", "value": 200 << 20}) == 200 << 20
        assert child.ask({"do": "pid"}) != first
        with pytest.raises(Stopped, match="300 MB"):
            child.ask({"do": "memory", "value": 400 << 20})


@pytest.mark.parametrize("what", ["socket", "program"])
def test_python_code_reaches_neither_network_nor_programs(child: LimitedChild, what: str) -> None:
    with pytest.raises(Failed, match="PermissionError"):
        child.ask({"do": what})


@LINUX
def test_machine_code_reaches_neither(child: LimitedChild) -> None:
    assert child.ask({"do": "native socket"}) == [-1, 1]
    assert child.ask({"do": "native program"}) == -1


@LINUX
def test_nothing_is_written(child: LimitedChild, tmp_path: Path) -> None:
    with pytest.raises(Failed, match="OSError"):
        child.ask({"do": "write", "value": str(tmp_path / "x")})


def test_a_child_that_cannot_start(monkeypatch: pytest.MonkeyPatch) -> None:
    with LimitedChild("no_such_module", LIMITS) as child, pytest.raises(SetupError, match="no_such_module"):
        child.ask({})
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    with LimitedChild("limited_sample", LIMITS, "refuse") as child, pytest.raises(SetupError, match="不开工"):
        child.ask({})


ORPHANING = """
import sys
from kejian.ingest.limited import LimitedChild, Limits
child = LimitedChild("limited_sample", Limits())
sys.stdout.write(f"{child.ask({'do': 'pid'})}\\n")
sys.stdout.flush()
child.ask({"do": "sleep"})
"""


@LINUX
def test_no_child_outlives_a_killed_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    with subprocess.Popen([sys.executable, "-c", ORPHANING], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        orphan = Path(f"/proc/{int(parent.stdout.readline())}")
        assert orphan.exists()
        parent.kill()
    for _ in range(100):
        if not orphan.exists() or "\nState:\tZ" in (orphan / "status").read_text():
            return
        time.sleep(0.05)
    pytest.fail("the child lives on")
