"""LlamaIndex's evaluators over a model on loopback: reported beside the figures, and only where one is configured."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from hand_made import report_of

from kejian.assistant.evaluation import model_judge
from kejian.assistant.evaluation.model_judge import ChatEndpoint, judged_by_model, score_and_reason
from kejian.corpus.errors import SetupError


class Model(BaseHTTPRequestHandler):
    """An OpenAI-compatible model that finds everything faithful, relevant where 甲型 is said, and worth 4."""

    seen: list[dict[str, object]] = []  # noqa: RUF012 - one server at a time
    status = 200

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        Model.seen.append({"path": self.path, "key": self.headers["Authorization"], **body})
        prompt = body["messages"][0]["content"]
        said = "4\n说全了" if "打分" in prompt else ("NO" if "切题" in prompt and "甲型" not in prompt else "YES")
        answer = json.dumps({"choices": [{"message": {"content": said}}]}).encode("utf-8")
        self.send_response(Model.status)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on standard error."""


@contextmanager
def served(status: int = 200) -> Iterator[str]:
    Model.seen.clear()
    Model.status = status
    server = ThreadingHTTPServer(("127.0.0.1", 0), Model)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_answers_are_judged_beside_the_figures() -> None:
    report = report_of()
    with served() as url:
        found = judged_by_model("m", ChatEndpoint(url, "m", "secret"), report.cases)
    # q4, q5 and q6 are refusals; of the others only q2 speaks of 甲型
    assert found.rows == (("忠于材料", 1.0, 3), ("切题", 1 / 3, 3), ("正确(4 分以上)", 1.0, 3))
    assert {(call["path"], call["key"], call["model"]) for call in Model.seen} == {
        ("/v1/chat/completions", "Bearer secret", "m")
    }
    prompts = [call["messages"][0]["content"] for call in Model.seen]  # type: ignore[index]
    assert any("决策快；规模大" in prompt for prompt in prompts)
    assert "仅供参考" in found.note


def test_an_endpoint_that_does_not_answer_is_named() -> None:
    with served(status=401) as url, pytest.raises(SetupError, match="HTTP 401"):
        ChatEndpoint(url, "m")("?")
    with pytest.raises(SetupError, match="KEJIAN_LLM_URL"):
        ChatEndpoint("http://127.0.0.1:9/v1", "m", timeout=2)("?")


@pytest.mark.parametrize(
    ("said", "score"), [("4", 4.0), ("分数:4.5\n好", 4.5), ("4/5", 4.0), ("10", None), ("好", None), ("", None)]
)
def test_scores_are_read(said: str, score: float | None) -> None:
    assert score_and_reason(said)[0] == score


def test_nothing_is_imported_without_a_model() -> None:
    code = f"import sys, {model_judge.__name__}; sys.exit('llama_index' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
