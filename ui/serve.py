"""The web server: page and HTTP interface in one application, stopped cleanly by Ctrl-C or SIGTERM."""

from __future__ import annotations

import errno
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from kejian.corpus.errors import KejianError, SetupError
from kejian.ui.api import answered_error, api_router
from kejian.ui.guard import Guard, allowed_hosts
from kejian.ui.page_api import page_router
from kejian.ui.service import Service
from kejian.ui.studio import Studio
from kejian.ui.studio_api import studio_router
from kejian.ui.visitors import Visitors

GRACE_SECONDS = 1  # open pages hold a stream that never ends by itself
BACKLOG = 2048


def build_app(service: Service, hosts: frozenset[str] | None = None, studio: Studio | None = None) -> FastAPI:
    """The application; ``hosts`` are the names it may be called by (None: any: it is open to other machines).

    Without a ``studio`` the page has 问答 only.
    """
    from kejian.ui.page import mount_page  # loads Gradio: seconds

    app = FastAPI(title="kejian", docs_url=None, redoc_url=None, openapi_url=None)
    app.add_exception_handler(KejianError, answered_error)
    app.include_router(api_router(service))
    app.include_router(page_router(service))
    if studio is not None:
        app.include_router(studio_router(studio, local=hosts is not None))
    app.add_middleware(Visitors)
    app.add_middleware(Guard, hosts=hosts)
    mount_page(app, service, with_studio=studio is not None)
    return app


def serve(
    service: Service, host: str, port: int, on_ready: Callable[[str], None], studio: Studio | None = None
) -> None:
    """Serve until interrupted; ``on_ready`` is called with the address once the page can be opened.

    Raises:
        SetupError: the address cannot be bound.
    """
    with _bound(host, port) as listener:
        name = f"[{host}]" if ":" in host else host
        address = f"http://{name}:{listener.getsockname()[1]}"
        config = uvicorn.Config(
            build_app(service, allowed_hosts(host), studio),
            log_level="critical",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
        Server(config, lambda: on_ready(address)).run([listener])


class Server(uvicorn.Server):
    """A server that says when it is ready and ends quietly on a signal instead of raising it again."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, old in before.items():
                signal.signal(number, old)


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise SetupError(_binding_fault(host, port, error)) from error
    return listener


def _binding_fault(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"端口 {port} 已被占用，请用 --port 换一个，例如 --port {port + 1 if port < 65535 else 7861}"
    if error.errno == errno.EACCES:
        return f"没有权限使用端口 {port}，请用 --port 换一个 1024 以上的端口"
    return f"不能在地址 {host} 的端口 {port} 上提供服务（{error.strerror or error}），请检查 --host 与 --port"
