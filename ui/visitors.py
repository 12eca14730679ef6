"""Whose conversations are shown: a browser is known by a cookie that holds nothing but a number nobody can guess."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "kejian_visitor"
NUMBER = re.compile(r"[0-9a-f]{32}")
YEAR = 365 * 24 * 3600
PAGES = ("/", "/en/")


def visitor_of(cookies: Mapping[str, str]) -> str:
    """The visitor of a request; "" where it has no cookie of ours."""
    number = cookies.get(COOKIE, "")
    return number if NUMBER.fullmatch(number) else ""


@dataclass(frozen=True, slots=True)
class Visitors:
    """ASGI middleware that gives the cookie with the page. No script can read it, and no other site sends it."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_page = scope["type"] == "http" and scope["path"] in PAGES
        await self.app(scope, receive, _giving(send) if is_page and not visitor_of(Request(scope).cookies) else send)


def _giving(send: Send) -> Send:
    async def answered(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = f"{COOKIE}={secrets.token_hex(16)}; Path=/; Max-Age={YEAR}; HttpOnly; SameSite=Strict"
            MutableHeaders(scope=message).append("Set-Cookie", kept)
        await send(message)

    return answered
