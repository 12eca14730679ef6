"""What every request passes: known host, own origin, open path, bounded body; and the headers of every response."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kejian.ui.uploads import LARGEST_UPLOAD, UPLOADS

# Gradio evaluates templates in the page ('unsafe-eval') and sets its base element ('self').
CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# Of Gradio's own interface only what the page itself calls is open: no upload, file, proxy or editing endpoints.
GRADIO_PREFIX = "/gradio_api/"
GRADIO_OPEN = ("queue/join", "queue/data", "heartbeat/", "startup-events", "theme.css", "reset", "cancel", "app_id")
CLOSED = ("/monitoring", "/login", "/logout", "/pwa_icon", "/manifest.json", "/svelte/")
ENGLISH = "/en"  # where the page stands once more, with all that Gradio puts around it
BODY_LIMIT = 64 * 1024
LARGER_BODIES = {UPLOADS: LARGEST_UPLOAD}  # by path
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})


@dataclass(frozen=True, slots=True)
class Refusal(Exception):
    status: int
    message: str


def allowed_hosts(host: str) -> frozenset[str] | None:
    """The names a client may call the server by when it is bound to ``host``; None: any.

    A loopback server answers to loopback names only: a web site whose name is made to point to 127.0.0.1 (DNS
    rebinding) is refused.
    """
    return LOOPBACK_NAMES if is_loopback(host) else None


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Guard:
    """ASGI middleware around the whole application."""

    app: ASGIApp
    hosts: frozenset[str] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answered = _with_headers(send)
        try:
            self._check(scope)
            await self.app(scope, _bounded(receive, _limit(scope)), answered)
        except Refusal as refusal:
            response = JSONResponse({"error": refusal.message}, status_code=refusal.status)
            await response(scope, receive, answered)

    def _check(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if self.hosts is not None and _name(host) not in self.hosts:
            raise Refusal(421, "这个地址不能访问本机的课件服务，请用 http://127.0.0.1 打开")
        origin = headers.get("origin")
        if origin is not None and scope["method"] not in ("GET", "HEAD") and urlsplit(origin).netloc != host:
            raise Refusal(403, "来自其他网站的请求不予受理")
        if _closed(scope["path"]):
            raise Refusal(404, "没有这个接口")
        if int(headers.get("content-length") or 0) > _limit(scope):
            raise _too_large(_limit(scope))


def _name(host: str) -> str:
    """The host name of a Host header, without the port.

    >>> _name("[::1]:7860"), _name("localhost")
    ('[::1]', 'localhost')
    """
    host = host.lower()
    return host[: host.index("]") + 1] if host.startswith("[") and "]" in host else host.split(":")[0]


def _closed(path: str) -> bool:
    path = path.removeprefix(ENGLISH) if path.startswith(f"{ENGLISH}/") else path
    if path.startswith(CLOSED):
        return True
    return path.startswith(GRADIO_PREFIX) and not path[len(GRADIO_PREFIX) :].startswith(GRADIO_OPEN)


def _limit(scope: Scope) -> int:
    """How many bytes the body of a request may have."""
    return LARGER_BODIES.get(scope["path"], BODY_LIMIT)


def _too_large(limit: int) -> Refusal:
    most = f"{limit >> 20} MB" if limit >> 20 else f"{limit >> 10} KB"
    return Refusal(413, f"请求太大，最多 {most}")


def _bounded(receive: Receive, limit: int) -> Receive:
    """``receive`` that counts real bytes: a missing or lying length does not get past."""
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            raise _too_large(limit)
        return message

    return counted


def _with_headers(send: Send) -> Send:
    async def answered(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
        await send(message)

    return answered
