"""A start that fails says in one sentence what is wrong and how to mend it: `run.py serve` in a process of its own."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from emulator.world import TOKEN as LET_IN
from storage import schema
from tests import forked
from tests.forked import started

ROOT = Path(__file__).resolve().parent.parent
TOKEN = "123456789:AAnobody-has-this-token-at-all-0000000"
SECRET = "geheim"
FAILED = 2
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Ended:
    """What the shell shows."""

    code: int | None
    out: str
    err: str


def serve(folder: Path, **settings: str) -> Ended:
    """The settings of whoever runs the tests are kept out."""
    said = folder / "said"
    process = started(forked.serve, alone(folder, settings), folder, said=said)
    process.join(PATIENCE)
    return Ended(process.exitcode, *(said.with_suffix(one).read_text(encoding="utf-8") for one in (".out", ".err")))


def alone(folder: Path, settings: Mapping[str, str]) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": str(folder), **settings}


@pytest.fixture(scope="module")
def telegram() -> Iterator[str]:
    """A local Telegram, which lets in another token than ours."""
    command = [sys.executable, "-m", "emulator", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        process.terminate()


def sentence(folder: Path, **settings: str) -> str:
    ended = serve(folder, **settings)
    assert len(failed(ended).splitlines()) == 1, ended.err
    assert ended.out == ""
    return ended.err.strip()


def last_sentence(folder: Path, **settings: str) -> str:
    """Of a start that had come far enough to show the administrator's code."""
    return failed(serve(folder, **settings)).splitlines()[-1]


def failed(ended: Ended) -> str:
    assert ended.code == FAILED, ended.err
    assert "Traceback" not in ended.err, ended.err
    assert SECRET not in ended.err
    return ended.err


def test_without_a_token_it_says_how_to_get_one(tmp_path: Path) -> None:
    """Once as the shell starts it, from `run.py` on; the others begin where that has built what it needs."""
    command = [sys.executable, str(ROOT / "run.py"), "serve"]
    done = subprocess.run(command, cwd=tmp_path, env=alone(tmp_path, {}), capture_output=True, text=True, check=False)
    assert done.returncode == FAILED
    said = sentence(tmp_path)
    assert said == done.stderr.strip()
    assert "TELEGRAM_BOT_TOKEN" in said
    assert "@BotFather" in said
    assert "python3 run.py demo" in said


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("TELEGRAM_BOT_TOKEN", "a token", "@BotFather"),
        ("TIMEZONE", "Peking", "Asia/Shanghai"),
        ("TELEGRAM_API_BASE_URL", "http://127.0.0.1:port", "http://127.0.0.1:8081"),
        ("TELEGRAM_API_BASE_URL", "http://127.0.0.1:99999", "http://127.0.0.1:8081"),
        ("CLOCK_URL", "half past nine", "http://127.0.0.1:8081/clock"),
        ("TELEGRAM_PROXY_URL", f"u:{SECRET}@proxy", "socks5://"),
        ("DATABASE_URL", f"postgresql://u:{SECRET}@127.0.0.1:port/x", "postgresql://user:password@host:5432/name"),
        ("SEND_PER_SECOND", "0", "greater than 0"),
    ],
)
def test_a_wrong_setting_is_named_with_what_is_wanted(tmp_path: Path, name: str, value: str, wanted: str) -> None:
    said = sentence(tmp_path, **{"TELEGRAM_BOT_TOKEN": TOKEN, name: value})
    assert said.startswith(f"{name}:")
    assert wanted in said


def test_a_wrong_setting_is_named_in_the_language_of_the_shell(tmp_path: Path) -> None:
    said = sentence(tmp_path, TELEGRAM_BOT_TOKEN=TOKEN, TIMEZONE="Peking", LANG="zh_CN.UTF-8")
    assert said == "TIMEZONE：现为'Peking'，应为时区名称，如 Asia/Shanghai。"


def test_a_settings_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("TIMEZONE=上海\n".encode("gbk"))
    assert ".env" in sentence(tmp_path, TELEGRAM_BOT_TOKEN=TOKEN)


def test_without_a_token_it_says_so_in_the_language_of_the_shell(tmp_path: Path) -> None:
    said = sentence(tmp_path, LANG="zh_CN.UTF-8")
    assert said.startswith("尚未设置令牌")
    assert "python3 run.py demo" in said


def test_a_refused_token(tmp_path: Path, telegram: str) -> None:
    said = sentence(tmp_path, TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_BASE_URL=telegram)
    assert "Telegram refuses the token" in said
    assert "@BotFather" in said


def test_a_database_of_a_newer_version(tmp_path: Path) -> None:
    path = tmp_path / "newer.db"
    schema.upgrade(f"sqlite:///{path}")
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    said = sentence(tmp_path, TELEGRAM_BOT_TOKEN=TOKEN, DATABASE_URL=f"sqlite:///{path}")
    assert "newer version (revision 9999)" in said
    assert "restore a backup" in said


@pytest.mark.parametrize("place", ["file/x.db", "folder", "text.db"])
def test_a_place_where_no_database_can_be_written(tmp_path: Path, place: str) -> None:
    """Beneath a file, a folder itself, and a file that is something else."""
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    (tmp_path / "text.db").write_text("no database, but long enough to be taken for one" * 9, encoding="utf-8")
    said = sentence(tmp_path, TELEGRAM_BOT_TOKEN=TOKEN, DATABASE_URL=f"sqlite:///{tmp_path / place}")
    assert said.startswith("The database cannot be opened for writing")
    assert "DATABASE_URL" in said


def test_a_postgresql_that_is_not_there(tmp_path: Path) -> None:
    said = sentence(tmp_path, TELEGRAM_BOT_TOKEN=TOKEN, DATABASE_URL=f"postgresql://u:{SECRET}@127.0.0.1:1/x")
    assert said.startswith("The database cannot be reached")
    assert "port 1" in said
    assert "Check DATABASE_URL" in said


def test_a_clock_that_is_not_there(tmp_path: Path) -> None:
    nowhere = "http://127.0.0.1:1"
    said = sentence(tmp_path, TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_BASE_URL=nowhere, CLOCK_URL=f"{nowhere}/clock")
    assert said.startswith(f"CLOCK_URL: no clock answers at {nowhere}/clock")


HOOK = {
    "BOT_MODE": "webhook",
    "WEBHOOK_URL": "https://bot.example.org/hook",
    "WEBHOOK_SECRET": f"{SECRET}-{SECRET}-{SECRET}",
}


@pytest.mark.parametrize("address", ["192.0.2.1:8443", "no.such.host.invalid:8443", "127.0.0.1:1", "taken"])
@pytest.mark.parametrize("name", ["WEBHOOK_LISTEN", "METRICS_LISTEN"])
def test_an_address_that_cannot_be_listened_on(tmp_path: Path, telegram: str, name: str, address: str) -> None:
    """Not this machine's, unknown, forbidden, or somebody else's already."""
    if address == "127.0.0.1:1" and os.geteuid() == 0:
        pytest.skip("root may listen anywhere")
    address = urlsplit(telegram).netloc if address == "taken" else address
    known = {"TELEGRAM_BOT_TOKEN": LET_IN, "TELEGRAM_API_BASE_URL": telegram, **HOOK}
    said = last_sentence(tmp_path, **{**known, name: address})
    assert said.startswith(f"{name}: {address} cannot be listened on")


def test_a_webhook_that_telegram_refuses(tmp_path: Path, telegram: str) -> None:
    elsewhere = {**HOOK, "WEBHOOK_URL": "https://bot.example.org:4711/hook", "WEBHOOK_LISTEN": "127.0.0.1:0"}
    said = last_sentence(tmp_path, TELEGRAM_BOT_TOKEN=LET_IN, TELEGRAM_API_BASE_URL=telegram, **elsewhere)
    assert said.startswith("WEBHOOK_URL: Telegram refuses it")


def test_while_telegram_is_out_of_reach_it_says_what_to_look_at(tmp_path: Path, telegram: str) -> None:
    """And goes on asking, until what is wrong in the end is something else."""
    fault = {"kind": "dropped", "methods": ["getMe"], "times": 1}
    httpx.post(f"{telegram}/control/faults", json=fault, trust_env=False).raise_for_status()
    elsewhere = {**HOOK, "WEBHOOK_URL": "https://bot.example.org:4711/hook", "WEBHOOK_LISTEN": "127.0.0.1:0"}
    ended = serve(tmp_path, TELEGRAM_BOT_TOKEN=LET_IN, TELEGRAM_API_BASE_URL=telegram, **elsewhere)
    assert "WEBHOOK_URL: Telegram refuses it" in failed(ended)
    chinese, english = [line for line in ended.out.splitlines() if "TELEGRAM_PROXY_URL" in line]
    assert chinese.startswith(f"暂时连不上 {telegram}")
    assert english.startswith(f"{telegram} cannot be reached yet")
    assert "即成为管理员" in ended.out


def test_an_address_that_is_no_clock(tmp_path: Path, telegram: str) -> None:
    people = f"{telegram}/control/users"
    said = sentence(tmp_path, TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_BASE_URL=telegram, CLOCK_URL=people)
    assert said.startswith("CLOCK_URL: no clock answers")
