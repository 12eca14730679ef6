"""The tables of what people did with the library: conversations, their turns, and what was thought of the answers.

They stand in the same database as the decks, but depend on none of their tables: a conversation outlives its deck.
"""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Integer, MetaData, String, Table, Text

RECORDS = MetaData()
KEY = 64  # characters of an id

CONVERSATIONS = Table(
    "conversations",
    RECORDS,
    Column("id", String(KEY), primary_key=True),
    Column("visitor", String(KEY), nullable=False, index=True),  # whose it is; nobody else is shown it
    Column("title", Text, nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("changed_at", String(32), nullable=False, index=True),
)
TURNS = Table(
    "turns",
    RECORDS,
    Column("id", String(KEY), primary_key=True),
    Column("conversation", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("ordinal", Integer, nullable=False),
    Column("asked_at", String(32), nullable=False),
    Column("question", Text, nullable=False),
    Column("literal", Boolean, nullable=False),  # asked as it stands, without what was asked before
    Column("said", Text, nullable=False),  # what is searched: question and answer
    Column("answer", JSON, nullable=False),
)
FEEDBACK = Table(
    "feedback",
    RECORDS,
    Column("turn", String(KEY), primary_key=True),  # stays when the conversation goes
    Column("visitor", String(KEY), nullable=False),
    Column("given_at", String(32), nullable=False, index=True),
    Column("helpful", Boolean, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("comment", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("resolved", Text, nullable=False),
    Column("answer", JSON, nullable=False),
)
