"""Old and foreign Office files → the formats that are read, by LibreOffice where it is installed, as a limited process.

It runs without a network, without macros, with a profile of its own that is thrown away, on a copy under a plain name.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from kejian.corpus.errors import RefusedFile
from kejian.ingest.files import OLE_HEADER, ZIP_HEADER, check_file
from kejian.ingest.limited import MEGABYTE, PASSED_ON, Limits, kill

CONVERTED = {  # suffix → (what it becomes, how its content begins)
    ".ppt": (".pptx", OLE_HEADER), ".pps": (".pptx", OLE_HEADER), ".dps": (".pptx", OLE_HEADER),
    ".pptm": (".pptx", ZIP_HEADER), ".ppsx": (".pptx", ZIP_HEADER), ".odp": (".pptx", ZIP_HEADER),
    ".doc": (".docx", OLE_HEADER), ".wps": (".docx", OLE_HEADER), ".rtf": (".docx", b"{\\rtf"),
    ".docm": (".docx", ZIP_HEADER), ".odt": (".docx", ZIP_HEADER),
    ".xls": (".xlsx", OLE_HEADER), ".et": (".xlsx", OLE_HEADER), ".ods": (".xlsx", ZIP_HEADER),
    ".xlsb": (".xlsx", ZIP_HEADER), ".xlsm": (".xlsx", ZIP_HEADER),
}  # fmt: skip
PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:\\Program Files\\LibreOffice\\program\\soffice.exe",
)
LIMITS = Limits(memory=3_072 * MEGABYTE, cpu_seconds=100, wall_seconds=120.0, files=512, written=200 * MEGABYTE)
FIRST_START = 81  # its profile is made now, and it wants to be started again
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
</oor:items>
"""


def converter() -> Path | None:
    """LibreOffice's program; None where it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice") or next(filter(os.path.exists, PLACES), None)
    if found is None:
        return None
    program = Path(found).resolve()
    inner = program.with_name("soffice.bin")  # the others start it and wait
    return inner if inner.exists() else program


def is_convertible(path: Path) -> bool:
    """Whether ``path`` is of a kind that can be converted here."""
    return path.suffix.lower() in CONVERTED and converter() is not None


def converted(path: Path, folder: Path) -> Path:
    """``path`` as a new file of a format that is read, somewhere in ``folder``.

    Raises:
        RefusedFile: it is not what its name says, locked, damaged, too large, or LibreOffice cannot read it.
    """
    suffix = path.suffix.lower()
    target, beginning = CONVERTED[suffix]
    check_file(path)
    with path.open("rb") as file:
        if not file.read(8).startswith(beginning):
            raise RefusedFile(f"{path} 的内容不是 {suffix}(后缀与内容不符),请重新导出")
    source = folder / f"source{suffix}"
    shutil.copyfile(path, source)
    why = run(source, target, folder)
    made = folder / f"source{target}"
    if why or not made.exists():
        why = why or "没有结果,可能已损坏、加了密码,或没有装相应的 LibreOffice 组件"
        raise RefusedFile(f"{path} 用 LibreOffice 转换不了({why}),请在 Office 或 WPS 中另存为 {target}")
    return made


def run(source: Path, target: str, folder: Path) -> str:
    """Convert; why that did not end well, "" where it did."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
    options = ["--headless", "--norestore", "--nolockcheck", "--nodefault", f"-env:UserInstallation={profile.as_uri()}"]
    command = [str(converter()), *options, "--convert-to", target[1:], "--outdir", str(folder), str(source)]
    code = _exit_code(command, folder)
    if code == FIRST_START:
        code = _exit_code(command, folder)
    if code is None:
        return f"超过 {LIMITS.wall_seconds:.0f} 秒"
    return f"退出码 {code}" if code else ""


def _exit_code(command: list[str], folder: Path) -> int | None:
    """What the command ends with; None where it had to be stopped."""
    child = subprocess.Popen(
        [sys.executable, "-P", "-m", "kejian.ingest.conversion_work", *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**{name: os.environ[name] for name in PASSED_ON if name in os.environ}, "HOME": str(folder)},
        start_new_session=True,
    )
    try:
        return child.wait(timeout=LIMITS.wall_seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        kill(child)
        child.wait()
