"""The HTTP interface of the tabs beside 问答: for programs as JSON, for the page as HTML (``?view=zh`` or ``en``).

Taking in and removing are open on this machine only: there is no log-in, and whoever changes the library changes
everybody's answers.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool

from kejian.assistant.answer import Answer
from kejian.corpus.errors import UsageError
from kejian.ui.deck_listing import deck_json
from kejian.ui.html import Html
from kejian.ui.jobs import Job, Jobs
from kejian.ui.matrix_svg import matrix_svg
from kejian.ui.matrix_xlsx import matrix_xlsx
from kejian.ui.render_browser import browser
from kejian.ui.render_charts import chart_list, chart_view, unit_card
from kejian.ui.render_compare import comparison_view, picker
from kejian.ui.render_inspector import inspection_view, inspector
from kejian.ui.render_job import job_view
from kejian.ui.render_library import deck_list, library_view
from kejian.ui.service import checked_question
from kejian.ui.standalone import svg_file
from kejian.ui.studio import Studio
from kejian.ui.texts import LANGUAGES, Say, speaker
from kejian.ui.uploads import UPLOADS, Uploads

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_INSPECTED = 50
MOST_PATHS = 50
NOT_HERE = "这个网页不只在本机,不能收入或移除课件;请在服务器上用 kejian ingest 或 kejian remove"
INGEST_FORM = '{"batch": "编号"} 或 {"paths": ["服务器上的文件或文件夹"]}'

Names = Annotated[list[str], Query()]
Drawn = Callable[[Say], Html]


def studio_router(studio: Studio, *, local: bool) -> APIRouter:
    """``local``: the server can be reached from this machine only."""
    router = APIRouter()
    _reading(router, studio)
    _decks(router, studio, local=local)
    _intake(router, studio, local=local)
    return router


def _reading(router: APIRouter, studio: Studio) -> None:
    @router.get("/api/comparables")
    def comparables(view: str = "", subject: Names = [], aspect: Names = []) -> JSONResponse:  # noqa: B006
        found = studio.comparables()
        return _shown(view, asdict(found), lambda say: picker(found, subject, aspect, say))

    @router.get("/api/compare")
    def compare(view: str = "", subject: Names = [], aspect: Names = []) -> JSONResponse:  # noqa: B006
        answer = studio.compare(subject, aspect)
        return _shown(view, answer.to_json(), lambda say: comparison_view(answer, subject, aspect, say))

    @router.get("/api/compare.xlsx")
    def workbook(subject: Names = [], aspect: Names = []) -> Response:  # noqa: B006
        return _file(matrix_xlsx(_with_matrix(studio.compare(subject, aspect))), XLSX, "kejian-compare.xlsx")

    @router.get("/api/compare.svg")
    def picture(subject: Names = [], aspect: Names = []) -> Response:  # noqa: B006
        drawn = svg_file(matrix_svg(_with_matrix(studio.compare(subject, aspect))))
        return _file(drawn.encode(), "image/svg+xml", "kejian-compare.svg")

    @router.get("/api/structures")
    def structures(view: str = "") -> JSONResponse:
        found = studio.charts()
        return _shown(view, [asdict(chart) for chart in found], lambda say: chart_list(found, say))

    @router.get("/api/structures/{called}")
    def structure(called: str, view: str = "") -> JSONResponse:
        answer = studio.chart(called)
        return _shown(view, answer.to_json(), lambda say: chart_view(answer, say))

    @router.get("/api/units")
    def unit(name: str, view: str = "") -> JSONResponse:
        answer = studio.unit(name)
        return _shown(view, answer.to_json(), lambda say: unit_card(answer, say))

    @router.get("/api/inspect")
    def inspect(q: str = "", k: int = 20, turn: Names = [], view: str = "") -> JSONResponse:  # noqa: B006
        if view and not q:
            return _shown(view, {}, inspector)
        found = studio.inspect(checked_question(q), turn, max(1, min(k, MOST_INSPECTED)))
        return _shown(view, found.to_json(), lambda say: inspection_view(found, say))


def _decks(router: APIRouter, studio: Studio, *, local: bool) -> None:
    @router.get("/api/decks")
    def decks(view: str = "", part: str = "") -> JSONResponse:
        found, drawn = studio.shelf(), deck_list if part == "list" else library_view
        return _shown(view, [asdict(deck) for deck in found], lambda say: drawn(found, local, say))

    @router.get("/api/decks/{deck}")
    def deck(deck: str, slide: int | None = None, view: str = "") -> JSONResponse:
        found = studio.deck(deck)
        return _shown(view, deck_json(found), lambda say: browser(found, slide, say))

    @router.delete("/api/decks/{deck}")
    def remove(deck: str) -> JSONResponse:
        _hold_local(local)
        return JSONResponse(asdict(studio.remove(deck)))


def _intake(router: APIRouter, studio: Studio, *, local: bool) -> None:
    uploads, jobs = Uploads(), Jobs(studio)

    @router.post(UPLOADS)
    async def upload(request: Request, name: str = "", batch: str = "") -> JSONResponse:
        _hold_local(local)
        made, called = await uploads.receive(batch, name, request.stream())
        return JSONResponse({"batch": made, "name": called})

    @router.post("/api/ingest")
    async def ingest(request: Request) -> JSONResponse:
        _hold_local(local)
        batch, paths = checked_ingest(await request.body())
        if not batch:
            return JSONResponse({"job": jobs.start([Path(path) for path in paths]).id})
        taken = uploads.take(batch)
        try:
            job = jobs.start(list(taken.files), taken.files, lambda: uploads.drop(taken))
        except UsageError:
            uploads.drop(taken)
            raise
        return JSONResponse({"job": job.id})

    @router.get("/api/ingest/{job}")
    async def state(job: str, view: str = "") -> JSONResponse:
        found = jobs.job(job)
        return await run_in_threadpool(_shown, view, job_json(found), lambda say: job_view(found, say))


def checked_ingest(body: bytes) -> tuple[str, list[str]]:
    """(batch, paths) of a request; one of them is empty.

    Raises:
        UsageError: it is neither.
    """
    try:
        content = json.loads(body)
    except ValueError as error:
        raise UsageError(f"请求不是 JSON,应为 {INGEST_FORM}") from error
    batch, paths = (content.get(name) for name in ("batch", "paths")) if isinstance(content, dict) else (None, None)
    if isinstance(batch, str) and batch:
        return batch, []
    if not isinstance(paths, list) or not all(isinstance(path, str) for path in paths):
        raise UsageError(f"请求应为 {INGEST_FORM}")
    kept = [path.strip() for path in paths if path.strip()]
    if not kept or len(kept) > MOST_PATHS:
        raise UsageError(f"请写出服务器上的文件或文件夹,一行一个,最多 {MOST_PATHS} 个")
    return "", kept


def job_json(job: Job) -> dict[str, Any]:
    """A run as programs get it."""
    progress = asdict(job.progress) if job.progress else None
    report = asdict(job.report) if job.report else None
    drafts = [asdict(draft) for draft in job.drafts]
    return {"job": job.id, "state": job.state, "progress": progress, "report": report, "drafts": drafts,
            "error": job.error}  # fmt: skip


def _with_matrix(answer: Answer) -> Answer:
    if answer.matrix is None:
        raise UsageError(answer.answer)
    return answer


def _hold_local(local: bool) -> None:
    if not local:
        raise UsageError(NOT_HERE)


def _shown(view: str, content: Any, drawn: Drawn) -> JSONResponse:
    language = next((one for one in LANGUAGES if one == view), None)
    return JSONResponse({"html": drawn(speaker(language))} if language else content)


def _file(content: bytes, media_type: str, name: str) -> Response:
    return Response(content, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
