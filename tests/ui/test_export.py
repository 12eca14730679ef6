"""Conversations as Markdown and Word, in which no text of a deck becomes anything but text."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from ui_samples import HOSTILE, HOSTILE_MARKDOWN, comparing, hostile, listing, refusing, structuring

from kejian.assistant.answer import Answer
from kejian.corpus.errors import UsageError
from kejian.index.records import Turn
from kejian.ui.export import exported
from kejian.ui.export_markdown import escaped
from kejian.ui.html import shown

ALL = [listing(), comparing("比较"), structuring("结构"), refusing("费用"), hostile(HOSTILE)]
TURNS = [Turn(str(n), "c", "2026-11-28T10:00:00", one.question, False, one.to_json()) for n, one in enumerate(ALL)]
PLAIN = {"text", "softbreak", "hardbreak", "html_inline"}  # the line breaks of cells are <br>


def inline_tokens(markdown: str) -> set[str]:
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    return {child.type for token in tokens for child in token.children or ()}


def test_markdown_holds_text_only() -> None:
    markdown = exported(TURNS, "md").decode("utf-8")
    assert inline_tokens(markdown) <= PLAIN
    html = MarkdownIt("commonmark").enable("table").render(markdown)
    assert not re.search(r"<(?!/?(?:h[1-3]|p|ul|li|table|thead|tbody|tr|t[hd]|br)\b)", html)
    assert html.count("<table>") == 2


@given(st.text(st.sampled_from("ab中*_`[](){}<>&!#|~\\+-.=:;/1 \"'$%^@,?"), max_size=40))
def test_escaped_text_reads_as_it_was(text: str) -> None:
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(f"词{escaped(text)}词")
    (inline,) = [token for token in tokens if token.type == "inline"]
    assert "".join(child.content for child in inline.children or ()) == f"词{' '.join(text.split())}词"


@pytest.mark.parametrize("answer", ALL, ids=lambda answer: answer.kind)
def test_every_quotation_is_in_both(answer: Answer) -> None:
    turn = Turn("1", "c", "2026-11-28T10:00:00", answer.question, False, answer.to_json())
    markdown = exported([turn], "md").decode("utf-8")
    word = Document(io.BytesIO(exported([turn], "docx")))
    said = "\n".join(paragraph.text for paragraph in word.paragraphs)
    for citation in answer.citations:
        assert escaped(citation.quote) in markdown
        assert shown(citation.quote) in said
    if answer.matrix:
        assert len(word.tables[0].rows) == len(answer.matrix.rows) + 1


def test_word_links_to_nothing() -> None:
    with zipfile.ZipFile(io.BytesIO(exported(TURNS, "docx"))) as parts:
        relations = b"".join(parts.read(name) for name in parts.namelist() if name.endswith(".rels"))
        body = parts.read("word/document.xml")
    assert b'TargetMode="External"' not in relations
    assert b"w:hyperlink" not in body
    assert b"w:fldSimple" not in body
    assert HOSTILE_MARKDOWN.encode() in body


def test_an_unknown_format_is_named() -> None:
    with pytest.raises(UsageError, match="不能导出为「exe」,可选:md、docx".replace(",", "，").replace(":", "：")):
        exported(TURNS, "exe")
