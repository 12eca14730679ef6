"""Shared by all tests: nothing but loopback may be reached, and no setting of the machine leaks in."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import settings

# A busy machine is no fault of what is tested: no example has a deadline.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

LOOPBACK = ("127.", "::1", "localhost")

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")


class EgressError(AssertionError):
    """Something tried to leave the machine."""


def _allowed(address: Any) -> bool:
    return not isinstance(address, tuple) or str(address[0]).startswith(LOOPBACK)


@pytest.fixture(autouse=True, scope="session")
def loopback_only() -> Iterator[None]:
    """Every connection and name look-up beyond loopback fails the test that made it."""
    patch = pytest.MonkeyPatch()
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        if not _allowed(address):
            raise EgressError(f"connection to {address}")
        connect(self, address)

    def guarded_look_up(host: Any, *rest: Any, **named: Any) -> Any:
        if host is not None and not str(host).startswith((*LOOPBACK, "0.0.0.0")):
            raise EgressError(f"look-up of {host}")
        return look_up(host, *rest, **named)

    patch.setattr(socket.socket, "connect", guarded_connect)
    patch.setattr(socket, "getaddrinfo", guarded_look_up)
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests start without KEJIAN_* settings."""
    for name in list(os.environ):
        if name.startswith("KEJIAN_"):
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True, scope="session")
def one_model() -> Iterator[None]:
    """The bundled model is loaded once for the whole run: each copy takes 0.4 GB and a second."""
    from kejian.index import encoder
    from kejian.index.e5 import model_folder

    patch = pytest.MonkeyPatch()
    load, loaded = encoder.E5Session, cache(encoder.E5Session)
    bundled = model_folder(None)
    patch.setattr(encoder, "E5Session", lambda folder: (loaded if folder == bundled else load)(folder))
    yield
    patch.undo()
