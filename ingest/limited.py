"""A child interpreter that does one kind of work under limits: whatever a file makes it do, this process goes on.

    with LimitedChild("kejian.ingest.deck_work", Limits(cpu_seconds=60), setup) as child:
        deck = typed(Deck, child.ask({"path": "/tmp/a.pptx"}))
        words = typed(Words, child.ask({"language": "zh"}, payload=png_bytes))

The module named is run as ``python -m`` and calls ``limited_work.serve(prepare)``: ``prepare(setup)`` is called once
under the limits and returns ``work(request, payload)``, which is called once for each ``ask``. Setup, request and reply
are JSON values and the payload is bytes, so that nothing that a child sends is ever executed here; ``typed.typed``
checks the reply. The child is started by ``start`` or the first ``ask``, does one request after the other, and is
replaced after one that broke it. Where the operating system has no such limits (macOS, Windows) only the wall clock
holds.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import IO, Any, Literal, TypeAlias

from kejian.corpus.errors import RefusedFile, SetupError
from kejian.ingest.frames import LostFrame, OversizedFrame, receive, send

MEGABYTE = 1 << 20
START_SECONDS = 60.0
OUT_OF_MEMORY = 77  # exit code of a child that met its limit of memory
# What an interpreter and the C libraries under it need; everything else, keys above all, stays here.
PASSED_ON = (
    "PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "WINDIR", "PYTHONPATH",
    "PYTHONHOME", "PYTHONUTF8", "LD_LIBRARY_PATH", "VIRTUAL_ENV",
)  # fmt: skip
Child: TypeAlias = "subprocess.Popen[bytes]"
Cause = Literal["memory", "cpu", "time", "reply", "crash"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may use; ``memory`` is address space of the child in bytes, over all requests.

    ``memory_again``, where it is less, is what a child has that did something before: a request that needs more is done
    over by a new child, and one that would fill the memory of both is stopped the sooner.
    """

    memory: int = 1 << 30
    memory_again: int = 1 << 40
    cpu_seconds: int = 60
    wall_seconds: float = 120.0
    reply: int = 128 * MEGABYTE
    files: int = 64  # open at once
    written: int = 0  # bytes of a file that is written


class Stopped(Exception):
    """The child met a limit or died; it is replaced. ``str()`` is a Chinese clause that says which."""

    def __init__(self, cause: Cause, limits: Limits, detail: str = "") -> None:
        self.cause = cause
        super().__init__(
            {
                "memory": f"占用的内存超过 {limits.memory // MEGABYTE} MB 的上限",
                "cpu": f"占用处理器超过 {limits.cpu_seconds} 秒的上限",
                "time": f"用时超过 {limits.wall_seconds:.0f} 秒的上限",
                "reply": f"得到的内容超过 {limits.reply // MEGABYTE} MB 的上限",
                "crash": f"读取程序意外中断({detail})",
            }[cause]
        )


class Failed(Exception):
    """The work raised an error that nobody expected; ``str()`` names it and its place in the program."""


class LimitedChild:
    """See the module. One thread at a time; ``close`` (or leaving ``with``) ends the child."""

    def __init__(self, module: str, limits: Limits, setup: Any = None) -> None:
        self._module = module
        self._limits = limits
        self._first = {"limits": asdict(limits), "setup": setup}
        self._child: Child | None = None
        self._said: IO[bytes] | None = None
        self._overdue = False
        self._ready = self._used = False

    def ask(self, request: Any, payload: bytes = b"") -> Any:
        """What the work makes of ``request``.

        Raises:
            RefusedFile: the work refused, with its message.
            Stopped: a limit was met, or the child died.
            Failed: the work has a fault.
            SetupError: no child can be started.
        """
        child = self.ready()
        used, self._used = self._used, True
        try:
            kind, value = self._exchange(child, request, payload, self._limits.wall_seconds)
        except Stopped as stopped:
            if used and stopped.cause in ("memory", "crash"):  # what an earlier request left behind may be to blame
                return self.ask(request, payload)
            raise
        if kind == "refused":
            raise RefusedFile(str(value))
        if kind == "failed":
            raise Failed(str(value))
        return value

    def start(self) -> None:
        """Start the child where there is none, without waiting until it is ready.

        Raises:
            SetupError: it cannot be started.
        """
        if self._child is not None and self._child.poll() is None:
            return
        self.close()
        self._child, self._ready, self._used = self._spawn(), False, False

    def ready(self) -> Child:
        """The child, once it has taken its limits and its setup.

        Raises:
            SetupError: it cannot be started.
        """
        self.start()
        child = self._child
        assert child
        if self._ready:
            return child
        try:
            kind, value = self._exchange(child, self._first, b"", START_SECONDS)
        except Stopped as error:
            raise _no_start(f"{error};{self._last_words()}") from error
        if kind != "done":
            self.close()
            raise _no_start(str(value))
        self._ready = True
        return child

    def close(self) -> None:
        """End the child and wait for its end."""
        child, self._child = self._child, None
        if child is None:
            return
        kill(child)
        for stream in (child.stdin, child.stdout):
            with contextlib.suppress(OSError):  # what is buffered for a dead child cannot be written
                stream.close()  # type: ignore[union-attr]
        child.wait()

    def __enter__(self) -> LimitedChild:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
        if self._said:
            self._said.close()

    def _spawn(self) -> Child:
        self._said = self._said or tempfile.TemporaryFile()  # noqa: SIM115 - read when a child does not start
        try:
            # -P: a folder that the program is started in is no place to import from.
            return subprocess.Popen(
                [sys.executable, "-P", "-m", self._module],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._said,
                env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
                start_new_session=True,  # Ctrl-C is this process's to answer
            )
        except OSError as error:
            raise SetupError(f"读取文件的子进程启动不了({error.strerror}),请检查系统的进程数和内存") from error

    def _exchange(self, child: Child, request: Any, payload: bytes, seconds: float) -> tuple[str, Any]:
        assert child.stdin
        assert child.stdout
        whole = False
        try:
            with self._watched(child, seconds):
                send(child.stdin, request, payload)
                reply, _ = receive(child.stdout, self._limits.reply)
            kind, value = reply
            whole = kind in ("done", "refused", "failed")
        except OversizedFrame:
            raise Stopped("reply", self._limits) from None
        except (LostFrame, OSError, ValueError, TypeError, RecursionError):
            raise self._why(child) from None
        finally:
            if not whole:
                self.close()
        if not whole:
            raise Stopped("crash", self._limits, "答复无法识别")
        return kind, value

    @contextlib.contextmanager
    def _watched(self, child: Child, seconds: float) -> Iterator[None]:
        """Kill the child when its time is over."""
        self._overdue = False

        def stop() -> None:
            self._overdue = True
            kill(child)

        timer = threading.Timer(seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _why(self, child: Child) -> Stopped:
        """Why the child sent no reply."""
        try:
            code = child.wait(timeout=1)
        except subprocess.TimeoutExpired:
            return Stopped("crash", self._limits, "答复无法识别")
        if self._overdue:
            return Stopped("time", self._limits)
        if code == OUT_OF_MEMORY:
            return Stopped("memory", self._limits)
        if -code == getattr(signal, "SIGXCPU", 0):
            return Stopped("cpu", self._limits)
        return Stopped("crash", self._limits, _signal_name(code))

    def _last_words(self) -> str:
        """The last line that the child wrote to standard error."""
        assert self._said
        self._said.seek(max(0, self._said.seek(0, os.SEEK_END) - 2000))
        lines = self._said.read().decode("utf-8", "replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "没有说明")


def kill(child: Child) -> None:
    """Kill a child that leads its session, with all that it started."""
    if child.poll() is not None:
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()


def _no_start(why: str) -> SetupError:
    return SetupError(f"读取文件的子进程启动不了({why}),请用 kejian doctor 检查安装,并看内存是否够用")


def _signal_name(code: int) -> str:
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"退出码 {code}"
