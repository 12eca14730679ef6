"""The HTTP interface of the rooms: the same objects as on the command line, uploads bounded, changes local only."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from studio_samples import EXTRACT, LEAVE, SCRIPT, encoder

from kejian.assistant.answer import answer_schema
from kejian.corpus.errors import KejianError
from kejian.index.home import Home
from kejian.ui.api import answered_error
from kejian.ui.commands.live_library import LiveLibrary
from kejian.ui.studio_api import studio_router
from kejian.ui.uploads import LARGEST_UPLOAD


def get(site: str, path: str, **query: Any) -> Any:
    answer = httpx.get(site + path, params=query, timeout=60)
    assert answer.status_code == 200, answer.text
    return answer.json()


def taken_in(site: str, **what: Any) -> dict[str, Any]:
    """The run over a batch or over paths, once it is over."""
    job = httpx.post(f"{site}/api/ingest", json=what).json()["job"]
    while (state := get(site, f"/api/ingest/{job}"))["state"] not in ("done", "failed"):
        time.sleep(0.1)
    return state


def sent(site: str, name: str, content: bytes, batch: str = "") -> str:
    answer = httpx.post(f"{site}/api/uploads", params={"name": name, "batch": batch}, content=content)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["batch"])


def test_comparisons(studio_site: str) -> None:
    group = get(studio_site, "/api/comparables")["groups"][0]
    answer = get(studio_site, "/api/compare", subject=group["subjects"], aspect=group["aspects"])
    jsonschema.validate(answer, answer_schema())
    assert answer["matrix"]["subjects"] == group["subjects"]
    for kind, start in (("xlsx", b"PK"), ("svg", b"<?xml")):
        file = httpx.get(f"{studio_site}/api/compare.{kind}", params={"subject": group["subjects"]})
        assert file.content.startswith(start)
        assert file.headers["content-disposition"] == f'attachment; filename="kejian-compare.{kind}"'
    for query in ({}, {"subject": ["前后端型", "没有"]}, {"subject": ["前后端型", "产品主导型"], "aspect": ["没有"]}):
        refused = httpx.get(f"{studio_site}/api/compare", params=query)
        assert refused.status_code == 400
        assert "\n" not in refused.json()["error"]
    silent = httpx.get(
        f"{studio_site}/api/compare.xlsx", params={"subject": ["前后端型", "产品主导型"], "aspect": "职责"}
    )
    assert "材料没有写" in silent.json()["error"]


def test_structures_and_units(studio_site: str) -> None:
    charts = get(studio_site, "/api/structures")
    for chart in charts:
        jsonschema.validate(get(studio_site, f"/api/structures/{chart['id']}"), answer_schema())
    unit = get(studio_site, "/api/units", name="大客户部")
    jsonschema.validate(unit, answer_schema())
    assert {citation["slide"] for citation in unit["citations"]} == {17, 18, 19}
    assert httpx.get(f"{studio_site}/api/units", params={"name": SCRIPT}).status_code == 400


def test_the_inspector(studio_site: str) -> None:
    found = get(studio_site, "/api/inspect", q="前后端型的优点", k=3)
    assert [hit["rank"] for hit in found["hits"]] == [1, 2, 3]
    follow_up = get(studio_site, "/api/inspect", q="那它的缺点呢", turn="前后端型有哪些优点")
    assert follow_up["trace"]["resolved"] == "前后端型的缺点"
    assert httpx.get(f"{studio_site}/api/inspect", params={"q": "长" * 501}).status_code == 400


def test_decks(studio_site: str) -> None:
    deck = get(studio_site, "/api/decks")[0]
    slides = get(studio_site, f"/api/decks/{deck['id']}")["slides"]
    assert [slide["number"] for slide in slides] == [16, 17, 18, 19, 20]
    assert httpx.get(f"{studio_site}/api/decks/none").status_code == 400


@pytest.mark.parametrize("path", ["/api/comparables", "/api/decks", "/api/inspect?q=仓型"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_views_are_made_of_escaped_text(studio_site: str, path: str, language: str) -> None:
    view = httpx.URL(studio_site + path).copy_merge_params({"view": language})
    html = httpx.get(view, timeout=60).json()["html"]
    assert "&lt;script&gt;" in html
    assert "<script" not in html
    assert "<img" not in html


def test_files_are_sent_taken_in_and_removed(studio_site: str) -> None:
    batch = sent(studio_site, "制度/请假.md", LEAVE.encode())
    sent(studio_site, "坏.pptx", b"no zip", batch)
    state = taken_in(studio_site, batch=batch)
    good, bad = state["report"]["files"]
    assert (good["path"], good["title"], good["error"]) == ("制度/请假.md", "请假制度", None)
    assert "坏.pptx" in bad["error"]
    assert "kejian-uploads" not in bad["error"]
    assert httpx.post(f"{studio_site}/api/ingest", json={"batch": batch}).status_code == 400
    assert get(studio_site, "/api/inspect", q="年假有几天")["answer"]["citations"][0]["deck"] == good["deck"]
    assert httpx.delete(f"{studio_site}/api/decks/{good['deck']}").json()["title"] == "请假制度"
    assert httpx.delete(f"{studio_site}/api/decks/{good['deck']}").status_code == 400
    assert good["deck"] not in {deck["id"] for deck in get(studio_site, "/api/decks")}


def test_an_extract_comes_with_a_draft_that_takes_its_place(studio_site: str) -> None:
    state = taken_in(studio_site, batch=sent(studio_site, "摘录.txt", EXTRACT.encode()))
    (file,), (draft,) = state["report"]["files"], state["drafts"]
    assert draft["name"] == "摘录.txt"
    assert "对应关系无法从文本恢复" in "".join(draft["doubts"])
    corrected = draft["text"].replace("- 每周清扫", "### 发货组\n\n- 每周清扫")
    again = taken_in(studio_site, batch=sent(studio_site, "摘录.md", corrected.encode()))["report"]["files"][0]
    assert (again["deck"], again["error"]) == (file["deck"], None)
    httpx.delete(f"{studio_site}/api/decks/{file['deck']}")


def test_folders_of_the_server(studio_site: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(LEAVE, encoding="utf-8")
    (tmp_path / "b.exe").touch()
    report = taken_in(studio_site, paths=[str(tmp_path)])["report"]
    assert ([Path(file["path"]).name for file in report["files"]], len(report["skipped"])) == (["a.md"], 1)
    missing = taken_in(studio_site, paths=[str(tmp_path / "没有")])["report"]["files"][0]
    assert "没有" in missing["error"]
    httpx.delete(f"{studio_site}/api/decks/{report['files'][0]['deck']}")


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"paths": []}', b'{"paths": [1]}', b'{"batch": "x"}'])
def test_what_is_no_order_is_refused(studio_site: str, body: bytes) -> None:
    assert httpx.post(f"{studio_site}/api/ingest", content=body).status_code == 400


def test_uploads_are_bounded(studio_site: str) -> None:
    refused = httpx.post(f"{studio_site}/api/uploads", params={"name": "大.md"}, content=bytes(LARGEST_UPLOAD + 1))
    assert (refused.status_code, "50 MB" in refused.json()["error"]) == (413, True)


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/api/uploads"), ("POST", "/api/ingest"), ("DELETE", "/api/decks/x")]
)
def test_other_sites_change_nothing(studio_site: str, method: str, path: str) -> None:
    assert httpx.request(method, studio_site + path, headers={"Origin": "http://evil.invalid"}).status_code == 403


def client_of(home: Home, *, local: bool) -> TestClient:
    app = FastAPI()
    app.add_exception_handler(KejianError, answered_error)
    app.include_router(studio_router(LiveLibrary(home).studio, local=local))
    return TestClient(app)


def test_a_server_open_to_others_can_only_be_looked_at(tmp_path: Path) -> None:
    with Home.open(tmp_path / "home", encoder=encoder) as home:
        client = client_of(home, local=False)
        for method, path in (("POST", "/api/uploads?name=a.md"), ("POST", "/api/ingest"), ("DELETE", "/api/decks/x")):
            refused = client.request(method, path)
            assert (refused.status_code, "不只在本机" in refused.json()["error"]) == (400, True)
        assert "kj-drop" not in client.get("/api/decks?view=zh").json()["html"]


def test_an_empty_library_teaches(tmp_path: Path) -> None:
    with Home.open(tmp_path / "home", encoder=encoder) as home:
        client = client_of(home, local=True)
        for path, said in (
            ("/api/comparables", "还没有能比较的对象"),
            ("/api/structures", "还没有组织结构"),
            ("/api/decks", "资料库还是空的"),
        ):
            assert said in client.get(f"{path}?view=zh").json()["html"]
        assert "kejian ingest" in client.get("/api/inspect?q=x").json()["error"]
