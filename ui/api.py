"""The HTTP interface for programs: ask a question, look at a slide."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from kejian.assistant.limits import LONGEST_QUESTION, MOST_TURNS
from kejian.corpus.errors import UsageError
from kejian.ui.service import Service, checked_question

FORM = '{"question": "问题", "turns": ["先前的问题"]}'


def api_router(service: Service) -> APIRouter:
    """``GET /healthz``, ``POST /api/ask`` (→ the Answer object), ``GET /api/slides/{deck}/{number}``."""
    router = APIRouter()

    @router.get("/healthz")
    def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @router.post("/api/ask")
    async def ask(request: Request) -> JSONResponse:
        question, turns = checked_request(await request.body())
        answer = await run_in_threadpool(service.ask, question, turns)
        return JSONResponse(answer.to_json())

    @router.get("/api/slides/{deck}/{number}")
    def slide(deck: str, number: str) -> JSONResponse:
        found = service.slide(deck, int(number)) if number.isascii() and number.isdecimal() else None
        if found is None:
            return _error(404, f"资料库里没有这一页：{deck} 第{number}页")
        of, page = found
        return JSONResponse({"deck": of.id, "deck_title": of.title, **asdict(page)})

    return router


def checked_request(body: bytes) -> tuple[str, tuple[str, ...]]:
    """Question and earlier questions of a request body.

    Raises:
        UsageError: it is not the JSON object expected, a type is wrong, or a limit is passed.
    """
    try:
        content = json.loads(body)
    except ValueError as error:
        raise UsageError(f"请求不是 JSON，应为 {FORM}") from error
    if not isinstance(content, dict) or not isinstance(content.get("question"), str):
        raise UsageError(f"请求里没有文字形式的 question，应为 {FORM}")
    return checked_question(content["question"]), _checked_turns(content.get("turns", []))


def _checked_turns(turns: Any) -> tuple[str, ...]:
    if not isinstance(turns, list) or not all(isinstance(turn, str) for turn in turns):
        raise UsageError(f"turns 应为先前问题的列表，每项是文字，例如 {FORM}")
    if len(turns) > MOST_TURNS:
        raise UsageError(f"turns 太多：共 {len(turns)} 条，最多 {MOST_TURNS} 条，请只留最近的")
    if any(len(turn) > LONGEST_QUESTION for turn in turns):
        raise UsageError(f"turns 里有一条超过 {LONGEST_QUESTION} 字，请精简")
    return tuple(turns)


def answered_error(_request: Request, error: Exception) -> JSONResponse:
    """What a program gets of an error that a person can mend."""
    return _error(400 if isinstance(error, UsageError) else 503, str(error))


def _error(status: int, message: str) -> JSONResponse:
    return JSONResponse({"error": message}, status_code=status)
