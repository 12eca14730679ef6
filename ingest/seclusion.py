"""A process shuts itself off for good: no network, no other programs, no reach into other processes.

On Linux (x86-64, ARM64) the kernel refuses the system calls (seccomp), also to machine code that a file smuggled in.
An audit hook refuses them to Python code everywhere.
"""

from __future__ import annotations

import ctypes
import platform
import struct
import sys
from dataclasses import dataclass
from typing import Any

FORBIDDEN = ("socket.__new__", "socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec",
             "os.posix_spawn", "os.fork", "os.forkpty", "pty.spawn")  # fmt: skip
PR_SET_PDEATHSIG, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 1, 22, 38
FILTER_MODE = 2
SIGKILL = 9
# Classic BPF (Linux: include/uapi/linux/{filter,seccomp,audit}.h): load a word of seccomp_data, jump, return.
LOAD, IF_EQUAL, IF_AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
NUMBER, ARCHITECTURE, FIRST_ARGUMENT = 0, 4, 16
ALLOW, REFUSE = 0x7FFF0000, 0x00050000 | 1  # EPERM
X32 = 0x40000000
AF_UNIX = 1


@dataclass(frozen=True, slots=True)
class _Machine:
    """Numbers of system calls. ``reaches``: into other processes, or round this filter."""

    audit: int
    socket: int
    programs: tuple[int, ...]  # execve, execveat
    reaches: tuple[int, ...]  # ptrace, process_vm_readv, process_vm_writev, io_uring_setup, pidfd_getfd


MACHINES = {
    "x86_64": _Machine(0xC000003E, 41, (59, 322), (101, 310, 311, 425, 438)),
    "aarch64": _Machine(0xC00000B7, 198, (221, 281), (117, 270, 271, 425, 438)),
}


def seclude(*, programs: bool = False) -> bool:
    """Shut this process off; ``programs``: it may become another program and speak to local ones.

    Returns whether the kernel enforces it.
    """
    if not programs:
        sys.addaudithook(_refuse)
    return _filter_calls(programs)


def die_with_parent() -> None:
    """Be killed when the thread that started this process is gone (Linux; elsewhere the closed pipe tells)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0)


def _refuse(event: str, _arguments: tuple[Any, ...]) -> None:
    if event in FORBIDDEN:
        raise PermissionError(f"{event} is not allowed here")


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def _filter_calls(programs: bool) -> bool:
    machine = MACHINES.get(platform.machine())
    if sys.platform != "linux" or machine is None:
        return False
    code = _code(machine, programs)
    program = _Program(len(code) // 8, code)
    kernel = ctypes.CDLL(None)
    kernel.prctl.argtypes = (ctypes.c_int, *[ctypes.c_ulong] * 4)
    if kernel.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return False
    return not kernel.prctl(PR_SET_SECCOMP, FILTER_MODE, ctypes.addressof(program), 0, 0)


def _code(machine: _Machine, programs: bool) -> bytes:
    """The filter: each test jumps over the refusal, which follows it, where it does not apply."""
    refused = machine.reaches if programs else (*machine.reaches, *machine.programs, machine.socket)
    lines = [(LOAD, 0, 0, ARCHITECTURE), (IF_EQUAL, 1, 0, machine.audit), (RETURN, 0, 0, REFUSE), (LOAD, 0, 0, NUMBER)]
    lines += [(IF_AT_LEAST, 0, 1, X32), (RETURN, 0, 0, REFUSE)]
    for number in refused:
        lines += [(IF_EQUAL, 0, 1, number), (RETURN, 0, 0, REFUSE)]
    if programs:  # sockets between programs of this machine only
        lines += [(IF_EQUAL, 0, 3, machine.socket), (LOAD, 0, 0, FIRST_ARGUMENT)]
        lines += [(IF_EQUAL, 1, 0, AF_UNIX), (RETURN, 0, 0, REFUSE)]
    lines += [(RETURN, 0, 0, ALLOW)]
    return b"".join(struct.pack("=HBBI", *line) for line in lines)
