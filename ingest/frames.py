"""Messages between two processes: a JSON value and some bytes, each with its length in front."""

from __future__ import annotations

import json
import struct
from typing import IO, Any

LENGTHS = struct.Struct(">QQ")  # of the JSON text and of the payload, in bytes


class LostFrame(Exception):
    """The other side is gone, or stopped within a message."""


class OversizedFrame(Exception):
    """The message is longer than is taken."""


def send(stream: IO[bytes], value: Any, payload: bytes = b"") -> None:
    """Write one message; a lone surrogate goes through as it is."""
    text = json.dumps(value, ensure_ascii=False, check_circular=False).encode("utf-8", "surrogatepass")
    stream.write(LENGTHS.pack(len(text), len(payload)))
    stream.write(text)
    stream.write(payload)
    stream.flush()


def receive(stream: IO[bytes], most: int) -> tuple[Any, bytes]:
    """(value, payload) of the next message.

    Raises:
        LostFrame: there is none, or not the whole of it.
        OversizedFrame: it is longer than ``most`` bytes.
        ValueError: it is no JSON.
    """
    length, payload = LENGTHS.unpack(_exactly(stream, LENGTHS.size))
    if length + payload > most:
        raise OversizedFrame
    return json.loads(_exactly(stream, length).decode("utf-8", "surrogatepass")), _exactly(stream, payload)


def _exactly(stream: IO[bytes], size: int) -> bytes:
    content = stream.read(size)
    if len(content) < size:
        raise LostFrame
    return content
