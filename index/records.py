"""Conversations and feedback in the library database: kept, searched, deleted."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, delete, func, insert, select, update

from kejian.corpus.errors import UsageError
from kejian.index.library import Library
from kejian.index.record_tables import CONVERSATIONS, FEEDBACK, RECORDS, TURNS
from kejian.index.tables import TRACES, forget_deleted

REASONS = ("不准确", "过时", "引用错误", "不完整", "其他")
LONGEST_COMMENT = 500  # characters
TITLE = 60
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Conversation:
    """``turns`` is how many questions were asked; times are UTC, ISO 8601."""

    id: str
    visitor: str
    title: str
    created_at: str
    changed_at: str
    turns: int


@dataclass(frozen=True, slots=True)
class Turn:
    """``literal``: asked as it stands, without what was asked before it. ``answer`` is the Answer object.

    ``helpful`` is what the visitor said of it; None where nothing was said.
    """

    id: str
    conversation: str
    asked_at: str
    question: str
    literal: bool
    answer: Record
    helpful: bool | None = None


@dataclass(frozen=True, slots=True)
class Feedback:
    """What somebody thought of an answer, with the answer as it was."""

    turn: str
    given_at: str
    helpful: bool
    reasons: tuple[str, ...]
    comment: str
    question: str
    resolved: str
    answer: Record


@dataclass(frozen=True, slots=True)
class Place:
    """Where a turn is kept: the visitor's conversation, which begins with it where there is none of that id."""

    visitor: str
    conversation: str
    turn: str
    literal: bool = False


class Records:
    """What people did with one library. Every method is one transaction; threads may share it."""

    def __init__(self, library: Library) -> None:
        self._library = library
        with library.reading() as connection:
            lacking = any(not connection.dialect.has_table(connection, table.name) for table in RECORDS.sorted_tables)
        if lacking:
            with library.write() as connection:
                RECORDS.create_all(connection)

    def keep(self, place: Place, question: str, answer: Record, trace: Record | None = None) -> None:
        """Keep an answered question, and the trace of its answer.

        Raises:
            UsageError: the conversation is another visitor's.
        """
        now = _now()
        with self._library.write() as connection:
            _begin(connection, place, question, now)
            last = connection.scalar(
                select(func.max(TURNS.c.ordinal)).where(TURNS.c.conversation == place.conversation)
            )
            connection.execute(
                insert(TURNS).values(
                    id=place.turn,
                    conversation=place.conversation,
                    ordinal=(last or 0) + 1,
                    asked_at=now,
                    question=_storable(question),
                    literal=place.literal,
                    said=_storable(f"{question}\n{answer['resolved']}\n{answer['answer']}"),
                    answer=answer,
                )
            )
            if trace is not None:
                connection.execute(delete(TRACES).where(TRACES.c.id == trace["id"]))
                connection.execute(insert(TRACES).values(id=trace["id"], record=trace))

    def conversations(self, visitor: str | None = None, words: str = "", most: int = 200) -> tuple[Conversation, ...]:
        """The newest first; of one visitor or of all, and only those that hold every one of ``words``."""
        conditions = [CONVERSATIONS.c.visitor == visitor] if visitor is not None else []
        for word in words.split():
            holding = select(TURNS.c.conversation).where(TURNS.c.said.contains(_storable(word), autoescape=True))
            conditions.append(CONVERSATIONS.c.id.in_(holding))
        with self._library.reading() as connection:
            return _listed(connection, conditions, most)

    def turns(self, conversation: str, visitor: str | None = None) -> tuple[Turn, ...]:
        """The turns of a conversation, oldest first.

        Raises:
            UsageError: there is no such conversation, or it is another visitor's.
        """
        with self._library.reading() as connection:
            _check(connection, conversation, visitor)
            judged = TURNS.outerjoin(FEEDBACK, FEEDBACK.c.turn == TURNS.c.id)
            columns = (TURNS.c[name] for name in ("id", "conversation", "asked_at", "question", "literal", "answer"))
            query = select(*columns, FEEDBACK.c.helpful).select_from(judged)
            ordered = query.where(TURNS.c.conversation == conversation).order_by(TURNS.c.ordinal)
            return tuple(Turn(**row._mapping) for row in connection.execute(ordered))

    def forget(self, conversation: str, visitor: str | None = None) -> None:
        """Delete a conversation. Feedback that was given in it stays.

        Raises:
            UsageError: there is no such conversation, or it is another visitor's.
        """
        with self._library.write() as connection:
            _check(connection, conversation, visitor)
            connection.execute(delete(TURNS).where(TURNS.c.conversation == conversation))
            connection.execute(delete(CONVERSATIONS).where(CONVERSATIONS.c.id == conversation))
        forget_deleted(self._library.engine)

    def give(self, visitor: str, turn: str, helpful: bool, reasons: Iterable[str] = (), comment: str = "") -> None:
        """Keep what a visitor thinks of an answer; a second opinion takes the place of the first.

        Raises:
            UsageError: it is no answer given to this visitor, a reason is unknown, or the comment is too long.
        """
        chosen = _checked_reasons(reasons)
        if len(comment) > LONGEST_COMMENT:
            raise UsageError(f"说明太长：共 {len(comment)} 字，最多 {LONGEST_COMMENT} 字，请精简")
        with self._library.write() as connection:
            row = connection.execute(_answered(visitor, turn)).first()
            if row is None:
                raise UsageError("找不到这条回答：对话可能已经删除，请刷新页面后再试")
            connection.execute(delete(FEEDBACK).where(FEEDBACK.c.turn == turn))
            said = {"question": row.question, "resolved": row.answer["resolved"], "answer": row.answer}
            connection.execute(
                insert(FEEDBACK).values(
                    turn=turn,
                    visitor=visitor,
                    given_at=_now(),
                    helpful=helpful,
                    reasons=chosen,
                    comment=_storable(comment.strip()),
                    **said,
                )
            )

    def feedback(self, helpful: bool | None = None) -> tuple[Feedback, ...]:
        """What was thought of the answers, the newest first; all of it, or only praise, or only complaints."""
        query = select(FEEDBACK).order_by(FEEDBACK.c.given_at.desc(), FEEDBACK.c.turn)
        if helpful is not None:
            query = query.where(FEEDBACK.c.helpful == helpful)
        with self._library.reading() as connection:
            return tuple(
                Feedback(
                    row.turn,
                    row.given_at,
                    row.helpful,
                    tuple(row.reasons),
                    row.comment,
                    row.question,
                    row.resolved,
                    row.answer,
                )
                for row in connection.execute(query)
            )


def new_id() -> str:
    """An id that nobody can guess, for a conversation or a turn."""
    return secrets.token_hex(12)


def _begin(connection: Connection, place: Place, question: str, now: str) -> None:
    """Make the conversation where there is none, and note that it changed."""
    known = connection.scalar(select(CONVERSATIONS.c.visitor).where(CONVERSATIONS.c.id == place.conversation))
    if known is None:
        title = " ".join(_storable(question).split())[:TITLE]
        values = {"id": place.conversation, "visitor": place.visitor, "title": title}
        connection.execute(insert(CONVERSATIONS).values(**values, created_at=now, changed_at=now))
    elif known != place.visitor:
        raise _no_conversation(place.conversation)
    else:
        connection.execute(update(CONVERSATIONS).where(CONVERSATIONS.c.id == place.conversation).values(changed_at=now))


def _listed(connection: Connection, conditions: list[ColumnElement[bool]], most: int) -> tuple[Conversation, ...]:
    counted = select(func.count()).where(TURNS.c.conversation == CONVERSATIONS.c.id).scalar_subquery()
    query = select(CONVERSATIONS, counted.label("turns")).where(*conditions).limit(most)
    order = (CONVERSATIONS.c.changed_at.desc(), CONVERSATIONS.c.id)
    return tuple(Conversation(**row._mapping) for row in connection.execute(query.order_by(*order)))


def _check(connection: Connection, conversation: str, visitor: str | None) -> None:
    owner = connection.scalar(select(CONVERSATIONS.c.visitor).where(CONVERSATIONS.c.id == conversation))
    if owner is None or visitor not in (None, owner):
        raise _no_conversation(conversation)


def _no_conversation(conversation: str) -> UsageError:
    return UsageError(f"没有编号为「{conversation}」的对话，可能已经删除")


def _answered(visitor: str, turn: str) -> Select[Any]:
    return (
        select(TURNS.c.question, TURNS.c.answer)
        .join(CONVERSATIONS)
        .where(TURNS.c.id == turn, CONVERSATIONS.c.visitor == visitor)
    )


def _checked_reasons(reasons: Iterable[str]) -> list[str]:
    given = list(dict.fromkeys(reasons))
    unknown = [reason for reason in given if reason not in REASONS]
    if unknown:
        raise UsageError(f"不认识的理由「{unknown[0]}」，可选：{'、'.join(REASONS)}")
    return given


def _storable(text: str) -> str:
    """Text as any database takes it: PostgreSQL refuses NUL."""
    return text.replace("\x00", "\ufffd")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
