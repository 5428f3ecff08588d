"""Each wrong setting stops the start with one sentence: which, what was found, what is wanted. Secrets are not repeated."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import settings
from bot.settings import Settings
from bot.settings_problem import SettingsProblem

SECRET = "postgres://shuangpei:geheim@db/x"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
        monkeypatch.delenv(f"{name.upper()}_FILE", raising=False)


def test_nothing_set_is_a_good_start() -> None:
    found = settings.load()
    assert (found.bot_mode, found.default_locale, found.timezone) == ("polling", "zh_Hans", "Asia/Shanghai")
    assert found.admin_ids == frozenset()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("TIMEZONE", "Peking", ("'Peking'", "Asia/Shanghai")),
        ("TIMEZONE", "../etc", ("'../etc'", "Asia/Shanghai")),
        ("DEFAULT_LOCALE", "fr", ("'fr'", "zh_Hans")),
        ("ADMIN_IDS", "12,王芳", ("'12,王芳'", "123456789")),
        ("TELEGRAM_API_BASE_URL", "localhost:8081", ("'localhost:8081'", "http://127.0.0.1:8081")),
        ("BOT_MODE", "push", ("'push'", "'webhook'")),
        ("LOG_FORMAT", "xml", ("'xml'", "'json'")),
        ("SEND_PER_SECOND", "many", ("'many'", "number")),
        ("DETAIL_FILES_IN_CHAT", "perhaps", ("'perhaps'", "true or false")),
    ],
)
def test_a_wrong_one_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: tuple[str, ...]) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsProblem) as problem:
        settings.load()
    assert str(problem.value).startswith(f"{name}:")
    assert all(word in str(problem.value) for word in words)
    assert len(str(problem.value).splitlines()) == 1


def test_all_wrong_ones_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIMEZONE", "Peking")
    monkeypatch.setenv("ADMIN_IDS", "x")
    with pytest.raises(SettingsProblem) as problem:
        settings.load()
    assert len(str(problem.value).splitlines()) == 2


def test_secrets_are_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", SECRET)
    with pytest.raises(SettingsProblem, match=r"^DATABASE_URL:.*sqlite:///") as problem:
        settings.load()
    assert "geheim" not in str(problem.value)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"CLOCK_URL": "http://127.0.0.1:1/clock"}, "CLOCK_URL"),
        ({"BOT_MODE": "webhook", "WEBHOOK_URL": "https://bot.example/hook"}, "WEBHOOK_SECRET"),
    ],
)
def test_what_does_not_go_together(monkeypatch: pytest.MonkeyPatch, values: dict[str, str], words: str) -> None:
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsProblem, match=words):
        settings.load()


def test_a_moved_clock_on_loopback_is_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOCK_URL", "http://127.0.0.1:1/clock")
    monkeypatch.setenv("TELEGRAM_API_BASE_URL", "http://127.0.0.1:1/")
    assert settings.load().telegram_api_base_url == "http://127.0.0.1:1"


def test_secrets_may_stand_in_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("123456:AA\n", encoding="utf-8")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN_FILE", str(tmp_path / "token"))
    assert settings.load().telegram_bot_token.get_secret_value() == "123456:AA"
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "789:BB")
    assert settings.load().telegram_bot_token.get_secret_value() == "789:BB"


def test_a_file_may_be_named_in_the_env_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "proxy").write_text("socks5://secret@127.0.0.1:9\n", encoding="utf-8")
    (tmp_path / ".env").write_text(
        f"TELEGRAM_BOT_TOKEN=\nTELEGRAM_PROXY_URL_FILE={tmp_path / 'proxy'}\n", encoding="utf-8"
    )
    assert settings.load().telegram_proxy_url == "socks5://secret@127.0.0.1:9"


def test_a_file_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBHOOK_SECRET_FILE", "/nonexistent/secret")
    with pytest.raises(SettingsProblem, match=r"WEBHOOK_SECRET_FILE: /nonexistent/secret cannot be read"):
        settings.load()


def test_a_dotenv_file_and_full_width_commas(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("ADMIN_IDS=12，34 56\nDEFAULT_LOCALE=zh-CN\nTIMEZONE=\n", encoding="utf-8")
    found = settings.load()
    assert found.admin_ids == {12, 34, 56}
    assert (found.default_locale, found.timezone) == ("zh_Hans", "Asia/Shanghai")
