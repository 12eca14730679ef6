"""What is checked about a file before anything parses it: kind, size, encoding, and the directory of a zip."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

from kejian.corpus.errors import RefusedFile

MEGABYTE = 1 << 20
LARGEST_FILE = 100 * MEGABYTE
MOST_ENTRIES = 10_000  # 2,000 slides with notes have 8,000 and more
LARGEST_TOTAL = 200 * MEGABYTE
LARGEST_XML = 50 * MEGABYTE
HIGHEST_RATIO = 100
LARGEST_PADDED = 50 * MEGABYTE  # an empty picture packs a thousandfold and is honest
OLE_HEADER = bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # MS-OFFCRYPTO 2.3.4.4: the stream that holds the package
ZIP_HEADER = b"PK"
LOCAL_HEADER = 30  # bytes before the name of an entry
ENCODINGS = ("utf-8-sig", "gb18030")
ENCODING_NAMES = {"gb18030": "GB18030(GBK)", "utf-16": "UTF-16"}
ZIP_FAULTS = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError,
)  # fmt: skip
COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
XML_SUFFIXES = (".xml", ".rels", ".vml")


def check_file(path: Path) -> None:
    """Refuse what cannot be opened or is too large.

    Raises:
        RefusedFile: ``path`` is missing, a folder, unreadable, empty or larger than 100 MB.
    """
    try:
        if path.is_dir():
            raise RefusedFile(f"{path} 是文件夹,不是文件,请给出其中的文件")
        size = path.stat().st_size
        if not path.is_file():
            raise RefusedFile(f"{path} 不是普通文件(是管道或设备),没有读取")
        with path.open("rb"):
            pass
    except FileNotFoundError:
        raise RefusedFile(f"找不到文件 {path},请检查路径") from None
    except (OSError, ValueError) as error:
        raise RefusedFile(f"{path} 打不开({error.__class__.__name__}),请检查文件名和读取权限") from error
    if size > LARGEST_FILE:
        raise RefusedFile(f"{path} 有 {size / MEGABYTE:.0f} MB,超过 100 MB 的上限,请拆分或压缩其中的图片")
    if not size:
        raise RefusedFile(f"{path} 是空文件,没有可收入的内容")


def read_bytes(path: Path) -> bytes:
    """The content of ``path``.

    Raises:
        RefusedFile: as ``check_file``.
    """
    check_file(path)
    try:
        return path.read_bytes()
    except OSError as error:
        raise RefusedFile(f"{path} 读不出来({error.__class__.__name__}),请检查磁盘和网络") from error


def decode(content: bytes, path: Path) -> tuple[str, tuple[str, ...]]:
    """(text, warnings): UTF-8 with or without a byte order mark, UTF-16 with one, else GB18030, which is said.

    Raises:
        RefusedFile: it is no text.
    """
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ENCODINGS
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        said = ENCODING_NAMES.get(encoding)
        return text, (f"文件不是 UTF-8 编码,已按 {said} 读取,请核对文字是否正确",) if said else ()
    raise RefusedFile(f"{path} 不是文本文件,或编码无法识别;请另存为 UTF-8 编码的文本")


def check_zip(content: bytes, path: Path) -> None:
    """Refuse what would be dangerous or impossible to unpack, before anything is unpacked.

    Raises:
        RefusedFile: an old or encrypted file (OLE), not a zip, truncated, or a zip that unpacks beyond the limits.
    """
    if content.startswith(OLE_HEADER):
        raise _old_or_locked(content, path)
    if not content.startswith(ZIP_HEADER):
        raise RefusedFile(f"{path} 的内容不是 {path.suffix.lower()}(后缀与内容不符),请重新导出")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _check_directory(archive, path)
            _check_places(archive, path)
            _count(archive, path)
    except ZIP_FAULTS as error:
        raise RefusedFile(f"{path} 已损坏或不完整({error.__class__.__name__}),请重新下载或导出") from error


def _check_directory(archive: zipfile.ZipFile, path: Path) -> None:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if len(entries) > MOST_ENTRIES:
        raise RefusedFile(f"{path} 内含 {len(entries)} 个部件,超过 {MOST_ENTRIES} 个的上限,已拒绝")
    if len(set(names)) < len(names):
        raise RefusedFile(f"{path} 内有重名部件,像是被改动过,已拒绝")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise RefusedFile(f"{path} 加了密码,请去掉密码后再收入")
    if any(entry.compress_type not in COMPRESSIONS for entry in entries):
        raise RefusedFile(f"{path} 用了 {path.suffix.lower()} 不允许的压缩方式,请重新导出")
    if any(name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") for name in names):
        raise RefusedFile(f"{path} 内有指向包外的部件名,已拒绝")
    if sum(entry.file_size for entry in entries) > LARGEST_TOTAL:
        raise RefusedFile(_bomb(path))
    for entry in entries:
        _check_size(entry.filename, entry.file_size, entry.compress_size, path)


def _check_places(archive: zipfile.ZipFile, path: Path) -> None:
    """Refuse entries that share bytes: each is small, and together they unpack without end."""
    entries = sorted(archive.infolist(), key=lambda entry: entry.header_offset)
    ends = [entry.header_offset + LOCAL_HEADER + entry.compress_size for entry in entries]
    if any(end > after.header_offset for end, after in zip(ends, entries[1:], strict=False)):
        raise RefusedFile(f"{path} 内的部件互相重叠,像是被改动过,已拒绝")


def _check_size(name: str, size: int, packed: int, path: Path) -> None:
    is_xml = name.lower().endswith(XML_SUFFIXES)
    small = MEGABYTE if is_xml else LARGEST_PADDED
    if (is_xml and size > LARGEST_XML) or (size > small and size > HIGHEST_RATIO * max(packed, 1)):
        raise RefusedFile(_bomb(path))


def _count(archive: zipfile.ZipFile, path: Path) -> None:
    """Count the bytes that really come out: what a directory declares can be a lie."""
    total = 0
    for entry in archive.infolist():
        size = 0
        with archive.open(entry) as part:
            while chunk := part.read(1 << 16):
                size += len(chunk)
                if total + size > LARGEST_TOTAL:
                    raise RefusedFile(_bomb(path))
                _check_size(entry.filename, size, entry.compress_size, path)
        total += size


def _old_or_locked(content: bytes, path: Path) -> RefusedFile:
    suffix = path.suffix.lower()
    if ENCRYPTED in content:
        return RefusedFile(f"{path} 加了密码,请在 Office 或 WPS 中去掉密码后再收入")
    return RefusedFile(f"{path} 是旧版 {suffix[1:-1]} 或加了密码的文件,请在 Office 或 WPS 中去掉密码并另存为 {suffix}")


def _bomb(path: Path) -> str:
    return f"{path} 解压后大得不正常(单个部件超过 50 MB、总量超过 200 MB 或压缩比超过 100:1),已拒绝"
