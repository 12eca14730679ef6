"""One question of a conversation, as the updates a page shows while it is answered."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from kejian.assistant.answer import Answer
from kejian.assistant.limits import MOST_TURNS
from kejian.corpus.errors import KejianError
from kejian.ui.html import Html
from kejian.ui.render import complete, failed, partial, waiting
from kejian.ui.render_body import steps
from kejian.ui.service import Service, checked_question

PACE_SECONDS = 0.05  # between two pieces: the eye follows, and a long answer is still out in half a second
MOST_UPDATES = 10
HEAD_OF_QUESTION = 80  # characters of a refused question that are shown

Turns = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Update:
    """``html`` replaces the turn on the page. ``turns`` are the questions to remember from now on."""

    html: Html
    turns: Turns
    answered: bool = True  # False: the question was not taken and stays in the box


async def converse(service: Service, question: str, turns: Sequence[str]) -> AsyncIterator[Update]:
    """Ask and stream; every error the user can mend becomes a turn of one line."""
    before = tuple(turns)
    turn = secrets.token_hex(6)
    try:
        asked = checked_question(question)
        yield Update(waiting(turn, asked), before)
        answer = await asyncio.to_thread(service.ask, asked, before)
        async for html in _streamed(turn, answer):
            yield Update(html, before)
        finished = await asyncio.to_thread(complete, turn, answer, service.slide)
    except KejianError as error:
        yield Update(failed(turn, _head(question), str(error)), before, answered=False)
    else:
        yield Update(finished, (*before, asked)[-MOST_TURNS:])


async def _streamed(turn: str, answer: Answer) -> AsyncIterator[Html]:
    pieces = steps(answer)
    stride = -(-pieces // MOST_UPDATES) or 1
    for limit in range(1, pieces, stride):
        yield partial(turn, answer, limit)
        await asyncio.sleep(PACE_SECONDS)


def _head(question: str) -> str:
    plain = question.strip()
    return plain if len(plain) <= HEAD_OF_QUESTION else plain[:HEAD_OF_QUESTION] + "…"
