"""The checks of ``kejian doctor`` of what reads files: pictures, old formats, and the limits that hold here."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata, util
from io import BytesIO
from pathlib import Path
from typing import Any

from kejian.corpus.errors import SetupError
from kejian.ui.commands.checks import Check

SHOWN = "KEJIAN 2026"
PROBE = "kejian.ui.commands.limits_probe"
PROBE_SECONDS = 30.0
REINSTALL = "请重新安装:pip install --force-reinstall 'kejian[ocr]'"


def reading_checks() -> Iterator[Check]:
    """Pictures, old formats, limits."""
    yield pictures()
    yield old_formats()
    yield limits()


def pictures() -> Check:
    """Whether text in pictures is recognised: the extra, its models, and a picture read on trial."""
    from kejian.ingest.recognition import is_installed

    if not is_installed():
        return Check("图片文字识别", True, "没有安装(可选),图片里的字不收;要识别请运行 pip install 'kejian[ocr]'")
    if missing := missing_models():
        return Check("图片文字识别", False, f"缺模型 {'、'.join(missing)}", REINSTALL)
    if fault := fault_on_trial():
        return Check("图片文字识别", False, fault, REINSTALL)
    return Check("图片文字识别", True, f"rapidocr {metadata.version('rapidocr')},模型齐全,试读一张图片正常")


def missing_models() -> list[str]:
    """Models of the recogniser that are not where it was installed."""
    from kejian.ingest.recognition_work import MODELS

    found = util.find_spec("rapidocr")
    folder = Path(found.origin).parent / "models" if found and found.origin else Path()
    return [file for file in MODELS.values() if not (folder / file).is_file()]


def fault_on_trial() -> str:
    """What goes wrong when a picture of a few letters is recognised; "" where nothing does."""
    from kejian.ingest.pictures import Wanted
    from kejian.ingest.recognition import Recognition

    with Recognition() as recognition:
        seen = recognition.recognise(Wanted(_picture()))
    read = "".join(line.text for line in seen.lines).replace(" ", "")
    if seen.fault or SHOWN.replace(" ", "") == read:
        return seen.fault
    return f"试读图片「{SHOWN}」,读成「{read}」"


def _picture() -> bytes:
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", (480, 120), "white")
    ImageDraw.Draw(image).text((40, 30), SHOWN, fill="black", font=ImageFont.load_default(size=48))
    content = BytesIO()
    image.save(content, "PNG")
    return content.getvalue()


def old_formats() -> Check:
    """Whether LibreOffice is there for the formats that are not read."""
    from kejian.ingest.conversion import converter

    program = converter()
    if program is None:
        return Check("旧格式", True, "没有 LibreOffice(可选),.ppt、.doc、.xls 等请先另存为新格式再收入")
    return Check("旧格式", True, f".ppt、.doc、.xls 等由 LibreOffice({program})转换后收入")


def limits() -> Check:
    """Which limits the process that reads files is under on this system (docs/security.md)."""
    try:
        held = probed()
    except SetupError as error:
        return Check("读文件的限制", False, str(error), "请检查系统的进程数和内存")
    return Check("读文件的限制", True, told(held))


def probed() -> dict[str, Any]:
    """What a process finds enforced on itself.

    Raises:
        SetupError: it does not start, or says nothing.
    """
    command = [sys.executable, "-P", "-m", PROBE]
    try:
        done = subprocess.run(command, capture_output=True, timeout=PROBE_SECONDS, check=True)
        held: dict[str, Any] = json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        raise SetupError(f"试用的子进程没有正常结束({type(error).__name__})") from error
    return held


def told(held: dict[str, Any]) -> str:
    """The limits in words; those that this system does not have are named as well."""
    from kejian.ingest.deck_reader import READING
    from kejian.ingest.limited import MEGABYTE

    memory = f"内存 {READING.memory // MEGABYTE} MB" if held["memory"] else "内存不限(本系统不支持)"
    if held["writing"]:
        used, writing = f"处理器 {READING.cpu_seconds} 秒", "不能写文件"
    else:
        used, writing = "处理器不限(本系统不支持)", "写文件不限(本系统不支持)"
    enforced = "由内核拒绝" if held["kernel"] else "只由 Python 拒绝,本系统的内核不拒绝,请只收入可信的文件"
    return f"{memory}、{used}、用时 {READING.wall_seconds:.0f} 秒;{writing};联网和启动程序{enforced}"
