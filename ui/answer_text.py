"""An answer as plain text with its sources: on the terminal, and what the page copies."""

from __future__ import annotations

from collections.abc import Iterator

from kejian.assistant.answer import Answer


def answer_text(answer: Answer) -> str:
    """The answer, what the question was taken to mean where that differs, and the sources."""
    parts = [answer.answer]
    if answer.resolved and answer.resolved != answer.question:
        parts.insert(0, f"理解为:{answer.resolved}")
    if answer.refusal and answer.refusal.reason == "ambiguous" and answer.suggestions:
        parts.append("可以这样问:\n" + "\n".join(f"- {question}" for question in answer.suggestions))
    if answer.citations:
        parts.append("来源:\n" + "\n".join(_sources(answer)))
    elif answer.refusal and answer.refusal.nearest:
        parts.append("最接近的内容:\n" + "\n".join(_nearest(answer)))
    return "\n\n".join(parts)


def _sources(answer: Answer) -> Iterator[str]:
    for citation in answer.citations:
        quote = " ".join(citation.quote.split())
        said = f"[{citation.n}] 《{citation.deck_title}》第 {citation.slide} 页 {citation.title}:「{quote}」"
        certain = citation.confidence
        yield said if certain is None else f"{said}(识别自图片,置信度 {certain:.2f},请对照原图)"


def _nearest(answer: Answer) -> Iterator[str]:
    for near in answer.refusal.nearest if answer.refusal else ():
        yield f"- 《{near.deck_title or near.deck}》第 {near.slide} 页 {near.title}".rstrip()
