"""Judging by a language model: LlamaIndex's evaluators, beside the deterministic figures and never instead of them.

Nothing here is imported unless a model is configured.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from kejian.assistant.evaluation.cases import Case, said_text
from kejian.corpus.errors import SetupError

Complete = Callable[[str], str]  # prompt → what the model says

FAITHFUL = """下面是一段说法和一些材料。只看材料,材料是否支持这段说法?支持回答 YES,不支持回答 NO,只回答这一个词。
材料:
{context_str}
说法:{query_str}
回答:"""
FAITHFUL_MORE = """已有的判断:{existing_answer}
这里还有一些材料:
{context_msg}
材料只要支持这段说法({query_str}),就回答 YES,否则维持已有的判断。只回答 YES 或 NO:"""
RELEVANT = """下面是问题与回答,以及回答所依据的材料。回答切题、并且与材料一致,回答 YES,否则回答 NO,只回答这一个词。
{query_str}
材料:
{context_str}
回答:"""
CORRECT = """请按参考要点给回答打分:1 分是完全不对或答非所问,5 分是说全了要点而且没有说错。
第一行只写分数(1 到 5),第二行用一句话说明理由。
问题:{query}
参考要点:{reference_answer}
回答:{generated_answer}
"""
NAMES = {"faithfulness": "忠于材料", "relevancy": "切题", "correctness": "正确(4 分以上)"}
PASSED_FROM = 4.0
SCORE = re.compile(r"(?:分数)?[:：\s]*([1-4](?:\.\d+)?|5(?:\.0+)?)\s*(?:分|/\s*5)?")


@dataclass(frozen=True, slots=True)
class ModelJudgement:
    """``verdicts`` are (evaluator, id of the question, 1 or 0, or None where the model was not understood)."""

    model: str
    verdicts: tuple[tuple[str, str, float | None], ...]

    @property
    def note(self) -> str:
        return f"由语言模型 {self.model} 评判,仅供参考:不计入门槛,换一个模型或再问一次,结果可能不同。"

    @property
    def rows(self) -> tuple[tuple[str, float | None, int], ...]:
        """(evaluator in Chinese, share passed, number of answers understood)."""
        return tuple(self._rows())

    def _rows(self) -> Iterator[tuple[str, float | None, int]]:
        for name, title in NAMES.items():
            scores = [score for evaluator, _, score in self.verdicts if evaluator == name and score is not None]
            yield title, sum(scores) / len(scores) if scores else None, len(scores)


def judged_by_model(model: str, complete: Complete, cases: Sequence[Case]) -> ModelJudgement:
    """Every answer that is not a refusal, by LlamaIndex's faithfulness, relevancy and correctness evaluators.

    Raises:
        SetupError: the model cannot be reached.
    """
    evaluators = _evaluators(_llm_class()(complete=complete, name=model))
    answered = [case for case in cases if not case.refused]
    verdicts = [verdict for case in answered for verdict in asyncio.run(_verdicts(evaluators, case))]
    return ModelJudgement(model, tuple(verdicts))


async def _verdicts(evaluators: dict[str, Any], case: Case) -> list[tuple[str, str, float | None]]:
    contexts = [citation.quote for citation in case.answer.citations] or [""]
    points = "；".join(point[0] for point in case.gold.points)
    asked = {"query": case.answer.resolved, "response": said_text(case.answer), "contexts": contexts}
    found = []
    for name, evaluator in evaluators.items():
        more = {"reference": points} if name == "correctness" else {}
        result = await evaluator.aevaluate(**asked, **more)
        found.append((name, case.gold.id, None if result.passing is None else float(result.passing)))
    return found


def _evaluators(llm: Any) -> dict[str, Any]:
    from llama_index.core.evaluation import CorrectnessEvaluator, FaithfulnessEvaluator, RelevancyEvaluator
    from llama_index.core.prompts import PromptTemplate

    more = PromptTemplate(FAITHFUL_MORE)
    return {
        "faithfulness": FaithfulnessEvaluator(llm, eval_template=PromptTemplate(FAITHFUL), refine_template=more),
        "relevancy": RelevancyEvaluator(llm, eval_template=PromptTemplate(RELEVANT), refine_template=more),
        "correctness": CorrectnessEvaluator(
            llm, eval_template=PromptTemplate(CORRECT), score_threshold=PASSED_FROM, parser_function=score_and_reason
        ),
    }


def score_and_reason(said: str) -> tuple[float | None, str | None]:
    """The score on the first line that is a number from 1 to 5, and what follows it.

    >>> score_and_reason("5\\n说全了"), score_and_reason("很好")
    ((5.0, '说全了'), (None, '很好'))
    """
    lines = [line.strip() for line in said.strip().split("\n")]
    for at, line in enumerate(lines):
        if found := SCORE.fullmatch(line):
            return float(found[1]), " ".join(lines[at + 1 :])
    return None, said


@cache
def _llm_class() -> Any:
    from llama_index.core.llms import CompletionResponse, CustomLLM, LLMMetadata

    class JudgeModel(CustomLLM):  # type: ignore[misc]  # an untyped library
        """The configured model as LlamaIndex sees one."""

        complete_text: Any
        name: str

        def __init__(self, complete: Complete, name: str) -> None:
            super().__init__(complete_text=complete, name=name)

        @property
        def metadata(self) -> Any:
            return LLMMetadata(context_window=8192, num_output=256, model_name=self.name)

        def complete(self, prompt: str, formatted: bool = False, **_: Any) -> Any:
            return CompletionResponse(text=self.complete_text(prompt))

        def stream_complete(self, prompt: str, formatted: bool = False, **_: Any) -> Any:
            yield self.complete(prompt)

    return JudgeModel


@dataclass(frozen=True, slots=True)
class ChatEndpoint:
    """An OpenAI-compatible endpoint (``…/v1``): one user message in, the answer's text out."""

    url: str
    model: str
    key: str | None = None
    timeout: float = 120.0

    def __call__(self, prompt: str) -> str:
        """Raises ``SetupError`` where the endpoint does not answer as it should."""
        import json
        import urllib.error
        import urllib.request

        body = {"model": self.model, "temperature": 0, "messages": [{"role": "user", "content": prompt}]}
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {self.key}"} if self.key else {})
        address = f"{self.url.rstrip('/')}/chat/completions"
        request = urllib.request.Request(address, json.dumps(body).encode("utf-8"), headers)
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as response:
                return str(json.load(response)["choices"][0]["message"]["content"])
        except urllib.error.HTTPError as error:
            raise SetupError(f"语言模型 {self.model} 拒绝了请求(HTTP {error.code}),请检查地址、名称和密钥") from error
        except (OSError, ValueError, KeyError, IndexError, TypeError) as error:
            reason = error.__class__.__name__
            raise SetupError(f"语言模型 {self.model} 没有正常回答({reason}),请检查 KEJIAN_LLM_URL 和网络") from error
