"""Settings: defaults, every known name, and one clear line for each mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from kejian.corpus.errors import UsageError
from kejian.ui.settings import MEANINGS, Settings, default_home


def test_nothing_set_means_defaults() -> None:
    assert Settings.read({"PATH": "/bin"}) == Settings(home=default_home())


def test_every_known_name_is_read(tmp_path: Path) -> None:
    environ = {
        "KEJIAN_HOME": str(tmp_path),
        "KEJIAN_EMBEDDING_MODEL": "some/model",
        "KEJIAN_CHROMA_URL": "http://127.0.0.1:8000",
        "KEJIAN_DATABASE_URL": "postgresql+psycopg://u:p@db/kejian",
        "KEJIAN_LLM_URL": "http://127.0.0.1:8080/v1",
        "KEJIAN_LLM_MODEL": "m",
        "KEJIAN_LLM_KEY": "k",
        "KEJIAN_ACCOUNTS": "accounts.yaml",
    }
    assert set(environ) == set(MEANINGS)
    settings = Settings.read(environ)
    assert settings.home == tmp_path
    assert settings.accounts == Path("accounts.yaml").absolute()
    assert (settings.llm_url, settings.llm_model, settings.llm_key) == ("http://127.0.0.1:8080/v1", "m", "k")


def test_the_option_goes_before_the_environment(tmp_path: Path) -> None:
    assert Settings.read({"KEJIAN_HOME": "/elsewhere"}, home=str(tmp_path)).home == tmp_path


def test_home_is_absolute_and_expanded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert Settings.read({"KEJIAN_HOME": "~/资料"}).home == tmp_path / "资料"
    assert Settings.read({}, home="here").home == Path.cwd() / "here"


def test_an_empty_value_is_unset() -> None:
    assert Settings.read({"KEJIAN_HOME": "", "KEJIAN_LLM_URL": " "}) == Settings(home=default_home())


def test_secrets_do_not_show() -> None:
    settings = Settings.read(
        {
            "KEJIAN_DATABASE_URL": "postgresql://u:geheim@db/x",
            "KEJIAN_LLM_URL": "http://127.0.0.1/v1",
            "KEJIAN_LLM_MODEL": "m",
            "KEJIAN_LLM_KEY": "geheim",
        }
    )
    assert "geheim" not in repr(settings)


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"KEJIAN_HOMR": "/x"}, ["KEJIAN_HOMR", "是不是想写 KEJIAN_HOME", *MEANINGS]),
        ({"KEJIAN_": "1"}, ["不认识", *MEANINGS]),
        ({"KEJIAN_CHROMA_URL": "localhost:8000"}, ["KEJIAN_CHROMA_URL", "localhost:8000", "http://"]),
        ({"KEJIAN_CHROMA_URL": "http://host:port"}, ["KEJIAN_CHROMA_URL"]),
        ({"KEJIAN_CHROMA_URL": "http://[::1"}, ["KEJIAN_CHROMA_URL"]),
        ({"KEJIAN_DATABASE_URL": "/var/lib/kejian.db"}, ["KEJIAN_DATABASE_URL", "postgresql"]),
        ({"KEJIAN_LLM_URL": "http://127.0.0.1/v1"}, ["KEJIAN_LLM_URL", "还缺 KEJIAN_LLM_MODEL"]),
        ({"KEJIAN_LLM_MODEL": "m"}, ["KEJIAN_LLM_MODEL", "还缺 KEJIAN_LLM_URL"]),
    ],
)
def test_a_mistake_is_one_line_that_names_it(environ: dict[str, str], said: list[str]) -> None:
    with pytest.raises(UsageError) as error:
        Settings.read(environ)
    assert "\n" not in str(error.value)
    assert [part for part in said if part not in str(error.value)] == []


def test_a_password_in_a_bad_address_is_not_repeated() -> None:
    with pytest.raises(UsageError) as error:
        Settings.read({"KEJIAN_CHROMA_URL": "ftp://user:geheim@host"})
    assert "geheim" not in str(error.value)


@pytest.mark.parametrize("home", ["", "  ", "a\0b"])
def test_an_empty_home_option_is_refused(home: str) -> None:
    with pytest.raises(UsageError, match="--home"):
        Settings.read({}, home=home)
