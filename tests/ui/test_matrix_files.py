"""A comparison as a workbook and as a picture: everything is text, nothing a formula, nothing markup."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from ui_samples import HOSTILE, HOSTILE_MARKDOWN, HOSTILE_NAME, TYPES, comparing, hostile

from kejian.assistant.answer import Answer, Cell, Citation, Matrix, Row
from kejian.ui.formulas import harmless
from kejian.ui.html import shown
from kejian.ui.matrix_svg import matrix_svg
from kejian.ui.matrix_xlsx import matrix_xlsx
from kejian.ui.standalone import svg_file

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BEFORE = ("", " ", "\u3000", "\ufeff")
PAYLOADS = [f"{before}{start}cmd|' /C calc'!A1" for start in STARTS for before in BEFORE]
PAYLOADS += ['=HYPERLINK("http://evil.invalid","x")', "=1+1", "{=1+1}", "\x00=1+1", HOSTILE, HOSTILE_NAME]


def answer_of(texts: list[str]) -> Answer:
    """Every text as a subject, an aspect, a cell and a quotation."""
    rows = tuple(Row(text, tuple(Cell(text, (1,)) for _ in texts)) for text in texts)
    cited = Citation(1, "d", texts[0], 3, texts[0], texts[0], 0, 1, True)
    return Answer("q", "q", "compare", "", (), (cited,), matrix=Matrix(tuple(texts), rows))


def test_the_workbook_holds_matrix_and_sources() -> None:
    answer = comparing("比较三种组织模式")
    book = openpyxl.load_workbook(BytesIO(matrix_xlsx(answer)))
    table, sources = book["对比"], book["出处"]
    assert [cell.value for cell in table[1]] == ["方面", *TYPES]
    assert table["B2"].value.split("\n") == [f"{text}[{n}]" for n, text in enumerate(TYPES["前后端型"][0], 1)]
    assert table["B4"].value == "材料未提及"
    assert [sources.cell(n + 1, 5).value for n in (1, 2)] == [answer.citations[0].quote, answer.citations[1].quote]
    assert sources["C2"].value == "16"


@pytest.mark.parametrize("text", PAYLOADS)
def test_no_text_is_a_formula(text: str) -> None:
    book = openpyxl.load_workbook(BytesIO(matrix_xlsx(answer_of([text, "乙"]))))
    cells = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    dangerous = tuple(start for start in STARTS if not start.isspace())
    assert not any(str(cell.value).lstrip().startswith(dangerous) for cell in cells)
    assert harmless(text).removeprefix("'") == shown(text)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_spreadsheet_program_finds_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "m.xlsx"
    path.write_bytes(matrix_xlsx(answer_of(PAYLOADS[:12])))
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "fods"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(path)], check=True, capture_output=True, timeout=120)
    assert "table:formula" not in (tmp_path / "m.fods").read_text("utf-8")


def test_long_texts_fit_into_a_cell() -> None:
    book = openpyxl.load_workbook(BytesIO(matrix_xlsx(answer_of(["长" * 40_000, "乙"]))))
    assert len(book["对比"]["A2"].value) == 32_767


def test_the_picture_is_well_formed_and_says_everything() -> None:
    answer = comparing("比较三种组织模式")
    root = ElementTree.fromstring(svg_file(matrix_svg(answer)).encode())
    said = "".join(root.itertext())
    for citation in answer.citations:
        assert f"[{citation.n}]" in said
        assert citation.quote[:8] in said
    assert "材料未提及" in said
    width, height = float(root.get("width", 0)), float(root.get("height", 0))
    texts = [one for one in root.iter() if one.tag.endswith("text")]
    assert all(0 < float(one.get("x", 0)) < width and 0 < float(one.get("y", 0)) < height for one in texts)


def test_hostile_text_is_text_in_the_picture() -> None:
    root = ElementTree.fromstring(svg_file(matrix_svg(hostile("恶意"))).encode())
    kinds = {one.tag.rpartition("}")[2] for one in root.iter()}
    assert kinds <= {"svg", "style", "text", "rect"}
    assert HOSTILE_MARKDOWN[:8] in "".join(root.itertext())
