"""One question of a conversation, as the updates a page shows while it is answered."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

from kejian.assistant.answer import Answer
from kejian.assistant.limits import MOST_TURNS
from kejian.corpus.errors import KejianError
from kejian.index.records import Place, new_id
from kejian.ui.html import Html
from kejian.ui.render import again, complete, failed, finished, partial, waiting
from kejian.ui.render_body import Body
from kejian.ui.service import Service, checked_question
from kejian.ui.texts import Say

PACE_SECONDS = 0.05  # between two pieces: the eye follows, and a long answer is still out in a third of a second
MOST_UPDATES = 4  # each costs the queue a few milliseconds of everybody's time
HEAD_OF_QUESTION = 80  # characters of a refused question that are shown


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation as a window holds it: whose it is, where it is kept, the questions that the next may refer to."""

    visitor: str = ""
    id: str = ""
    turns: tuple[str, ...] = ()

    def after(self, question: str, literal: bool) -> Talk:
        """The conversation with one more question; one that was asked literally refers to nothing before it."""
        before = () if literal else self.turns
        return replace(self, turns=(*before, question)[-MOST_TURNS:])


@dataclass(frozen=True, slots=True)
class Update:
    """``html`` takes its place on the page; ``talk`` is the conversation from now on."""

    html: Html
    talk: Talk


async def converse(
    service: Service, say: Say, talk: Talk, question: str, literal: bool = False
) -> AsyncIterator[Update]:
    """Ask and stream; every error the user can mend becomes a turn of one line.

    ``literal`` takes the question as it stands, without what was asked before.
    """
    place = Place(talk.visitor, talk.id or new_id(), new_id(), literal)
    try:
        asked = checked_question(question)
        yield Update(waiting(place.turn, asked, say), talk)
        answer, body = await asyncio.to_thread(_answered, service, say, asked, () if literal else talk.turns, place)
        async for html in _streamed(place.turn, answer, body, say):
            yield Update(html, talk)
    except KejianError as error:
        yield Update(failed(place.turn, _head(question), str(error)), talk)
    else:
        kept = place.conversation if _keeps(service, talk) else ""
        html = complete(place.turn, answer, body.html(), say, kept)
        yield Update(html, replace(talk.after(asked, literal), id=kept))


def reopened(service: Service, say: Say, visitor: str, conversation: str) -> Update:
    """A kept conversation as it was; the next question goes on from it.

    Raises:
        KejianError: there is no such conversation of this visitor.
    """
    talk = Talk(visitor, conversation)
    shown = []
    for turn in service.records.turns(conversation, visitor) if service.records else ():
        answer = Answer.from_json(turn.answer)
        shown.append(finished(turn.id, answer, say, conversation, turn.helpful))
        talk = talk.after(turn.question, turn.literal)
    return Update(again(shown), talk)


def _keeps(service: Service, talk: Talk) -> bool:
    return service.records is not None and bool(talk.visitor)


def _answered(service: Service, say: Say, question: str, turns: tuple[str, ...], place: Place) -> tuple[Answer, Body]:
    answer = service.ask(question, turns, place if place.visitor else None)
    body = Body(answer, say)
    body.html()  # every piece is made here, beside the loop that serves everybody
    return answer, body


async def _streamed(turn: str, answer: Answer, body: Body, say: Say) -> AsyncIterator[Html]:
    stride = -(-body.steps // MOST_UPDATES) or 1
    for limit in range(1, body.steps, stride):
        yield partial(turn, answer, body.html(limit), say)
        await asyncio.sleep(PACE_SECONDS)


def _head(question: str) -> str:
    plain = question.strip()
    return plain if len(plain) <= HEAD_OF_QUESTION else plain[:HEAD_OF_QUESTION] + "…"
