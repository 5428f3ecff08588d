"""Settings from the environment, `.env`, or files (`NAME_FILE`); a wrong one stops the start with a sentence."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from locales import available, resolve

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
SECRETS = ("TELEGRAM_BOT_TOKEN", "WEBHOOK_SECRET", "DATABASE_URL")


class SettingsProblem(Exception):
    """One sentence per wrong setting: which, what was found, what is wanted."""


class Settings(BaseSettings):
    """All documented in `.env.example`."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore")

    telegram_bot_token: SecretStr = SecretStr("")
    telegram_api_base_url: str = "https://api.telegram.org"
    telegram_proxy_url: str = ""
    telegram_local_mode: bool = False
    database_url: str = "sqlite:///data/shuangpei.db"
    bot_mode: Literal["polling", "webhook"] = "polling"
    webhook_url: str = ""
    webhook_listen: str = "127.0.0.1:8443"
    webhook_secret: SecretStr = SecretStr("")
    timezone: str = "Asia/Shanghai"
    default_locale: str = "zh_Hans"
    admin_ids: Annotated[frozenset[int], NoDecode] = frozenset()
    detail_files_in_chat: bool = True
    send_per_second: float = 30
    send_per_chat_per_second: float = 1
    send_per_group_per_minute: float = 20
    clock_url: str = ""
    log_format: Literal["console", "json"] = "console"
    metrics_listen: str = ""

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _numbers(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        parts = [part for part in value.replace("，", ",").replace(" ", ",").split(",") if part]
        if not all(part.isdigit() for part in parts):
            raise ValueError("wanted: Telegram ids (numbers) separated by commas, such as 123456789,987654321")
        return frozenset(int(part) for part in parts)

    @field_validator("timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("wanted: a time zone's name such as Asia/Shanghai") from error
        return value

    @field_validator("default_locale")
    @classmethod
    def _locale(cls, value: str) -> str:
        found = resolve(value)
        if found.split("_")[0].lower() != value.replace("-", "_").split("_")[0].lower():
            raise ValueError(f"wanted: one of {', '.join(available())}")
        return found

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        if not value.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
            raise ValueError("wanted: sqlite:///data/shuangpei.db or postgresql://user:password@host/name")
        return value

    @field_validator("telegram_api_base_url")
    @classmethod
    def _address(cls, value: str) -> str:
        if urlsplit(value).scheme not in ("http", "https"):
            raise ValueError("wanted: an address such as https://api.telegram.org or http://127.0.0.1:8081")
        return value.rstrip("/")

    @model_validator(mode="after")
    def _together(self) -> Settings:
        if self.clock_url and urlsplit(self.telegram_api_base_url).hostname not in LOOPBACK:
            raise ValueError("CLOCK_URL moves the clock and is accepted only with a TELEGRAM_API_BASE_URL on loopback")
        if self.bot_mode == "webhook" and not (self.webhook_url and self.webhook_secret.get_secret_value()):
            raise ValueError("BOT_MODE=webhook wants WEBHOOK_URL and WEBHOOK_SECRET")
        return self


def load() -> Settings:
    """Read the settings; secrets may stand in files named by `NAME_FILE`."""
    try:
        return Settings(**_from_files())  # type: ignore[arg-type] # pydantic parses text
    except ValidationError as error:
        raise SettingsProblem("\n".join(_sentence(one) for one in error.errors())) from None


def _from_files() -> dict[str, str]:
    found = {}
    for name in SECRETS:
        path = os.environ.get(f"{name}_FILE")
        if path and not os.environ.get(name):
            try:
                found[name.lower()] = Path(path).read_text(encoding="utf-8").strip()
            except OSError as error:
                raise SettingsProblem(f"{name}_FILE: {path} cannot be read ({error.strerror}).") from None
    return found


def _sentence(error: object) -> str:
    """Secrets are never repeated back."""
    assert isinstance(error, dict)
    name = ".".join(str(part) for part in error["loc"]).upper()
    wanted = str(error["msg"]).removeprefix("Value error, ")
    if not name:
        return f"{wanted}."
    found = "" if name in SECRETS else f" found {error['input']!r};"
    return f"{name}:{found} {wanted}."
