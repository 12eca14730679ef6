import io
import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest

from kejian.corpus.build_decks import build, main


def parts(content: bytes) -> dict[str, bytes]:
    """The parts of a .pptx; how they are compressed may differ from one zlib to another."""
    with ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_committed_files_are_what_the_source_gives_every_time(source: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(source, tmp_path))
    text, slides = build(copy)
    assert text.read_bytes() == source.with_suffix(".md").read_bytes(), "运行 make decks"
    assert parts(slides.read_bytes()) == parts(source.with_suffix(".pptx").read_bytes()), "运行 make decks"
    first = slides.read_bytes()
    build(copy)
    assert slides.read_bytes() == first


def test_no_time_stands_in_the_file(source: Path) -> None:
    with ZipFile(source.with_suffix(".pptx")) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_faulty_source_is_one_line_on_standard_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    faulty = tmp_path / "faulty.yaml"
    faulty.write_text("title: 甲", encoding="utf-8")
    assert main([str(faulty)]) == 2
    assert capsys.readouterr().err == f"课件源文件 {faulty}:文件缺少 slides\n"


def test_sources_named_on_the_command_line_are_built(tmp_path: Path) -> None:
    source = tmp_path / "small.yaml"
    source.write_text("title: 甲\nslides: [{number: 1, title: 乙, body: [text: 丙]}]", encoding="utf-8")
    assert main([str(source)]) == 0
    assert source.with_suffix(".md").read_text(encoding="utf-8").endswith("## 乙\n\n丙\n")
    assert source.with_suffix(".pptx").exists()
