"""Logs hold ids and kinds; never the token, whoever writes it."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import httpx
import pytest
import structlog

from bot import records
from emulator.world import TOKEN

REAL = "1234567890:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"


@pytest.fixture(params=["json", "console"])
def form(request: pytest.FixtureRequest) -> Iterator[str]:
    levels = {name: logging.getLogger(name).level for name in records.QUIET}
    handlers, level = logging.root.handlers[:], logging.root.level
    yield request.param
    logging.root.handlers[:], logging.root.level = handlers, level
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)
    structlog.reset_defaults()


def test_the_token_is_struck_out_of_every_record(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    records.configure(form)
    structlog.get_logger().warning("failed", url=f"https://api.telegram.org/bot{REAL}/getMe", update=7)
    logging.getLogger("elsewhere").error("POST /bot%s/sendMessage", REAL)
    text = "本月学习了继电保护"
    try:
        int(f"/bot{REAL}/getMe")
    except ValueError as error:
        structlog.get_logger().error("failed", exc_info=error)
        logging.getLogger("elsewhere").exception("failed")
    said = capsys.readouterr().err
    assert REAL not in said
    assert said.count("<token>") >= 4
    assert "AAHdq" not in said
    assert text not in said


def test_machines_get_a_json_object_a_line(capsys: pytest.CaptureFixture[str], form: str) -> None:
    records.configure("json")
    structlog.get_logger().info("done", update=7)
    (line,) = capsys.readouterr().err.splitlines()
    assert json.loads(line)["update"] == 7


async def test_the_http_client_tells_no_addresses(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    records.configure(form)
    transport = httpx.MockTransport(lambda _: httpx.Response(200))
    async with httpx.AsyncClient(transport=transport) as client:
        await client.get(f"https://api.telegram.org/bot{TOKEN}/getMe")
    assert capsys.readouterr().err == ""
