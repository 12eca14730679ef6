"""What limited children run in tests: ``python -m limited_sample``."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from kejian.corpus.errors import RefusedFile
from kejian.ingest.limited_work import Work, serve


def work(request: Any, payload: bytes) -> Any:
    """Do as asked."""
    match request["do"]:
        case "echo":
            return [request["value"], payload.hex()]
        case "environment":
            return sorted(os.environ)
        case "pid":
            return os.getpid()
        case "refuse":
            raise RefusedFile("不收")
        case "fail":
            return {}["missing"]
        case "memory":
            return len(bytearray(request["value"]))
        case "spin":
            while True:
                pass
        case "sleep":
            time.sleep(600)
        case "die":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "long":
            return "长" * request["value"]
        case "print":
            sys.stdout.write("printed by a library\n" * 10_000)
            sys.stdout.flush()
        case "garble":
            os.write(request["value"], b"x" * 64)
        case "socket":
            socket.socket()
        case "program":
            subprocess.run(["true"], check=True)
        case "native socket":
            return ctypes.CDLL(None, use_errno=True).socket(socket.AF_INET, socket.SOCK_STREAM, 0), ctypes.get_errno()
        case "native program":
            arguments = (ctypes.c_char_p * 2)(b"true", None)
            return ctypes.CDLL(None).execv(b"/bin/true", arguments)
        case "write":
            Path(request["value"]).write_text("x" * 100, encoding="ascii")
    return None


def prepare(setup: Any) -> Work:
    """The work, unless ``setup`` refuses it."""
    if setup == "refuse":
        raise RefusedFile("不开工")
    return work


if __name__ == "__main__":
    serve(prepare)
