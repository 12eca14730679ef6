import os
import resource
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from deck_texts import TRAVEL
from fake_encoder import HashingEncoder

from kejian.corpus.errors import SetupError, UsageError
from kejian.index.home import Home
from kejian.index.lock import owner_lock
from kejian.index.report import Progress


def texts(home, query="负责", k=10):
    return [hit.text for hit in home.snapshot().search.search(query, k)]


def test_an_empty_home(home):
    snapshot = home.snapshot()
    assert (snapshot.decks, snapshot.search, home.decks()) == ((), None, ())
    assert home.snapshot() is snapshot


def test_ingest_reports_and_finds(home, files):
    report = home.ingest([files])
    assert [(Path(file.path).name, file.title, file.slides, file.added) for file in report.files] == [
        ("departments.md", "部门职责", 2, 2),
        ("travel.md", "差旅制度", 2, 2),
    ]
    assert all(file.error is None and file.passages and file.blocks for file in report.files)
    assert [deck.title for deck in home.decks()] == ["部门职责", "差旅制度"]
    assert "付款" in texts(home, "谁负责付款")[0]
    assert home.snapshot().decks[0].slides[0].number == 3


def test_same_files_again_change_nothing(home, files, encoder):
    home.ingest([files])
    before, embedded = home.snapshot(), len(encoder.embedded)
    again = home.ingest([files])
    assert [(file.added, file.unchanged, file.removed) for file in again.files] == [(0, 2, 0), (0, 2, 0)]
    assert home.snapshot() is before
    assert len(encoder.embedded) == embedded


def test_only_what_is_new_is_embedded(home, files, encoder):
    home.ingest([files])
    encoder.embedded.clear()
    path = files / "travel.md"
    path.write_text(path.read_text("utf-8").replace("部门负责人", "总经理"), encoding="utf-8")
    (report, *_) = home.ingest([path]).files
    assert (report.added, report.unchanged, report.removed) == (1, 1, 1)
    assert encoder.embedded == ["审批:出差由总经理审批", "差旅制度 / 审批\n出差由总经理审批"]  # the fact, the passage
    assert "总经理" in "".join(texts(home, "出差由谁审批"))
    assert not any("部门负责人" in text for text in texts(home, "出差由谁审批"))


def test_a_renamed_file_is_the_same_deck(home, files, encoder):
    home.ingest([files])
    before, embedded = home.decks(), len(encoder.embedded)
    (files / "travel.md").rename(files / "rules.md")
    home.ingest([files])
    assert [deck.id for deck in home.decks()] == [deck.id for deck in before]
    assert home.decks()[1].path.endswith("rules.md")
    assert len(encoder.embedded) == embedded


def test_a_renamed_file_named_by_its_file_is_not_read_anew(home, files, encoder):
    (files / "通知.md").write_text("## 其一\n\n周一停电\n\n## 其二\n\n周二停水\n", encoding="utf-8")
    home.ingest([files])
    before, embedded = home.snapshot(), len(encoder.embedded)
    (files / "通知.md").rename(files / "旧通知.md")
    (report, *_) = home.ingest([files / "旧通知.md"]).files
    assert (report.added, report.unchanged, report.removed) == (0, report.slides, 0)
    assert home.snapshot() is before
    assert len(encoder.embedded) == embedded


def test_bad_files_stop_no_other(home, files):
    (files / "broken.pptx").write_bytes(b"no presentation")
    (files / "sheet.key").write_bytes(b"")
    (files / ".hidden.md").write_text("# 不要", encoding="utf-8")
    (files / "~$travel.md").write_text("# 不要", encoding="utf-8")
    report = home.ingest([files, files / "missing.md", files / "sheet.key"])
    assert [Path(file.path).name for file in report.refused] == ["broken.pptx", "missing.md", "sheet.key"]
    assert all(Path(file.path).name in file.error for file in report.refused)
    assert [Path(name).name for name in report.skipped] == ["sheet.key"]
    assert [deck.title for deck in home.decks()] == ["部门职责", "差旅制度"]


def test_progress_is_told(home, files):
    seen = []
    home.ingest([files], seen.append)
    assert [step for step in seen if step.stage == "read"] == [
        Progress("read", 1, 2, str(files / "departments.md")),
        Progress("read", 2, 2, str(files / "travel.md")),
    ]
    assert {step.stage for step in seen} == {"read", "embed", "index"}


@pytest.mark.parametrize("called", ["差旅制度", None])
def test_remove(home, files, called):
    home.ingest([files])
    deck = home.decks()[1]
    assert home.remove(called or deck.id) == deck
    assert [deck.title for deck in home.snapshot().decks] == ["部门职责"]
    assert not any("住宿" in text for text in texts(home, "住宿费"))


def test_what_was_removed_is_in_no_file(home, files):
    home.ingest([files])
    home.snapshot()
    home.remove("差旅制度")
    home.close()
    canary = "住宿费每晚".encode()
    escaped = "住宿费每晚".encode("ascii", "backslashreplace")
    for path in home.path.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert canary not in content, path
        assert escaped not in content, path


def test_remove_the_last(home, files):
    home.ingest([files / "travel.md"])
    home.remove("差旅制度")
    assert home.snapshot().search is None
    home.ingest([files / "travel.md"])
    assert texts(home, "住宿")


def test_remove_needs_one_deck(home, files):
    (files / "more").mkdir()
    (files / "more" / "travel.md").write_text(TRAVEL.replace("五百", "六百"), encoding="utf-8")
    home.ingest([files])
    with pytest.raises(UsageError, match="没有「考勤」"):
        home.remove("考勤")
    with pytest.raises(UsageError, match="2 份课件都叫「差旅制度」"):
        home.remove("差旅制度")


def test_another_process_is_noticed(home, open_home, files):
    home.ingest([files / "departments.md"])
    reader = open_home()
    before = reader.snapshot()
    home.ingest([files / "travel.md"])
    after = reader.snapshot()
    assert (len(before.decks), len(after.decks)) == (1, 2)
    assert before.search.search("付款")  # an answer under way finishes on the old one


def test_another_model_is_refused_until_ingested_with(home, open_home, files):
    home.ingest([files])
    other = HashingEncoder("another", dimension=32)
    changed = open_home(encoder=lambda: other)
    with pytest.raises(SetupError, match="KEJIAN_EMBEDDING_MODEL"):
        texts(changed)
    changed.ingest([files / "travel.md"])
    assert texts(changed, "谁负责付款")
    assert changed.snapshot().search.generation.vectors.shape[1] == 32
    with pytest.raises(SetupError, match="another"):
        texts(home)


def test_own_terms_are_used_and_rebuild_the_index(home, open_home, files):
    home.ingest([files])
    before = home.snapshot().revision
    (home.path / "terms.yaml").write_text("subjects:\n  - name: 机票须提前\n", encoding="utf-8")
    changed = open_home()
    assert changed.terms.subject("机票须提前")
    changed.ingest([files])
    assert changed.snapshot().revision != before
    assert "机票须提前" in changed.snapshot().search.generation.lexical.segmenter.words


def test_broken_terms_are_a_set_up_error(home, files):
    (home.path / "terms.yaml").write_text("subjects: [", encoding="utf-8")
    with pytest.raises(SetupError, match=r"terms\.yaml"):
        home.ingest([files])


def test_traces(home):
    home.save_trace("t1", {"question": "谁"})
    assert home.trace("t1") == {"question": "谁"}
    assert home.trace("t2") is None


def test_second_writer_ends_soon_and_says_who_writes(home, files):
    with owner_lock(home.path):
        started = time.monotonic()
        with pytest.raises(SetupError, match=f"资料库正由进程 {os.getpid()} 写入,请稍后再试"):
            home.ingest([files])
        assert time.monotonic() - started < 2
    assert home.ingest([files]).refused == ()


def test_reading_needs_no_lock(home, open_home, files):
    home.ingest([files])
    with owner_lock(home.path):
        assert texts(open_home(), "付款")


def damage(home, name):
    (path,) = (home.path / "index" / home.snapshot().revision).rglob(name)
    home.close()
    path.write_bytes(path.read_bytes()[:-1] + b"\x7e")


@pytest.mark.parametrize("name", ["vectors.npy", "MANIFEST.json", "data_level0.bin", "decks.jsonl"])
def test_a_damaged_index_is_rebuilt_without_embedding(home, open_home, files, encoder, messages, name):
    home.ingest([files])
    expected, embedded = texts(home), len(encoder.embedded)
    damage(home, name)
    assert texts(open_home()) == expected
    assert len(encoder.embedded) == embedded
    assert len(messages) == 1
    assert "正在由资料库重建索引" in messages[0]


def test_a_lost_index_is_rebuilt(home, open_home, files, messages):
    home.ingest([files])
    expected = texts(home)
    home.close()
    for path in (home.path / "index").rglob("*"):
        if path.is_file():
            path.unlink()
    assert texts(open_home()) == expected
    assert len(messages) == 1


def test_ingest_mends_a_damaged_index_too(home, open_home, files):
    home.ingest([files])
    damage(home, "vectors.npy")
    again = open_home()
    again.ingest([files])
    assert texts(again)


def test_previous_generation_serves_while_another_writes(home, open_home, files, messages):
    home.ingest([files / "departments.md"])
    home.ingest([files / "travel.md"])
    damage(home, "vectors.npy")
    again = open_home()
    with owner_lock(home.path):
        assert len(again.snapshot().decks) == 1
        assert "暂用前一版索引" in messages[-1]
    assert len(again.snapshot().decks) == 2


def test_damage_seen_at_a_question_is_mended_before_the_next(home, files, messages):
    home.ingest([files])
    snapshot = home.snapshot()
    snapshot.search.collection.delete(ids=[entry.key for entry in snapshot.search.generation.entries])
    snapshot.search.collection.upsert(ids=["alien"], embeddings=snapshot.search.generation.vectors[:1])
    expected = [hit.text for hit in snapshot.search.search("负责")]
    assert not messages
    assert texts(home) == expected
    assert len(messages) == 1


def test_vectors_are_made_for_what_was_stored_without(home, files, monkeypatch, messages):
    """Killed between the library and the index: the next question builds it."""
    monkeypatch.setattr("kejian.index.builder.Builder.refresh", lambda *_: False)
    home.ingest([files])
    assert len(home.snapshot().decks) == 2
    assert texts(home)
    assert "上次写入中断" in messages[0]


@contextmanager
def no_file_larger_than(size):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("spare", [10_000, 900_000])
def test_a_full_disk_leaves_the_live_index(home, files, spare):
    """Where the files end: in the database, or in the new generation."""
    home.ingest([files / "departments.md"])
    before = texts(home, "谁负责付款")
    lines = "\n".join(f"- 第{number}条:{'内容' * 60}" for number in range(600))
    (files / "long.md").write_text(f"# 长文\n\n## 一\n\n{lines}\n", encoding="utf-8")
    largest = max(path.stat().st_size for path in home.path.rglob("*") if path.is_file())
    with no_file_larger_than(largest + spare), pytest.raises(SetupError, match="磁盘空间"):
        home.ingest([files])
    assert texts(home, "谁负责付款")[0] == before[0]
    assert [file.error for file in home.ingest([files]).files] == [None, None, None]
    assert texts(home, "谁负责付款")[0] == before[0]


def test_home_that_cannot_be_made(tmp_path, open_home):
    (tmp_path / "file").write_text("")
    with pytest.raises(SetupError, match=r"建不了.*--home"):
        open_home(tmp_path / "file" / "home")


def test_threads_share_a_home(home, files):
    home.ingest([files])
    found = []
    threads = [threading.Thread(target=lambda: found.append(texts(home, "谁负责付款"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert all(one == found[0] for one in found)


def test_encoder_stays_closed_until_needed(open_home, files, home):
    home.ingest([files])

    def never():
        raise AssertionError("the model is not needed here")

    reader = open_home(encoder=never)
    assert len(reader.snapshot().decks) == 2
    assert len(reader.decks()) == 2


READ_ONLY = """
import sys
sys.path.insert(0, sys.argv[1])
from contextlib import contextmanager
from pathlib import Path
from deck_texts import TRAVEL
from fake_encoder import HashingEncoder
from kejian.corpus.errors import SetupError
from kejian.index.home import Home
home = Home.open(sys.argv[2], encoder=HashingEncoder)
assert home.read_only
print(home.snapshot().search.search("谁负责付款")[0].text, [deck.title for deck in home.decks()])
for write in (lambda: home.ingest([sys.argv[1]]), lambda: home.save_trace("t", {}), lambda: home.remove("差旅制度")):
    try:
        write()
    except SetupError as error:
        assert "不能写入" in str(error), error
    else:
        raise AssertionError("written")
home.close()
"""


def test_a_home_without_write_permission_can_be_asked(home, files):
    home.ingest([files])
    home.close()
    paths = [home.path, *home.path.rglob("*")]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    command = [sys.executable, "-c", READ_ONLY, str(Path(__file__).parent), str(home.path)]
    if os.geteuid() == 0:  # root may write everywhere unless it gives that up
        command = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", *command]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    finally:
        for path in paths:
            path.chmod(0o755 if path.is_dir() else 0o644)
    assert done.returncode == 0, done.stderr
    assert "付款" in done.stdout


def test_other_databases_by_url(tmp_path, open_home, files):
    home = open_home(database_url=f"sqlite:///{tmp_path / 'elsewhere.db'}")
    home.ingest([files])
    assert texts(home)
    assert (tmp_path / "elsewhere.db").exists()
    assert not (home.path / "library.sqlite").exists()
    assert isinstance(home, Home)


def test_a_chroma_server_holds_the_vectors(open_home, files, chroma_server):
    import chromadb

    home = open_home(chroma_url=chroma_server.url)
    for file in sorted(files.iterdir()) * 2:
        home.ingest([file])
        file.write_text(file.read_text("utf-8") + "\n- 再加一条\n", encoding="utf-8")
    assert texts(home, "谁负责付款")
    assert not list(home.path.rglob("chroma.sqlite3"))
    with chromadb.HttpClient(host="127.0.0.1", port=chroma_server.port) as client:
        names = sorted(collection.name for collection in client.list_collections())
        client._server._session.close()
        client._admin_client._server._session.close()
    assert [name.split("-", 2)[2] for name in names] == sorted(path.name for path in home.path.glob("index/gen-*"))
    assert len(names) == 2

    chroma_server.stop()
    with pytest.raises(SetupError, match="不可用"):
        texts(home, "谁负责收款")
    chroma_server.start()
    assert texts(home, "谁负责收款")


def test_a_chroma_server_that_lost_its_data(open_home, files, chroma_server, messages):
    home = open_home(chroma_url=chroma_server.url)
    home.ingest([files])
    chroma_server.stop()
    chroma_server.folder = chroma_server.folder.with_name("another")
    chroma_server.start()
    assert texts(home, "谁负责付款")
    assert "正在由资料库重建索引" in messages[0]


def test_facts_are_found_by_meaning(home, files, encoder):
    home.ingest([files])
    snapshot = home.snapshot()
    facts = {fact.id: fact for deck in snapshot.decks for slide in deck.slides for fact in slide.facts}
    found = snapshot.search.facts("审批:出差由部门负责人审批", 3)
    assert facts[found[0].fact_id].text == "出差由部门负责人审批"
    assert found[0].cosine == pytest.approx(1.0, abs=1e-4)
    assert [hit.cosine for hit in found] == sorted((hit.cosine for hit in found), reverse=True)
    assert snapshot.search.facts(" ", 3) == []
