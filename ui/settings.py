"""Settings, read once from the environment at the edge and handed down as plain arguments."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from kejian.corpus.errors import UsageError

PREFIX = "KEJIAN_"
MEANINGS = {
    "KEJIAN_HOME": "资料库所在的文件夹",
    "KEJIAN_EMBEDDING_MODEL": "向量模型:sentence-transformers 的名称或文件夹",
    "KEJIAN_CHROMA_URL": "Chroma 服务的地址",
    "KEJIAN_DATABASE_URL": "数据库的 SQLAlchemy 地址",
    "KEJIAN_LLM_URL": "OpenAI 兼容接口的地址",
    "KEJIAN_LLM_MODEL": "语言模型的名称",
    "KEJIAN_LLM_KEY": "语言模型的密钥",
    "KEJIAN_ACCOUNTS": "账号与角色文件",
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment and ``--home`` say; None where nothing is set. Secrets stay out of ``repr``."""

    home: Path
    embedding_model: str | None = None
    chroma_url: str | None = None
    database_url: str | None = field(default=None, repr=False)
    llm_url: str | None = None
    llm_model: str | None = None
    llm_key: str | None = field(default=None, repr=False)
    accounts: Path | None = None

    @classmethod
    def read(cls, environ: Mapping[str, str], home: str | None = None) -> Settings:
        """Settings from ``environ``; ``home`` (the option) goes before ``KEJIAN_HOME``. An empty value is unset.

        Raises:
            UsageError: a ``KEJIAN_*`` name is not known, an address is malformed, or half of a pair is missing.
        """
        _refuse_unknown(environ)
        set_ones = {name: environ[name].strip() for name in MEANINGS if environ.get(name, "").strip()}
        _require_pair(set_ones)
        accounts = set_ones.get("KEJIAN_ACCOUNTS")
        return cls(
            home=_home(home if home is not None else set_ones.get("KEJIAN_HOME")),
            embedding_model=set_ones.get("KEJIAN_EMBEDDING_MODEL"),
            chroma_url=_web_address(set_ones, "KEJIAN_CHROMA_URL", "http://127.0.0.1:8000"),
            database_url=_database_address(set_ones),
            llm_url=_web_address(set_ones, "KEJIAN_LLM_URL", "http://127.0.0.1:8080/v1"),
            llm_model=set_ones.get("KEJIAN_LLM_MODEL"),
            llm_key=set_ones.get("KEJIAN_LLM_KEY"),
            accounts=Path(accounts).expanduser().absolute() if accounts else None,
        )


def default_home() -> Path:
    """The platform's user data folder for kejian."""
    from platformdirs import user_data_path

    return user_data_path("kejian", appauthor=False)


def _refuse_unknown(environ: Mapping[str, str]) -> None:
    for name in sorted(environ):
        if name.startswith(PREFIX) and name not in MEANINGS:
            alike = difflib.get_close_matches(name, MEANINGS, n=1)
            hint = f",是不是想写 {alike[0]}" if alike else ""
            raise UsageError(f"不认识的环境变量 {name}{hint};可用的有 {'、'.join(MEANINGS)}")


def _require_pair(set_ones: Mapping[str, str]) -> None:
    given = [name for name in ("KEJIAN_LLM_URL", "KEJIAN_LLM_MODEL") if name in set_ones]
    if len(given) == 1:
        missing = "KEJIAN_LLM_MODEL" if given == ["KEJIAN_LLM_URL"] else "KEJIAN_LLM_URL"
        raise UsageError(f"只设了 {given[0]},还缺 {missing}:两个一起设,或都不设(不用语言模型)")


def _home(text: str | None) -> Path:
    if text is None:
        return default_home()
    if not text.strip() or "\0" in text:
        raise UsageError("--home 后面是空的,请给出资料库文件夹")
    return Path(text).expanduser().absolute()


def _web_address(set_ones: Mapping[str, str], name: str, example: str) -> str | None:
    address = set_ones.get(name)
    if address is None or _is_web_address(address):
        return address
    raise UsageError(f"{name} 不是网址:{_without_secret(address)};应写成 {example} 这样")


def _is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number, an unclosed bracket
        return False


def _database_address(set_ones: Mapping[str, str]) -> str | None:
    address = set_ones.get("KEJIAN_DATABASE_URL")
    if address is None or "://" in address:
        return address
    raise UsageError("KEJIAN_DATABASE_URL 不是 SQLAlchemy 地址;应写成 postgresql+psycopg://用户@主机/库名 这样")


def _without_secret(address: str) -> str:
    """``address`` without what stands before ``@``: a password must not reach a screen or a log."""
    return address.rsplit("@", 1)[-1]
