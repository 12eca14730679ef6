"""What the page's script asks for beside the queue: slides to look at, the visitor's conversations, feedback."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool

from kejian.assistant.answer import Citation
from kejian.corpus.errors import UsageError
from kejian.index.records import Records
from kejian.ingest.plain import from_plain
from kejian.ui.export import FORMATS, exported
from kejian.ui.render_source import Place, View, panel
from kejian.ui.service import Service, printed_number
from kejian.ui.texts import LANGUAGES, Language, speaker
from kejian.ui.visitors import visitor_of

READ_ONLY = "资料库只能读取，对话和反馈没有保存"
SLIDE_FORM = '{"citations": [{"n": 1, "quote": "原句", "start": 0, "end": 2}]}'
FEEDBACK_FORM = '{"turn": "编号", "helpful": false, "reasons": ["不准确"], "comment": ""}'


def page_router(service: Service) -> APIRouter:
    """Slides as HTML, ``/api/conversations`` and ``/api/feedback`` of the visitor whose cookie comes along."""
    router = APIRouter()

    @router.post("/api/slides/{deck}/{number}/view")
    async def view(deck: str, number: str, request: Request) -> JSONResponse:
        shown = checked_view(service, (deck, printed_number(number)), await _object(request, SLIDE_FORM))
        html = await run_in_threadpool(panel, shown, speaker(_language(request)))
        return JSONResponse({"html": html})

    @router.get("/api/conversations")
    def conversations(request: Request, q: str = "") -> JSONResponse:
        found = _records(service).conversations(visitor_of(request.cookies), q)
        return JSONResponse({"conversations": [asdict(one) | {"visitor": ""} for one in found]})

    @router.delete("/api/conversations/{conversation}")
    def forget(request: Request, conversation: str) -> JSONResponse:
        _records(service).forget(conversation, visitor_of(request.cookies))
        return JSONResponse({"forgotten": conversation})

    @router.get("/api/conversations/{conversation}/export")
    def export(request: Request, conversation: str, format: str = "md") -> Response:
        content = exported(_records(service).turns(conversation, visitor_of(request.cookies)), format)
        named = {"Content-Disposition": f'attachment; filename="kejian-{conversation[:8]}.{format}"'}
        return Response(content, media_type=FORMATS[format].media_type, headers=named)

    @router.post("/api/feedback")
    async def feedback(request: Request) -> JSONResponse:
        given = checked_feedback(await _object(request, FEEDBACK_FORM))
        await run_in_threadpool(_records(service).give, visitor_of(request.cookies), **given)
        return JSONResponse({"kept": given["turn"]})

    return router


def checked_view(service: Service, place: Place, content: Mapping[str, Any]) -> View:
    """The slide to be shown with the citations of the request.

    Raises:
        UsageError: the citations are not what is expected.
    """
    cited = content.get("citations", [])
    blank = {"deck": place[0], "deck_title": "", "slide": place[1], "title": "", "verified": False}
    kinds = {"n": int, "quote": str, "start": int, "end": int}
    if not isinstance(cited, list) or not all(isinstance(one, dict) for one in cited):
        raise UsageError(f"请求应为 {SLIDE_FORM}")
    if not all(isinstance(one.get(name), kind) for one in cited for name, kind in kinds.items()):
        raise UsageError(f"请求应为 {SLIDE_FORM}")
    citations = tuple(from_plain(Citation, blank | one) for one in cited)
    found = service.slide(*place)
    if found:
        return View(place, found[0].title, found[1].title, citations, found)
    deck_title, title = (citations[0].deck_title, citations[0].title) if citations else ("", "")
    return View(place, deck_title, title, citations, None)


def checked_feedback(content: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of ``Records.give`` out of a request.

    Raises:
        UsageError: a value is missing or of another type.
    """
    given = {"reasons": [], "comment": "", **content}
    reasons = given["reasons"]
    right = (
        isinstance(given.get("turn"), str)
        and isinstance(given.get("helpful"), bool)
        and isinstance(given["comment"], str)
        and isinstance(reasons, list)
        and all(isinstance(reason, str) for reason in reasons)
    )
    if not right:
        raise UsageError(f"请求应为 {FEEDBACK_FORM}")
    return {name: given[name] for name in ("turn", "helpful", "reasons", "comment")}


async def _object(request: Request, form: str) -> dict[str, Any]:
    try:
        content = json.loads(await request.body())
    except ValueError as error:
        raise UsageError(f"请求不是 JSON，应为 {form}") from error
    if not isinstance(content, dict):
        raise UsageError(f"请求应为 {form}")
    return content


def _records(service: Service) -> Records:
    if service.records is None:
        raise UsageError(READ_ONLY)
    return service.records


def _language(request: Request) -> Language:
    asked = request.query_params.get("lang", "")
    return next((language for language in LANGUAGES if language == asked), "zh")
