"""Settings from the environment, `.env`, or files (`NAME_FILE`); a wrong one stops the start with a sentence."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.settings_problem import SECRETS, Fault, SettingsProblem, Wrong, fault
from locales import N_, available, resolve

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
TOKEN = re.compile(r"\d+:[\w-]+", re.ASCII)
HOOK_SECRET = re.compile(r"[\w-]{16,256}", re.ASCII)
WEB, SOCKS = ("http", "https"), ("socks4", "socks5", "socks5h")
POSTGRES = ("postgresql", "postgresql+psycopg")


class Settings(BaseSettings):
    """All documented in `.env.example`."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore")

    telegram_bot_token: SecretStr = SecretStr("")
    telegram_bot_token_file: str = ""
    telegram_api_base_url: str = "https://api.telegram.org"
    telegram_proxy_url: str = ""
    telegram_proxy_url_file: str = ""
    telegram_local_mode: bool = False
    database_url: str = "sqlite:///data/shuangpei.db"
    database_url_file: str = ""
    bot_mode: Literal["polling", "webhook"] = "polling"
    webhook_url: str = ""
    webhook_listen: str = "127.0.0.1:8443"
    webhook_secret: SecretStr = SecretStr("")
    webhook_secret_file: str = ""
    timezone: str = "Asia/Shanghai"
    default_locale: str = "zh_Hans"
    admin_ids: Annotated[frozenset[int], NoDecode] = frozenset()
    detail_files_in_chat: bool = True
    send_per_second: float = Field(30, gt=0)
    send_per_chat_per_second: float = Field(1, gt=0)
    send_per_group_per_minute: float = Field(20, gt=0)
    clock_url: str = ""
    log_format: Literal["console", "json"] = "console"
    metrics_listen: str = ""
    backup_folder: str = "data/backups"
    pg_bin: str = ""

    @model_validator(mode="before")
    @classmethod
    def _from_files(cls, values: dict[str, object]) -> dict[str, object]:
        """What is given itself wins over its file."""
        named = {name: values.pop(f"{name.lower()}_file", None) for name in SECRETS}
        read = {
            name.lower(): _read(name, str(path))
            for name, path in named.items()
            if path and not values.get(name.lower())
        }
        return values | read

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _numbers(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        parts = [part for part in value.replace("，", ",").replace(" ", ",").split(",") if part]
        if not all(part.isdigit() for part in parts):
            raise Wrong(N_("it must be Telegram ids (numbers) separated by commas, such as 123456789,987654321"))
        return frozenset(int(part) for part in parts)

    @field_validator("timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise Wrong(N_("it must be a time zone's name such as Asia/Shanghai")) from error
        return value

    @field_validator("default_locale")
    @classmethod
    def _locale(cls, value: str) -> str:
        found = resolve(value)
        if found.split("_")[0].lower() != value.replace("-", "_").split("_")[0].lower():
            raise Wrong(N_("it must be one of {codes}"), codes=", ".join(available()))
        return found

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        if not value.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
            raise Wrong(N_("it must be sqlite:///data/shuangpei.db or postgresql://user:password@host/name"))
        by_socket = "host=" in urlsplit(value).query
        if not value.startswith("sqlite") and not by_socket and not _is_address(value, POSTGRES):
            raise Wrong(N_("it must be a host and a port that is a number, postgresql://user:password@host:5432/name"))
        return value

    @field_validator("telegram_bot_token")
    @classmethod
    def _token(cls, value: SecretStr) -> SecretStr:
        token = value.get_secret_value().strip()
        if token and not TOKEN.fullmatch(token):
            raise Wrong(
                N_("it must be a token as @BotFather sends it, such as 123456789:AAE2b… (/token shows it again)")
            )
        return SecretStr(token)

    @field_validator("telegram_api_base_url")
    @classmethod
    def _address(cls, value: str) -> str:
        if not _is_address(value, WEB):
            raise Wrong(N_("it must be an address such as https://api.telegram.org or http://127.0.0.1:8081"))
        return value.rstrip("/")

    @field_validator("clock_url")
    @classmethod
    def _clock(cls, value: str) -> str:
        if value and not _is_address(value, WEB):
            raise Wrong(N_("it must be an address such as http://127.0.0.1:8081/clock"))
        return value

    @field_validator("telegram_proxy_url")
    @classmethod
    def _proxy(cls, value: str) -> str:
        if value and not _is_address(value, (*WEB, *SOCKS)):
            raise Wrong(N_("it must be an address such as http://127.0.0.1:3128 or socks5://127.0.0.1:1080"))
        return value

    @field_validator("webhook_url")
    @classmethod
    def _webhook(cls, value: str) -> str:
        if value and not _is_address(value, WEB):
            raise Wrong(
                N_("it must be the public address at which Telegram finds us, such as https://bot.example.org/telegram")
            )
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _secret(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and not HOOK_SECRET.fullmatch(value.get_secret_value()):
            raise Wrong(N_("it must be 16 to 256 letters, digits, _ or -, such as `openssl rand -hex 32` gives"))
        return value

    @field_validator("webhook_listen", "metrics_listen")
    @classmethod
    def _listen(cls, value: str) -> str:
        try:
            host_and_port(value or "127.0.0.1:1")
        except ValueError as error:
            raise Wrong(N_("it must be an address of this machine with a port, such as 127.0.0.1:9100")) from error
        return value

    @model_validator(mode="after")
    def _together(self) -> Settings:
        if self.clock_url and urlsplit(self.telegram_api_base_url).hostname not in LOOPBACK:
            raise Wrong(N_("CLOCK_URL moves the clock and is accepted only with a TELEGRAM_API_BASE_URL on loopback."))
        if self.bot_mode == "webhook" and not (self.webhook_url and self.webhook_secret.get_secret_value()):
            raise Wrong(N_("BOT_MODE=webhook wants WEBHOOK_URL and WEBHOOK_SECRET."))
        if self.bot_mode == "webhook" and not self.webhook_listen:
            raise Wrong(N_("BOT_MODE=webhook wants WEBHOOK_LISTEN, such as 127.0.0.1:8443."))
        if self.webhook_url.startswith("http:") and urlsplit(self.telegram_api_base_url).hostname not in LOOPBACK:
            raise Wrong(N_("WEBHOOK_URL wants https: Telegram calls no other address."))
        return self


def _is_address(value: str, schemes: tuple[str, ...]) -> bool:
    """Whether a client could ask there: a scheme that is known, a host, and a port that is one."""
    try:
        parts = urlsplit(value)
        return parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def host_and_port(address: str) -> tuple[str, int]:
    """`127.0.0.1:9100`, `[::1]:9100`, or `:9100` for every address of the machine; ValueError if it is none of them."""
    parts = urlsplit(f"//{address}")
    if parts.port is None or parts.netloc != address or "@" in address:
        raise ValueError(address)
    return parts.hostname or "0.0.0.0", parts.port  # noqa: S104 - only where the deployer wrote no host


def load() -> Settings:
    """Read the settings; secrets may stand in files named by `NAME_FILE`, in the environment or in `.env`."""
    try:
        return Settings()  # type: ignore[call-arg] # pydantic reads them itself
    except ValidationError as error:
        raise SettingsProblem(*map(fault, error.errors())) from None
    except UnicodeDecodeError:
        raise SettingsProblem(Fault(N_(".env is not text in UTF-8: save it as UTF-8."))) from None
    except OSError as error:
        why = {"why": error.strerror}
        raise SettingsProblem(
            Fault(N_(".env cannot be read ({why}): give this user the right to read it."), why)
        ) from None


def _read(name: str, path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        told = Fault(N_("{file} cannot be read ({why})"), {"file": path, "why": error.strerror}, f"{name}_FILE")
    except UnicodeDecodeError:
        told = Fault(N_("{file} is not text in UTF-8"), {"file": path}, f"{name}_FILE")
    raise SettingsProblem(told)
