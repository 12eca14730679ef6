"""The server over HTTP, as a process of its own on loopback."""

from __future__ import annotations

import http.client
import signal
import socket
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

import httpx
import jsonschema
import pytest
from conftest import address_of, start_server
from ui_samples import BPR

from kejian.assistant.answer import answer_schema
from kejian.ui.guard import BODY_LIMIT, allowed_hosts

ASK = {"question": "前后端型有哪些优点?"}


def test_health(site: str) -> None:
    assert httpx.get(f"{site}/healthz").json() == {"status": "ok"}


@pytest.mark.parametrize(
    "path", ["/", "/healthz", "/config", "/theme.css", "/static/img/logo.svg", "/api/none", "/favicon.ico"]
)
def test_every_response_carries_the_safety_headers(site: str, path: str) -> None:
    headers = httpx.get(site + path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_an_answer_is_the_object_of_the_contract(site: str) -> None:
    response = httpx.post(f"{site}/api/ask", json=ASK)
    assert response.status_code == 200
    jsonschema.validate(response.json(), answer_schema())
    assert response.json()["citations"][0]["slide"] == 16


def test_earlier_questions_may_be_given(site: str) -> None:
    response = httpx.post(f"{site}/api/ask", json={"question": "那它的缺点呢", "turns": ["前后端型有哪些优点?"]})
    assert response.json()["resolved"] != "那它的缺点呢"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({}, "question"),
        ([], "question"),
        ({"question": 3}, "question"),
        ({"question": " \n"}, "还没有写问题"),
        ({"question": "长" * 501}, "共 501 字，最多 500 字"),
        ({"question": "好", "turns": "前"}, "turns"),
        ({"question": "好", "turns": [1]}, "turns"),
        ({"question": "好", "turns": ["前"] * 21}, "共 21 条，最多 20 条"),
        ({"question": "好", "turns": ["长" * 501]}, "超过 500 字"),
    ],
)
def test_bad_questions_get_one_chinese_line(site: str, content: Any, said: str) -> None:
    response = httpx.post(f"{site}/api/ask", json=content)
    assert response.status_code == 400
    assert said in response.json()["error"]
    assert "\n" not in response.json()["error"]


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"question=x"])
def test_what_is_not_json_is_refused(site: str, body: bytes) -> None:
    response = httpx.post(f"{site}/api/ask", content=body)
    assert response.status_code == 400
    assert "不是 JSON" in response.json()["error"]


def test_a_library_that_cannot_answer_says_why(site: str) -> None:
    response = httpx.post(f"{site}/api/ask", json={"question": "故障"})
    assert response.status_code == 503
    assert "kejian doctor" in response.json()["error"]


def test_large_bodies_are_refused(site: str) -> None:
    response = httpx.post(f"{site}/api/ask", content=b" " * (BODY_LIMIT + 1))
    assert response.status_code == 413
    assert "64 KB" in response.json()["error"]


def test_large_bodies_without_a_length_are_refused(site: str) -> None:
    def chunks() -> Any:
        for _ in range(200):
            yield b" " * 1024

    assert httpx.post(f"{site}/api/ask", content=chunks()).status_code == 413


def test_a_lying_length_is_no_way_in(site: str) -> None:
    connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=10)
    connection.putrequest("POST", "/api/ask")
    connection.putheader("Content-Length", "-5")
    connection.endheaders()
    assert connection.getresponse().status == 400


def test_slides(site: str) -> None:
    slide = httpx.get(f"{site}/api/slides/{BPR.id}/17").json()
    assert (slide["deck"], slide["number"], slide["title"]) == (BPR.id, 17, "建议的本地网组织架构")
    for place in (f"{BPR.id}/99", "none/17", f"{BPR.id}/x", f"{BPR.id}/{'9' * 30}", f"{BPR.id}/１７"):
        missing = httpx.get(f"{site}/api/slides/{place}")
        assert missing.status_code == 404
        assert "没有这一页" in missing.json()["error"]


@pytest.mark.parametrize("host", ["evil.invalid", "evil.invalid:80", "127.0.0.1.evil.invalid", "[::2]", ""])
def test_foreign_names_for_this_machine_are_refused(site: str, host: str) -> None:
    for path in ("/", "/healthz", "/gradio_api/queue/data"):
        assert httpx.get(site + path, headers={"Host": host}).status_code == 421


def test_loopback_names_are_accepted(site: str) -> None:
    port = urlsplit(site).port
    for host in (f"localhost:{port}", f"127.0.0.1:{port}", f"[::1]:{port}", "LOCALHOST"):
        assert httpx.get(f"{site}/healthz", headers={"Host": host}).status_code == 200


def test_requests_from_other_sites_are_refused(site: str) -> None:
    for origin in ("http://evil.invalid", "null", "http://127.0.0.1:1"):
        response = httpx.post(f"{site}/api/ask", json=ASK, headers={"Origin": origin})
        assert response.status_code == 403
    assert httpx.post(f"{site}/api/ask", json=ASK, headers={"Origin": site}).status_code == 200


CLOSED = [
    ("POST", "/gradio_api/upload"),
    ("GET", "/gradio_api/file=/etc/passwd"),
    ("GET", "/gradio_api/file/etc/passwd"),
    ("GET", "/gradio_api/proxy=http://127.0.0.1/"),
    ("POST", "/gradio_api/run/ask"),
    ("POST", "/gradio_api/api/ask"),
    ("POST", "/gradio_api/call/ask"),
    ("POST", "/gradio_api/component_server"),
    ("POST", "/gradio_api/process_recording"),
    ("POST", "/gradio_api/vibe-edit"),
    ("GET", "/gradio_api/runs"),
    ("GET", "/gradio_api/info"),
    ("GET", "/gradio_api/openapi.json"),
    ("GET", "/gradio_api/mcp/"),
    ("GET", "/monitoring"),
    ("POST", "/login"),
    ("GET", "/manifest.json"),
    ("GET", "/docs"),
    ("GET", "/openapi.json"),
]


@pytest.mark.parametrize(("method", "path"), CLOSED)
def test_nothing_of_gradio_is_open_that_the_page_does_not_use(site: str, method: str, path: str) -> None:
    for address in (site, f"{site}/en"):
        assert httpx.request(method, address + path).status_code in (404, 405)


def test_the_page_has_no_public_endpoints(site: str) -> None:
    config = httpx.get(f"{site}/config").json()
    assert {dependency["api_visibility"] for dependency in config["dependencies"]} == {"private"}
    assert config["analytics_enabled"] is False
    assert not config.get("footer_links")


def test_thirty_people_at_once_all_get_their_own_answer(site: str) -> None:
    def one(n: int) -> str:
        answer = httpx.post(f"{site}/api/ask", json={"question": f"第{n}问"}, timeout=20).json()
        return str(answer["question"])

    with ThreadPoolExecutor(30) as people:
        assert list(people.map(one, range(90))) == [f"第{n}问" for n in range(90)]


def test_a_port_in_use_is_named_with_the_remedy() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        _, error = (server := start_server(str(port))).communicate(timeout=60)
    assert server.returncode == 2
    assert error.strip() == f"端口 {port} 已被占用，请用 --port 换一个，例如 --port {port + 1}"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signals_end_it_quietly_even_with_a_page_open(number: signal.Signals) -> None:
    server = start_server()
    site = address_of(server)
    with httpx.stream("GET", f"{site}/gradio_api/heartbeat/abc", timeout=20):
        server.send_signal(number)
        out, error = server.communicate(timeout=20)
    assert (server.returncode, out, error) == (0, "", "")


def test_only_loopback_binds_have_a_list_of_names() -> None:
    assert allowed_hosts("127.0.0.1") == allowed_hosts("::1") == allowed_hosts("localhost")
    assert allowed_hosts("0.0.0.0") is None
    assert allowed_hosts("training.example") is None
