"""Checks that tests of several layers share."""

from __future__ import annotations

from collections.abc import Iterator

from kejian.assistant.answer import Answer, Structure


def assert_sound(answer: Answer) -> None:
    """What holds for every answer: sentences cited, citations verified and numbered, refusals without citations."""
    numbers = [citation.n for citation in answer.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    assert all(citation.verified and citation.quote for citation in answer.citations)
    if answer.kind == "refusal":
        assert answer.refusal is not None
        assert answer.citations == ()
        return
    assert answer.sentences
    assert all(sentence.citations for sentence in answer.sentences)
    assert {n for sentence in answer.sentences for n in sentence.citations} <= set(numbers)
    shown = {n for sentence in answer.sentences for n in sentence.citations} | set(_in_structure(answer.structure))
    assert shown == set(numbers)


def _in_structure(node: Structure | None) -> Iterator[int]:
    if node is not None:
        yield from node.citations
        for child in node.children:
            yield from _in_structure(child)
