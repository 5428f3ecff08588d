"""`run.py erase`: a person who asks for it is taken out for good, after a look at what goes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from commands import COMMANDS, assemble
from storage import people
from storage.database import open_database
from tests.services.organisations import organisation

Run = Callable[..., Result]


@pytest.fixture
def run(sqlite_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """The command on an organisation with 郑国华, whom nothing ties, and 陈静, who is a secretary."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    asyncio.run(_prepared(sqlite_url))
    app = assemble([command for command in COMMANDS if command.name == "erase"])
    return lambda *arguments, said="": CliRunner().invoke(app, ["erase", *arguments], input=said)


async def _prepared(url: str) -> None:
    database = await open_database(url)
    try:
        org = await organisation(database)
        await org.add("郑国华")
    finally:
        await database.close()


def names(url: str) -> list[str]:
    async def read() -> list[str]:
        database = await open_database(url)
        try:
            found = await database.read(lambda tx: [people.get(tx, number) for number in range(1, 9)])
            return [one.name for one in found if one is not None]
        finally:
            await database.close()

    return asyncio.run(read())


def test_it_shows_what_goes_and_asks_for_the_name(run: Run, sqlite_url: str) -> None:
    said = run("4", said="郑国华\n")
    assert said.exit_code == 0, said.output
    assert "郑国华（变电检修党支部）：姓名、0份汇报、0件支持请求" in said.output
    assert "已彻底删除。" in said.output
    assert names(sqlite_url) == ["李明", "陈静", "周伟", "—"]


@pytest.mark.parametrize(
    ("arguments", "said", "told"),
    [
        (["4"], "王芳\n", "姓名不符，没有删除任何内容。"),
        (["4", "--name", "郑国"], "", "姓名不符，没有删除任何内容。"),
        (["999"], "", "没有这个工号。"),
        (["2", "--name", "陈静"], "", "陈静同志仍担任职务，请先免去。"),
    ],
)
def test_otherwise_nothing_is_erased(run: Run, sqlite_url: str, arguments: list[str], said: str, told: str) -> None:
    result = run(*arguments, said=said)
    assert result.exit_code == 1
    assert told in result.output
    assert names(sqlite_url) == ["李明", "陈静", "周伟", "郑国华"]


def test_once_is_enough(run: Run) -> None:
    assert run("4", "--name", "郑国华").exit_code == 0
    again = run("4", "--name", "—")
    assert again.exit_code == 1
