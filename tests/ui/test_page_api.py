"""What the page's script asks for, over HTTP."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from ui_samples import BPR, TYPES

from kejian.ui.visitors import COOKIE, visitor_of

QUOTE = TYPES["前后端型"][0][0]
VIEW = f"/api/slides/{BPR.id}/16/view"


def cited(quote: str, start: int) -> dict[str, Any]:
    return {"citations": [{"n": 1, "quote": quote, "start": start, "end": start + len(quote)}]}


def test_a_slide_is_drawn_with_what_is_cited(site: str) -> None:
    start = BPR.slides[0].source.index(QUOTE)
    html = httpx.post(site + VIEW, json=cited(QUOTE, start)).json()["html"]
    assert f'<mark data-cites="1">{QUOTE}</mark>' in html
    assert "改过" not in html
    assert "改过" in httpx.post(site + VIEW, json=cited(QUOTE, start + 1)).json()["html"]
    assert "Next" in httpx.post(f"{site}{VIEW}?lang=en", json={}).json()["html"]


def test_a_slide_that_is_gone_is_said_to_be(site: str) -> None:
    html = httpx.post(f"{site}/api/slides/none/99/view", json=cited("<b>原句</b>", 0)).json()["html"]
    assert "已不在资料库中" in html
    assert "&lt;b&gt;原句" in html


@pytest.mark.parametrize(
    ("path", "content", "said"),
    [
        (VIEW, [], "请求应为"),
        (VIEW, {"citations": [{"n": "1"}]}, "请求应为"),
        (VIEW, {"citations": {}}, "请求应为"),
        ("/api/slides/x/１６/view", {}, "页码应为数字"),
        ("/api/feedback", {"turn": "x", "helpful": "no"}, "请求应为"),
        ("/api/feedback", {"turn": "x", "helpful": True}, "找不到这条回答"),
        ("/api/feedback", {"turn": "x", "helpful": False, "reasons": ["不好看"]}, "不认识的理由"),
    ],
)
def test_wrong_requests_get_one_line(site: str, path: str, content: Any, said: str) -> None:
    answer = httpx.post(site + path, json=content)
    assert answer.status_code == 400
    assert said in answer.json()["error"]


def test_a_conversation_of_nobody_can_be_neither_saved_nor_deleted(site: str) -> None:
    for answer in (
        httpx.get(f"{site}/api/conversations/abc/export"),
        httpx.delete(f"{site}/api/conversations/abc"),
    ):
        assert (answer.status_code, "没有编号为「abc」的对话" in answer.json()["error"]) == (400, True)
    assert httpx.get(f"{site}/api/conversations").json() == {"conversations": []}


def test_the_page_gives_a_number_that_scripts_and_other_sites_cannot_have(site: str) -> None:
    given = httpx.get(f"{site}/").headers["set-cookie"]
    assert "HttpOnly" in given
    assert "SameSite=Strict" in given
    number = visitor_of({COOKIE: given.split(";")[0].split("=")[1]})
    assert number
    assert "set-cookie" not in httpx.get(f"{site}/", headers={"Cookie": f"{COOKIE}={number}"}).headers
    assert visitor_of({COOKIE: "../../etc"}) == ""
