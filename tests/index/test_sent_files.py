"""Files that were sent are known by the name they were sent under, whatever becomes of the file itself."""

from __future__ import annotations

from pathlib import Path

from deck_texts import TRAVEL

from kejian.ingest.extract import DRAFT_ADVICE


def sent(home, folder, name, text):
    """Ingest a file as it would be after an upload: somewhere, and gone afterwards."""
    folder.mkdir()
    path = folder / name
    path.write_text(text, encoding="utf-8")
    (report,) = home.ingest([path], sent_as={path: name}).files
    path.unlink()
    return report


def test_the_library_and_the_report_know_the_name_only(home, tmp_path):
    report = sent(home, tmp_path / "one", "差旅.md", TRAVEL)
    assert (report.path, report.error, report.added) == ("差旅.md", None, 2)
    assert [deck.path for deck in home.decks()] == ["上传:差旅.md"]


def test_the_same_file_again_changes_nothing_and_a_new_version_only_what_differs(home, tmp_path):
    first = sent(home, tmp_path / "one", "差旅.md", TRAVEL)
    again = sent(home, tmp_path / "two", "差旅.md", TRAVEL)
    assert (again.deck, again.added, again.unchanged, again.warnings) == (first.deck, 0, 2, ())
    changed = sent(home, tmp_path / "three", "差旅.md", TRAVEL + "\n- 新规定:先申请再出发\n")
    assert (changed.deck, changed.added, changed.unchanged, changed.removed) == (first.deck, 1, 1, 1)
    assert any("作为它的新版本收入" in said for said in changed.warnings)
    assert len(home.decks()) == 1


def test_a_refused_file_is_called_by_its_name(home, tmp_path):
    report = sent(home, tmp_path / "one", "坏.pptx", "no zip")
    assert report.path == "坏.pptx"
    assert "坏.pptx" in report.error
    assert str(tmp_path) not in report.error


def test_progress_calls_it_by_its_name(home, tmp_path):
    path = tmp_path / "x.md"
    path.write_text(TRAVEL, encoding="utf-8")
    seen = []
    home.ingest([path], seen.append, {path: "差旅.md"})
    assert {progress.name for progress in seen if progress.stage == "read"} == {"差旅.md"}


def test_a_draft_of_an_extract_can_be_had(home, tmp_path):
    extract = Path(tmp_path / "摘录.txt")
    rows = "21 仓库的职责 仓库 • 每天盘点冷柜里的原料并登记差异 • 入库的时候核对批号和保质期 收货组 • 每周清扫货架"
    extract.write_text(rows + " 22 门店的职责 • 早上六点以前完成补货 • 收银员交接的时候清点备用金", encoding="utf-8")
    (report,) = home.ingest([extract]).files
    text, _ = home.draft(extract)
    assert DRAFT_ADVICE in report.warnings
    assert "corrects:" in text
    assert "- 每天盘点冷柜里的原料并登记差异" in text
